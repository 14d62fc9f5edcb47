"""How people write down whom to call: "DBA: Ada B, +41 44 123 45 67, ada@example.org"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from launchpad.checklist.markdown.labels import bare
from launchpad.checklist.markdown.unfilled import is_unfilled

_LONGEST = 300
_LONGEST_ROLE, _LONGEST_NAME, _NAME_WORDS = 60, 50, 5
_PEOPLE = (
    r"(?:contacts?|on[- ]?calls?|hotlines?|call tree|phone (?:list|numbers?|tree)|"
    r"(?:emergency|support|important|key|helpdesk|help desk) (?:phone )?numbers?|"
    r"escalations?|points? of contacts?)"
)
_TITLE = re.compile(
    rf"(?:.{{0,60}}[\s/&,-])?{_PEOPLE}(?: (?:and|&|or) {_PEOPLE})?"
    rf"(?: (?:and|&) (?:roles|support|communications?|responsibilities))?"
    r"(?: (?:channels?|chain|details?|info(?:rmation)?|levels?|list|matrix|numbers?|order|paths?|"
    r"people|persons?|points?|policy|procedures?|roster|rota(?:tion)?|schedule|sheet|support|"
    r"table|team|tree))?(?: (?:for|during|in case|on|if|of) .*)?|"
    r"(?:who|whom) to (?:call|contact|notify|reach|page)(?: .*)?|"
    r"(?:notfall)?(?:kontakte|kontaktliste|nummern)|(?:wichtige |technische )?"
    r"ansprechpartner(?:innen)?|"
    r"bereitschaft|contacts? d['\u2019]urgence|contactos?(?: de emergencia)?|contatti(?: .*)?|"
    r"contatos?(?: de emerg\u00eancia)?|(?:\u7dca\u6025)?\u9023\u7d61\u5148|"
    r"(?:\u7d27\u6025)?\u8054\u7cfb\u4eba|"
    r"\u062c\u0647\u0627\u062a \u0627\u0644\u0627\u062a\u0635\u0627\u0644"
)
_NO_PEOPLE = re.compile(
    r"\b(?:forms?|pages?|us|lists? (?:import|export)|tests?|testing|setup|set up)\b"
)
_DIVIDER = re.compile(r" ?[:\uff1a] ?| [-\u2013\u2014|] ")
_PIECES = re.compile(
    r" [-\u2013\u2014|/] |, ?|; ?|\uff0c|\u3001| or (?=[#@+\d])|(?<=[\]>]) ?[/|-]? ?(?=[\[<])|"
    r" ?_{3,} ?"
)
_WORDS_OF_WAYS = (
    r"(?:phone|telephone|tel|mobile|cell|call|sms|text|e-?mail|mail|slack|teams|ms teams|discord|"
    r"telegram|signal|whatsapp|zoom|bridge|pager|pagerduty|opsgenie|victorops|page|ext|extension|"
    r"channel|chat|hotline|fax|line|dm|ticket|web|url|portal|irc|matrix|telefon|mobil|"
    r"t\u00e9l\u00e9phone|t\u00e9l|tel\u00e9fono|telefono|\u96fb\u8a71|\u7535\u8bdd)"
)
_WAY = re.compile(
    rf"(?:{_WORDS_OF_WAYS}\.?[:\uff1a]? ?)?(?:[^\s@]{{1,64}}@[^\s@]{{1,190}}\.[^\s@]{{2,63}}|"
    r"(?P<number>\(?[+\d][\d ()./\u2011\u2013-]{2,24}(?: ?(?:ext|x)\.? ?\d{1,6})?)|#[\w-]{1,80}|"
    r"@[\w.-]{1,60}|(?:https?|tel|mailto|slack|sip)://?\S{1,300}|tel:\S{1,40})|"
    rf"{_WORDS_OF_WAYS}(?:\.?[:\uff1a] ?.{{1,80}}|\.? ?\d{{1,8}})|"
    r"(?:.{0,40}\b)?(?:pagerduty|opsgenie|victorops|slack|ms teams)\b.{0,60}",
    re.IGNORECASE,
)
_FEWEST_DIGITS = 6
_SHORT_NUMBER = re.compile(r"\d{3}")
_EDGE = re.compile(r"^[\W_]+")
_LABEL = re.compile(rf"names?|{_WORDS_OF_WAYS}\.?", re.IGNORECASE)
_BRACKET = re.compile(r"[\[<]([^\[\]<>]{1,80})[\]>]")
_REMARK = re.compile(r"(?P<before>[^()]{1,80}) \((?P<said>[^()]{1,80})\)")
_SENTENCE = re.compile(
    r"[a-z)]{3}[.!?](?: |$)|\b(?:after|if|then|when|within|should|must|will|has|have|is|are|"
    r"escalate|notify|contact)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is called, and how; None for what is left blank."""

    role: str
    name: str | None
    contact: str | None


@lru_cache(maxsize=1024)
def speaks_of_contacts(title: str) -> bool:
    """Tell whether a heading announces people to call."""
    plain = bare(title).casefold()
    if len(plain) > 2 * _LONGEST_ROLE or _NO_PEOPLE.search(plain):
        return False
    return _TITLE.fullmatch(plain) is not None


def is_way(text: str) -> bool:
    """Tell an address, a number or a channel from a name."""
    found = _WAY.fullmatch(text)
    if found is None or not found["number"]:
        return found is not None
    # "24/7" and "9-17" are when somebody is reached.
    digits = sum(map(str.isdigit, text))
    return digits >= _FEWEST_DIGITS or _SHORT_NUMBER.search(text) is not None


def who_and_how(text: str) -> Person | None:
    """Return whom a line names, None where it is a sentence and names nobody.

    The role stands before the first colon or dash; without one, before the first comma if
    a number or an address follows.
    """
    if len(text) > _LONGEST:
        return None
    divider = _DIVIDER.search(text)
    if divider:
        role, pieces = text[: divider.start()], _PIECES.split(text[divider.end() :])
    else:
        role, *pieces = _PIECES.split(text)
        if not any(is_way(piece.strip()) for piece in pieces):
            return None
    if len(role) > _LONGEST_ROLE or _BRACKET.fullmatch(role) or _SENTENCE.search(role):
        return None
    role = _EDGE.sub("", role).strip()
    if not role:
        return None
    return _read(role, [piece.strip() for piece in pieces])


def _read(role: str, pieces: Iterable[str]) -> Person | None:
    names: list[str] = []
    ways: list[str] = []
    unclear = False
    for piece in pieces:
        label, colon, said = piece.replace("\uff1a", ":").partition(":")
        remark = _REMARK.fullmatch(piece)
        bracket = _BRACKET.fullmatch(piece)
        if is_unfilled(piece) or (colon and is_unfilled(said) and _LABEL.fullmatch(label)):
            continue
        if bracket:
            ways.append(bracket[1].strip())
        elif is_way(remark["before"] if remark else piece):
            ways.append(piece)
        elif remark and is_way(remark["said"]) and _is_name(remark["before"]):
            names.append(remark["before"])
            ways.append(remark["said"])
        elif _is_name(remark["before"] if remark else piece):
            names.append(piece)
        elif _SENTENCE.search(piece):
            return None
        else:
            # Such as "Mon-Fri 9-17": a remark on how somebody is reached, if it is said how.
            ways.append(piece)
            unclear = True
    if unclear and not any(map(is_way, ways)):
        return None
    return Person(role, ", ".join(names) or None, ", ".join(ways) or None)


def _is_name(text: str) -> bool:
    """Tell what may be a person's or a team's name from a sentence."""
    if len(text) > _LONGEST_NAME or len(text.split()) > _NAME_WORDS or _SENTENCE.search(text):
        return False
    return any(map(str.isalpha, text)) and not any(map(str.isdigit, text))
