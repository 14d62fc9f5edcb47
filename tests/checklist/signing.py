"""The sign-offs of a document that is written in a test."""

from launchpad.checklist.markdown.signing.signoffs import find_signoffs
from launchpad.checklist.markdown.signing.slots import Signing, Slot
from launchpad.checklist.markdown.tables import find_tables
from launchpad.checklist.markdown.tasks import find_tasks
from launchpad.checklist.markdown.tree import parse


def signing(text: str) -> Signing:
    """Return what is found in a text."""
    tree = parse("plan.md", text)
    return find_signoffs(tree, find_tables(tree), find_tasks(tree))


def kinds(slot: Slot) -> str:
    """Return the kinds of a sign-off's blanks, in the order they stand in."""
    return " ".join(blank.kind for blank in slot.blanks)


def places(text: str, slot: Slot) -> list[str]:
    """Return the characters that a sign-off's blanks replace."""
    return [text[blank.span.start : blank.span.end] for blank in slot.blanks]
