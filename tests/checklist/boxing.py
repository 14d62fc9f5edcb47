"""The boxes of a document that is written in a test, read without anything else of it."""

from dataclasses import dataclass

from launchpad.checklist.encoding import Source, source_from_bytes
from launchpad.checklist.fill import fill
from launchpad.checklist.markdown.boxes.boxes import find_boxes
from launchpad.checklist.markdown.boxes.tasks import without_boxes
from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.tables import find_tables
from launchpad.checklist.markdown.tasks import find_tasks
from launchpad.checklist.markdown.tree import Tree, parse
from launchpad.checklist.model import Checklist, Item, Phase, ReadingWarning, Result, SignOff
from launchpad.checklist.slug import unique_ids


def boxes(
    text: str, taken: frozenset[int] = frozenset()
) -> tuple[Tree, tuple[Entry, ...], tuple[ReadingWarning, ...]]:
    tree = parse("plan.md", text)
    return (tree, *find_boxes(tree, find_tables(tree), taken))


def told(text: str) -> list[str]:
    """Tell each entry in one line: its kind, its depth, what is ticked, its words."""
    tree, entries, _ = boxes(text)
    return [_told(tree, entry) for entry in entries]


def _told(tree: Tree, entry: Entry) -> str:
    indent = ">" * entry.depth
    said = f"{indent}{entry.kind} {entry.text}"
    if entry.choices:
        options = [
            f"{choice.label}={choice.result}<{tree.text[choice.box.start : choice.box.end]}>"
            for choice in entry.choices
        ]
        said += " {" + ", ".join(options) + "}"
    box = f"<{tree.text[entry.box.start : entry.box.end]}>" if entry.box else ""
    return f"{said} {'+' if entry.checked else '-'}{box}".replace("\ufe0f", "")


@dataclass(frozen=True)
class Boxed:
    """A document and the items that its boxes make."""

    source: Source
    checklist: Checklist

    @property
    def items(self) -> tuple[Item, ...]:
        return self.checklist.phases[0].items

    def filled(self, results: dict[str, Result | None]) -> bytes:
        return fill(self.source, self.checklist, results=results, blanks={}, appendix="")


def boxed(data: bytes, signoffs: tuple[SignOff, ...] = ()) -> Boxed:
    """Read only the boxes of a document."""
    source = source_from_bytes("plan.md", data)
    tree = parse("plan.md", source.readable)
    found, _ = find_boxes(tree, find_tables(tree), ())
    entries = [*without_boxes(tree, find_tasks(tree)), *found]
    items = tuple(
        Item(
            id=item_id,
            text=entry.text,
            label=entry.label,
            checked=entry.checked,
            line=entry.line,
            end_line=entry.end_line,
            depth=entry.depth,
            kind=entry.kind,
            section=None,
            box=entry.box,
            choices=entry.choices,
        )
        for item_id, entry in zip(
            unique_ids((entry.label or entry.text for entry in entries), "item"),
            entries,
            strict=True,
        )
    )
    checklist = Checklist(
        title="Plan",
        format="markdown",
        code_word="plan",
        damage=source.damage,
        phases=(Phase("p", "P", 1, items),),
        sections=(),
        signoffs=signoffs,
        warnings=(),
    )
    return Boxed(source, checklist)
