"""How long steps really took: what counts, of which launches, and what was never rehearsed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from launchpad.checklist.load import load
from launchpad.checklist.model import Command, Rollback, Step
from launchpad.launch.intents import AddNote
from launchpad.launch.kinds import Mode
from launchpad.launch.moment import Moment
from launchpad.launch.person import Person
from launchpad.launch.rollback import RollbackState
from launchpad.launch.state import LaunchState
from launchpad.launch.step import StepState
from launchpad.log.address import open_log
from launchpad.log.store import Log
from launchpad.session.history import (
    History,
    actual_durations,
    cutover_durations,
    earlier,
    flagged,
    never_rehearsed,
    other_launches,
    took,
)
from launchpad.session.live import LiveLaunch
from launchpad.session.opening import open_launch
from launchpad.session.participant import participant
from tests.launch.making import CHECKLIST, Told

ADA = participant(Person("AB"), "command", {})
SWITCH = Command(line=7, argv=("./switch.sh", "old"))
DNS = Step("dns", "Traffic back", 6, "command", SWITCH, rehearse=Command(8, ("true",)))
TELL = Step("tell", "Tell everybody", 9, "manual", instructions="Call.")
WAIT = Step("settle", "Settle", 10, "wait", wait_ms=1_000)
PLAN = Rollback(5, (DNS, TELL, WAIT))


def done(ms: int | None, by: str, at: str = "2026-11-20T02:00:00.000Z") -> StepState:
    return StepState("done", run=1, began=Moment(at, 1, "a-boot"), elapsed_ms=ms, by=by)


def launch(
    plan: Rollback = PLAN, mode: Mode = "live", name: str = "one", /, **steps: StepState
) -> LaunchState:
    """Return a launch whose only rollback left the steps like this."""
    plain = Told(replace(CHECKLIST, rollback=plan)).now
    began = Moment("2026-11-20T02:00:00.000Z", 1, "a-boot")
    rollback = RollbackState(1, "completed", began, "AB", "red", steps=steps)
    opened = replace(plain.opened, mode=mode)
    return replace(plain, launch=name, opened=opened, rollback=rollback)


def test_the_last_duration_and_the_one_in_the_middle_are_known() -> None:
    at = "2026-11-21T02:00:00.000Z"
    taken = [launch(dns=done(ms, "auto")) for ms in (90_000, 50_000, 60_000)]
    newest = launch(PLAN, "rehearsal", "two", dns=done(72_500, "auto", at))
    actual = actual_durations(PLAN, [*taken, newest])["dns"]
    assert (actual.last.ms, actual.median_ms, actual.count) == (72_500, 60_000, 4)
    assert (actual.last.launch, actual.last.mode, actual.last.at) == ("two", "rehearsal", at)
    assert took(actual) == "took 1m12s in the rehearsal of 2026-11-21, median 1m of 4"


def test_one_duration_is_told_without_a_median() -> None:
    actual = actual_durations(PLAN, [launch(dns=done(72_500, "auto"))])["dns"]
    assert took(actual) == "took 1m12s in the launch of 2026-11-20"


def test_an_items_step_has_a_duration_of_its_own_whatever_a_rollbacks_step_is_called() -> None:
    database, cutover = CHECKLIST.phases
    dns = replace(cutover.items[0], step=DNS)
    checklist = replace(CHECKLIST, phases=(database, replace(cutover, items=(dns,))), rollback=PLAN)
    ran = replace(Told(checklist).now, cutover={"dns": done(72_500, "auto")})
    noted = replace(ran, cutover={"dns": done(0, "AB")})
    actual = cutover_durations([DNS], [ran, noted])["dns"]
    assert took(actual) == "took 1m12s in the launch of 2026-11-20"
    assert actual_durations(PLAN, [ran]) == {}


def test_an_earlier_attempt_counts_too() -> None:
    once = launch(dns=done(1_000, "auto"))
    assert once.rollback
    twice = replace(once, attempts=(replace(once.rollback, steps={"dns": done(3_000, "auto")}),))
    actual = actual_durations(PLAN, [twice])["dns"]
    assert (actual.count, actual.last.ms) == (2, 1_000)


def test_a_manual_step_counts_when_somebody_confirmed_it_in_a_rehearsal() -> None:
    assert "tell" in actual_durations(PLAN, [launch(PLAN, "rehearsal", tell=done(5_000, "CD"))])


@pytest.mark.parametrize(
    ("step", "state"),
    [
        ("dns", StepState("failed", began=Moment("", 1, "b"), elapsed_ms=5, by="auto")),
        ("dns", StepState("skipped", by="AB")),
        # Resolved by a person: what the command took is not what the step takes.
        ("dns", done(5_000, "AB")),
        # Across a reboot no clock says it.
        ("dns", done(None, "auto")),
    ],
)
def test_what_did_not_end_well_by_itself_says_nothing(step: str, state: StepState) -> None:
    assert actual_durations(PLAN, [launch(**{step: state})]) == {}


def test_a_command_that_a_rehearsal_only_noted_was_not_rehearsed() -> None:
    noted = replace(PLAN, steps=(replace(DNS, rehearse=None),))
    ended = done(0, "auto")
    assert actual_durations(noted, [launch(noted, "rehearsal", dns=ended)]) == {}
    assert "dns" in actual_durations(PLAN, [launch(PLAN, "rehearsal", dns=ended)])


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        (replace(DNS, command=Command(7, ("./switch.sh", "older"))), False),
        (replace(DNS, command=Command(7, SWITCH.argv, secrets=("token",))), False),
        (replace(DNS, title="Traffic to the old service"), False),
        (replace(DNS, line=60, command=replace(SWITCH, line=70), expected_ms=5), True),
    ],
)
def test_a_step_is_the_same_where_it_does_the_same(changed: Step, *, same: bool) -> None:
    now = replace(PLAN, steps=(changed,))
    assert ("dns" in actual_durations(now, [launch(dns=done(9_000, "auto"))])) == same


def test_steps_never_carried_out_are_flagged_but_not_in_a_rehearsal() -> None:
    actuals = actual_durations(PLAN, [launch(tell=done(5_000, "CD"))])
    never = never_rehearsed(launch(), actuals)
    assert flagged(never) == "never rehearsed: dns, settle"
    assert never_rehearsed(launch(PLAN, "rehearsal"), actuals) == ()
    assert flagged(()) is None


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    log = open_log(str(tmp_path / "launch.db"), create=True)
    yield log
    log.close()


TEXT = """\
launchpad: 1
title: {title}
code-word: {word}
phases: [{{id: a, title: A, items: [{{id: one, text: One}}]}}]
rollback: {{budget: 1m, authority: any, steps: [{{id: tell, title: Tell, manual: true}}]}}
"""


def opens(log: Log, folder: Path, word: str, mode: Mode = "live", title: str = "Harbour") -> str:
    path = folder / f"{word}.yaml"
    path.write_text(TEXT.format(title=title, word=word), encoding="utf-8")
    return open_launch(log, load(path), path, ADA, accept_ticked=False, mode=mode).launch


def goes_on(log: Log, launch: str) -> str:
    """Record so much on a launch that a step of its rollback may have ended."""
    live = LiveLaunch(log, launch)
    for text in ("one", "two", "three"):
        live.submit(AddNote(None, text), ADA)
    return launch


def test_only_launches_of_the_same_checklist_are_read(
    log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearsal = goes_on(log, opens(log, tmp_path, "harbour", "rehearsal"))
    retitled = goes_on(log, opens(log, tmp_path, "harbour", title="Harbour, second try"))
    for _ in range(3):
        goes_on(log, opens(log, tmp_path, "airport"))
    opens(log, tmp_path, "harbour")
    now = goes_on(log, opens(log, tmp_path, "harbour"))
    state = replace(Told(load(tmp_path / "harbour.yaml").checklist).now, launch=now)
    read: list[str] = []
    events = log.events

    def seen(launch: str, after: int = 0) -> object:
        read.append(launch)
        return events(launch, after)

    monkeypatch.setattr(log, "events", seen)
    found = [each.launch for each in other_launches(log, state)]
    assert found == read == [rehearsal, retitled]
    assert earlier(log, state) == History()


def test_a_launch_that_makes_no_sense_has_nothing_to_say(
    log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged, sound = (goes_on(log, opens(log, tmp_path, "harbour")) for _ in range(2))
    state = replace(Told(load(tmp_path / "harbour.yaml").checklist).now, launch="now")
    events = log.events

    def gapped(launch: str, after: int = 0) -> object:
        found = list(events(launch, after))
        return found if launch == sound else [replace(found[0], seq=7)]

    monkeypatch.setattr(log, "events", gapped)
    assert damaged != sound
    assert [each.launch for each in other_launches(log, state)] == [sound]
