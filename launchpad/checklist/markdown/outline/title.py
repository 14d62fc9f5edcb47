"""What a document calls itself."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from launchpad.checklist.markdown.outline.headings import DEEPEST, Heading, bold_titles
from launchpad.checklist.markdown.tree import Tree
from launchpad.text.safe import one_line

_FRONT_MATTER_TITLE = re.compile(
    r"""^title:[ \t]+(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<plain>[^\n]*))[ \t]*$""",
    re.MULTILINE,
)


def find_title(tree: Tree, headings: Sequence[Heading], name: str) -> str:
    """Return the first level-1 heading, else the front matter's title, the first heading, or name.

    name: the file's; its ending is left out. A bold line is a title only where it opens the
    document and is no part of it.
    """
    titled = [heading for heading in headings if heading.title and heading.level <= DEEPEST]
    first = next((heading for heading in titled if heading.level == 1), None)
    if first:
        return first.title
    match = _FRONT_MATTER_TITLE.search(tree.front_matter)
    said = one_line(next(filter(None, match.groups()), "")) if match else ""
    if said or titled:
        return said or titled[0].title
    return _opening(tree, headings) or one_line(PurePath(name).stem) or name


def _opening(tree: Tree, headings: Sequence[Heading]) -> str:
    blocks = (block for block in tree.root.children if block.kind != "front_matter")
    first = next(blocks, None)
    if first is None or first.kind != "paragraph" or first.inline is None:
        return ""
    if any(heading.line == first.line for heading in headings):
        return ""
    titles = bold_titles(first.inline)
    return titles[0] if len(titles) == 1 else ""
