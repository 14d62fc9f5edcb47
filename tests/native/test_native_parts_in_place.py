"""Native parts of a Markdown document: found in it, and told of in its own lines and columns."""

from dataclasses import replace

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.markdown.reader import read_markdown
from launchpad.checklist.native.fragments import Fragment, launchpad_keys
from launchpad.checklist.native.parts import LARGEST, Parts
from tests.native.document import BACK, ITEM, PHASE, PLAN, told, under


@pytest.fixture
def parts() -> Parts:
    return Parts("plan.md")


@pytest.mark.parametrize(
    ("front_matter", "own"),
    [
        ("title: x\ntags: [a]", None),
        ("# launchpad: 1", None),
        ("launchpads: 1\nmy-launchpad: 1\n  launchpad: 1", None),
        ("a: *x\nlaunchpad: 1\nb: [", "\nlaunchpad: 1\n"),
        (
            "launchpad:\n  log: x\n\n# why\n  crew: y\nz: 1",
            "launchpad:\n  log: x\n\n# why\n  crew: y\n",
        ),
        ("launchpad: {\n  log: x\n}\nz: 1", "launchpad: {\n  log: x\n}\n"),
        ("launchpad: 1\nx: y\nlaunchpad: 1", "launchpad: 1\n\nlaunchpad: 1"),
    ],
)
def test_the_rest_of_front_matter_is_somebody_else_s(front_matter: str, own: str | None) -> None:
    fragment = launchpad_keys(front_matter)
    assert (fragment and fragment.text) == own
    assert fragment is None or fragment.line == 2


def test_the_launchpad_key_is_given_once(parts: Parts) -> None:
    fragment = launchpad_keys("launchpad: 1\nx: y\nlaunchpad: 1")
    assert fragment
    parts.document(fragment, PLAN)
    assert told(parts) == ["4:1: the key `launchpad` is given already, on line 2"]


def test_all_problems_are_told_at_once_in_the_document_s_order(parts: Parts) -> None:
    parts.item(under("probe: smok\nprioriti: must", 6), ITEM)
    parts.phase(under("poll: {roles: [dbb]}", 4), PHASE)
    front = launchpad_keys("launchpad: {probes: {smoke: {env: {name: 1a, from: conductor}}}}")
    assert front
    parts.document(front, PLAN)
    assert told(parts) == [
        "2:42: expected the name of an environment variable, such as JOB_TOKEN",
        "4:16: there is no role `dbb`; did you mean `dba`?",
        "6:8: there is no probe `smok`; did you mean `smoke`?",
        "7:1: there is no key `prioriti`; did you mean `priority`?",
    ]


@pytest.mark.parametrize(
    ("lines", "own", "place"),
    [
        (["owner: A", "prioriti: x"], "owner: A\nprioriti: x", "7:1"),
        (["  owner: A", "  prioriti: x"], "owner: A\nprioriti: x", "7:3"),
        (["> owner: A", "> prioriti: x"], "owner: A\nprioriti: x", "7:3"),
        # A line that is less indented than the fence it stands in keeps its own place.
        (["   owner: A", " prioriti: x"], "owner: A\nprioriti: x", "7:2"),
        (["\towner: A", "\tprioriti: x"], "owner: A\nprioriti: x", "7:2"),
    ],
)
def test_places_are_the_document_s(parts: Parts, lines: list[str], own: str, place: str) -> None:
    parts.item(Fragment.of(own, 6, lines), ITEM)
    assert told(parts) == [f"{place}: there is no key `prioriti`; did you mean `priority`?"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "a: b: c",
            "8:9: a colon too many: quote a text that holds `: `, or check the indentation",
        ),
        ("owner: 'x", "8:12: the quotes are never closed"),
        ("owner: a\x07b", "8:13: a control character (U+0007)"),
        ("%YAML 1.2\n---\nowner: x", "8:5: directives (%) are not read"),
        ("owner: &x y", "8:12: anchors (&) are not read: write it out"),
        ("- a", "8:5: expected keys with values, found a list"),
    ],
)
def test_what_is_no_yaml_is_told_in_its_place(parts: Parts, text: str, problem: str) -> None:
    parts.item(Fragment(text, 8, (4, 4, 4)), ITEM)
    assert problem in told(parts)


def test_a_part_that_cannot_be_read_leaves_the_item_as_it_is(parts: Parts) -> None:
    assert parts.item(under("- a"), ITEM) == ITEM


@pytest.mark.parametrize("text", ["", "# later", "\n\n"])
def test_a_part_may_hold_nothing(parts: Parts, text: str) -> None:
    item = parts.item(Fragment(text, 6), ITEM)
    assert item == ITEM
    assert parts.settle(PLAN) == PLAN


def test_the_keys_of_an_item_stand_together(parts: Parts) -> None:
    parts.item(under("owner: A", 6), ITEM)
    parts.item(under("owner: B", 9), ITEM)
    assert told(parts) == [
        "9:1: the item on line 5 has keys already, on line 6: write them together"
    ]


def test_the_keys_of_the_rollback_stand_together(parts: Parts) -> None:
    front = launchpad_keys("launchpad: {rollback: {budget: 6m}}")
    assert front
    parts.document(front, PLAN)
    parts.rollback(under("budget: 5m", 21), BACK)
    assert told(parts) == ["21:1: the rollback has keys already, on line 2: write them together"]


def test_a_part_that_stands_nowhere_is_told_with_the_others(parts: Parts) -> None:
    parts.misplaced(under("owner: A", 40))
    parts.item(under("prioriti: x"), ITEM)
    assert told(parts) == [
        "6:1: there is no key `prioriti`; did you mean `priority`?",
        "40:1: this native part stands under no item, phase or rollback",
    ]


def test_reading_ends_after_a_hundred_problems(parts: Parts) -> None:
    for number in range(30):
        text = "\n".join(f"key-{number}-{other}: x" for other in range(5))
        parts.item(under(text, 10 * number + 6), replace(ITEM, line=10 * number + 5))
    with pytest.raises(ChecklistError, match=r"^plan\.md: 100 problems or more"):
        parts.settle(PLAN)


def test_one_mebibyte_of_parts_is_the_most(parts: Parts) -> None:
    parts.item(Fragment("#" * LARGEST, 6), ITEM)
    parts.phase(Fragment("#", 4), PHASE)
    assert told(parts) == ["4:1: native parts of more than 1 MiB together"]


@pytest.mark.parametrize(
    "info", ["yaml launchpad", "yml launchpad", "YAML Launchpad", "Yml  LAUNCHPAD"]
)
def test_a_part_is_known_in_whatever_case(info: str) -> None:
    text = f"# Plan\n\n- [ ] one\n\n  ```{info}\n  priority: must\n  ```\n"
    (item,) = read_markdown(source_from_bytes("plan.md", text.encode())).items()
    assert item.priority == "must"
