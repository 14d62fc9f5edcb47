"""What is wrong where a file is no YAML, in words for somebody who writes checklists."""

import re

from yaml.error import MarkedYAMLError, YAMLError

from launchpad.checklist.native.fragments import Fragment
from launchpad.checklist.native.nodes import Place

# What PyYAML's two parsers say, the one in C and the one in Python: the first that is found.
_MEANINGS = tuple(
    (re.compile(said), meaning)
    for said, meaning in (
        (
            r"mapping values are not allowed",
            "a colon too many: quote a text that holds `: `, or check the indentation",
        ),
        (
            r"cannot start any token",
            "no value starts like this: quote it, and indent with spaces, not tabs",
        ),
        (r"tab character", "indent with spaces, not tabs"),
        (r"expected ',' or '\]'", "expected a comma or the `]` that ends the list"),
        (r"expected ',' or '\}'", "expected a comma or the `}` that ends the mapping"),
        (r"unexpected end of stream|unexpected document", "the quotes are never closed"),
        (
            r"escape|hexa?decimal",
            "no such escape: within double quotes a backslash is written \\\\",
        ),
        (
            r"expected '-' indicator|'\?'",
            "expected an entry that starts with `- `, or less indentation",
        ),
        (
            r"expected key|block end",
            "expected a key: check the indentation, and quote the whole of a value",
        ),
        (r"sequence entries are not allowed", "a list starts on a line of its own"),
        (r"could not find expected ':'", "expected a colon after the key"),
        (
            r"node content",
            "expected a value: quote a text that starts with one of , ] }",
        ),
        (r"comment or|indentation", "expected the text on the lines below, indented"),
        (r"document start", "expected the end of the file, or the indentation of the first line"),
        (r"alphabetic|anchor", "anchors and aliases (& and *) are not read: write it out"),
        (r"tag", "tags (!) are not read: quote a text that starts with !"),
        (r"directive|incompatible|version", "directives (%) are not read"),
    )
)


_NO_YAML = "this is no YAML"


def in_plain_words(error: YAMLError, fragment: Fragment) -> tuple[Place, str]:
    """Return where a text stops being YAML, and what was expected there."""
    if not isinstance(error, MarkedYAMLError):
        return fragment.place(0, 0), _NO_YAML
    mark = error.problem_mark or error.context_mark
    place = fragment.place(mark.line, mark.column) if mark else fragment.place(0, 0)
    said = f"{error.problem} {error.context}"
    meaning = next((meaning for pattern, meaning in _MEANINGS if pattern.search(said)), None)
    begun = error.context_mark
    if begun and meaning and "never closed" in meaning:
        place = fragment.place(begun.line, begun.column)
    return place, meaning or _NO_YAML
