"""Criteria: the lists a launch is judged by, told from other lists."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.markdown.facts.captions import find_captioned
from launchpad.checklist.markdown.facts.criteria import find_criteria
from launchpad.checklist.markdown.tree import parse
from launchpad.checklist.model import Criterion


def criteria(text: str) -> list[Criterion]:
    found, lines = find_criteria(find_captioned(parse("plan.md", text)))
    assert {criterion.line for criterion in found} <= lines
    return list(found)


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("## Success Criteria", "Success Criteria"),
        ("## \u2705 Success Criteria", "Success Criteria"),
        ("## 4.2 Exit Criteria (all must hold)", "4.2 Exit Criteria"),
        ("### Phase 1 Entry Criteria", "Phase 1 Entry Criteria"),
        ("## Entry/Exit Criteria", "Entry/Exit Criteria"),
        ("## Go/No-Go Criteria", "Go/No-Go Criteria"),
        ("## GO / NO-GO CRITERIA", "GO / NO-GO CRITERIA"),
        ("## Launch commit criteria", "Launch commit criteria"),
        ("## Criteria for launch", "Criteria for launch"),
        ("## Definition of Done", "Definition of Done"),
        ("## Definition of Ready", "Definition of Ready"),
        ("## Review Points", "Review Points"),
        ("## Review Checkpoints", "Review Checkpoints"),
        ("## Quality gates", "Quality gates"),
        ("Acceptance Criteria\n---", "Acceptance Criteria"),
        ("**Acceptance criteria:**", "Acceptance criteria"),
        ("The exit criteria are few.\n\n**Exit criteria**", "Exit criteria"),
        ("Success criteria:", "Success criteria"),
        ("## Review Points\n\nAfter every stage:", "Review Points"),
        ("## Success Criteria\n\n### Performance", "Success Criteria"),
        ("## Success Criteria\n\n### Performance\n\n**By Friday**", "Success Criteria"),
        ("## Abnahmekriterien", "Abnahmekriterien"),
        ("## Crit\xe8res de succ\xe8s", "Crit\xe8res de succ\xe8s"),
        ("## Criterios de \xe9xito", "Criterios de \xe9xito"),
        ("## \u5b8c\u4e86\u306e\u5b9a\u7fa9\uff1a", "\u5b8c\u4e86\u306e\u5b9a\u7fa9"),
    ],
)
@pytest.mark.parametrize("bullet", ["-", "*", "1."])
def test_headings_and_lines_announce_criteria(title: str, section: str, bullet: str) -> None:
    found = criteria(f"{title}\n\n{bullet} **Nobody** waits\n")
    assert [(one.text, one.section) for one in found] == [("Nobody waits", section)]


@pytest.mark.parametrize(
    "title",
    [
        "## Checks",
        "# Acceptance Criteria\n\n## Contacts",
        "# Definition of Done\n\nx\n\n## Stages",
        "## Criteria for rollback",
        "## Rollback Criteria",
        "## Back-out criteria",
        "## Rollback Plan\n\n### Success Criteria",
        "## Abort criteria",
        "## Success Criteria\n\n**Out of scope:**",
        "## Success Criteria\n\n### Notes",
        "## Success Criteria met by the search page of the old shop",
        "## Search criteria dialog",
        "## Code review",
        "- [ ] Shop opens\n\n  Acceptance Criteria:",
    ],
)
def test_other_titles_announce_none(title: str) -> None:
    indent = "  " if title.startswith("- ") else ""
    assert criteria(f"{title}\n\n{indent}- Nobody waits\n") == []


def test_tasks_and_nested_entries_are_no_criteria() -> None:
    found = criteria(
        "## Success Criteria\n\n- All pages open\n  - also on a phone\n- [ ] Ticked\n"
        "- Pages:\n  - Home opens\n- Nobody waits\n"
    )
    assert [(one.text, one.line) for one in found] == [
        ("All pages open", 3),
        ("Home opens", 7),
        ("Nobody waits", 8),
    ]


def test_a_plain_line_announces_only_what_follows_it_at_once() -> None:
    found = criteria(
        "## Plan\n\nExit criteria:\n\n- Nobody waits\n\nThen we go home.\n\n- by bus\n"
    )
    assert [one.text for one in found] == ["Nobody waits"]


def test_the_implementation_document_has_five_and_six(seed: Callable[[str], Path]) -> None:
    path = seed("002")
    found = criteria(source_from_bytes(path.name, path.read_bytes()).readable)
    assert Counter(one.section for one in found) == {"Review Points": 5, "Success Criteria": 6}
