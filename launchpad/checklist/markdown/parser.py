"""The Markdown that GitHub shows, and the rules added to it: boxes, blanks, a limit."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.front_matter import front_matter_plugin

from launchpad.checklist.markdown.signing.bracket_blanks import bracket_blank

DEEPEST = 100
"""How many levels of lists and quotes are read, as markdown-it counts: two for each list."""

_DEEPEST_INLINE = 20

_BOX = re.compile(r"\[[ xX]\](?=[ \t\v\f])")

_BOX_IN_LINE = re.compile(r"\[[xX]\](?![(\[])")

# Underscores with or without a backslash; slashes, dots or hyphens may divide a blank for a date.
_BLANK = re.compile(r"(?:\\?_){2,}(?:[ ]?[/.\-][ ]?(?:\\?_){2,})*")
_SHORTEST_BLANK = 3
_BEFORE_BLANK = re.compile(r"[\s:*(\uff1a\uff08]")
_IN_WORD = re.compile(r"[^\W_]|[\"'`*<\[\\]")


def make_parser(*, front_matter: bool = True) -> MarkdownIt:
    """Return a parser whose tokens carry `meta["box"]` for tasks, and `blank` for blanks."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    if front_matter:
        parser.use(front_matter_plugin)
    parser.core.ruler.before("inline", "box", _take_boxes)
    parser.inline.ruler.before("escape", "box", _box)
    parser.inline.ruler.before("escape", "blank", _blank)
    parser.inline.ruler.before("escape", "bracket_blank", bracket_blank)
    parser.inline.ruler.before("text", "depth", _quit_where_deep)
    return parser


def _take_boxes(state: StateCore) -> None:
    """Take the boxes off the tasks' texts, before these are read as inline Markdown.

    `mdit_py_plugins.tasklists` takes them off afterwards: where a document defines `[x]` as a
    link, or a tab follows the box, it cannot tell whether the box was ticked.
    """
    for item, paragraph, inline in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open":
            continue
        # On the bullet's own line: anything else is a paragraph that starts with brackets.
        if item.map and inline.map and item.map[0] == inline.map[0] and _BOX.match(inline.content):
            inline.meta["box"] = inline.content[1]
            inline.content = inline.content[3:]


def _box(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read a ticked box as text where a document defines `[x]` as a link.

    An empty one is no link, and ticking it must not make it one.
    """
    if state.src[state.pos] != "[" or "X" not in state.env.get("references", ()):
        return False
    found = _BOX_IN_LINE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending += found.group()
    state.pos = found.end()
    return True


def _quit_where_deep(
    state: StateInline,
    silent: bool,  # noqa: FBT001 - markdown-it's signature
) -> bool:
    """Leave a paragraph whose brackets lie deeper in each other than `commonmark` reads them.

    markdown-it has one limit for lists and brackets, and each level of brackets costs time.
    """
    if not silent or state.level <= _DEEPEST_INLINE:
        return False
    state.pos = state.posMax
    return True


def _blank(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read a run of underscores to write upon, before it can be taken for emphasis.

    The token's `meta` says where it starts and ends in the text that was parsed.
    """
    start = state.pos
    if state.src[start] not in "_\\":
        return False
    if start > 0 and not _BEFORE_BLANK.match(state.src, start - 1):
        return False
    found = _BLANK.match(state.src, start, state.posMax)
    if not found or found.group().count("_") < _SHORTEST_BLANK:
        return False
    end = found.end()
    if end < len(state.src) and _IN_WORD.match(state.src, end):
        return False
    if not silent:
        token = state.push("blank", "", 0)
        token.content = "_" * found.group().count("_")
        token.meta = {"start": start, "end": end}
    state.pos = end
    return True
