"""Fields: what is said beside and beneath an item, and what is a plain remark or another item."""

from collections.abc import Callable
from pathlib import Path

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.fields.estimates import estimate_ms
from launchpad.checklist.markdown.fields.item_fields import ItemFields, read_fields
from launchpad.checklist.markdown.tasks import find_tasks
from launchpad.checklist.markdown.tree import parse
from launchpad.checklist.markdown.unfilled import is_unfilled

MINUTE = 60_000


def fields_of(text: str) -> list[ItemFields]:
    return [read_fields(task) for task in find_tasks(parse("plan.md", text))]


def only(text: str) -> ItemFields:
    (found,) = fields_of(text)
    return found


def beneath(*bullets: str) -> ItemFields:
    return only("- [ ] Switch\n" + "".join(f"  - {bullet}\n" for bullet in bullets))


def row(heads: str, cells: str) -> ItemFields:
    tree = parse("plan.md", f"{heads}\n{'|-' * (heads.count('|') - 1)}|\n{cells}\n")
    block = [one for one in tree.root.walk() if one.kind == "tr"][-1]
    entry = Entry("table", "Restore", "", checked=False, line=3, end_line=3, depth=0, block=block)
    return read_fields(entry)


@pytest.mark.parametrize(
    "bullet",
    [
        "Owner: Ada",
        "**Owner:** Ada",
        "**Owner**: Ada",
        "**Owner** - Ada",
        "**Owner** \u2014 Ada",
        "*Owner:* Ada",
        "Owner(s): Ada",
        "OWNER : Ada",
        "\U0001f464 Owner: Ada",
        "Assignee: Ada",
        "Assigned to: Ada",
        "Responsible: Ada",
        "Responsible party: Ada",
        "DRI: Ada",
        "Verantwortlich: Ada",
        "Responsable: Ada",
        "\u62c5\u5f53\u8005\uff1aAda",
    ],
)
def test_an_owner_is_known_under_many_names(bullet: str) -> None:
    found = beneath(bullet)
    assert (found.owner, found.fields) == ("Ada", ())


def test_an_owner_is_in_the_author_s_words() -> None:
    assert beneath("Owner: Unassigned").owner == "Unassigned"


@pytest.mark.parametrize(
    "nobody",
    [
        "TBD",
        "tbd.",
        "-",
        "\u2014",
        "____",
        "N/A",
        "None",
        "[name]",
        "<owner>",
        "",
        "?",
    ],
)
def test_an_owner_that_is_still_blank_is_none(nobody: str) -> None:
    found = beneath(f"Owner: {nobody}", "Why: money")
    assert found.owner is None
    assert [field.name for field in found.fields] == ["Why"]


@pytest.mark.parametrize(
    ("bullet", "status"),
    [
        ("Status: In Progress", "In Progress"),
        ("**Status:** \u2705 Done", "\u2705 Done"),
        ("Status: Open", "Open"),
        ("Status: N/A", "N/A"),
        ("Status: ____", None),
        ("Status: [status]", None),
        ("Status: \u2610 Open / \u2611 Done", None),
        ("Status: [ ] open [x] done", None),
    ],
)
def test_a_status_is_a_word_and_no_box(bullet: str, status: str | None) -> None:
    assert beneath(bullet).status == status


@pytest.mark.parametrize(
    ("bullet", "name", "value"),
    [
        ("Why: the old one is gone", "Why", "the old one is gone"),
        ("References: [guide](docs/a.md), `b`", "References", "guide, b"),
        ("Depends on: DNS", "Depends on", "DNS"),
        ("Depends on: none", "Depends on", "none"),
        ("**Due:** Friday, 18:00", "Due", "Friday, 18:00"),
        ("Deadline: 2 May", "Deadline", "2 May"),
        ("Validation: `curl` answers 200", "Validation", "curl answers 200"),
        ("Notes: ask: first", "Notes", "ask: first"),
        ("**Blast radius:** one shop", "Blast radius", "one shop"),
        ("**Sauce :** none", "Sauce", "none"),
        ("Acceptance Criteria:\n    - a\n    - **b**\n      - c", "Acceptance Criteria", "a\nb\nc"),
        ("Test: twice\n    1. by day\n    2. by night", "Test", "twice\nby day\nby night"),
        ("Reason: long\n    and longer", "Reason", "long\nand longer"),
        ("\u671f\u9650\uff1a\u91d1\u66dc", "\u671f\u9650", "\u91d1\u66dc"),
    ],
)
def test_other_fields_keep_their_names_and_values(bullet: str, name: str, value: str) -> None:
    assert [(one.name, one.value) for one in beneath(bullet).fields] == [(name, value)]


@pytest.mark.parametrize(
    "bullet",
    [
        "Point the name at the new service",
        "**Careful** with this one",
        "**Careful** - it bites",
        "Then: wait",
        "10:30 at the latest",
        "https://status.example/x",
        "docs://internal",
        "`Status`: the name of a column",
        "`Owner: root`",
        "Ask the owner: Ada",
        "Owner",
        "Owner of the shop is told",
        "Notes:",
        "[ ] Owner: Ada",
        "Due: ____",
    ],
)
def test_plain_remarks_and_tasks_are_no_fields(bullet: str) -> None:
    found = fields_of(f"- [ ] Switch\n  - {bullet}\n")[0]
    assert found == ItemFields()


def test_tasks_under_a_field_are_items_and_no_part_of_it() -> None:
    first, second = fields_of("- [ ] Switch\n  - Acceptance:\n    - dull\n    - [ ] Ticked\n")
    assert [one.value for one in first.fields] == ["dull"]
    assert second == ItemFields()


def test_a_second_owner_stays_a_field() -> None:
    found = beneath("Owner: Ada", "Assignee: Bo")
    assert (found.owner, [(one.name, one.value) for one in found.fields]) == (
        "Ada",
        [("Assignee", "Bo")],
    )


def test_lines_below_the_first_one_may_be_fields() -> None:
    found = only("- [ ] Switch the name\n  back again\n  Owner: Ada\n  **Why:** money\n")
    assert (found.owner, found.title) == ("Ada", "Switch the name back again")
    assert [(one.name, one.value) for one in found.fields] == [("Why", "money")]
    found = only("- [ ] Switch\n\n  Owner: Ada\n\n  Carefully.\n")
    assert (found.owner, found.title) == ("Ada", None)
    assert only("- [ ] Switch\n  Owner: Ada\n  and then wait\n").title is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Title: Switch", "Switch"),
        ("**Task:** Switch", "Switch"),
        ("Title: Switch: the end", "Switch: the end"),
        ("Titles: Switch", None),
        ("Title:", None),
        ("Switch Title: x", None),
    ],
)
def test_a_title_is_freed_of_its_name_beside_fields(text: str, title: str | None) -> None:
    assert only(f"- [ ] {text}\n  - Why: money\n").title == title
    assert only(f"- [ ] {text}\n").title is None


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Switch (Owner: Ada)", "Ada"),
        ("Switch [Owner: Ada, Due: Friday]", "Ada"),
        ("Switch (Owner: Ada, Bo)", "Ada, Bo"),
        ("Switch (Owner: Ada; 5 min)", "Ada"),
        ("Switch - Owner: Ada", "Ada"),
        ("Switch \u2014 Assigned to: Ada", "Ada"),
        ("Switch | Owner: Ada | Due: Friday", "Ada"),
        ("Switch (@ada)", "@ada"),
        ("Switch (@ada, @bo)", "@ada, @bo"),
        ("Switch - @ada", "@ada"),
        ("Switch the name @ada", "@ada"),
        ("Switch (Owner: TBD)", None),
        ("Owner: Ada", None),
        ("**Owner**: every item has one", None),
        ("Notify @ops", None),
        ("Install the client via @scope", None),
        ("Upgrade to @latest", None),
        ("Post in the room (@here)", None),
        ("Mail ada@example.org", None),
        ("Install `npm i @scope/x`", None),
        ("Check the owner (root) of the files", None),
        ("Sheet (see: owners)", None),
    ],
)
def test_an_owner_may_stand_at_the_end_of_the_line(text: str, owner: str | None) -> None:
    found = only(f"- [ ] {text}\n")
    assert (found.owner, found.title) == (owner, None)


@pytest.mark.parametrize(
    ("text", "status", "due"),
    [
        ("Switch (Due: Friday)", None, "Friday"),
        ("Switch - Status: In progress", "In progress", None),
        ("Page answers - Status: 200", None, None),
        ("Page answers (status: 200)", None, None),
        ("Switch (Status: done, Due: Friday)", "done", "Friday"),
    ],
)
def test_other_remarks_on_the_line(text: str, status: str | None, due: str | None) -> None:
    found = only(f"- [ ] {text}\n")
    assert found.status == status
    assert [one.value for one in found.fields] == [one for one in [due] if one]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Switch (2 minutes)", 2),
        ("Switch (~15m)", 15),
        ("Switch (5-10 min)", 10),
        ("Switch (\u226410 minutes)", 10),
        ("Switch (est. 1 h)", 60),
        ("Switch [90 s].", 1.5),
        ("Switch (Owner: Ada, 5 min)", 5),
        ("Switch (optional) (5 min)", 5),
        ("Switch (Estimated time: 5 min)", 5),
        ("Switch (5 min) and wait", None),
        ("Switch 5 min", None),
        ("Alarm when silent for > 15 minutes", None),
        ("Alarm (for > 15 minutes)", None),
        ("Beat sent (every 5 min)", None),
        ("Search debounced (300-500ms)", None),
        ("Session timeout (30 minutes)", None),
        ("Cached pages expire (5 minutes)", None),
        ("Backups kept, retention (30 days)", None),
        ("Answers (< 2 seconds)", None),
        ("Switch (within 4 hours)", None),
        ("Switch (T-30 min)", None),
    ],
)
def test_an_estimate_is_a_length_in_brackets_at_the_end(text: str, minutes: float | None) -> None:
    found = only(f"- [ ] {text}\n")
    assert found.expected_ms == (None if minutes is None else round(minutes * MINUTE))
    assert found.warnings == ()


@pytest.mark.parametrize(
    "text", ["Switch (2 minutes each for two shops)", "Move (2 minutes of silence)"]
)
def test_a_bracket_that_only_looks_like_an_estimate_is_none(text: str) -> None:
    assert only(f"- [ ] {text}\n").expected_ms is None


def test_what_looks_like_an_estimate_is_a_warning_with_its_line() -> None:
    found = fields_of("- [ ] a\n- [ ] Switch (2 minutes of silence)\n")[1]
    assert [(one.line, one.message) for one in found.warnings] == [
        (2, "\u201c(2 minutes of silence)\u201d looks like a time, but was not understood")
    ]
    found = beneath("Estimated time: 3 coffees", "Time: 14:00", "Effort: 3 points")
    assert [one.message for one in found.warnings] == [
        "\u201cEstimated time: 3 coffees\u201d looks like a time, but was not understood"
    ]


@pytest.mark.parametrize(
    ("name", "value", "minutes"),
    [
        ("Estimated time", "10 min", 10),
        ("Duration", "about 1 hour", 60),
        ("Estimate", "5-10 minutes", 10),
        ("Estimated Time to Complete (mins)", "5", 5),
        ("Estimated Time to Complete (mins)", "5-10", 10),
        ("Est. time (hours)", "1.5", 90),
        ("Time in minutes", "5", 5),
        ("Duration", "5", None),
        ("Time", "14:00", None),
        ("Effort", "3 points", None),
        ("Estimate", "a while", None),
        ("Estimate", "9" * 100_000, None),
    ],
)
def test_a_field_gives_a_length(name: str, value: str, minutes: float | None) -> None:
    assert estimate_ms(name, value) == (None if minutes is None else round(minutes * MINUTE))


@pytest.mark.parametrize(
    ("text", "priority", "optional"),
    [
        ("[P0] Switch", "P0", False),
        ("Switch (P1)", "P1", False),
        ("**P0**: Switch", "P0", False),
        ("Switch (critical)", "critical", False),
        ("Switch (optional)", None, True),
        ("Switch (if needed)", None, True),
        ("\U0001f534 Switch", None, False),
    ],
)
def test_priority_and_option_are_read_from_the_words(
    text: str, priority: str | None, optional: bool
) -> None:
    found = only(f"- [ ] {text}\n")
    assert (found.priority, found.optional) == (priority, optional)
    assert only(f"- [ ] {text}\n  - Priority: P3\n").priority == "P3"


@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        ("|Step|Owner|Due|", "|Restore|Ada|Friday|", ("Ada", None, None, None, ["Friday"])),
        ("|Step|Responsible|", "|Restore|TBD|", (None, None, None, None, [])),
        ("|Step|Priority|Status|", "|Restore|P1|Pending|", (None, "P1", "Pending", None, [])),
        ("|Step|Status|", "|Restore|\u2610 Pass \u2610 Fail|", (None, None, None, None, [])),
        ("|Step|Status|", "|Restore|\u2b1c|", (None, None, None, None, [])),
        (
            "|Step|Estimated Time to Complete (mins)|",
            "|Restore|40|",
            (None, None, None, 40 * MINUTE, ["40"]),
        ),
        ("|Step|Duration|", "|Restore|~15m|", (None, None, None, 15 * MINUTE, ["~15m"])),
        ("|Step|Notes|Colour|", "|Restore|slow|red|", (None, None, None, None, ["slow", "red"])),
        ("|#|Heure|Step|Env|", "|1|10:00|Restore|prod|", (None,) * 4 + (["10:00", "prod"],)),
        ("|Code|Step|Port|", "|DB-01|Restore|80|", (None, None, None, None, ["80"])),
        ("|T-minus|Step|", "|T-30|Restore|", (None, None, None, None, ["T-30"])),
        ("|Step|QA|Prod|", "|Restore|[ ]|\u2610 seen|", (None, None, None, None, [])),
        ("|Step|Initials|Mood|", "|Restore|AL|____|", (None, None, None, None, [])),
        ("|Step|Mood|Place|", "|Restore|TBD|\u2014|", (None, None, None, None, [])),
        ("|Step|Who|", "|Restore|Ada|", ("Ada", None, None, None, [])),
        ("|Step|Assignees|", "|Restore|Ada|", ("Ada", None, None, None, [])),
        ("|Step|Lead|", "|Restore|Ada|", ("Ada", None, None, None, [])),
        ("|Step|PIC|", "|Restore|Ada|", ("Ada", None, None, None, [])),
        ("|Step|Performed by|", "|Restore|Ada|", ("Ada", None, None, None, [])),
        ("|Step|Owner|", "|Restore|", (None, None, None, None, [])),
    ],
)
def test_a_rows_columns_are_fields_by_their_heads(
    heads: str,
    cells: str,
    expected: tuple[str | None, str | None, str | None, int | None, list[str]],
) -> None:
    found = row(heads, cells)
    values = [one.value for one in found.fields]
    assert (found.owner, found.priority, found.status, found.expected_ms, values) == expected


@pytest.mark.parametrize(
    ("text", "unfilled"),
    [
        ("", True),
        ("Unassigned", False),
        ("Nobody", False),
        ("TBD", True),
        ("____", True),
        ("[Name]", True),
        ("[Phone number]", True),
        ("[Name/Team]", True),
        ("<your name here>", True),
        ("{{owner}}", True),
        ("[ ]", True),
        ("@username", True),
        ("n.a.", True),
        ("\u672a\u5b9a", True),
        ("[Rotation schedule]", False),
        ("[Ada B]", False),
        ("@ada", False),
        ("Ned A", False),
        ("None of us", False),
        ("[" * 50_000, False),
    ],
)
def test_what_is_still_to_be_filled_in(text: str, unfilled: bool) -> None:
    assert is_unfilled(text) is unfilled


def test_the_readiness_document_has_six_things_said_of_each_item(
    seed: Callable[[str], Path],
) -> None:
    path = seed("004")
    found = fields_of(source_from_bytes(path.name, path.read_bytes()).readable)
    assert len(found) == 22
    for one in found:
        assert one.priority in {"P0", "P1", "P2"}
        assert one.status in {"Pending", "In Progress", "Completed"}
        assert one.owner == "Unassigned"
        assert [field.name for field in one.fields] == ["Why", "References", "Acceptance Criteria"]
        assert one.title
        assert one.warnings == ()


@pytest.mark.parametrize("number", ["000", "001", "002", "003"])
def test_the_other_documents_give_no_field_and_no_estimate(
    seed: Callable[[str], Path], number: str
) -> None:
    path = seed(number)
    for one in fields_of(source_from_bytes(path.name, path.read_bytes()).readable):
        assert one == ItemFields(optional=one.optional)
