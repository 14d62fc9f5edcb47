"""Which parts of a document are for signing, and which for telling whom to call."""

import re
from dataclasses import dataclass

from launchpad.checklist.markdown.blocks import LISTS, Block
from launchpad.checklist.markdown.leaves import leaves_with, marks_of
from launchpad.checklist.markdown.tree import Tree

_SIGNING = re.compile(
    r"\b(?:approvals?|approvers?|sign[ -]?offs?|signatures?|signatories|signed[ -]off by)\b",
    re.IGNORECASE,
)
# Headings of what is built, tested or described, rather than signed.
_ABOUT = re.compile(
    r"\b(?:api|automation|dashboard|digital|electronic|emails?|endpoints?|features?|flows?|"
    r"functionality|guide(?:lines?)?|history|how to|logic|notifications?|page|policy|policies|"
    r"process(?:es)?|queue|rules|screens?|system|tests?|testing|ui|validation|verification|"
    r"workflows?)\b|\?",
    re.IGNORECASE,
)
_CONTACTS = re.compile(r"\b(?:contacts?|escalation|on-?call|rota|whom? to call)\b", re.IGNORECASE)
_MEANS = r"(?:contact|e-?mail|extension|mobile|pager|phone|slack|telephone|tel)\b[\w /,.-]{0,30}"
_CALLING = re.compile(rf"\[{_MEANS}\]|\b{_MEANS}[:\uff1a]", re.IGNORECASE)
_CALLED = ("contact", "escalation", "call", "rota")
_LONGEST = 100
_TITLE_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Parts:
    """signing, contacts: what holds the blocks of such parts, by `id` of heading or list."""

    signing: frozenset[int]
    contacts: frozenset[int]

    def are_signed(self, block: Block) -> bool:
        """Whether a block stands where people sign."""
        return _within(block, self.signing)

    def are_contacts(self, block: Block) -> bool:
        """Whether a block stands where people to call are listed."""
        return _within(block, self.contacts)


def speaks_of_signing(title: str) -> bool:
    """Tell the heading of a place where people sign from one that is about signing."""
    return len(title) <= _LONGEST and bool(_SIGNING.search(title)) and not _ABOUT.search(title)


def asks_for_contacts(text: str) -> bool:
    """Tell whether a line has a place for how to reach somebody."""
    return _CALLING.search(text) is not None


def find_parts(tree: Tree) -> Parts:
    """Return the parts of a document that its headings, and lines before lists, set aside."""
    signing: set[int] = set()
    contacts: set[int] = set()
    for block in leaves_with(tree, marks_of(tree, "approv", "sign")):
        if block.kind == "heading":
            if speaks_of_signing(block.text):
                signing.add(id(block))
        elif (behind := block.after) and behind.kind in LISTS and _introduces(block):
            signing.add(id(behind))
    for block in leaves_with(tree, marks_of(tree, *_CALLED)):
        if block.kind == "heading" and _CONTACTS.search(block.text):
            contacts.add(id(block))
    if signing:
        _hand_down(tree.root, signing)
    return Parts(frozenset(signing - contacts), frozenset(contacts))


def _hand_down(root: Block, signing: set[int]) -> None:
    """Add the headings below a heading of signing."""
    above: list[tuple[int, int]] = []
    for block in root.children:
        if block.kind == "heading":
            level = block.level
            while above and above[-1][0] >= level:
                above.pop()
            if above and above[-1][1] in signing and above[-1][0] > _TITLE_LEVEL:
                signing.add(id(block))
            above.append((level, id(block)))


def _introduces(paragraph: Block) -> bool:
    bare = paragraph.text.rstrip(": ")
    return speaks_of_signing(bare) and (bare == paragraph.label or paragraph.text.endswith(":"))


def _within(block: Block, holders: frozenset[int]) -> bool:
    if block.heading is not None and id(block.heading) in holders:
        return True
    while block.parent:
        block = block.parent
        if id(block) in holders:
            return True
    return False
