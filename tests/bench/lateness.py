"""How late a thousand HTTP probes start: `python -m tests.bench.lateness`.

At 5 s, for 60 seconds or as many as LAUNCHPAD_BENCH_S says, over fresh connections to a server on
loopback; every result becomes a sample in a log, as in a conductor. Goal: at most 250 ms late at
p99. The processor's share is of one core: of the probing process, its log's writer apart.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from launchpad.conductor.holding import Holding, try_to_hold
from launchpad.log.address import open_log
from launchpad.log.boottime import boot_time
from launchpad.log.samples import Sample
from launchpad.probes.http import HttpSpec
from launchpad.probes.once import observe_once
from launchpad.probes.result import Result
from launchpad.probes.scheduler import Scheduler
from launchpad.session.clock import now
from launchpad.text.redaction import Redactor
from tests.bench.serving import serving

PROBES = 1000
INTERVAL_S = 5.0
SECONDS = 60.0
# As in a large launch; all are the one server here.
HOSTS = 50
GOAL_MS = 250
NONE_SECRET = Redactor({})


def main(seconds: float) -> int:
    """Print the figures; return the exit status."""
    with tempfile.TemporaryDirectory() as scratch, serving() as url:
        log = open_log(str(Path(scratch) / "log.db"), create=True)
        held = try_to_hold(log, "bench")
        if held is None:
            raise RuntimeError("a new log is held by nobody")
        holding = Holding(log, held[0], sys.exit)
        holding.start()
        began_s, began_cpu_s = time.perf_counter(), time.process_time()
        scheduler = asyncio.run(observing(url, holding, seconds))
        cpu_s = time.process_time() - began_cpu_s
        share = cpu_s / (time.perf_counter() - began_s)
        holding.stop()
        kept = log.newest_sample()
        log.close()
    late_ms = [late_s * 1000 for late_s in scheduler.late_s]
    quantiles = statistics.quantiles(late_ms, n=100)
    load = ", ".join(f"{figure:.1f}" for figure in os.getloadavg())
    show(
        f"{PROBES:,} HTTP probes of {HOSTS} hosts at {INTERVAL_S:g} s for {seconds:g} s:"
        f" {len(late_ms):,} starts, under a load of {load}"
    )
    show(
        f"late     p50 {quantiles[49]:.2f} ms   p99 {quantiles[98]:.2f} ms"
        f"   most {max(late_ms):.2f} ms   goal {GOAL_MS} ms at p99"
    )
    show(f"skipped  {scheduler.skipped.total():,}   samples in the log {kept:,}")
    show(f"CPU      {share:.1%} of a core   {cpu_s * 1000 / len(late_ms):.3f} ms a probe, all told")
    return 0


async def observing(url: str, holding: Holding, seconds: float) -> Scheduler:
    """Observe for so long, and return the scheduler."""
    spec = HttpSpec(url)

    async def observe(_probe: str) -> Result:
        return await observe_once(spec, (), timeout_s=4, redactor=NONE_SECRET)

    def keep(probe: str, result: Result, _started_ns: int) -> None:
        boot_id, mono_ns = boot_time()
        sample = Sample(
            probe,
            now().at,
            mono_ns,
            boot_id,
            result.state,
            result.reason,
            result.shown,
            result.latency_us,
            dict(result.timings),
            result.address,
        )
        holding.sampled(sample)

    async def host_of(probe: str) -> str:
        return hosts[probe]

    hosts = {f"probe-{number}": f"host-{number % HOSTS}" for number in range(PROBES)}
    entries = dict.fromkeys(hosts, INTERVAL_S)
    scheduler = Scheduler(entries, observe, keep, host_of=host_of)
    running = asyncio.create_task(scheduler.run())
    await asyncio.wait([running], timeout=seconds)
    running.cancel()
    await asyncio.wait([running])
    return scheduler


def show(text: str) -> None:
    """Print one line."""
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main(float(os.environ.get("LAUNCHPAD_BENCH_S", SECONDS))))
