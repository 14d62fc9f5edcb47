"""The launch's clock on the status lines, and whose clock it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from rich.cells import cell_len

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Checklist, Phase
from launchpad.console.fitting import fit
from launchpad.console.ink import Ink
from launchpad.console.words import LAUNCH_WORDS
from launchpad.launch.event import Stamp
from launchpad.launch.moment import Moment, minute, moment_at, second, shifted
from launchpad.launch.state import LaunchState
from launchpad.log.leasing import Lease
from launchpad.session.clock_words import (
    Clock,
    clock_of,
    hold_words,
    later_words,
    running,
    set_words,
    stand,
)

Part: TypeAlias = tuple[str, str]

_NANOSECONDS_PER_MS = 1_000_000
_MICROSECOND = timedelta(microseconds=1)
_MINUTE, _TEN_SECONDS = 60_000, 10_000
_CELLS = 8
_LONGEST_HOLD = 44
# An oscillator's error, generously: what was seen once says less with time.
_DRIFT = 10_000
# Half a beat, and what nobody sees on a clock of seconds.
_CLOSER_NS = 250_000_000


@dataclass(frozen=True, slots=True)
class ConductorClock:
    """The clock of a conductor on another host, as its beats tell it.

    beat: when the newest one was; ahead_ns: how much its CLOCK_BOOTTIME is ahead of the one here,
    which a beat that came late only says too low; heard_ns: when that was found out, here.
    """

    beat: Moment
    ahead_ns: int
    heard_ns: int

    def now(self, here: Stamp) -> Moment:
        """Return what the conductor's clock shows now."""
        mono_ns = int(here.mono_ns) + self.ahead_ns
        since_ms = (mono_ns - self.beat.mono_ns) // _NANOSECONDS_PER_MS
        return Moment(shifted(self.beat.at, since_ms), mono_ns, self.beat.boot_id)

    def says_more_than(self, before: "ConductorClock | None") -> bool:
        """Say whether a clock drawn from it would show something else."""
        if before is None or before.beat.boot_id != self.beat.boot_id:
            return True
        if abs(self.ahead_ns - before.ahead_ns) > _CLOSER_NS:
            return True
        # By how much its wall clock was set between the two beats.
        apart = datetime.fromisoformat(self.beat.at) - datetime.fromisoformat(before.beat.at)
        set_ns = apart // _MICROSECOND * 1_000 - (self.beat.mono_ns - before.beat.mono_ns)
        return abs(set_ns) > _CLOSER_NS


def heard(lease: Lease | None, here: Stamp, before: ConductorClock | None) -> ConductorClock | None:
    """Return the clock of the conductor that holds a lease; None for one of this boot."""
    if lease is None or lease.boot_id == here.boot_id:
        return None
    here_ns = int(here.mono_ns)
    ahead_ns = lease.mono_ns - here_ns
    if before and before.beat.boot_id == lease.boot_id:
        known_ns = before.ahead_ns - (here_ns - before.heard_ns) // _DRIFT
        ahead_ns = max(ahead_ns, known_ns)
    return ConductorClock(Moment(lease.at, lease.mono_ns, lease.boot_id), ahead_ns, here_ns)


def launch_now(at: Stamp, conductor: ConductorClock | None) -> Moment:
    """Return the moment by which a launch's clock is shown: the conductor's, wherever it is."""
    return conductor.now(at) if conductor else moment_at(at)


def clock_text(state: LaunchState, now: Moment, ink: Ink) -> str:
    """Return T-, L- and the time, in as many cells while it runs: "T-12m41s  L-12m41s  02:17Z"."""
    clock = clock_of(state, now)
    if clock is None:
        counted = "T-0 not set"
    elif state.closure:
        counted = f"T-0 {minute(clock.countdown.t0)}"
    else:
        t = running("T", clock.reading.t_ms, ink.minus)
        l = running("L", clock.reading.l_ms, ink.minus)  # noqa: E741 - its name
        counted = f"{t:<{_CELLS}}  {l:<{_CELLS}}"
    return f"  {counted}   {second(now.at)} "


def standing_part(state: LaunchState, clock: Clock | None, ink: Ink) -> Part:
    """Return how the launch stands: "COUNTING", "HOLDING at T-10m: AB, vendor is late"."""
    how = stand(state, clock)
    words = hold_words(state, clock, _coarsely) if clock and how == "holding" else None
    if words is None or clock is None:
        return LAUNCH_WORDS[how], "bold $text-error" if how == "scrubbed" else "bold"
    head = LAUNCH_WORDS["holding"] if clock.reading.held else "HOLD"
    told = ink.line(f"{head} {words}").replace("T-", f"T{ink.minus}", 1)
    return fit(told, min(cell_len(told), _LONGEST_HOLD), ink.cut), "bold $text-warning"


def _coarsely(left_ms: int) -> str:
    """Return a time in steps so coarse that the line around it is seldom drawn; never too long."""
    if left_ms >= _MINUTE:
        return duration(left_ms // _MINUTE * _MINUTE)
    tens_ms = left_ms // _TEN_SECONDS * _TEN_SECONDS
    return duration(tens_ms) if tens_ms else "under 10s"


def moved_parts(clock: Clock | None, conductor: ConductorClock | None) -> Iterator[Part]:
    """Yield how much later T-0 is by now, in whole minutes, and what its clock rests on."""
    if clock is None:
        return
    later = later_words(clock, step_ms=_MINUTE)
    if later:
        yield later, "$text-warning"
    if not clock.reading.exact:
        yield "T by wall clocks, UNCERTAIN", "bold $text-warning"
    if conductor:
        yield "by the conductor's clock", ""


def notice(state: LaunchState, clock: Clock | None) -> str | None:
    """Return what somebody has to decide before the clock or a step can be relied on."""
    if state.closure:
        return None
    said = []
    if clock and clock.countdown.step and clock.reading.t_ms < 0:
        said.append(f"CLOCK STEPPED {set_words(clock.countdown.step)}: H asks what T-0 keeps")
    if state.gap is not None:
        said.append("NOBODY OBSERVED for a while, no step starts: palette, acknowledge the gap")
    return "\n ".join(said) or None


def wants_t0(checklist: Checklist) -> bool:
    """Say whether a checklist speaks of T-0 at all."""
    return bool(
        checklist.window
        or checklist.holds
        or any(
            phase.at_ms is not None or phase.until_ms is not None or phase.poll
            for phase in checklist.phases
        )
    )


def due_words(phase: Phase, t_ms: int) -> str | None:
    """Return when a phase begins or began, in whole minutes: "due in 4m"; None without its time."""
    if phase.at_ms is None:
        return None
    ahead_ms = phase.at_ms - t_ms
    whole = duration(abs(ahead_ms) // _MINUTE * _MINUTE)
    if abs(ahead_ms) < _MINUTE:
        return "due now"
    return f"due in {whole}" if ahead_ms > 0 else f"due {whole} ago"
