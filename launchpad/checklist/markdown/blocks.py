"""A document's blocks as a tree, each with its lines and the heading it stands under.

markdown-it's own tree makes a node of each piece of inline text too, and takes as long as half
the parsing; the recognisers only need the blocks.
"""

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from launchpad.checklist.markdown.words import leading_bold, words

LISTS = frozenset({"bullet_list", "ordered_list"})
CODE = frozenset({"code_block", "fence"})


class Block:
    """A block: filled while the tree is made, and only read afterwards.

    kind: markdown-it's name for it, without `_open`, such as "list_item" or "fence"; token: the
    one it starts with; inline: what a paragraph, a heading or a table's cell says, else None;
    parent: None of the root; line and end_line: 1-based, inclusive, a list's and a list item's
    without the blank lines behind it; heading: the top level's last heading before it, for a
    heading the one before that; place: its index among its parent's blocks.
    """

    __slots__ = (
        "_label",
        "_text",
        "children",
        "end_line",
        "heading",
        "inline",
        "kind",
        "line",
        "parent",
        "place",
        "token",
    )

    def __init__(
        self, kind: str, token: Token, parent: "Block | None", heading: "Block | None"
    ) -> None:
        self.kind = kind
        self.token = token
        self.parent = parent
        self.heading = heading
        self.place = len(parent.children) if parent else 0
        self.inline: Token | None = None
        self.children: list[Block] = []
        first, end = token.map or (0, 1)
        self.line = first + 1
        self.end_line = max(end, self.line)
        self._text: str | None = None
        self._label: str | None = None

    @property
    def text(self) -> str:
        """The words it says itself, on one line, without markup, safe; "" where it says none."""
        if self._text is None:
            self._text = words(self._tokens)
        return self._text

    @property
    def label(self) -> str:
        """The bold run it starts with, "" without one."""
        if self._label is None:
            self._label = leading_bold(self._tokens)
        return self._label

    @property
    def level(self) -> int:
        """A heading's level, 1 to 6; 0 for what is none."""
        return int(self.token.tag[1:]) if self.kind == "heading" else 0

    @property
    def box(self) -> str | None:
        """The character in a task's box, None for what is no task; asked of a list item."""
        said = self.said
        return said.meta.get("box") if said else None

    @property
    def said(self) -> Token | None:
        """The paragraph that a list item starts with, None where it starts with another block."""
        first = self.children[0] if self.children else None
        return first.inline if first and first.kind == "paragraph" else None

    @property
    def beside(self) -> "Sequence[Block]":
        """The blocks of its parent, itself among them."""
        return self.parent.children if self.parent else (self,)

    @property
    def after(self) -> "Block | None":
        """The block right behind it in the same list item, quote or document."""
        return self.beside[self.place + 1] if self.place + 1 < len(self.beside) else None

    def walk(self) -> Iterator["Block"]:
        """Yield all blocks within it, in document order."""
        for child in self.children:
            yield child
            yield from child.walk()

    @property
    def _tokens(self) -> list[Token]:
        return (self.inline.children if self.inline else None) or []


def make_tree(tokens: Iterable[Token]) -> Block:
    """Return the root over the blocks that these tokens are."""
    root = Block("root", Token("root", "", 0), None, None)
    here, heading = root, None
    for token in tokens:
        if token.nesting < 0:
            _settle_end(here)
            here = here.parent or root
        elif token.type == "inline":
            here.inline = token
        else:
            block = Block(token.type.removesuffix("_open"), token, here, heading)
            here.children.append(block)
            if token.nesting > 0:
                if block.kind == "heading" and here is root:
                    heading = block
                here = block
    return root


def _settle_end(block: Block) -> None:
    if block.children and block.kind in {"list_item", *LISTS}:
        block.end_line = block.children[-1].end_line
