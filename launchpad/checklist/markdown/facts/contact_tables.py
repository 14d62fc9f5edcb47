"""Tables of whom to call."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from launchpad.checklist.markdown.facts.contact_words import is_way
from launchpad.checklist.markdown.labels import bare
from launchpad.checklist.markdown.tables import Row, Table
from launchpad.checklist.markdown.unfilled import is_unfilled
from launchpad.checklist.model import Contact

_ROLE = re.compile(
    r"(?:role|title|position|function|team|area|department|responsibility|service|system|vendor|"
    r"(?:escalation )?(?:level|tier)|for|issue|contact type|rolle|funktion|r\u00f4le|rol|ruolo|"
    r"fun\u00e7\u00e3o|\u5f79\u5272|\u89d2\u8272)s?"
)
_NAME = re.compile(
    r"(?:(?:full |contact )?names?|person|contact person|who|primary(?: contact)?|engineer|owner|"
    r"on[- ]?call|member|nom|nombre|nome|\u6c0f\u540d|\u540d\u524d|\u59d3\u540d)"
)
_WAY = re.compile(
    r"(?:(?:work |cell |mobile |emergency )?(?:tele)?phone(?: numbers?| no\.?| #)?|mobile|cell|"
    r"tel\.?|telefon(?:nummer)?|t\u00e9l\u00e9phone|tel\u00e9fono|telefono|numbers?|"
    r"e-?mail(?: address)?|mail|slack(?: (?:handle|channel|id))?|teams|chat|channel|pager|"
    r"pagerduty|contacts?(?: (?:info(?:rmation)?|details?|methods?|numbers?|via))?|"
    r"how to (?:reach|contact)|reach(?: via| at)?|kontakt|contacto|contatto|"
    r"\u9023\u7d61\u5148|\u96fb\u8a71(?:\u756a\u53f7)?|\u8054\u7cfb\u65b9\u5f0f|\u7535\u8bdd)"
)
_SECOND = re.compile(r"(?:backup|secondary|alternate|alternative|deputy|fallback)(?: .{1,20})?")
# A test's accounts, a sign-off and a checked list have such columns too.
_NO_CONTACTS = re.compile(
    r"(?:.*\b(?:password|permissions?|access|expected|signature|signed|sign[- ]?off|initials?|"
    r"approv(?:ed|al|er)|result|pass|fail|status|done|complete|date|template|required)\b.*|"
    r"\u2713|\u2714|\u2705)"
)


@dataclass(frozen=True, slots=True)
class ContactColumns:
    """The numbers of a table's columns: whom to call, and how. second: of somebody's stand-in."""

    role: int | None
    name: int | None
    ways: tuple[int, ...]
    second: tuple[int, ...]


def contact_columns(heads: Sequence[str], *, announced: bool) -> ContactColumns | None:
    """Return the columns of a table of contacts, None for any other table.

    announced: whether its heading speaks of contacts; then a role and a name are enough.
    """
    plain = [bare(head).casefold() for head in heads]
    role = next((at for at, head in enumerate(plain) if _ROLE.fullmatch(head)), None)
    name = next((at for at, head in enumerate(plain) if _NAME.fullmatch(head)), None)
    ways = [at for at, head in enumerate(plain) if _WAY.fullmatch(head) and at not in {role, name}]
    if name is None and role is not None and len(ways) > 1 and plain[ways[0]] == "contact":
        # Beside a column of numbers, the contact is the person.
        name = ways.pop(0)
    second = tuple(at for at, head in enumerate(plain) if _SECOND.fullmatch(head))
    if role is None and name is None:
        return None
    if not announced and (not ways or any(map(_NO_CONTACTS.fullmatch, plain))):
        return None
    if not ways and (role is None or name is None):
        return None
    return ContactColumns(role, name, tuple(ways), second)


def contact_rows(table: Table, columns: ContactColumns) -> Iterator[Contact]:
    """Yield the contacts of a table; a row that says nothing at all is none."""
    for row in table.rows:
        name = _said(row, columns.name)
        role = _said(row, columns.role)
        ways = [_said(row, at) for at in columns.ways]
        ways += [f"{table.heads[at]}: {said}" for at in columns.second if (said := _said(row, at))]
        if name and is_way(name):
            name, ways = None, [name, *ways]
        if role or name or any(ways):
            contact = ", ".join(filter(None, ways))
            yield Contact(role or "", name, contact or None, row.line)


def _said(row: Row, column: int | None) -> str | None:
    text = row.cells[column].text if column is not None else ""
    return None if is_unfilled(text) else text
