"""Nothing reaches a terminal unless it is harmless, whoever forgot to see to it."""

import io
import json

import pytest

from launchpad.cli.output import narrate, say, say_json

HOSTILE = "\x1b]52;c;eA==\x07 \x7f \x9b2J \u202e \ud800"


def test_a_line_is_safe(capsys: pytest.CaptureFixture[str]) -> None:
    say(HOSTILE)
    narrate(HOSTILE)
    for written in capsys.readouterr():
        assert written.rstrip("\n").isprintable()


def test_json_is_ascii_without_a_control_character(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({HOSTILE: HOSTILE})
    written = capsys.readouterr().out
    assert written.isascii()
    assert written.replace("\n", "").isprintable()
    assert json.loads(written) == {HOSTILE: HOSTILE}


@pytest.mark.parametrize("stream", ["missing", "closed at the other end"])
def test_nobody_who_listens_to_narration_is_no_error(
    monkeypatch: pytest.MonkeyPatch, stream: str
) -> None:
    class Deaf(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr("sys.stderr", None if stream == "missing" else Deaf())
    narrate("hello")
