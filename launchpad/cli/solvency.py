"""Whether a launch could be rolled back now, as far as this account on this machine can tell."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from launchpad.cli.configuration import state_folder
from launchpad.launch.moment import Moment, second
from launchpad.launch.solvency import Fit, fit
from launchpad.launch.state import LaunchState
from launchpad.session.conductor import ConductorStanding, belongs_here
from launchpad.text.safe import one_line

REHEARSED = "a rehearsal: looked for what it runs instead of the launch's own commands"
"""Said beside what is missing, or is not, of a rehearsal."""


@dataclass(frozen=True, slots=True)
class Solvency:
    """What a rollback needs: its time, and what is missing for it. missing: names, safe.

    fit: how it fits before the hard stop, None where no rollback is written.
    """

    ready: bool
    fit: Fit | None
    missing: tuple[str, ...]


def solvency(state: LaunchState, conductor: ConductorStanding, now: Moment) -> Solvency:
    """Return how a launch's rollback stands; not ready where none is written, or all is over."""
    fitting = None if state.closure else fit(state, now)
    if fitting is None:
        return Solvency(ready=False, fit=None, missing=())
    missing = (*_late(fitting), *_missing(state, conductor))
    return Solvency(not missing, fitting, missing)


def _late(fitting: Fit) -> Iterator[str]:
    if fitting.fits is False and fitting.latest and fitting.hard_stop:
        yield (
            f"time: the latest decision was at {second(fitting.latest)}, "
            f"the hard stop is at {second(fitting.hard_stop)}"
        )


def _missing(state: LaunchState, conductor: ConductorStanding) -> Iterator[str]:
    if not conductor.alive:
        yield "a conductor"
    # A launch without commands does not wait for what looks for programs and secrets.
    from launchpad.checklist.requests import runs_or_sends  # noqa: PLC0415 - see above

    if not runs_or_sends(state.checklist):
        return
    home = state.home
    if belongs_here(home):
        yield from _missing_here(state, conductor)
    elif state.preflight:
        yield from state.preflight.missing
    else:
        place = one_line(f"{home.user}@{home.host}")
        yield f"a look at what its commands need, which only {place} can take"


def _missing_here(state: LaunchState, conductor: ConductorStanding) -> Iterator[str]:
    import asyncio  # noqa: PLC0415 - as above

    from launchpad.steps.preflight import preflight  # noqa: PLC0415 - as above
    from launchpad.steps.trust import NotTrusted, check  # noqa: PLC0415 - as above

    opened, folder = state.opened, Path(state.home.directory)
    try:
        check(state_folder(), opened.source, state.checklist, folder, state.home.user)
    except NotTrusted as why:
        yield f"trust: {why}"
    environment = _environment(conductor)
    # trusted: looking must not run anything.
    rehearsing = state.mode == "rehearsal"
    looked = preflight(
        state.checklist, opened.vars, environment, folder, trusted=False, rehearsing=rehearsing
    )
    for missing in asyncio.run(looked):
        yield f"{missing.what}: {missing.why}"


def _environment(conductor: ConductorStanding) -> Mapping[str, str]:
    """Return what the conductor looks variables up in: what it was started with, or would be."""
    if not conductor.alive or conductor.lease is None:
        return os.environ
    try:
        entries = Path(f"/proc/{conductor.lease.pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return os.environ
    pairs = (os.fsdecode(entry).partition("=") for entry in entries if entry)
    return {name: value for name, _, value in pairs}
