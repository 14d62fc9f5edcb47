"""Items and blanks that a role signs, and what merely stands among them."""

import pytest

from launchpad.checklist.markdown.signing.headings import speaks_of_signing
from launchpad.checklist.markdown.signing.roles import is_person, is_role
from tests.checklist.signing import kinds, places, signing


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("**Database Admin:** reviewed and approved", "Database Admin"),
        ("**Database Admin**: all migrations seen", "Database Admin"),
        ("**QA Lead** - tests passed", "QA Lead"),
        ("**Head of Sales:** informed", "Head of Sales"),
        ("**VP, Engineering** agrees", ""),
        ("**VP Engineering:** agrees", "VP Engineering"),
        ("**Security:** approved", "Security"),
        ("**Legal**", "Legal"),
        ("**CTO approval**", "CTO"),
        ("CTO", "CTO"),
        ("CTO approval", "CTO"),
        ("CTO's approval", "CTO"),
        ("CTO approval received", "CTO"),
        ("CTO sign-off: by Friday", "CTO"),
        ("CTO has signed off", "CTO"),
        ("CTO approves", "CTO"),
        ("CTO \u2013 budget and dates", "CTO"),
        ("CTO (or deputy)", "CTO"),
        ("CTO\uff1aagrees", "CTO"),
        ("The product owner: agrees", "product owner"),
        ("Product Owner approved", "Product Owner"),
        ("Security team sign-off", "Security team"),
        ("Security sign off", "Security"),
        ("Engineering signoff", "Engineering"),
        ("Legal & Compliance approval", "Legal & Compliance"),
        ("Approval from the change advisory board", "change advisory board"),
        ("Approved by: CTO", ""),
        ("Approved by the CTO", "CTO"),
        ("Signed off by QA", "QA"),
        ("Obtain sign-off from legal.", "legal"),
        ("Get the release manager's approval", "release manager"),
        ("Final sign-off from Product Manager (in writing)", "Product Manager"),
        ("\u2705 **Scrum Master:** ready", "Scrum Master"),
        ("[CTO](https://e.example) approval", "CTO"),
    ],
)
def test_an_item_among_sign_offs_is_a_role_s_sign_off(text: str, role: str) -> None:
    found = signing(f"## Final Sign-Off\n\n- [ ] {text}\n")
    expected = [(role, role, 3, 3, ())] if role else []
    assert [
        (slot.label, slot.role, slot.line, slot.item_line, slot.blanks) for slot in found.slots
    ] == expected


@pytest.mark.parametrize(
    "text",
    [
        "All tests pass",
        "**Database:** migrations are applied",
        "**Schema:** reviewed and approved",
        "**Dashboard:** approved",
        "Approved the budget",
        "Manager approval works in the app",
        "Manager approval flow tested",
        "Admin users can sign in",
        "Approval e-mails are sent",
        "`CTO` is set",
        "Steering documents approved",
        "Ann Example",
    ],
)
def test_another_item_among_sign_offs_stays_an_item(text: str) -> None:
    found = signing(f"## Final Sign-Off\n\n- [ ] {text}\n")
    assert (found.slots, found.warnings) == ((), ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Budget approval", "\u201cBudget approval\u201d looks like a role's sign-off"),
        ("Ann Example sign-off received", "\u201cAnn Example sign-off received\u201d looks like"),
        ("**Security:** audit passed", "\u201cSecurity\u201d looks like a role's sign-off"),
    ],
)
def test_a_sign_off_of_nobody_known_is_a_warning(text: str, said: str) -> None:
    found = signing(f"## Final Sign-Off\n\n- [ ] {text}\n")
    assert found.slots == ()
    (warning,) = found.warnings
    assert warning.line == 3
    assert said in warning.message


@pytest.mark.parametrize(
    ("before", "signed"),
    [
        ("## Final Sign-Off", True),
        ("# Sign-offs", True),
        ("## \u2705 Approvals", True),
        ("## 7. Sign off (required)", True),
        ("## Go/No-Go Sign-Off", True),
        ("## Stakeholder approval", True),
        ("## Approvers & dates", True),
        ("## Signatures", True),
        ("## Approvals\n\n### Business", True),
        ("## Launch\n\n**Approvals**", True),
        ("## Launch\n\n**Approvals:**", True),
        ("## Launch\n\nRequired approvals:", True),
        ("## Launch", False),
        ("## Approval workflow", False),
        ("## Approval process", False),
        ("## Testing sign-off e-mails", False),
        ("## Approvals\n\n## Launch", False),
        ("# Release sign-off checklist\n\n## Launch", False),
        ("## Approvals and contacts", False),
        ("## Signed URLs", False),
        ("## Design", False),
        ("## Launch\n\nThe approvals were given last week.", False),
        ("```\n## Approvals\n```", False),
    ],
)
def test_a_heading_says_where_roles_sign(before: str, signed: bool) -> None:
    found = signing(f"{before}\n\n- [ ] **QA lead:** tests passed\n")
    assert [slot.role for slot in found.slots] == (["QA lead"] if signed else [])
    assert found.warnings == ()


def test_items_within_items_sign_too() -> None:
    found = signing(
        "## Go\n\n- [ ] **Sign-offs:**\n  - [ ] CTO\n  - [ ] DBA\n- [ ] **CIO:** told\n"
        "\n1. [ ] Approvals:\n   1. [x] Legal team\n"
    )
    assert [(slot.role, slot.item_line) for slot in found.slots] == [
        ("CTO", 4),
        ("DBA", 5),
        ("Legal team", 9),
    ]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("- [ ] **CTO:** ____", "name"),
        ("- [ ] **CTO:** ____ Date: ____", "name date"),
        ("- [ ] **CTO:** agrees. Initials: ____ Date: ____", "initials date"),
        ("- [ ] **CTO:** agrees\n      Signature: ____ Date: ____", "signature date"),
        ("- [ ] **CTO:** agrees\n\n  Signature: ____", "signature"),
        ("- [ ] **CTO:** agrees\n  - Signature: ____\n  - Date: ____", "signature date"),
        ("- [ ] **CTO:** agrees\n  Date: ____", "date"),
        ("- [ ] **CTO:** agrees for version ____", ""),
        ("- [ ] **CTO:** agrees\n  - [ ] draft", ""),
    ],
)
def test_a_role_s_blanks_are_those_on_its_lines(text: str, asked: str) -> None:
    found = signing(f"## Approvals\n\n{text}\n")
    assert [(slot.label, slot.item_line, kinds(slot)) for slot in found.slots] == [
        ("CTO", 3, asked)
    ]
    assert set("".join(places(f"## Approvals\n\n{text}\n", found.slots[0]))) <= {"_"}
    assert found.warnings == ()


def test_the_blanks_of_an_item_within_are_its_own() -> None:
    found = signing("## Approvals\n\n- [ ] CTO\n  - [ ] Budget approved by: ____\n")
    assert [(slot.label, slot.item_line, kinds(slot)) for slot in found.slots] == [
        ("CTO", 3, ""),
        ("Budget approved", 4, "name"),
    ]


@pytest.mark.parametrize(
    ("text", "label", "role", "asked"),
    [
        ("Approved by: ____ Date: ____", "", "", "name date"),
        ("**QA lead** Initials: ____", "QA lead", "QA lead", "initials"),
        ("**DBA** Signature: ____", "DBA", "DBA", "signature"),
        ("**CTO**: ____ Date: ____", "CTO", "CTO", "name date"),
        ("Schema moved. Date: ____ By: ____", "Schema moved", "", "date initials"),
        (
            "Schema moved \u2014 Date: ____ Time: ____ By: ____",
            "Schema moved",
            "",
            "date time initials",
        ),
        ("Schema moved; initials: ____", "Schema moved", "", "initials"),
        ("Schema moved verified by: ____", "Schema moved verified", "", "name"),
    ],
)
def test_an_item_with_its_own_blanks_is_a_sign_off(
    text: str, label: str, role: str, asked: str
) -> None:
    found = signing(f"## Launch\n\n- [ ] {text}\n- [ ] next\n")
    assert [(slot.label, slot.role, slot.item_line, kinds(slot)) for slot in found.slots] == [
        (label, role, 3, asked)
    ]
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CTO: ____ Date: ____", [("CTO", "CTO")]),
        ("DBA's initials: ____", [("DBA", "DBA")]),
        (
            "## Approvals\n\n- QA lead: ____\n- Product: ____",
            [("QA lead", "QA lead"), ("Product", "Product")],
        ),
        ("## Approvals\n\nCTO: ____", [("CTO", "CTO")]),
        ("Release approved by: ____", [("Release approved", "")]),
    ],
)
def test_a_blank_behind_a_role_is_that_role_s(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(slot.label, slot.role) for slot in signing(text).slots] == expected


@pytest.mark.parametrize(
    ("text", "person", "role"),
    [
        ("CTO", True, True),
        ("Dev/Ops Engineer", True, True),
        ("Co-founder", True, True),
        ("QA Leads", True, True),
        ("Steering committee", True, True),
        ("Director of Engineering", True, True),
        ("Legal", False, True),
        ("QA & Support", False, True),
        ("Team", False, False),
        ("Owner", False, False),
        ("Author", False, False),
        ("Lead time", False, False),
        ("VP Sales", True, True),
        ("Manager of the day", True, True),
        ("Head over to staging", False, False),
        ("Message from the admin", False, False),
        ("Tests reviewed by an engineer", False, False),
        ("Load balancer", False, False),
        ("Product version", False, False),
        ("CTO, CFO", False, False),
        ("2 engineers", False, False),
        ("We all wait here for the lead", False, False),
        ("", False, False),
    ],
)
def test_a_title_is_told_from_other_words(text: str, person: bool, role: bool) -> None:
    assert (is_person(text), is_role(text)) == (person, role)


def test_a_very_long_heading_is_prose() -> None:
    assert not speaks_of_signing("word " * 30 + "approval")
