"""The emergency sheet: all that people need to go on by hand, and no secret, and no markup."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.cells import cell_len

from launchpad.checklist.load import load
from launchpad.checklist.model import Command, HttpSettings, Rollback, Step, Window
from launchpad.export.sheet import sheet
from launchpad.export.sheet_html import html_sheet
from launchpad.export.sheet_lines import Line, Part, Sheet
from launchpad.export.sheet_text import COLUMNS, text_sheet
from launchpad.launch.countdown import held, scheduled
from launchpad.launch.intents import (
    AddNote,
    PauseRollback,
    RecordResult,
    SignOffSlot,
    StartRollback,
)
from launchpad.launch.moment import Moment
from launchpad.launch.operations import AsLeft
from launchpad.session.history import Actual, Taken
from tests.checklist.conftest import seed
from tests.export.sheets import AT, LOG, TEXT, made, text_of, told
from tests.launch.making import CLEO, Told

__all__ = ["seed"]

HOUR_MS = 3_600_000
HOSTILE = "</pre><script>alert(1)</script> & \"x\" 'y' [/foo] \x1b]52;c;eA==\x07 \u202e {{ 7*7 }}"


@pytest.fixture
def night(tmp_path: Path) -> Told:
    return told(tmp_path)


def html_of(told: Told) -> str:
    return html_sheet(made(told))


class Reader(HTMLParser):
    """What a browser makes of a sheet: its elements, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.commands: list[str] = []
        self.text = ""
        self._in = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._in = tag
        if tag == "pre":
            self.commands.append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - as it is called
        self._in = ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in == "pre":
            self.commands[-1] += data.removeprefix("\n")


def test_it_says_of_what_it_is_and_how_old_it_is(night: Told) -> None:
    said = text_of(night)
    assert "Storefront cutover\nEMERGENCY SHEET - LIVE\n" in said
    assert "\nwritten     2026-11-21 02:03:04Z by the clock of bastion1\n" in said
    assert "\nas of       event 1, hash-1\n" in said
    assert "\ncode word   storefront\n" in said
    assert f"\nlog         {LOG}\n" in said


def test_a_step_has_all_that_is_needed_to_do_it_by_hand(night: Told) -> None:
    said = text_of(night)
    assert "\nbudget      10m\n" in said
    assert "\nauthority   Database Admin (AB), DevOps\n" in said
    assert "\nstep 1: Point traffic back (dns)\n" in said
    assert "  takes       expected 2m\n  done by     +5m from its start\n" in said
    assert "  needs       JOB_TOKEN in its environment, see below\n" in said
    assert "    $ ./switch.sh old 'https://x.example/a b'\n" in said
    assert '    $ echo "$REGION" | ./jobs.sh\n' in said
    assert "  Post in the channel.\n  Then call.\n" in said


def test_how_long_a_step_took_stands_beside_what_is_expected(night: Told) -> None:
    actual = Actual(Taken(72_000, "one", "rehearsal", "2026-11-20T02:00:00.000Z"), 72_000, 1)
    said = "\n".join(text_sheet(sheet(night.now, LOG, AT, {"dns": actual})))
    assert "expected 2m, took 1m12s in the rehearsal of 2026-11-20" in said
    assert "!! never rehearsed: jobs, tell\n" in said


def test_a_secret_is_on_it_by_its_name_and_where_it_comes_from(night: Told) -> None:
    said = text_of(night)
    assert "job-token   a secret, not on this sheet; from the file /etc/job-token\n" in said
    assert 'export JOB_TOKEN="$(cat /etc/job-token)"\n' in said


def test_a_secret_in_a_request_stays_a_name(night: Told) -> None:
    bearer = ("Authorization", "Bearer ${job-token}")
    http = HttpSettings("${base-url}/off", "POST", (bearer,), body="now")
    plan = Rollback(9, (Step("off", "Off", 10, "http", http=http),))
    opened = night.now.opened
    reading = replace(opened.reading, rollback=plan)
    night.state = replace(night.now, opened=replace(opened, reading=reading))
    assert Reader(html_of(night)).commands[0] == (
        "POST https://x.example/a b/off\nAuthorization: Bearer ${job-token}\n\nnow"
    )


def test_a_hand_gets_the_folder_and_the_values_that_the_program_gives(night: Told) -> None:
    said = text_of(night)
    assert "  $ cd /srv\n" in said
    assert "    export LAUNCHPAD_VAR_BASE_URL='https://x.example/a b'\n" in said
    assert "    export LAUNCHPAD_VAR_REGION=north\n" in said


def test_t_0_has_its_zone_and_the_window_its_end(night: Told) -> None:
    now = Moment(AT.at, int(AT.mono_ns), AT.boot_id)
    reading = replace(night.now.checklist, window=Window(1, hard_stop_ms=HOUR_MS))
    opened = replace(night.now.opened, reading=reading)
    clock = scheduled("2026-11-21T04:03:04.000Z", "Europe/Berlin", 2 * HOUR_MS, (), now, 2)
    night.state = replace(night.now, opened=opened, countdown=clock)
    said = text_of(night)
    assert (
        "\nT-0         2026-11-21 04:03:04Z\n            = 2026-11-21 05:03:04 CET, Europe/Berlin\n"
        in said
    )
    assert "\nhard stop   2026-11-21 05:03:04Z\n" in said
    assert "\ndecide      on a rollback by 2026-11-21 04:53:04Z\n" in said
    night.state = replace(night.now, countdown=held(clock, (), now, "CD", "vendor is late", 3))
    assert "!! T- stands at T-2h: CD, vendor is late\n" in text_of(night)


def test_how_the_launch_stands_is_on_it(night: Told) -> None:
    night.does(RecordResult("migrations", "passed", "", night.seen))
    night.does(RecordResult("pooler", "failed", "port 6543 is shut", night.seen))
    night.does(AddNote(None, "the vendor is on the line"))
    said = text_of(night)
    assert "done        1 of 2 items, 1 FAILED, 0 of 1 sign-offs\n" in said
    assert "  [x] All migrations are applied\n    passed by AB, 2026-01-01 00:00Z\n" in said
    assert "    FAILED by AB, 2026-01-01 00:00Z: port 6543 is shut\n" in said
    assert "the vendor is on the line" in said
    assert "not signed, waits for 1 items" in said
    assert "not begun" in said


def test_what_was_signed_says_who_when_and_what(night: Told) -> None:
    for item in ("migrations", "pooler"):
        night.does(RecordResult(item, "passed", "", night.seen))
    (slot,) = night.now.checklist.signoffs
    night.does(SignOffSlot(slot.id, "AB", "approved", None, night.seen))
    assert "AB Ada B dba, 2026-01-01 00:00Z, approved" in " ".join(text_of(night).split())


def test_a_rollback_under_way_says_where_it_stands(night: Told) -> None:
    night.does(StartRollback("smoke failed", "storefront", "jobs", night.seen))
    said = " ".join(text_of(night).split())
    assert "!! ROLLBACK RUNNING: attempt 1, started by AB, 2026-01-01 00:00:02Z" in said
    assert "stands skipped: attempt 1 began behind it" in said
    assert "stands not begun" in said


def test_how_steps_were_left_is_a_part_of_its_own_with_whose_words_it_is(night: Told) -> None:
    night.does(StartRollback("smoke", "storefront", None, night.seen))
    left = (AsLeft(step="jobs", text="one of two is off"),)
    night.does(PauseRollback("the vendor calls", left), CLEO)
    text = text_of(night)
    assert "AS LEFT\n-------\n" in text
    assert "attempt 1, paused by CD, 2026-01-01 00:00:03Z\n  the vendor calls\n" in text
    assert "  dns: not begun, as recorded\n  jobs: one of two is off\n" in text


def test_in_a_rehearsal_no_command_of_the_launch_stands_on_it(night: Told) -> None:
    opened = replace(night.now.opened, mode="rehearsal", code_word="rehearse-storefront")
    night.state = replace(night.now, opened=opened)
    said, html = text_of(night), html_of(night)
    assert "EMERGENCY SHEET - REHEARSAL: nothing on this sheet is the launch\n" in said
    assert "Emergency sheet, REHEARSAL" in html
    assert "$ ./switch.sh --dry-run\n" in said
    assert "noted, and nothing is run: this is a rehearsal" in said
    for each in (said, html):
        assert "switch.sh old" not in each
        assert "jobs.sh" not in each
        assert "never rehearsed" not in each


def test_outside_text_is_never_markup(night: Told) -> None:
    night.does(AddNote(None, HOSTILE))
    night.does(RecordResult("pooler", "failed", HOSTILE, night.seen))
    command = Command(9, shell=HOSTILE)
    plan = Rollback(9, (Step("off", HOSTILE, 10, "command", command, HOSTILE),))
    opened = night.now.opened
    reading = replace(opened.reading, rollback=plan)
    opened = replace(opened, title=HOSTILE, vars={"base-url": HOSTILE}, reading=reading)
    night.state = replace(night.now, opened=opened)
    html = html_of(night)
    read = Reader(html)
    assert "script" not in {tag for tag, _ in read.elements}
    assert "{{ 7*7 }}" in read.text
    assert "[/foo]" in read.text
    for said in (html, text_of(night)):
        assert not {"\x1b", "\x07", "\u202e"} & set(said)


def test_the_page_is_one_file_without_script_or_anything_from_elsewhere(night: Told) -> None:
    read = Reader(html_of(night))
    assert {tag for tag, _ in read.elements} <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "span", "pre")
    }
    names = {name for _, attributes in read.elements for name in attributes}
    assert names <= {"lang", "charset", "http-equiv", "content", "name", "class"}
    assert ("meta", {"charset": "utf-8"}) in read.elements


def test_in_html_a_command_is_in_one_piece(tmp_path: Path) -> None:
    words = " ".join(f"--with-option-{number}=value" for number in range(12))
    night = told(tmp_path, TEXT.replace('echo "$REGION" | ./jobs.sh', f"./jobs.sh {words}"))
    assert f"./jobs.sh {words}" in Reader(html_of(night)).commands
    said = text_of(night)
    pieces = [line.strip() for line in said.splitlines() if "--with-option" in line]
    assert "A line that begins with ~ goes on" in said
    joined = pieces[0].removeprefix("$ ")
    for piece in pieces[1:]:
        joined += piece.removeprefix("~") if piece.startswith("~") else piece.removeprefix("+ ")
    assert joined == f"./jobs.sh {words}"


@pytest.mark.parametrize(
    "command",
    ["x" * 300, "漢字" * 120, "a  b " * 60, "printf '" + " " * 200 + "'", "é" * 79, "a b"],
)
def test_no_line_is_wider_than_the_page_and_nothing_of_a_command_is_lost(command: str) -> None:
    page = Sheet("t", "LIVE", (Part("p", (Line("command", command, depth=2),)),))
    lines = [line for line in text_sheet(page) if line.startswith("    ")]
    assert all(cell_len(line) <= COLUMNS for line in lines)
    joined = ""
    for line in lines:
        joined += {"$ ": "", "~ ": " ", "+ ": ""}[line[4:6]] + line[6:]
    assert joined == command


@pytest.mark.parametrize("kind", ["fact", "entry", "group", "text", "alert"])
@pytest.mark.parametrize("plain", [True, False])
def test_no_words_however_long_or_wide_leave_the_page(kind: str, *, plain: bool) -> None:
    line = Line(kind, f"{'漢字' * 60} é {'x' * 200}", "名前" * 30, depth=40)  # type: ignore[arg-type]
    said = list(text_sheet(Sheet("漢" * 60, "LIVE", (Part("p", (line,)),)), plain=plain))
    assert max(map(cell_len, said)) <= COLUMNS
    assert not plain or "".join(said).isascii()


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_item_and_step_of_a_long_document_is_printed(
    seed: Callable[[str], Path], number: str
) -> None:
    night = Told(load(seed(number)).checklist)
    lines = list(text_sheet(made(night)))
    assert max(map(cell_len, lines)) <= COLUMNS
    said, html = "".join("".join(lines).split()), Reader(html_of(night)).text
    for text in _texts(night):
        assert "".join(text.split()) in said
        assert text in html


def _texts(night: Told) -> Iterator[str]:
    checklist = night.now.checklist
    yield from (item.text for item in checklist.items())
    yield from (phase.title for phase in checklist.phases)
    yield from (one.role for one in checklist.contacts)
    if checklist.rollback:
        yield from (step.title for step in checklist.rollback.steps)
