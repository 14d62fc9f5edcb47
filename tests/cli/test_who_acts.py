"""Who a command records, and who is suggested to whom."""

from pathlib import Path

import pytest

from launchpad.cli.identity import Claim, claimed_by, claimed_in, identified, merged
from launchpad.cli.misused import Misused
from launchpad.cli.suggestions import origin, remember, suggested
from launchpad.launch.person import Person
from tests.cli.conftest import Shell

ADA = Person("AB", "Ada B", "dba")
FROM_HOME = {"SSH_CONNECTION": "192.0.2.7 50000 192.0.2.1 22"}
FROM_WORK = {"SSH_CONNECTION": "192.0.2.8 50000 192.0.2.1 22"}


def test_a_name_belongs_to_the_initials_it_came_with() -> None:
    environment = claimed_in({"LAUNCHPAD_INITIALS": "AB", "LAUNCHPAD_NAME": "Ada B"})
    assert merged([Claim("ab", None, "dba"), environment]) == Claim("ab", "Ada B", "dba")
    assert merged([Claim("CD", None, None), environment]) == Claim("CD", None, None)
    assert merged([Claim(None, "Cleo", None), environment]) == Claim("AB", "Cleo", None)
    assert merged([claimed_in({}), claimed_by(ADA)]) == Claim("AB", "Ada B", "dba")


def test_nobody_is_guessed_where_nobody_can_be_asked() -> None:
    with pytest.raises(Misused, match="--initials"):
        identified(Claim(None, "Ada", None), None)


def test_what_was_asked_is_said_to_have_been_asked() -> None:
    answers = iter(["ab", "Ada B", ""])
    assert identified(Claim(None, None, None), lambda _: next(answers)) == (
        Person("AB", "Ada B"),
        True,
    )
    assert identified(Claim("cd", None, None), None) == (Person("CD"), False)


def test_a_suggestion_is_private_and_kept_by_where_somebody_comes_from(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    assert suggested(folder, {}) is None
    remember(folder, FROM_HOME, ADA)
    remember(folder, {}, Person("CD"))
    assert suggested(folder, FROM_HOME) == ADA
    assert suggested(folder, {}) == Person("CD")
    assert suggested(folder, FROM_WORK) is None
    (kept,) = folder.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_within_a_multiplexer_over_ssh_nobody_is_suggested(tmp_path: Path) -> None:
    attached = {**FROM_HOME, "TMUX": "/tmp/tmux"}
    assert origin(attached) is None
    remember(tmp_path, attached, ADA)
    assert suggested(tmp_path, attached) is None
    assert origin({"TMUX": "/tmp/tmux"}) == origin({})


def test_an_ssh_key_says_more_than_an_address(tmp_path: Path) -> None:
    keys = tmp_path / "auth"
    keys.write_text("publickey ssh-ed25519 AAAA\n")
    with_key = {**FROM_HOME, "SSH_USER_AUTH": str(keys)}
    assert origin(with_key) == origin({**FROM_WORK, "SSH_USER_AUTH": str(keys)})
    assert origin(with_key) != origin(FROM_HOME)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"root": 4}', '{"x": {"initials": "1"}}'])
def test_a_damaged_memory_is_no_suggestion_and_is_written_anew(tmp_path: Path, text: str) -> None:
    (tmp_path / "people.json").write_text(text)
    assert suggested(tmp_path, {}) is None
    remember(tmp_path, {}, ADA)
    assert suggested(tmp_path, {}) == ADA


@pytest.mark.parametrize(
    "words",
    [["tick", "dns"], ["note", "x"], ["undo", "--yes"], ["run", "launch.md", "--no-console"]],
)
def test_a_script_that_does_not_say_who_acts_is_refused_and_nothing_is_made(
    bare: Shell, words: list[str]
) -> None:
    done = bare("--log", bare.log, *words)
    assert (done.status, done.out) == (2, "")
    assert "--initials" in done.err
    assert not bare.log.exists()


def test_the_environment_says_who_acts(opened: Shell) -> None:
    (event,) = opened("note", "x", "--format", "json").json["events"]
    actor = event["actor"]
    assert (actor["initials"], actor["name"], actor["role"]) == ("AB", "Ada B", "dba")
    assert actor["door"] == "command"
