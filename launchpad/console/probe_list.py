"""All probes of a launch, one a row: state, id, what was seen, latency and age."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from textual.content import Content

from launchpad.console.ages import AGE_WIDTH, ago
from launchpad.console.fitting import alike, fit, fit_front
from launchpad.console.ink import Ink
from launchpad.console.latencies import latency
from launchpad.console.probing import Instruments, glyph, observed
from launchpad.console.rows import Row
from launchpad.console.words import PROBE_WORDS, STALE, UNSEEN
from launchpad.launch.moment import second

_AS_WRITTEN: Final = "as in the document"
_WORD: Final = 9
_LATENCY: Final = 6
_WIDE: Final = 64
_AGO: Final = AGE_WIDTH + len(" ago")

# The words, from what has to be seen first.
_WORST: Final = tuple(
    word.word
    for word in (
        PROBE_WORDS["failed"],
        PROBE_WORDS["error"],
        PROBE_WORDS["flapping"],
        STALE,
        PROBE_WORDS["inconclusive"],
        UNSEEN,
        PROBE_WORDS["skipped"],
        PROBE_WORDS["success"],
    )
)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a list's columns; with_ago: whether the age is said in words."""

    id: int
    value: int
    with_ago: bool


def _cells(width: int) -> _Cells:
    wide = width >= _WIDE
    value, aged = (20, _AGO) if wide else (9, AGE_WIDTH)
    others = _WORD + value + _LATENCY + aged
    # A blank before, between and after the columns, but not behind the word.
    return _Cells(width - others - len("     "), value, wide)


def probe_rows(ids: Iterable[str], instruments: Instruments, width: int, ink: Ink) -> list[Row]:
    """Return the rows of probes, in this order, each of width cells."""
    cells, order = _cells(width), tuple(ids)
    twins = alike((ink.line(each) for each in order), cells.id)
    return [_row(each, instruments, cells, twins, ink) for each in order]


def _row(
    probe: str, instruments: Instruments, cells: _Cells, twins: frozenset[str], ink: Ink
) -> Row:
    seen, sample = instruments.seen(probe), instruments.samples.get(probe)
    word = seen.word if seen else UNSEEN
    named = ink.line(probe)
    value, took = (seen.result if seen else ""), ""
    if sample and sample.latency_us is not None:
        took = latency(sample.latency_us)
    if sample and word == PROBE_WORDS["success"] and sample.state == "success":
        # Its latency has a column of its own here.
        value = observed(sample.value)
    said = seen.age if seen else ""
    aged = fit(ago(said), _AGO, ink.cut) if cells.with_ago else fit(said, AGE_WIDTH, ink.cut)
    return Row(
        f"probe:{probe}",
        Content.assemble(
            " ",
            (fit(f"{glyph(word, ink)}{word.word}", _WORD, ink.cut), word.style),
            (fit_front if named in twins else fit)(named, cells.id, ink.cut),
            f" {fit(ink.line(value), cells.value, ink.cut)}",
            f" {fit(took.rjust(_LATENCY), _LATENCY, ink.cut)} ",
            (f"{aged} ", "$foreground-muted"),
        ),
        chosen=True,
    )


def worst_first(ids: Iterable[str], instruments: Instruments) -> tuple[str, ...]:
    """Return probes with the worst first, else in the order they had."""
    return tuple(sorted(ids, key=lambda probe: _badness(probe, instruments)))


def _badness(probe: str, instruments: Instruments) -> tuple[int, bool]:
    seen, sample = instruments.seen(probe), instruments.samples.get(probe)
    word = seen.word if seen else UNSEEN
    # Of those that are OK, one whose newest sample was not comes first.
    return _WORST.index(word.word), sample is None or sample.state == "success"


@dataclass(frozen=True, slots=True)
class Order:
    """In which order probes are listed, and how that is said."""

    ids: tuple[str, ...] = ()
    said: str = _AS_WRITTEN


def kept(order: Order, known: Iterable[str]) -> Order:
    """Return the order with the probes that there are, new ones at the end."""
    there = tuple(known)
    stay = tuple(probe for probe in order.ids if probe in there)
    return replace(order, ids=(*stay, *(probe for probe in there if probe not in stay)))


def turned(order: Order, written: Sequence[str], instruments: Instruments, at: str) -> Order:
    """Return the worst first, as they stand at a time; as written where they are so already.

    Sorted once, at a key: nothing moves under the cursor by itself.
    """
    worst = worst_first(written, instruments)
    if order.said != _AS_WRITTEN and order.ids == worst:
        return Order(tuple(written))
    return Order(worst, f"the worst at {second(at)} first")
