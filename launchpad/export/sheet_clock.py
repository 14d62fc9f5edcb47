"""The launch's clock on an emergency sheet: T-0, the holds on the way to it, and the window."""

from collections.abc import Iterator

from launchpad.checklist.durations import launch_time, written
from launchpad.checklist.model import Hold
from launchpad.export.sheet_lines import Line, line
from launchpad.export.sheet_page import Page, when
from launchpad.launch.countdown import Countdown, window_ms
from launchpad.launch.moment import shifted
from launchpad.launch.solvency import fit
from launchpad.session.civil import in_zone, known_zone
from launchpad.session.clock_words import (
    Clock,
    clock_of,
    hold_words,
    later_words,
    running,
    step_words,
)


def clock_lines(page: Page) -> Iterator[Line]:
    """Yield T-0 in its zone and in UTC, where T- stands, the built-in holds and the window."""
    state, clock = page.state, clock_of(page.state, page.now)
    if clock:
        yield from _counting(page, clock)
        yield from _window(page, clock)
    else:
        yield line("fact", "not set", "T-0")
        yield from _planned_window(page)
    if state.checklist.holds:
        yield line("group", "built-in holds")
    for hold in state.checklist.holds:
        yield from _hold(clock, hold)


def _counting(page: Page, clock: Clock) -> Iterator[Line]:
    state, countdown, read = page.state, clock.countdown, clock.reading
    t0 = shifted(page.now.at, clock.remaining_ms)
    yield from _both(countdown, t0, "T-0")
    if read.slip_ms:
        yield line("text", f"That is the earliest; it was planned for {when(countdown.t0)}.")
    if later := later_words(clock):
        yield line("text", f"{later}.")
    if stands := hold_words(state, clock):
        yield line("alert", f"T- stands {stands}")
    else:
        yield line("fact", f"{running('T', read.t_ms)}, as this was written", "clock")
    if countdown.step:
        yield line("alert", f"{step_words(countdown.step)}: somebody says what T-0 keeps")


def _window(page: Page, clock: Clock) -> Iterator[Line]:
    window, countdown = page.state.checklist.window, clock.countdown
    if window and window.opens_ms is not None:
        opens_ms = window_ms(countdown, window.opens_ms, page.now)
        yield line("fact", page.in_ms(opens_ms), "opens")
    if window and window.hard_stop_ms is not None:
        left_ms = window_ms(countdown, window.hard_stop_ms, page.now)
        past = ", PAST" if left_ms < 0 else ""
        yield from _both(countdown, shifted(page.now.at, left_ms), "hard stop", after=past)
    fits, rollback = fit(page.state, page.now), page.state.rollback
    # Whoever goes back has decided.
    if fits is None or fits.latest is None or (rollback and not rollback.over):
        return
    past = ", PAST" if fits.fits is False else ""
    yield from _both(countdown, fits.latest, "decide", "on a rollback by ", past)
    if past:
        yield line("alert", "A rollback no longer fits before the hard stop.")
    elif fits.before_t0:
        yield line("alert", "The latest decision on a rollback is before T-0.")


def _planned_window(page: Page) -> Iterator[Line]:
    window = page.state.checklist.window
    if window and window.opens_ms is not None:
        yield line("fact", launch_time(window.opens_ms), "opens")
    if window and window.hard_stop_ms is not None:
        yield line("fact", launch_time(window.hard_stop_ms), "hard stop")


def _both(
    countdown: Countdown, at: str, name: str, before: str = "", after: str = ""
) -> Iterator[Line]:
    """Yield a time in UTC, and beneath it as the clocks of T-0's zone show it."""
    yield line("fact", f"{before}{when(at)}{after}", name)
    zone = countdown.zone
    if zone != "UTC" and known_zone(zone):
        yield line("fact", f"= {in_zone(at, zone)}, {zone}")
    elif zone != "UTC":
        yield line("fact", f"set in {zone}, which is not known here")


def _hold(clock: Clock | None, hold: Hold) -> Iterator[Line]:
    until = [f"{', '.join(hold.phases)} done"] if hold.phases else []
    until += [f"the poll of {hold.poll} says go"] if hold.poll else []
    lasts = f", for {written(hold.lasts_ms)}" if hold.lasts_ms else ""
    ends = f", until {' and '.join(until)}" if until else ""
    where = f" - {_where(clock, hold)}" if clock else ""
    text = f"{hold.title or 'hold'} ({hold.id}) at {launch_time(hold.at_ms)}{lasts}{ends}{where}"
    yield line("entry", text, depth=1)


def _where(clock: Clock, hold: Hold) -> str:
    read = clock.reading
    if read.hold and read.hold.id == hold.id:
        return "STANDS HERE"
    behind = read.t_ms > hold.at_ms or (
        read.t_ms == hold.at_ms and hold.id in clock.countdown.passed
    )
    return "behind" if behind else "ahead"
