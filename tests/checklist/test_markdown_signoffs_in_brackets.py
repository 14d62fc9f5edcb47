"""Placeholders in brackets that are to be written over, and the brackets that are not."""

import pytest

from launchpad.checklist.markdown.signing.bracket_blanks import asked_for
from tests.checklist.signing import kinds, places, signing


@pytest.mark.parametrize(
    ("text", "label", "asked"),
    [
        ("Approved by: [Name]", "", "name"),
        ("Approved by: [Name] Date: [Date]", "", "name date"),
        ("Approved by: [Name] on [YYYY-MM-DD] at [HH:MM]", "", "name date time"),
        ("Approved by: [TBD]\nDate: [TBD]", "", "name date"),
        ("Approved by [Initials]", "", "initials"),
        ("Approved by: **[Your Name]**", "", "name"),
        ("Approved by\uff1a[Name]", "", "name"),
        ("Approved by: \\[Name\\]", "", "name"),
        ("Approved by: ____ Date: [Date]", "", "name date"),
        ("Signature: [Signature] Date: [dd/mm/yyyy]", "", "signature date"),
        ("Name: [Name]\nSignature: [Sign here]\nDate: [Date]", "", "name signature date"),
        ("- Reviewed by: [Full Name]\n- Date: [Date]", "", "name date"),
        ("**CTO**: [Name] - [Date]", "CTO", "name date"),
        ("**CTO**: [Signature], [Date/Time]", "CTO", "signature datetime"),
        ("## Approvals\n\n- **CTO:** [Name]", "CTO", "name"),
        ("- [ ] **CTO:** [Name] - [Date]", "CTO", "name date"),
        ("- [ ] Verified by: [Name]", "", "name"),
        ("### Approved by: [Name] Date: [Date]", "", "name date"),
    ],
)
def test_a_placeholder_is_a_blank(text: str, label: str, asked: str) -> None:
    found = signing(text)
    assert [(slot.label, kinds(slot)) for slot in found.slots] == [(label, asked)]
    for place in places(text, found.slots[0]):
        assert place.startswith(("[", "\\[")) == place.endswith("]")
    assert found.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "- **Database Admin:** [Name] - [Contact]",
        "- **Database Admin:** [Name] - [Phone number]",
        "- **Database Admin:** [Name], [Date], [E-mail]",
        "**Database Admin:** [Name] - Phone: [Number]",
        "## \u260e Emergency Contacts\n\n- **CTO:** [Name] - [Date]",
        "## On-call\n\n- **CTO:** [Name] - [Date]",
        "**CTO:** [Name]",
        "Approved by: [Name](https://e.example)",
        "Approved by: [Name][n]\n\n[n]: https://e.example",
        "Approved by: [Name]\n\n[name]: https://e.example",
        "Approved by: ![Name](a.png)",
        "Approved by: [Ann Example]",
        "Approved by: [x]",
        "Approved by: [ ] [ ]",
        "- [ ] Date",
        "- [x] Name",
        "Dear [Name], see you on [Date]",
        "**Project:** [Name]\n**Date:** [Date]",
        "Name: [Name]",
        "Date: [Date]",
        "Ticket: [TBD]",
        "Version: [TBD]",
        "[Name]: the label of something",
        "    Approved by: [Name]",
        "```\nApproved by: [Name]\n```",
        "`Approved by: [Name]`",
        "<!-- Approved by: [Name] -->",
    ],
)
def test_other_brackets_are_no_sign_off(text: str) -> None:
    found = signing(text)
    assert (found.slots, found.warnings) == ((), ())


@pytest.mark.parametrize(
    "text", ["Signature: [Date]", "Approved by: [HH:MM]", "Needs approval: [Name]"]
)
def test_a_placeholder_that_does_not_fit_its_label_is_a_warning(text: str) -> None:
    found = signing(text)
    assert found.slots == ()
    (warning,) = found.warnings
    assert "looks like a sign-off, but was not understood" in warning.message


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Name", "name"),
        ("your full name", "name"),
        ("Insert name here", "name"),
        ("Approver's Name", "name"),
        ("Name, Title", "name"),
        ("Name/Role", "name"),
        ("Approver", "name"),
        ("INITIALS", "initials"),
        ("Signature", "signature"),
        ("Sign here", "signature"),
        ("Date", "date"),
        ("Sign-off date", "date"),
        ("YYYY-MM-DD", "date"),
        ("DD.MM.YYYY", "date"),
        ("MM/DD/YY", "date"),
        ("TT.MM.JJJJ", "date"),
        ("Time", "time"),
        ("Date & time", "datetime"),
        ("hh:mm", "time"),
        ("YYYY-MM-DD HH:MM UTC", "datetime"),
        ("TBD", "anything"),
        ("To be determined", "anything"),
        ("Contact", None),
        ("Rotation schedule", None),
        ("Name of the server", None),
        ("Release date?", None),
        ("Update", None),
        ("x", None),
        ("", None),
    ],
)
def test_words_in_brackets_ask_for(text: str, asked: str | None) -> None:
    assert asked_for(text) == asked


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "text",
    [
        "Approved by: [Name] Date: [Date]",
        "\\* [a](b) `[Name]` &amp; **c**. Initials: [Name] Date: [Date]",
        "> - a||  - b||||    Approved by: [Name]||    Date: [Date]",
        "- [ ] Approved by: [Name]||  Date: [Date]  ",
        "> # Approved by: [Name] Date: [Date] #",
    ],
)
def test_a_placeholder_s_place_is_its_brackets(text: str, end: str) -> None:
    text = f"## P{end * 2}{text.replace('||', end)}{end}"
    (slot,) = signing(text).slots
    assert places(text, slot) == ["[Name]", "[Date]"]
