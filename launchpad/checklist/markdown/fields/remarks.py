"""Remarks on an item's own line: "(Owner: Ada, ~15m)", " - @ada", " | Due: Friday"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from launchpad.checklist.markdown.fields.estimates import remark_estimate
from launchpad.checklist.markdown.fields.names import field_kind
from launchpad.checklist.markdown.labels import bare

_MOST = 4
_CLOSED = (")", "]", "\uff09", ").", "].")
_BRACKET = re.compile(r"[(\[\uff08](?P<said>[^()\[\]\uff08\uff09]{1,200})[)\]\uff09][\s.]{0,3}$")
_PARTS = re.compile(r"[,;|\uff0c\u3001]|\s[\u2013\u2014-]\s")
_TRAIL = re.compile(r" (?:[-\u2013\u2014|\xb7\u2022]|//) ")
_MENTIONS = re.compile(r"@[\w-]{1,39}(?:(?:, ?| ?[/&+] ?| (?:and )?)@[\w-]{1,39}){0,5}")
_MENTIONED = re.compile(rf"(?P<before>\S{{1,60}}) (?P<said>{_MENTIONS.pattern})$")
# "Notify @ops" and "install @scope" are what is done, and not who does it.
_OBJECT = re.compile(
    r"(?:add|alert|and|ask|at|bump|by|call|cc|contact|email|for|from|import|in|inform|install|"
    r"invite|message|mention|notify|of|on|or|page|ping|publish|release|remove|tell|to|update|upgrade|"
    r"use|using|via|with)[:,]?",
    re.IGNORECASE,
)
_NOBODY = frozenset({"@all", "@channel", "@everyone", "@here", "@latest", "@next", "@beta"})
_OTHERS = frozenset(
    {"blocked by", "deadline", "depends on", "due", "due by", "due date", "jira", "ticket"}
)
_STATES = re.compile(
    r"(?:not started|pending|in progress|in review|blocked|on hold|open|to ?do|done|completed?|"
    r"finished|closed|ready|wip|started|planned|deferred|cancell?ed|verified)\b.{0,40}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Remarks:
    """What an item's line says beside its words.

    fields: names and values; expected_ms: an estimate; doubts: what looks like one, and is none.
    """

    fields: tuple[tuple[str, str], ...] = ()
    expected_ms: int | None = None
    doubts: tuple[str, ...] = ()


NOTHING = Remarks()
"""What most lines say beside their words."""


def find_remarks(text: str) -> Remarks:
    """Find them at the end of a text: in brackets, or behind dashes or bars."""
    if not text.endswith(_CLOSED) and ":" not in text and "@" not in text and "\uff1a" not in text:
        return NOTHING
    fields: list[tuple[str, str]] = []
    expected: int | None = None
    doubts: list[str] = []
    rest, remarks = _brackets(text)
    for remark in remarks:
        for part in _named_parts(remark):
            if isinstance(part, tuple):
                fields.append(part)
                continue
            length, doubtful = remark_estimate(rest, part)
            expected = length if expected is None else expected
            if doubtful:
                doubts.append(f"({part})")
    fields.extend(_trailing(rest))
    return Remarks(tuple(fields), expected, tuple(doubts))


def _brackets(text: str) -> tuple[str, list[str]]:
    """Return a text without the brackets at its end, and what they say, in order."""
    found: list[str] = []
    while len(found) < _MOST and text.endswith(_CLOSED):
        bracket = _BRACKET.search(text, max(0, len(text) - 210))
        if bracket is None:
            break
        found.append(bracket["said"])
        text = text[: bracket.start()].rstrip()
    return text, found[::-1]


def _named_parts(remark: str) -> Iterator[tuple[str, str] | str]:
    """Yield the fields in a remark, and its other parts as they are."""
    if _MENTIONS.fullmatch(remark.strip()):
        yield from _owner(remark.strip())
        return
    last: tuple[str, str] | None = None
    for part in map(str.strip, _PARTS.split(remark)):
        named = _named(part)
        if named is None and last is not None and ":" not in part and not _timed(part):
            # "Owner: Ada, Bo" names two.
            last = (last[0], f"{last[1]}, {part}")
            continue
        if last is not None:
            yield last
        last = named
        if named is None:
            yield part
    if last is not None:
        yield last


def _timed(part: str) -> bool:
    return remark_estimate("", part)[0] is not None


def _named(part: str) -> tuple[str, str] | None:
    name, colon, value = part.replace("\uff1a", ":").partition(":")
    name, value = name.strip(), value.strip()
    if not colon or not value:
        return None
    kind = field_kind(name)
    if kind == "status":
        return (name, value) if _STATES.fullmatch(value) else None
    known = kind in {"owner", "priority", "estimate"} or bare(name).casefold() in _OTHERS
    return (name, value) if known else None


def _trailing(text: str) -> Iterator[tuple[str, str]]:
    """Yield what follows dashes or bars at the end, else a mention of somebody there."""
    parts = _TRAIL.split(text)
    found: list[tuple[str, str]] = []
    for part in reversed(parts[1:][-_MOST:]):
        named = _named(part)
        mention = _MENTIONS.fullmatch(part.strip())
        if named is None and mention is None:
            break
        found.extend([named] if named else _owner(part.strip()))
    if found or "@" not in text[-80:]:
        yield from reversed(found)
        return
    mentioned = _MENTIONED.search(text, max(0, len(text) - 300))
    if mentioned and not _OBJECT.fullmatch(mentioned["before"]):
        yield from _owner(mentioned["said"])


def _owner(said: str) -> Iterator[tuple[str, str]]:
    if not _NOBODY.intersection(said.casefold().split()):
        yield "Owner", said
