r"""Statements of SQL, each up to its semicolon, and the commands of its clients such as `\dt`."""

import re
from collections.abc import Iterator

from launchpad.checklist.markdown.commands.parts import Part
from launchpad.checklist.markdown.commands.prompts import prompt, prompts_of

_COMMENT = re.compile(r"--[^\n]*|#[^\n]*|/\*")
_OF_CLIENT = re.compile(r"\\[A-Za-z!?][^\n]*")
# What ends a statement, and what a semicolon within does not end.
_TOKEN = re.compile(r"--|/\*|['\"`]|\$(?:[A-Za-z_]\w{0,60})?\$|;")
_CLOSED_BY = {"--": "\n", "/*": "*/"}
_MARKS = "-/*# \t"


def sql_parts(code: str) -> Iterator[Part]:
    """Yield the statements and the comments between them, each with its line."""
    code = _without_prompts(code)
    place = line = 0
    while place < len(code):
        if code[place] == "\n":
            line += 1
            if code[place + 1 : place + 2] == "\n":
                yield Part("blank", "", line)
            place += 1
        elif code[place].isspace():
            place += 1
        else:
            comment = _COMMENT.match(code, place)
            end = _comment_end(code, comment) if comment else _statement_end(code, place)
            said = code[place:end]
            if comment:
                yield Part("comment", said.strip(_MARKS), line)
            else:
                yield Part("command", said.rstrip(), line)
            line += said.count("\n")
            place = end


def _without_prompts(code: str) -> str:
    """Return what was typed of a session, each line of output empty."""
    lines = code.split("\n")
    marks = prompts_of(lines, "sql")
    ends = [prompt(line, marks) for line in lines]
    if not any(ends):
        return code
    return "\n".join(line[end:] if end else "" for line, end in zip(lines, ends, strict=True))


def _comment_end(code: str, comment: re.Match[str]) -> int:
    return _behind(code, "*/", comment.end()) if comment.group() == "/*" else comment.end()


def _statement_end(code: str, place: int) -> int:
    if client := _OF_CLIENT.match(code, place):
        return client.end()
    while found := _TOKEN.search(code, place):
        mark, place = found.group(), found.end()
        if mark == ";":
            return place
        place = _behind(code, _CLOSED_BY.get(mark, mark), place)
    return len(code)


def _behind(code: str, mark: str, place: int) -> int:
    end = code.find(mark, place)
    return len(code) if end < 0 else end + len(mark)
