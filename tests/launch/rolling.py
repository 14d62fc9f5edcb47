"""A launch with a rollback, kept in memory, and a conductor of it that reports."""

from dataclasses import replace

from launchpad.checklist.model import Rollback, Step
from launchpad.launch.intents import (
    ReportFact,
    ResolveStep,
    StartRollback,
)
from launchpad.launch.moment import Moment, shifted
from launchpad.launch.operations import (
    ConductorStarted,
    Report,
    StepEnd,
    StepFinished,
    StepIndeterminate,
    StepStarted,
)
from launchpad.launch.person import Person
from launchpad.launch.rollback import Begin, Finish, RollbackState, next_act
from tests.launch.making import ADA, CHECKLIST, Told

NIGHT = Person("", "", "")


def later(moment: Moment, milliseconds: int) -> Moment:
    mono_ns = moment.mono_ns + milliseconds * 1_000_000
    return replace(moment, at=shifted(moment.at, milliseconds), mono_ns=mono_ns)


def step(name: str, **settings: object) -> Step:
    plain = Step(id=name, title=name.title(), line=20, kind="command", expected_ms=60_000)
    return replace(plain, **settings)  # type: ignore[arg-type]  # the tests name real fields


PLAN = Rollback(
    line=19,
    steps=(
        step("dns", expected_ms=120_000),
        step("jobs", idempotent=True),
        step("tell", kind="manual", expected_ms=None),
    ),
    budget_ms=600_000,
)


class Flight(Told):
    """A launch with a rollback, and a conductor that reports."""

    def __init__(self, plan: Rollback | None = PLAN, **more: object) -> None:
        super().__init__(replace(CHECKLIST, rollback=plan, **more))  # type: ignore[arg-type]  # as above
        self.takes_over(1)

    def takes_over(self, epoch: int) -> None:
        self.epoch = epoch
        self.reports(ConductorStarted(epoch=epoch, host="h", user="u", pid=1, program="p"))

    def reports(self, fact: Report, *, epoch: int | None = None) -> None:
        self.does(ReportFact(fact, self.epoch if epoch is None else epoch), NIGHT)

    def starts(self, by: Person = ADA, /, **changes: object) -> None:
        intent = StartRollback("the smoke test failed", "storefront", None, self.seen)
        self.does(replace(intent, **changes), by)  # type: ignore[arg-type]  # as above

    def begins(self, name: str, run: int = 1) -> None:
        self.reports(StepStarted(step=name, attempt=self.rollback.attempt, run=run))

    def ends(self, name: str, end: StepEnd = "done", run: int = 1) -> None:
        attempt = self.rollback.attempt
        self.reports(StepFinished(step=name, attempt=attempt, run=run, end=end, elapsed_ms=900))

    def loses(self, name: str, run: int = 1, *, nothing_runs: bool = False) -> None:
        attempt = self.rollback.attempt
        lost = StepIndeterminate(
            step=name, attempt=attempt, run=run, why="killed", nothing_runs=nothing_runs
        )
        self.reports(lost)

    def resolves(self, name: str, resolution: str, by: Person = ADA) -> None:
        intent = ResolveStep(name, resolution, "looked at it", self.seen)  # type: ignore[arg-type]  # as above
        self.does(intent, by)

    @property
    def rollback(self) -> RollbackState:
        assert self.now.rollback
        return self.now.rollback

    def next(self) -> Begin | Finish | None:
        plan = self.now.checklist.rollback
        assert plan
        return next_act(plan, self.now.rollback)

    def phase(self) -> str:
        return self.now.phase

    def status(self, name: str) -> str:
        return self.rollback.step(name).status
