"""Entries without a box: which are something to do, and which command belongs to what."""

from collections.abc import Callable, Container
from pathlib import Path

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.markdown.commands.snippets import find_snippets
from launchpad.checklist.markdown.commands.step_entries import find_step_entries, owners
from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.tasks import find_tasks
from launchpad.checklist.markdown.tree import Tree, parse


def steps(text: str, taken: Container[int] = ()) -> tuple[Entry, ...]:
    tree = parse("plan.md", text)
    return find_step_entries(tree, find_snippets(tree)[0], find_tasks(tree), taken)


def owned(text: str) -> list[str | None]:
    """Return for each command the text of the entry that it belongs to."""
    return owned_in(parse("plan.md", text))


def owned_in(tree: Tree) -> list[str | None]:
    snippets, tasks = find_snippets(tree)[0], find_tasks(tree)
    entries = [*tasks, *find_step_entries(tree, snippets, tasks, ())]
    return [None if own is None else entries[own].text for own in owners(snippets, entries)]


RUN = "```sh\nmake\n```\n"
WITHIN = "   ```sh\n   make\n   ```\n"


def test_numbered_entries_are_steps_if_one_of_them_has_a_command() -> None:
    text = f"1. **First**: by hand\n2. Second\n\n{WITHIN}\n3. Third\n   - in two\n   - parts\n"
    found = steps(text)
    assert [(one.text, one.label) for one in found] == [
        ("First: by hand", "First"),
        ("Second", ""),
        ("Third", ""),
    ]
    assert [(one.line, one.end_line, one.depth) for one in found] == [
        (1, 1, 0),
        (2, 6, 0),
        (8, 10, 0),
    ]
    assert {(one.kind, one.box, one.checked) for one in found} == {("step", None, False)}
    assert [one.block.kind for one in found] == ["list_item"] * 3
    assert owned(text) == ["Second"]


def test_a_numbered_list_without_commands_is_no_list_of_steps() -> None:
    assert steps(f"1. a\n2. b\n\n- c\n\n{RUN}") == ()


def test_tasks_among_numbered_entries_stay_tasks() -> None:
    assert [one.text for one in steps(f"1. [ ] a\n2. b\n\n{WITHIN}\n3. [x] c\n")] == ["b"]


def test_what_lies_in_a_task_is_no_step() -> None:
    text = f"- [ ] a\n\n  1. b\n\n  {WITHIN.replace('   ', '     ').strip()}\n\n  2. c\n"
    assert steps(text) == ()
    assert owned(text) == ["a"]


def test_numbered_entries_within_numbered_entries_are_steps_too() -> None:
    text = "1. a\n   1. b\n      ```sh\n      make\n      ```\n   2. c\n2. d\n"
    assert [(one.text, one.depth) for one in steps(text)] == [
        ("a", 0),
        ("b", 1),
        ("c", 1),
        ("d", 0),
    ]
    assert owned(text) == ["b"]


def test_a_bullet_with_a_command_is_a_step_and_those_beside_it_are_not() -> None:
    text = "- **a**:\n  ```sh\n  make\n  ```\n- b\n- [ ] c\n"
    assert [(one.text, one.label, one.line, one.end_line) for one in steps(text)] == [
        ("a:", "a", 1, 4)
    ]
    assert owned(text) == ["a:"]


def test_a_bullet_in_a_numbered_entry_is_a_part_of_it() -> None:
    text = "1. a\n   - b\n     ```sh\n     make\n     ```\n2. c\n"
    assert [one.text for one in steps(text)] == ["a", "c"]
    assert owned(text) == ["a"]


def test_the_innermost_bullet_with_a_command_is_the_step() -> None:
    text = "- a\n  - b\n    ```sh\n    make\n    ```\n"
    assert [one.text for one in steps(text)] == ["b"]


def test_an_entry_that_is_nothing_but_its_command_is_named_after_it() -> None:
    assert [one.text for one in steps("1. ```sh\n   make all\n   ```\n2. b\n")] == ["make all", "b"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"## a\n\n{RUN}", [("a", 1, 5)]),
        (f"## a\n\nb\n\n{RUN}\nc\n\n## d\n", [("a", 1, 9)]),
        (f"## a\n\n### b\n\n{RUN}", [("b", 3, 7)]),
        (f"## a\n\n{RUN}\n### b\n\n{RUN}", [("a", 1, 5), ("b", 7, 11)]),
        (f"## a (T-30 min)\n\n{RUN}{RUN}", [("a (T-30 min)", 1, 8)]),
        (f"## **a** b\n\n{RUN}", [("a b", 1, 5)]),
        (f"a\n=\n\n{RUN}", [("a", 1, 6)]),
        (f"## a\n\n> {RUN.replace(chr(10), chr(10) + '> ')[:-2]}", [("a", 1, 5)]),
        (f"## a\n\n**b**\n\n{RUN}", [("b", 3, 7)]),
        (f"## a\n\n**b:**\n{RUN}", [("b", 3, 6)]),
        (f"## a\n\n\U0001f680 **b** (2 minutes)\n\n{RUN}", [("\U0001f680 b (2 minutes)", 3, 7)]),
        (f"## a\n\n**b**\nc\n\n{RUN}", [("b", 3, 8)]),
        (f"## a\n\nc\n**b**\n\n{RUN}", [("b", 4, 8)]),
        (f"## a\n\n- [ ] c\n\n**b**\n\n{RUN}", [("b", 5, 9)]),
        (f"## a\n\n**b**\n\nc\n\n---\n\n{RUN}", [("a", 1, 11)]),
        (f"## a\n\n**Note:** b\n\n{RUN}", [("a", 1, 7)]),
        (f"## a\n\n**Note:**\n\n{RUN}", [("a", 1, 7)]),
        (f"## a\n\n{RUN}\n**Expected Results**: b\n", [("a", 1, 7)]),
        (f"- ## b\n\n## a\n\n{RUN}", [("a", 3, 7)]),
        (RUN, []),
        (f"---\n\n{RUN}", []),
        ("## a\n\n```json\n{}\n```\n", []),
        ("## a\n\nb\n", []),
    ],
)
def test_a_heading_with_a_command_directly_beneath_is_a_step(
    text: str, found: list[tuple[str, int, int]]
) -> None:
    assert [(one.text, one.line, one.end_line) for one in steps(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        f"## a\n\n- [ ] b\n\n{RUN}",
        f"## a\n\n{RUN}\n- [ ] b\n",
        f"## a\n\n- [ ] b\n\n  {RUN.strip().replace(chr(10), chr(10) + '  ')}\n",
        f"## a\n\nb\n\n1. [ ] c\n\nd\n\n{RUN}",
    ],
)
def test_a_heading_with_boxes_directly_beneath_is_none(text: str) -> None:
    assert steps(text) == ()


def test_lines_that_are_something_else_are_no_steps() -> None:
    text = f"## a\n\n{RUN}\n## b\n\n1. c\n\n{WITHIN}\n2. d\n"
    assert [one.text for one in steps(text)] == ["a", "c", "d"]
    assert [one.text for one in steps(text, range(7, 20))] == ["a"]
    assert [one.text for one in steps(text, {15})] == ["a", "c"]
    assert [one.text for one in steps(text, {1})] == ["c", "d"]


@pytest.mark.parametrize(
    ("text", "found", "of_commands"),
    [
        (f"## x\n\n1. a\n\n{RUN}\n2. b\n\n{RUN}", ["a", "b"], ["a", "b"]),
        (f"## x\n\n1. a\n2. b\n\n{RUN}\n3. c\n", ["a", "b", "c"], ["b"]),
        (f"## x\n\n1. a\n\nb\n\n2. c\n\n{RUN}\n3. d\n", ["a", "c", "d"], ["c"]),
        (f"## x\n\n1. a\n\nb\n\n{RUN}\n2. c\n", ["a", "c"], ["a"]),
        (f"## x\n\n1. [ ] a\n\nb\n\n{RUN}\n2. [ ] c\n", [], ["a"]),
        (f"## x\n\n1. a\n2. b\n\n{RUN}", ["x"], ["x"]),
        (f"## x\n\n1. a\n\nb\n\n{RUN}", ["x"], ["x"]),
        (f"## x\n\n1. a\n\n---\n\n{RUN}\n2. b\n", ["x"], ["x"]),
        (f"## x\n\n1. a\n2. b\n\nc\n\n{RUN}", ["x"], ["x"]),
        (f"## x\n\n- a\n\n{RUN}", ["x"], ["x"]),
        (f"## x\n\n1. a\n\n{RUN}\n## y\n\n2. b\n", ["a"], ["a"]),
    ],
)
def test_a_fence_that_interrupts_numbered_entries_belongs_to_the_one_before_it(
    text: str, found: list[str], of_commands: list[str]
) -> None:
    assert [one.text for one in steps(text)] == found
    assert owned(text) == of_commands


def test_an_entry_ends_where_the_fence_ends_that_was_not_indented() -> None:
    assert [(one.line, one.end_line) for one in steps(f"1. a\n\n{RUN}\n2. b\n")] == [(1, 5), (7, 7)]


@pytest.mark.parametrize(
    ("text", "of_commands"),
    [
        (f"- [ ] a\n- [ ] b\n\n{RUN}", ["b"]),
        (f"- [ ] a\n\n{RUN}{RUN}\n- [ ] b\n", ["a", "a"]),
        (f"- [ ] a\n  - [ ] b\n\n    {RUN.strip().replace(chr(10), chr(10) + '    ')}\n", ["b"]),
        (
            "- [ ] a\n  - [ ] b\n\n  ```sh\n  make\n  ```\n\n- [ ] c\n",
            ["a"],
        ),
        (
            f"- [ ] a\n  - b\n    - c\n\n      {RUN.strip().replace(chr(10), chr(10) + ' ' * 6)}",
            ["a"],
        ),
        (f"## x\n\n{RUN}\n- [ ] a\n", ["a"]),
        (f"## x\n\n{RUN}\n- [ ] a\n- [ ] b\n", [None]),
        (f"## x\n\n- [ ] a\n\n## y\n\n{RUN}", ["y"]),
        (f"- [ ] a\n\n---\n\n{RUN}", [None]),
        (f"{RUN}", [None]),
    ],
)
def test_a_command_belongs_to_the_innermost_entry(text: str, of_commands: list[str | None]) -> None:
    assert owned(text) == of_commands


def test_without_commands_there_are_no_owners() -> None:
    assert owned("- [ ] a\n") == []


def test_the_cutover_document_has_six_steps(seed: Callable[[str], Path]) -> None:
    path = seed("003")
    tree = parse(path.name, source_from_bytes(path.name, path.read_bytes()).readable)
    snippets = find_snippets(tree)[0]
    found = find_step_entries(tree, snippets, find_tasks(tree), range(209, 242))
    assert [one.line for one in found] == [61, 103, 165, 171, 178, 196]
    assert owners(snippets, found) == (0, 1, 1, 2, 3, 5, 5)
