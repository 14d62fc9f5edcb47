"""From what was found to items: with ids, fields, and the commands that belong to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.fields.item_fields import ItemFields, read_fields
from launchpad.checklist.markdown.item_names import item_name
from launchpad.checklist.markdown.outline.outline import Outline
from launchpad.checklist.markdown.qualities import is_optional
from launchpad.checklist.model import Item
from launchpad.checklist.slug import unique_ids


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that has its id, and what is said beneath it."""

    entry: Entry
    id: str
    said: ItemFields


def draft_items(entries: Sequence[Entry]) -> tuple[Draft, ...]:
    """Return the entries with their ids and fields."""
    said = [read_fields(entry) for entry in entries]
    names = (
        item_name(entry.label, fields.title or entry.text)
        for entry, fields in zip(entries, said, strict=True)
    )
    ids = unique_ids(names, "item")
    return tuple(map(Draft, entries, ids, said))


def make_items(
    drafts: Sequence[Draft],
    outline: Outline,
    section_ids: Sequence[str],
    snippets: Sequence[Sequence[str]],
) -> tuple[Item, ...]:
    """Return the items. snippets: the ids of the commands of each."""
    items = []
    for draft, own in zip(drafts, snippets, strict=True):
        entry, said = draft.entry, draft.said
        place = outline.places[entry.line]
        section = None if place.section is None else outline.sections[place.section][0]
        around = (outline.phases[place.phase], section)
        items.append(
            Item(
                id=draft.id,
                text=f"{entry.roll_call}: {entry.text}"
                if entry.roll_call
                else said.title or entry.text,
                label=entry.label,
                checked=entry.checked,
                line=entry.line,
                end_line=entry.end_line,
                depth=entry.depth,
                kind=entry.kind,
                section=None if place.section is None else section_ids[place.section],
                box=entry.box,
                choices=entry.choices,
                priority=said.priority,
                owner=said.owner,
                status=said.status,
                fields=said.fields,
                optional=said.optional or any(one and is_optional(one.title) for one in around),
                expected_ms=said.expected_ms,
                snippets=tuple(own),
            )
        )
    return tuple(items)
