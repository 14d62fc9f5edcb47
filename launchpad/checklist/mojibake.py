"""UTF-8 text that some program once took for another encoding and saved again as UTF-8.

The damage is only undone for a whole document: every character must go back into one byte of one
codec, and those bytes must be strict UTF-8. A genuine accented text fails that test, since its
accented letters are followed by ASCII. What could still pass by coincidence, a lone capital
before a dash, or an apostrophe before an accented letter, comes out as a stray letter of another
script in the middle of a Latin word; so at least one character must come out that makes sense.
"""

import re
import unicodedata

_CODECS = ("cp1252", "mac_roman")

# What a repair plausibly brings back: Western and Central European letters and signs, Romanian's
# four letters, punctuation, arrows, marks and emoji; and letters of other scripts, unless they
# would stand beside an ASCII letter.
_SENSIBLE = re.compile(
    "[\u00a0-\u017f\u0218-\u021b\u2000-\u2bff\u3000-\u303f\U0001f000-\U0001faff]"
    "|(?<![A-Za-z])"
    "[\u0370-\u03ff\u0400-\u045f\u05d0-\u05ea\u0620-\u064a\u0900-\u1fff\u3040-\ud7a3]"
    "(?![A-Za-z])"
)

# Punctuation that no compatibility decomposition turns into ASCII.
_LOOK_ALIKES = {
    "\u2010": "-",
    "\u2011": "-",
    "\u2018": "'",
    "\u201d": '"',
    "\u2190": "<",
    "\u00d0": "D",
    "\u0110": "D",
    "\u0141": "L",
}


def find_damage(text: str) -> str | None:
    """Return the codec that the whole text was once wrongly decoded with, None if it is sound."""
    if text.isascii():
        return None
    for codec in _CODECS:
        try:
            repaired = text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        if _SENSIBLE.search(repaired):
            return codec
    return None


def repair(text: str, damage: str) -> str:
    """Return what was written before the damage; the text must be damaged in just that way."""
    return text.encode(damage).decode("utf-8")


def damage_again(text: str, damage: str) -> str:
    """Return text with the damage put back: the inverse of `repair`.

    A character that the codec cannot carry (cp1252 leaves five bytes undefined) becomes an ASCII
    look-alike, or a question mark, so that the document as a whole stays repairable.
    """
    try:
        return text.encode("utf-8").decode(damage)
    except UnicodeError:
        return "".join(_carried(character, damage) for character in text)


def _carried(character: str, damage: str) -> str:
    try:
        return character.encode("utf-8").decode(damage)
    except UnicodeError:
        return _look_alike(character)


def _look_alike(character: str) -> str:
    if character in _LOOK_ALIKES:
        return _LOOK_ALIKES[character]
    decomposed = unicodedata.normalize("NFKD", character)
    return decomposed.encode("ascii", "ignore").decode("ascii") or "?"
