"""What is being found in a rollback's section: the drafts of its steps, and what is beside them."""

import re
from dataclasses import dataclass, field

from launchpad.checklist.markdown.blocks import Block
from launchpad.checklist.markdown.durations import field_ms
from launchpad.checklist.markdown.native_parts import is_native
from launchpad.checklist.markdown.prose import Line, Piece, paragraph_lines
from launchpad.checklist.markdown.rollback.words import ASIDES, Wording, wording

_LONGEST_NAME = 4
_DECIDES = {"decision", "decision by", "decided by"}
# "Decision: GO / NO-GO" and "Decision: roll back or fix forward" name nobody.
_NOBODY = re.compile(r"\b(?:go|roll|rollback|fix|keep|stay|yes|no|tbd)\b|[?_]")
# What only a heading says: "After: restart" may well be a step.
_ONLY_HEADINGS = {"after", "afterwards", "when"}
_TARGET = re.compile(
    r"(?:(?:rollback|recovery|overall|total) )?(?:target|goal)(?: time)?: ?"
    r"(?:(?:under|below|within|in|less than|no more than|at most|<=?) ?)?(?P<length>.{1,40})"
)
_UNDER = re.compile(r"(?:under|below|within|less than|no more than|<=?) ?(?P<length>.{1,40})")


@dataclass(slots=True)
class Draft:
    """A step before it has an id and times; body: what stands beneath its title."""

    title: str
    label: str
    line: int
    body: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Found:
    """What a section holds, in document order.

    aside: what is neither a step nor of one; unread: the lines of lists that might be steps, but
    were not taken for any; budget_ms: of the whole rollback, where a line of its own gives it.
    """

    steps: list[Draft] = field(default_factory=list)
    aside: list[Piece] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    authority: str = ""
    budget_ms: int | None = None


def draft(item: Block, otherwise: str) -> Draft:
    """Return the step that a list item is; its title is its first paragraph or bold line."""
    line, inline = item.line, item.said
    below = item.children[1:] if inline else item.children
    body = [block for block in below if not is_native(block)]
    lines = list(paragraph_lines(inline)) if inline else []
    if not lines:
        return Draft(otherwise, "", line, list(body))
    if lines[0].bold:
        return Draft(lines[0].text, lines[0].label, line, [*lines[1:], *body])
    return Draft(" ".join(one.text for one in lines), lines[0].label, line, list(body))


def first_line(item: Block) -> Line | None:
    """Return the first line of a list item's words, None where it starts with something else."""
    return next(paragraph_lines(item.said), None) if item.said else None


def is_field(line: Line | None) -> bool:
    """Tell a line such as "Owner: the lead" from a step."""
    return line is not None and (line_ms(line.text) is not None or _named(line)[0] in ASIDES)


def line_ms(text: str) -> int | None:
    """Return the time that a line such as "Target: under 15 minutes" gives a whole rollback."""
    target = _TARGET.fullmatch(text.casefold())
    return field_ms(f"time: {target['length']}") if target else field_ms(text)


def remark_ms(remark: str) -> int | None:
    """Return the time that a remark such as "under 15 minutes" on its heading gives a rollback."""
    folded = remark.casefold().strip()
    under = _UNDER.fullmatch(folded)
    return field_ms(f"time: {under['length']}") if under else line_ms(folded)


def said_triggers(line: Line) -> str:
    """Return what a line such as "Trigger: the database is lost" names, "" where it is none."""
    said, value = _named(line)
    return value if said == "triggers" and not line.blank else ""


def take_field(line: Line | None, block: Piece, found: Found) -> bool:
    """Keep what a block says of the whole rollback, if its first line is a field."""
    if line is None or not is_field(line):
        return False
    found.budget_ms = found.budget_ms or line_ms(line.text)
    said, value = _named(line)
    if said == "authority" and not found.authority:
        found.authority = value
        if isinstance(block, Line):
            return True
    found.aside.append(block)
    return True


def _named(line: Line) -> tuple[Wording, str]:
    """Return what the name at the start of a line announces, and what follows it."""
    name = line.label or line.text.partition(":")[0]
    value = line.text.removeprefix(name).strip(" :")
    if name == line.text or len(name.split()) > _LONGEST_NAME:
        return "other", value
    folded = name.casefold().strip(" :")
    if folded in _ONLY_HEADINGS:
        return "other", value
    if folded in _DECIDES:
        nobody = line.blank or _NOBODY.search(value.casefold()) is not None
        return "other" if nobody or not value else "authority", value
    said = wording(name)
    return ("other" if said == "authority" and not value else said), value
