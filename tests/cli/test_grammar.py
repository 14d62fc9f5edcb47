"""The command's own words: help, version, completion, and that start-up stays cheap."""

import subprocess
import sys

import pytest

from launchpad import __version__
from launchpad.checklist.model import Result
from launchpad.cli import going_back, reading, recording
from launchpad.cli.app import COMMANDS, subcommands
from launchpad.export.formats import FORMATS
from launchpad.launch.kinds import Outcome
from launchpad.launch.operations import Resolution
from tests.cli.conftest import Shell

# Every command as it is typed, those of a group with the group's name before them.
TYPED = [
    *COMMANDS,
    *(f"{name} {each}" for name, command in COMMANDS.items() for each in subcommands(command)),
]


def loaded_by(*words: str) -> set[str]:
    """Return the modules that a command had imported when it ended."""
    program = (
        "import sys; from launchpad.__main__ import main; main(); "
        "sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, check=True, text=True
    )
    return set(done.stderr.split())


def test_the_version_is_answered_before_anything_is_imported() -> None:
    loaded = loaded_by("--version")
    assert "launchpad" in loaded
    assert not {"typer", "json", "sqlite3", "launchpad.cli.app"} & loaded


def test_status_imports_neither_a_parser_nor_a_screen(opened: Shell) -> None:
    loaded = loaded_by("status", "--format", "json")
    assert "launchpad.cli.status" in loaded
    assert not {"textual", "rich", "markdown_it", "sqlite_utils", "platformdirs", "yaml"} & loaded


def test_the_version_is_also_an_option_among_others(launchpad: Shell) -> None:
    assert launchpad("--log", "x", "--version").out == f"launchpad {__version__}\n"


@pytest.mark.parametrize("command", TYPED)
def test_every_command_explains_itself_with_an_example(launchpad: Shell, command: str) -> None:
    done = launchpad(*command.split(), "--help")
    assert (done.status, done.err) == (0, "")
    assert f"\n    launchpad {command}" in done.out or f"| launchpad {command}" in done.out
    assert "\x1b" not in done.out


def test_the_help_names_every_command(launchpad: Shell) -> None:
    shown = launchpad("--help").out
    places = [shown.index(f"\n  {command} ") for command in COMMANDS]
    assert places == sorted(places)
    assert "--install-completion" in shown


def test_what_can_be_typed_is_what_there_is() -> None:
    assert recording.Result == Result
    assert recording.Outcome == Outcome
    assert going_back.Resolution == Resolution
    assert set(reading.Format.__args__) == set(FORMATS)  # type: ignore[attr-defined]


def test_options_before_a_command_of_a_group_are_its_defaults(acting: Shell) -> None:
    done = acting("--log", "elsewhere.db", "rollback", "resume")
    assert (done.status, "elsewhere.db" in done.err) == (3, True)
