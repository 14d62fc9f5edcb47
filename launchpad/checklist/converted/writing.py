"""YAML as a person would write it: short things on one line, long texts as blocks, comments.

By hand, on top of PyYAML's rules for what has to be quoted: its own emitter knows no comments,
and folds or opens up everything alike.
"""

import io
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from yaml.emitter import Emitter

from launchpad.text.safe import one_line

_WIDTH = 100
_STEP = "  "


@dataclass(frozen=True, slots=True)
class Key:
    """A key, its value, and what is said above it as comments, one entry each.

    spaced: with a blank line between the entries of its list.
    """

    name: str
    value: "Value"
    comments: tuple[str, ...] = ()
    spaced: bool = False


Keys: TypeAlias = tuple[Key, ...]
"""A mapping, in the order in which it is written."""

Value: TypeAlias = "str | Keys | list[Value]"


def keys(**values: "Value | None") -> Keys:
    """Return a mapping of those values that are not None; `_` in a name stands for `-`."""
    return tuple(
        Key(name.strip("_").replace("_", "-"), value)
        for name, value in values.items()
        if value is not None
    )


def write(document: Keys, comments: Iterable[str]) -> str:
    """Return a document with its comments at the top; what takes several lines stands apart."""
    lines = [line for comment in comments for line in _comment(comment, "")]
    apart = False
    for key in document:
        written = list(_key(key, ""))
        if apart or len(written) > 1:
            lines.append("")
        apart = len(written) > 1
        lines += written
    return "".join(f"{line}\n" for line in lines)


def _key(key: Key, indent: str) -> Iterator[str]:
    for comment in key.comments:
        yield from _comment(comment, indent)
    yield from _after(f"{indent}{_scalar(key.name)}:", key.value, indent, spaced=key.spaced)


def _after(lead: str, value: Value, indent: str, *, spaced: bool = False) -> Iterator[str]:
    """Yield a value that stands behind a key."""
    block = _literal(value) if isinstance(value, str) else None
    short = None if block else _flow(value, _WIDTH - len(lead) - 1)
    if block:
        yield f"{lead} {block[0]}"
        yield from (f"{indent}{_STEP}{line}" if line else "" for line in block[1:])
    elif short is not None:
        yield f"{lead} {short}"
    elif isinstance(value, str):
        yield f"{lead} {_scalar(value)}"
    else:
        yield lead
        yield from _below(value, indent + _STEP, spaced=spaced)


def _below(value: Keys | list[Value], indent: str, *, spaced: bool = False) -> Iterator[str]:
    """Yield a collection on lines of its own."""
    if isinstance(value, tuple):
        for key in value:
            yield from _key(key, indent)
        return
    room = _WIDTH - len(indent) - 2
    # Entries of one list look alike: if one has to be opened up, all are.
    alike = all(isinstance(entry, str) or _flow(entry, room) is not None for entry in value)
    for number, entry in enumerate(value):
        if spaced and number:
            yield ""
        if alike or isinstance(entry, str):
            yield from _after(f"{indent}-", entry, indent)
        else:
            first, *more = _below(entry, indent + _STEP)
            yield f"{indent}- {first[len(indent) + 2 :]}"
            yield from more


def _flow(value: Value, room: int) -> str | None:
    """Return a value on one line, None where it does not fit or is not read well there."""
    if isinstance(value, str):
        text = _scalar(value)
        return text if len(text) <= room else None
    inside = list(_flow_parts(value, room))
    if None in inside:
        return None
    text = ", ".join(part for part in inside if part is not None)
    text = f"{{{text}}}" if isinstance(value, tuple) else f"[{text}]"
    return text if len(text) <= room else None


def _flow_parts(value: Keys | list[Value], room: int) -> Iterator[str | None]:
    if isinstance(value, list):
        for entry in value:
            # Mappings within a list are entries to read one by one.
            yield _flow_part(entry, room) if isinstance(entry, str) else None
        return
    for key in value:
        inside = None if key.comments else _flow_part(key.value, room)
        yield None if inside is None else f"{_scalar(key.name, flow=True)}: {inside}"


def _flow_part(value: Value, room: int) -> str | None:
    if isinstance(value, str):
        return None if "\n" in value else _scalar(value, flow=True)
    return _flow(value, room)


def _literal(text: str) -> list[str] | None:
    """Return a text of several lines as a block, None where no block holds it exactly."""
    body = text.removesuffix("\n")
    first = body.split("\n", 1)[0]
    fits = "\n" in body and _emitter().analyze_scalar(text).allow_block
    if not fits or body.endswith("\n") or not first or first[0] in " \t":
        return None
    return ["|-" if body == text else "|", *body.split("\n")]


@lru_cache
def _scalar(text: str, *, flow: bool = False) -> str:
    rules = _emitter().analyze_scalar(text)
    # A plain << would be a merge key.
    if text not in {"", "<<"} and (rules.allow_flow_plain if flow else rules.allow_block_plain):
        return text
    if rules.allow_single_quoted and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    written = io.StringIO()
    _emitter(written).write_double_quoted(text, split=False)
    return written.getvalue()


def _emitter(stream: io.StringIO | None = None) -> Emitter:
    return Emitter(stream or io.StringIO(), allow_unicode=True)


def _comment(text: str, indent: str) -> Iterator[str]:
    room = _WIDTH - len(indent) - 2
    for line in textwrap.wrap(one_line(text), room, break_long_words=False) or [""]:
        yield f"{indent}# {line}".rstrip()
