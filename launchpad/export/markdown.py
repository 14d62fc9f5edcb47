"""Markdown: the checklist as its team wrote it, filled in, and the launch log behind it."""

from collections.abc import Iterable, Iterator, Mapping

from launchpad.checklist.fill import fill
from launchpad.checklist.model import BlankKind
from launchpad.export.appendix import appendix
from launchpad.launch.event import Event
from launchpad.launch.moment import day, minute
from launchpad.launch.state import LaunchState, Signature


def markdown(state: LaunchState, events: Iterable[Event]) -> Iterator[bytes]:
    """Yield the document the launch was opened from, in its own encoding.

    Boxes show what passed, or came ticked and stands unverified; the blanks of what was signed
    are filled; every other byte is as it was. The appendix follows behind a marker line.
    """
    yield fill(
        state.source(),
        state.checklist,
        ticked={
            item.id: state.standing(item) in {"passed", "from-document"}
            for item in state.checklist.items()
        },
        blanks={
            slot: filled_in(signed.signature)
            for slot, signed in state.slots.items()
            if signed.signature
        },
        appendix="\n".join(appendix(state, events)),
    )


def filled_in(signature: Signature) -> Mapping[BlankKind, str]:
    """Return what a signature writes into each kind of blank."""
    behalf = f" for {signature.on_behalf_of}" if signature.on_behalf_of else ""
    return {
        "initials": f"{signature.initials}{behalf}",
        "name": f"{signature.name or signature.initials}{behalf}",
        "date": day(signature.at),
        "time": minute(signature.at),
        "signature": f"{signature.initials}{behalf}",
    }
