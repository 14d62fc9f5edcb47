"""What a room pulls in: start-up is paid by everybody, every time."""

import subprocess
import sys

import pytest

HEAVY = {
    *("httpx", "pydantic", "sqlite_utils", "markdown_it", "yaml"),
    *("psycopg", "textual", "typer", "rich"),
}


def pulled_in(statement: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ("import launchpad.console.app", {"textual", "rich", "typing_extensions"}),
        ("import launchpad.conductor", set()),
        ("import launchpad.session.live, launchpad.log.sqlite", set()),
        ("import launchpad.cli.consoles", {"typer"}),
        ("import launchpad.cli.status, launchpad.cli.status_text", {"rich", "typer"}),
        ("import launchpad.__main__", set()),
    ],
)
def test_a_room_imports_nothing_heavy_that_it_does_not_draw_or_read_with(
    statement: str, allowed: set[str]
) -> None:
    assert pulled_in(statement) & HEAVY <= allowed


def test_the_version_is_told_without_importing_anything() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "launchpad", "--version"],
        capture_output=True,
        check=True,
        text=True,
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not imported & (HEAVY | {"dataclasses", "json", "sqlite3"})
    assert done.stdout.startswith("launchpad ")
