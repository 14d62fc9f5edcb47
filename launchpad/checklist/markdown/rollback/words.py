"""The wordings of a rollback: what announces one, and what stands in it beside its steps."""

import re
from typing import Literal

from launchpad.checklist.markdown.durations import timing
from launchpad.checklist.markdown.labels import trimmed

Wording = Literal["plan", "triggers", "aside", "authority", "commands", "step", "other"]
"""What a heading within a rollback announces.

plan: steps; triggers: what it is started on; aside: something else that is no step, such as
contacts; authority: who may start it;
commands: what to copy for the steps; step: one step, since it is numbered or has a time.
"""

_NUMBERED = re.compile(
    r"(?:(?:appendix|part|phase|section|stage|step) (?:\d{1,2}(?:\.\d{1,2})*|[a-z])|"
    r"\d{1,2}(?:\.\d{1,2})*(?=\s?[.):\u2013\u2014-]))[.):]?\s?[-:\u2013\u2014]?(?:\s+|$)"
)
# "6.2 Who decides": an outline's number, which makes nothing a step.
_OUTLINED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}\s+(?=[^\W\d_])")
_REMARK = re.compile(r"\s?\([^()]*\)")
_SPELLING = re.compile(r"\b(roll|back)(?:s|ing|ed)?[ -](back|out)\b")
_HYPHEN = re.compile(r"\b(rollback|backout)-(?=plan\b|procedure\b|steps?\b)")

_BACK = r"(?:rollback|backout)"
_KIND = (
    "immediate|emergency|quick|full|complete|manual|production|deployment|release|launch|cutover"
)
_NEEDED = r"(?:is |becomes )?(?:needed|required|necessary)"
_PLAN = re.compile(
    rf"(?:the )?(?:(?:{_KIND}) )?{_BACK}"
    r"(?: (?:plan|procedures?|steps?|process|instructions?|runbook|playbook|"
    rf"sequence|actions?|checklist))?(?: (?:if|when) {_NEEDED})?|"
    rf"if (?:a )?{_BACK} {_NEEDED}|how to {_BACK}"
)
_WAY = r"(?:plan|procedures?|steps?|process|instructions?|runbook|playbook)"
# Plans for going back in other words, read where a document has no rollback by that name.
_OTHER_PLAN = re.compile(
    rf"(?:the )?(?:fall-?back|revert|reversion) {_WAY}|r\u00fcckfall-?plan|fall-?back-plan"
)
# What may be one, or something else: a drill, a plan for disasters.
_MAYBE_PLAN = re.compile(
    rf"plan de retour(?: en)? arri\u00e8re|plan de reversi[o\u00f3]n|"
    rf"(?:abort|recovery|contingency) {_WAY}|"
    r"(?:what )?if (?:something|anything|things|it) (?:goes|go) wrong|"
    r"what to do (?:if|when) (?:something|anything|things|it) (?:goes|go) wrong"
)
_OTHER_HINT = re.compile(
    r"fall-?back|rever[ts]|r\u00fcckfall|retour|abort|recovery|contingency|go(?:es)? wrong"
)
_OF_WHAT = re.compile(r": | [-\u2013\u2014] ")
_STEPS = re.compile(r"(?:the )?(?:steps?|procedures?|process|instructions?|sequence|actions?|plan)")
_NOT_NEEDED = re.compile(
    rf"\((?:n/?a|none|not (?:needed|required|applicable|possible)|no {_BACK}.*)\)"
)
_AUTHORITY = re.compile(
    rf"(?:{_BACK} )?(?:decision[- ])?(?:authority|makers?)|authori[sz]ed (?:by|to {_BACK})|"
    rf"who (?:can|may|decides)(?: .*)?"
)
_WHICH = rf"(?:(?:{_BACK}|key|main|important|emergency|decision|possible|automatic|manual) ){{0,2}}"
_TRIGGERS = re.compile(
    rf"{_WHICH}(?:triggers?(?: (?:conditions?|criteria|events?|thresholds?|points?))?|criteria|"
    r"conditions?|thresholds?|decision points?|scenarios?|reasons?)|"
    rf"(?:when|conditions|criteria|reasons|triggers) (?:to|for) .*|{_BACK} (?:if|when)(?: .*)?|"
    rf"(?:consider |initiate |start |trigger )(?:a |the )?{_BACK} (?:if|when|for)(?: .*)?|"
    r"(?:if|when) (?:any|one)\b.*|when|when (?:do|should|would|must|will) we (?:.*)"
)
_LAUNCH = r"(?:launch|rollout|roll-out|release|deployment|deploy|cutover|migration)"
# In a section of their own, which says nothing of rolling back.
_ABORT = re.compile(
    r"(?:(?:abort(?:ion)?|stop(?:ping)?|halt|kill)[ -])?triggers?(?: (?:conditions?|criteria))?|"
    r"(?:abort(?:ion)?|stop|halt|kill)[ -](?:criteria|conditions?|thresholds?)|"
    rf"(?:abort|halt|stop)(?: (?:the )?{_LAUNCH})? if(?: .*)?"
)
_ASIDE = re.compile(
    rf"{_WHICH}(?:prerequisites?|preconditions?|"
    r"requirements?|contacts?|escalation(?: path)?|notes?|references?|resources?|risks?|"
    r"owners?|assumptions?|considerations?|limitations?|impact|overview|scope|purpose|goals?|"
    r"history|point of no return)|"
    r"known (?:issues?|risks?|problems?|limitations?|bugs?|gaps?)(?: .*)?|"
    rf"(?:risks|limitations?) (?:of|to|after|with|in) .*|after(?:wards)?(?: (?:the |a )?{_BACK})?"
)
ASIDES: frozenset[Wording] = frozenset({"triggers", "aside", "authority"})
"""The wordings of what is no step."""
_COMMANDS = re.compile(rf"(?:{_BACK} )?(?:(?:quick|key|useful) )?(?:commands?|scripts?)")
# What is said of a rollback that has been prepared: a document lists it before a launch.
_READY = re.compile(
    rf"(?:the |an? |our |previous |database )*"
    rf"(?:{_BACK}|backups?|restore|procedures?|plan|steps|triggers?|scripts?|decision|runbook|"
    r"snapshots?|owners?|team)\b.*\b(?:agreed|approved|assigned|available|communicated|created|"
    r"defined|documented|identified|in place|known|prepared|ready|rehearsed|reviewed|"
    r"tested|understood|validated|verified|written)\b"
)
_MENTIONS = re.compile(rf"\b{_BACK}\b")
_NO_PLAN = re.compile(
    r"\b(?:no|none|not|n/a|never|without|tests?|tested|testing|drills?|dry[ -]runs?|rehears\w*|"
    r"ready|readiness|prepar\w*|verif\w*|valid\w*|complete[d]?|authority|history|avoid\w*|documented|defined)\b|\?"
)


def speaks_of_rollback(text: str) -> bool:
    """Tell whether a text has a word for rolling back at all."""
    # All of a document is asked about, and most say no word with this in it.
    return "back" in text.casefold() and _MENTIONS.search(_folded(text)) is not None


def speaks_of_another_plan(text: str) -> bool:
    """Tell whether a text has a word for a plan that is not called a rollback."""
    return _OTHER_HINT.search(text.casefold()) is not None


def announces_another_plan(title: str) -> bool:
    """Tell the heading of a plan for going back that is not called a rollback."""
    return _is_other(title, _OTHER_PLAN)


def may_announce_another_plan(title: str) -> bool:
    """Tell a heading that may announce how to go back, and may announce something else."""
    return _is_other(title, _MAYBE_PLAN)


def _is_other(title: str, pattern: re.Pattern[str]) -> bool:
    folded = _folded(title)
    if _NOT_NEEDED.search(folded):
        return False
    named, *of_what = _OF_WHAT.split(_plain(timing(title).text), maxsplit=1)
    return pattern.fullmatch(named) is not None and not _NO_PLAN.search(" ".join(of_what))


def announces_plan(title: str) -> bool:
    """Tell a rollback's heading from one that merely mentions the word."""
    folded = _folded(title)
    if "?" in folded or _NOT_NEEDED.search(folded):
        return False
    named, *of_what = _OF_WHAT.split(_plain(timing(title).text), maxsplit=1)
    return _PLAN.fullmatch(named) is not None and not _NO_PLAN.search(" ".join(of_what))


def may_announce_plan(title: str) -> bool:
    """Tell whether a heading speaks of rolling back, and not of having tested or avoided it."""
    if (
        _NO_PLAN.search(_folded(title))
        or _NOT_NEEDED.search(_folded(title))
        or wording(title) not in {"plan", "other", "step"}
    ):
        return False
    return _MENTIONS.search(_plain(title)) is not None


def wording(title: str) -> Wording:
    """Return what a heading announces that stands within a rollback."""
    found = timing(title)
    plain = _plain(found.text)
    kinds: tuple[tuple[Wording, re.Pattern[str]], ...] = (
        ("authority", _AUTHORITY),
        ("triggers", _TRIGGERS),
        ("aside", _ASIDE),
        ("commands", _COMMANDS),
        ("plan", _PLAN),
        ("plan", _STEPS),
    )
    for kind, pattern in kinds:
        # "Immediate actions" has a time, and is a step; "Actions" is not.
        said = pattern.fullmatch(plain) or (kind == "triggers" and _ABORT.fullmatch(plain))
        if said and (found.deadline_ms is None or pattern is not _STEPS):
            return kind
    timed = found.expected_ms is not None or found.deadline_ms is not None
    return "step" if timed or _NUMBERED.match(_led(_folded(title))) else "other"


def announces_triggers(title: str) -> bool:
    """Tell whether a heading anywhere in a document announces what is rolled back on."""
    return speaks_of_rollback(title) and wording(title) == "triggers"


def announces_abort(title: str) -> bool:
    """Tell whether a heading announces what a launch is stopped on, without a word of going back.

    It is what a document that has a rollback rolls back on.
    """
    return _ABORT.fullmatch(_plain(title)) is not None


def tells_of_readiness(text: str) -> bool:
    """Tell "the rollback plan is tested", which prepares a launch, from a step of a rollback."""
    return _READY.match(_plain(text)) is not None


def _folded(title: str) -> str:
    return _HYPHEN.sub(r"\1 ", _SPELLING.sub(r"\1\2", title.casefold()))


def _led(folded: str) -> str:
    return re.sub(r"^[\W_]+", "", folded)


def _plain(title: str) -> str:
    """Return a title's words without its number, its remarks in brackets and its decoration."""
    led = _led(_folded(title))
    folded = _NUMBERED.sub("", led, count=1)
    if folded == led:
        folded = _OUTLINED.sub("", led, count=1) if _OUTLINED.match(led) else led
    return trimmed(_REMARK.sub("", folded))
