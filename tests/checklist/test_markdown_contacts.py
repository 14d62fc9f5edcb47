"""Contacts: who is called and how, what is still blank, and which tables hold no contacts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.markdown.facts.captions import find_captioned
from launchpad.checklist.markdown.facts.contact_words import Person, speaks_of_contacts, who_and_how
from launchpad.checklist.markdown.facts.contacts import find_contacts
from launchpad.checklist.markdown.tables import find_tables
from launchpad.checklist.markdown.tree import parse
from launchpad.checklist.model import Contact


def contacts(text: str) -> list[Contact]:
    tree = parse("plan.md", text)
    found, lines = find_contacts(find_captioned(tree), find_tables(tree))
    assert lines == {contact.line for contact in found}
    return list(found)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Night desk: [Name] - [Contact]", ("Night desk", None, None)),
        ("Night desk: [Name]/[Phone]", ("Night desk", None, None)),
        ("Night desk: <name> <email>", ("Night desk", None, None)),
        ("Night desk: TBD", ("Night desk", None, None)),
        ("Night desk: @username", ("Night desk", None, None)),
        ("Night desk: ____ Phone: ____", ("Night desk", None, None)),
        ("Night desk:", ("Night desk", None, None)),
        ("On-call: [Rotation schedule]", ("On-call", None, "Rotation schedule")),
        (
            "DBA: Ada B, +41 44 000 00 00, ada@example.org",
            ("DBA", "Ada B", "+41 44 000 00 00, ada@example.org"),
        ),
        ("DBA - Ada B - 555-0100", ("DBA", "Ada B", "555-0100")),
        ("DBA \u2013 Ada B (ada@example.org)", ("DBA", "Ada B", "ada@example.org")),
        ("DBA, Ada B, (555) 010-0000", ("DBA", "Ada B", "(555) 010-0000")),
        ("Vendor: 555-0100 (24/7)", ("Vendor", None, "555-0100 (24/7)")),
        ("Vendor: Mon-Fri 9-17, ext 12", ("Vendor", None, "Mon-Fri 9-17, ext 12")),
        ("Slack: #launch-night", ("Slack", None, "#launch-night")),
        ("Lead: @ada", ("Lead", None, "@ada")),
        ("Bridge: https://meet.example/x", ("Bridge", None, "https://meet.example/x")),
        ("Duty: see the rota in PagerDuty", ("Duty", None, "see the rota in PagerDuty")),
        ("Fire: 112", ("Fire", None, "112")),
        ("Level 2: Shift lead (night)", ("Level 2", "Shift lead (night)", None)),
        ("Level 2: Shift lead (0-15 min)", ("Level 2", "Shift lead (0-15 min)", None)),
        ("CTO: Dr. Ada B", ("CTO", "Dr. Ada B", None)),
        ("\U0001f4de Support: Bo C", ("Support", "Bo C", None)),
        (
            "\u904b\u7528\uff1a\u5c71\u7530\u300103-0000-0000",
            ("\u904b\u7528", "\u5c71\u7530", "03-0000-0000"),
        ),
        ("Call whoever is on duty", None),
        ("Hours: 24/7", None),
        ("If nobody answers within 15 minutes, call: CTO", None),
        ("Escalation: after 15 minutes tell the CTO.", None),
        ("[Role]: [Name]", None),
        ("", None),
        ("x" * 400 + ": Ada", None),
    ],
)
def test_a_line_names_who_is_called_and_how(
    text: str, person: tuple[str, str | None, str | None] | None
) -> None:
    assert who_and_how(text) == (person and Person(*person))


@pytest.mark.parametrize(
    ("title", "speaks"),
    [
        ("\U0001f198 Emergency Contacts", True),
        ("Contacts", True),
        ("8. Contact list", True),
        ("Key Contacts & Escalation", True),
        ("Contact Information", True),
        ("Escalation path", True),
        ("Escalation Matrix (night)", True),
        ("On-call", True),
        ("On-Call Schedule", True),
        ("Who to call", True),
        ("Whom to notify if it fails", True),
        ("Support numbers", True),
        ("Points of contact", True),
        ("Notfallkontakte", True),
        ("Ansprechpartner", True),
        ("Contactos de emergencia", True),
        ("\u7dca\u6025\u9023\u7d61\u5148", True),
        ("Contact form", False),
        ("Contacts import", False),
        ("Contact page tests", False),
        ("Contactless payment", False),
        ("Communication", False),
        ("On-call setup", False),
        ("", False),
    ],
)
def test_titles_announce_contacts(title: str, speaks: bool) -> None:
    assert speaks_of_contacts(title) is speaks


def test_entries_and_lines_under_such_a_heading_are_contacts() -> None:
    found = contacts(
        "## Contacts\n\nAda is responsible: ask her first.\n\n"
        "- **DBA:** Ada B - 555-0100\n- [ ] Lead: Bo C\n- Ring twice\n\n"
        "**Network:** Cy D  \n**Vendor:** ____\n"
    )
    assert found == [
        Contact("DBA", "Ada B", "555-0100", 5),
        Contact("Network", "Cy D", None, 9),
        Contact("Vendor", None, None, 10),
    ]


def test_an_address_behind_a_link_is_kept() -> None:
    found = contacts("## Contacts\n\n- DBA: [Ada B](mailto:ada@example.org?subject=night)\n")
    assert found == [Contact("DBA", "Ada B", "ada@example.org", 3)]


def test_entries_under_other_headings_are_none() -> None:
    assert contacts("## Team\n\n- DBA: Ada B - 555-0100\n\nDBA: Ada B - 555-0100\n") == []


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (
            "|Role|Name|Phone|Slack|\n|-|-|-|-|\n|DBA|Ada B|1234567|@ada|\n|Lead|[Name]|TBD| |\n",
            [("DBA", "Ada B", "1234567, @ada"), ("Lead", None, None)],
        ),
        (
            "| Role | Contact | Phone |\n|-|-|-|\n| DBA | Ada B | 555-0100 |\n",
            [("DBA", "Ada B", "555-0100")],
        ),
        (
            "| Team | Contact |\n|-|-|\n| Network | #net |\n",
            [("Network", None, "#net")],
        ),
        (
            "| Name | E-mail |\n|-|-|\n| Ada B | ada@example.org |\n",
            [("", "Ada B", "ada@example.org")],
        ),
        (
            "## On-call\n\n| Level | Primary | Backup |\n|-|-|-|\n| 1 | Ada B | Bo C |\n",
            [("1", "Ada B", "Backup: Bo C")],
        ),
        ("| Role | Name |\n|-|-|\n| DBA | Ada B |\n", []),
        ("## Contacts\n\n| Role | Name |\n|-|-|\n| DBA | Ada B |\n", [("DBA", "Ada B", None)]),
        ("| Role | Email | Password |\n|-|-|-|\n| admin | a@example.org | x |\n", []),
        ("| Role | Name | Phone | Signature |\n|-|-|-|-|\n| DBA | Ada B | 1 | |\n", []),
        ("| Service | Contact | Status |\n|-|-|-|\n| Mail | Ada | done |\n", []),
        ("| Step | Phone |\n|-|-|\n| Ring | 555-0100 |\n", []),
    ],
)
def test_a_table_of_contacts_is_known_by_its_heads(
    table: str, found: list[tuple[str, str | None, str | None]]
) -> None:
    assert [(one.role, one.name, one.contact) for one in contacts(table)] == found


def test_the_deployment_document_has_five(seed: Callable[[str], Path]) -> None:
    path = seed("001")
    found = contacts(source_from_bytes(path.name, path.read_bytes()).readable)
    assert len(found) == 5
    assert [one.name for one in found] == [None] * 5
    assert [one.contact is None for one in found] == [True, True, True, True, False]
