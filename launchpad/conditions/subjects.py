"""Placeholders and what follows them: a path into [BODY], a name after [HEADER]."""

import re
from typing import Final

from launchpad.conditions.condition import Observed
from launchpad.conditions.cursor import Cursor
from launchpad.conditions.errors import excerpt, nearest
from launchpad.conditions.placeholders import PLACEHOLDERS, Placeholder, bracketed

FIELD_NAME: Final = re.compile(r"[^\s.\[\]()\"',<>=!]+")

_BRACKETS: Final = re.compile(r"\[([^\[\]\s]*)\]")
_INDEX: Final = re.compile(r"\[([0-9]{1,9})\]")
# A token of RFC 9110, 5.6.2, without the "!" that would make `[HEADER].X!=y` ambiguous.
_HEADER_NAME: Final = re.compile(r"[\w#$%&'*+.^`|~-]+", re.ASCII)


def read_observed(cursor: Cursor, offered: tuple[str, ...]) -> Observed:
    """Read a placeholder, which must be one of those offered, and what belongs to it."""
    start = cursor.at
    match = _BRACKETS.match(cursor.text, start)
    if match is None:
        raise cursor.error(
            "expected a placeholder such as [STATUS]; quote text that starts so", start
        )
    placeholder = _placeholder(cursor, match[1], start, offered)
    cursor.at = match.end()
    if placeholder.tail == "header":
        return Observed(placeholder, (_header_name(cursor),))
    path = tuple(_path(cursor)) if placeholder.tail == "path" else ()
    if cursor.stands(".") or cursor.stands("["):
        raise cursor.error(
            f"[{placeholder.name}] has no fields; only [BODY] and [HEADER] do", cursor.at
        )
    return Observed(placeholder, path)


def _placeholder(cursor: Cursor, written: str, start: int, offered: tuple[str, ...]) -> Placeholder:
    name = written.upper()
    if name in offered:
        return PLACEHOLDERS[name]
    listed = bracketed(offered)
    if name in PLACEHOLDERS:
        raise cursor.error(f"[{name}] is not offered here; offered are {listed}", start)
    near = nearest(name, offered) or nearest(name, PLACEHOLDERS)
    hint = f"did you mean [{near}]?" if near else f"offered are {listed}"
    raise cursor.error(f"[{excerpt(written)}] is no placeholder; {hint}", start)


def _header_name(cursor: Cursor) -> str:
    start = cursor.at + 1
    match = _HEADER_NAME.match(cursor.text, start)
    if not cursor.stands(".") or match is None:
        raise cursor.error("expected a header's name, such as [HEADER].Content-Type", cursor.at)
    cursor.at = match.end()
    return match[0]


def _path(cursor: Cursor) -> list[str | int]:
    path: list[str | int] = []
    while cursor.stands(".") or cursor.stands("["):
        index = _INDEX.match(cursor.text, cursor.at)
        if index:
            path.append(int(index[1]))
            cursor.at = index.end()
        elif cursor.stands("["):
            path.append(_name_in_brackets(cursor))
        else:
            path.append(_name_after_dot(cursor))
    return path


def _name_in_brackets(cursor: Cursor) -> str:
    cursor.at += 1
    if not (cursor.stands('"') or cursor.stands("'")):
        raise cursor.error('expected an index such as [0], or a name in quotes: ["a b"]', cursor.at)
    name = cursor.quoted()
    cursor.expect("]", "the name")
    return name


def _name_after_dot(cursor: Cursor) -> str:
    cursor.at += 1
    if cursor.stands('"') or cursor.stands("'"):
        return cursor.quoted()
    match = FIELD_NAME.match(cursor.text, cursor.at)
    if match is None:
        raise cursor.error("expected a name after the dot", cursor.at)
    cursor.at = match.end()
    return match[0]
