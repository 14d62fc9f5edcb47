"""A rollback in prose: where it is found, which of its lines are steps, and what is no rollback."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.load import Document, load, read
from launchpad.checklist.model import Rollback, Step
from launchpad.text.safe import one_line, safe

Reading = Callable[[str], Document]
Seed = Callable[[str], Path]

MINUTE, HOUR = 60_000, 3_600_000


def rollback(reading: Reading, text: str) -> Rollback:
    """Read a document whose rollback has to be found, without a warning but for its triggers.

    Nor but for an authority that the document has no role for.
    """
    checklist = reading(f"- [ ] a\n\n{text}\n").checklist
    expected = ("trigger", "no such roles")
    doubts = (one.message for one in checklist.warnings)
    assert [one for one in doubts if not any(map(one.__contains__, expected))] == []
    assert checklist.rollback
    return checklist.rollback


def titles(reading: Reading, text: str) -> list[str]:
    return [step.title for step in rollback(reading, text).steps]


@pytest.mark.parametrize(
    "heading",
    [
        "## Rollback Plan",
        "# ROLLBACK PROCEDURE",
        "### Rollback Procedures",
        "## Rollback Steps:",
        "## If Rollback Required",
        "## If a rollback is needed",
        "## \U0001f504 ROLLBACK PLAN (IF NEEDED)",
        "## 6. Rollback Plan",
        "## Phase 6: Rollback Plan",
        "## Appendix B \u2014 Roll-back plan",
        "## **Rollback** instructions (\u226410 minutes)",
        "## Rollback plan: the shop",
        "## Backout plan",
        "## Rollback",
        "## How to roll back",
        "**Rollback Plan**",
        "**Rollback Plan:**",
        "## Rollback-Plan",
        "## 6 Rollback",
        "## Back-out plan",
        "## Fallback plan",
        "## Revert plan",
        "## R\u00fcckfallplan",
    ],
)
def test_a_rollback_is_found_by_its_heading(reading: Reading, heading: str) -> None:
    assert titles(reading, f"{heading}\n\n1. b\n2. c") == ["b", "c"]


@pytest.mark.parametrize(
    "text",
    [
        "## Test the rollback\n\n1. b",
        "## No rollback needed\n\n1. b",
        "## Rollback tested?\n\n1. b",
        "## Rollback Plan?\n\n1. b",
        "## Rollback Plan (N/A)\n\n1. b",
        "## Rollback readiness\n\n- b",
        "## Rollback Triggers\n\n- b",
        "## When to roll back\n\n- b",
        "## Recovery plan\n\n- [ ] b",
        "## Backup & Disaster Recovery\n\n1. b",
        "## Fallback plan\n\n- [ ] b",
        "- [ ] **Rollback plan**: b",
        "- **Rollback plan**\n\n  1. b",
        "> ## Rollback Plan\n>\n> 1. b",
        "```\n## Rollback Plan\n1. b\n```",
        "<!--\n## Rollback Plan\n1. b\n-->",
        "Rollback plan\n\n1. b",
        "| Rollback Plan |\n|-|\n| b |",
    ],
)
def test_what_merely_mentions_a_rollback_is_none(reading: Reading, text: str) -> None:
    checklist = reading(f"- [ ] a\n\n{text}\n").checklist
    assert (checklist.rollback, checklist.warnings) == (None, ())


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "## Rollback Plan\n\nb.",
            3,
            "\u201cRollback Plan\u201d looks like a rollback, but no step",
        ),
        ("## Rollback Plan", 3, "no step was found"),
        ("## Rollback Plan\n\n- [ ] Rollback plan documented", 3, "what has to be ready"),
        ("## Database rollback\n\n1. b", 3, "\u201cDatabase rollback\u201d speaks of a rollback"),
        ("## Plan de retour arri\u00e8re\n\n1. b", 3, "may be how to go back"),
        ("## Plan de reversi\u00f3n\n\n1. b", 3, "may be how to go back"),
        ("## Abort procedure\n\n1. b", 3, "may be how to go back"),
        ("## Recovery plan\n\n1. b", 3, "may be how to go back"),
        ("## Contingency plan\n\nb", 3, "may be how to go back"),
        ("## If something goes wrong\n\n1. b", 3, "may be how to go back"),
    ],
)
def test_a_rollback_without_steps_is_a_warning(
    reading: Reading, text: str, line: int, said: str
) -> None:
    checklist = reading(f"- [ ] a\n\n{text}\n").checklist
    assert checklist.rollback is None
    (warning,) = checklist.warnings
    assert warning.line == line
    assert said in warning.message


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("1. b (RTO 15 min)", 5, "\u201c(RTO 15 min)\u201d looks like a time"),
        ("1. b\n\n### Why\n\n- c", 9, "this list in the rollback was not read as steps"),
        ("1. b\n\n## Rollback Steps\n\n1. c", 7, "is left out: the one on line 3 is used"),
    ],
)
def test_what_a_rollback_was_not_understood_in_is_a_warning(
    reading: Reading, text: str, line: int, said: str
) -> None:
    checklist = reading(f"- [ ] a\n\n## Rollback Plan\n\n{text}\n").checklist
    assert checklist.rollback
    assert [step.title.split()[0] for step in checklist.rollback.steps] == ["b"]
    (warning,) = checklist.warnings
    assert warning.line == line
    assert said in warning.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. b\n   - c\n2. d", ["b", "d"]),
        ("- [ ] b\n  - [ ] c\n- [x] d", ["b", "d"]),
        ("- b\n- **c**: d", ["b", "c: d"]),
        ("### Step 1: b\n- c\n\n### Step 2: d\n1. e", ["Step 1: b", "Step 2: d"]),
        ("### b (5 min)\n1. c\n2. d\n\n### e (1 min)\nf", ["b", "e"]),
        ("**Immediate**\n- b\n\n**Within 1 hour**\n- c", ["Immediate", "Within 1 hour"]),
        ("**Immediate:** b  \n**Within 1 hour:** c", ["b", "c"]),
        ("### b\n1. c\n\n### d\n1. e", ["c", "e"]),
        ("1. b\n```\nc\n```\n2. d\n- e\n", ["b", "d"]),
        ("1. **b**\n   c\n   d", ["b"]),
        ("1. ```\n   b\n   ```", ["Rollback Plan"]),
        ("- Owner: b\n- c", ["c"]),
        ("- [ ] b\n- **Owner**: c", ["b"]),
        ("```\nb\n\nc\n```", ["Rollback Plan"]),
        ("Undo it:\n```\nb\n```\nLook:\n```\nc\n```", ["Undo it", "Look"]),
        ("### b\n```\nc\n```\n### d\n1. e", ["b", "e"]),
        ("1. b\n\n**Commands:**\n```\nc\n```", ["b"]),
        ("1. b\n\n### Known issues\n1. c", ["b"]),
        ("1. b\n\n### Known risks after rollback\n1. c", ["b"]),
        ("1. b\n\n### Limitations of it\n1. c", ["b"]),
        ("1. b\n\n### After the rollback\n1. c", ["b"]),
        ("- After: b\n- c", ["After: b", "c"]),
        ("1. b\n\nIf c:\n\n2. d", ["b", "d"]),
        ("1. b\n\n```yaml launchpad\nauthority-text: c\n```\n2. d", ["b", "d"]),
    ],
)
def test_the_steps_of_a_rollback(reading: Reading, text: str, expected: list[str]) -> None:
    assert titles(reading, f"## Rollback Plan\n\n{text}") == expected


@pytest.mark.parametrize(
    "triggers",
    [
        "### Rollback Triggers\n\n- c",
        "**Rollback Trigger Conditions**:\n- c",
        "**When to rollback**\n\n1. c",
        "Roll back if any of these:\n- [ ] c",
        "### Trigger Conditions\n\n1. c\n",
    ],
)
def test_triggers_are_no_steps_and_stay_readable(reading: Reading, triggers: str) -> None:
    found = rollback(reading, f"## Rollback Plan\n\n{triggers}\n\n### Steps\n\n1. b")
    assert [step.title for step in found.steps] == ["b"]
    assert found.instructions.splitlines()[1].endswith(" c")


def test_a_step_carries_its_own_lines_and_its_commands_as_they_stand(reading: Reading) -> None:
    found = rollback(
        reading,
        "## Rollback Plan\n\n"
        "1. **Undo** it (2 minutes)\n"
        "   - look at `b`\n"
        "     - [ ] and *c*\n\n"
        "       ```sh\n       if d; then\n\n         e  # <f>\n       fi\n       ```\n"
        "   - by: ____\n\n"
        "   <!-- g -->\n"
        "2. \x1b[31mUndo* \u202e\n",
    )
    assert found.steps == (
        Step(
            id="undo",
            title="Undo it",
            line=5,
            kind="manual",
            instructions="- look at b\n  - and c\n```sh\nif d; then\n\n  e  # <f>\nfi\n```",
            expected_ms=2 * MINUTE,
            snippets=("undo",),
        ),
        Step(id="31mundo-u-202e", title="\u241b[31mUndo* <U+202E>", line=18, kind="manual"),
    )


@pytest.mark.parametrize(
    ("text", "budget_ms"),
    [
        ("## Rollback Plan (\u226410 minutes)\n\n1. b (2 min)", 10 * MINUTE),
        ("## Rollback Plan (within 1 hour)\n\n1. b", HOUR),
        ("## Rollback Plan\n\n### Rollback Steps (5-10 min)\n\n1. b", 10 * MINUTE),
        ("## Rollback Plan\n\n**Estimated time**: ~15 minutes\n\n1. b", 15 * MINUTE),
        ("## Rollback Plan\n\n- Rollback time: 15 min\n\n1. b", 15 * MINUTE),
        ("## Rollback Plan (target: under 15 minutes)\n\n1. b", 15 * MINUTE),
        ("## Rollback Plan\n\nTarget: under 15 minutes\n\n1. b", 15 * MINUTE),
        ("## Rollback Plan\n\nTarget: the old cluster\n\n1. b", None),
        ("## Rollback Plan\n\nErrors for > 15 minutes\n\n1. b", None),
    ],
)
def test_the_budget_of_a_rollback(reading: Reading, text: str, budget_ms: int | None) -> None:
    assert rollback(reading, text).budget_ms == budget_ms


@pytest.mark.parametrize(
    "text",
    [
        "**Rollback Authority**: the lead",
        "Decision maker: the lead",
        "- **Authority**: the lead",
        "### Who can start it\n\nthe lead",
        "### 6.2 Who decides\n\nthe lead",
        "Who decides: the lead",
        "Decision: the lead",
        "**Rollback Authority:**\n- the lead",
    ],
)
def test_who_may_start_it_is_kept_in_the_document_s_words(reading: Reading, text: str) -> None:
    found = rollback(reading, f"## Rollback Plan\n\n1. b\n\n{text}")
    assert (found.authority_text, found.authority) == ("the lead", ())


@pytest.mark.parametrize(
    ("text", "line", "caption"),
    [
        ("Option A \u2013 app:\n1. b\n\nOption B \u2013 data:\n1. c", 8, "Option B \u2013 data"),
        ("Option A\n\n- b\n\nOption B\n\n- c", 9, "Option B"),
        ("### Scenario 1\n1. b\n\n### Scenario 2\n1. c", 8, "Scenario 2"),
        ("**Variant: d**\n1. b\n\n**Variant: e**\n1. c", 8, "Variant: e"),
        ("If d:\n\n1. b\n\nOtherwise:\n\n1. c", 9, "Otherwise"),
        ("Case 1:\n```\nb\n```\nCase 2:\n```\nc\n```\nCase 3:\n```\nd\n```", 9, "Case 2"),
    ],
)
def test_alternatives_in_one_rollback_are_a_warning(
    reading: Reading, text: str, line: int, caption: str
) -> None:
    checklist = reading(f"- [ ] a\n\n## Rollback Plan\n\n{text}\n").checklist
    assert checklist.rollback
    assert len(checklist.rollback.steps) > 1
    (warning,) = checklist.warnings
    assert warning.line == line
    said = "alternatives in the rollback are read as one list of steps"
    assert warning.message == f"{said}: \u201c{caption}\u201d"


@pytest.mark.parametrize("decision", ["GO / NO-GO", "roll back or fix forward", "____"])
def test_a_decision_that_names_nobody_is_no_authority(reading: Reading, decision: str) -> None:
    assert not rollback(reading, f"## Rollback Plan\n\n1. b\n\nDecision: {decision}").authority_text


def test_a_native_part_is_not_shown_beside_the_steps(reading: Reading) -> None:
    text = "## Rollback Plan\n\n```yaml launchpad\nauthority-text: c\n```\n\n1. b"
    assert rollback(reading, text).instructions == ""


@pytest.mark.parametrize(
    "text",
    [
        "1. one\n\n- Owner: two\n- Note: three\n\nNote: four\n\n**Time:** five",
        "1. one\n\n- two\n- Owner: three\n\n> four\n\n| five |\n|-|",
        "one\n\n1. two\n```\nthree\n```\n2. four\n- five",
        "**Authority**: one\n\n- Authority: two\n  - three\n\n1. four\n\n### Contacts\n\nfive",
        "### Authority\none\n- two\n  - three\n```\nfour\n```\n### Step 1\nfive",
        "### Step 1\none\n#### two\nthree\n\n**Triggers:**\n- four\n\nfive",
        "one\n```\ntwo\n```\nthree\n\n    four\n\n<div>five</div>",
        "- Owner: one\n- two\n\n  three\n\nfour\n```\nfive\n```",
    ],
)
def test_nothing_that_a_rollback_says_is_lost(reading: Reading, text: str) -> None:
    found = reading(f"- [ ] a\n\n## Rollback Plan\n\n{text}\n").checklist.rollback
    assert found
    steps = [line for step in found.steps for line in (step.title, step.instructions)]
    said = "\n".join([found.authority_text, found.instructions, *steps])
    for word in ("one", "two", "three", "four", "five"):
        assert word in said


def test_the_tasks_of_a_rollback_stay_items(reading: Reading) -> None:
    checklist = reading("## A\n- [ ] a\n\n## Rollback Plan\n- [ ] b\n- [x] c\n").checklist
    assert [item.text for item in checklist.items()] == ["a", "b", "c"]
    assert checklist.rollback
    assert [(step.id, step.line) for step in checklist.rollback.steps] == [("b", 5), ("c", 6)]


def test_steps_of_the_same_name_have_ids_of_their_own(reading: Reading) -> None:
    found = rollback(reading, "## Rollback Plan\n\n1. Undo\n2. **Undo**: b\n3. \u2705\n")
    assert [step.id for step in found.steps] == ["undo", "undo-2", "step"]


def test_a_rollback_ends_where_the_next_heading_begins(reading: Reading) -> None:
    plan = "## Rollback Plan\n\n1. b\n\n### c\n\n1. d\n\n"
    assert titles(reading, f"{plan}## e\n\n1. f") == ["b", "d"]
    assert titles(reading, "**Rollback Plan**\n\n1. b\n\n**c**\n\n1. d") == ["b"]
    assert titles(reading, "**Rollback Plan**\n\n1. b\n\n---\n\n1. d") == ["b"]


def test_the_cutover_document_goes_back_in_four_steps(seed: Seed) -> None:
    found = load(seed("003")).checklist.rollback
    assert found
    assert (found.line, found.budget_ms) == (209, 10 * MINUTE)
    assert [(step.line, step.expected_ms, step.deadline_ms) for step in found.steps] == [
        (213, 2 * MINUTE, None),
        (218, MINUTE, None),
        (222, None, None),
        (227, None, None),
    ]
    assert [len(step.instructions.splitlines()) for step in found.steps] == [3, 2, 3, 3]
    assert "cutover team" in found.authority_text
    assert len(found.instructions.splitlines()) == 1 + 4


def test_the_deployment_document_goes_back_by_four_deadlines(seed: Seed) -> None:
    found = load(seed("001")).checklist.rollback
    assert found
    assert (found.line, found.budget_ms) == (324, None)
    assert [(step.line, step.deadline_ms) for step in found.steps] == [
        (328, 0),
        (329, HOUR),
        (330, 4 * HOUR),
        (331, 24 * HOUR),
    ]
    assert all(step.expected_ms is None for step in found.steps)
    lines = found.instructions.splitlines()
    assert lines.index("```bash") < lines.index("```")


@pytest.mark.parametrize("number", ["000", "002", "004"])
def test_the_other_seed_documents_have_no_rollback(seed: Seed, number: str) -> None:
    assert load(seed(number)).checklist.rollback is None


LINES = st.sampled_from(
    """
## Rollback Plan¦### Rollback Steps (5 min)¦**Rollback:**¦# b¦#### Step 1 (2 min)¦**Immediate:** c
**Within 1 hour**¦Roll back if:¦**Authority**: d¦Authority:¦1. e¦2. f¦7) g¦- h¦  - [ ] i¦- [x] j
   k¦```¦    ```sh¦l (2 min) (3 min)¦---¦> m¦| n |¦|-|¦<b>¦<!-- o¦-->¦- Time: 5 min¦1.¦-¦* *¦**¦
- **Owner**: p¦By: ____¦- Date: ____¦Look:¦\tq¦- - 1. r¦999999999. s¦## (immediate)¦## ?¦\x1b
""".strip("\n")
    .replace("\n", "¦")
    .split("¦")
)
TEXT = st.characters(codec="utf-8", exclude_characters="\0")


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES | st.text(TEXT, max_size=8), min_size=1, max_size=14))
def test_any_rollback_is_read_or_left_alone(lines: list[str]) -> None:
    text = "\n".join(["## Rollback Plan", *lines])
    source = source_from_bytes("plan.md", text.encode())
    found = read(source).rollback
    if found is None:
        return
    steps = found.steps
    assert steps
    assert len({step.id for step in steps}) == len(steps)
    assert [step.line for step in steps] == sorted(step.line for step in steps)
    last = source.readable.count("\n") + source.readable.count("\r") + 1
    for step in steps:
        assert step.title
        assert step.title == one_line(step.title)
        assert step.instructions == safe(step.instructions)
        assert (step.kind, step.command) == ("manual", None)
        assert found.line <= step.line <= last
