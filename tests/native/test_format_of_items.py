"""What the format takes: all that can be said of an item, and who signs for which of them."""

import pytest

from launchpad.checklist.model import Blank, Field, Item, Section, Span, Step
from tests.native.conftest import Problems, Reading

HEAD = "launchpad: 1\ntitle: T\nroles: {dba: D, ops: O}\nsnippets: {log-in: {text: ssh host}}\n"
ITEM = f"{HEAD}phases:\n- id: a\n  title: A\n  items:\n  - "
PHASES = (
    f"{HEAD}phases:\n"
    "- {id: a, title: A, items: [{id: b, text: B}, {id: c, text: C}], SIGN}\n"
    "- {id: z, title: Z, sections: [{id: y, title: Y}], items: [{id: x, text: X}]}\n"
)
TRUTH = "expected true or false, found `yes`"
STEP = "a step needs `command` or `http` or `manual` or `wait`"


def item(reading: Reading, keys: str) -> Item:
    (only,) = reading(f"{ITEM}{{id: b, text: t, {keys}}}").phases[0].items
    return only


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("label: »[]", "expected text, found a list"),
        ("owner: »''", "expected text, found nothing"),
        ("checked: »yes", TRUTH),
        ("optional: »yes", TRUTH),
        ("point-of-no-return: »yes", TRUTH),
        ("kind: »box", "expected one of task, table, glyph, inline, step, found `box`"),
        ("expected: »5", "expected a duration such as 500ms, 30s, 2m, 1h30m or 2d"),
        ("fields: »[]", "expected names with values, found a list"),
        ("fields: {Why: »{}}", "expected text, found keys with values"),
        ("fields: {»' ': x}", "expected a name"),
        ("snippets: [»log-on]", "there is no snippet `log-on`; did you mean `log-in`?"),
        ("section: »s", "there is no section `s`"),
        ("waiver: »{}", "the key `role` is missing"),
        ("waiver: {role: »dbb}", "there is no role `dbb`; did you mean `dba`?"),
        ("items: »{}", "expected a list, found keys with values"),
        ("items: [»{id: c}]", "the key `text` is missing"),
        ("items: [{id: »b, text: u}]", "the item `b` is given already, on line 9"),
        ("items: [{id: c, text: u, »item: []}]", "there is no key `item`; did you mean `items`?"),
        ("step: »{}", STEP),
        ("step: {manual: true, »id: x}", "there is no key `id`"),
        ("step: {manual: true, »title: x}", "there is no key `title`"),
        ("step: {manual: true, »deadline: 1h}", "there is no key `deadline`"),
        ("step: {http: »{}}", "the key `url` is missing"),
        ("step: {command: {exec: [a]}, verify: »x}", "there is no probe `x`"),
        (
            "step: {manual: true, »rehearse: {exec: [a]}}",
            "`rehearse` does nothing here: only a command can have it",
        ),
    ],
)
def test_items(told: Problems, keys: str, message: str) -> None:
    assert told(f"{ITEM}{{id: b, text: t, {keys}}}") == [message]


def test_all_that_can_be_said_of_an_item(reading: Reading) -> None:
    read = item(
        reading,
        "label: L, checked: true, kind: glyph, priority: P2, owner: Ada B, status: open, "
        'optional: true, expected: 5m, fields: {Why: w, Notes: "one\\ntwo"}, snippets: [log-in], '
        "point-of-no-return: true, waiver: {role: dba}, step: {wait: 30s, expected: 1m}",
    )
    assert read == Item(
        id="b",
        text="t",
        label="L",
        checked=True,
        line=9,
        end_line=9,
        depth=0,
        kind="glyph",
        section=None,
        box=None,
        priority="P2",
        owner="Ada B",
        status="open",
        fields=(Field("Why", "w"), Field("Notes", "one\ntwo")),
        optional=True,
        expected_ms=300_000,
        snippets=("log-in",),
        point_of_no_return=True,
        step=Step("b", "t", 9, "wait", wait_ms=30_000, expected_ms=60_000),
        waiver_role="dba",
    )


def test_items_within_items_come_after_them(reading: Reading) -> None:
    (phase,) = reading(
        f"{HEAD}phases:\n"
        "- id: a\n"
        "  title: A\n"
        "  sections: [{id: one, title: One, state: done}, {id: two, title: Two}]\n"
        "  items:\n"
        "  - id: b\n"
        "    text: B\n"
        "    section: one\n"
        "    items:\n"
        "    - {id: c, text: C, items: [{id: d, text: D}]}\n"
        "    - {id: e, text: E, section: two}\n"
        "  - {id: f, text: F}\n"
    ).phases
    assert [(one.id, one.depth, one.section) for one in phase.items] == [
        ("b", 0, "one"),
        ("c", 1, "one"),
        ("d", 2, "one"),
        ("e", 1, "two"),
        ("f", 0, None),
    ]
    assert [(one.line, one.end_line) for one in phase.items[:2]] == [(10, 15), (14, 14)]


def test_the_probe_of_an_inner_item_is_kept(reading: Reading) -> None:
    inner = "{id: d, text: D, probe: {env: {name: X, from: conductor}}}"
    checklist = reading(f"{ITEM}{{id: b, text: B, items: [{inner}]}}")
    assert [probe.id for probe in checklist.probes] == ["d"]


def test_inner_items_are_counted_too(problems: Problems) -> None:
    inner = ", ".join(f"{{id: i{number}, text: t}}" for number in range(20_000))
    assert problems(f"{ITEM}{{id: b, text: t, items: [{inner}]}}") == [
        "9:29: more than 20,000 items"
    ]


def test_sections(reading: Reading, told: Problems) -> None:
    section = "sections: [{id: y, title: Y, state: in progress}]"
    text = (
        f"{HEAD}phases: [{{id: a, title: A, {section}, items: [{{id: b, text: t, section: y}}]}}]"
    )
    checklist = reading(text)
    assert checklist.sections == (Section("y", "Y", "a", 5, "in progress"),)
    assert checklist.phases[0].items[0].section == "y"
    assert told(text.replace("title: Y", "»titel: Y").replace("{id: y", "»{id: y")) == [
        "the key `title` is missing",
        "there is no key `titel`; did you mean `title`?",
    ]


def test_a_section_of_another_phase_is_none_of_the_item_s(told: Problems) -> None:
    text = PHASES.replace(", SIGN", "").replace("text: C", "text: C, section: »y")
    assert told(text) == ["the section `y` is in another phase"]


@pytest.mark.parametrize(
    ("sign_off", "message"),
    [
        (
            "{id: »A, meaning: x}",
            "expected an id of small letters, digits and single hyphens, such",
        ),
        ("{roles: [dba, ops], »id: s}", "each role signs for itself: an `id` is of an entry with"),
        ("[{id: s}, {id: »s}]", "the sign-off `s` is given already, on line 6"),
        ("{items: [»d]}", "there is no item `d`"),
        ("{items: [b, »x]}", "the item `x` is in another phase"),
        (
            "{fields: [»initial]}",
            "expected one of initials, name, date, time, datetime, signature, meaning",
        ),
        ("{fields: »[]}", "expected at least one entry"),
    ],
)
def test_sign_offs(told: Problems, sign_off: str, message: str) -> None:
    (only,) = told(PHASES.replace("SIGN", f"sign-off: {sign_off}"))
    assert only.startswith(message)


@pytest.mark.parametrize(
    ("sign_off", "signed"),
    [
        ("{id: s, label: All of it}", [("s", "All of it", ("b", "c"))]),
        ("{id: s, roles: [dba], label: It}", [("s", "It", ("b", "c"))]),
        ("{items: [c]}", [("a", "A", ("c",))]),
        (
            "{roles: [dba, ops], label: It, items: [b]}",
            [("a-dba", "It: D", ("b",)), ("a-ops", "It: O", ("b",))],
        ),
        # What somebody wrote stays as it is; what is made goes round it.
        ("[{}, {id: a}]", [("a-2", "A", ("b", "c")), ("a", "A", ("b", "c"))]),
    ],
)
def test_who_signs_for_what(
    reading: Reading, sign_off: str, signed: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    checklist = reading(PHASES.replace("SIGN", f"sign-off: {sign_off}"))
    assert [(slot.id, slot.label, slot.items) for slot in checklist.signoffs] == signed


def test_what_a_sign_off_asks_for_has_no_place_in_the_file(reading: Reading) -> None:
    sign_off = "sign-off: {fields: [initials, date, meaning]}"
    (slot,) = reading(PHASES.replace("SIGN", sign_off)).signoffs
    assert slot.blanks == (
        Blank("initials", "Initials", Span(0, 0)),
        Blank("date", "Date", Span(0, 0)),
        Blank("meaning", "Meaning", Span(0, 0)),
    )


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("waiver: {role: dba}", "`waiver` is kept, but no item can be waived in this version"),
    ],
)
def test_what_nothing_acts_on_yet_is_warned_about(
    reading: Reading, keys: str, message: str
) -> None:
    (warning,) = reading(f"{ITEM}id: b\n    text: t\n    {keys}").warnings
    assert (warning.line, warning.message[: len(message)]) == (11, message)


def test_what_is_no_point_of_no_return_is_not_warned_about(reading: Reading) -> None:
    assert reading(f"{ITEM}{{id: b, text: t, point-of-no-return: false}}").warnings == ()
