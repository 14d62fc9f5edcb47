"""poll open, poll close and vote: what they record, refuse and say, and what status shows of it."""

from typing import Any

import pytest

from tests.cli.conftest import Done, Shell

POLLED = """\
launchpad: 1
title: Storefront cutover
code-word: storefront
roles: {dba: Database Admin, devops: DevOps}
crew: {lead: AB, people: [{initials: AB, name: Ada B, roles: [dba]}]}
phases:
  - id: database
    title: Database
    items: [{id: migrations, text: All migrations are applied}]
  - id: cutover
    title: Cutover
    at: T-0
    poll: {roles: [dba, devops], closes-in: 5m, valid-for: 15m}
    items: [{id: switch, text: Traffic points at the new service}]
"""
EVE = ("--initials", "EF", "--role", "devops")


@pytest.fixture
def polled(launchpad: Shell) -> Shell:
    """Give a launch whose cutover is polled."""
    launchpad.acting.write_text(POLLED)
    done = launchpad("run", "--no-console", launchpad.acting)
    assert done.status == 0, done.err
    return launchpad


def poll(shell: Shell) -> Any:
    return shell("status", "--format", "json").json["poll"]


def refused(done: Done) -> str:
    assert (done.status, done.out) == (1, "")
    return done.err


def test_a_launch_without_a_poll_has_none(polled: Shell) -> None:
    assert poll(polled) is None
    assert "no poll is open; the lead opens one" in refused(polled("vote", "go"))


def test_a_poll_is_opened_for_the_next_phase_that_has_one(polled: Shell) -> None:
    done = polled("poll", "open")
    assert done.status == 0
    assert "opened the poll for cutover: dba, devops, votes taken for 5m" in done.out
    assert done.err == (
        "GO 0 of 2, dba not set, devops not set\n"
        "  against GO: dba not set\n"
        "  against GO: devops not set\n"
    )
    nobody = {"by": None, "vote": "not-set", "at": None, "stale": False}
    votes = [{"role": role, **nobody} for role in ("dba", "devops")]
    assert poll(polled) == {"state": "open", "votes": votes}


def test_its_phase_and_times_can_be_given(polled: Shell) -> None:
    words = ("--phase", "database", "--closes-in", "90s", "--valid-for", "1h", "--format", "json")
    done = polled("poll", "open", *words)
    (event,) = done.json["events"]
    assert event["body"] == {
        "phase": "database",
        "roles": ["dba", "devops"],
        "closes_in_ms": 90_000,
        "valid_ms": 3_600_000,
    }


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (
            ["open", "--closes-in", "5"],
            2,
            "--closes-in takes a duration such as 90s or 5m, not '5'",
        ),
        (["open", "--valid-for", "0s"], 2, "--valid-for takes a duration"),
        (["open", "--phase", "dinner"], 1, "no phase 'dinner'"),
        (["open", "--initials", "EF"], 1, "only the lead may open a poll: AB, Ada B"),
        (["close", "--outcome", "maybe"], 2, "maybe"),
    ],
)
def test_a_poll_is_not_opened_by_mistake(
    polled: Shell, words: list[str], status: int, said: str
) -> None:
    done = polled("poll", *words)
    assert (done.status, done.out) == (status, "")
    assert said in done.err


def test_a_vote_is_answered_with_the_tally(polled: Shell) -> None:
    polled("poll", "open")
    done = polled("vote", "maybe", "--comment", "one more look", *EVE)
    assert "EF    voted Maybe as devops: one more look" in done.out
    assert done.err.startswith("GO 0 of 2, devops Maybe, dba not set\n")
    assert polled("vote", "go", *EVE, "--as", "DevOps").err.startswith("GO 1 of 2, dba not set\n")
    (_, devops) = poll(polled)["votes"]
    assert (devops["by"], devops["vote"], devops["stale"]) == ("EF", "go", False)
    assert devops["at"].endswith("Z")


def test_go_is_refused_until_nothing_speaks_against_it(polled: Shell) -> None:
    polled("poll", "open")
    polled("vote", "go")
    assert "against GO: devops not set." in refused(polled("poll", "close", "--outcome", "go"))
    polled("vote", "go", *EVE)
    done = polled("poll", "close", "--outcome", "go")
    assert (done.status, done.err) == (0, "GO 2 of 2\n")
    assert "closed the poll as GO" in done.out
    assert poll(polled)["state"] == "go"


def test_go_all_the_same_takes_a_reason_and_keeps_both(polled: Shell) -> None:
    polled("poll", "open")
    polled("vote", "go")
    words = ("--outcome", "go", "--reason", "devops agreed on the phone")
    done = polled("poll", "close", *words)
    assert "as GO: devops agreed on the phone (although devops not set)" in done.out
    told = polled("status").out
    assert "GO for cutover, by AB at" in told
    assert "although: devops not set" in told


def test_status_shows_who_is_asked_and_what_they_said(polled: Shell) -> None:
    polled("poll", "open")
    polled("vote", "no-go", "--comment", "[red]lags[/]\x1b[2J", *EVE)
    lines = polled("status").out.splitlines()
    (heading,) = [line for line in lines if line.startswith("POLL OPEN for cutover, opened by AB")]
    assert heading.endswith(": GO 0 of 2, devops NO-GO, dba not set")
    assert any(line.split() == ["Database", "Admin", "-", "Not", "set", "-"] for line in lines)
    (row,) = [line for line in lines if line.startswith("  DevOps")]
    assert "EF  No-go" in row
    assert "[red]lags[/]" in row
    assert "\x1b" not in row


def test_a_no_go_is_only_a_decision(polled: Shell) -> None:
    polled("poll", "open")
    asked = polled("poll", "close", "--outcome", "no-go")
    assert "needs a reason" in refused(asked)
    done = polled("poll", "close", "--outcome", "no-go", "--reason", "the vendor is down")
    assert done.status == 0
    status = polled("status", "--format", "json").json
    assert (status["poll"]["state"], status["state"]) == ("no-go", "open")
