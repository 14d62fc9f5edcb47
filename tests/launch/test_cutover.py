"""Items' steps: carried out on request, once at a time, and the point nobody goes back behind."""

from dataclasses import replace

import pytest

from launchpad.checklist.model import Checklist, Step
from launchpad.launch.cutover import next_cutover, no_return
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.intents import (
    AcknowledgeGap,
    CloseLaunch,
    ConfirmStep,
    KillStep,
    RecordResult,
    ResolveStep,
    RunStep,
    ScrubLaunch,
)
from launchpad.launch.moment import second, shifted
from launchpad.launch.operations import ObservationGap, StepEnd, StepFinished, StepStarted
from launchpad.launch.refused import Refused
from launchpad.launch.rollback import Begin
from tests.launch.making import CHECKLIST, CLEO
from tests.launch.rolling import Flight, step

BY_HAND = frozenset({"smoke"})


def acting(checklist: Checklist, no_return_at: str = "") -> Checklist:
    """Return the checklist with a step on every item: by hand on some, else a command."""

    def of(name: str) -> Step:
        return step(name, kind="manual" if name in BY_HAND else "command")

    return replace(
        checklist,
        phases=tuple(
            replace(
                phase,
                items=tuple(
                    replace(item, step=of(item.id), point_of_no_return=item.id == no_return_at)
                    for item in phase.items
                ),
            )
            for phase in checklist.phases
        ),
    )


class Cutover(Flight):
    """A launch whose items have steps."""

    def __init__(self, no_return_at: str = "") -> None:
        phases = acting(CHECKLIST, no_return_at).phases
        super().__init__(phases=phases)

    def wants(self, item: str, *, confirm: str = "", reason: str = "") -> None:
        self.does(RunStep(item, self.seen, confirm, reason))

    def starts_step(self, item: str, run: int = 1) -> None:
        self.reports(StepStarted(step=item, attempt=CUTOVER, run=run))

    def ends_step(self, item: str, end: StepEnd = "done", run: int = 1) -> None:
        self.reports(StepFinished(step=item, attempt=CUTOVER, run=run, end=end, elapsed_ms=900))

    def of(self, item: str) -> str:
        return self.now.step(CUTOVER, item).status


def test_a_step_that_was_asked_for_is_what_a_conductor_begins() -> None:
    launch = Cutover()
    assert next_cutover(launch.now) is None
    launch.wants("dns")
    act = next_cutover(launch.now)
    assert isinstance(act, Begin)
    assert (act.step.id, act.run) == ("dns", 1)
    launch.starts_step("dns")
    assert (launch.of("dns"), launch.now.running_step) == ("running", "dns")
    launch.ends_step("dns")
    assert (launch.of("dns"), launch.now.running_step) == ("done", None)
    assert next_cutover(launch.now) is None


def test_what_nobody_asked_for_never_begins() -> None:
    launch = Cutover()
    with pytest.raises(Refused, match="step dns is not the next one"):
        launch.starts_step("dns")


def test_only_one_step_runs_at_a_time() -> None:
    launch = Cutover()
    launch.wants("dns")
    with pytest.raises(Refused, match="the step of dns was asked for, and begins first"):
        launch.wants("pooler")
    launch.starts_step("dns")
    with pytest.raises(Refused, match="step dns still runs"):
        launch.wants("pooler")
    with pytest.raises(Refused, match="step dns still runs; it ends first"):
        launch.does(CloseLaunch("launched", "storefront"))


@pytest.mark.parametrize("end", ["done", "failed", "timed-out"])
def test_once_more_takes_a_reason_and_nothing_new_since(end: StepEnd) -> None:
    launch = Cutover()
    launch.wants("dns")
    launch.starts_step("dns")
    seen = launch.seen
    launch.ends_step("dns", end)
    with pytest.raises(Refused, match=rf"the step of dns became {end}, by .+ after what you saw"):
        launch.does(RunStep("dns", seen, reason="again"))
    with pytest.raises(Refused, match=f"the step of dns is {end}; once more needs a reason"):
        launch.wants("dns")
    launch.wants("dns", reason="the record was locked")
    act = next_cutover(launch.now)
    assert isinstance(act, Begin)
    assert act.run == 2


def test_nothing_begins_while_the_rollback_is_under_way_and_what_waited_is_given_up() -> None:
    launch = Cutover()
    launch.wants("dns")
    launch.starts()
    assert next_cutover(launch.now) is None
    assert launch.of("dns") == "skipped"
    with pytest.raises(Refused, match="the rollback is under way, started by AB"):
        launch.wants("pooler")


def test_a_rollback_waits_for_no_person_but_is_refused_beside_a_command() -> None:
    launch = Cutover()
    launch.wants("dns")
    launch.starts_step("dns")
    with pytest.raises(Refused, match=r"the step of dns still runs; .* launchpad step kill dns"):
        launch.starts()
    launch.ends_step("dns")
    launch.wants("smoke")
    launch.starts_step("smoke")
    launch.starts()
    assert launch.of("smoke") == "skipped"
    assert launch.now.running_step is None


def test_nothing_begins_after_a_scrub_or_a_time_that_nobody_observed() -> None:
    launch = Cutover()
    launch.reports(ObservationGap(gap_ms=20_000))
    with pytest.raises(Refused, match="nobody observed the launch for a while"):
        launch.wants("dns")
    launch.does(AcknowledgeGap(launch.seen))
    launch.wants("dns")
    launch.does(ScrubLaunch("the vendor is down", launch.seen))
    assert next_cutover(launch.now) is None
    with pytest.raises(Refused, match="the launch was scrubbed by AB"):
        launch.wants("pooler")


def test_what_waits_for_a_person_is_confirmed_and_what_failed_is_resolved() -> None:
    launch = Cutover()
    launch.wants("smoke")
    launch.starts_step("smoke")
    launch.does(ConfirmStep("smoke", "looked", launch.seen, cutover=True), CLEO)
    known = launch.now.step(CUTOVER, "smoke")
    assert (known.status, known.by, known.reason) == ("done", "CD", "looked")
    launch.wants("dns")
    launch.starts_step("dns")
    launch.ends_step("dns", "failed")
    launch.does(ResolveStep("dns", "retry", "the lock is gone", launch.seen, cutover=True))
    act = next_cutover(launch.now)
    assert isinstance(act, Begin)
    assert act.run == 2
    launch.starts_step("dns", run=2)
    launch.ends_step("dns", "failed", run=2)
    launch.does(ResolveStep("dns", "done", "seen with dig", launch.seen, cutover=True))
    assert launch.of("dns") == "done"


def test_a_step_of_the_rollback_and_one_of_an_item_with_its_id_are_two() -> None:
    launch = Cutover()
    launch.wants("dns")
    launch.starts_step("dns")
    launch.ends_step("dns", "failed")
    launch.starts()
    launch.begins("dns")
    launch.ends("dns")
    assert (launch.of("dns"), launch.status("dns")) == ("failed", "done")
    with pytest.raises(Refused, match="the rollback is under way"):
        launch.does(ResolveStep("dns", "retry", "once more", launch.seen, cutover=True))
    launch.does(ResolveStep("dns", "skip", "never mind", launch.seen, cutover=True))
    assert (launch.of("dns"), launch.status("dns")) == ("skipped", "done")


def test_a_command_that_runs_is_ended_once_with_a_reason() -> None:
    launch = Cutover()
    launch.wants("dns")
    with pytest.raises(Refused, match="step dns is pending; nothing of it runs"):
        launch.does(KillStep("dns", "hangs", launch.seen, cutover=True))
    launch.starts_step("dns")
    with pytest.raises(Refused, match="to end a step needs a reason"):
        launch.does(KillStep("dns", " ", launch.seen, cutover=True))
    launch.does(KillStep("dns", "hangs", launch.seen, cutover=True), CLEO)
    kill = launch.now.step(CUTOVER, "dns").kill
    assert kill
    assert (kill.by, kill.reason) == ("CD", "hangs")
    with pytest.raises(Refused, match="CD asked to end step dns at"):
        launch.does(KillStep("dns", "hangs", launch.seen, cutover=True))
    launch.ends_step("dns", "failed")
    launch.wants("dns", reason="once more")
    assert launch.now.step(CUTOVER, "dns").kill is None


def test_what_waits_for_a_person_is_not_killed() -> None:
    launch = Cutover()
    launch.wants("smoke")
    launch.starts_step("smoke")
    with pytest.raises(Refused, match="step smoke is no command; resolve it as done, or skip it"):
        launch.does(KillStep("smoke", "enough", launch.seen, cutover=True))


def test_the_step_of_a_point_of_no_return_takes_the_code_word() -> None:
    launch = Cutover("dns")
    with pytest.raises(Refused, match=r"point of no return: .* code word: storefront"):
        launch.wants("dns")
    launch.wants("dns", confirm=" Storefront ")
    assert no_return(launch.now) is None


def test_behind_the_point_of_no_return_a_rollback_is_not_the_normal_way() -> None:
    launch = Cutover("dns")
    launch.wants("dns", confirm="storefront")
    launch.starts_step("dns")
    with pytest.raises(Refused, match="the step of dns still runs"):
        launch.starts()
    launch.ends_step("dns")
    passed = no_return(launch.now)
    assert passed
    # When it ended, not when it began.
    began = launch.now.cutover["dns"].began
    assert began
    took_ms = launch.now.cutover["dns"].elapsed_ms or 0
    assert passed.how == f"dns, its step done at {second(shifted(began.at, took_ms))}"
    with pytest.raises(Refused, match=r"no return is passed \(dns, its step done .*roll forward"):
        launch.starts()
    launch.starts(past_no_return=True)
    assert launch.rollback.past_no_return


@pytest.mark.parametrize(("end", "passed"), [("failed", False), ("timed-out", True)])
def test_a_step_that_may_have_had_its_effect_passed_it(end: StepEnd, *, passed: bool) -> None:
    launch = Cutover("dns")
    launch.wants("dns", confirm="storefront")
    launch.starts_step("dns")
    launch.ends_step("dns", end)
    assert (no_return(launch.now) is not None) is passed


def test_an_item_that_is_ticked_is_passed_until_that_is_taken_back() -> None:
    launch = Cutover("dns")
    launch.does(RecordResult("dns", "passed", "", launch.seen), CLEO)
    found = no_return(launch.now)
    assert found
    assert found.how.startswith("dns, passed by CD at 00:")
    launch.does(RecordResult("dns", "failed", "it was another one", launch.seen), CLEO)
    launch.starts()
    assert not launch.rollback.past_no_return
