"""Who may start a rollback: the roll call, or roles that the document names; else its words."""

import pytest

from launchpad.checklist.markdown.rollback.authority import authority
from launchpad.checklist.model import Role

ROLES = (Role("dba", "DBA", 1), Role("release-lead", "Release Lead", 2), Role("cto", "CTO", 3))
PRESENT = ("dba", "release-lead")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Any member of the cutover team can start it", PRESENT),
        ("any member of launch team", PRESENT),
        ("Anyone on the crew.", PRESENT),
        ("CTO", ("cto",)),
        ("The Release Lead or the CTO", ("release-lead", "cto")),
        ("DBA, CTO may decide", ("dba", "cto")),
        ("dba/CTO", ("dba", "cto")),
    ],
)
def test_roles_that_are_named_have_the_authority(text: str, named: tuple[str, ...]) -> None:
    assert authority(text, PRESENT, ROLES) == named


@pytest.mark.parametrize(
    "text",
    ["", "Ada B", "CTO or the duty manager", "Anyone", "Any member of the public", "the lead"],
)
def test_what_names_others_binds_nobody(text: str) -> None:
    assert authority(text, PRESENT, ROLES) == ()
