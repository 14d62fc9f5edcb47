"""The plain words of a piece of inline Markdown."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from launchpad.text.safe import one_line

# The elements people write in a line of Markdown. Any other tag, such as <admin-id>, is a
# placeholder to the person who reads the line, and stays.
_ELEMENT = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|details|dfn|div|em|font|i|img|input|ins|kbd|label|mark|p|"
    r"q|s|samp|small|span|strike|strong|sub|summary|sup|time|tt|u|var|wbr)[\s/>]",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br[\s/>]", re.IGNORECASE)


def words(tokens: Sequence[Token]) -> str:
    """Return the text of inline tokens on one line, without markup, safe."""
    return one_line("".join(_text(token) for token in tokens))


def leading_bold(tokens: Sequence[Token]) -> str:
    """Return the text of the bold run that inline tokens start with, "" where there is none."""
    depth = 0
    bold: list[Token] = []
    for token in tokens:
        if token.type == "strong_close":
            depth -= 1
            if depth == 0:
                break
        if depth:
            bold.append(token)
        elif token.content.strip() or token.type not in {"text", "em_open", "strong_open"}:
            return ""
        if token.type == "strong_open":
            depth += 1
    return words(bold).rstrip(": ")


def _text(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.type != "html_inline":
        return token.content
    if _BREAK.match(token.content):
        return " "
    if token.content.startswith("<!") or _ELEMENT.match(token.content):
        return ""
    return token.content
