"""What the format takes: the top of a file, its inputs, its people and its phases."""

import pytest

from launchpad.launch.person import person
from tests.native.conftest import Problems, Reading

HEAD = "launchpad: 1\ntitle: T\nphases: [{id: a, title: A}]\n"
ITEM = "launchpad: 1\ntitle: T\nphases:\n- id: a\n  title: A\n  items:\n  - "
PASSWORD = "a password in an address: give it as a secret instead"  # noqa: S105 - a message
TIME = "expected a time of the launch such as T-1h, T-0 or T+30m"
ID = "expected an id of small letters, digits and single hyphens"
INITIALS = "expected initials: 1 to 8 capital letters or digits, the first a letter"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("»title: T\nphases: [{id: a, title: A}]", "the key `launchpad` is missing"),
        (
            "launchpad: »2\ntitle: T\nphases: [{id: a, title: A}]",
            "expected 1, the version of the format that is read here",
        ),
        ("launchpad: 1\ntitle: »''\nphases: [{id: a, title: A}]", "expected text, found nothing"),
        ("launchpad: 1\ntitle: »[T]\nphases: [{id: a, title: A}]", "expected text, found a list"),
        ("launchpad: 1\ntitle: T\nphases: »[]", "expected at least one entry"),
        ("launchpad: 1\ntitle: T\nphases: »x", "expected a list, found text"),
        ("launchpad: 1\ntitle: T\nphases: [»x]", "expected keys with values, found text"),
        (
            f"{HEAD}code-word: »Go",
            "expected one word of 3 to 16 characters, a to z and digits",
        ),
        (f"{HEAD}log: »postgresql://u:p@h/db", PASSWORD),
    ],
)
def test_the_top(told: Problems, document: str, message: str) -> None:
    assert told(document) == [message]


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ("vars: {»base_url: {}}", f"{ID}, such as `base-url`"),
        ("vars: {»2nd: {}}", "expected a name such as base-url: a to z first, then digits too"),
        ("vars: {a: {required: »yes}}", "expected true or false, found `yes`"),
        (
            "vars: {a: {matches: 'x»(y'}}",
            "no regular expression: missing ), unterminated subpattern",
        ),
        (
            "vars: {a: {required: true, »default: x}}",
            "a variable with a default is never missing: it is either required or has one",
        ),
        ("vars: {a: {example: »'https://u:p@h'}}", PASSWORD),
        ("vars: {a: {default: »'https://u:p@h'}}", PASSWORD),
        ("secrets: {a: »{}}", "a secret needs `env` or `file` or `command`"),
        ("secrets: {a: {env: A, »file: /a}}", "a secret is only one of `env` and `file`"),
        (
            "secrets: {a: {env: »a-b}}",
            "expected the name of an environment variable, such as JOB_TOKEN",
        ),
        ("secrets: {a: {command: »x}}", "expected a list, found text"),
        ("vars: {a: {}}\nsecrets: {»a: {env: A}}", "a variable has this name already"),
    ],
)
def test_variables_and_secrets(told: Problems, inputs: str, message: str) -> None:
    assert told(HEAD + inputs) == [message]


@pytest.mark.parametrize(
    ("people", "message"),
    [
        ("crew: {lead: »CD, people: [{initials: AB, name: A}]}", "there is no person `CD`"),
        (
            "crew: {lead: AB, people: [{initials: AB, name: A, roles: [»x]}]}",
            "there is no role `x`",
        ),
        ("crew: {lead: AB, people: [{initials: AB, name: A}, {initials: »ab, name: B}]}", INITIALS),
        (
            "crew: {lead: A, people: [{initials: A, name: A}, {initials: »A, name: B}]}",
            "the person `A` is given already, on line 4",
        ),
        ("roles: {»D B: Database Admin}", f"{ID}, such as `d-b`"),
        ("roles: »[]", "expected names with values, found a list"),
    ],
)
def test_people(told: Problems, people: str, message: str) -> None:
    assert told(HEAD + people) == [message]


@pytest.mark.parametrize(
    ("phase", "message"),
    [
        ("id: »A b, title: A", f"{ID}, such as `a-b`"),
        ("id: a, title: A, poll: »x", "expected keys with values, found text"),
        ("id: a, title: A, poll: »{}", "the key `roles` is missing"),
        ("id: a, title: A, poll: {roles: [»x]}", "there is no role `x`"),
        ("id: a, title: A, until: »T-1", TIME),
        (
            "id: a, title: A, at: T-0, »until: T-5m",
            "the phase ends before it begins: `until` comes after `at`",
        ),
        ("id: a, title: A, at: »T-1", TIME),
        ("id: a, title: A, at: »T+1ms", TIME),
        ("id: a, title: A, at: »-1h", TIME),
        ("id: a, title: A, sign-off: {roles: »[]}", "expected at least one entry"),
        ("id: a, title: A, sign-off: »[]", "expected at least one entry"),
        ("id: a, title: A, sign-off: {roles: [»x]}", "there is no role `x`"),
        (
            "id: a, title: A, sign-off: {requires: »some}",
            "expected one of all-items, found `some`",
        ),
        ("id: a, title: A}, {id: »a, title: B", "the phase `a` is given already, on line 3"),
    ],
)
def test_phases_and_sign_offs(told: Problems, phase: str, message: str) -> None:
    assert told(f"launchpad: 1\ntitle: T\nphases: [{{{phase}}}]\n") == [message]


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("»{id: b}", "the key `text` is missing"),
        ("{id: »L 3, text: t}", f"{ID}, such as `l-3`"),
        ("{id: »'!', text: t}", ID),
        ("{id: b, text: t, »prioriti: x}", "there is no key `prioriti`; did you mean `priority`?"),
        ("{id: b, text: t, probe: »x}", "there is no probe `x`"),
        (
            "{id: b, text: t}\n  - {id: »b, text: t}",
            "the item `b` is given already, on line 7",
        ),
    ],
)
def test_items(told: Problems, item: str, message: str) -> None:
    assert told(ITEM + item) == [message]


@pytest.mark.parametrize(
    ("written", "milliseconds"),
    [("T-1h", -3_600_000), ("T-0", 0), ("T+30m", 1_800_000), ("T-1h30m", -5_400_000)],
)
def test_times_are_told_from_t_0(reading: Reading, written: str, milliseconds: int) -> None:
    checklist = reading(HEAD.replace("title: A", f"title: A, at: {written}"))
    assert checklist.phases[0].at_ms == milliseconds


def crew_of(initials: str) -> str:
    return f"{HEAD}crew: {{lead: {initials}, people: [{{initials: {initials}, name: A}}]}}"


@pytest.mark.parametrize("initials", ["A", "AB", "\u00c4B2", "ABCDEFGH", "\u6f22"])
def test_the_crew_can_act_under_its_initials(reading: Reading, initials: str) -> None:
    crew = reading(crew_of(initials)).crew
    assert crew
    assert person(crew.lead).initials == crew.lead


@pytest.mark.parametrize("initials", ["1A", "ABCDEFGHI", "A_B", "a", "A B"])
def test_initials_that_nobody_can_act_under(problems: Problems, initials: str) -> None:
    assert [told.split(": ", 1)[1] for told in problems(crew_of(initials))] == [INITIALS] * 2


def test_a_checklist_without_items_is_warned_about(reading: Reading) -> None:
    (warning,) = reading(HEAD).warnings
    assert (warning.line, warning.message) == (
        1,
        "no item found: a launch needs items in its phases",
    )


def test_a_text_that_hides_something_is_made_visible(reading: Reading) -> None:
    checklist = reading(f'{ITEM}{{id: b, text: "a\\u202eb  c\\nd"}}')
    assert checklist.phases[0].items[0].text == "a<U+202E>b c d"
