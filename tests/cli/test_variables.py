"""The variables of a checklist: what --var gives, and what is refused with its line."""

import sqlite3
from contextlib import closing

import pytest

from launchpad.cli.searching import found
from tests.cli.conftest import ACTING, Shell


@pytest.fixture
def untouched(launchpad: Shell) -> Shell:
    launchpad.acting.write_text(ACTING)
    return launchpad


def test_values_are_recorded_with_the_defaults(acting: Shell) -> None:
    with closing(sqlite3.connect(acting.log)) as database:
        query = "SELECT body -> 'vars' FROM events WHERE seq = 1"
        ((recorded,),) = database.execute(query)
    assert recorded == '{"base-url":"https://x.example","region":"north"}'


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "launch.yaml:5: variable base-url needs a value, such as --var base-url=https://api."),
        (["--var", "base-url=ftp://x"], "launch.yaml:5: variable base-url: 'ftp://x' does not"),
        (["--var", "base-url="], "launch.yaml:5: variable base-url: '' does not match ^https?://"),
        (["--var", "base-url=https://u:p@x"], "launch.yaml:5: variable base-url: its address"),
        (["--var", "region=a\nb"], "launch.yaml:6: variable region: its value holds a character"),
        (["--var", "regino=a"], "launch.yaml: there is no variable 'regino'; it has base-url, reg"),
        (["--var", "region"], "--var takes NAME=VALUE, not 'region'"),
        (["--var", "region=a", "--var", "region=b"], "--var gives region twice"),
    ],
)
def test_a_value_that_will_not_do_is_named_with_its_line(
    untouched: Shell, words: list[str], said: str
) -> None:
    done = untouched("run", "launch.yaml", "--no-console", "--trust", *words)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert "u:p" not in done.err
    assert untouched("list", "--format", "json").json["launches"] == []


def test_everything_that_is_wrong_is_said_at_once(untouched: Shell) -> None:
    words = ["--var", "region=\x1b[2J", "--var", "other=1"]
    err = untouched("run", "launch.yaml", "--no-console", *words).err
    assert "\x1b" not in err
    assert [line for line in ("'other'", ":5:", ":6:") if line in err] == ["'other'", ":5:", ":6:"]


def test_a_pattern_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("launchpad.cli.searching._SECONDS", 0.5)
    assert found(r"^(a|a)*b$", "a" * 60) is None
    assert found(r"^https?://", "https://x.example") is True
    assert found(r"^https?://", "x") is False


def test_a_launch_that_is_open_is_offered_before_values_are_asked_for(acting: Shell) -> None:
    done = acting("run", "launch.yaml", "--no-console")
    assert (done.status, "is open already" in done.err) == (1, True)
