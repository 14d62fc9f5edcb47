"""How long an append takes, beside a raw sqlite3 insert with the same pragmas in the same run.

    python tests/bench/append.py [ROUNDS] [FOLDER]

An append is deciding, sealing, and the scribe's commit; the reference inserts and commits the same
row on a connection of its own. They take turns, so that a busy disk slows both. Goal: a ratio of
at most 2 at p50.
"""

import functools
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from launchpad.launch.event import NO_EVENTS, Draft, Event, Head, JsonObject, Stamp
from launchpad.log.address import open_log
from launchpad.log.reading import COLUMNS

STAMP = Stamp("2026-01-01T00:00:00.000Z", "1000000000", "0" * 36, "bench")
WARM_UP = 20


def main(rounds: int, folder: Path | None) -> None:
    """Print p50 and p95 of both, in milliseconds, and their ratios."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        ours, raw = measure(Path(scratch), rounds)
    for name, times in (("append", ours), ("raw sqlite3", raw)):
        show(f"{name:<12} p50 {quantile(times, 50):7.3f} ms   p95 {quantile(times, 95):7.3f} ms")
    ratios = [quantile(ours, percent) / quantile(raw, percent) for percent in (50, 95)]
    show(f"{'ratio':<12} p50 {ratios[0]:7.2f}      p95 {ratios[1]:7.2f}")


def measure(folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Return the times of both in milliseconds, measured in turns."""
    log = open_log(str(folder / "ours.db"), create=True)
    open_log(str(folder / "raw.db"), create=True).close()
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "recursive_triggers=ON"):
        raw.execute(f"PRAGMA {pragma}")
    insert = f"INSERT INTO events ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - constants only
    appended, inserted = [], []
    head = NO_EVENTS
    try:
        for number in range(rounds + WARM_UP):
            decide = functools.partial(tick, number)
            start = time.perf_counter()
            (event,) = log.append("bench", head, decide)
            appended.append((time.perf_counter() - start) * 1000)
            head = Head(event.seq, event.hash)
            values = [as_column(event, name) for name in COLUMNS]
            start = time.perf_counter()
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(insert, values)
            raw.execute("COMMIT")
            inserted.append((time.perf_counter() - start) * 1000)
    finally:
        raw.close()
        log.close()
    return appended[WARM_UP:], inserted[WARM_UP:]


def show(text: str) -> None:
    """Print one line."""
    sys.stdout.write(text + "\n")


def tick(number: int, _new: Sequence[Event]) -> list[Draft]:
    """Decide on an event as large as a tick."""
    actor: JsonObject = {"initials": "AB", "name": "Ada Brown", "role": "operator", "host": "bench"}
    body: JsonObject = {"item": f"item-{number}", "result": "passed", "reason": "", "seen": number}
    return [Draft("bench", f"uid-{number}", "item.resulted", STAMP, actor, body)]


def as_column(event: Event, name: str) -> str | int | None:
    """Return what a column of about the same size holds."""
    value = getattr(event, name)
    return str(value) if name in ("actor", "body") else value


def quantile(times: list[float], percent: int) -> float:
    """Return a percentile."""
    return statistics.quantiles(times, n=100)[percent - 1]


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1000,
        Path(sys.argv[2]) if len(sys.argv) > 2 else None,
    )
