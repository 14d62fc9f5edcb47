"""Steps that are requests: sent once by a process of their own, judged by what came back."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from launchpad.checklist.load import load
from launchpad.checklist.model import HttpSettings, Step
from launchpad.steps import request, requesting
from launchpad.steps.commands import shown
from launchpad.steps.preflight import preflight
from launchpad.steps.resolving import VariableMissing
from launchpad.steps.trust import NotTrusted, check, trust
from tests.steps.answering import Service, answering

STEP = Step(id="drain", title="Drain", line=1, kind="http", timeout_ms=5_000)
NOTHING: Mapping[str, str] = {}
PLAN = """\
launchpad: 1
title: Harbour
vars: {base-url: {}}
secrets: {token: {env: HARBOUR_TOKEN}}
phases: [{id: a, title: A, items: [{id: b, text: B, step: {http: {url: 'https://b.example'}}}]}]
rollback:
  steps:
    - id: drain
      title: Drain
      http: {url: '${base-url}/drain', method: POST, headers: {X-Key: '${token}'}}
"""


@pytest.fixture
def service() -> Iterator[Service]:
    with answering() as service:
        yield service


def sends(
    http: HttpSettings, step: Step = STEP, values: Mapping[str, str] = NOTHING
) -> subprocess.CompletedProcess[str]:
    """Send a step's request as a step runner would, from a folder that is not this program's."""
    told = requesting.sending(step, http, values, {})
    return subprocess.run(
        requesting.argv(),
        env=requesting.environment(told, {"PATH": os.environ["PATH"]}),
        cwd="/",
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def test_it_is_sent_once_and_says_what_came_back(service: Service) -> None:
    url = "${base-url}/drain"
    values = {"base-url": service.address}
    done = sends(HttpSettings(url, "POST", body="all of it"), values=values)
    assert done.returncode == request.HOLDS
    assert service.received == ["POST /drain all of it"]
    first, second, judged, *_, body = done.stdout.splitlines()
    assert first == f"POST {service.address}/drain"
    assert second.startswith("200 in ")
    assert "processing" in second
    assert judged == "success: [STATUS] (200) >= 200; [STATUS] (200) < 300"
    assert body == "mended"


def test_an_answer_that_was_not_asked_for_fails(service: Service) -> None:
    service.status = 503
    done = sends(HttpSettings(service.address))
    assert (done.returncode, service.received) == (request.FAILS, ["GET /"])
    step = replace(STEP, conditions=("[STATUS] == 503", "[BODY] == mended"))
    assert sends(HttpSettings(service.address), step).returncode == request.HOLDS


def test_where_nothing_listens_nothing_was_sent(service: Service) -> None:
    refused = HttpSettings(service.address.rpartition(":")[0] + ":1", "POST")
    assert sends(refused).returncode == request.NOT_SENT


def test_without_an_answer_in_time_it_is_not_known_what_became_of_it(service: Service) -> None:
    service.hang = True
    done = sends(HttpSettings(service.address, "POST"), replace(STEP, timeout_ms=300))
    assert (done.returncode, service.received) == (request.UNKNOWN, ["POST /"])
    assert "no end within 0.3 s, waiting for an answer" in done.stdout


def test_a_folder_that_is_called_as_this_program_is_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "launchpad").mkdir()
    (tmp_path / "launchpad" / "__init__.py").write_text("raise SystemExit(99)")
    run = subprocess.run(requesting.argv(), cwd=tmp_path, env={}, capture_output=True, check=False)
    assert run.returncode != 99
    assert requesting.argv()[0] == sys.executable


def test_a_variable_without_a_value_is_not_sent_as_its_name() -> None:
    with pytest.raises(VariableMissing, match="base-url"):
        requesting.sending(STEP, HttpSettings("${base-url}/drain"), {}, {})


def test_what_is_sent_where_is_read_before_it_is_trusted(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN)
    lines = shown(load(tmp_path / "plan.yaml").checklist, tmp_path, "ada", "bastion")
    assert "item/b (line 5) sends GET https://b.example" in lines
    at = lines.index("rollback/drain (line 8) sends POST ${base-url}/drain")
    assert lines[at + 1] == "  carries the secret token"


def test_trust_ends_where_another_request_would_be_sent(tmp_path: Path) -> None:
    path, state = tmp_path / "plan.yaml", tmp_path / "state"
    path.write_text(PLAN)
    document = load(path)
    trust(state, document.source, document.checklist, tmp_path, "ada")
    check(state, document.source, document.checklist, tmp_path, "ada")
    back = document.checklist.rollback
    assert back
    (step,) = back.steps
    assert step.http
    other = replace(step, http=replace(step.http, url="https://elsewhere.example"))
    changed = replace(document.checklist, rollback=replace(back, steps=(other,)))
    with pytest.raises(NotTrusted):
        check(state, document.source, changed, tmp_path, "ada")


async def test_what_it_needs_is_missed_before_it_is_sent(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN)
    checklist = load(tmp_path / "plan.yaml").checklist
    found = await preflight(checklist, {}, {}, tmp_path, trusted=True)
    assert [each.what for each in found] == ["variable base-url", "secret token"]
    given, environment = {"base-url": "https://a.example"}, {"HARBOUR_TOKEN": "a-long-secret"}
    assert await preflight(checklist, given, environment, tmp_path, trusted=True) == []
