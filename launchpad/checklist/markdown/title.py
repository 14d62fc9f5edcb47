"""What a document calls itself."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from launchpad.checklist.markdown.outline import Heading
from launchpad.checklist.markdown.tree import Tree
from launchpad.text.safe import one_line

_FRONT_MATTER_TITLE = re.compile(
    r"""^title:[ \t]+(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<plain>[^\n]*?))[ \t]*$""",
    re.MULTILINE,
)


def find_title(tree: Tree, headings: Sequence[Heading], name: str) -> str:
    """Return the first level-1 heading, else the first heading, the front matter's title, or name.

    name: the file's; its ending is left out.
    """
    titled = [heading for heading in headings if heading.title]
    titled.sort(key=lambda heading: heading.level != 1)
    if titled:
        return titled[0].title
    match = _FRONT_MATTER_TITLE.search(tree.front_matter)
    said = one_line(next(filter(None, match.groups()), "")) if match else ""
    return said or one_line(PurePath(name).stem) or name
