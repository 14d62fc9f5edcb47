"""Native parts in a document: fenced blocks under an item or a heading, and a key of front matter.

A fence whose info string is `yaml launchpad`, in whatever case, speaks of the item that it stands
in, else of its heading: a phase, the rollback, or an entry that a heading makes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from launchpad.checklist.markdown.blocks import Block
from launchpad.checklist.markdown.rollback.words import announces_plan
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.model import Checklist, Item, Phase, Rollback

if TYPE_CHECKING:
    from launchpad.checklist.native.fragments import Fragment
    from launchpad.checklist.native.parts import Parts

INFO = (["yaml", "launchpad"], ["yml", "launchpad"])
"""The words that a native fence's info string may be."""


def with_native_parts(name: str, tree: Tree, checklist: Checklist) -> Checklist:
    """Return a checklist with what the native parts of its document say.

    Raises a ChecklistError that tells everything that is wrong with them, with the document's own
    lines and columns.
    """
    fences = [block for block in tree.root.walk() if is_native(block)]
    if not fences and "launchpad" not in tree.front_matter:
        return checklist
    # Only here: a document without native parts does not pay for the YAML parser.
    from launchpad.checklist.native.fragments import launchpad_keys  # noqa: PLC0415 - see above
    from launchpad.checklist.native.parts import Parts  # noqa: PLC0415 - see above

    parts = Parts(name)
    front = launchpad_keys(tree.front_matter)
    if front:
        checklist = parts.document(front, checklist)
    for fence in fences:
        checklist = _with_fence(tree, checklist, fence, parts)
    return parts.settle(checklist)


def is_native(block: Block) -> bool:
    """Tell a native part from every other block."""
    return block.kind == "fence" and block.token.info.casefold().split() in INFO


def _with_fence(tree: Tree, checklist: Checklist, fence: Block, parts: "Parts") -> Checklist:
    fragment = _fragment(tree, fence)
    item = _item_around(fence, {item.line: item for item in checklist.items()})
    if item:
        return _with_item(checklist, item, parts.item(fragment, item))
    heading = fence.heading.line if fence.heading else 0
    if checklist.rollback and checklist.rollback.line == heading:
        return replace(checklist, rollback=parts.rollback(fragment, checklist.rollback))
    for phase in checklist.phases:
        if phase.line == heading:
            return _with_phase(checklist, phase, parts.phase(fragment, phase))
    if fence.heading and announces_plan(fence.heading.text):
        bare = Rollback(line=heading, steps=())
        return replace(checklist, rollback=parts.rollback(fragment, bare))
    parts.misplaced(fragment)
    return checklist


def _fragment(tree: Tree, fence: Block) -> "Fragment":
    from launchpad.checklist.native.fragments import Fragment  # noqa: PLC0415 - as above

    first = fence.line + 1
    text = fence.token.content.removesuffix("\n")
    lines = [tree.line_text(line) for line in range(first, fence.end_line + 1)]
    return Fragment.of(text, first, lines)


def _item_around(fence: Block, items: Mapping[int, Item]) -> Item | None:
    """Return the item whose list entry holds a fence, or whose heading it stands under."""
    for block in _around(fence):
        if block.kind == "list_item" and block.line in items:
            return items[block.line]
    under = items.get(fence.heading.line) if fence.heading else None
    return under if under and under.kind == "step" else None


def _around(block: Block) -> Iterator[Block]:
    while block.parent:
        block = block.parent
        yield block


def _with_item(checklist: Checklist, old: Item, new: Item) -> Checklist:
    phases = tuple(
        replace(phase, items=tuple(new if item is old else item for item in phase.items))
        for phase in checklist.phases
    )
    signoffs = tuple(
        replace(slot, items=tuple(new.id if item == old.id else item for item in slot.items))
        for slot in checklist.signoffs
    )
    return replace(checklist, phases=phases, signoffs=signoffs)


def _with_phase(checklist: Checklist, old: Phase, new: Phase) -> Checklist:
    return replace(
        checklist,
        phases=tuple(new if phase is old else phase for phase in checklist.phases),
        sections=tuple(
            replace(section, phase=new.id) if section.phase == old.id else section
            for section in checklist.sections
        ),
        signoffs=tuple(
            replace(slot, phase=new.id) if slot.phase == old.id else slot
            for slot in checklist.signoffs
        ),
    )
