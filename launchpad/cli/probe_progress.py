"""What `launchpad probe` shows while it observes: a view that goes away, or a line here and there.

All of it is on stderr: what was found is data, and is written when it is complete.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from launchpad.checklist.model import Probe
from launchpad.cli.output import narrate
from launchpad.cli.probe_attempts import Attempt
from launchpad.cli.probe_report import WORST_FIRST, said, seen
from launchpad.cli.probe_style import STYLES
from launchpad.cli.terminal import somebody_reads
from launchpad.console.ink import Ink
from launchpad.console.latencies import latency
from launchpad.console.words import PROBE_WORDS, UNSEEN

_A_SECOND: Final = 8
_TO_COME: Final = len(WORST_FIRST) - 1


@contextmanager
def shown(probes: Sequence[Probe], ink: Ink) -> Iterator[Callable[[Attempt], None]]:
    """Show how probes are observed, for as long as they are; yield what is told each attempt."""
    console = Console(stderr=True, highlight=False) if somebody_reads() else None
    if console is None or not console.is_terminal or console.is_dumb_terminal:
        yield _Told(ink).tell
        return
    view = _View(probes, ink, console)
    # Nothing else is written meanwhile, and Live would send stdout's data to stderr.
    with Live(
        get_renderable=view.drawn,
        console=console,
        refresh_per_second=_A_SECOND,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    ):
        yield view.tell


class _Told:
    """What was told of what is tried again, so that a pipeline's log says what it waits for.

    Each reason once, until another comes: a log that repeats itself is not read.
    """

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._reasons: dict[str, str] = {}

    def tell(self, attempt: Attempt) -> None:
        id_, result = attempt.probe.id, attempt.result
        if attempt.final or self._reasons.get(id_) == result.reason:
            return
        self._reasons[id_] = result.reason
        again = f"{id_} {PROBE_WORDS[result.state].word}, tried again: {seen(attempt)}"
        narrate(self._ink.line(again))


class _View:
    """What is known so far of the probes that are observed. Drawn by a thread of its own."""

    def __init__(self, probes: Sequence[Probe], ink: Ink, console: Console) -> None:
        # Of one size from the start: it is read while it is written.
        self._newest: dict[str, Attempt | None] = dict.fromkeys(probe.id for probe in probes)
        self._ink = ink
        self._console = console
        self._began_ns = time.monotonic_ns()

    def tell(self, attempt: Attempt) -> None:
        self._newest[attempt.probe.id] = attempt

    def drawn(self) -> Group:
        """Draw what is known, as much of it as there is room for, the worst first."""
        known = sorted(self._newest.items(), key=lambda each: _rank(each[1]))
        over = sum(attempt is not None and attempt.final for _, attempt in known)
        took = latency((time.monotonic_ns() - self._began_ns) // 1000)
        room = max(self._console.height - 2, 1)
        rows = [self._row(id_, attempt) for id_, attempt in known[:room]]
        return Group(Text(f"{over} of {len(known)} observed, {took}"), *rows)

    def _row(self, id_: str, attempt: Attempt | None) -> Text:
        row = Text(no_wrap=True, overflow="crop")
        if attempt is None:
            return row.append(f"{self._ink.untouched} {UNSEEN.word:<7}  {self._ink.line(id_)}")
        state = attempt.result.state
        row.append(f"{said(state, self._ink):<9}", STYLES[state])
        again = "" if attempt.final else "tried again: "
        return row.append(f"  {self._ink.line(id_)}  {again}{self._ink.line(seen(attempt))}")


def _rank(attempt: Attempt | None) -> int:
    """Sort what is bad before what is to come, and that before what is good."""
    if attempt is None:
        return _TO_COME
    return WORST_FIRST.index(attempt.result.state) + attempt.good
