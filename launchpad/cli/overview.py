"""What `launchpad status` knows of a launch beside its events: who is there, and what was seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from launchpad.checklist.model import Probe
from launchpad.cli.solvency import Solvency, solvency
from launchpad.launch.rollback import RollbackState, StepState
from launchpad.launch.state import LaunchState, ProbeStanding
from launchpad.log.boottime import boot_time
from launchpad.log.samples import Sample
from launchpad.log.store import Log, Seat
from launchpad.session.conductor import ConductorStanding, conductor_standing

# A console renews its seat more often than this.
SEAT_SECONDS = 15

# No data is inconclusive, never success.
_NOT_OBSERVED = ProbeStanding("inconclusive", "", "no-data", "not observed yet", None)


@dataclass(frozen=True, slots=True)
class Overview:
    """The surroundings of a launch, looked at once.

    samples: the newest of each probe that has one; now: a boot's id and CLOCK_BOOTTIME, in ns.
    """

    seats: Sequence[Seat]
    samples: Mapping[str, Sample]
    conductor: ConductorStanding
    solvency: Solvency
    now: tuple[str, int]

    def elapsed_ms(self, rollback: RollbackState) -> int | None:
        """Return how long an attempt took or takes; None where no clock says it."""
        return rollback.elapsed_ms if rollback.over else rollback.began.elapsed_ms(*self.now)

    def step_elapsed_ms(self, step: StepState) -> int | None:
        """Return how long a step took or takes; None before, and where no clock says it."""
        if step.status == "running" and step.began:
            return step.began.elapsed_ms(*self.now)
        return step.elapsed_ms


def overview(log: Log, state: LaunchState) -> Overview:
    """Look at a launch. Raises LogError."""
    conductor = conductor_standing(log, state.launch)
    return Overview(
        seats=log.seats(state.launch, SEAT_SECONDS),
        samples=log.latest_samples(state.launch, [probe.id for probe in state.checklist.probes]),
        conductor=conductor,
        solvency=solvency(state, conductor),
        now=boot_time(),
    )


def state_of(state: LaunchState, probe: Probe) -> ProbeStanding:
    """Return how a probe stands; inconclusive while nobody observed it."""
    return state.probes.get(probe.id, _NOT_OBSERVED)
