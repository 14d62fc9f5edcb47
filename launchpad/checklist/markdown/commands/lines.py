"""The commands in a fence's code, one for each logical line."""

import re
from collections.abc import Iterator, Sequence
from textwrap import dedent

from launchpad.checklist.markdown.commands.expectations import find_expectation, is_expectation
from launchpad.checklist.markdown.commands.parts import CommandLine, Part, with_expectations
from launchpad.checklist.markdown.commands.programs import is_command, is_powershell
from launchpad.checklist.markdown.commands.prompts import prompt, prompts_of, second_prompt
from launchpad.checklist.markdown.commands.shell_syntax import PosixReading, Reading, is_whole
from launchpad.checklist.markdown.commands.sql_statements import sql_parts
from launchpad.checklist.markdown.commands.windows_syntax import CmdReading, PowerShellReading

__all__ = ["CommandLine", "split_commands"]

_COMMENT = re.compile(r"\s*(?:#+!?|//(?=\s))\s*")
_CMD_COMMENT = re.compile(r"\s*(?:@?rem\b|::|#)\s*", re.IGNORECASE)
_LEFT_OUT = re.compile(r"\s*(?:\.{2,}|\u2026)\s*$")
# How often in one fence a quotation mark that nothing closes is taken for an apostrophe.
_PATIENCE = 3
_JOINED = {"powershell": "`", "cmd": "^"}


def split_commands(code: str, shell: str | None) -> tuple[CommandLine, ...]:
    """Return the commands of a fence in document order, without prompts and comments.

    shell: "sh", "bash", "zsh", "fish", "powershell", "cmd", "sql", "console" for a session, in
    which what has no prompt is output, or None. Quotes that stay open, here-documents, loops and
    continued lines are one command.
    """
    return with_expectations(sql_parts(code) if shell == "sql" else _Code(code, shell).parts())


class _Code:
    """The lines of a fence; where it is read, its own patience is used up."""

    def __init__(self, code: str, shell: str | None) -> None:
        self._lines = code.split("\n")
        self._shell = shell
        self._patience = _PATIENCE

    def parts(self) -> Iterator[Part]:
        """Yield the commands, the comments and the rest."""
        marks = prompts_of(self._lines, self._shell)
        sign = _CMD_COMMENT if self._shell == "cmd" else _COMMENT
        # In a session what has no prompt is output; its first command tells that it is one.
        session = True if self._shell == "console" else None
        showing, place = False, 0
        while place < len(self._lines):
            line = self._lines[place]
            end = prompt(line, marks)
            comment = sign.match(line, end)
            if not line[end:].strip() or _LEFT_OUT.match(line):
                yield Part("blank", "", place)
                showing = False
            elif comment or (not end and is_expectation(line)):
                said = line[comment.end() :] if comment else line
                yield Part("comment", said, place)
                wanted = find_expectation(said)
                showing = wanted is not None and not wanted.text
            elif not end and (session or (showing and not is_command(line))):
                yield Part("output", line, place)
            else:
                session = end > 0 if session is None else session
                showing = False
                part, place = self._command(place, end)
                yield part
            place += 1

    def _command(self, first: int, behind: int) -> tuple[Part, int]:
        """Return the command that starts on a line, behind its prompt, and its last line."""
        line = self._lines[first][behind:]
        if is_whole(line):
            return Part("command", line.strip(), first), first
        if not self._patience:
            return self._joined_only(first, behind)
        reading = _reading(self._shell, line)
        taken, last = [line], first
        reading.take(line)
        while last + 1 < len(self._lines) and reading.goes_on(self._lines[last + 1]):
            if reading.joined:
                taken[-1] = taken[-1].rstrip(" \t")
            last += 1
            line = self._lines[last]
            taken.append(line[second_prompt(line) :] if behind else line)
            reading.take(taken[-1])
        if reading.goes_on("") and not reading.joined:
            return self._joined_only(first, behind)
        remark = taken[-1][reading.comment :].lstrip("# \t") if reading.comment else ""
        if reading.comment and find_expectation(remark):
            taken[-1] = taken[-1][: reading.comment]
        return Part("command", _plain(taken), first, remark), last

    def _joined_only(self, first: int, behind: int) -> tuple[Part, int]:
        """Return the command that starts on a line, and goes on only where a mark says so."""
        self._patience = max(self._patience - 1, 0)
        mark = _JOINED.get(self._shell or "", "\\")
        last = first
        while last + 1 < len(self._lines) and self._lines[last].rstrip().endswith(mark):
            last += 1
        taken = [self._lines[first][behind:], *self._lines[first + 1 : last + 1]]
        return Part("command", _plain(taken), first), last


def _reading(shell: str | None, line: str) -> Reading:
    if shell == "cmd":
        return CmdReading()
    if shell == "powershell" or is_powershell(line.lstrip()):
        return PowerShellReading()
    return PosixReading(fish=shell == "fish")


def _plain(lines: Sequence[str]) -> str:
    text = "\n".join(lines).rstrip()
    return dedent(text) if text[:1] in {" ", "\t"} else text
