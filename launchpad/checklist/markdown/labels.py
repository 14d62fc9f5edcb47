"""A label without what surrounds it."""

import re

_REMARK = re.compile(r"\([^()]*\)|\uff08[^\uff08\uff09]*\uff09")
_WORD = re.compile(r"[^\W_]")


def bare(text: str) -> str:
    """Return the words of a label, without remarks in parentheses and outer punctuation."""
    return trimmed(_REMARK.sub("", text))


def trimmed(text: str) -> str:
    """Return a text without all before its first and behind its last letter or digit.

    An expression for what stands at the end would try each run of punctuation on the way there.
    """
    first = _WORD.search(text)
    if first is None:
        return ""
    end = len(text)
    while not text[end - 1].isalnum():
        end -= 1
    return text[first.start() : end]
