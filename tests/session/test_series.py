"""A probe's samples as a curve: nothing invented, nothing bad smoothed away."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpad.log.address import open_log
from launchpad.log.sampled import Point
from launchpad.log.sqlite import SqliteLog
from launchpad.session.clock import rfc3339
from launchpad.session.series import Band, Bucket, Series, series, series_of, worst
from tests.log.sampling import BEGAN, Conducting, taken


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqliteLog]:
    opened = open_log(str(tmp_path / "log.db"), create=True)
    assert isinstance(opened, SqliteLog)
    yield opened
    opened.close()


def at(seconds: float) -> str:
    return rfc3339(BEGAN + timedelta(seconds=seconds))


def test_samples_are_put_into_buckets_with_their_worst_state(log: SqliteLog) -> None:
    conducting = Conducting(log)
    conducting.brings(
        [
            *(taken("up", second, latency_us=second * 10) for second in range(10)),
            taken("other", 3, "failed"),
            taken("up", 12, "failed", 7),
            taken("up", 14, "error", None),
            taken("up", 33, latency_us=None),
            taken("up", 40),
        ]
    )
    found = series(log, "L", "up", BEGAN, BEGAN + timedelta(seconds=40), 4)
    assert found.buckets == (
        Bucket(at(0), at(10), 10, 40, 90, "success"),
        Bucket(at(10), at(20), 2, 7, 7, "failed"),
        Bucket(at(30), at(40), 1, None, None, "success"),
    )
    assert found.bands == (
        Band("success", at(0), at(12)),
        Band("failed", at(12), at(14)),
        Band("error", at(14), at(33)),
        Band("success", at(33), at(33)),
    )


def test_a_time_without_samples_is_an_empty_curve(log: SqliteLog) -> None:
    Conducting(log).brings([taken("up", 5)])
    later = BEGAN + timedelta(seconds=6)
    assert series(log, "L", "up", later, later + timedelta(hours=1), 10) == Series()
    assert series(log, "L", "down", BEGAN, later, 10) == Series()
    assert series(log, "M", "up", BEGAN, later, 10) == Series()


@pytest.mark.parametrize(("seconds", "most"), [(0, 5), (-1, 5), (1, 0)])
def test_a_curve_takes_some_time_and_a_bucket(log: SqliteLog, seconds: int, most: int) -> None:
    with pytest.raises(ValueError, match="some time, and a bucket"):
        series(log, "L", "up", BEGAN, BEGAN + timedelta(seconds=seconds), most)


STATES = ["success", "failed", "error", "inconclusive", "skipped", "of-a-newer-program"]
POINTS = st.lists(
    st.tuples(st.integers(0, 99_999), st.sampled_from(STATES), st.none() | st.integers(0, 99)),
    max_size=50,
)


@given(POINTS, st.integers(1, 40))
def test_every_sample_is_in_one_bucket_and_in_one_band(
    taken_at: list[tuple[int, str, int | None]], most: int
) -> None:
    """Also when the wall clock was set back between two of them."""
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    points: list[Point] = [
        (rfc3339(begin + timedelta(milliseconds=ms)), state, latency)
        for ms, state, latency in taken_at
    ]
    edges = [rfc3339(begin + timedelta(seconds=100 * number / most)) for number in range(most + 1)]
    found = series_of(points, edges)
    assert sum(bucket.count for bucket in found.buckets) == len(points)
    assert len(found.buckets) <= most
    for bucket in found.buckets:
        inside = [point for point in points if bucket.at <= point[0] < bucket.until]
        assert bucket.count == len(inside)
        assert bucket.worst == worst(state for _, state, _ in inside)
        known = {latency for _, _, latency in inside if latency is not None}
        assert known >= {bucket.p50_us, bucket.p95_us} - {None}
    states = [point[1] for point in points]
    changes = [state for place, state in enumerate(states) if [state] != states[place - 1 : place]]
    assert [band.state for band in found.bands] == changes
