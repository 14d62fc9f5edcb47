"""Outside text made harmless: what a terminal would obey becomes something a person can see.

Checklists, notes, names and probe bodies are written by others. A control sequence in them can
retitle a window, write to the clipboard or hide a word; a bidirectional override can make a
command read backwards. `safe` leaves every visible character alone and replaces the rest.
"""

import re

# Everything that draws nothing, reorders its neighbours or is obeyed: C0 but \n and \t, DEL and
# C1; the soft hyphen; Unicode's bidirectional controls (UAX #9) and zero-width characters; the
# line breaks no terminal agrees on; fillers that look like a blank; tag characters; and lone
# surrogates, which cannot be written as UTF-8 at all.
_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\ud800-\udfff"
    "]"
)
_SPACE = re.compile(r"\s+")

_C0_END = 0x20
_CONTROL_PICTURES = 0x2400
_DELETE, _DELETE_PICTURE = 0x7F, "\u2421"


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < _C0_END:
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return _DELETE_PICTURE
    return f"<U+{code:04X}>"


def safe(text: str) -> str:
    """Return text with every control, bidirectional and zero-width character made visible.

    C0 controls but newline and tab become their control pictures (ESC is U+241B), the others
    `<U+XXXX>`. Applying it twice changes nothing.
    """
    return _HIDDEN.sub(_visible, text)


def one_line(text: str) -> str:
    """Return safe text on one line: every run of white space becomes one space."""
    return _SPACE.sub(" ", safe(_SPACE.sub(" ", text))).strip()
