"""What `launchpad status` knows of a launch beside its events: who is there, and what was seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from launchpad.checklist.model import Probe
from launchpad.cli.solvency import Solvency, solvency
from launchpad.launch.forecast import taken
from launchpad.launch.moment import Moment, lapse, moment_at
from launchpad.launch.rollback import RollbackState
from launchpad.launch.state import LaunchState, ProbeStanding
from launchpad.launch.step import StepState
from launchpad.log.samples import Sample
from launchpad.log.store import Log, Seat
from launchpad.session.clock import now
from launchpad.session.conductor import ConductorStanding, conductor_standing
from launchpad.session.history import Actuals

# A console renews its seat more often than this.
SEAT_SECONDS = 15

# No data is inconclusive, never success.
_NOT_OBSERVED = ProbeStanding("inconclusive", "", "no-data", "not observed yet", None)


@dataclass(frozen=True, slots=True)
class Overview:
    """The surroundings of a launch, looked at once.

    address: of the log; samples: the newest of each probe that has one; moment: when it was looked
    at; actuals: how long the rollback's steps took elsewhere, where that was looked for;
    cutover_actuals: those of items.
    """

    address: str
    seats: Sequence[Seat]
    samples: Mapping[str, Sample]
    conductor: ConductorStanding
    solvency: Solvency
    moment: Moment
    actuals: Actuals = field(default_factory=dict)
    cutover_actuals: Actuals = field(default_factory=dict)

    def elapsed_ms(self, rollback: RollbackState) -> int:
        """Return how long an attempt took or takes."""
        return taken(rollback, self.moment).ms

    def step_elapsed_ms(self, step: StepState) -> int | None:
        """Return how long a step took or takes; None before."""
        if step.status == "running" and step.began:
            return lapse(step.began, self.moment).ms
        return step.elapsed_ms


def overview(log: Log, state: LaunchState) -> Overview:
    """Look at a launch. Raises LogError."""
    conductor, moment = conductor_standing(log, state.launch), moment_at(now())
    return Overview(
        address=log.address,
        seats=log.seats(state.launch, SEAT_SECONDS),
        samples=log.latest_samples(state.launch, [probe.id for probe in state.checklist.probes]),
        conductor=conductor,
        solvency=solvency(state, conductor, moment),
        moment=moment,
    )


def state_of(state: LaunchState, probe: Probe) -> ProbeStanding:
    """Return how a probe stands; inconclusive while nobody observed it."""
    return state.probes.get(probe.id, _NOT_OBSERVED)
