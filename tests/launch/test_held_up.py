"""What holds a rollback up that would begin by itself: it says why, and gives the time again."""

from dataclasses import replace

import pytest

from launchpad.checklist.model import Step
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.fold import fold
from launchpad.launch.intents import RecordResult, RunStep
from launchpad.launch.kinds import Body, ItemUndone
from launchpad.launch.operations import ProbeChanged, StepFinished, StepStarted
from launchpad.launch.refused import Refused
from launchpad.session.proposal_words import proposal_words
from tests.launch.making import event
from tests.launch.test_triggers import BEGINS, auto, changed
from tests.launch.test_tripping import MINUTE_MS, Night


def with_a_step(night: Night, **settings: object) -> Night:
    """Return the night with a command to run on its item dns."""
    phases = tuple(
        replace(
            phase,
            items=tuple(
                replace(each, step=Step(each.id, each.text, 9, "command"), **settings)  # type: ignore[arg-type]  # names real fields
                if each.id == "dns"
                else each
                for each in phase.items
            ),
        )
        for phase in night.now.checklist.phases
    )
    reading = replace(night.now.checklist, phases=phases)
    night.state = replace(night.now, opened=replace(night.now.opened, reading=reading))
    return night


def said_of(night: Night) -> str:
    words = proposal_words(night.now, night.moment)
    assert words
    return words.timer


def test_while_a_cutover_step_runs_it_only_proposes_and_says_why() -> None:
    night = with_a_step(auto())
    night.does(RunStep("dns", night.seen))
    night.reports(StepStarted(step="dns", attempt=CUTOVER, run=1))
    assert said_of(night).endswith("; it does not start by itself: the step of dns still runs")
    night.ahead_ms = 2 * MINUTE_MS
    assert said_of(night) == (
        "NOBODY DECIDED in 1m; it does not start by itself: the step of dns still runs"
    )
    with pytest.raises(Refused, match="the step of dns still runs"):
        night.reports(BEGINS)


def test_when_the_step_ends_people_get_the_time_to_decide_again() -> None:
    night = with_a_step(auto())
    night.does(RunStep("dns", night.seen))
    night.reports(StepStarted(step="dns", attempt=CUTOVER, run=1))
    night.ahead_ms = 2 * MINUTE_MS
    happens(night, StepFinished(step="dns", attempt=CUTOVER, run=1, end="failed", elapsed_ms=1))
    assert said_of(night) == "starts by itself in 59s"
    with pytest.raises(Refused, match="there is time to decide"):
        night.reports(BEGINS)
    night.ahead_ms += MINUTE_MS
    night.reports(BEGINS)
    assert night.now.rollback


def test_a_step_that_ends_in_time_leaves_the_time_to_decide_as_it_was() -> None:
    night = with_a_step(auto())
    before = night.now.triggers.proposal
    night.does(RunStep("dns", night.seen))
    night.reports(StepStarted(step="dns", attempt=CUTOVER, run=1))
    night.reports(StepFinished(step="dns", attempt=CUTOVER, run=1, end="done", elapsed_ms=1))
    assert night.now.triggers.proposal == before


def test_a_tick_behind_which_nobody_goes_back_gives_the_time_again_when_it_is_undone() -> None:
    night = with_a_step(auto(), point_of_no_return=True)
    night.does(RecordResult("dns", "passed", "", night.seen))
    night.ahead_ms = 2 * MINUTE_MS
    with pytest.raises(Refused, match="the point of no return is passed"):
        night.reports(BEGINS)
    happens(night, ItemUndone(corrects=night.seen))
    with pytest.raises(Refused, match="there is time to decide"):
        night.reports(BEGINS)


def test_a_probe_that_stops_flapping_gives_the_time_again() -> None:
    night = auto()
    changed(night, "flapping")
    night.ahead_ms = 2 * MINUTE_MS
    steady = ProbeChanged(
        probe="health", state="failed", before="flapping", reason="", shown="", latency_us=None
    )
    happens(night, steady)
    with pytest.raises(Refused, match="there is time to decide"):
        night.reports(BEGINS)


def happens(night: Night, body: Body) -> None:
    """Let something happen at the time that the night has come to."""
    moment = night.moment
    made = replace(event(len(night.events) + 1, body), at=moment.at, mono_ns=str(moment.mono_ns))
    night.events.append(made)
    night.state = fold(night.state, [made])
