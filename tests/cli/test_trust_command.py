"""trust, and run of a checklist with commands: nothing runs that nobody agreed to."""

import os
import sys
from collections.abc import Callable, Iterator

import pexpect
import pytest

from tests.cli.conftest import ACTING, Shell

Terminal = Callable[..., pexpect.spawn]
RUN = ("run", "launch.yaml", "--no-console", "--var", "base-url=https://x.example")


@pytest.fixture
def untrusted(launchpad: Shell) -> Shell:
    launchpad.acting.write_text(ACTING)
    return launchpad


@pytest.fixture
def terminal(untrusted: Shell) -> Iterator[Terminal]:
    """Run a command in a terminal of its own."""
    started: list[pexpect.spawn] = []

    def run(*words: str) -> pexpect.spawn:
        child = pexpect.spawn(
            sys.executable,
            ["-m", "launchpad", *words],
            env={**os.environ, "TERM": "xterm-256color"},
            encoding="utf-8",
            timeout=20,
            dimensions=(40, 120),
        )
        started.append(child)
        return child

    yield run
    for child in started:
        child.close(force=True)


def status(child: pexpect.spawn) -> int:
    child.expect(pexpect.EOF)
    child.close()
    assert isinstance(child.exitstatus, int)
    return child.exitstatus


def launches(shell: Shell) -> int:
    return len(shell("list", "--format", "json").json["launches"])


def test_every_command_is_shown_before_it_is_trusted(untrusted: Shell) -> None:
    done = untrusted("trust", "launch.yaml")
    assert done.status == 2
    assert "probe/migrations (line 17)\n  echo '6 applied'\n" in done.out
    assert "rollback/dns (line 26)\n  echo back\n" in done.out
    assert f" in {untrusted.folder}\n" in done.out
    assert "$JOB_TOKEN" in done.out
    assert "--yes" in done.err
    assert untrusted(*RUN).status == 4


def test_what_was_trusted_is_opened_without_a_word(untrusted: Shell) -> None:
    assert untrusted("trust", "launch.yaml", "--yes").status == 0
    done = untrusted(*RUN)
    assert (done.status, "rollback/dns" in done.err) == (0, False)


def test_without_a_terminal_nothing_untrusted_is_opened(untrusted: Shell) -> None:
    done = untrusted(*RUN)
    assert (done.status, done.out, done.err.count("\n")) == (4, "", 1)
    assert "`launchpad trust launch.yaml`" in done.err
    assert launches(untrusted) == 0
    assert untrusted(*RUN, "--trust").status == 0
    assert launches(untrusted) == 1


def test_a_changed_byte_ends_trust_and_is_shown(untrusted: Shell) -> None:
    untrusted("trust", "launch.yaml", "--yes")
    untrusted.acting.write_text(ACTING.replace("echo, back", "echo, forth"))
    assert untrusted(*RUN).status == 4
    shown = untrusted("trust", "launch.yaml").out
    assert "-    - {id: dns, title: Point traffic back, command: {exec: [echo, back]}" in shown
    assert "+    - {id: dns, title: Point traffic back, command: {exec: [echo, forth]}" in shown


def test_what_another_account_may_change_is_not_trusted(untrusted: Shell) -> None:
    untrusted.folder.chmod(0o777)
    for words in (("trust", "launch.yaml", "--yes"), (*RUN, "--trust")):
        done = untrusted(*words)
        assert done.status == 4
        assert "every account" in done.err
    assert launches(untrusted) == 0


def test_a_checklist_that_runs_nothing_needs_no_trust(launchpad: Shell) -> None:
    done = launchpad("trust", "launch.md")
    assert (done.status, done.out) == (0, "launch.md runs nothing; there is nothing to trust\n")


def test_on_a_terminal_only_a_yes_trusts(terminal: Terminal, untrusted: Shell) -> None:
    for answer, code in (("", 4), ("yes", 0)):
        child = terminal("trust", "launch.yaml")
        child.expect("rollback/dns")
        child.expect(r"Trust these commands\? \[y/N\]")
        child.sendline(answer)
        assert status(child) == code
    assert untrusted(*RUN).status == 0


def test_run_asks_before_it_opens_anything(terminal: Terminal, untrusted: Shell) -> None:
    child = terminal(*RUN[:2], *RUN[3:])
    child.expect("rollback/dns")
    child.expect(r"Trust these commands\? \[y/N\]")
    child.sendline("n")
    child.expect("nothing was done")
    assert status(child) == 4
    assert launches(untrusted) == 0
