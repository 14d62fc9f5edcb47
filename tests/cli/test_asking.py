"""What is asked on a terminal, and what an answer does: in a real one."""

import os
import shlex
import sys
from collections.abc import Callable, Iterator

import pexpect
import pytest

from tests.cli.conductor import conducting
from tests.cli.conftest import Shell

AB = ("--initials", "AB")
Terminal = Callable[..., pexpect.spawn]


@pytest.fixture
def terminal(bare: Shell) -> Iterator[Terminal]:
    """Run a command in a terminal of its own, where nobody has said who they are."""
    started: list[pexpect.spawn] = []

    def run(*words: object, fed_by: str = "") -> pexpect.spawn:
        command = [sys.executable, "-m", "launchpad", "--log", str(bare.log), *map(str, words)]
        piped = ["sh", "-c", f"{fed_by} | {shlex.join(command)}"]
        program, *arguments = piped if fed_by else command
        child = pexpect.spawn(
            program,
            arguments,
            env={**os.environ, "TERM": "xterm-256color"},
            encoding="utf-8",
            timeout=20,
        )
        started.append(child)
        return child

    bare.opens("--log", bare.log, "--initials", "AB")
    yield run
    for child in started:
        child.close(force=True)


def status(child: pexpect.spawn) -> int:
    child.expect(pexpect.EOF)
    child.close()
    assert isinstance(child.exitstatus, int)
    return child.exitstatus


def test_initials_are_asked_once_and_then_suggested(terminal: Terminal) -> None:
    first = terminal("tick", "dns")
    first.expect("Your initials:")
    first.sendline("ef")
    first.expect("name")
    first.sendline("Eve F")
    first.expect("role")
    first.sendline("")
    first.expect("EF    ticked dns")
    assert status(first) == 0
    second = terminal("tick", "pooler")
    second.expect("recording as EF")
    second.expect("EF    ticked pooler")
    assert status(second) == 0
    piped = terminal("note", "-", fed_by="echo all quiet")
    piped.expect("recording as EF")
    piped.expect("EF    noted: all quiet")
    assert status(piped) == 0


def test_a_pipe_cannot_be_asked(terminal: Terminal) -> None:
    piped = terminal("note", "-", fed_by="echo all quiet")
    piped.expect("say --initials AB")
    assert status(piped) == 2


def test_undo_takes_nothing_back_without_a_yes(terminal: Terminal, bare: Shell) -> None:
    bare("--log", bare.log, "note", "all quiet", "--initials", "AB")
    for answer, code in (("", 1), ("y", 0)):
        child = terminal("undo", "--initials", "AB")
        child.expect("all quiet")
        child.expect(r"Take it back\? \[y/N\]")
        child.sendline(answer)
        assert status(child) == code


def test_a_signature_is_typed_and_must_be_ones_own(
    terminal: Terminal, bare: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare("--log", bare.log, "tick", "dns", "--initials", "AB")
    monkeypatch.setenv("LAUNCHPAD_INITIALS", "AB")
    for typed, code in (("CD", 1), ("ab", 0)):
        child = terminal("sign", "cutover-complete")
        child.expect(r"Cutover Complete \(verified\), 1 items")
        child.expect("Type your initials to sign:")
        child.sendline(typed)
        assert status(child) == code


def test_closing_asks_for_the_code_word(terminal: Terminal) -> None:
    child = terminal("close", "--outcome", "scrubbed", "--initials", "AB")
    child.expect("4 items and 2 sign-offs are open")
    child.expect("Type storefront to close it as scrubbed:")
    child.sendline("storefront")
    child.expect("closed the launch as scrubbed")
    assert status(child) == 0


def test_a_rollback_is_shown_before_its_code_word_is_asked_for(
    terminal: Terminal, bare: Shell
) -> None:
    bare("close", "--outcome", "scrubbed", "--confirm", "storefront", *AB, "--log", bare.log)
    bare.opens_acting("--log", bare.log, *AB)
    with conducting(bare.log):
        for typed, code in (("storefornt", 1), ("storefront", 0)):
            child = terminal("rollback", "start", "--reason", "503", "--initials", "AB")
            child.expect(r"dns   Point traffic back \(command, 1m30s\)")
            child.expect(r"tell   Tell the stakeholders \(by hand\)")
            child.expect("budget 10m")
            child.expect("Type storefront to start the rollback:")
            child.sendline(typed)
            assert status(child) == code
        child = terminal("rollback", "abandon", "--reason", "forward", "--initials", "AB")
        child.expect(r"dns \(pending\) Point traffic back:")
        child.sendline("not done")
        child.expect(r"tell \(pending\) Tell the stakeholders:")
        child.sendline("")
        child.expect("Type storefront to abandon the rollback:")
        child.sendline("storefront")
        assert status(child) == 0
    events = bare("--log", bare.log, "export", "--format", "jsonl").out
    assert '"as_left":[{"step":"dns","text":"not done"},{"step":"tell","text":"unknown"}]' in events


def test_a_checklist_that_is_open_is_offered_and_no_answer_opens_nothing(
    terminal: Terminal, bare: Shell
) -> None:
    for answer in ("", "maybe"):
        child = terminal("run", bare.checklist, "--initials", "AB")
        child.expect("open already, as storefront-")
        child.expect(r"\[attach/another\]")
        child.sendline(answer)
        assert status(child) == 1
    assert len(bare("--log", bare.log, "list", "--format", "json").json["launches"]) == 1


def test_an_export_that_is_looked_at_is_not_obeyed(terminal: Terminal, bare: Shell) -> None:
    bare.checklist.write_bytes(b"# T\r\n\r\n- [ ] it \x1b]52;c;eA==\x07 \x1bPq\r\n")
    bare.opens("--another", "--log", bare.log, "--initials", "AB")
    for format_ in ("md", "jsonl"):
        child = terminal("export", "--format", format_)
        child.expect(pexpect.EOF)
        assert "it " in child.before
        assert not {"\x1b", "\x07"}.intersection(child.before)


def test_ctrl_c_at_a_question_leaves_quietly(terminal: Terminal) -> None:
    child = terminal("tick", "dns")
    child.expect("Your initials:")
    child.sendintr()
    assert status(child) == 130
    assert "Traceback" not in child.before


def test_the_end_of_input_is_no_answer(terminal: Terminal) -> None:
    child = terminal("tick", "dns")
    child.expect("Your initials:")
    child.sendeof()
    child.expect("there was no answer")
    assert status(child) == 2
