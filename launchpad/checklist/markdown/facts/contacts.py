"""Whom a document says to call."""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from urllib.parse import unquote

from markdown_it.token import Token

from launchpad.checklist.markdown.blocks import LISTS, Block
from launchpad.checklist.markdown.facts.captions import Captioned, entries
from launchpad.checklist.markdown.facts.contact_tables import contact_columns, contact_rows
from launchpad.checklist.markdown.facts.contact_words import speaks_of_contacts, who_and_how
from launchpad.checklist.markdown.prose import paragraph_lines
from launchpad.checklist.markdown.tables import Table
from launchpad.checklist.model import Contact
from launchpad.text.safe import one_line


def find_contacts(
    parts: Iterable[Captioned], tables: Sequence[Table]
) -> tuple[tuple[Contact, ...], frozenset[int]]:
    """Return the contacts, and the 1-based lines that they stand on.

    parts, tables: the document's. They are looked for under headings that speak of contacts, and
    in tables that say how somebody is reached. What can be ticked is no contact.
    """
    found: list[Contact] = []
    by_block = {id(table.block): table for table in tables}
    for captioned in parts:
        block = captioned.block
        announced = any(map(speaks_of_contacts, captioned.titles[:2]))
        table = by_block.get(id(block))
        if table:
            columns = contact_columns(table.heads, announced=announced)
            found.extend(contact_rows(table, columns) if columns else ())
        elif announced:
            found.extend(_in_list(block) if block.kind in LISTS else _in_paragraph(block))
    # What is nested in an entry that only announces it comes after the entries beside that.
    found.sort(key=attrgetter("line"))
    return tuple(found), frozenset(contact.line for contact in found)


def _in_list(block: Block) -> Iterator[Contact]:
    for entry in entries(block):
        first = entry.children[0]
        ways = _linked(first.inline.children if first.inline else None)
        found = who_and_how(first.text)
        if found:
            contact = ", ".join(dict.fromkeys(filter(None, (found.contact, *ways))))
            yield Contact(found.role, found.name, contact or None, entry.line)


def _in_paragraph(block: Block) -> Iterator[Contact]:
    """Yield those on lines such as "**DBA:** Ada B - 555 0134"; other lines are prose."""
    for line in paragraph_lines(block.inline) if block.inline else ():
        found = who_and_how(line.text)
        if found and (found.contact or line.label):
            yield Contact(found.role, found.name, found.contact, line.line)


def _linked(tokens: Iterable[Token] | None) -> Iterator[str]:
    """Yield the addresses and numbers that are only in a link's target."""
    for token in tokens or ():
        href = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
        scheme, _, target = href.partition(":")
        if scheme.lower() in {"mailto", "tel"} and target:
            yield one_line(unquote(target.partition("?")[0]))
