"""The environment variables that a document asks for."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from launchpad.checklist.markdown.blocks import CODE, LISTS, Block
from launchpad.checklist.markdown.commands.settings import is_settings, settings_in
from launchpad.checklist.markdown.facts.env_words import (
    Speaks,
    is_conditional,
    is_name,
    leading_names,
    speaks,
)
from launchpad.checklist.markdown.outline.headings import DEEPEST, bold_titles
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.model import EnvironmentVariable

_SEVERAL_WORDS = re.compile(r"_(?<=[A-Z0-9]_)[A-Z0-9]")
_OF_SETTINGS = frozenset({"env", "dotenv"})
_OF_CODE = frozenset(
    {
        *("", "ini", "properties", "conf", "cfg", "text", "txt"),
        *("bash", "sh", "zsh", "shell", "powershell"),
    }
)
_BOLD_ENDS = ("**", "__", ")")
_ANNOUNCES = (":", "\uff1a")
_NEEDED = frozenset({"required", "required?", "mandatory", "mandatory?", "needed", "needed?"})
_NOT_NEEDED = ("no", "n", "false", "optional", "\u2717", "\u2718", "\u274c", "-")
# So many names in a row are variables, whatever they stand under.
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class _Under:
    """What a block stands under.

    group: the nearest heading's words; conditions: the texts of which one may say that all
    beneath is only needed under a condition.
    """

    speaks: Speaks = Speaks.NOT
    group: str = ""
    conditions: tuple[str, ...] = ()

    def below(self, title: str, level: int = DEEPEST) -> "_Under":
        """Return what stands under one more title. The document's own is about all of it."""
        conditions = (*self.conditions, title) if level > 1 else self.conditions
        return _Under(max(self.speaks, speaks(title)), title, conditions)

    @property
    def optional(self) -> bool:
        """Whether all beneath is only needed under a condition."""
        return any(map(is_conditional, self.conditions))


def find_env_vars(tree: Tree) -> tuple[EnvironmentVariable, ...]:
    """Return the distinct variables in document order, each at its first line.

    Under a heading that speaks of them every entry, row or setting that starts with a name in
    capitals counts; elsewhere only names of several words, beside others or where the heading
    speaks of secrets and the like.
    """
    found: dict[str, EnvironmentVariable] = {}
    for one in _in_document(tree):
        found.setdefault(one.name, one)
    return tuple(found.values())


class _Names:
    """Where names of several words stand, which most lists of a document have none of."""

    def __init__(self, tree: Tree) -> None:
        self._lines = tree.lines
        self._places = [found.start() for found in _SEVERAL_WORDS.finditer(tree.text)]

    def within(self, block: Block) -> bool:
        """Tell whether there may be one in a block."""
        place = bisect_left(self._places, self._lines[block.line - 1].start)
        end = self._lines[min(block.end_line, len(self._lines)) - 1].end
        return place < len(self._places) and self._places[place] < end


def _in_document(tree: Tree) -> Iterator[EnvironmentVariable]:
    names = _Names(tree)
    # The headings that the next block stands under, and the bold line.
    outer: list[tuple[int, str, Speaks]] = []
    caption = ""
    for block in tree.root.children:
        if block.kind == "heading":
            level, title = block.level, block.text
            outer = [other for other in outer if other[0] < level]
            outer.append((level, title, speaks(title)))
            caption = ""
        elif block.kind == "hr":
            caption = ""
        elif block.kind == "paragraph":
            caption = _last_bold(block) or caption
        elif block.kind in CODE and "=" not in block.token.content:
            continue
        elif (
            block.kind in CODE
            or names.within(block)
            or speaks(caption) is Speaks.OF_THEM
            or any(clear is Speaks.OF_THEM for _, _, clear in outer)
        ):
            under = _Under()
            for level, title, _ in outer:
                under = under.below(title, level)
            yield from _within(block, under.below(caption) if caption else under)


def _last_bold(paragraph: Block) -> str:
    """Return a paragraph's last line if it is bold, else ""."""
    inline = paragraph.inline
    if inline is None or not inline.content.rstrip(": \uff1a").endswith(_BOLD_ENDS):
        return ""
    return bold_titles(inline)[-1] if "**" in inline.content or "__" in inline.content else ""


def _within(block: Block, under: _Under) -> Iterator[EnvironmentVariable]:
    if block.kind in LISTS:
        yield from _in_list(block, under)
    elif block.kind == "table":
        yield from _in_table(block, under)
    elif block.kind in CODE:
        yield from _in_code(block, under)
    elif block.kind == "blockquote":
        for child in block.children:
            yield from _within(child, under)


def _in_list(block: Block, under: _Under) -> Iterator[EnvironmentVariable]:
    told: list[tuple[Block, str, tuple[str, ...]]] = []
    inner: list[tuple[Block, _Under]] = []
    for item in block.children:
        first = item.children[0] if item.said else None
        if first:
            names = _names(first, under)
            if names:
                told.append((item, first.text, names))
        if len(item.children) > 1:
            caption = first.text if first and first.text.endswith(_ANNOUNCES) else ""
            below = replace(under.below(caption), group=under.group) if caption else under
            inner.extend((child, below) for child in item.children[1:])
    several = sum(len(names) for _, _, names in told) >= _SEVERAL
    all_optional = bool(told) and under.optional
    for item, text, names in told:
        optional = all_optional or is_conditional(text)
        yield from _variables(names, item.line, under, optional=optional, several=several)
    for child, below in inner:
        yield from _within(child, below)


def _in_table(table: Block, under: _Under) -> Iterator[EnvironmentVariable]:
    rows = [row for part in table.children for row in part.children]
    if len(rows) <= 1 or not rows[0].children:
        return
    heads = [cell.text.casefold() for cell in rows[0].children]
    under = replace(under, speaks=max(under.speaks, speaks(heads[0])))
    needed = next((place for place, head in enumerate(heads) if head in _NEEDED), None)
    told = [(row, names) for row in rows[1:] if (names := _names(row.children[0], under))]
    several = sum(len(names) for _, names in told) >= _SEVERAL
    all_optional = bool(told) and under.optional
    for row, names in told:
        optional = all_optional or any(is_conditional(cell.text) for cell in row.children)
        if needed is not None and row.children[needed].text.casefold().startswith(_NOT_NEEDED):
            optional = True
        yield from _variables(names, row.line, under, optional=optional, several=several)


def _in_code(block: Block, under: _Under) -> Iterator[EnvironmentVariable]:
    tag = block.token.info.split(maxsplit=1)[0].casefold() if block.token.info.strip() else ""
    code = block.token.content
    if tag not in _OF_SETTINGS and (under.speaks is Speaks.NOT or tag not in _OF_CODE):
        return
    exported = tag not in _OF_SETTINGS and not is_settings(code)
    lines = code.split("\n")
    first = block.line + (block.kind == "fence")
    optional = under.optional
    for number, name in settings_in(code, exported=exported):
        if is_name(name):
            yield EnvironmentVariable(
                name, first + number, optional or is_conditional(lines[number]), under.group
            )


def _names(block: Block, under: _Under) -> tuple[str, ...]:
    inline, plainly = block.inline, under.speaks is Speaks.OF_THEM
    if inline is None or not (plainly or "_" in inline.content):
        return ()
    return leading_names(inline.children or (), plainly=plainly)


def _variables(
    names: Sequence[str], line: int, under: _Under, *, optional: bool, several: bool
) -> Iterator[EnvironmentVariable]:
    for name in names:
        clear = under.speaks is Speaks.OF_THEM
        if clear or ("_" in name and (several or under.speaks is Speaks.NEAR)):
            yield EnvironmentVariable(name, line, optional, under.group)
