"""Native parts of a Markdown document are read over what it says itself."""

from dataclasses import replace

import pytest

from launchpad.checklist.model import EnvironmentVariable, Role, Rollback, Step
from launchpad.checklist.native.fragments import launchpad_keys
from launchpad.checklist.native.parts import Parts
from tests.native.document import BACK, ITEM, PHASE, PLAN, told, under

PROBE = "probe: {env: {name: X, from: conductor}}"


@pytest.fixture
def parts() -> Parts:
    return Parts("plan.md")


def test_without_parts_a_checklist_stays_as_it_is(parts: Parts) -> None:
    assert parts.settle(PLAN) is PLAN


def test_an_item_keeps_what_its_part_does_not_say(parts: Parts) -> None:
    assert parts.item(under("priority: should\nexpected: 5m"), ITEM) == replace(
        ITEM, priority="should", expected_ms=300_000
    )


def test_a_part_gives_an_item_another_id(parts: Parts) -> None:
    item = parts.item(under(f"id: dump\nstep: {{manual: true}}\n{PROBE}"), ITEM)
    assert (item.id, item.probe) == ("dump", "dump")
    assert item.step == Step("dump", "A backup is there", 7, "manual")
    checklist = parts.settle(replace(PLAN, phases=(replace(PHASE, items=(item,)),)))
    assert [(probe.id, probe.line) for probe in checklist.probes] == [("dump", 8)]


def test_an_id_that_another_item_has_is_told(parts: Parts) -> None:
    other = replace(ITEM, id="smoke", line=8)
    item = parts.item(under("id: smoke"), ITEM)
    plan = replace(PLAN, phases=(replace(PHASE, items=(item, other)),))
    assert told(parts, plan) == ["8:1: the item `smoke` is given already, on line 5"]


@pytest.mark.parametrize(
    "key", ["text: x", "checked: true", "kind: step", "section: x", "items: []"]
)
def test_what_the_document_says_of_an_item_no_part_says(parts: Parts, key: str) -> None:
    parts.item(under(key), ITEM)
    (only,) = told(parts)
    assert only.startswith(f"6:1: there is no key `{key.partition(':')[0]}`")


@pytest.mark.parametrize("key", ["title: x", "items: []", "sections: []"])
def test_what_the_document_says_of_a_phase_no_part_says(parts: Parts, key: str) -> None:
    parts.phase(under(key, 4), PHASE)
    (only,) = told(parts)
    assert only.startswith(f"4:1: there is no key `{key.partition(':')[0]}`")


def test_a_phase_keeps_what_its_part_does_not_say(parts: Parts) -> None:
    phase = parts.phase(under("until: T-0\nstate: in progress", 4), PHASE)
    assert phase == replace(PHASE, until_ms=0, declared_state="in progress")


def test_a_part_cannot_end_a_phase_before_the_document_begins_it(parts: Parts) -> None:
    parts.phase(under("until: T-1h", 4), PHASE)
    assert told(parts) == ["4:1: the phase ends before it begins: `until` comes after `at`"]


def test_the_sign_offs_of_a_part_join_those_of_the_document(parts: Parts) -> None:
    part = "sign-off:\n  - {roles: [dba], meaning: witnessed}\n  - {items: [backup]}"
    phase = parts.phase(under(part, 12), PHASE)
    signoffs = parts.settle(replace(PLAN, phases=(phase,))).signoffs
    assert [(slot.id, slot.label, slot.line, slot.blanks) for slot in signoffs] == [
        ("before", "Before", 9, ()),
        ("before-dba", "Before: Database Admin", 13, ()),
        ("before-2", "Before", 14, ()),
    ]


def test_a_sign_off_of_a_part_has_no_blank_in_the_document(parts: Parts) -> None:
    parts.phase(under("sign-off: {fields: [date]}", 4), PHASE)
    assert told(parts) == ["4:12: there is no key `fields`"]


def test_a_sign_off_of_a_part_has_an_id_of_its_own(parts: Parts) -> None:
    parts.phase(under("sign-off: {id: before}", 4), PHASE)
    assert told(parts) == ["9:1: the sign-off `before` is given already, on line 4"]


def test_a_rollback_keeps_what_its_part_does_not_say(parts: Parts) -> None:
    back = parts.rollback(under("authority: [dba]", 22), BACK)
    assert back == replace(BACK, authority=("dba",))


def test_the_steps_of_a_part_take_the_place_of_the_document_s(parts: Parts) -> None:
    part = "steps: [{id: old, title: Old, command: {exec: [./switch.sh, old]}}]"
    back = parts.rollback(under(part, 22), BACK)
    assert [(step.id, step.kind) for step in back.steps] == [("old", "command")]


def test_a_rollback_without_steps_needs_them_in_its_part(parts: Parts) -> None:
    parts.rollback(under("budget: 5m", 22), Rollback(20, ()))
    assert told(parts) == ["22:1: the key `steps` is missing"]


def test_front_matter_gives_what_a_whole_checklist_has(parts: Parts) -> None:
    fragment = launchpad_keys(
        "title: 'x\nlaunchpad:\n  code-word: lantern\n  roles: {dba: DBA, ops: Ops}\n"
        "  env-vars: {KEY: {optional: true}}\n  log: /srv/log.db\n{{ a template }}\n"
    )
    assert fragment
    checklist = parts.settle(parts.document(fragment, PLAN))
    assert (checklist.code_word, checklist.log) == ("lantern", "/srv/log.db")
    assert checklist.roles == (Role("dba", "DBA", 5), Role("ops", "Ops", 5))
    assert checklist.env_vars == (
        EnvironmentVariable("URL", 7),
        EnvironmentVariable("KEY", 6, optional=True),
    )
    assert (checklist.title, checklist.phases) == (PLAN.title, PLAN.phases)


@pytest.mark.parametrize(
    "version", ["launchpad: 1", "'launchpad': 1 # the version", "launchpad : 1"]
)
def test_front_matter_may_only_name_the_version(parts: Parts, version: str) -> None:
    fragment = launchpad_keys(version)
    assert fragment
    assert parts.settle(parts.document(fragment, PLAN)) == PLAN


@pytest.mark.parametrize("value", ["2", "true", "", "x", "[]"])
def test_front_matter_takes_nothing_else(parts: Parts, value: str) -> None:
    fragment = launchpad_keys(f"launchpad: {value}")
    assert fragment
    parts.document(fragment, PLAN)
    (only,) = told(parts)
    assert "expected keys with values, found" in only
    assert only.startswith("2:")


@pytest.mark.parametrize("key", ["title: x", "phases: []", "launchpad: 1"])
def test_front_matter_does_not_say_what_the_document_says(parts: Parts, key: str) -> None:
    fragment = launchpad_keys(f"launchpad: {{{key}}}")
    assert fragment
    parts.document(fragment, PLAN)
    (only,) = told(parts)
    assert only.startswith(f"2:13: there is no key `{key.partition(':')[0]}`")


def test_parts_name_what_other_parts_and_the_document_give(parts: Parts) -> None:
    """Whatever comes first in the document."""
    item = parts.item(under("probe: smoke/health\nwaiver: {role: ops}\nsnippets: [look]"), ITEM)
    parts.phase(under("sign-off: {items: [backup], roles: [dba]}", 4), PHASE)
    front = launchpad_keys(
        "launchpad:\n  roles: {ops: Ops}\n  snippets: {look: {text: ls}}\n"
        "  probes: {smoke/health: {http: {url: 'http://h'}, conditions: ['[STATUS] == 200']}}"
    )
    assert front
    plan = parts.document(front, replace(PLAN, phases=(replace(PHASE, items=(item,)),)))
    checklist = parts.settle(plan)
    assert next(checklist.items()).probe == "smoke/health"
    assert [warning.line for warning in checklist.warnings] == [7]


def test_front_matter_may_write_the_rollback_of_a_document_that_has_none(parts: Parts) -> None:
    front = launchpad_keys(
        "launchpad:\n  rollback:\n    steps: [{id: s, title: S, manual: true}]\n"
    )
    assert front
    checklist = parts.settle(parts.document(front, replace(PLAN, rollback=None)))
    assert checklist.rollback == Rollback(4, (Step("s", "S", 4, "manual"),))
