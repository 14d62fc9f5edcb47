"""`launchpad check` as a page: folded on a terminal, whole lines for a pipe, ASCII of its own."""

import os
import subprocess
import sys

import pexpect
import pytest

from launchpad.checklist.told.line import Told
from launchpad.cli.understanding import drawn
from tests.cli.conftest import Shell

LONG = "Every ship of the harbour has told its pilot where it lies and when it leaves"


@pytest.mark.parametrize(
    ("line", "width", "page"),
    [
        (Told("title", "Harbour"), None, ["Harbour"]),
        (Told("phase", "Berth", 7, name="berth"), None, ["", "L7    Berth   (berth)"]),
        (
            Told("item", "Ropes", 120, 2, name="ropes", mark="[ ]"),
            None,
            ["L120      [ ] ropes   Ropes"],
        ),
        (Told("group", "Server", None, 1), None, ["        Server"]),
        (Told("part", "roles"), None, ["", "roles"]),
        (Told("command", "    --status", 9, 1), None, ["L9          --status"]),
        (Told("command", "  " + "a " * 40, 9, 1), 40, ["L9        " + "a " * 40]),
        (Told("entry", "a" * 60, 1, 1), 46, ["L1      " + "a" * 38, " " * 10 + "a" * 22]),
        (
            Told("item", LONG, 5, 2, name="ships", mark="[ ]"),
            60,
            [
                "L5        [ ] ships   Every ship of the harbour has told its",
                "            pilot where it lies and when it leaves",
            ],
        ),
        (Told("entry", "鋼" * 30, 1, 1), 44, ["L1      " + "鋼" * 18, " " * 10 + "鋼" * 12]),
        (Told("entry", "", 1, 1), 44, ["L1      "]),
    ],
)
def test_a_line_is_drawn_with_its_place(line: Told, width: int | None, page: list[str]) -> None:
    assert list(drawn([line], width)) == page


@pytest.mark.parametrize("width", [40, 60, 80, 132])
def test_nothing_is_wider_than_the_terminal_and_nothing_is_lost(width: int) -> None:
    line = Told("item", LONG, 12345, 12, name="a-rather-long-name-of-an-item", mark="[ ]")
    page = list(drawn([line], width))
    assert max(map(len, page)) <= width
    assert "".join("".join(page).split()) == f"L12345[ ]{line.name}{LONG}".replace(" ", "")


def test_a_pipe_gets_whole_lines(launchpad: Shell) -> None:
    launchpad.checklist.write_text(f"# Harbour\n\n## Berth\n\n- [ ] {LONG * 3}\n")
    assert LONG * 3 in launchpad("check", launchpad.checklist).out


def test_a_terminal_gets_a_page_without_colour(launchpad: Shell) -> None:
    launchpad.checklist.write_text(f"# Harbour\n\n## Berth\n\n- [ ] **Ships**: {LONG}\n")
    shown, status = pexpect.run(
        f"{sys.executable} -m launchpad check {launchpad.checklist}",
        env=dict(os.environ, TERM="xterm-256color", COLUMNS="60"),
        withexitstatus=True,
        timeout=60,
    )
    assert status == 0
    assert b"\x1b" not in shown
    lines = shown.decode().splitlines()
    assert max(map(len, lines)) <= 60
    assert "            told its pilot where it lies and when it leaves" in lines


def test_its_own_words_are_ascii(launchpad: Shell) -> None:
    launchpad.checklist.write_text(
        "# Harbour\n\n## Berth (T-30 min)\n\n- [x] Ropes\n- [ ] Länge\n\n**Initial**: ____\n"
    )
    done = launchpad("check", launchpad.checklist)
    assert done.out.replace("Länge", "").replace("länge", "").isascii()
    plain = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-m", "launchpad", "check", str(launchpad.checklist)],
        check=True,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        timeout=60,
    ).stdout
    assert b"L\\xe4nge" in plain


def test_the_end_counts_and_warns(launchpad: Shell) -> None:
    launchpad.checklist.write_text("# Nothing to do\n\n## Here\n")
    *_, warning, _, counts = launchpad("check", launchpad.checklist).out.splitlines()
    assert warning.startswith("L1      warning: no item found")
    assert counts.startswith("launch.md: 0 items, 0 ticked,")
    assert counts.endswith(", 1 warning")
