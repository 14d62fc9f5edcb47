"""Which commands a checklist has, which files those run, and what somebody reads of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from launchpad.checklist.commands import commands
from launchpad.checklist.model import Command, Rollback, Step
from launchpad.steps.commands import shown
from launchpad.steps.scripts import named_scripts
from tests.steps.documents import document


def test_every_command_is_listed_with_what_it_is_for() -> None:
    _, checklist = document()
    assert [(each.id, each.text) for each in commands(checklist)] == [
        ("secret/asked-token", "./ask.sh storefront"),
        ("probe/queue", "python3 queue.py '${target}'"),
        ("probe/mail", "./print-env.sh"),
        ("rollback/dns", "./switch.sh '${target}'"),
        ("rollback/dns/rehearse", "./switch.sh --dry-run"),
        ("rollback/jobs", './jobs.sh off "$LAUNCHPAD_VAR_TARGET"'),
    ]


def test_what_is_shown_says_who_where_and_what(tmp_path: Path) -> None:
    (tmp_path / "switch.sh").touch()
    lines = shown(document()[1], tmp_path, "deploy", "bastion1")
    assert lines[0] == f"6 commands, run as deploy@bastion1 in {tmp_path}"
    text = "\n".join(lines)
    assert "rollback/dns (line 24)\n  ./switch.sh '${target}'\n" in text
    assert "  is given the secret job-token\n" in text
    assert f"  runs the file {tmp_path}/switch.sh\n" in text
    assert "\n  [shell] ./jobs.sh off" in text
    assert "the secret job-token (line 7) is read from $STOREFRONT_TOKEN" in text
    assert "the secret file-token (line 8) is read from the file token.txt" in text
    assert "is read from what this prints: ./ask.sh storefront" in text
    assert "sends the secret job-token to http://127.0.0.1:9/" in text


def test_a_command_cannot_hide_what_it_runs(tmp_path: Path) -> None:
    """Whatever a reading in a log says."""
    step = Step("dns", "x", 3, "command", command=Command(3, (), "a\nb\u202ec\x1b[8m"))
    checklist = replace(document()[1], rollback=Rollback(1, (step,)))
    lines = shown(checklist, tmp_path, "deploy", "bastion1")
    assert "  [shell] a" in lines
    assert "  b<U+202E>c\u241b[8m" in lines


@pytest.mark.parametrize(
    ("argv", "names"),
    [
        (("./run.sh", "x"), {"run.sh"}),
        (("missing/run.sh",), {"missing/run.sh"}),
        (("python3", "run.py", "--x"), {"run.py"}),
        (("python3", "-W", "ignore", "run.py"), {"ignore", "run.py"}),
        (("python3", "-m", "module", "x"), {"module.py"}),
        (("python3", "-Im", "package"), {"package/__init__.py"}),
        (("python3", "-c", "print()", "run.py"), set()),
        (("bash", "-e", "run.sh"), {"run.sh"}),
        (("bash", "-euo", "pipefail", "run.sh"), {"pipefail", "run.sh"}),
        (("sh", "-ec", "true && ./run.sh old"), {"run.sh"}),
        (("sudo", "-n", "./run.sh"), {"run.sh"}),
        (("timeout", "60", "python3", "run.py"), {"run.py"}),
        (("env", "A=b", "perl", "run.pl"), {"run.pl"}),
        (("tee", "data.txt"), set()),
        (("echo", "", "\0", "a" * 5000), set()),
        (("/usr/bin/env", "true"), set()),
        (("/bin/sh", "run.sh"), {"run.sh"}),
        (("node", "run.sh"), {"run.sh"}),
    ],
)
def test_the_files_that_words_run(tmp_path: Path, argv: tuple[str, ...], names: set[str]) -> None:
    prepare(tmp_path)
    found = named_scripts(Command(1, argv), tmp_path)
    assert set(found) == {tmp_path / name for name in names}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("./run.sh old && python3 run.py; echo", {"run.sh", "run.py"}),
        ("cd /tmp; . run.sh", {"run.sh"}),
        ("A=b ./run.sh|tee data.txt", {"run.sh"}),
        ("echo 'unfinished ./run.sh", {"run.sh"}),
        ("(./run.sh)", {"run.sh"}),
    ],
)
def test_the_files_that_a_shell_text_runs(tmp_path: Path, text: str, names: set[str]) -> None:
    prepare(tmp_path)
    found = named_scripts(Command(1, (), text), tmp_path)
    assert set(found) == {tmp_path / name for name in names}


def prepare(folder: Path) -> None:
    (folder / "package").mkdir()
    for name in ("run.py", "run.pl", "data.txt", "module.py", "package/__init__.py"):
        (folder / name).touch()
    (folder / "run.sh").write_text("#!/bin/sh\n")
    (folder / "run.sh").chmod(0o755)
