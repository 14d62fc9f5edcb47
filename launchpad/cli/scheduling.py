"""A T-0 that is typed on the command line, also before the launch is there that it is for."""

from dataclasses import dataclass

from launchpad.cli.misused import Misused
from launchpad.launch.event import Stamp
from launchpad.launch.intents import SetT0
from launchpad.launch.moment import moment_at
from launchpad.launch.refused import Refused
from launchpad.log.store import Log
from launchpad.session.civil import NotATime, TypedT0, echo, read_t0
from launchpad.session.clock import now
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import Participant


@dataclass(frozen=True, slots=True)
class Scheduling:
    """A T-0 for a launch that is about to be opened, and when it was typed."""

    read: TypedT0
    typed: Stamp

    def told(self) -> str:
        """Return it as it is read back."""
        return f"T-0 is {echo(self.read, self.typed)}"

    def not_given(self, log: Log, launch: str, by: Participant) -> str | None:
        """Give it to the launch that was opened meanwhile; return why not. Raises LogError."""
        at = now()
        passed_ms = moment_at(self.typed).elapsed_ms(at.boot_id, int(at.mono_ns)) or 0
        live, read = LiveLaunch(log, launch), self.read
        intent = SetT0(read.t0, read.zone, read.in_ms - passed_ms, None, live.state.head.seq)
        try:
            live.submit(intent, by)
        except Refused as refused:
            return f"T-0 was not set: {refused}"
        return None


def scheduling(typed: str | None) -> Scheduling | None:
    """Read the T-0 of a launch that is about to be opened. Raises Misused, also for the past."""
    if typed is None:
        return None
    at = now()
    read = typed_t0(typed, at)
    if read.in_ms < 0:
        raise Misused(f"T-0 is to come, and not {echo(read, at)}")
    return Scheduling(read, at)


def typed_t0(typed: str, at: Stamp) -> TypedT0:
    """Read a T-0 that was typed. Raises Misused."""
    try:
        return read_t0(typed, at)
    except NotATime as error:
        raise Misused(str(error)) from None
