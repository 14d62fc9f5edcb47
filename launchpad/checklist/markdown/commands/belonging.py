"""From the commands that were found to snippets: with ids, and whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from launchpad.checklist.markdown.commands.snippets import FoundSnippet
from launchpad.checklist.markdown.commands.step_entries import owners
from launchpad.checklist.markdown.items import Draft
from launchpad.checklist.markdown.rollback.plan import FoundRollback
from launchpad.checklist.model import Rollback, Snippet
from launchpad.checklist.slug import unique_ids


@dataclass(frozen=True, slots=True)
class Commands:
    """A document's commands, and the ids of those of each entry."""

    snippets: tuple[Snippet, ...]
    of_entries: tuple[tuple[str, ...], ...]
    rollback: Rollback | None


def make_commands(
    found: Sequence[FoundSnippet],
    drafts: Sequence[Draft],
    back: FoundRollback,
) -> Commands:
    """Return the commands, named after what they belong to: `smoke-tests`, `smoke-tests-2`.

    What stands in the rollback's section belongs to its step, or to the whole of it.
    """
    own = owners(found, [draft.entry for draft in drafts])
    names = [_name(one, owner, drafts, back) for one, owner in zip(found, own, strict=True)]
    ids = unique_ids(names, "command")
    snippets = tuple(
        Snippet(snippet_id, one.line, one.text, one.shell, one.expected)
        for snippet_id, one in zip(ids, found, strict=True)
    )
    of_entries: list[list[str]] = [[] for _ in drafts]
    for owner, snippet_id in zip(own, ids, strict=True):
        if owner is not None:
            of_entries[owner].append(snippet_id)
    return Commands(snippets, tuple(map(tuple, of_entries)), _rollback(found, ids, back))


def _name(
    one: FoundSnippet, owner: int | None, drafts: Sequence[Draft], back: FoundRollback
) -> str:
    if one.fence.line in back.fences and back.rollback:
        step = back.fences[one.fence.line]
        return "rollback" if step is None else back.rollback.steps[step].id
    if owner is not None:
        return drafts[owner].id
    return one.fence.heading.text if one.fence.heading else ""


def _rollback(
    found: Sequence[FoundSnippet], ids: Sequence[str], back: FoundRollback
) -> Rollback | None:
    if back.rollback is None:
        return None
    of_steps: list[list[str]] = [[] for _ in back.rollback.steps]
    whole: list[str] = []
    for one, snippet_id in zip(found, ids, strict=True):
        if one.fence.line in back.fences:
            step = back.fences[one.fence.line]
            (whole if step is None else of_steps[step]).append(snippet_id)
    steps = zip(back.rollback.steps, of_steps, strict=True)
    return replace(
        back.rollback,
        steps=tuple(replace(step, snippets=tuple(own)) for step, own in steps),
        snippets=tuple(whole),
    )
