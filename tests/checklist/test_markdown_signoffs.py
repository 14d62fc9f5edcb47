"""Sign-offs: labelled blanks that somebody signs, and blanks that only look like it."""

from collections.abc import Callable

import pytest

from launchpad.checklist.load import Document

Reading = Callable[[str], Document]


def signoffs(reading: Reading, text: str) -> list[tuple[str, str]]:
    """Read a phase called P; give each sign-off's label and the kinds of its blanks."""
    found = reading(f"# T\n\n## P\n\n- [ ] a\n\n{text}\n").checklist.signoffs
    return [(one.label, " ".join(blank.kind for blank in one.blanks)) for one in found]


@pytest.mark.parametrize(
    ("text", "label", "kinds"),
    [
        ("**Initials**: ____ **Date**: ____", "P", "initials date"),
        ("Initial ____ Date ____", "P", "initials date"),
        ("- Initial: ___", "P", "initials"),
        ("> Signed by: ____", "P", "signature"),
        ("DBA's initials: ____, Date (UTC): ____", "DBA", "initials date"),
        ("**Switch Complete Time**: ____ **By**: ____", "Switch Complete", "time initials"),
        ("Move completed at: ____", "Move completed", "time"),
        (
            "**Go-Live Certified**: ___ **Date**: ___ **By**: ___",
            "Go-Live Certified",
            "name date initials",
        ),
        ("Release approved by: ____\nDate: ____", "Release approved", "name date"),
        ("Release approved by: ____  \n**Date:** ____  ", "Release approved", "name date"),
        ("Release approved by: ____\n\nDate: ____", "Release approved", "name date"),
        ("- Approved by: ____\n- Date: ____", "P", "name date"),
        ("Name: ____\nSignature: ____\nDate: ____", "P", "name signature date"),
        ("Print name: ____ Signature: ____", "P", "name signature"),
        ("CTO: ____ Date: ____", "CTO", "name date"),
        ("Head of Sales: ____ Signature: ____ Date: ____", "Head of Sales", "name signature date"),
        ("Signature: ____ Title: ____ Date: ____", "P", "signature date"),
        ("Sign-off: ____ Date/Time: ____", "P", "signature time"),
        ("Verified by ____ on ____ at ____", "P", "name date time"),
        ("Initials:____ Date:____", "P", "initials date"),
        ("Initials: \\_\\_\\_ Date: \\_\\_\\_", "P", "initials date"),
        ("Initials: ____ Date: __/__/____", "P", "initials date"),
        ("Initials: ____ (two letters) Date: ____.", "P", "initials date"),
        ("| Initials: ____ | Date: ____ |", "P", "initials date"),
        ("[Initials: ____](https://example.org)", "P", "initials"),
        ("\u270d Signature: ____", "P", "signature"),
        ("- [ ] b\n\n  Initials: ____", "P", "initials"),
    ],
)
def test_a_sign_off_is_understood(reading: Reading, text: str, label: str, kinds: str) -> None:
    assert signoffs(reading, text) == [(label, kinds)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "CTO: ____ Date: ____\nCFO: ____ Date: ____",
            [("CTO", "name date"), ("CFO", "name date")],
        ),
        ("Approved by: ____\nVerified by: ____", [("P", "name"), ("P", "name")]),
        ("Initials: ____ Date: ____\nApproved by: ____", [("P", "initials date"), ("P", "name")]),
        ("Initials: ____\n\ntext\n\nDate: ____", [("P", "initials")]),
        ("Initials: ____\ntext\nDate: ____", [("P", "initials")]),
        ("Initials: ____\n\n---\n\nDate: ____", [("P", "initials")]),
    ],
)
def test_sign_offs_are_told_apart(
    reading: Reading, text: str, expected: list[tuple[str, str]]
) -> None:
    assert signoffs(reading, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Unit tests pass (coverage: ___%)",
        "P95: ___ ms (threshold: 200 ms)",
        "Response time: ____ ms",
        "Open https://____.example",
        "Version: ____ Build: ____",
        "CTO: ____",
        "Move to ____ by ____",
        "Host name: ____ IP: ____",
        "Owner ____ Team ____",
        "Date\n____",
        "___\n\n---",
        "__Initials__ and ___Date___",
        "Initials: __",
        "`Initials: ____`",
        "```\nInitials: ____\n```",
        "<!-- Initials: ____ -->",
        "## H\n\n    Initials: ____",
        "![Initials: ____](a.png)",
        "host_name____x",
    ],
)
def test_another_blank_is_no_sign_off(reading: Reading, text: str) -> None:
    checklist = reading(f"- [ ] a\n\n{text}\n").checklist
    assert (checklist.signoffs, checklist.warnings) == ((), ())


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("text\nDate: ____", 4, "\u201cDate\u201d looks like a sign-off"),
        ("Approval of the board: ____", 3, "\u201cApproval of the board\u201d looks like"),
        ("To be completed by: ____", 3, "\u201cTo be completed by\u201d looks like"),
        ("- [ ] **DBA** Signature: ____", 3, "\u201cDBA Signature\u201d inside an item"),
        ("### Initials: ____", 3, "\u201cInitials\u201d inside a heading"),
        ("|Role|Signature|\n|-|-|\n|DBA|____|", 5, "\u201cSignature\u201d in a table"),
    ],
)
def test_a_doubtful_blank_is_a_warning_and_never_a_guess(
    reading: Reading, text: str, line: int, said: str
) -> None:
    checklist = reading(f"- [ ] a\n\n{text}\n").checklist
    assert checklist.signoffs == ()
    (warning,) = checklist.warnings
    assert warning.line == line
    assert said in warning.message


def test_a_sign_off_covers_what_stands_before_it_in_its_phase(reading: Reading) -> None:
    checklist = reading(
        "## A\n- [ ] a\n### S\n- [ ] b\n\nInitials: ___\n\n- [ ] c\n\nInitials: ___\n"
        "- [ ] d\n\n## B\nInitials: ___\n\n- [ ] e\n"
    ).checklist
    assert [(one.id, one.phase, one.line, one.items) for one in checklist.signoffs] == [
        ("a", "a", 6, ("a", "b")),
        ("a-2", "a", 10, ("c",)),
        ("b", "b", 14, ()),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "text",
    [
        "Initials: ____ Date: __/__/____",
        "  Initials: \\_\\_\\_ Date: \\_\\_\\_",
        "> - a lazy line||Initials: ____ Date: ____",
        "1. \tInitials: ____||   Date: ____  ",
    ],
)
def test_a_blank_s_place_is_its_underscores(reading: Reading, text: str, end: str) -> None:
    document = reading(f"## P{end * 2}{text.replace('||', end)}{end}")
    (signoff,) = document.checklist.signoffs
    places = [document.source.readable[b.span.start : b.span.end] for b in signoff.blanks]
    assert len(places) == 2
    assert all(set(place) <= set("_\\/") and place.count("_") >= 3 for place in places)
