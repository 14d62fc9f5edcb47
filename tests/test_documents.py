"""Every command that a document shows is run, as the document shows it."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.e2e import processes
from tests.e2e.terminal import Terminal

ROOT = Path(__file__).parent.parent
# What these show measures, draws and tests: it takes a while.
MEASURING = ("CONTRIBUTING.md", "tests/README.md")
FENCE = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# Commands that would run this very test again; the check command runs in `.ci/run`.
CHECKS_ITSELF = ("python -m tests", "python -m tests -x tests/launch")


def commands(document: str) -> list[str]:
    """Return the command lines of a document's shell blocks."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return [line for block in FENCE.findall(text) for line in block.splitlines() if line.strip()]


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Path]:
    """Copy what the commands name, so that nothing is written into the repository.

    A command that opens a launch leaves its conductor at work: that one is ended.
    """
    for name in ("checklists", "tests", "launchpad", "pyproject.toml", "README.md"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        copy(source, tmp_path / name)
    yield tmp_path
    processes.end_conductors(tmp_path)


@pytest.fixture
def surroundings(tmp_path: Path) -> Mapping[str, str]:
    """Return an environment in which `launchpad` and `python` are those under test."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, module in (("launchpad", ["-m", "launchpad"]), ("python", [])):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, *module])} "$@"\n')
        program.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "LAUNCHPAD_LOG": str(tmp_path / "launch.db"),
        "LAUNCHPAD_INITIALS": "AB",
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }


def run(command: str, workplace: Path, surroundings: Mapping[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=workplace,
        env=surroundings,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def sets_up(command: str) -> bool:
    return command.startswith("python3 -m venv")


@pytest.mark.parametrize(
    "document",
    [
        *("README.md", "checklists/README.md"),
        *(pytest.param(each, marks=pytest.mark.thorough) for each in MEASURING),
    ],
)
def test_what_a_document_shows_can_be_done(
    document: str, workplace: Path, surroundings: Mapping[str, str]
) -> None:
    shown = [command for command in commands(document) if not sets_up(command)]
    for command in shown:
        if command not in CHECKS_ITSELF:
            run(command, workplace, surroundings)


def test_every_command_of_the_command_line_is_shown(
    workplace: Path, surroundings: Mapping[str, str]
) -> None:
    told = run("launchpad --help", workplace, surroundings)
    listed = set(re.findall(r"^  ([a-z]+)  ", told.partition("Commands:")[2], re.MULTILINE))
    assert {"run", "tick", "verify"} <= listed
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {name for name in listed if f"launchpad {name}" not in readme} == set()


@pytest.fixture
def fresh_clone(tmp_path: Path) -> Iterator[Path]:
    """Clone what is committed, as somebody who comes new to the project does."""
    if os.environ.get("CI") != "true":
        pytest.skip("sets up a fresh clone, with the network: runs where CI=true")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    yield clone
    shutil.rmtree(clone)


def test_the_first_command_of_the_readme_shows_the_demo(fresh_clone: Path) -> None:
    first = commands("README.md")[0]
    assert first.endswith("launchpad demo")
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LAUNCHPAD_", "COLUMNS", "LINES"))
    }
    environment |= {
        "XDG_STATE_HOME": str(fresh_clone / "state"),
        "TMPDIR": str(fresh_clone),
        "TERM": "xterm-256color",
    }
    terminal = Terminal(["bash", "-c", first], environment, columns=80, rows=24, folder=fresh_clone)
    try:
        terminal.sees("Who are you?", within=240)
        terminal.type("AB\r")
        terminal.sees("OK", "now", within=20)
        terminal.press("q")
        assert terminal.wait_exit() == 0
    finally:
        terminal.close()
        launchpad = fresh_clone / ".venv" / "bin" / "launchpad"
        stopped = subprocess.run([launchpad, "demo", "stop"], env=environment, check=False)
    assert stopped.returncode == 0
