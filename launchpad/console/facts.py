"""What a document says of an item beside its text: who, how long, what to type, and why."""

from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Checklist, Item, Snippet
from launchpad.console.copying import filled, left_open
from launchpad.console.ink import Ink

_Part = Content | str | tuple[str, str]


def facts(item: Item, checklist: Checklist, values: Mapping[str, str], ink: Ink) -> Iterator[_Part]:
    """Yield an item's facts, its commands to copy and its fields, each on lines of its own.

    values: of the launch's variables.
    """
    said = [ink.line(one) for one in _short(item)]
    if said:
        yield f"{'   '.join(said)}\n"
    yield from commands(item.snippets, checklist, values, ink)
    for field in item.fields:
        first, *more = ink.lines(field.value).splitlines() or [""]
        yield (f"{ink.line(field.name)}: ", "bold")
        yield f"{first}\n"
        yield from (f"  {line}\n" for line in more)


def commands(
    ids: Sequence[str], checklist: Checklist, values: Mapping[str, str], ink: Ink
) -> Iterator[_Part]:
    """Yield the commands of these ids as they are typed, each with what it should answer.

    values: of the launch's variables.
    """
    for snippet in snippets(ids, checklist):
        shell = f" ({ink.line(snippet.shell)})" if snippet.shell else ""
        yield (f"\n{ink.line(_how(snippet, values))}{shell}\n", "bold")
        yield from ((f"  {line}\n", "$text-accent") for line in ink.lines(snippet.text).split("\n"))
        if snippet.expected:
            yield ("  expected: ", "bold")
            yield f"{ink.line(snippet.expected)}\n"


def _how(snippet: Snippet, values: Mapping[str, str]) -> str:
    left = left_open(filled(snippet.text, values))
    return f"to type, with {left} filled in" if left else "y copies"


def snippets(ids: Sequence[str], checklist: Checklist) -> list[Snippet]:
    """Return the commands of these ids, in the document's order."""
    return [snippet for snippet in checklist.snippets if snippet.id in ids]


def _short(item: Item) -> Iterator[str]:
    if item.optional:
        yield "optional"
    if item.point_of_no_return:
        yield "POINT OF NO RETURN"
    if item.priority:
        yield item.priority
    if item.owner:
        yield f"owner {item.owner}"
    if item.status:
        yield f"the document says: {item.status}"
    if item.expected_ms is not None:
        yield f"takes about {duration(item.expected_ms)}"
