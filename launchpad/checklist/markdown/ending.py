"""Where a launch log can follow a document without becoming part of its last block."""

import re
from collections.abc import Iterator
from itertools import chain

from launchpad.checklist.markdown.tree import MARKER, is_marker, split_lines, tokenize

# What ends an HTML block that waits for its own end (CommonMark 0.31.2, section 4.6); an element
# whose content is raw text is closed by its own name.
_HTML_ENDS = (">", "-->", "?>", "]]>")
_RAW_ELEMENT = re.compile(r"\s*<(script|pre|style|textarea)\b", re.IGNORECASE)


def before_marker(name: str, text: str, newline: str) -> str:
    """Return what has to stand between a document and the marker line of its launch log.

    That is the end of its last line, a blank line and, where the document ends inside a fence or
    an HTML block, the line that closes it.
    """
    start = newline if text.endswith(("\n", "\r")) else newline * 2
    for closing in chain(("",), _closings(name, text)):
        between = f"{start}{closing}{newline * 2}" if closing else start
        if _starts_a_block(name, text + between):
            return between
    return start


def _closings(name: str, text: str) -> Iterator[str]:
    """Yield the lines that could close a document's last block, were it open."""
    for token in tokenize(name, text, inline=False)[-1:]:
        if token.type == "fence":
            yield token.markup
        if token.type == "html_block":
            yield from (f"</{tag}>" for tag in _RAW_ELEMENT.findall(token.content)[:1])
            yield from _HTML_ENDS


def _starts_a_block(name: str, text: str) -> bool:
    """Tell whether a marker after this text would be a block of its own."""
    last = tokenize(name, text + MARKER, inline=False)[-1]
    return is_marker(last) and last.map is not None and last.map[0] == len(split_lines(text)) - 1
