"""Items, within each other or not, and what is known of each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import get_args

from launchpad.checklist.model import Field, Item, ItemKind, Probe
from launchpad.checklist.native.fields import Fields, Reader, each, named_each
from launchpad.checklist.native.nodes import Listing, Mapping, Node, Scalar
from launchpad.checklist.native.probes import probe_of
from launchpad.checklist.native.problems import Expected
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.steps import item_step
from launchpad.checklist.native.values import (
    any_duration_ms,
    choice,
    given,
    line,
    paragraphs,
    truth,
    used,
)
from launchpad.text.safe import one_line

KINDS: tuple[ItemKind, ...] = get_args(ItemKind)


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """An item, and the probe that is written on it, None for none or for the name of one."""

    item: Item
    probe: Probe | None


def items_of(
    phase: str, section: str | None = None, depth: int = 0
) -> Reader[tuple[WrittenItem, ...]]:
    """Return a reader of a list of items, those within others after them.

    phase: the id of the one they are in; section: of the one they are in if they do not say;
    depth: 0 for items that lie in no other.
    """

    def read(node: Node, reading: Reading) -> tuple[WrittenItem, ...]:
        lists = each(item)(node, reading)
        return tuple(written for several in lists for written in several)

    def item(node: Node, reading: Reading) -> tuple[WrittenItem, ...]:
        with Fields(node, reading) as fields:
            known = Item(
                id=fields.must("id", given("item", within=phase), ""),
                text=fields.must("text", line, ""),
                label="",
                checked=fields.may("checked", truth, otherwise=False),
                line=node.place.line,
                end_line=node.end_line,
                depth=depth,
                kind=fields.may("kind", choice(KINDS), "task"),
                section=fields.may("section", used("section", within=phase), section),
                box=None,
            )
            within = fields.may("items", items_of(phase, known.section, depth + 1), ())
            return item_over(fields, known), *within

    return read


def item_over(fields: Fields, known: Item) -> WrittenItem:
    """Read what can be written of an item wherever it stands.

    known: the item with its id and text; what a key that is missing leaves as it is.
    """
    name, inline = fields.may("probe", _observing(known.id), (known.probe, None))
    item = replace(
        known,
        label=fields.may("label", line, known.label),
        priority=fields.may("priority", line, known.priority),
        owner=fields.may("owner", line, known.owner),
        status=fields.may("status", line, known.status),
        optional=fields.may("optional", truth, known.optional),
        expected_ms=fields.may("expected", any_duration_ms, known.expected_ms),
        fields=fields.may("fields", _remarks, known.fields),
        snippets=fields.may("snippets", each(used("snippet")), known.snippets),
        probe=name,
        step=fields.may("step", item_step(known), known.step),
        point_of_no_return=fields.may("point-of-no-return", truth, known.point_of_no_return),
        waiver_role=fields.may("waiver", _waiver, known.waiver_role),
    )
    fields.keep("waiver", "no item can be waived in this version")
    return WrittenItem(item, inline)


def _observing(item_id: str) -> Reader[tuple[str, Probe | None]]:
    def probe(node: Node, reading: Reading) -> tuple[str, Probe | None]:
        if not isinstance(node, Mapping):
            return used("probe")(node, reading), None
        if item_id:
            reading.give("probe", item_id, node.place)
        return item_id, probe_of(item_id, node, reading, line=node.place.line)

    return probe


def _remark(key: Scalar, value: Node, reading: Reading) -> Field:
    name = one_line(key.text)
    if not name:
        raise Expected(key, "expected a name")
    return Field(name, paragraphs(value, reading))


_remarks = named_each(_remark)


def _waiver(node: Node, reading: Reading) -> str:
    with Fields(node, reading) as fields:
        return fields.must("role", used("role"), "")


def lists_of_items(node: Node) -> Iterator[Listing]:
    """Yield every list under a key `items`, those within others after them."""
    for key, value in node.entries if isinstance(node, Mapping) else ():
        if key.text == "items" and isinstance(value, Listing):
            yield value
            for entry in value.entries:
                yield from lists_of_items(entry)
