# ruff: noqa: S608 - every query here is made of column names
"""Whatever is done to a log or an export behind its back is found, and its first entry named."""

import contextlib
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from launchpad.launch.event import NO_EVENTS, Event, Head
from launchpad.log.address import open_log
from launchpad.log.chain import digest, head_line, line
from launchpad.log.errors import LogUnreadable
from launchpad.log.guards import GUARDS
from launchpad.log.reading import COLUMNS
from launchpad.log.sqlite import SqliteLog
from launchpad.log.verify import Verdict, verify_export, verify_log

Fill = Callable[..., list[Event]]
COUNT = 200
NAMES = ", ".join(COLUMNS)


@pytest.fixture(scope="module")
def rng() -> random.Random:
    return random.Random(4711)


@pytest.fixture
def events(log: SqliteLog, fill: Fill) -> list[Event]:
    return fill(log, "L", COUNT)


@pytest.fixture
def damaged(log: SqliteLog, events: list[Event], path: Path) -> Iterator[sqlite3.Connection]:
    """Connect to the log with its guards gone, as somebody who means it would."""
    log.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for name in GUARDS:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection


def of_launch(path: Path, launch: str = "L") -> Verdict:
    (verdict,) = [verdict for verdict in verify_log(path) if verdict.launch == launch]
    return verdict


def exported(events: list[Event]) -> list[bytes]:
    """Return an export's lines, without newlines; the head line is the last."""
    head = Head(events[-1].seq, events[-1].hash)
    return [*map(line, events), head_line(events[-1].launch, head)]


def of_export(lines: list[bytes]) -> Verdict:
    (verdict,) = verify_export(b"\n".join(lines) + b"\n")
    return verdict


def rows_of(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT {NAMES} FROM events ORDER BY seq").fetchall()


def flip(data: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << rng.randrange(8))]) + data[place + 1 :]


def test_an_untouched_log_and_export_are_intact(
    log: SqliteLog, events: list[Event], path: Path, tmp_path: Path
) -> None:
    expected = Verdict("L", COUNT, log.head("L"), intact=True)
    assert verify_log(log) == verify_log(path) == [expected]
    (tmp_path / "export.jsonl").write_bytes(b"\n".join(exported(events)) + b"\n")
    assert verify_export(tmp_path / "export.jsonl") == [expected]
    assert str(expected) == "L: 200 entries, intact, end not anchored"


def test_a_log_without_events_has_nothing_to_judge(log: SqliteLog) -> None:
    assert verify_log(log) == []


@pytest.mark.parametrize("column", [name for name in COLUMNS if name not in ("key", "signature")])
def test_a_changed_byte_in_any_column_of_any_entry_is_found(
    damaged: sqlite3.Connection, path: Path, column: str, rng: random.Random
) -> None:
    """Also where the text is no UTF-8 any more; a number is another one, and NULL becomes text."""
    for seq in (1, 2, *rng.sample(range(3, COUNT), 4), COUNT):
        (old,) = damaged.execute(f"SELECT {column} FROM events WHERE rowid = ?", [seq]).fetchone()
        change = f"UPDATE OR FAIL events SET {column} = CAST(? AS TEXT) WHERE rowid = ?"
        changed = 0
        while not changed:
            new = flip(old.encode(), rng) if isinstance(old, str) else b"1000"
            with contextlib.suppress(sqlite3.IntegrityError):  # it became another entry's uid
                changed = damaged.execute(change, [new, seq]).rowcount
        verdicts = {verdict.launch: verdict for verdict in verify_log(path)[1:]}
        if "L" in verdicts and (column, seq) != ("launch", COUNT):
            assert verdicts["L"].first_bad == seq, str(verdicts["L"])
            assert verdicts["L"].head.seq == seq - 1
        # An entry of another launch, or of none that can be read, is no less a fault.
        assert not all(verdict.intact for verdict in verdicts.values())
        damaged.execute(f"UPDATE events SET {column} = ? WHERE rowid = ?", [old, seq])
    assert of_launch(path).intact


@pytest.mark.parametrize("seq", [1, 2, 100, COUNT - 1])
def test_an_entry_deleted_from_the_log_is_found(
    damaged: sqlite3.Connection, path: Path, seq: int
) -> None:
    damaged.execute("DELETE FROM events WHERE seq = ?", [seq])
    verdict = of_launch(path)
    assert (verdict.intact, verdict.first_bad, verdict.events) == (False, seq, COUNT - 1)


@pytest.mark.parametrize(("one", "other"), [(1, 2), (50, 51), (7, COUNT), (COUNT - 1, COUNT)])
def test_two_entries_that_changed_places_are_found(
    damaged: sqlite3.Connection, path: Path, one: int, other: int
) -> None:
    for old, new in ((one, 9999), (other, one), (9999, other)):
        damaged.execute("UPDATE events SET seq = ? WHERE seq = ?", [new, old])
    assert of_launch(path).first_bad == one


@pytest.mark.parametrize("seq", [1, 100, COUNT])
def test_an_entry_rewritten_with_a_matching_hash_is_found_by_the_next(
    damaged: sqlite3.Connection, path: Path, log: SqliteLog, events: list[Event], seq: int
) -> None:
    """But for the last one: nothing vouches for the end of a log without a signature."""
    forged = replace(events[seq - 1], body={"number": "forged"})
    damaged.execute(
        "UPDATE events SET body = ?, hash = ? WHERE seq = ?",
        ['{"number":"forged"}', digest(line(forged)), seq],
    )
    verdict = of_launch(path)
    assert verdict.first_bad == (seq if seq < COUNT else None)
    assert not verdict.anchored


def test_a_body_that_means_the_same_but_is_written_otherwise_is_found(
    damaged: sqlite3.Connection, path: Path
) -> None:
    damaged.execute("UPDATE events SET body = replace(body, ':', ': ') WHERE seq = 9")
    assert of_launch(path).first_bad == 9
    assert of_launch(path).reason == "body is not in canonical form"


@pytest.mark.parametrize("body", ["{", "[]", '"x"', '{"a":1.5}', '{"a":NaN}', "[" * 100_000, ""])
def test_a_body_that_is_no_object_names_its_entry_everywhere(
    damaged: sqlite3.Connection, path: Path, log: SqliteLog, body: str
) -> None:
    damaged.execute("UPDATE events SET body = ? WHERE seq = 9", [body])
    assert of_launch(path).first_bad == 9
    for sql in GUARDS.values():
        damaged.execute(sql)
    with (
        closing(open_log(str(path), create=False)) as again,
        pytest.raises(LogUnreadable, match="entry 9 of L: body is"),
    ):
        list(again.events("L"))


def test_missing_guards_are_reported_beside_the_entries(
    damaged: sqlite3.Connection, path: Path
) -> None:
    about_file, about_launch = verify_log(path)
    assert (about_file.launch, about_file.intact) == (None, False)
    assert "guards are missing" in str(about_file)
    assert about_launch.intact


def test_no_damage_to_the_file_makes_a_traceback_or_passes_for_intact(
    log: SqliteLog, events: list[Event], path: Path, tmp_path: Path, rng: random.Random
) -> None:
    """Bytes are flipped anywhere; where the log reads as before, what was hit held nothing."""
    log.close()
    whole, rows = path.read_bytes(), rows_of(path)
    broken = tmp_path / "broken.db"
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(3):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        broken.write_bytes(data)
        verdicts = verify_log(broken)
        if verdicts and all(verdict.intact for verdict in verdicts):
            assert rows_of(broken) == rows


@pytest.mark.parametrize("length", [1, 50, 100, 4096, 9000, 40000])
def test_a_truncated_file_is_reported(
    log: SqliteLog, events: list[Event], path: Path, tmp_path: Path, length: int
) -> None:
    log.close()
    (tmp_path / "short.db").write_bytes(path.read_bytes()[:length])
    verdicts = verify_log(tmp_path / "short.db")
    assert not any(verdict.intact for verdict in verdicts[:1])
    assert verdicts


def test_there_must_be_something_to_verify(tmp_path: Path) -> None:
    with pytest.raises(LogUnreadable, match="there is no log"):
        verify_log(tmp_path / "nothing.db")
    with pytest.raises(LogUnreadable, match="No such file"):
        verify_export(tmp_path / "nothing.jsonl")


def test_a_changed_byte_of_any_entry_of_an_export_is_found(
    events: list[Event], rng: random.Random
) -> None:
    lines = exported(events)
    for place in range(COUNT):
        changed = lines.copy()
        while b"\n" in (data := flip(lines[place], rng)):
            pass
        changed[place] = data
        verdict = of_export(changed)
        assert (verdict.intact, verdict.first_bad) == (False, place + 1), str(verdict)
        assert verdict.head.seq == place


def test_an_entry_deleted_from_an_export_is_found(events: list[Event]) -> None:
    lines = exported(events)
    for place in range(COUNT):
        verdict = of_export(lines[:place] + lines[place + 1 :])
        assert (verdict.intact, verdict.first_bad) == (False, place + 1), str(verdict)


def test_an_entry_inserted_into_an_export_is_found(events: list[Event], rng: random.Random) -> None:
    """A copy of a later or earlier entry; right behind its original, that one is there twice."""
    lines = exported(events)
    for place in range(COUNT + 1):
        source = rng.randrange(COUNT)
        verdict = of_export([*lines[:place], lines[source], *lines[place:]])
        # Before the original itself, the copy passes for it and the original is one too many.
        expected = place if source == place - 1 else place + 1
        assert (verdict.intact, verdict.first_bad) == (False, expected), str(verdict)


def test_swapped_entries_of_an_export_are_found(events: list[Event], rng: random.Random) -> None:
    lines = exported(events)
    for one in range(COUNT - 1):
        other = rng.randrange(one + 1, COUNT)
        changed = lines.copy()
        changed[one], changed[other] = lines[other], lines[one]
        assert of_export(changed).first_bad == one + 1


def test_an_export_that_was_cut_short_is_found(events: list[Event]) -> None:
    lines = exported(events)
    assert "head line is missing" in str(of_export(lines[:-1]))
    assert "head line is missing" in str(of_export(lines[:50]))
    assert "200 entries" in str(of_export([*lines[:50], lines[-1]]))


@pytest.mark.parametrize("tail", [b"\n", b"x\n", b"\x00", b"{}\n"])
def test_something_behind_the_head_line_is_found(events: list[Event], tail: bytes) -> None:
    (verdict,) = verify_export(b"\n".join(exported(events)) + b"\n" + tail)
    assert verdict.reason == "something follows the head line"


def test_a_head_line_without_its_newline_is_found(events: list[Event]) -> None:
    (verdict,) = verify_export(b"\n".join(exported(events)))
    assert verdict.reason == "the head line does not end with a newline"


@pytest.mark.parametrize(
    "head",
    [
        head_line("L", Head(COUNT, "0" * 64)),
        head_line("M", Head(COUNT, None)),
        head_line("L", NO_EVENTS),
        b'{"head":{}}',
        b'{"head":',
        b'{"head":{"hash":null,"launch":"L","seq":true}}',
    ],
)
def test_a_head_line_that_does_not_fit_is_found(events: list[Event], head: bytes) -> None:
    assert not of_export([*exported(events)[:-1], head]).intact


def test_entries_of_another_launch_are_no_part_of_an_export(log: SqliteLog, fill: Fill) -> None:
    lines = exported(fill(log, "one", 2))[:1] + exported(fill(log, "two", 2))[1:]
    assert not of_export(lines).intact


@pytest.mark.parametrize("export", [b"", b"\n", b"\xff\xfe\n", b"[]\n", b"[" * 100_000, b"{}"])
def test_no_export_at_all_is_no_traceback(export: bytes) -> None:
    (verdict,) = verify_export(export)
    assert not verdict.intact


def test_what_is_no_log_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_bytes(b"# a checklist\n" * 100)
    assert "not an SQLite file" in str(verify_log(tmp_path / "text.db")[0])
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE t (a)")
    assert "application id" in str(verify_log(tmp_path / "other.db")[0])
