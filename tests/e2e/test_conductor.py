"""A rollback goes on whatever dies: its console, its conductor, its step's patience."""

import time
from pathlib import Path

from tests.e2e import processes
from tests.e2e.flight import WORD, Flight, opened
from tests.e2e.site import Site

TWO_STEPS = """\
- {id: dns, title: Traffic back, command: {exec: [./step.sh, dns, "1"]}, expected: 1s}
- {id: jobs, title: Jobs off, command: {exec: [./step.sh, jobs, "1"]}, expected: 1s}
"""
LONG_STEP = """\
- {id: dns, title: Traffic back, command: {exec: [./step.sh, dns, "3"]}, expected: 3s}
"""
STUBBORN = """\
#!/bin/sh
# Ignores the request to end, and leaves a grandchild behind that holds the pipe.
trap '' TERM
(setsid sh -c 'trap "" TERM; echo "$$" > grandchild; sleep 600' &) &
echo "$$" > child
echo begun
sleep 600
"""


def test_a_rollback_finishes_on_time_though_the_console_that_began_it_is_killed(
    site: Site,
) -> None:
    flight = Flight(site, TWO_STEPS)
    console = site.attach(flight.launch)
    console.press("R")
    console.sees("code word")
    flight.rolls_back()
    flight.until(lambda: "begin dns" in flight.effects, "the first step does not begin")
    console.kill()
    flight.until(lambda: "rollback.completed" in flight.kinds(), "it does not complete")
    assert flight.effects == ["begin dns", "end dns", "begin jobs", "end jobs"]
    rollback = flight.status["rollback"]
    assert rollback["state"] == "completed"
    assert 2 <= rollback["elapsed_s"] < 5
    flight.ends()


def test_a_killed_conductor_is_followed_by_one_that_adopts_the_step(site: Site) -> None:
    flight = Flight(site, LONG_STEP)
    site.attach(flight.launch)
    flight.rolls_back()
    flight.until(lambda: "begin dns" in flight.effects, "the step does not begin")
    killed, at = flight.kills_conductor(), time.monotonic()
    flight.until(lambda: flight.conductor != killed, "nobody takes over")
    assert time.monotonic() - at < 4
    flight.until(lambda: "rollback.completed" in flight.kinds(), "it does not complete")
    assert flight.effects == ["begin dns", "end dns"]
    assert flight.kinds("step.started", "step.finished", "step.indeterminate") == [
        "step.started",
        "step.finished",
    ]
    flight.ends()


def test_what_nobody_can_know_is_for_a_person_to_decide_and_nothing_runs_twice(
    site: Site,
) -> None:
    """The step's own process is killed with the conductor: whether it worked cannot be known."""
    flight = Flight(site, LONG_STEP)
    flight.rolls_back()
    flight.until(lambda: "begin dns" in flight.effects, "the step does not begin")
    flight.kills_conductor()
    processes.kill(flight.runner)
    site.attach(flight.launch)
    flight.until(lambda: flight.step("dns") == "indeterminate", "it is not called indeterminate")
    assert flight.effects.count("begin dns") == 1
    flight.does("resolve", "dns", "--as", "done", "--reason", "looked at the load balancer")
    flight.until(lambda: "rollback.completed" in flight.kinds(), "it does not complete")
    assert flight.effects.count("begin dns") == 1
    flight.ends()


def test_what_ignores_the_request_to_end_and_hides_is_ended_all_the_same(site: Site) -> None:
    flight = Flight(site, LONG_STEP, script=STUBBORN)
    flight.rolls_back()
    left = site.folder / "grandchild"
    flight.until(lambda: left.exists() and bool(left.read_text()), "the step does not begin")
    pids = [int((site.folder / name).read_text()) for name in ("child", "grandchild")]
    flight.does(
        *("rollback", "abandon", "--reason", "by hand", "--confirm", WORD),
        *("--as-left", "dns=unknown", "--kill"),
    )
    flight.until(lambda: not any(map(processes.running, pids)), f"{pids} are left")
    flight.until(lambda: flight.step("dns") == "failed", "its end is not recorded")
    flight.ends()


def test_the_rollback_that_a_real_document_describes_runs_as_timed_manual_steps(
    site: Site, signed_seed: Path
) -> None:
    launch = opened(site, signed_seed)
    word = launch.split("-")[0]
    start = (
        *("rollback", "start", "--reason", "smoke test failed", "--confirm", word),
        *("--initials", "AB", "--launch", launch),
    )
    # The document gives the authority to those on its roll call.
    refused = site.launchpad(*start)
    assert (refused.returncode, b"no authority" in refused.stderr) == (1, True)
    with site.taking_part(launch) as live:
        role = live.state.checklist.roles[0].title
    console = site.attach(launch, environment={"LAUNCHPAD_ROLE": role})
    console.press("R")
    console.sees("code word")
    console.press("escape")
    done = site.launchpad(*start, "--role", role)
    assert done.returncode == 0, done.stderr.decode()
    console.sees("ROLLBACK")
    with site.taking_part(launch) as live:
        plan = live.state.checklist.rollback
        assert plan
    assert [step.expected_ms for step in plan.steps] == [120_000, 60_000, None, None]
    for step in plan.steps:
        site.until_event(launch, "step.started", step.id)
        confirmed = site.launchpad("confirm", step.id, "--initials", "AB", "--launch", launch)
        assert confirmed.returncode == 0, confirmed.stderr.decode()
    console.sees("completed", within=10)
    (completed,) = site.events(launch, "rollback.completed")
    assert isinstance(completed.body["elapsed_ms"], int)
