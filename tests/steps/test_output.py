"""Following what a step prints."""

import os
from pathlib import Path

from launchpad.process.capture import STEP_CAP
from launchpad.steps.claim import OUTPUT, RESULT
from launchpad.steps.running import BEGINNING, Position, Printed, output, start
from tests.process.conftest import eventually
from tests.steps.conftest import MakeOrder, result


def follow(folder: Path, position: Position, text: str) -> Position:
    """Wait until this text, and no other, has come."""
    found = [Printed("", position, anew=False)]

    def come() -> bool:
        printed = output(folder, found[0].position)
        found[0] = Printed(found[0].text + printed.text, *printed[1:])
        return len(found[0].text) >= len(text)

    eventually(come)
    assert found[0].text == text
    return found[0].position


def test_it_comes_as_it_is_printed(folder: Path, make_order: MakeOrder, tmp_path: Path) -> None:
    go = tmp_path / "go"
    os.mkfifo(go)
    assert output(folder) == ("", BEGINNING, False)
    start(make_order(f"echo one; cat {go}; echo two"))
    position = follow(folder, BEGINNING, "one\n")
    assert output(folder, position).text == ""
    go.write_text("and ")
    result(folder)
    assert output(folder, position).text == "and two\n"


def test_no_character_comes_in_pieces(folder: Path) -> None:
    folder.mkdir(parents=True)
    data = "→ Zürich 🚀\n".encode() + b"\xff!"
    position, text = BEGINNING, ""
    for end in range(len(data) + 1):
        (folder / OUTPUT).write_bytes(data[:end])
        piece, position, anew = output(folder, position)
        assert not anew
        text += piece
    assert text == "→ Zürich 🚀\n\ufffd!"


def test_a_character_that_stays_in_pieces_is_shown_once_all_is_there(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / OUTPUT).write_bytes(b"a\xe2\x86")
    text, position, _ = output(folder)
    assert text == "a"
    (folder / RESULT).touch()
    text, position, _ = output(folder, position)
    assert text == "\ufffd"
    assert output(folder, position).text == ""


def test_what_a_terminal_would_obey_is_made_visible(folder: Path, make_order: MakeOrder) -> None:
    start(make_order(r"printf '\033]0;pwned\007\033[2J[bold]\r\n'"))
    result(folder)
    text = output(folder).text
    assert text == "\u241b]0;pwned\u2407\u241b[2J[bold]\u240d\n"


def test_a_flood_comes_anew_as_its_beginning_and_its_newest_end(
    folder: Path, make_order: MakeOrder, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    os.mkfifo(go)
    start(make_order(f"echo first; seq 1000000; cat {go}; echo last"))
    eventually(lambda: output(folder).text.endswith("\n1000000\n"))
    text, position, anew = output(folder, Position(offset=100))
    assert anew
    assert text.startswith("first\n1\n2\n")
    assert "bytes left out]" in text
    assert len(text) < 2 * STEP_CAP + 100
    assert output(folder, position) == ("", position, False)
    go.write_text("")
    result(folder)
    printed = output(folder, position)
    assert printed.anew
    assert printed.text.endswith("\n1000000\nlast\n")
