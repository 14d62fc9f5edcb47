"""T-0 as it is typed: read exactly, refused where it could be another hour, and read back."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpad.launch.clock_facts import Keeping
from launchpad.launch.countdown import held, resumed, scheduled
from launchpad.launch.event import Stamp
from launchpad.launch.moment import Moment, shifted
from launchpad.session.civil import NotATime, echo, in_zone, kept_t0, known_zone, read_t0, told_t0

NOW = Stamp("2026-11-21T23:48:00.000Z", "1000000000", "a-boot", "bastion1")
MINUTE = 60_000
# Zones north and south, with whole and half hours, and one that moves its clocks by half of one.
ZONES = (
    *("Europe/Berlin", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Australia/Lord_Howe", "Australia/Sydney", "America/Sao_Paulo", "Africa/Casablanca"),
    *("Pacific/Apia", "Europe/Dublin", "Asia/Tehran"),
)


@pytest.mark.parametrize(
    ("typed", "t0", "zone", "in_ms", "said"),
    [
        (
            "2026-11-22T02:30+01:00",
            *("2026-11-22T01:30:00.000Z", "+01:00", 102 * MINUTE),
            "02:30+01:00 = 01:30Z, in 1h42m",
        ),
        (
            "2026-11-22 02:30 Europe/Berlin",
            *("2026-11-22T01:30:00.000Z", "Europe/Berlin", 102 * MINUTE),
            "02:30 CET = 01:30Z, in 1h42m",
        ),
        (
            "02:30 Europe/Berlin",
            *("2026-11-22T01:30:00.000Z", "Europe/Berlin", 102 * MINUTE),
            "02:30 CET = 01:30Z, in 1h42m",
        ),
        (
            "02:30Z",
            *("2026-11-22T02:30:00.000Z", "UTC", 162 * MINUTE),
            "2026-11-22 02:30Z, in 2h42m",
        ),
        (
            " 2:30:15  utc ",
            *("2026-11-22T02:30:15.000Z", "UTC", 162 * MINUTE + 15_000),
            "2026-11-22 02:30:15Z, in 2h42m",
        ),
        (
            "23:48 -0330",
            *("2026-11-22T03:18:00.000Z", "-0330", 210 * MINUTE),
            "23:48-03:30 = 03:18Z, in 3h30m",
        ),
        (
            "20:48 America/Sao_Paulo",
            *("2026-11-22T23:48:00.000Z", "America/Sao_Paulo", 24 * 60 * MINUTE),
            "2026-11-22 20:48-03:00 = 23:48Z, in 24h00m",
        ),
        ("in 90s", "2026-11-21T23:49:30.000Z", "UTC", 90_000, "23:49:30Z, in 1m30s"),
        ("in 1h30m", "2026-11-22T01:18:00.000Z", "UTC", 90 * MINUTE, "2026-11-22 01:18Z, in 1h30m"),
        ("+90m", "2026-11-22T01:18:00.000Z", "UTC", 90 * MINUTE, "2026-11-22 01:18Z, in 1h30m"),
        (
            "2026-11-21T22:48Z",
            *("2026-11-21T22:48:00.000Z", "UTC", -60 * MINUTE),
            "22:48Z, which was 1h00m ago",
        ),
    ],
)
def test_a_time_is_read_with_its_zone_and_read_back(
    typed: str, t0: str, zone: str, in_ms: int, said: str
) -> None:
    read = read_t0(typed, NOW)
    assert (read.t0, read.zone, read.in_ms) == (t0, zone, in_ms)
    assert echo(read, NOW) == said


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("02:30", "a time needs its zone: 2026-11-22T02:30+01:00, "),
        ("2026-11-22 02:30", "a time needs its zone: "),
        ("", "expected a time such as 2026-11-22T02:30+01:00, "),
        ("tomorrow", "expected a time such as "),
        ("in 5 minutes", "expected a time such as "),
        ("in -5m", "expected a time such as "),
        ("02:30 Europe/Brelin", "there is no zone 'Europe/Brelin'; did you mean Europe/Berlin?"),
        ("02:30 CST", "there is no zone 'CST', such as Europe/Berlin, +01:00 or Z"),
        ("02:30 ../../etc/passwd", "there is no zone '../../etc/passwd'"),
        ("02:30 Europe/", "there is no zone 'Europe/'"),
        ("02:30 +25:00", "there is no zone '+25:00'"),
        ("02:30 \x1b[2J", "there is no zone '\u241b[2J'"),
        ("24:00Z", "there is no such time: 24:00"),
        ("2026-02-30 10:00Z", "there is no such time: 2026-02-30 10:00"),
        ("0001-01-01 00:00 +05:00", "there is no such time: 0001-01-01 00:00:00"),
        ("9999-12-31 23:59 -05:00", "there is no such time: 9999-12-31 23:59:00"),
        (
            "2027-03-28 02:30 Europe/Berlin",
            "02:30 on 2027-03-28 is left out in Europe/Berlin: the clocks are set forward",
        ),
        (
            "2026-10-25 02:30 Europe/Berlin",
            (
                "02:30 on 2026-10-25 comes twice in Europe/Berlin: the clocks are set back; "
                "write 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00"
            ),
        ),
    ],
)
def test_what_is_no_time_or_could_be_two_is_refused(typed: str, why: str) -> None:
    with pytest.raises(NotATime) as refused:
        read_t0(typed, NOW)
    assert str(refused.value).startswith(why)


def test_the_two_hours_that_a_refusal_names_are_taken() -> None:
    with pytest.raises(NotATime) as refused:
        read_t0("2026-10-25 02:30 Europe/Berlin", NOW)
    first, second = (
        read_t0(typed, NOW) for typed in str(refused.value).partition("write ")[2].split(" or ")
    )
    assert second.in_ms - first.in_ms == 60 * MINUTE


moments = st.datetimes(datetime(2020, 1, 1), datetime(2037, 1, 1)).map(  # noqa: DTZ001 - UTC next
    lambda each: each.replace(microsecond=0, tzinfo=UTC)
)


def stamp(at: datetime) -> Stamp:
    text = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Stamp(text, "1", "a-boot", "bastion1")


def wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


@given(moments, st.times(), st.sampled_from(ZONES))
def test_an_hour_alone_is_the_next_one_there(now: datetime, hour: time, name: str) -> None:
    typed, zone = f"{hour:%H:%M}", ZoneInfo(name)
    try:
        read = read_t0(f"{typed} {name}", stamp(now))
    except NotATime:
        # Only on a night on which the clocks there are set.
        day = wall(now, zone).replace(hour=0, minute=0, second=0)
        assert {day - timedelta(days=1), day, day + timedelta(days=1)} & set(nights(name, day.year))
        return
    t0 = datetime.fromisoformat(read.t0)
    assert f"{wall(t0, zone):%H:%M:%S}" == f"{typed}:00"
    assert timedelta(0) < t0 - now <= timedelta(hours=25)


@cache
def nights(name: str, year: int) -> tuple[datetime, ...]:
    """Return the days on which the clocks of a zone are set in a year, or one without that."""
    zone, first = ZoneInfo(name), datetime(year, 1, 1, 12, tzinfo=UTC)
    days = [first + timedelta(days=each) for each in range(365)]
    offsets = [day.astimezone(zone).utcoffset() for day in days]
    set_on = [
        day for day, now, after in zip(days, offsets, offsets[1:], strict=False) if now != after
    ]
    return tuple(day.replace(hour=0, tzinfo=None) for day in set_on or days[:1])


@given(st.data(), st.sampled_from(ZONES), st.integers(2020, 2036), st.integers(0, 48 * 4))
def test_on_the_nights_on_which_clocks_are_set_only_an_hour_that_comes_once_is_taken(
    data: st.DataObject, name: str, year: int, quarters: int
) -> None:
    zone = ZoneInfo(name)
    shown = data.draw(st.sampled_from(nights(name, year))) + timedelta(minutes=15 * quarters)
    near = (shown.replace(tzinfo=UTC) + timedelta(minutes=15 * each) for each in range(-60, 61))
    times = [each for each in near if wall(each, zone) == shown]
    typed = f"{shown:%Y-%m-%d %H:%M} {name}"
    if len(times) == 1:
        assert datetime.fromisoformat(read_t0(typed, NOW).t0) == times[0]
        return
    with pytest.raises(NotATime, match="comes twice" if times else "is left out"):
        read_t0(typed, NOW)


@given(st.text(max_size=40))
def test_nothing_typed_is_a_fault(typed: str) -> None:
    try:
        read_t0(typed, NOW)
    except NotATime as refused:
        assert str(refused).isprintable()  # noqa: PT017 - most of what is typed is refused, not all


def test_a_zone_that_is_not_known_here_is_told_as_utc() -> None:
    assert known_zone("Mars/Olympus") is None
    assert told_t0("2026-11-22T01:30:00.000Z", "Mars/Olympus", NOW.at) == "2026-11-22 01:30Z"


def test_a_time_in_a_zone_has_that_zones_date() -> None:
    assert in_zone("2026-11-21T23:30:00.000Z", "Europe/Berlin") == "2026-11-22 00:30 CET"
    assert in_zone("2026-11-21T23:30:00.000Z", "Asia/Kathmandu") == "2026-11-22 05:15+05:45"


@pytest.mark.parametrize(
    ("keeps", "t0", "in_ms"),
    [
        ("hour", "2026-11-22T02:05:00.000Z", 35 * MINUTE),
        ("remainder", "2026-11-22T03:05:00.000Z", 95 * MINUTE),
    ],
)
def test_after_the_wall_clock_was_set_an_hour_on_t0_keeps_one_or_the_other(
    keeps: Keeping, t0: str, in_ms: int
) -> None:
    """T-0 was 02:00, and five minutes of a hold have moved it."""

    def moment(minutes: int) -> Moment:
        at = shifted("2026-11-22T00:00:00.000Z", minutes * MINUTE)
        return Moment(at, minutes * MINUTE * 1_000_000, "a-boot")

    clock = scheduled("2026-11-22T02:00:00.000Z", "UTC", 120 * MINUTE, (), moment(0), 2)
    clock = resumed(held(clock, (), moment(10), "AB", "late", 3), (), moment(15), 4)
    now = Stamp("2026-11-22T01:30:00.000Z", str(30 * MINUTE * 1_000_000), "a-boot", "h")
    read = kept_t0(clock, (), keeps, now)
    assert (read.t0, read.in_ms) == (t0, in_ms)
