"""What the log says beside its events: what was seen last, who conducts, what a step prints."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from launchpad.checklist.model import Step
from launchpad.console.clock import ConductorClock, heard
from launchpad.launch.rollback import RollbackState, waiting_for
from launchpad.launch.state import LaunchState
from launchpad.log.samples import Sample
from launchpad.log.store import Log
from launchpad.session.clock import now
from launchpad.session.conductor import ConductorStanding, conductor_standing, wants_conductor
from launchpad.session.lease_watch import LeaseWatch

# A screen shows the newest lines; the whole output has a screen of its own.
_TAIL = 8_192

_NOBODY = ConductorStanding(alive=False, age_ms=None, lease=None)


@dataclass(frozen=True, slots=True)
class Printed:
    """What one run of a step printed. text: as it is in the log, its end only."""

    step: str
    run: int
    text: str


@dataclass(frozen=True, slots=True)
class Sight:
    """One look.

    samples: by probe; printed: of the step that `looked_at` names, None for none; clock: of a
    conductor on another host, None for one of this boot.
    """

    samples: Mapping[str, Sample] = field(default_factory=dict)
    conductor: ConductorStanding = _NOBODY
    printed: Printed | None = None
    clock: ConductorClock | None = None

    def says_more_than(self, before: "Sight | None") -> bool:
        """Say whether a screen would be another one. Beats alone change nothing."""
        if before is None or self.samples != before.samples or self.printed != before.printed:
            return True
        if self.clock and self.clock.says_more_than(before.clock):
            return True
        return _who(self.conductor) != _who(before.conductor)


def look(
    log: Log, state: LaunchState, watch: LeaseWatch, before: ConductorClock | None = None
) -> Sight:
    """Look into a launch's log. Raises LogError.

    watch: what was seen of its lease; before: what was known of the conductor's clock.
    """
    checklist = state.checklist
    if not wants_conductor(checklist, counting=state.countdown is not None):
        return Sight()
    conductor = conductor_standing(log, state.launch, watch)
    probes = [probe.id for probe in checklist.probes]
    step = looked_at(state)
    printed = None
    if step and state.rollback:
        run = state.rollback.step(step.id).run
        text = log.outputs(state.launch, state.rollback.attempt, step.id, run)
        printed = Printed(step.id, run, text[-_TAIL:])
    return Sight(
        samples=log.latest_samples(state.launch, probes) if probes else {},
        conductor=conductor,
        printed=printed,
        clock=heard(conductor.lease, now(), before),
    )


def looked_at(state: LaunchState) -> Step | None:
    """Return the step to look at: the one that runs or waits for somebody, else the last begun."""
    plan, rollback = state.checklist.rollback, state.rollback
    if plan is None or rollback is None:
        return None
    waiting = None if rollback.over else waiting_for(plan, rollback)
    if waiting:
        return waiting[0]
    begun = [step for step in plan.steps if rollback.step(step.id).run]
    return max(begun, key=lambda step: _begun_at(rollback, step), default=None)


def _begun_at(rollback: RollbackState, step: Step) -> str:
    began = rollback.step(step.id).began
    return began.at if began else ""


def _who(conductor: ConductorStanding) -> tuple[bool, object]:
    lease = conductor.lease
    return conductor.alive, (lease.epoch, lease.holder) if lease else None
