"""The roles that sign: their titles, and the items that are their sign-offs."""

import re

from launchpad.checklist.markdown.labels import bare

_MOST_WORDS = 6
_LONGEST = 60
_ARTICLE = re.compile(r"(?:an?|our|the|your) ", re.IGNORECASE)
_TITLE = re.compile(r"[^\W\d_][^\d_:;,%<>=|\[\]]*")

# What the title of a person or a body ends in.
_PEOPLE = (
    "administrator|admin|analyst|approver|architect|auditor|authority|ba|cab|captain|ceo|cfo|"
    "chair|chairman|chairperson|chairwoman|champion|chief|cio|ciso|cmo|commander|conductor|"
    "consultant|controller|coo|coordinator|counsel|cpo|cso|cto|dba|designer|developer|director|"
    "dpo|engineer|evp|executive|expert|co-?founder|founder|implementer|inspector|lawyer|leader|"
    "lead|manager|officer|operator|pm|pmo|po|president|principal|representative|rep|requester|"
    "requestor|reviewer|rte|scrum master|signatory|specialist|sponsor|stakeholder|steward|"
    "supervisor|svp|tester|tpm|vp|witness"
)
# What it ends in only behind other words: alone it is the name of a field.
_FIELDS = "author|board|committee|council|customer|department|group|head|master|owner|partner|team"
# A department signs, but its name as often says what a line is about.
_SOLE = (
    "accessibility|accounting|architecture|business|client|communications|comms|compliance|"
    "customer success|customer support|customer|design|dev|development|devops|devsecops|"
    "engineering|finance|hr|infosec|infrastructure|it|leadership|legal|management|marketing|"
    "operations|ops|privacy|procurement|product|pr|qa|quality assurance|quality|risk|sales|"
    "secops|security|sre|support|testing|uat|ux"
)
_LED = (
    "(?:chief|director|head|lead|manager|owner|president|vice[ -]president|[es]?vp) (?:of|for) .+|"
    f"(?:director|vice[ -]president|[es]?vp) (?:{_SOLE})"
)
_PERSON = re.compile(rf"(?:.*[ /&-])?(?:{_PEOPLE})s?|.*[ /&-](?:{_FIELDS})s?|{_LED}", re.IGNORECASE)
# What no title says: it is a sentence about somebody.
_SENTENCE = re.compile(
    r"\b(?:approv(?:als?|e|ed|es)|are|by|from|has|have|in|is|on|sign(?:ed|s)?|sign-?offs?|that|to|"
    r"was|were|with)\b",
    re.IGNORECASE,
)
_DEPARTMENT = re.compile(rf"(?:{_SOLE})(?: ?(?:/|&|and) ?(?:{_SOLE}))?", re.IGNORECASE)

_NOUN = "(?:(?:final|formal|written) )?(?:approval|sign[ -]?off|signature)s?"
_SAID = "(?:approved|approves|signed|signed[ -]off|signs[ -]off)"
_WANTED = "(?:(?:get|have|obtain|receive|request|secure)(?: (?:an?|the))? )?"
_GIVEN = (
    "complete|completed|confirmed|documented|given|granted|needed|obtained|on|pending|provided|"
    "received|recorded|required|secured|to"
)
_DASH = "[-\u2013\u2014]"
_REST = rf"(?:[.!]?| ?[:;,(.].*| {_DASH} .*| (?:{_GIVEN})\b.*)"
_ROLE = rf"(?P<role>[^,;:(]{{1,{_LONGEST}}}?)"
_BY_ROLE = rf"(?: (?:{_GIVEN}))? (?:by|from|of) {_ROLE}(?:[,;:(].*| {_DASH} .*|\.? ?)"
_PHRASES = tuple(
    re.compile(phrase, re.IGNORECASE)
    for phrase in (
        rf"{_WANTED}{_ROLE}(?:['\u2019]s?)? (?:(?:has|have|is) )?{_SAID}{_REST}",
        rf"{_WANTED}{_ROLE}(?:['\u2019]s?)? {_NOUN}{_REST}",
        rf"{_WANTED}(?:{_NOUN}|{_SAID}|reviewed and approved){_BY_ROLE}",
    )
)
_HEAD = re.compile(rf"([^:(]{{1,{_LONGEST}}}?)(?:$|:|\uff1a| ?\(| {_DASH} )")
_APPROVING = re.compile(rf"\b(?:approv\w*|{_NOUN}|signed|accepted|acceptance)\b", re.IGNORECASE)
_SOMEBODY_S = re.compile(
    rf".{{1,{_LONGEST}}} (?:approval|sign[ -]?off)(?: (?:{_GIVEN}))?[.!]?", re.IGNORECASE
)
# No item needs more than its beginning to say who signs.
_READ = 400


def is_person(text: str) -> bool:
    """Tell whether words are the title of a person or a body, such as "QA lead"."""
    return (
        0 < len(text) <= _LONGEST
        and len(text.split()) <= _MOST_WORDS
        and _TITLE.fullmatch(text) is not None
        and _PERSON.fullmatch(text) is not None
        and not _SENTENCE.search(text)
    )


def is_role(text: str) -> bool:
    """Tell whether words are such a title, or the name of a department, such as "Legal"."""
    return is_person(text) or _DEPARTMENT.fullmatch(text) is not None


def signing_role(label: str, text: str) -> str:
    """Return the title of the role whose sign-off an item among sign-offs is, "" of none.

    label: the bold run the item starts with; text: its words, the label among them.
    """
    text = text[:_READ]
    head = _HEAD.match(text)
    for lead in (label, head[1] if head else ""):
        title, rest = _title(lead), text[len(lead) :]
        # A department alone may be what the item is about.
        approves = not bare(rest) or _APPROVING.search(rest)
        if is_person(title) or (approves and is_role(title)):
            return title
    for said in (label[:_READ], text):
        for phrase in _PHRASES:
            found = phrase.fullmatch(said)
            if found and is_role(_title(found["role"])):
                return _title(found["role"])
    return ""


def lacks_role(label: str, text: str) -> bool:
    """Tell whether such an item is somebody's sign-off, but does not clearly say whose."""
    return is_role(_title(label)) or _SOMEBODY_S.fullmatch(text[:_READ]) is not None


def _title(text: str) -> str:
    title = bare(text)
    article = _ARTICLE.match(title)
    return title[article.end() :] if article else title
