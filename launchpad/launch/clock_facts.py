"""What happened to the launch's clock: the bodies of events. T-times are from T-0, - is before."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

# What is kept when the wall clock was set: T-0 its hour, or the countdown what is left of it.
Keeping = Literal["hour", "remainder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchScheduled:
    """launch.scheduled: T-0 has a time.

    t0: RFC 3339, UTC; zone: in which it was meant, a name of the IANA time zone database or an
    offset such as +01:00; in_ms: how far off it is at this event; keeps: None, or what is kept
    after the wall clock was set.
    """

    t0: str
    zone: str
    in_ms: int
    keeps: Keeping | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockHeld:
    """clock.held: T- stands still until somebody resumes it.

    criterion: the id of the commit criterion it is held for; None where a person holds it.
    """

    reason: str
    criterion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockResumed:
    """clock.resumed: T- runs again; or a built-in hold need not be kept any longer.

    hold: the id of a built-in hold, None for one that somebody called; at_once: whether it is left
    now, or when its planned time is over; why: what opened it.
    """

    hold: str | None = None
    at_once: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRecycled:
    """clock.recycled: T- was set back, and is held there."""

    t_ms: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStepped:
    """clock.stepped: the conductor's wall clock was set by so much; T-0 is to be confirmed."""

    step_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchScrubbed:
    """launch.scrubbed: there is no launch today. What runs goes on; the launch is closed next."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationAcknowledged:
    """observation.acknowledged: somebody saw that nobody had observed; steps may start again."""


ClockFact: TypeAlias = (
    LaunchScheduled | ClockHeld | ClockResumed | ClockRecycled | ClockStepped | LaunchScrubbed
)
