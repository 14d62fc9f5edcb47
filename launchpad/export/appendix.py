"""The launch log behind an exported checklist: what happened, for a reader without the program."""

from collections.abc import Iterable, Iterator

from launchpad.checklist.model import Item, SignOff
from launchpad.export.as_left import HEADS, as_left_rows
from launchpad.export.escaping import table
from launchpad.launch.event import Event
from launchpad.launch.moment import day, minute, second
from launchpad.launch.person import actor_initials
from launchpad.launch.state import LaunchState, Note, Signature
from launchpad.session.telling import tell


def appendix(state: LaunchState, events: Iterable[Event]) -> Iterator[str]:
    """Yield the appendix as lines of Markdown. Outside text is escaped; there are no task boxes."""
    yield "## Launch log"
    yield ""
    yield from table(("", ""), list(_facts(state)))
    yield from _part(
        "Not simply ticked", ("Item", "Outcome", "Who", "When", "Reason"), _outcomes(state)
    )
    yield from _part(
        "Sign-offs", ("Sign-off", "Who", "When", "Meaning", "Since then"), _signed(state)
    )
    yield from _part("As left", HEADS, as_left_rows(state))
    yield from _part("Notes", ("On", "Who", "When", "Note"), _notes(state))
    yield from _part(
        "Everything that was recorded", ("Seq", "When", "Who", "What"), _told(state, events)
    )
    yield ""
    yield f"The log ends at event {state.head.seq}, with the hash `{state.head.hash}`."


def _part(title: str, heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    listed = list(rows)
    if listed:
        yield from ("", f"### {title}", "")
        yield from table(heads, listed)


def _facts(state: LaunchState) -> Iterator[tuple[str, str]]:
    opened, closed = state.opened, state.closure
    yield "Title", state.title
    yield "Launch", state.launch
    yield "Kind", state.mode
    yield "Opened", f"{_when(state.opened_at)} by {state.opened_by}"
    yield "Closed", f"{_when(closed.at)} by {closed.by}, {closed.outcome}" if closed else "not yet"
    yield "Program", opened.program
    yield "Document", f"{opened.source.name}, SHA-256 {opened.source.sha256}"
    if opened.git:
        changed = ", and the file differed from it" if opened.git.modified else ""
        yield "Git commit", f"{opened.git.id}{changed}"


def _outcomes(state: LaunchState) -> Iterator[tuple[str, ...]]:
    for item in state.checklist.items():
        current = state.item(item.id).current
        if current and (current.result != "passed" or current.reason):
            yield _named(item), current.result, current.by, _when(current.at), current.reason or ""
        elif state.standing(item) == "from-document":
            yield _named(item), "ticked in the document, unverified", "", "", ""


def _signed(state: LaunchState) -> Iterator[tuple[str, ...]]:
    for slot in state.checklist.signoffs:
        signature = state.slot(slot.id).signature
        if signature:
            yield (
                f"{slot.label} ({slot.id})",
                _signer(signature),
                _when(signature.at),
                signature.meaning,
                _since(state, slot),
            )


def _signer(signature: Signature) -> str:
    words = [signature.initials, signature.name, signature.role]
    behalf = f", for {signature.on_behalf_of}" if signature.on_behalf_of else ""
    return f"{' '.join(word for word in words if word)}{behalf}"


def _since(state: LaunchState, slot: SignOff) -> str:
    changed = state.changed_since_signed(slot)
    return f"changed since signed: {', '.join(changed)}" if changed else "unchanged"


def _notes(state: LaunchState) -> Iterator[tuple[str, ...]]:
    written = [("the launch", note) for note in state.notes]
    for item in state.checklist.items():
        written += [(_named(item), note) for note in state.item(item.id).notes]
    for about, note in sorted(written, key=_order):
        yield about, note.by, _when(note.at), note.text


def _order(written: tuple[str, Note]) -> int:
    return written[1].seq


def _told(state: LaunchState, events: Iterable[Event]) -> Iterator[tuple[str, ...]]:
    for event in events:
        when = f"{day(event.at)} {second(event.at)}"
        yield str(event.seq), when, actor_initials(event.actor), tell(event, state)


def _named(item: Item) -> str:
    return f"{item.label or item.text} ({item.id})"


def _when(at: str) -> str:
    return f"{day(at)} {minute(at)}"
