"""Samples are bound into the chain: whatever is done to one that is digested is found and named."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpad.conductor import digesting
from launchpad.launch.event import NO_EVENTS
from launchpad.log.chain import canonical, digest
from launchpad.log.digest import COLUMNS, by_id, mark
from launchpad.log.errors import LeaseLost
from launchpad.log.sqlite import SqliteLog
from launchpad.log.verify import verify_log
from tests.log.holder import make_lease
from tests.log.sampling import Conducting, behind_its_back, taken, verdict

COUNT = 40


@pytest.fixture
def conducting(log: SqliteLog) -> Conducting:
    """Conduct a launch with 40 samples in two digests, among those of another launch."""
    conducting, other = Conducting(log), Conducting(log, "M")
    for half in (0, 1):
        for begin in (0, 10):
            at = half * 20 + begin
            conducting.brings([taken("it's" if s % 3 else "edge", at + s) for s in range(10)])
            other.brings([taken("edge", at)])
        conducting.digests()
    return conducting


def ids(path: Path, launch: str = "L") -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT id FROM samples WHERE launch = ? ORDER BY id", [launch])
        return [id_ for (id_,) in found]


@contextmanager
def restored(path: Path, id_: int) -> Iterator[None]:
    """Put a sample back as it is now, afterwards."""
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute("SELECT * FROM samples WHERE id = ?", [id_]).fetchone()
    yield
    places = ", ".join("?" * len(row))
    behind_its_back(path, f"REPLACE INTO samples VALUES ({places})", row)  # noqa: S608 - places only


def test_samples_that_nobody_touched_are_intact(conducting: Conducting, path: Path) -> None:
    assert verdict(path).intact
    assert str(verdict(path)) == "L: 2 entries, 40 samples digested, intact, end not anchored"
    assert verify_log(path)[0].samples.digested == 0


def test_samples_that_came_since_the_last_digest_are_counted_and_vouched_for_by_nothing(
    conducting: Conducting, path: Path
) -> None:
    conducting.brings([taken("edge", 99), taken("edge", 100)])
    assert "40 samples digested, 2 more that are not digested yet, intact" in str(verdict(path))
    behind_its_back(path, "UPDATE samples SET state = 'failed' WHERE id = ?", [ids(path)[-1]])
    assert verdict(path).intact


CHANGES: dict[str, str | int] = {
    "probe": "other",
    "at": "2026-01-01T20:00:00.001Z",
    "mono_ns": "7",
    "boot_id": "x",
    "state": "failed",
    "reason": "timeout",
    "value": "500",
    "latency_us": 1,
    "timings": '{"connect":1}',
    "address": "192.0.2.1:443",
}


def test_a_sample_that_was_changed_in_any_column_is_named(
    conducting: Conducting, path: Path
) -> None:
    assert {"id", *CHANGES} == set(COLUMNS)
    for changed, (column, value) in zip(ids(path)[::4], CHANGES.items(), strict=True):
        with restored(path, changed):
            change = f"UPDATE samples SET {column} = ? WHERE id = ?"  # noqa: S608 - its name
            behind_its_back(path, change, [value, changed])
            found = verdict(path)
            assert not found.intact
            assert str(found.reason).startswith(f"sample {changed} of probe ")
            assert str(found.reason).endswith(" was altered")
    assert verdict(path).intact


def test_a_sample_that_was_taken_away_is_named(conducting: Conducting, path: Path) -> None:
    for place in (0, 7, 19, 20, COUNT - 1):
        gone = ids(path)[place]
        with restored(path, gone):
            behind_its_back(path, "DELETE FROM samples WHERE id = ?", [gone])
            assert str(verdict(path)) == f"L: NOT INTACT: sample {gone} is missing"


def test_many_that_were_taken_away_are_counted(conducting: Conducting, path: Path) -> None:
    behind_its_back(path, "DELETE FROM samples WHERE launch = 'L' AND probe = 'edge'")
    assert "samples 1 to 21, 8 of them, are missing" in str(verdict(path))


def test_a_sample_that_was_slipped_in_is_named(conducting: Conducting, path: Path) -> None:
    """Under an id that another launch's sample had."""
    free = ids(path, "M")[1]
    behind_its_back(path, "UPDATE samples SET launch = 'L' WHERE id = ?", [free])
    assert verdict(path).reason == f"sample {free} of probe edge was slipped in"


def test_marks_that_were_altered_are_found_whether_or_not_the_samples_were(
    conducting: Conducting, path: Path
) -> None:
    first = ids(path)[19]
    for statement, why in (
        ("UPDATE sample_marks SET marks = replace(marks, 'a', 'b')", "their marks were altered"),
        ("DELETE FROM samples WHERE id = 1", "not as they were taken, or not all there"),
        ("DELETE FROM sample_marks", "not as they were taken, or not all there"),
    ):
        behind_its_back(path, statement)
        assert verdict(path).reason == f"samples 1 to {first}: {why}"


def test_a_digest_covers_what_the_one_before_did_not(conducting: Conducting, path: Path) -> None:
    """Or samples between the two would be vouched for by nothing, and nobody told."""
    conducting.brings([taken("edge", 99), taken("edge", 100)])
    conducting.digested += 2
    conducting.digests()
    assert "were not digested" in str(verdict(path).reason)


def test_a_digest_that_a_conductor_did_not_come_to_record_is_made_again(
    log: SqliteLog, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In other parts, because more samples came since."""
    monkeypatch.setattr(digesting, "MARKS", 10)
    conducting = Conducting(log)
    conducting.brings([taken("edge", at) for at in range(25)])
    conducting.digests()
    begun = conducting.digested
    conducting.brings([taken("edge", at) for at in range(3)])
    log.keep_marks(conducting.lease, begun, begun + 2, "of a conductor that died\n")
    conducting.brings([taken("edge", 7)])
    conducting.digests()
    assert verdict(path).intact
    assert len(by_id(log.marks("L", 0, 9999))) == 29


def test_whoever_lost_the_launch_neither_keeps_marks_nor_thins(
    conducting: Conducting, log: SqliteLog, path: Path
) -> None:
    log.take_lease(make_lease("L", conducting.lease), conducting.lease)
    with pytest.raises(LeaseLost):
        log.keep_marks(conducting.lease, 0, 1, "")
    with pytest.raises(LeaseLost):
        log.thin(conducting.lease, ids(path))
    assert verdict(path).intact


def test_verifying_without_what_tells_of_samples_checks_the_events_alone(
    conducting: Conducting, path: Path
) -> None:
    behind_its_back(path, "DELETE FROM samples WHERE id = 1")
    assert [each.intact for each in verify_log(path)] == [True]
    assert conducting.log.head("M") == NO_EVENTS


TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.tuples(*[TEXT] * 9, st.none() | st.integers(0, 2**53 - 1)))
def test_a_mark_is_half_a_hash_of_the_canonical_form(values: tuple[str | int | None, ...]) -> None:
    row = (7, *values)
    assert mark(row) == f"7 {digest(canonical(row, ''))[:32]}\n"


def test_damaged_text_has_a_mark_too() -> None:
    row = (1, b"\xff", json.loads('"\\ud800"'))
    assert mark(row) != mark((1, "\xff", ""))
