"""A probe and its history, as the screen of the probes shows the one under the cursor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import chop_cells
from textual.content import Content

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Probe
from launchpad.console.fitting import fit_content
from launchpad.console.ink import Ink
from launchpad.console.latencies import latency
from launchpad.console.probe_curve import LABEL, axis, band, curve, flapped, legend, states
from launchpad.console.probe_detail import headline, target
from launchpad.console.probe_past import RANGES_MS, Change, Past
from launchpad.console.probing import ProbeSeen, observed
from launchpad.console.words import PROBE_WORDS
from launchpad.launch.moment import day, second
from launchpad.launch.state import LaunchState

_ROWS_LEAST, _ROWS_MOST = 4, 10
_CHANGES = 6
_PER_MILLE = 1000


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found out about a probe.

    past: None while it is not read yet; trouble: why it cannot be read; changes: of all probes,
    oldest first.
    """

    seen: ProbeSeen
    past: Past | None
    trouble: str | None
    changes: Sequence[Change]


def columns(width: int) -> int:
    """Return how many buckets a history of this width has."""
    return max(width - LABEL - 1, 1)


def history(
    state: LaunchState,
    probe: Probe,
    looked: Looked,
    range_ms: int,
    width: int,
    height: int,
    ink: Ink,
) -> Content:
    """Return a probe's history in lines of width cells; higher than height only where it must."""
    above = [Content(" ") + headline(state, probe, looked.seen, ink), _ranges(range_ms, ink)]
    below = [
        *_asked(state, probe, width - 2, ink),
        *_changed(probe, looked.changes, ink),
    ]
    room = height - len(above) - len(below)
    drawn = [*above, *_past(state, probe, looked, room, ink), *below]
    return Content("\n").join(fit_content(line, width, ink.cut) for line in drawn)


def _ranges(range_ms: int, ink: Ink) -> Content:
    """Return which of the ranges is shown."""
    parts: list[tuple[str, str]] = [(" over ", "$foreground-muted")]
    for each, called in RANGES_MS.items():
        chosen = each == range_ms
        said = f"{ink.here if chosen else ' '}{called}  "
        parts.append((said, "bold" if chosen else "$foreground-muted"))
    parts.append(("[ ] change it", "$foreground-muted"))
    return Content.assemble(*parts)


def _past(
    state: LaunchState, probe: Probe, looked: Looked, room: int, ink: Ink
) -> Iterator[Content]:
    if looked.trouble:
        yield Content.styled(f" cannot be read: {ink.line(looked.trouble)}", "bold $text-error")
    past = looked.past
    if past is None:
        if not looked.trouble:
            yield Content.styled(" reading its samples", "$foreground-muted")
        return
    yield _figures(past)
    if past.whole is None:
        return
    timed = past.whole.p50_us is not None
    if timed:
        # Figures, band, axis and legend take a line each.
        yield from curve(past, min(max(room - 4, _ROWS_LEAST), _ROWS_MOST), ink)
    flaps = flapped(looked.changes, probe.id, state.probes.get(probe.id))
    found = states(past, probe.interval_ms + probe.timeout_ms, flaps)
    yield band(found, ink)
    yield axis(past, ink)
    yield legend(found, timed=timed, ink=ink)


def _figures(past: Past) -> Content:
    whole = past.whole
    if whole is None:
        return Content.styled(" no sample in this time", "$foreground-muted")
    # Rounded down: only what was always OK is 100 %.
    tenths = past.good * _PER_MILLE // whole.count
    said = f" OK {tenths // 10}.{tenths % 10} % of {whole.count:,}"
    if whole.p50_us is None or whole.p95_us is None or past.slowest_us is None:
        return Content(f"{said}   nothing timed")
    figures = f"p50 {latency(whole.p50_us)}  p95 {latency(whole.p95_us)}"
    return Content(f"{said}   {figures}  slowest {latency(past.slowest_us)}")


def _asked(state: LaunchState, probe: Probe, width: int, ink: Ink) -> Iterator[Content]:
    """Yield what a probe asks, where and how often, all of it."""
    every = f"every {duration(probe.interval_ms)}, within {duration(probe.timeout_ms)}"
    asked = f"{probe.type} {ink.line(target(state, probe))}, {every}"
    yield from (Content(f" {part}") for part in chop_cells(asked, max(width, 1)))
    for condition in probe.conditions:
        parts = chop_cells(ink.line(condition), max(width - 2, 1))
        yield from (Content(f"   {part}") for part in parts)


def _changed(probe: Probe, changes: Sequence[Change], ink: Ink) -> Iterator[Content]:
    """Yield a probe's last changes, the newest first."""
    of_probe = [change for change in changes if change.what.probe == probe.id]
    yield Content.styled(" last changes" if of_probe else " no change in the log", "bold")
    newest = day(of_probe[-1].at) if of_probe else ""
    for change in reversed(of_probe[-_CHANGES:]):
        what = change.what
        word = PROBE_WORDS[what.state]
        when = second(change.at)
        if day(change.at) != newest:
            when = f"{day(change.at)} {when}"
        before = f"{PROBE_WORDS[what.before].word} > " if what.before else ""
        reason = f" ({ink.line(what.reason)})" if what.state not in ("success", "skipped") else ""
        said = f" {ink.line(observed(what.shown))}{reason}"
        yield Content.assemble(f" {when} {before}", (word.word, word.style), said)
