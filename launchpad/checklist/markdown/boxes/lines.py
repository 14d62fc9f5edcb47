"""What the boxes on one line are: one to tick, several, or the possible outcomes of one thing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from launchpad.checklist.markdown.boxes.marks import Mark, MarkedLine
from launchpad.checklist.markdown.boxes.words import (
    OUTCOMES,
    is_legend,
    is_roll_call,
    word_key,
)
from launchpad.checklist.markdown.labels import trimmed
from launchpad.checklist.markdown.unfilled import is_unfilled
from launchpad.checklist.markdown.words import leading_bold, words
from launchpad.checklist.model import Choice
from launchpad.text.safe import one_line

# What divides one box from the next.
_SEPARATORS = " /|,;\u00b7\u2022\u3001\uff0c\uff0f\uff5c\u060c"
COLONS = (":", "\uff1a", "?", "\uff1f", "\u061f")
"""What words end in that say what the boxes behind them are about."""

# Where a remark follows an outcome: "No (why: ...)".
_REMARK = re.compile(r"[(:\u2013\u2014_\uff08\uff1a]| - ")
# A label that begins so goes on with the sentence that a box was mentioned in.
_GOES_ON = re.compile(
    r"[=:\u2192.]|(?:means?|for|or|and|when|if|is|are|to|as|in|on|box|boxes|with|once|after|before|"
    r"mark|marks|indicates?|next|beside|that|symbols?|items?|checkbox(?:es)?)\b"
)


@dataclass(frozen=True, slots=True)
class Choosing:
    """Boxes of which one is ticked.

    text, label: of what stands before them; checked: whether the one that is ticked says passed.
    """

    text: str
    label: str
    choices: tuple[Choice, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class BoxedLine:
    """What the boxes of a line are.

    own: the box it starts with; choosing: outcomes of one thing; row: boxes with words each, or
    one behind its words, which are then `said`; roll_call: the words before the row where they
    ask for people; doubt: what was not understood, "" where nothing was.
    """

    own: Mark | None = None
    choosing: Choosing | None = None
    row: tuple[Mark, ...] = ()
    said: str = ""
    roll_call: str = ""
    doubt: str = ""


_NOTHING = BoxedLine()


def read_line(line: MarkedLine, *, among_boxes: bool) -> BoxedLine:
    """Return what the boxes of a line are; `BoxedLine()` where there are none.

    among_boxes: whether the lines around it have boxes, so that a glyph is no ornament.
    """
    if not line.marks or is_legend(line.text.split(":")[0]):
        return _NOTHING
    starts = not line.text
    first = _first_outcome(line.marks)
    if len(line.marks) - first > 1 and _differ(line.marks[first:]):
        return _chosen_last(line, first, starts=starts)
    behind = _chosen_behind(line)
    if behind:
        return behind
    line = _without_ornaments(line, among_boxes=among_boxes and starts)
    if not line.marks:
        return _NOTHING
    return _started(line) if starts else _row(line)


def named_behind(reading: BoxedLine) -> BoxedLine:
    """Return a choosing called by the words behind its last outcome: "Yes or No: it is seen".

    It stays as it is where words stand before its boxes, or none behind them.
    """
    choosing = reading.choosing
    if choosing is None or choosing.text or not choosing.choices:
        return reading
    *others, last = choosing.choices
    outcome, _, said = last.label.replace("\uff1a", ":").partition(":")
    said = said.strip()
    if word_key(outcome) not in OUTCOMES or not trimmed(said) or is_unfilled(said):
        return reading
    choices = (*others, replace(last, label=outcome.strip()))
    return replace(reading, choosing=replace(choosing, text=said, choices=choices))


def is_in_sentence(mark: Mark, lines: Sequence[MarkedLine]) -> bool:
    """Tell a box that a task's words go on with from one of a list that its first line announces.

    lines: the task's; brackets are also written of a tick, such as in "shown, [x] and shown".
    """
    return mark.bracketed and not lines[0].whole.endswith((":", "\uff1a"))


def outcome_key(text: str) -> str:
    """Return the words of an outcome as `OUTCOMES` knows them, without a remark behind them."""
    return word_key(_REMARK.split(text, maxsplit=1)[0].strip(_SEPARATORS))


def _first_outcome(marks: Sequence[Mark]) -> int:
    """Return the index from which on all boxes stand before an outcome."""
    first = len(marks)
    while first and outcome_key(marks[first - 1].text) in OUTCOMES:
        first -= 1
    return first


def _differ(marks: Sequence[Mark]) -> bool:
    """Tell outcomes of one thing from boxes that all say it is done, and from a legend."""
    results = {OUTCOMES[outcome_key(mark.text)] for mark in marks}
    return len(results) > 1 and any(mark.is_box for mark in marks)


def _chosen_last(line: MarkedLine, first: int, *, starts: bool) -> BoxedLine:
    """Read a line that ends in outcomes, perhaps of what has a box itself."""
    own, *rest = line.marks
    if first == 0:
        return _chosen(line.lead, line.marks)
    if first == 1 and starts and own.is_box:
        return replace(_chosen(own.tokens, rest), own=own)
    return _doubt(line.marks[first:])


def _chosen(lead: Sequence[Token], marks: Sequence[Mark]) -> BoxedLine:
    return choose(
        words(lead).rstrip(f"{_SEPARATORS}:\uff1a"),
        leading_bold(lead),
        [(one_line(mark.text).strip(_SEPARATORS), mark) for mark in marks],
    )


def choose(text: str, label: str, options: Sequence[tuple[str, Mark]]) -> BoxedLine:
    """Return the choosing between options, each the words of an outcome and its box."""
    results = [OUTCOMES[outcome_key(said)] for said, _ in options]
    ticked = [result for result, (_, mark) in zip(results, options, strict=True) if mark.ticked]
    choices = tuple(
        Choice(said, result, mark.box)
        for result, (said, mark) in zip(results, options, strict=True)
        if mark.box
    )
    doubt = ""
    if len(ticked) > 1:
        doubt = f"more than one box is ticked of {_quoted(options[0][0])} and those beside it"
    if len(choices) < len(options):
        doubt = f"the boxes beside {_quoted(options[0][0])} cannot be filled in"
        choices = ()
    return BoxedLine(choosing=Choosing(text, label, choices, ticked == ["passed"]), doubt=doubt)


def read_upright(lines: Sequence[MarkedLine]) -> BoxedLine | None:
    """Return the choosing between outcomes that stand below each other.

    It is named after the line before; None where these lines are anything else. Glyphs that each
    say what stands beside them are a legend, `BoxedLine()`.
    """
    options = [line for line in lines if line.marks]
    marks = [mark for line in options for mark in line.marks]
    if (
        len(options) <= 1
        or len(marks) > len(options)
        or any(line.text for line in options)
        or options[0] is not lines[-len(options)]
        or _first_outcome(marks)
        or len({OUTCOMES[outcome_key(mark.text)] for mark in marks}) == 1
    ):
        return None
    if not all(mark.is_box for mark in marks):
        return _NOTHING
    lead = lines[-len(options) - 1].lead if len(lines) > len(options) else ()
    said = [(mark.text.strip(_SEPARATORS), mark) for mark in marks]
    return choose(words(lead).rstrip(f"{_SEPARATORS}:\uff1a"), leading_bold(lead), said)


def _chosen_behind(line: MarkedLine) -> BoxedLine | None:
    """Return a choosing whose boxes stand behind their words: "Result: Pass [ ] Fail [ ]"."""
    *before, last = line.marks
    if not before or last.text.strip(_SEPARATORS) or not line.text:
        return None
    text, colon, first = line.text.rpartition(":")
    said = [first.strip(), *(mark.text.strip(_SEPARATORS) for mark in before)]
    if any(outcome_key(one) not in OUTCOMES for one in said):
        return None
    label = leading_bold(line.lead) if colon else ""
    return choose(text, label, list(zip(said, line.marks, strict=True)))


def _without_ornaments(line: MarkedLine, *, among_boxes: bool) -> MarkedLine:
    """Return the line with only those marks that are boxes; the others are part of the words."""
    boxed = any(mark.is_box and not mark.round for mark in line.marks)
    states = boxed and line.text.endswith(COLONS)
    lead = list(line.lead)
    kept: list[tuple[Mark, list[Token]]] = []
    for number, mark in enumerate(line.marks):
        if not mark.round and (mark.is_box or states or (among_boxes and number == 0)):
            kept.append((mark, [*mark.tokens]))
        else:
            said = kept[-1][1] if kept else lead
            said += (Token("text", "", 0, content=mark.glyph), *mark.tokens)
    marks = tuple(mark.saying(said) for mark, said in kept)
    return replace(line, lead=tuple(lead), text=words(lead), marks=marks)


def _started(line: MarkedLine) -> BoxedLine:
    """Read a line that starts with a box."""
    if line.text:
        return _NOTHING
    own, *rest = line.marks
    row = tuple(mark for mark in rest if mark.text and not _GOES_ON.match(mark.text))
    if not own.text.strip(_SEPARATORS):
        return BoxedLine(doubt="a box without words is no item")
    return BoxedLine(own=own, row=row)


def _row(line: MarkedLine) -> BoxedLine:
    """Read boxes that follow words."""
    lead = line.text
    label = lead.rstrip(f"{_SEPARATORS}:\uff1a")
    headed = lead.endswith(COLONS) or leading_bold(line.lead) == label
    labels = [mark.text.strip(_SEPARATORS) for mark in line.marks]
    drawn = not any(mark.bracketed for mark in line.marks)
    if any(_GOES_ON.match(said) for said in labels):
        return _NOTHING
    if all(labels) and (headed or (drawn and len(labels) > 1)):
        if _mixed(labels):
            return _doubt(line.marks)
        return BoxedLine(row=line.marks, roll_call=label if is_roll_call(label) else "")
    if len(labels) == 1 and not labels[0] and (headed or drawn):
        return BoxedLine(row=line.marks, said=label)
    return _doubt(line.marks) if headed or drawn else _NOTHING


def _mixed(labels: Sequence[str]) -> bool:
    """Tell outcomes of which not all are understood from boxes with words of their own."""
    results = [OUTCOMES[key] for said in labels if (key := outcome_key(said)) in OUTCOMES]
    return bool(results) and (len(results) < len(labels) or set(results) != {"passed"})


def _doubt(marks: Sequence[Mark]) -> BoxedLine:
    said = _quoted(marks[0].text)
    return BoxedLine(doubt=f"the box before {said} looks like an item, but was not understood")


def _quoted(said: str) -> str:
    return f"\u201c{said}\u201d"
