"""The roles that a document names: in roll calls, and where somebody signs in a role."""

from collections.abc import Iterable, Iterator, Sequence

from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.signing.slots import Slot
from launchpad.checklist.model import Role
from launchpad.checklist.slug import unique_ids


def find_roles(entries: Sequence[Entry], slots: Sequence[Slot]) -> tuple[Role, ...]:
    """Return the roles in document order, each once, whatever its capitals."""
    titles: dict[str, tuple[str, int]] = {}
    for line, title in sorted(_named(entries, slots)):
        titles.setdefault(title.casefold(), (title, line))
    ids = unique_ids((title for title, _ in titles.values()), "role")
    return tuple(
        Role(role_id, title, line)
        for role_id, (title, line) in zip(ids, titles.values(), strict=True)
    )


def role_id(roles: Iterable[Role], title: str) -> str | None:
    """Return the id of the role with this title, None without one."""
    folded = title.casefold()
    return next((role.id for role in roles if role.title.casefold() == folded), None)


def on_roll_call(entries: Sequence[Entry], roles: Sequence[Role]) -> tuple[str, ...]:
    """Return the ids of the roles of the only roll call; () without one, or where several differ.

    Which team is meant by "any member of the team" is certain only then.
    """
    calls = {entry.roll_call for entry in entries if entry.roll_call}
    if len(calls) != 1:
        return ()
    ids = (role_id(roles, entry.text) for entry in entries if entry.roll_call)
    return tuple(dict.fromkeys(found for found in ids if found))


def _named(entries: Sequence[Entry], slots: Sequence[Slot]) -> Iterator[tuple[int, str]]:
    for entry in entries:
        if entry.roll_call and entry.text:
            yield entry.line, entry.text
    for slot in slots:
        if slot.role:
            yield slot.line, slot.role
