"""From a YAML text to nodes: PyYAML's events, of which most of YAML's liberties are refused.

Events, and not PyYAML's own nodes, because its composer recurses as deep as a file asks it to and
resolves aliases, duplicates and merges without a word.
"""

import re
from dataclasses import dataclass, field
from typing import cast

import yaml
from yaml.error import Mark
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from launchpad.checklist.native.fragments import Fragment
from launchpad.checklist.native.nodes import Listing, Mapping, Node, Place, Scalar, Unread
from launchpad.checklist.native.problems import Problems, quoted
from launchpad.checklist.native.syntax import in_plain_words

DEEPEST = 32
"""The most collections within each other."""

# libyaml where PyYAML was built with it; the parser in Python reads the same, ten times slower.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Everything that YAML forbids in a file, and the line breaks that no editor counts. U+FEFF within
# a text is left to `safe`.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"
_LINE_END = re.compile(r"\r\n?|\n")


def tree(fragment: Fragment, problems: Problems) -> Node | None:
    """Return what a YAML text holds; None for nothing, or where it could not be read to its end.

    Duplicate and non-text keys, anchors, aliases, merge keys, tags, directives, control
    characters, further documents and nesting beyond `DEEPEST` are problems, and so is what is no
    YAML at all. Raises Enough.
    """
    for number, line in enumerate(_LINE_END.split(fragment.text)):
        for found in _CONTROL.finditer(line):
            problems.add(fragment.place(number, found.start()), _control(found.group()))
    builder = _Builder(fragment, problems)
    try:
        for event in yaml.parse(builder.text, Loader=_LOADER):
            if not builder.take(event):
                break
    except yaml.YAMLError as error:
        problems.add(*in_plain_words(error, fragment))
        return None
    return builder.root


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    start: NodeEvent
    nodes: list[Node] = field(default_factory=list)


class _Builder:
    """Puts events together; `root` is the document once its last event was taken."""

    def __init__(self, fragment: Fragment, problems: Problems) -> None:
        self.text = _CONTROL.sub(_REPLACEMENT, fragment.text)
        self.root: Node | None = None
        self._fragment = fragment
        self._problems = problems
        self._open: list[_Open] = []

    def take(self, event: Event) -> bool:
        """Take the next event; False where nothing more is to be read."""
        match event:
            case DocumentStartEvent():
                return self._document(event)
            case AliasEvent():
                self._problems.add(self._start(event), "aliases (*) are not read: write it out")
                self._put(Unread(self._start(event), self._start(event).line))
            case ScalarEvent():
                self._put(self._scalar(event))
            case SequenceStartEvent() | MappingStartEvent():
                self._refuse_properties(event)
                self._open.append(_Open(event))
                if len(self._open) > DEEPEST:
                    self._problems.add(self._start(event), f"nested more than {DEEPEST} deep")
                    return False
            case CollectionEndEvent():
                self._close(self._open.pop())
        return True

    def _document(self, event: DocumentStartEvent) -> bool:
        if event.version or event.tags:
            self._problems.add(self._fragment.place(0, 0), "directives (%) are not read")
        if self.root is None:
            return True
        self._problems.add(self._start(event), "a second document: a checklist is one")
        return False

    def _put(self, node: Node) -> None:
        if self._open:
            self._open[-1].nodes.append(node)
        else:
            self.root = node

    def _scalar(self, event: ScalarEvent) -> Scalar | Unread:
        self._refuse_properties(event)
        place, text = self._start(event), event.value
        start, end = _marks(event)
        # A block scalar ends where the next line starts.
        last = end.line if end.column else max(end.line - 1, start.line)
        end_line = self._fragment.place(last, 0).line
        found = _CONTROL.search(text.replace("\r", "\0"))
        if found:
            self._problems.add(place, _control(text[found.start()]))
        if found or event.tag is not None:
            return Unread(place, end_line)
        quotes = 1 if event.style in {"'", '"'} else 0
        as_written = self.text[start.index + quotes : end.index - quotes] == text
        return Scalar(place, end_line, text, place.column + quotes if as_written else None)

    def _start(self, event: Event) -> Place:
        mark, _ = _marks(event)
        return self._fragment.place(mark.line, mark.column)

    def _refuse_properties(self, event: NodeEvent) -> None:
        if event.anchor is not None:
            self._problems.add(self._start(event), "anchors (&) are not read: write it out")
        if getattr(event, "tag", None) is not None:
            self._problems.add(
                self._start(event), "tags (!) are not read: quote a text that starts with !"
            )

    def _close(self, collection: _Open) -> None:
        place, nodes = self._start(collection.start), collection.nodes
        end_line = nodes[-1].end_line if nodes else place.line
        if isinstance(collection.start, SequenceStartEvent):
            self._put(Listing(place, end_line, tuple(nodes)))
        else:
            pairs = zip(nodes[::2], nodes[1::2], strict=True)
            entries = tuple(pair for pair in map(self._entry, pairs) if pair)
            self._put(Mapping(place, end_line, self._each_once(entries)))

    def _entry(self, pair: tuple[Node, Node]) -> tuple[Scalar, Node] | None:
        key, value = pair
        match key:
            case Scalar(text="<<") if key.literal == key.place.column:  # not in quotes
                self._problems.add(key.place, "merge keys (<<) are not read: write it out")
            case Scalar(text=""):
                self._problems.add(key.place, "expected a key before the colon")
            case Scalar():
                return key, value
            case Listing() | Mapping():
                self._problems.add(key.place, "a key is text")
            case Unread():
                pass
        return None

    def _each_once(
        self, entries: tuple[tuple[Scalar, Node], ...]
    ) -> tuple[tuple[Scalar, Node], ...]:
        first: dict[str, tuple[Scalar, Node]] = {}
        for key, value in entries:
            before = first.setdefault(key.text, (key, value))[0]
            if before is not key:
                self._problems.add(
                    key.place,
                    f"the key {quoted(key.text)} is given already, on line {before.place.line}",
                )
        return tuple(first.values())


def _marks(event: Event) -> tuple[Mark, Mark]:
    # The types allow for events without marks, which only programs make.
    return cast("Mark", event.start_mark), cast("Mark", event.end_mark)


def _control(character: str) -> str:
    return f"a control character (U+{ord(character):04X})"
