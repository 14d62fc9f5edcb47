"""Who may start a rollback: the roll call, or roles that the document names; else its words."""

from collections.abc import Callable

import pytest

from launchpad.checklist.load import Document
from launchpad.checklist.markdown.rollback.authority import authority, names_somebody
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


@pytest.mark.parametrize("text", ["Anyone", "any team member", "Any member of the crew"])
def test_anybody_is_nobody_in_particular(text: str) -> None:
    assert not names_somebody(text)


def test_an_authority_without_a_role_is_a_warning(reading: Callable[[str], Document]) -> None:
    plan = "- [ ] a\n\n## Rollback\n\n1. b\n\n**Authority:**"
    (warning,) = reading(f"{plan} CTO or Release Manager\n").checklist.warnings
    assert warning.line == 3
    assert "only \u201cCTO or Release Manager\u201d may start the rollback" in warning.message
    assert reading(f"{plan} Anyone\n").checklist.warnings == ()
