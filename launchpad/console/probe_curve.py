"""A probe's past in cells: how long it took, one column a bucket, and its state beneath."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from textual.content import Content

from launchpad.console.ink import Ink
from launchpad.console.latencies import latency
from launchpad.console.probe_past import Change, Past
from launchpad.console.words import PROBE_WORDS
from launchpad.launch.moment import day, minute
from launchpad.launch.state import ProbeStanding
from launchpad.session.series import Bucket

LABEL: Final = 8
_EIGHTHS: Final = 8
_TIMED: Final = ("$text-accent", "$foreground-muted")
_UNOBSERVED: Final = "unobserved"
_ALWAYS, _NEVER = "", "9999"


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands for a state in the band: one cell, a word and a style."""

    glyph: str
    word: str
    style: str


def marks(ink: Ink) -> dict[str, Mark]:
    """Return what stands for each state, from good to bad. No two look alike in one color."""
    glyphs = {
        "success": ink.done,
        "skipped": ink.minus,
        "inconclusive": ink.unsure,
        "flapping": "~",
        "error": "E",
        "failed": "F",
    }
    words = {str(state): word for state, word in PROBE_WORDS.items()}
    found = {
        state: Mark(glyph, words[state].word, words[state].style) for state, glyph in glyphs.items()
    }
    return {_UNOBSERVED: Mark(ink.untouched, "not observed", "$foreground-muted"), **found}


def curve(past: Past, rows: int, ink: Ink) -> list[Content]:
    """Return the latencies in rows lines: solid up to the median, lighter up to p95."""
    buckets = _by_column(past)
    highest = max((bucket.p95_us or 0 for bucket in past.buckets), default=0)
    lines = []
    for row in range(rows - 1, -1, -1):
        label = {rows - 1: latency(highest), 0: "0"}.get(row, "")
        cells = [_cell(bucket, row, rows, highest, ink) for bucket in buckets]
        lines.append(Content.assemble((f"{label:>{LABEL - 1}} ", _TIMED[1]), *_runs(cells)))
    return lines


def _cell(bucket: Bucket | None, row: int, rows: int, highest: int, ink: Ink) -> tuple[str, str]:
    if bucket is None or bucket.p50_us is None or bucket.p95_us is None:
        return " ", ""
    solid = _height(bucket.p50_us, rows, highest, ink) - row * _EIGHTHS
    if solid >= _EIGHTHS:
        return ink.full, _TIMED[0]
    if solid > 0:
        return ink.sparks[solid - 1], _TIMED[0]
    light = _height(bucket.p95_us, rows, highest, ink) - row * _EIGHTHS
    return (ink.empty, _TIMED[1]) if light > 0 else (" ", "")


def _height(microseconds: int, rows: int, highest: int, ink: Ink) -> int:
    """Return how many eighths of a cell high a latency is: at least one, whole cells in ASCII."""
    eighths = -(-microseconds * rows * _EIGHTHS // highest) if highest else 1
    return -(-max(eighths, 1) // _EIGHTHS) * _EIGHTHS if ink.plain else max(eighths, 1)


def states(past: Past, covers_ms: int, flapping: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the state of each column: the worst that was seen.

    covers_ms: for how long a sample speaks until the next one is due; flapping: from when to when
    the conductor found the probe flapping, which no single sample says.
    """
    found: list[str] = []
    edges, seen = past.window.edges(), None
    for column, bucket in enumerate(_by_column(past)):
        if bucket is not None:
            seen = column, bucket.worst
        covered = seen and (column - seen[0]) * past.window.step_ms <= covers_ms
        state = seen[1] if seen and covered else _UNOBSERVED
        if state != _UNOBSERVED and any(
            began < edges[column + 1] and ended > edges[column] for began, ended in flapping
        ):
            state = "flapping"
        # A newer program's state is one that says nothing.
        known = state == _UNOBSERVED or state in PROBE_WORDS
        found.append(state if known else "inconclusive")
    return tuple(found)


def flapped(
    known: Iterable[Change], probe: str, standing: ProbeStanding | None
) -> list[tuple[str, str]]:
    """Return from when to when a probe flapped. known: what is known of changes, oldest first."""
    spans: list[tuple[str, str]] = []
    began = _ALWAYS
    for change in known:
        if change.what.probe != probe:
            continue
        if change.what.before == "flapping":
            spans.append((began, change.at))
        if change.what.state == "flapping":
            began = change.at
    if standing and standing.state == "flapping":
        spans.append((standing.at, _NEVER))
    return spans


def band(found: Sequence[str], ink: Ink) -> Content:
    """Return the states, one cell a column."""
    known = marks(ink)
    cells = [(known[state].glyph, known[state].style) for state in found]
    return Content.assemble(" " * LABEL, *_runs(cells))


def axis(past: Past, ink: Ink) -> Content:
    """Return when the columns begin and that they end now."""
    first, last = past.window.edges()[0], past.window.until
    began = minute(first) if day(first) == day(last) else f"{day(first)} {minute(first)}"
    rule = ink.rule * max(past.window.columns - len(began) - len("  now"), 0)
    return Content.styled(f"{' ' * LABEL}{began} {rule} now", "$foreground-muted")


def legend(found: Sequence[str], *, timed: bool, ink: Ink) -> Content:
    """Return the word of each mark that is seen."""
    parts: list[tuple[str, str]] = [(" " * LABEL, "")]
    for state, mark in marks(ink).items():
        if state in found:
            parts.append((f"{mark.glyph} {mark.word}  ", mark.style))
    if timed:
        parts += [(f"{ink.full} p50  ", _TIMED[0]), (f"{ink.empty} p95", _TIMED[1])]
    return Content.assemble(*parts)


def _by_column(past: Past) -> list[Bucket | None]:
    by_edge = {bucket.at: bucket for bucket in past.buckets}
    return [by_edge.get(edge) for edge in past.window.edges()[:-1]]


def _runs(cells: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield cells with the same style as one text."""
    for style, group in groupby(cells, key=lambda cell: cell[1]):
        yield "".join(glyph for glyph, _ in group), style
