"""How long it takes to draw, digest and thin many samples: `python -m tests.bench.samples`.

Medians, in a log of SAMPLES (1,000,000 unless given) of 50 probes, taken at 5 s. Goals: 50 ms for
the curve of one probe, and for a piece of a thinning, which is all the time a lock is held.
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from launchpad.conductor.digesting import GOING, digested
from launchpad.conductor.holding import try_to_hold
from launchpad.log.address import open_log
from launchpad.log.store import Log
from launchpad.session.series import series

SAMPLES: Final = 1_000_000
PROBES: Final = 50
INTERVAL_S: Final = 5
RUNS: Final = 7
GOAL_MS: Final = 50
BUCKETS: Final = 120
BEGAN: Final = datetime(2026, 1, 1, tzinfo=UTC)
FILL: Final = f"""
WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < ?)
INSERT INTO samples (launch, probe, at, mono_ns, boot_id, state, reason, value, latency_us, timings)
SELECT 'bench', 'probe-' || (n % {PROBES}),
    strftime('%Y-%m-%dT%H:%M:%S.000Z', '2026-01-01', '+' || (n / {PROBES} * {INTERVAL_S}) || ' seconds'),
    CAST(n AS TEXT), '3e1c4dcd-4f0c-4f0e-9a53-6d2a3b8f7a10',
    CASE WHEN n / {PROBES} % 500 < 6 THEN 'failed' ELSE 'success' END, 'ok',
    '[STATUS] (200) == 200', 900 + n * 7919 % 5000,
    '{{"resolve":11,"connect":213,"processing":530,"transfer":47}}'
FROM number
"""  # noqa: S608, E501 - constants only


def main(samples: int) -> int:
    """Print the figures; return the exit status."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "log.db"
        log = open_log(str(path), create=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(FILL, [samples])
        show(f"{samples:,} samples of {PROBES} probes, {path.stat().st_size / 2**20:,.0f} MiB")
        measure(log, timedelta(seconds=samples / PROBES * INTERVAL_S))
        log.close()
    return 0


def measure(log: Log, long: timedelta) -> None:
    """Print how long each takes."""
    names = [f"probe-{number}" for number in range(PROBES)]
    held = try_to_hold(log, "bench")
    if held is None:
        raise RuntimeError("a new log is held by nobody")
    lease = held[0]

    def curve(since: datetime) -> Callable[[], object]:
        return lambda: series(log, "bench", "probe-7", since, BEGAN + long, BUCKETS)

    row("the curve of one probe", curve(BEGAN), GOAL_MS)
    row("its last quarter of an hour", curve(BEGAN + long - timedelta(minutes=15)), GOAL_MS)
    row("the newest of each probe", lambda: log.latest_samples("bench", names))
    row("the newest 60 of one probe", lambda: log.samples("bench", "probe-7", 60))
    newest = log.newest_sample()
    minutes = 5 * 60 // INTERVAL_S * PROBES
    row("a digest of five minutes", lambda: digested(log, lease, max(0, newest - minutes)))
    ids = iter([found[0] for found in log.rows_of("bench", "probe-7", 0, newest)])
    piece = [[next(ids, 0) for _ in range(GOING)] for _ in range(RUNS)]
    row(f"to thin a piece, {GOING} samples", lambda: log.thin(lease, piece.pop()), GOAL_MS)


def row(name: str, what: Callable[[], object], goal_ms: int | None = None) -> None:
    """Print how long something takes."""
    times_ms = []
    for _ in range(RUNS):
        began = time.perf_counter()
        what()
        times_ms.append((time.perf_counter() - began) * 1000)
    goal = f"   goal {goal_ms} ms" if goal_ms else ""
    show(f"{name:<32} {statistics.median(times_ms):7.2f} ms   most {max(times_ms):7.2f} ms{goal}")


def show(text: str) -> None:
    """Print one line."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES))
