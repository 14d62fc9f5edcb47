"""trigger dismiss, list; baseline capture; what `status` says of a rollback that is proposed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from launchpad.launch.trigger_facts import RollbackProposed, TriggerTripped
from launchpad.log.boottime import boot_time
from launchpad.log.samples import Sample
from launchpad.session.clock import now
from tests.cli import conftest
from tests.cli.conductor import Conductor, conducting
from tests.cli.conftest import Shell

TRIGGERS = """\
  triggers:
    - {id: smoke, probes: [migrations], decide-within: 60s, active: {from: T-1h, until: T+1h}}
    - {id: slow, probes: [migrations], healthy-when: '[RESPONSE_TIME] <= +50%', text: Slower}
    - {id: phones, text: Two customers called}
"""
BASELINE = "baseline: {probes: [migrations], over: 10m, min-samples: 3}\n"
DISMISS = ("trigger", "dismiss", "smoke", "--reason", "the vendor restarts", "--for", "10m")


PLAN = conftest.ACTING.replace("  steps:", f"{TRIGGERS}  steps:") + BASELINE


@pytest.fixture
def conducted(
    launchpad: Shell, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Shell, Conductor]]:
    monkeypatch.setattr(conftest, "ACTING", PLAN)
    launchpad.opens_acting()
    with conducting(launchpad.log) as conductor:
        yield launchpad, conductor


@pytest.fixture
def tripped(conducted: tuple[Shell, Conductor]) -> Shell:
    shell, conductor = conducted
    soon = datetime.now(UTC) + timedelta(minutes=30)
    assert shell("t0", soon.isoformat(timespec="seconds")).status == 0
    conductor.reports(
        TriggerTripped(trigger="smoke", probe="migrations", shown="[EXIT_CODE] (1) == 0"),
        RollbackProposed(trigger="smoke", decide_within_ms=60_000),
    )
    return shell


def test_triggers_are_listed_with_what_they_look_at_and_why_they_are_not_armed(
    conducted: tuple[Shell, Conductor],
) -> None:
    shell, _ = conducted
    heads, smoke, slow, phones = shell("trigger", "list").out.splitlines()
    assert heads.split() == ["TRIGGER", "STATE", "LOOKS", "AT"]
    assert smoke.split()[:4] == ["smoke", "not", "armed", "migrations"]
    assert "T-0 has no time" in smoke
    assert "migrations: [RESPONSE_TIME] <= +50%" in slow
    assert "by hand" in phones
    assert "Two customers called" in phones


def test_what_tripped_and_what_is_proposed_is_listed(tripped: Shell) -> None:
    smoke = next(
        each
        for each in tripped("trigger", "list", "--format", "json").json["triggers"]
        if each["id"] == "smoke"
    )
    assert (smoke["state"], smoke["times"], smoke["proposed"]) == ("tripped", 1, True)
    assert "on migrations: [EXIT_CODE] (1) == 0" in smoke["why"]
    assert " TRIPPED " in tripped("trigger", "list").out


def test_status_says_what_is_proposed_what_is_left_and_what_to_type(tripped: Shell) -> None:
    said = tripped("status").out
    assert "ROLLBACK PROPOSED: trigger smoke tripped at " in said
    assert "\n  [EXIT_CODE] (1) == 0\n" in said
    assert " left to decide\n" in said
    assert "\n  launchpad rollback start --launch storefront-" in said
    assert "\n  launchpad trigger dismiss smoke --launch storefront-" in said


def test_a_trigger_is_dismissed_with_a_reason_for_a_time(tripped: Shell) -> None:
    done = tripped(*DISMISS, "--format", "json")
    assert (done.status, done.err) == (0, "")
    (event,) = done.json["events"]
    assert event["kind"] == "trigger.dismissed"
    assert event["body"] == {"trigger": "smoke", "reason": "the vendor restarts", "for_ms": 600_000}
    said = tripped("status").out
    assert "PROPOSED" not in said
    assert "trigger smoke dismissed by AB for another " in said
    assert ": the vendor restarts\n" in said


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("smok", "--reason", "x", "--for", "10m"), 2, "no trigger 'smok'; nearest: smoke (L"),
        (("smoke", "--reason", "x", "--for", "soon"), 2, "--for takes a duration such as 90s"),
        (("smoke", "--reason", "x", "--for", "0s"), 2, "--for takes a duration such as 90s"),
        (("smoke", "--reason", " ", "--for", "10m"), 1, "needs a reason"),
        (("phones", "--reason", "x", "--for", "10m"), 1, "people watch phones"),
    ],
)
def test_what_is_no_dismissal_records_nothing(
    tripped: Shell, words: tuple[str, ...], status: int, said: str
) -> None:
    done = tripped("trigger", "dismiss", *words)
    assert (done.status, done.out) == (status, "")
    assert said in done.err
    assert "ROLLBACK PROPOSED" in tripped("status").out


def samples(conductor: Conductor, *latencies_us: int) -> None:
    for latency_us in latencies_us:
        boot_id, mono_ns = boot_time()
        conductor.samples(
            Sample("migrations", now().at, mono_ns, boot_id, "success", "ok", "6", latency_us)
        )


def test_a_baseline_is_captured_from_the_samples_and_shown(
    conducted: tuple[Shell, Conductor],
) -> None:
    shell, conductor = conducted
    samples(conductor, 20_000, 10_000, 30_000)
    done = shell("baseline", "capture", "--format", "json")
    assert done.status == 0
    (event,) = done.json["events"]
    figure = {"probe": "migrations", "samples": 3, "p50_us": 20_000, "p95_us": 30_000}
    assert event["body"] == {"figures": [figure], "over_ms": 600_000}
    assert done.err.splitlines()[1].split() == ["migrations", "3", "20ms", "30ms"]


def test_too_few_samples_make_no_baseline_and_are_named(
    conducted: tuple[Shell, Conductor],
) -> None:
    shell, conductor = conducted
    samples(conductor, 20_000)
    done = shell("baseline", "capture")
    assert (done.status, done.out) == (1, "")
    assert "migrations: 1 good samples in the last 10m, it takes 3" in done.err
    assert "nothing was recorded" in done.err


def test_a_checklist_without_a_baseline_has_none_to_capture(acting: Shell) -> None:
    done = acting("baseline", "capture")
    assert (done.status, "asks for no baseline" in done.err) == (1, True)


def test_a_launch_without_triggers_lists_none(acting: Shell) -> None:
    done = acting("trigger", "list")
    assert (done.status, done.out, done.err) == (0, "", "this launch has no triggers\n")
