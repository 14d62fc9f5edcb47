"""Random nights: whatever people, conductors and crashes do, no step runs out of turn or twice."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from launchpad.launch.fold import fold
from launchpad.launch.intents import (
    AbandonRollback,
    CloseLaunch,
    ConfirmStep,
    Intent,
    PauseRollback,
    ReportFact,
    ResolveStep,
    ResumeRollback,
    StartRollback,
)
from launchpad.launch.operations import (
    RESOLUTIONS,
    ConductorStarted,
    ObservationGap,
    Report,
    Resolution,
    RollbackCompleted,
    StepEnd,
    StepFinished,
    StepIndeterminate,
    StepStarted,
)
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused
from launchpad.launch.rollback import Begin, next_act
from launchpad.launch.step import settled
from tests.launch.making import ADA, CLEO
from tests.launch.rolling import PLAN, Flight

STEPS = st.sampled_from([step.id for step in PLAN.steps])
RUNS = st.integers(1, 3)
PEOPLE = st.sampled_from([ADA, CLEO])
BEHIND = st.sampled_from([0, 0, 0, 1, 3])
# Nights end late, so that much happens in them.
_LONG = 20
ENDS: list[StepEnd] = ["done", "failed", "timed-out"]


class Nights(RuleBasedStateMachine):
    """People decide and conductors report, out of turn as often as in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.flight = Flight()
        self.ran: set[tuple[int, str, int]] = set()

    def tries(self, intent: Intent, by: Person = ADA) -> bool:
        before, count = self.flight.state, len(self.flight.events)
        try:
            self.flight.does(intent, by)
        except Refused:
            assert self.flight.state is before
            assert len(self.flight.events) == count
            return False
        assert before is not None
        assert before.closure is None, "something was recorded after the close"
        return True

    def reports(self, fact: Report, epoch: int | None = None) -> bool:
        return self.tries(ReportFact(fact, epoch or self.flight.epoch), Person(""))

    @property
    def attempt(self) -> int:
        rollback = self.flight.now.rollback
        return rollback.attempt if rollback else 1

    def seen(self, behind: int) -> int:
        return max(self.flight.seen - behind, 0)

    @rule(word=st.sampled_from(["storefront", "wrong"]), behind=BEHIND, by=PEOPLE)
    def start(self, word: str, behind: int, by: Person) -> None:
        started = self.tries(StartRollback("why", word, None, self.seen(behind)), by)
        assert not (started and word == "wrong")

    @rule()
    def next(self) -> None:
        """Do what is next, as a conductor does."""
        act = next_act(PLAN, self.flight.now.rollback)
        if isinstance(act, Begin):
            self.begin(act.step.id, act.run)

    @rule(step=STEPS, run=RUNS)
    def begin(self, step: str, run: int) -> None:
        running = self.flight.now.running_step
        if self.reports(StepStarted(step=step, attempt=self.attempt, run=run)):
            assert running is None, "two steps run at once"
            assert (self.attempt, step, run) not in self.ran, "a run was begun twice"
            self.ran.add((self.attempt, step, run))

    @rule(step=STEPS, run=RUNS, end=st.sampled_from(ENDS))
    def finish(self, step: str, run: int, end: StepEnd) -> None:
        attempt = self.attempt
        if self.reports(StepFinished(step=step, attempt=attempt, run=run, end=end, elapsed_ms=1)):
            assert (attempt, step, run) in self.ran, "a step ended that never began"

    @rule(step=STEPS, run=RUNS)
    def lose(self, step: str, run: int) -> None:
        self.reports(StepIndeterminate(step=step, attempt=self.attempt, run=run, why="?"))

    @rule()
    def complete(self) -> None:
        rollback = self.flight.now.rollback
        if self.reports(RollbackCompleted(attempt=self.attempt, elapsed_ms=1)):
            assert rollback
            assert all(settled(step, rollback.step(step.id)) for step in PLAN.steps)

    @rule()
    def take_over(self) -> None:
        epoch = self.flight.epoch + 1
        taken = ConductorStarted(epoch=epoch, host="h", user="u", pid=1, program="p")
        if self.reports(taken, epoch):
            self.flight.epoch = epoch

    @rule(step=STEPS, run=RUNS)
    def report_late(self, step: str, run: int) -> None:
        """Wake up as a conductor that was frozen since the epoch before."""
        if self.flight.epoch > 1:
            fact = StepStarted(step=step, attempt=self.attempt, run=run)
            assert not self.reports(fact, self.flight.epoch - 1)

    @rule()
    def lose_sight(self) -> None:
        self.reports(ObservationGap(gap_ms=20_000))

    @rule(by=PEOPLE)
    def pause(self, by: Person) -> None:
        self.tries(PauseRollback("wait"), by)

    @rule(behind=BEHIND, by=PEOPLE)
    def resume(self, behind: int, by: Person) -> None:
        self.tries(ResumeRollback(self.seen(behind)), by)

    @rule(step=STEPS, resolution=st.sampled_from(RESOLUTIONS), behind=BEHIND)
    def resolve(self, step: str, resolution: Resolution, behind: int) -> None:
        self.tries(ResolveStep(step, resolution, "why", self.seen(behind)))

    @rule(step=STEPS, behind=BEHIND)
    def confirm(self, step: str, behind: int) -> None:
        if self.tries(ConfirmStep(step, "", self.seen(behind))):
            assert step == "tell"

    @rule(kill=st.booleans())
    def abandon(self, *, kill: bool) -> None:
        self.tries(AbandonRollback("why", "storefront", (), kill=kill))

    @rule()
    def close(self) -> None:
        if self.flight.seen < _LONG:
            return
        under_way = self.flight.now.phase == "rolling-back" or self.flight.now.running_step
        assert not (self.tries(CloseLaunch("scrubbed", "storefront")) and under_way)

    @invariant()
    def the_log_says_it_all(self) -> None:
        assert fold(None, self.flight.events) == self.flight.state

    @invariant()
    def nothing_is_next_while_something_runs_or_rests(self) -> None:
        rollback = self.flight.now.rollback
        if rollback and (rollback.status != "running" or self.flight.now.running_step):
            assert next_act(PLAN, rollback) is None


Nights.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestNights = Nights.TestCase
