"""What the console says of items' steps: in rows, in the detail, behind the point of no return."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from launchpad.checklist.model import Command
from launchpad.console.cutover_words import past_no_return, row_words, step_lines, what_it_does
from launchpad.console.ink import UNICODE
from launchpad.console.probing import Instruments
from launchpad.console.rows import phase_rows
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.event import Stamp
from launchpad.launch.operations import StepEndedWell, StepFinished, StepIndeterminate
from tests.launch.test_cutover import Cutover

WIDE, NARROW = 40, 11


def at(launch: Cutover, seconds: int) -> Stamp:
    """Return a moment so long after the newest event of a launch."""
    newest = launch.events[-1]
    mono_ns = int(newest.mono_ns) + seconds * 10**9
    return Stamp(newest.at, str(mono_ns), newest.boot_id, newest.host)


def row(launch: Cutover, seconds: int, width: int) -> str | None:
    item = next(each for each in launch.now.checklist.items() if each.id == "dns")
    found = row_words(launch.now, item, at(launch, seconds), width)
    return found[0] if found else None


def detail(launch: Cutover) -> str:
    item = next(each for each in launch.now.checklist.items() if each.id == "dns")
    return "\n".join(line for line, _ in step_lines(launch.now, item, at(launch, 12)))


def test_a_row_says_where_the_step_stands_in_the_room_it_has() -> None:
    launch = Cutover()
    assert row(launch, 0, WIDE) is None
    launch.wants("dns")
    assert row(launch, 0, NARROW) == "step asked"
    launch.starts_step("dns")
    assert row(launch, 12, WIDE) == "step RUNNING 12s, 48s left"
    assert row(launch, 12, NARROW) == "RUNS 12s"
    launch.reports(StepEndedWell(step="dns", attempt=CUTOVER, run=1, probe="smoke"))
    assert row(launch, 12, 60) == "step ended well, waits for smoke (not seen yet), 47s left"
    assert row(launch, 12, NARROW) == "VERIFIES"
    launch.ends_step("dns", "failed")
    assert row(launch, 0, NARROW) == "step FAILED"


def test_the_detail_says_what_it_runs_as_whom_and_with_which_key() -> None:
    launch = Cutover()
    assert detail(launch).startswith("its step: command, takes about 1m\n")
    assert "runs as a-user@a-host in /srv" in detail(launch)
    assert detail(launch).endswith("x carries it out")
    launch.wants("dns")
    launch.starts_step("dns")
    assert "x ends it, O shows what it prints" in detail(launch)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (Command(1, ("./switch.sh", "new", "${load-balancer}")), "runs ./switch.sh new 10.0.0.7"),
        (Command(1, ("./switch.sh", "${other}")), "runs ./switch.sh '${other}'"),
        (Command(1, (), 'echo "${load-balancer}"'), 'runs echo "${load-balancer}"'),
    ],
)
def test_a_command_is_shown_with_the_values_it_is_run_with(command: Command, said: str) -> None:
    launch = Cutover()
    opened = replace(launch.now.opened, vars={"load-balancer": "10.0.0.7"})
    item = next(each for each in launch.now.checklist.items() if each.id == "dns")
    assert item.step
    step = replace(item.step, command=command)
    state, item = replace(launch.now, opened=opened), replace(item, step=step)
    assert said in list(what_it_does(state, item, step))


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_what_is_not_known_is_not_shown_as_done(width: int) -> None:
    launch = Cutover()
    launch.wants("dns")
    launch.starts_step("dns")
    lost = StepIndeterminate(step="dns", attempt=CUTOVER, run=1, why="killed")
    launch.reports(lost)
    said = row(launch, 0, width)
    assert said in ("UNCERTAIN", "step INDETERMINATE: killed")
    assert "x says what becomes of it" in detail(launch)


def test_behind_the_point_of_no_return_that_is_said_until_a_rollback_is_under_way() -> None:
    launch = Cutover("dns")
    assert past_no_return(launch.now) is None
    launch.wants("dns", confirm="storefront")
    launch.starts_step("dns")
    finished = StepFinished(step="dns", attempt=CUTOVER, run=1, end="done", elapsed_ms=900)
    launch.reports(finished)
    passed = past_no_return(launch.now)
    assert passed
    assert passed.item.id == "dns"
    launch.starts(past_no_return=True)
    assert past_no_return(launch.now) is None


def test_across_a_reboot_the_wall_clock_says_how_long_it_runs() -> None:
    launch = Cutover()
    launch.wants("dns")
    launch.starts_step("dns")
    item = next(each for each in launch.now.checklist.items() if each.id == "dns")
    rebooted = replace(at(launch, 0), boot_id="another", mono_ns="0")
    found = row_words(launch.now, item, rebooted, 80)
    assert found
    assert found[0] == "step RUNNING 0s by the wall clock, 1m left"


def test_the_row_of_the_point_of_no_return_is_marked() -> None:
    launch = Cutover("dns")
    rows = phase_rows(launch.now, launch.now.checklist.phases, "", dark(launch), 80, UNICODE)
    marked = [row.id for row in rows if " NO RETURN " in row.content.plain]
    assert marked == ["item:dns"]
    assert all(cell_len(row.content.plain) == 80 for row in rows)


def dark(launch: Cutover) -> Instruments:
    return Instruments({}, {}, {}, at(launch, 0))
