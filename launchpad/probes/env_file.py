r"""Environment files and printed environments: from text to variables.

A file is read by the rules of systemd's EnvironmentFile= (systemd.exec(5)): one NAME=VALUE after
the other; lines that are empty, have no "=" or begin with "#" or ";" are ignored; a "#" anywhere
else is part of the value. A value in quotes may have several lines, and what follows the closing
quote belongs to it. Within 'single' quotes everything is as it is; within "double" quotes a
backslash goes away before " \ ` $ and the end of a line; without quotes before everything. The last
of several assignments wins. Besides, as in files that shells read, a name may follow `export`.
Nothing is substituted.

Only the standard library: the process that reads files starts with it alone.
"""

import re
from typing import Final

_ASSIGNMENT: Final = re.compile(r"(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*")
_IGNORED: Final = re.compile(r"[^\n]*(?:\n|\Z)")
_BLANKS: Final = re.compile(r"[ \t\r\n]*")
_CONTINUED_COMMENT: Final = re.compile(r"(?:\\.|[^\\\n])*\\?(?:\n|\Z)", re.DOTALL)
_SINGLE: Final = re.compile(r"'([^']*)'?")
_DOUBLE: Final = re.compile(r'"((?:\\.|[^"\\])*)"?', re.DOTALL)
_PLAIN: Final = re.compile(r"(?:\\.|[^\\\n])*", re.DOTALL)
_ESCAPED_IN_DOUBLE: Final = re.compile(r"\\(?:\n|([\"\\`$]))")
_ESCAPED: Final = re.compile(r"\\(?:\n|(.))")
_NAME: Final = re.compile(r"[^=\s]+")


def variables(text: str) -> dict[str, str]:
    """Return the variables of an environment file."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    found: dict[str, str] = {}
    at = 0
    while (at := _end(_BLANKS, text, at)) < len(text):
        assignment = _ASSIGNMENT.match(text, at)
        if assignment is not None:
            found[assignment[1]], at = _value(text, assignment.end())
        else:
            comment = text[at] in "#;"
            at = _end(_CONTINUED_COMMENT if comment else _IGNORED, text, at)
    return found


def printed(text: str) -> dict[str, str]:
    r"""Return the variables that `env` printed, or, where there is a NUL, `env -0`.

    Values are as they are: quotes are part of them. The lines of one that has several cannot be
    told from other variables, unless NULs part them.
    """
    lines = text.split("\0" if "\0" in text else "\n")
    pairs = (line.partition("=") for line in lines)
    return {name: value for name, equals, value in pairs if equals and _NAME.fullmatch(name)}


def _value(text: str, at: int) -> tuple[str, int]:
    """Return the value that begins at a place, and where it ends."""
    parts: list[str] = []
    while text[at : at + 1] in {"'", '"'}:
        single = text[at] == "'"
        match = (_SINGLE if single else _DOUBLE).match(text, at)
        if match is None:
            break
        parts.append(match[1] if single else _ESCAPED_IN_DOUBLE.sub(_kept, match[1]))
        at = _skip_blanks(text, match.end())
    match = _PLAIN.match(text, at)
    plain, end = (match[0], match.end()) if match else ("", at)
    parts.append(_ESCAPED.sub(_kept, _trimmed(plain)))
    return "".join(parts), end


def _trimmed(plain: str) -> str:
    """Return text without the white space at its end, unless a backslash keeps it."""
    bare = plain.rstrip(" \t\r")
    backslashes = len(bare) - len(bare.rstrip("\\"))
    return plain[: len(bare) + 1] if backslashes % 2 else bare


def _skip_blanks(text: str, at: int) -> int:
    while text[at : at + 1] in {" ", "\t", "\r"}:
        at += 1
    return at


def _kept(match: re.Match[str]) -> str:
    return match[1] or ""


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
