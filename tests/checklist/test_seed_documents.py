"""The five documents the team came with: what must be found in them, and that they go back out."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.explain import explain
from launchpad.checklist.fill import fill
from launchpad.checklist.load import load, read
from launchpad.checklist.model import Result

Seed = Callable[[str], Path]
Told = Callable[[str], dict[str, Any]]
NUMBERS = ("000", "001", "002", "003", "004")
MINUTE, HOUR, DAY = 60, 3_600, 86_400


@pytest.fixture
def told(seed: Seed) -> Told:
    """Say of a seed document what `launchpad check --format json` does."""
    return lambda number: explain(load(seed(number)))


@pytest.mark.parametrize(
    ("number", "items", "checked", "phases", "damage"),
    [
        ("000", 28, 0, 5, None),
        ("001", 170, 0, 12, "cp1252"),
        ("002", 124, 63, 8, "mac_roman"),
        ("003", 78, 0, 11, None),
        ("004", 22, 8, 7, None),
    ],
)
def test_a_seed_document_opens_as_it_is(
    seed: Seed, number: str, items: int, checked: int, phases: int, damage: str | None
) -> None:
    checklist = load(seed(number)).checklist
    tasks = [item for item in checklist.items() if item.kind == "task"]
    assert len(tasks) == items
    assert sum(item.checked for item in tasks) == checked
    assert len(checklist.phases) == phases
    assert checklist.damage == damage


@pytest.mark.parametrize(
    ("number", "counts"),
    [
        ("000", {"env_vars": 11}),
        ("001", {"signoffs": 7, "contacts": 5, "metrics": 6, "commands": 2, "env_vars": 3}),
        ("002", {"criteria": 11, "sections": 19}),
        (
            "003",
            {"signoffs": 10, "other_boxes": 3, "roles": 3, "commands": 7, "steps": 6}
            | {"env_vars": 17},
        ),
        ("004", {"signoffs": 0, "commands": 0}),
    ],
)
def test_everything_in_a_seed_document_is_counted(
    told: Told, number: str, counts: dict[str, int]
) -> None:
    found = told(number)["counts"]
    assert {key: found[key] for key in counts} == counts


def test_only_triggers_that_nothing_can_measure_are_warned_about(told: Told) -> None:
    warned = {number: [one["line"] for one in told(number)["warnings"]] for number in NUMBERS}
    assert warned == {"000": [], "001": [], "002": [], "003": [234, 235], "004": []}


def test_the_delivery_document_has_its_priorities_and_variables(told: Told) -> None:
    found = told("000")
    assert [phase["priority"] for phase in found["phases"]] == [
        *["must-have"] * 3,
        *["future must-have"] * 2,
    ]
    assert [one["optional"] for one in found["env_vars"]] == [*[False] * 10, True]


def test_the_deployment_document_has_its_times_people_and_figures(told: Told) -> None:
    found = told("001")
    timed = [(phase["at_s"], len(phase["items"])) for phase in found["phases"][8:11]]
    assert timed == [(-DAY, 5), (0, 6), (0, 4)]
    assert [one["at_s"] for one in found["phases"][:8]] == [None] * 8
    assert {one["name"] for one in found["contacts"]} == {None}
    assert [(one["comparator"], one["value"], one["unit"]) for one in found["metrics"]] == [
        (">", 99.9, "%"),
        ("<", 200, "ms"),
        ("<", 0.1, "%"),
        (">", 99.99, "%"),
        (">", 99, "%"),
        (">", 4.5, "/5"),
    ]


def test_the_deployment_document_is_signed_by_six_roles_and_once_more(told: Told) -> None:
    found = told("001")
    signed = [(one["role"] is not None, one["fields"]) for one in found["signoffs"]]
    assert signed == [*[(True, [])] * 6, (False, ["name", "date"])]
    assert [one["role"] for one in found["signoffs"][:6]] == found["roles"]


def test_the_deployment_document_rolls_back_by_deadlines(told: Told) -> None:
    back = told("001")["rollback"]
    assert [step["deadline_s"] for step in back["steps"]] == [0, HOUR, 4 * HOUR, 24 * HOUR]
    assert [step["expected_s"] for step in back["steps"]] == [None] * 4


def test_the_implementation_document_declares_states(told: Told) -> None:
    states = Counter(section["declared_state"] for section in told("002")["sections"])
    assert states == {"complete": 8, "in progress": 5, "not started": 6}
    criteria = Counter(one["section"] for one in told("002")["criteria"])
    assert sorted(criteria.values()) == [5, 6]


def test_the_cutover_document_has_ten_sign_offs(seed: Seed) -> None:
    checklist = load(seed("003")).checklist
    kinds = [tuple(blank.kind for blank in signoff.blanks) for signoff in checklist.signoffs]
    assert kinds == [
        *[("initials", "date")] * 7,
        ("time", "initials"),
        ("time", "initials"),
        ("name", "date", "initials"),
    ]
    # The steps without a box are signed with the items around them.
    assert [len(signoff.items) for signoff in checklist.signoffs] == [
        *(19, 8, 6, 10, 5, 10, 11),
        *(7, 0, 5),
    ]
    assert [one.closes_rollback for one in checklist.signoffs] == [*[False] * 8, True, False]


def test_the_cutover_document_has_its_times_and_its_entries_without_boxes(told: Told) -> None:
    phases = told("003")["phases"]
    assert [one["at_s"] for one in phases if one["at_s"] is not None] == [
        -30 * MINUTE,
        0,
        30 * MINUTE,
    ]
    kinds = [Counter(item["kind"] for item in phase["items"]) for phase in phases]
    assert kinds[7] == {"step": 3, "inline": 3}
    assert [kind["step"] for kind in kinds] == [0, 0, 1, 0, 1, 0, 0, 3, 1, 0, 0]
    assert sum(item["optional"] for item in phases[0]["items"]) == 7
    assert sum(one["optional"] for one in told("003")["env_vars"]) == 7


def test_the_cutover_documents_commands_have_their_expected_results(told: Told) -> None:
    commands = told("003")["commands"]
    assert [one["shell"] for one in commands] == [*["bash"] * 5, "powershell", "bash"]
    assert [bool(one["expected"]) for one in commands] == [
        *(False, True, True, True, False, True, True),
    ]
    assert commands[1]["expected"] == "200/204"
    assert commands[2]["expected"] == "200/503"


def test_the_cutover_document_rolls_back_in_ten_minutes(told: Told) -> None:
    found = told("003")
    back = found["rollback"]
    assert back["budget_s"] == 600
    assert [step["expected_s"] for step in back["steps"]] == [120, 60, None, None]
    assert [one["understood"] for one in back["triggers"]] == [True, False, False, True]
    assert back["authority"] == ", ".join(found["roles"])


def test_the_to_do_document_has_its_fields(told: Told) -> None:
    items = [item for phase in told("004")["phases"] for item in phase["items"]]
    assert {len(item["fields"]) for item in items} == {3}
    assert {item["priority"] for item in items} == {"P0", "P1", "P2"}
    for item in items:
        assert item["owner"]
        assert (item["status"] == "Completed") == item["checked"]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_seed_document_goes_back_to_the_same_bytes(seed: Seed, number: str) -> None:
    document = load(seed(number))
    data = seed(number).read_bytes()
    untouched = fill(document.source, document.checklist, results={}, blanks={}, appendix="")
    assert untouched == data
    logged = fill(document.source, document.checklist, results={}, blanks={}, appendix="# Log")
    assert logged.startswith(data)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_filled_in_seed_document_reads_as_the_same_items(seed: Seed, number: str) -> None:
    document = load(seed(number))
    items = list(document.checklist.items())
    results: dict[str, Result | None] = {
        item.id: "passed" if index % 2 == 0 else None
        for index, item in enumerate(items)
        if item.box
    }
    blanks = {
        signoff.id: {blank.kind: "Zo\u00eb *B* \u201d 10:00Z" for blank in signoff.blanks}
        for signoff in document.checklist.signoffs
    }
    exported = fill(
        document.source,
        document.checklist,
        results=results,
        blanks=blanks,
        appendix="## Log\n\n- [x] not an item\n",
    )
    again = read(source_from_bytes(document.source.name, exported))
    assert [replace(item, box=None) for item in again.items()] == [
        replace(item, box=None, checked=results.get(item.id) == "passed") for item in items
    ]
    assert again.damage == document.checklist.damage
