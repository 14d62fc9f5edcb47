"""The glyphs and the words that say how far something is."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from launchpad.checklist.markdown.labels import trimmed
from launchpad.checklist.model import Result

OPEN = "\u2610\u2b1c\u25a1\u25fb\u25a2\U0001f532\u274f\u2751\u2752"
"""Glyphs that are an empty box wherever they stand."""

TICKED, CROSSED = "\u2611", "\u2612"
"""The ballot boxes with a check mark, which is ticked anywhere, and with an X, which may be so."""

# Glyphs that people also decorate with: a state only beside boxes.
_STATES: Mapping[Result, str] = {
    "passed": "\u2705\u2714\u2713\U0001f5f8",
    "failed": "\u274c\u2717\u2718\u274e\u2716",
    "in-progress": "\u23f3\U0001f6a7\U0001f504",
    "blocked": "\U0001f6ab\u26d4",
}
STATES: Mapping[str, Result] = {
    glyph: result for result, glyphs in _STATES.items() for glyph in glyphs
}
VARIATIONS = "\ufe0e\ufe0f"
"""Characters behind a glyph that ask for it in black and white or in colour."""

_STATUS: Mapping[Result | None, str] = {
    None: "pending|not started|not yet started|not done|todo|to do|open|outstanding|planned|"
    "offen|ausstehend|pendiente|por hacer|en attente|\u00e0 faire|in attesa|da fare|"
    "\u672a\u7740\u624b|\u672a\u5b8c\u4e86|\u672a\u5b8c\u6210|\u5f85\u5904\u7406",
    "in-progress": "in progress|ongoing|started|wip|work in progress|running|under way|in arbeit|"
    "en curso|en cours|in corso|\u9032\u884c\u4e2d|\u8fdb\u884c\u4e2d|\u4f5c\u696d\u4e2d",
    "passed": "done|complete|completed|pass|passed|ok|okay|success|successful|succeeded|finished|"
    "verified|erledigt|fertig|bestanden|hecho|completado|fait|termin\u00e9|fatto|completato|"
    "\u5b8c\u4e86|\u5b8c\u6210|\u5df2\u5b8c\u6210|\u5408\u683c|\u901a\u8fc7",
    "failed": "fail|failed|failure|not ok|nok|not passed|fehlgeschlagen|nicht bestanden|fallido|"
    "\u00e9chou\u00e9|\u00e9chec|fallito|\u5931\u6557|\u5931\u8d25|\u4e0d\u5408\u683c",
    "blocked": "blocked|on hold|blockiert|bloqueado|bloqu\u00e9|bloccato",
    "not-applicable": "n/a|na|not applicable|not required|not needed|skipped|entf\u00e4llt|"
    "no aplica|sans objet|\u5bfe\u8c61\u5916|\u4e0d\u9002\u7528",
}
# Answers to a question, which alone in a table's cell could answer any.
_ANSWERS: Mapping[Result | None, str] = {
    None: "not tested|untested|not run|tbd|undecided",
    "passed": "yes|y|go|approved|accepted|ready|met|confirmed|ja|oui|s\u00ed|si|sim|"
    "\u306f\u3044|\u662f",
    "failed": "no|n|no go|nogo|not approved|rejected|not accepted|not ready|not met|nein|non|"
    "n\u00e3o|nee|\u3044\u3044\u3048|\u5426",
    "blocked": "hold",
    "not-applicable": "skip",
}


def _by_word(*tables: Mapping[Result | None, str]) -> Mapping[str, Result | None]:
    return {
        word: result
        for table in tables
        for result, words in table.items()
        for word in words.split("|")
    }


STATUSES = _by_word(_STATUS)
"""What the words of a status say, None for not yet; looked up by `word_key`."""

OUTCOMES = _by_word(_STATUS, _ANSWERS)
"""What one of several boxes beside each other says, None for not yet; looked up by `word_key`."""

WORDS: Mapping[Result | None, str] = {
    None: "Pending",
    "passed": "Done",
    "failed": "Failed",
    "in-progress": "In progress",
    "blocked": "Blocked",
    "not-applicable": "N/A",
}
"""The word of each status, where a document shows none of its own."""

_LONGEST_WORD = 24
_JOINTS = re.compile(r"[\s\-\u2010\u2011\u2013_]+")

_HEADS = re.compile(
    r"(?:(?:current|test|check|final|completion) )?(?:status|state|result|outcome|done|check|"
    r"checked|complete|completed|completion|verified|confirmed|tested|passed|ready|ok|progress|"
    r"pass ?(?:/|or) ?fail(?: ?/ ?n/?a)?|passed ?/ ?failed|go ?/ ?no[- ]go|yes ?/ ?no|done\?|tick|"
    r"stand|erledigt|ergebnis|estado|hecho|resultado|statut|\u00e9tat|fait|r\u00e9sultat|stato|"
    r"fatto|esito|\u72b6\u614b|\u72b6\u6001|\u72b6\u6cc1|\u7d50\u679c|\u7ed3\u679c|\u5b8c\u4e86|"
    r"\u5b8c\u6210|\u78ba\u8a8d|\u0627\u0644\u062d\u0627\u0644\u0629)"
)
_MARK_HEADS = frozenset(f"{OPEN}{TICKED}{CROSSED}{''.join(STATES)}")

_LEGEND = re.compile(
    r"(?:\w+ ){0,2}(?:legends?|keys?|symbols?|markers?|icons?|notation|l\u00e9gende|legende|"
    r"leyenda|legenda|\u51e1\u4f8b|\u56fe\u4f8b)(?: \w+){0,2}",
    re.IGNORECASE,
)

_PEOPLE = (
    r"(?:team|crew|people|person|persons|everyone|everybody|staff|members?|roles?|leads?|"
    r"engineers?|operators?|stakeholders?|participants?|attendees|responders|personnel|owners|"
    r"approvers|key (?:people|contacts)|who)"
)
_ROLL_CALL = re.compile(
    r"\b(?:roll[- ]?call|quorum|attendees|attendance|in attendance|present on (?:the )?"
    r"(?:call|bridge|line)|on the (?:call|bridge|line)|people on call|who is (?:here|present|on)|"
    r"participants|in the room|anwesend|anwesenheit|pr\u00e9sents|asistentes|asistencia|"
    r"presenti)\b|\u51fa\u5e2d|\u70b9\u547c|\u70b9\u540d|"
    rf"\b{_PEOPLE}(?: (?:is|are|all|members?)){{0,2}} (?:present|attending|online|joined|here|"
    r"connected|available|on call)\b|"
    rf"\b(?:present|attending|joined): {{0,2}}{_PEOPLE}\b",
    re.IGNORECASE,
)
_BARE_ROLL_CALL = frozenset({"present", "attending", "people present", "presentes"})


@lru_cache(maxsize=1024)
def word_key(text: str) -> str:
    """Return words as `STATUSES` and `OUTCOMES` know them; "" for what is too long to be one."""
    if len(text) > _LONGEST_WORD:
        return ""
    folded = unicodedata.normalize("NFKC", text).casefold().strip(" .,;:!*_\u3002\u3001")
    return _JOINTS.sub(" ", folded)


def status_key(text: str) -> str:
    """Return the words of a status as `STATUSES` knows them, without a sign before them."""
    return word_key(trimmed(text))


def glyph_result(glyph: str) -> Result | None:
    """Return what a glyph or a box in brackets says by itself, None for nothing yet."""
    bare = glyph.rstrip(VARIATIONS)
    if bare == TICKED or bare[1:2] in {"x", "X"}:
        return "passed"
    return STATES.get(bare)


def is_box(glyph: str) -> bool:
    """Tell a box, drawn or in brackets, from a glyph that people also decorate with."""
    return glyph[:1] not in STATES


def heads_a_status(head: str) -> bool:
    """Tell whether a column's head says that the column shows how far each row is."""
    bare = trimmed(head).casefold()
    if not bare:
        return head.strip(VARIATIONS + " ") in _MARK_HEADS
    return bool(_HEADS.fullmatch(bare)) or bare in OUTCOMES


def is_legend(label: str) -> bool:
    """Tell whether words head an explanation of the glyphs."""
    return bool(_LEGEND.fullmatch(trimmed(label)))


def is_roll_call(label: str) -> bool:
    """Tell whether words before boxes ask who is there, and not what."""
    return trimmed(label).casefold() in _BARE_ROLL_CALL or bool(_ROLL_CALL.search(label))
