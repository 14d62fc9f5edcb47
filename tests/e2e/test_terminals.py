"""Terminals of every kind: none, too small, without colour, without Unicode."""

import re

import pytest

from tests.e2e.site import Site

pytestmark = pytest.mark.thorough

# What each key opens, by a text that only that shows.
OPENED_BY = {
    "o": "choose first",
    "e": "what happened",
    "u": "Take back",
    "?": "Keys here",
    "ctrl+p": "Search for commands",
    "enter": "esc goes back",
    "L": "head ",
    "/": "show items",
}
COLOUR = re.compile(rb"[34]8;(?:5;(\d+)|2;(\d+;\d+;\d+))|\x1b\[(?:\d+;)*([349][1-6]|10[1-6])[;m]")
GREYS = {0, 7, 8, 15, 16, 59, 102, 145, 188, 231, *range(232, 256)}


def test_without_a_terminal_nothing_is_opened(site: Site) -> None:
    done = site.launchpad("run", str(site.document()), "--initials", "AB")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert b"needs a terminal" in done.stderr
    assert not site.log.exists()


def test_a_dumb_terminal_opens_nothing(site: Site) -> None:
    console = site.terminal(
        "run", str(site.document()), "--initials", "AB", environment={"TERM": "dumb"}
    )
    console.ends(2)
    console.sees("TERM=dumb")
    assert console.output.count(b"\n") == 1
    assert not site.log.exists()


def test_without_a_terminal_to_draw_on_nothing_is_opened(site: Site) -> None:
    """The console is drawn on stderr: where that is a file, the terminal would stay dark."""
    document, narration = site.document(), site.folder / "narration"
    console = site.shell(f'"$@" run {document} --initials AB 2> {narration}')
    console.ends(2)
    assert len(narration.read_text().splitlines()) == 1
    assert not site.log.exists()


def test_below_the_smallest_size_keys_do_nothing(site: Site) -> None:
    """Back at its size, everything is there and the cursor is on the item it was on."""
    launch = site.opened(site.document())
    console = site.attach(launch)
    console.move_to("Backup")
    for columns, rows in ((79, 24), (80, 23), (40, 8)):
        console.resize(columns, rows)
        console.sees("80x24")
        console.press("space", "j", "o", "enter", "2", "q")
        console.settle()
        console.resize(80, 24)
        console.sees_not("80x24")
        console.sees("Backup")
        assert "Backup" in console.under_cursor, console
        assert "[ ]" in console.under_cursor, console
    console.press("space")
    console.sees("[x]", "Backup")
    assert len(site.events(launch, "item.resulted")) == 1


def test_the_layout_follows_the_size(site: Site) -> None:
    launch = site.opened(site.document())
    console = site.attach(launch)
    console.move_to("Migrations")
    console.resize(120, 40)
    console.sees("2", "Edge", "0/2")
    console.until(lambda: "Migrations" in console.under_cursor, "the cursor went elsewhere")
    console.resize(80, 24)
    console.sees("1", "Database", "2", "Edge")
    console.until(lambda: "Migrations" in console.under_cursor, "the cursor went elsewhere")


def test_without_colour_the_cursor_and_the_states_are_still_told_apart(site: Site) -> None:
    launch = site.opened(site.document())
    console = site.attach(launch, environment={"NO_COLOR": "1"})
    console.press("o")
    console.sees("choose first")
    console.press("j", "j", "enter")
    console.sees("failed: reason")
    console.type("because")
    console.press("enter")
    console.sees("[!]", "Pooler", "FAILED")
    console.move_to("Backup")
    hues = {match[0] for match in COLOUR.finditer(console.output) if not is_grey(match)}
    assert not hues


def is_grey(colour: re.Match[bytes]) -> bool:
    """Say whether a colour, of 256 or of all, has no hue."""
    if colour[1]:
        return int(colour[1]) in GREYS
    return bool(colour[2]) and len(set(colour[2].split(b";"))) == 1


@pytest.mark.parametrize("columns", [80, 120])
def test_without_unicode_only_ascii_is_written(site: Site, columns: int) -> None:
    launch = site.opened(site.document("# Grüße\n\n## Tür\n\n- [ ] **Öl**: naïve ✓ 漢字\n"))
    console = site.attach(launch, columns=columns, environment={"LANG": "C", "LC_ALL": "C"})
    console.press("space")
    console.sees("[x]", "AB", "passed")
    for key, shown in OPENED_BY.items():
        console.press(key)
        console.sees(shown)
        console.press("escape")
        console.sees_not(shown)
    console.press("space")  # answered with a notification
    console.settle()
    written = bytes(console.output)
    foreign = sorted({byte for byte in written if byte >= 0x80})
    where = next((n for n, byte in enumerate(written) if byte >= 0x80), 0)
    assert not foreign, written[max(where - 60, 0) : where + 20]


@pytest.mark.parametrize("kind", ["xterm", "screen", "tmux-256color", "linux", "vt100"])
def test_each_kind_of_terminal_is_drawn_on_and_restored(site: Site, kind: str) -> None:
    launch = site.opened(site.document())
    console = site.attach(launch, environment={"TERM": kind})
    console.press("space")
    console.sees("[x]", "Pooler", "passed")
    console.press("q")
    console.ends(0)
    console.assert_restored()


def test_a_read_only_console_says_so_and_records_nothing(site: Site) -> None:
    launch = site.opened(site.document())
    console = site.terminal("attach", "--launch", launch, "--read-only")
    console.sees("READ-ONLY")
    before = len(site.events(launch))
    console.press("space", "o", "s", "e", "u")
    console.press("2")
    console.sees("2 Edge")
    assert not console.shows("Outcome"), console
    assert not console.shows("Note"), console
    console.press("q")
    console.ends(0)
    console.assert_restored()
    assert len(site.events(launch)) == before


def test_interrupt_keys_pressed_by_habit_do_not_end_the_console(site: Site) -> None:
    launch = site.opened(site.document())
    console = site.attach(launch)
    console.press("ctrl+c")
    console.hears("q leaves")
    console.press("space")
    console.sees("[x]", "Pooler")


def test_the_terminal_says_how_large_it_is_not_a_variable(site: Site) -> None:
    launch = site.opened(site.document())
    console = site.attach(
        launch, columns=120, rows=40, environment={"COLUMNS": "80", "LINES": "24"}
    )
    console.sees("? help")
    assert console.row_of("? help") == 39
