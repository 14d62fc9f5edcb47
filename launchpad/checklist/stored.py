"""A checklist as plain JSON values, and back.

A launch's log keeps the reading itself, so that a later version that reads documents differently
does not change a launch that is open. Keys are written out only where they say something, since
the log hashes them. Logs outlive programs: an unknown key is ignored, a missing one has its
default. This module is used at every attach; it imports no parser.
"""

from collections.abc import Mapping
from typing import Any

from launchpad.checklist.model import (
    Blank,
    Checklist,
    Item,
    Phase,
    ReadingWarning,
    Section,
    SignOff,
    Span,
)

Plain = Mapping[str, Any]


def to_plain(checklist: Checklist) -> dict[str, Any]:
    """Return a checklist as JSON values without floats; spans are pairs of offsets."""
    return _said(
        title=checklist.title,
        format=checklist.format,
        code_word=checklist.code_word,
        damage=checklist.damage,
        phases=[
            _said(id=phase.id, title=phase.title, line=phase.line, items=[*map(_item, phase.items)])
            for phase in checklist.phases
        ],
        sections=[
            _said(id=section.id, title=section.title, phase=section.phase, line=section.line)
            for section in checklist.sections
        ],
        signoffs=[
            _said(
                id=signoff.id,
                label=signoff.label,
                phase=signoff.phase,
                line=signoff.line,
                items=[*signoff.items],
                blanks=[
                    _said(kind=blank.kind, label=blank.label, span=_pair(blank.span))
                    for blank in signoff.blanks
                ],
            )
            for signoff in checklist.signoffs
        ],
        warnings=[
            _said(line=warning.line, message=warning.message) for warning in checklist.warnings
        ],
    )


def from_plain(plain: Plain) -> Checklist:
    """Return the checklist that `to_plain` was given."""
    return Checklist(
        title=plain.get("title", ""),
        format=plain.get("format", "markdown"),
        code_word=plain.get("code_word", "launch"),
        damage=plain.get("damage"),
        phases=tuple(
            Phase(
                p.get("id", ""),
                p.get("title", ""),
                p.get("line", 1),
                tuple(map(_to_item, p.get("items", ()))),
            )
            for p in plain.get("phases", ())
        ),
        sections=tuple(
            Section(s.get("id", ""), s.get("title", ""), s.get("phase", ""), s.get("line", 1))
            for s in plain.get("sections", ())
        ),
        signoffs=tuple(map(_to_signoff, plain.get("signoffs", ()))),
        warnings=tuple(
            ReadingWarning(w.get("line", 1), w.get("message", ""))
            for w in plain.get("warnings", ())
        ),
    )


def _said(**values: Any) -> dict[str, Any]:
    """Return the values without those that `from_plain` supplies by itself."""
    return {
        key: value for key, value in values.items() if value is not None and value not in ("", [])
    }


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _item(item: Item) -> dict[str, Any]:
    return _said(
        id=item.id,
        text=item.text,
        label=item.label,
        checked=item.checked or None,
        line=item.line,
        end_line=None if item.end_line == item.line else item.end_line,
        depth=item.depth or None,
        kind=None if item.kind == "task" else item.kind,
        section=item.section,
        box=_pair(item.box),
    )


def _to_item(plain: Plain) -> Item:
    get = plain.get
    line = get("line", 1)
    box = get("box")
    return Item(
        id=get("id", ""),
        text=get("text", ""),
        label=get("label", ""),
        checked=get("checked", False),
        line=line,
        end_line=get("end_line", line),
        depth=get("depth", 0),
        kind=get("kind", "task"),
        section=get("section"),
        box=None if box is None else Span(box[0], box[1]),
    )


def _to_signoff(plain: Plain) -> SignOff:
    return SignOff(
        plain.get("id", ""),
        plain.get("label", ""),
        plain.get("phase", ""),
        plain.get("line", 1),
        tuple(plain.get("items", ())),
        tuple(map(_to_blank, plain.get("blanks", ()))),
    )


def _to_blank(plain: Plain) -> Blank:
    start, end = plain.get("span", (0, 0))
    return Blank(plain.get("kind", "name"), plain.get("label", ""), Span(start, end))
