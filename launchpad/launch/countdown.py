"""The launch's clock: T-0, T- which stops in holds, and L- which does not.

A countdown is anchored to a moment: where T stood then, and how far off T-0 was planned. Where it
stands now follows from the time that passed, and from the built-in holds on the way, so that it
depends on no process that would have to be alive at the right moment.

A built-in hold lasts as long as it was planned. One that waits for something is kept until that is
recorded, however long; what is recorded earlier does not shorten it. All times are milliseconds;
T-times are from T-0, below zero before it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from launchpad.checklist.model import Hold
from launchpad.launch.moment import Moment, lapse, shifted


@dataclass(frozen=True, slots=True)
class Held:
    """A hold that somebody called. criterion: the id of the commit criterion it is called for."""

    since: Moment
    by: str
    reason: str
    criterion: str | None = None


@dataclass(frozen=True, slots=True)
class ClockStep:
    """The wall clock was set, and nobody said yet what T-0 keeps."""

    seq: int
    at: str
    step_ms: int


@dataclass(frozen=True, slots=True)
class Countdown:
    """The clock since it was last set, held or resumed.

    t0: when T-0 is planned, RFC 3339, UTC; zone: in which it was meant; scheduled: when somebody
    last set it, scheduled_in_ms: how far off it was then: what the window is counted from; since:
    the moment of t_ms, of dwelt_ms (the time spent in the built-in hold at t_ms), and of in_ms
    (how far off the planned T-0 was); passed: the holds at t_ms that are behind; opened: when what
    a hold waits for was recorded; touched: the seq of the last event on it, touched_by and
    touched_at: whose it was, and when.
    """

    t0: str
    zone: str
    scheduled: Moment
    scheduled_in_ms: int
    since: Moment
    t_ms: int
    dwelt_ms: int
    in_ms: int
    passed: frozenset[str] = frozenset()
    opened: Mapping[str, Moment] = field(default_factory=dict)
    held: Held | None = None
    step: ClockStep | None = None
    touched: int = 0
    touched_by: str = ""
    touched_at: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock shows at a moment.

    hold: the built-in hold it stands in; held: the hold that somebody called; waits: whether hold
    is kept because of what it waits for; left_ms: of its planned time; slip_ms: how much later
    T-0 will be than planned, at the earliest; t0: when it will be then; ahead: the next built-in
    hold; exact: whether all of this is from one boot's clock, not from wall clocks.
    """

    t_ms: int
    l_ms: int
    hold: Hold | None
    held: Held | None
    waits: bool
    left_ms: int
    slip_ms: int
    t0: str
    ahead: Hold | None
    exact: bool

    @property
    def stands(self) -> bool:
        """Whether T- stands still."""
        return self.hold is not None or self.held is not None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where on the way to T-0: in a built-in hold, for dwelt_ms by now, or between them."""

    t_ms: int
    dwelt_ms: int = 0
    hold: Hold | None = None
    passed: frozenset[str] = frozenset()


def conditional(hold: Hold) -> bool:
    """Say whether a built-in hold waits for more than its time."""
    return bool(hold.phases) or hold.poll is not None


def scheduled(
    t0: str, zone: str, in_ms: int, holds: Sequence[Hold], now: Moment, seq: int
) -> Countdown:
    """Return the clock for a T-0 that is in_ms off: it stands where it would, had it run so far."""
    place = _before(in_ms, holds)
    return Countdown(
        t0=t0,
        zone=zone,
        scheduled=now,
        scheduled_in_ms=in_ms,
        since=now,
        t_ms=place.t_ms,
        dwelt_ms=place.dwelt_ms,
        in_ms=in_ms,
        touched=seq,
    )


def kept(
    countdown: Countdown, t0: str, in_ms: int, holds: Sequence[Hold], now: Moment, seq: int
) -> Countdown:
    """Return the clock after somebody said what T-0 keeps, now that the wall clock was set.

    A hold that somebody called stays, and so does what was recorded for built-in ones. The window
    moves by as much as T-0 does, and not by what holds have moved it before.
    """
    before = reading(countdown, holds, now)
    moved_ms = in_ms - (before.slip_ms - before.l_ms)
    return replace(
        scheduled(t0, countdown.zone, in_ms, holds, now, seq),
        scheduled_in_ms=window_ms(countdown, 0, now) + moved_ms,
        opened=countdown.opened,
        held=countdown.held,
    )


def reading(countdown: Countdown, holds: Sequence[Hold], now: Moment) -> Reading:
    """Return what the clock shows now."""
    passed = lapse(countdown.since, now)
    place = _place(countdown, holds, passed.ms)
    ahead = list(_ahead(place, holds))
    planned_ms = countdown.in_ms - passed.ms
    needed_ms = sum(hold.lasts_ms for hold in ahead) - min(
        place.dwelt_ms, ahead[0].lasts_ms if place.hold and ahead else 0
    )
    slip_ms = needed_ms - place.t_ms - planned_ms
    hold = place.hold
    return Reading(
        t_ms=place.t_ms,
        l_ms=-planned_ms,
        hold=hold,
        held=countdown.held,
        waits=hold is not None and place.dwelt_ms >= hold.lasts_ms,
        left_ms=max(hold.lasts_ms - place.dwelt_ms, 0) if hold else 0,
        slip_ms=slip_ms,
        t0=shifted(countdown.t0, slip_ms),
        ahead=next((each for each in ahead if each is not hold), None),
        exact=passed.exact,
    )


def held(
    countdown: Countdown,
    holds: Sequence[Hold],
    now: Moment,
    by: str,
    reason: str,
    seq: int,
    criterion: str | None = None,
) -> Countdown:
    """Return the clock, held by somebody. The time in a built-in hold goes on to count."""
    anchored = _anchored(countdown, holds, now)
    return replace(anchored, held=Held(now, by, reason, criterion), touched=seq)


def resumed(countdown: Countdown, holds: Sequence[Hold], now: Moment, seq: int) -> Countdown:
    """Return the clock, running again from where it stands; T-0 is as much later as it stood.

    In a built-in hold that nobody called beside it, that hold is left at once.
    """
    anchored = _anchored(countdown, holds, now)
    if countdown.held is None:
        place = _place(anchored, holds, 0)
        if place.hold:
            passed = anchored.passed | {place.hold.id}
            anchored = replace(anchored, dwelt_ms=0, passed=passed)
    return _planned_anew(replace(anchored, held=None, touched=seq), holds)


def opened(
    countdown: Countdown, holds: Sequence[Hold], hold: str, now: Moment, seq: int
) -> Countdown:
    """Return the clock after what a built-in hold waits for was recorded: the first time counts."""
    anchored = _anchored(countdown, holds, now)
    after = replace(anchored, opened={hold: now, **anchored.opened}, touched=seq)
    return after if after.held else _planned_anew(after, holds)


def recycled(
    countdown: Countdown,
    holds: Sequence[Hold],
    t_ms: int,
    now: Moment,
    by: str,
    reason: str,
    seq: int,
) -> Countdown:
    """Return the clock, set back to an earlier T and held there; the holds behind it are ahead."""
    anchored = _anchored(countdown, holds, now)
    return replace(
        anchored,
        t_ms=t_ms,
        dwelt_ms=0,
        passed=frozenset(),
        opened={},
        held=Held(now, by, reason),
        touched=seq,
    )


def window_ms(countdown: Countdown, t_ms: int, now: Moment) -> int:
    """Return how far off a time of the approved window is: counted from T-0 as it was set.

    The window does not move with T-0 where holds move it.
    """
    return countdown.scheduled_in_ms + t_ms - lapse(countdown.scheduled, now).ms


def _anchored(countdown: Countdown, holds: Sequence[Hold], now: Moment) -> Countdown:
    """Return the same clock, anchored to another moment."""
    elapsed = lapse(countdown.since, now).ms
    place = _place(countdown, holds, elapsed)
    return replace(
        countdown,
        since=now,
        t_ms=place.t_ms,
        dwelt_ms=place.dwelt_ms,
        in_ms=countdown.in_ms - elapsed,
        passed=place.passed,
    )


def _planned_anew(countdown: Countdown, holds: Sequence[Hold]) -> Countdown:
    """Return the clock with T-0 planned for when it will be."""
    now = reading(countdown, holds, countdown.since)
    return replace(countdown, t0=now.t0, in_ms=countdown.in_ms + now.slip_ms)


def _place(countdown: Countdown, holds: Sequence[Hold], elapsed_ms: int) -> _Place:
    """Return where the clock stands after a time."""
    start = _Place(countdown.t_ms, countdown.dwelt_ms, None, countdown.passed)
    if countdown.held:
        # The time that a built-in hold was planned for passes beside a hold that somebody called.
        hold = next(_ahead(start, holds), None)
        if hold and hold.at_ms == start.t_ms:
            return replace(start, dwelt_ms=start.dwelt_ms + elapsed_ms, hold=hold)
        return start
    place, left_ms = start, elapsed_ms
    for hold in _ahead(start, holds):
        way_ms = hold.at_ms - place.t_ms
        if left_ms < way_ms:
            return _moved(place, left_ms)
        left_ms -= way_ms
        dwelt_ms, passed = (place.dwelt_ms, place.passed) if way_ms == 0 else (0, frozenset[str]())
        waits_ms = hold.lasts_ms - dwelt_ms
        if conditional(hold):
            since = countdown.opened.get(hold.id)
            if since is None:
                return _Place(hold.at_ms, dwelt_ms + left_ms, hold, passed)
            gone_ms = elapsed_ms - left_ms
            waits_ms = max(waits_ms, lapse(countdown.since, since).ms - gone_ms)
        if left_ms < waits_ms:
            return _Place(hold.at_ms, dwelt_ms + left_ms, hold, passed)
        left_ms -= max(waits_ms, 0)
        place = _Place(hold.at_ms, 0, None, passed | {hold.id})
    return _moved(place, left_ms)


def _moved(place: _Place, by_ms: int) -> _Place:
    return _Place(place.t_ms + by_ms) if by_ms else place


def _before(in_ms: int, holds: Sequence[Hold]) -> _Place:
    """Return where the clock stands that much before T-0, with the planned holds between."""
    t_ms, left_ms = 0, in_ms
    for hold in reversed(_in_order(holds)):
        way_ms = t_ms - hold.at_ms
        if left_ms < way_ms:
            break
        left_ms, t_ms = left_ms - way_ms, hold.at_ms
        if left_ms <= hold.lasts_ms:
            return _Place(t_ms, hold.lasts_ms - left_ms)
        left_ms -= hold.lasts_ms
    return _Place(t_ms - left_ms)


def _ahead(place: _Place, holds: Sequence[Hold]) -> Iterator[Hold]:
    """Yield the built-in holds that are not behind, in their order."""
    for hold in _in_order(holds):
        if hold.at_ms > place.t_ms or (hold.at_ms == place.t_ms and hold.id not in place.passed):
            yield hold


def _in_order(holds: Sequence[Hold]) -> list[Hold]:
    return sorted(holds, key=lambda hold: hold.at_ms)
