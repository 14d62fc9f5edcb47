"""A small validator that works on nodes, so that every value knows its place.

Written by hand, although pydantic could check the same shapes: pydantic sees plain values, and so
knows the path to an error but not its column; it tells nothing about the keys inside a value
whose own check has failed, nor about names, until everything else is right; and it would need a
second set of classes, beside the model's. This one fills the model's values directly and tells
every problem of a file at once.
"""

from collections.abc import Callable, Collection, Iterator
from types import TracebackType
from typing import Self, TypeAlias, TypeVar

from launchpad.checklist.native.nodes import Listing, Mapping, Node, Place, Scalar, Unread
from launchpad.checklist.native.problems import Expected, expected, quoted
from launchpad.checklist.native.reading import Reading, did_you_mean

T = TypeVar("T")
Other = TypeVar("Other")

Reader: TypeAlias = Callable[[Node, Reading], T]
"""Reads one value; raises Expected where it is none that is taken."""


class Fields:
    """The keys of a mapping, for a `with` block that asks for each one that the format has.

    What nobody asked for is a problem at the end of the block.
    """

    def __init__(self, node: Node, reading: Reading) -> None:
        self.place: Place = node.place
        self._reading = reading
        self._asked: list[str] = []
        self._entries: dict[str, tuple[Scalar, Node]] | None = None
        if isinstance(node, Mapping):
            self._entries = {key.text: (key, value) for key, value in node.entries}
        elif not isinstance(node, Unread):
            reading.problems.add(node.place, expected("keys with values", node).problem.message)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error: type[BaseException] | None,
        _value: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        if error is not None:
            return
        for name, (key, _) in (self._entries or {}).items():
            if name not in self._asked:
                self._problem(
                    key.place, f"there is no key {quoted(name)}{did_you_mean(name, self._asked)}"
                )

    def __contains__(self, key: str) -> bool:
        return key in (self._entries or {})

    @property
    def wrong(self) -> bool:
        """Whether this is no mapping at all, which was told already."""
        return self._entries is None

    def place_of(self, key: str) -> Place:
        """Return the place of a key; of the whole where it is missing."""
        return self._entries[key][0].place if self._entries and key in self else self.place

    def may(self, key: str, read: Reader[T], otherwise: Other) -> T | Other:
        """Return the value of a key that may be missing."""
        self._asked.append(key)
        if self._entries is None or key not in self._entries:
            return otherwise
        return attempt(read, self._entries[key][1], self._reading, otherwise)

    def must(self, key: str, read: Reader[T], instead: Other) -> T | Other:
        """Return the value of a key that must be there.

        instead: what stands for it where there is none, so that the reading goes on to the next
        problem; it never leaves the reading.
        """
        if self._entries is not None and key not in self._entries:
            self._problem(self.place, f"the key {quoted(key)} is missing")
        return self.may(key, read, instead)

    def one_of(self, keys: Collection[str], what: str) -> str | None:
        """Return the one of these keys that is there; several or none are a problem."""
        there = [key for key in keys if key in self]
        if len(there) > 1:
            several = " and ".join(map(quoted, there))
            self._problem(self.place_of(there[1]), f"{what} is only one of {several}")
        elif not there and not self.wrong:
            listed = " or ".join(map(quoted, keys))
            self._problem(self.place, f"{what} needs {listed}")
        return there[0] if there else None

    def keep(self, key: str, message: str) -> None:
        """Say of a key that is read what this version does not do about it."""
        if key in self:
            self._reading.warn(
                self.place_of(key).line,
                f"`{key}` {'are' if key.endswith('s') else 'is'} kept, but {message}",
            )

    def refuse(self, key: str, message: str) -> None:
        """Tell what is wrong with a key beside the others, if it is there."""
        if key in self:
            self._problem(self.place_of(key), message)

    def _problem(self, place: Place, message: str) -> None:
        self._reading.problems.add(place, message)


def attempt(read: Reader[T], node: Node, reading: Reading, otherwise: Other) -> T | Other:
    """Return what a node holds; where it is not what is taken, that is a problem."""
    if isinstance(node, Unread):
        return otherwise
    try:
        return read(node, reading)
    except Expected as error:
        reading.problems.add(error.problem.place, error.problem.message)
        return otherwise


def each(read: Reader[T]) -> Reader[tuple[T, ...]]:
    """Return a reader of lists, entry by entry; what cannot be read is left out."""

    def alone(entry: Node, reading: Reading) -> tuple[T, ...]:
        return (read(entry, reading),)

    def entries(node: Node, reading: Reading) -> tuple[T, ...]:
        if not isinstance(node, Listing):
            raise expected("a list", node)
        return tuple(
            value for entry in node.entries for value in attempt(alone, entry, reading, ())
        )

    return entries


def some(read: Reader[T]) -> Reader[tuple[T, ...]]:
    """Return a reader of lists that are not empty."""
    entries = each(read)

    def not_empty(node: Node, reading: Reading) -> tuple[T, ...]:
        if isinstance(node, Listing) and not node.entries:
            raise Expected(node, "expected at least one entry")
        return entries(node, reading)

    return not_empty


def named_each(read: Callable[[Scalar, Node, Reading], T]) -> Reader[tuple[T, ...]]:
    """Return a reader of mappings whose keys are names: read takes the name and its value."""

    def entries(node: Node, reading: Reading) -> Iterator[T]:
        if not isinstance(node, Mapping):
            raise expected("names with values", node)
        for key, value in node.entries:

            def alone(value: Node, reading: Reading, key: Scalar = key) -> tuple[T, ...]:
                return (read(key, value, reading),)

            yield from attempt(alone, value, reading, ())

    return lambda node, reading: tuple(entries(node, reading))
