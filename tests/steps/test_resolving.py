"""Variables and secrets on their way to a command."""

import os
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from launchpad.checklist.model import Command, Secret, Variable
from launchpad.process.environment import KEPT
from launchpad.steps.claim import OUTPUT
from launchpad.steps.resolving import (
    SecretMissing,
    VariableMissing,
    argv_of,
    environment_of,
    order,
    secrets,
    variables,
)
from launchpad.steps.running import start
from launchpad.steps.trust import Trusted
from tests.process.conftest import MARK
from tests.steps.conftest import STEP_RUN, result
from tests.steps.documents import document

CANARY = "tok-7c1d02"

COMMANDS = ("touch pwned", "/bin/touch pwned", "echo x > pwned", "printf x>pwned")
SHAPES = (
    *("; {}", "&& {}", "|| {}", "| {}", "& {}", "$({})", "`{}`", "\n{}\n", "\r\n{}", "'; {} #"),
    *(
        '"; {} #',
        "\\'; {}",
        '"$({})"',
        "'$({})'",
        "${{IFS}}; {}",
        "${{x:-$({})}}",
        "<({})",
        ">({})",
    ),
    *("$(({}))", "-c {}", "--eval={}", "%s; {}", "{{{{{}}}}}", "${{target}}; {}", "!{}", "~; {}"),
    *("\u2028{}", "\t;{}", "\x1b]0;{}\x07", "\\\n; {}", "$'\\n{}'", "eval {}", "exec {}", ". {}"),
    *(
        "<({})",
        ">({})",
        "x=$({}) ",
        "a[$({})]=1",
        "[ $({}) ]",
        "{{ {}; }}",
        "({})",
        "() {{ :; }}; {}",
        "<<EOF\n{}",
    ),
    *("=({})", "^{}", "#\n{}", "*; {}", "?; {}", "[a]; {}", "$0 {}", "$@ {}", "../../{}"),
)
PAYLOADS = [shape.format(text) for text, shape in product(COMMANDS, SHAPES)]
NAMES = [f"v-{number}" for number in range(len(PAYLOADS))]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a checklist's folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def printed(
    command: Command,
    values: Mapping[str, str],
    home: Path,
    claim_folder: Path,
    given: Mapping[str, str],
    secret_values: Mapping[str, str] | None = None,
) -> bytes:
    """Run a command as a conductor does, and return what it printed."""
    ordered = order(
        STEP_RUN,
        command,
        claim_folder=claim_folder,
        folder=home,
        values=values,
        secrets=secret_values or {},
        environment=given,
        trusted=Trusted({}),
    )
    marked = {**ordered.env, MARK: given[MARK]}
    start(ordered._replace(env=marked))
    assert result(claim_folder).exit_status == 0
    return (claim_folder / OUTPUT).read_bytes()


def test_no_payload_in_a_word_is_executed(home: Path, folder: Path, env: dict[str, str]) -> None:
    assert len(set(PAYLOADS)) >= 200
    values = dict(zip(NAMES, PAYLOADS, strict=True))
    words = ("printf", r"%s\0", *(f"${{{name}}}" for name in NAMES))
    said = printed(Command(1, words), values, home, folder, env)
    assert said.decode().split("\0")[:-1] == PAYLOADS
    assert list(home.iterdir()) == []


def test_no_payload_in_a_shell_s_environment_is_executed(
    home: Path, folder: Path, env: dict[str, str]
) -> None:
    values = dict(zip(NAMES, PAYLOADS, strict=True))
    quoted = " ".join(f'"$LAUNCHPAD_VAR_V_{number}"' for number in range(len(PAYLOADS)))
    bare = " ".join(f"$LAUNCHPAD_VAR_V_{number}" for number in range(len(PAYLOADS)))
    text = f"printf '%s\\0' {quoted}; : {bare}"
    said = printed(Command(1, (), text), values, home, folder, env)
    assert said.decode().split("\0")[:-1] == PAYLOADS
    assert list(home.iterdir()) == []


def test_a_reference_in_a_value_or_within_a_word_stays_as_it_is() -> None:
    values = {"one": "${two}", "two": "2"}
    command = Command(1, ("echo", "${one}", "x${two}", "$two", "${two}y"))
    assert argv_of(command, values) == ["echo", "${two}", "x${two}", "$two", "${two}y"]
    assert argv_of(Command(1, (), "echo ${two}"), values) == ["/bin/sh", "-c", "echo ${two}"]


def test_a_variable_without_a_value_is_told() -> None:
    with pytest.raises(VariableMissing, match="the variable target: it has no value"):
        argv_of(Command(1, ("echo", "${target}")), {})


def test_variables_are_given_or_have_a_default() -> None:
    _, checklist = document()
    assert variables(checklist, {"target": "old", "other": "x"}) == {"target": "old", "ttl": "60"}
    assert variables(checklist, {"target": "old", "ttl": ""}) == {"target": "old", "ttl": ""}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "target: it is required, and has no value"),
        ({"target": "OLD"}, r"target: its value does not match \^\[a-z"),
        ({"target": "old\0"}, "target: its value holds a NUL byte"),
    ],
)
def test_a_variable_that_cannot_be_used_is_told(given: dict[str, str], why: str) -> None:
    with pytest.raises(VariableMissing, match=why):
        variables(document()[1], given)


def test_a_variable_that_nobody_gave_is_left_out() -> None:
    checklist = replace(document()[1], vars=(Variable("extra", 1),))
    assert variables(checklist, {}) == {}


def test_the_environment_is_an_allow_list_with_variables_and_named_secrets() -> None:
    conductor = {"PATH": "/bin", "LANG": "C", "LD_PRELOAD": "x", "STOREFRONT_TOKEN": CANARY}
    command = Command(1, ("true",), secrets=("job-token",))
    given = environment_of(
        command, {"base-url": "u"}, {"job-token": CANARY, "b": "bbbb"}, conductor
    )
    assert given == {
        "PATH": "/bin",
        "LANG": "C",
        "LAUNCHPAD_VAR_BASE_URL": "u",
        "JOB_TOKEN": CANARY,
    }


@pytest.mark.parametrize("name", ["path", "home", "launchpad-var-target"])
def test_a_secret_does_not_take_the_place_of_another_variable(name: str) -> None:
    assert name.upper() in KEPT or name.startswith("launchpad")
    with pytest.raises(SecretMissing, match="it would take the place of"):
        environment_of(Command(1, ("true",), secrets=(name,)), {}, {name: CANARY}, {})


def test_a_secret_reaches_the_command_and_nothing_else(
    home: Path, folder: Path, env: dict[str, str], state: Path
) -> None:
    command = Command(1, (), 'test "$JOB_TOKEN" = tok-7c1d02 && env', ("job-token",))
    values = {"job-token": CANARY, "other": "unnamed-secret"}
    said = printed(command, {}, home, folder, env, values)
    assert b"JOB_TOKEN=[redacted: job-token]\n" in said
    assert b"unnamed" not in said
    for path in state.rglob("*"):
        assert path.is_dir() or CANARY.encode() not in path.read_bytes()


def test_an_order_names_the_scripts_that_this_command_runs(home: Path, folder: Path) -> None:
    (home / "switch.sh").touch()
    trusted = Trusted({home / "switch.sh": "a" * 64, home / "other.sh": "b" * 64})
    ordered = order(
        STEP_RUN,
        Command(1, ("./switch.sh",)),
        claim_folder=folder,
        folder=home,
        values={},
        secrets={},
        environment={},
        trusted=trusted,
        kill_after_ms=7,
    )
    assert ordered.scripts == {str(home / "switch.sh"): "a" * 64}
    assert (ordered.cwd, ordered.kill_after_ms) == (str(home), 7)


async def test_secrets_come_from_the_environment_a_file_or_a_command(home: Path) -> None:
    (home / "token.txt").write_text("from a file\n")
    (home / "ask.sh").write_text("#!/bin/sh\necho from $1\n")
    (home / "ask.sh").chmod(0o755)
    environment = {"PATH": os.environ["PATH"], "STOREFRONT_TOKEN": CANARY}
    names = ["job-token", "file-token", "asked-token", "job-token"]
    assert await secrets(document()[1], environment, home, names) == {
        "job-token": CANARY,
        "file-token": "from a file",
        "asked-token": "from storefront",
    }


def secret_of(source: str, origin: str, matches: str | None = None) -> Secret:
    words = ("/bin/sh", "-c", origin) if source == "command" else (origin,)
    match source:
        case "env" | "file" | "command":
            return Secret("token", 1, source, words, matches)
        case _:
            raise ValueError(source)


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        (secret_of("env", "NOWHERE"), r"\$NOWHERE is not set where the conductor runs"),
        (secret_of("env", "EMPTY"), r"\$EMPTY is empty"),
        (secret_of("env", "SHORT"), "fewer than 4 bytes"),
        (secret_of("env", "TOKEN", "^x"), r"\$TOKEN does not match \^x"),
        (secret_of("file", "missing"), "missing: No such file"),
        (secret_of("file", "."), "not a regular file|Is a directory"),
        (secret_of("file", "/dev/zero"), "not a regular file"),
        (secret_of("file", "large"), "larger than 64 KiB"),
        (secret_of("file", "bytes"), "is not text"),
        (secret_of("file", "nul"), "holds a NUL byte"),
        (secret_of("command", f"echo {CANARY}; exit 3"), r"/bin/sh failed \(exit 3\)"),
        (secret_of("command", "kill -9 $$"), r"/bin/sh failed \(signal 9\)"),
        (secret_of("command", "true"), "what /bin/sh prints is empty"),
        (secret_of("command", "head -c 100000 /dev/zero"), "prints too much"),
        (secret_of("command", f"echo {CANARY} >&2"), "is empty"),
    ],
)
async def test_a_secret_that_cannot_be_used_is_told_without_its_value(
    home: Path, secret: Secret, why: str
) -> None:
    (home / "large").write_bytes(b"x" * 65537)
    (home / "bytes").write_bytes(b"\xff\xfe\xff\xfe")
    (home / "nul").write_bytes(b"nul\0nul")
    checklist = replace(document()[1], secrets=(secret,))
    environment = {"PATH": os.environ["PATH"], "TOKEN": CANARY, "EMPTY": "", "SHORT": "abc"}
    with pytest.raises(SecretMissing, match=why) as missing:
        await secrets(checklist, environment, home, ["token"])
    assert missing.value.name == "token"
    assert CANARY not in str(missing.value)
    assert "abc" not in str(missing.value)


async def test_a_secret_that_nobody_declared_is_told(home: Path) -> None:
    with pytest.raises(SecretMissing, match="the checklist has no such secret"):
        await secrets(document()[1], {}, home, ["nobody"])
