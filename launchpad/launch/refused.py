"""What all rules share: the word no, and the text that people type."""

from launchpad.text.safe import safe

LONGEST_TEXT = 10_000


class Refused(Exception):
    """The rules say no. The message says why, and who did what when where that is the reason."""


def said(text: str) -> str:
    """Return a typed text as it is recorded: safe, without blanks around. Raises Refused."""
    cleaned = safe(text).strip()
    if len(cleaned) > LONGEST_TEXT:
        raise Refused(f"the text has {len(cleaned)} characters; at most {LONGEST_TEXT} are kept")
    return cleaned
