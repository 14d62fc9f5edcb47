"""What a rollback lacks is known before it is needed."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from launchpad.checklist.model import Checklist, Secret
from launchpad.steps.preflight import preflight
from tests.steps.documents import DOCUMENT, SCRIPTS, document

GIVEN = {"target": "old"}
ITEMS = """items:
      - {id: a, text: A, step: {command: {exec: [./move.sh]}, rehearse: {exec: [./dry-move.sh]}}}
      - {id: b, text: B, step: {http: {url: 'http://127.0.0.1:9/', headers: {A: '${job-token}'}}}}
"""
ENVIRONMENT = {"PATH": os.environ["PATH"], "STOREFRONT_TOKEN": "tok-7c1d02"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a checklist's folder where nothing is missing."""
    for name in SCRIPTS:
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    return tmp_path


async def missing(
    home: Path,
    checklist: Checklist | None = None,
    given: dict[str, str] = GIVEN,
    environment: dict[str, str] = ENVIRONMENT,
    *,
    trusted: bool = True,
) -> dict[str, str]:
    """Return what is missing, and why."""
    checklist = checklist or document()[1]
    found = await preflight(checklist, given, environment, home, trusted=trusted)
    return {each.what: each.why for each in found}


async def test_a_folder_that_cannot_even_be_looked_at_is_missing_and_no_fault() -> None:
    out_of_reach = Path("/", "x" * 300)
    assert f"folder {out_of_reach}" in await missing(out_of_reach)


async def test_nothing_is_missing_where_all_is_there(home: Path) -> None:
    assert await missing(home) == {}


async def test_a_program_that_is_not_there_is_named_with_the_step_that_needs_it(
    home: Path,
) -> None:
    (home / "switch.sh").unlink()
    assert await missing(home) == {"program ./switch.sh": "not found; rollback/dns needs it"}


async def test_a_program_that_cannot_be_run_says_why(home: Path) -> None:
    (home / "print-env.sh").chmod(0o644)
    (home / "switch.sh").write_text("#!/no/such/interpreter\n")
    assert await missing(home) == {
        "program ./print-env.sh": "not executable; probe/mail needs it",
        "program ./switch.sh": (
            "its first line names /no/such/interpreter, which is not there; rollback/dns needs it"
        ),
    }


async def test_a_program_is_looked_for_on_the_path_of_its_command(home: Path) -> None:
    environment = ENVIRONMENT | {"PATH": f"/no/such:{home}"}
    found = await missing(home, environment=environment)
    assert found["program python3"] == "not found on the PATH; probe/queue needs it"
    (home / "python3").write_text("#!/bin/sh\n")
    found = await missing(home, environment=environment)
    assert found["program python3"] == "not executable; probe/queue needs it"
    (home / "python3").chmod(0o755)
    assert "program python3" not in await missing(home, environment=environment)


async def test_a_variable_without_a_value_is_named(home: Path) -> None:
    found = await missing(home, given={})
    assert list(found) == ["variable target"]
    assert found["variable target"].startswith("it is required, and has no value")
    assert "rollback/dns needs it" in found["variable target"]


async def test_one_bad_variable_does_not_hide_another(home: Path) -> None:
    found = await missing(home, given={"target": "OLD", "ttl": "\0"})
    assert set(found) == {"variable target", "variable ttl"}


async def test_a_secret_that_is_not_there_is_named(home: Path) -> None:
    found = await missing(home, environment={"PATH": os.environ["PATH"]})
    assert found == {"secret job-token": "$STOREFRONT_TOKEN is not set where the conductor runs"}


async def test_a_secret_is_asked_for_only_where_the_checklist_is_trusted(home: Path) -> None:
    secret = Secret("job-token", 1, "command", ("./ask.sh",))
    checklist = replace(document()[1], secrets=(secret,))
    (home / "ask.sh").write_text("#!/bin/sh\ntouch asked\necho token\n")
    assert await missing(home, checklist, trusted=False) == {}
    assert not (home / "asked").exists()
    assert await missing(home, checklist) == {}
    assert (home / "asked").exists()
    (home / "ask.sh").unlink()
    found = await missing(home, checklist, trusted=False)
    assert found == {"secret job-token": "not found"}


async def test_a_rehearsal_needs_what_it_runs_instead_and_nothing_of_the_launch(home: Path) -> None:
    text = DOCUMENT.replace("items: [{id: a, text: A}]", ITEMS).replace(
        "[./switch.sh, --dry-run]", "[./dry-run.sh]"
    )
    _, checklist = document(text)
    for name in ("switch.sh", "jobs.sh"):
        (home / name).unlink()
    environment = {"PATH": os.environ["PATH"]}
    found = await preflight(checklist, GIVEN, environment, home, trusted=True, rehearsing=True)
    assert {each.what: each.why for each in found} == {
        "program ./dry-run.sh": "not found; rollback/dns/rehearse needs it",
        "program ./dry-move.sh": "not found; item/a/rehearse needs it",
    }
    live = await missing(home, checklist, environment=environment)
    assert set(live) == {
        "program ./switch.sh",
        "program ./move.sh",
        "secret job-token",
    }


async def test_a_working_directory_that_is_not_there_is_named(home: Path) -> None:
    found = await missing(home / "gone")
    assert f"folder {home}/gone" in found
    assert "program ./switch.sh" in found


async def test_a_checklist_without_a_rollback_needs_what_its_probes_need(home: Path) -> None:
    checklist = replace(document()[1], rollback=None)
    (home / "switch.sh").unlink()
    (home / "print-env.sh").unlink()
    assert list(await missing(home, checklist)) == ["program ./print-env.sh"]
