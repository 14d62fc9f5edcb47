"""`launchpad probe`: every probe of a checklist once, without a launch and without a log."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from launchpad.checklist.load import Document, load
from launchpad.checklist.model import Checklist, Probe
from launchpad.cli import trusting
from launchpad.cli.configuration import state_folder
from launchpad.cli.exits import REFUSED
from launchpad.cli.misused import Misused
from launchpad.cli.output import narrate, say, say_bytes
from launchpad.cli.probe import Format
from launchpad.cli.probe_attempts import Attempt, Limits, attempted
from launchpad.cli.probe_exposition import exposition
from launchpad.cli.probe_junit import junit
from launchpad.cli.probe_progress import shown
from launchpad.cli.probe_report import Report, document, lines, said, summary
from launchpad.cli.probe_style import STYLES
from launchpad.cli.searching import found
from launchpad.cli.spans import span_ms
from launchpad.cli.variables import values
from launchpad.conductor.means import Given, Means
from launchpad.conductor.preparing import not_trusted
from launchpad.console.ink import Ink, ink_for_locale
from launchpad.export.whole import write_whole
from launchpad.launch.criteria import matching
from launchpad.session.clock import now
from launchpad.text.safe import one_line, safe

_WRITTEN: Final[Mapping[Format, Callable[[Report], bytes]]] = {
    "json": document,
    "junit": junit,
    "prometheus": exposition,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be observed, and how it is answered.

    only: names or patterns, none for every probe; values: of variables, NAME=VALUE each;
    retry_timeout, sleep: durations as typed; trust: its commands, unseen.
    """

    checklist: Path
    only: tuple[str, ...]
    values: tuple[str, ...]
    retry_timeout: str | None
    sleep: str
    answer: Format
    output: Path | None
    trust: bool
    concurrency: int
    verbose: bool


def run(wish: Wish) -> int:
    """Observe, answer, and return the exit status. Raises ChecklistError, Misused, NotTrusted."""
    retry_ms = span_ms("--retry-timeout", wish.retry_timeout) or 0
    sleep_ms = span_ms("--sleep", wish.sleep) or 0
    limits = Limits(wish.concurrency, retry_ms / 1000, sleep_ms / 1000)
    read = load(wish.checklist)
    name = read.source.name
    probes = _chosen(name, read.checklist, wish.only)
    given = values(read, wish.values, found)
    folder = wish.checklist.resolve().parent
    means = Means(Given(read.checklist, read.source, given, folder), state_folder(), os.environ)
    _require_trust(wish, read, probes, means)
    ink = ink_for_locale()
    started_at, began_ns = now().at, time.monotonic_ns()
    try:
        with shown(probes, ink) as tell:
            attempts = _observed(probes, means, limits, tell)
    except asyncio.CancelledError:
        # The terminal is as it was: now end as whoever sent the signal expects.
        signal.raise_signal(signal.SIGTERM)
        raise
    took_us = (time.monotonic_ns() - began_ns) // 1000
    report = Report(name, read.checklist.title, started_at, took_us, tuple(attempts))
    _answer(wish, report, ink)
    return 0 if report.good else REFUSED


def _chosen(name: str, checklist: Checklist, only: tuple[str, ...]) -> list[Probe]:
    """Return the probes that are meant. Raises Misused for a pattern that means none."""
    if not checklist.probes:
        raise Misused(f"{name}: it has no probes")
    for pattern in only:
        if not matching(checklist, [pattern]):
            known = ", ".join(one_line(probe.id) for probe in checklist.probes)
            raise Misused(f"{name}: no probe is called {one_line(pattern)!r}; it has {known}")
    wanted = set(matching(checklist, only)) if only else None
    return [probe for probe in checklist.probes if wanted is None or probe.id in wanted]


def _require_trust(wish: Wish, read: Document, probes: list[Probe], means: Means) -> None:
    """See to it that what the probes run is trusted, and nothing is asked of whoever runs nothing.

    A secret may be answered by what was not given it: to take it out, it has to be looked up.
    """
    if read.checklist.secrets or any(not_trusted(probe, means) for probe in probes):
        trusting.require(read, wish.checklist, unseen=wish.trust)


def _observed(
    probes: list[Probe], means: Means, limits: Limits, tell: Callable[[Attempt], None]
) -> list[Attempt]:
    async def observed() -> list[Attempt]:
        # By itself it would leave a terminal without its cursor.
        if task := asyncio.current_task():
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await attempted(probes, means, limits, tell)

    return asyncio.run(observed())


def _answer(wish: Wish, report: Report, ink: Ink) -> None:
    if wish.answer != "text":
        data = _WRITTEN[wish.answer](report)
    elif wish.output is None:
        _say_lines(report, ink, verbose=wish.verbose)
        return
    else:
        plain = (line for line, _ in lines(report, ink, verbose=wish.verbose))
        data = "".join(f"{line}\n" for line in plain).encode()
    if wish.output is None:
        say_bytes([data])
        return
    write_whole(wish.output, [data])
    narrate(f"{one_line(str(wish.output))}: {summary(report)}")


def _say_lines(report: Report, ink: Ink, *, verbose: bool) -> None:
    if not sys.stdout or not sys.stdout.isatty():
        for line, _ in lines(report, ink, verbose=verbose):
            say(line)
        return
    console = Console(highlight=False)
    for line, state in lines(report, ink, verbose=verbose):
        text = Text(safe(line))
        if state:
            text.stylize(STYLES[state], 0, len(said(state, ink)))
        console.print(text, soft_wrap=True)
