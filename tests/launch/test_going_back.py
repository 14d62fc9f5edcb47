"""What must not begin once a launch went back, and what nobody may go back behind."""

from dataclasses import replace

import pytest

from launchpad.checklist.model import Step
from launchpad.launch.cutover import next_cutover, no_return
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.intents import AbandonRollback, PauseRollback, ResolveStep, RunStep
from launchpad.launch.moment import moment_of
from launchpad.launch.operations import (
    ObservationGap,
    RollbackCompleted,
    StepFinished,
    StepIndeterminate,
    StepStarted,
)
from launchpad.launch.refused import Refused
from launchpad.launch.rollback import Begin
from launchpad.launch.trigger_rules import kept_by
from tests.launch.making import CHECKLIST
from tests.launch.rolling import Flight, step


class Cutover(Flight):
    """A launch whose item dns is the point of no return, and its step."""

    def __init__(self, of_dns: Step) -> None:
        before, cutover = CHECKLIST.phases
        dns = replace(cutover.items[0], step=of_dns, point_of_no_return=True)
        super().__init__(phases=(before, replace(cutover, items=(dns, *cutover.items[1:]))))

    def wants(self) -> None:
        self.does(RunStep("dns", self.seen, "storefront", "once more"))

    def begins_dns(self, run: int = 1) -> None:
        self.reports(StepStarted(step="dns", attempt=CUTOVER, run=run))

    def loses_dns(self, *, nothing_runs: bool = True) -> None:
        lost = StepIndeterminate(
            step="dns", attempt=CUTOVER, run=1, why="lost", nothing_runs=nothing_runs
        )
        self.reports(lost)

    def ends_dns(self, end: str = "done", run: int = 1) -> None:
        ended = StepFinished(step="dns", attempt=CUTOVER, run=run, end=end, elapsed_ms=1)  # type: ignore[arg-type]  # an end
        self.reports(ended)


@pytest.mark.parametrize("ends", ["completed", "abandoned"])
def test_a_cutover_step_that_was_lost_does_not_begin_again_once_the_launch_went_back(
    ends: str,
) -> None:
    launch = Cutover(step("dns", idempotent=True))
    launch.wants()
    launch.begins_dns()
    launch.loses_dns()
    assert isinstance(next_cutover(launch.now), Begin)
    launch.starts(past_no_return=True)
    if ends == "abandoned":
        launch.does(AbandonRollback("by hand", "storefront", (), kill=False))
    for name in ("dns", "jobs", "tell") if ends == "completed" else ():
        launch.begins(name)
        launch.ends(name)
    if ends == "completed":
        launch.reports(RollbackCompleted(attempt=1, elapsed_ms=1))
    assert launch.rollback.status == ends
    assert next_cutover(launch.now) is None
    with pytest.raises(Refused, match="step dns is not the next one"):
        launch.begins_dns(run=2)
    launch.wants()
    assert isinstance(next_cutover(launch.now), Begin)


@pytest.mark.parametrize("end", ["done", "timed-out"])
def test_to_want_a_step_once_more_does_not_undo_the_point_of_no_return(end: str) -> None:
    launch = Cutover(step("dns"))
    launch.wants()
    launch.begins_dns()
    launch.ends_dns(end)
    launch.wants()
    assert launch.now.step(CUTOVER, "dns").status == "pending"
    with pytest.raises(Refused, match=r"point of no return is passed .* may have had its effect"):
        launch.starts()
    launch.begins_dns(run=2)
    launch.ends_dns("failed", run=2)
    assert no_return(launch.now)


def test_to_try_a_step_again_does_not_undo_the_point_of_no_return() -> None:
    launch = Cutover(step("dns"))
    launch.wants()
    launch.begins_dns()
    launch.loses_dns()
    with pytest.raises(Refused, match="launchpad step run dns does it again, with the code word"):
        launch.does(ResolveStep("dns", "retry", "looked", launch.seen, cutover=True))
    launch.wants()
    assert no_return(launch.now)


def test_whoever_starts_a_rollback_has_seen_that_nobody_observed() -> None:
    launch = Flight()
    seen = launch.seen
    launch.reports(ObservationGap(gap_ms=20_000))
    with pytest.raises(Refused, match="the observation gap of event 3 came after what you saw"):
        launch.starts(seen=seen)
    launch.starts()
    assert launch.now.gap is None
    launch.begins("dns")


def test_whoever_paused_a_rollback_still_has_their_reason_after_a_gap() -> None:
    launch = Flight()
    launch.starts()
    launch.does(PauseRollback("the vendor is on the phone"))
    launch.reports(ObservationGap(gap_ms=20_000))
    assert launch.rollback.pause == (
        "paused by AB: the vendor is on the phone; then 20s without a conductor"
    )


@pytest.mark.parametrize("nothing_runs", [True, False])
def test_beside_a_cutover_step_that_may_still_run_nothing_begins_by_itself(
    *, nothing_runs: bool
) -> None:
    launch = Cutover(step("dns"))
    launch.wants()
    launch.begins_dns()
    launch.loses_dns(nothing_runs=nothing_runs)
    kept = kept_by(launch.now, "any", moment_of(launch.events[-1]))
    said = "the step of dns may still run" in kept
    assert said is not nothing_runs
