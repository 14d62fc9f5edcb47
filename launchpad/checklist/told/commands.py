"""Commands told: those to copy, and those that are run."""

from collections.abc import Iterable, Iterator, Mapping

from launchpad.checklist.commands import Runs
from launchpad.checklist.model import Checklist, Snippet, Step
from launchpad.checklist.requests import request_line
from launchpad.checklist.told.line import Told, aside, part, told
from launchpad.text.safe import one_line, safe


def tell_snippets(ids: Iterable[str], known: Mapping[str, Snippet], depth: int) -> Iterator[Told]:
    """Yield the commands to copy of these ids, each with what it should answer."""
    for name in ids:
        yield from _snippet(known[name], depth)


def snippets_by_id(checklist: Checklist) -> Mapping[str, Snippet]:
    """Return the commands to copy by their ids."""
    return {snippet.id: snippet for snippet in checklist.snippets}


def tell_runs(commands: Iterable[Runs], depth: int) -> Iterator[Told]:
    """Yield the commands that are run."""
    for runs in commands:
        yield told("command", f"runs: {runs.text}", runs.command.line, depth)


def tell_request(step: Step, depth: int) -> Iterator[Told]:
    """Yield what a step sends, and what has to hold of the answer."""
    if step.http is None:
        return
    yield told("command", f"sends: {request_line(step.http)}", step.line, depth)
    for condition in step.conditions:
        yield told("remark", f"done when {condition}", step.line, depth + 1)


def tell_commands_of_no_item(checklist: Checklist) -> Iterator[Told]:
    """Yield the commands to copy that belong neither to an item nor to the rollback."""
    shown = {snippet for item in checklist.items() for snippet in item.snippets}
    back = checklist.rollback
    if back:
        shown.update(back.snippets, *(step.snippets for step in back.steps))
    others = (snippet for snippet in checklist.snippets if snippet.id not in shown)
    yield from part(
        "commands of no item", (line for snippet in others for line in _snippet(snippet, 1))
    )


def _snippet(snippet: Snippet, depth: int) -> Iterator[Told]:
    first, *more = safe(snippet.text).split("\n")
    shell = aside(one_line(snippet.shell or ""))
    yield Told("command", f"$ {first}{'' if more else shell}", snippet.line, depth)
    for number, text in enumerate(more, 1):
        last = shell if number == len(more) else ""
        yield Told("command", f"  {text}{last}", snippet.line, depth)
    if snippet.expected:
        yield told("remark", f"expected: {snippet.expected}", snippet.line, depth + 1)
