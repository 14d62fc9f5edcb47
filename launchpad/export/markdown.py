"""Markdown: the checklist as its team wrote it, filled in, and the launch log behind it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from launchpad.checklist.encoding import source_from_text
from launchpad.checklist.fill import fill
from launchpad.checklist.model import BlankKind
from launchpad.export.appendix import appendix
from launchpad.export.rendering import rendered
from launchpad.launch.event import Event
from launchpad.launch.moment import day, minute
from launchpad.launch.state import LaunchState, Signature


def markdown(state: LaunchState, events: Iterable[Event]) -> Iterator[bytes]:
    """Yield the checklist as a Markdown document, with the launch log behind a marker line.

    A Markdown checklist is the document the launch was opened from, in its own encoding: boxes
    show what was recorded of their items, as far as a box can say it; the blanks of what was
    signed are filled; every other byte is as it was. One in the native format is rendered, in
    UTF-8.
    """
    if state.checklist.format == "yaml":
        yield _appended(state, events)
        return
    yield fill(
        state.source(),
        state.checklist,
        results={
            item.id: outcome.result
            for item in state.checklist.items()
            if (outcome := state.item(item.id).current)
        },
        blanks={
            slot: filled_in(signed.signature)
            for slot, signed in state.slots.items()
            if signed.signature
        },
        appendix="\n".join(appendix(state, events)),
    )


def _appended(state: LaunchState, events: Iterable[Event]) -> bytes:
    text = "\n".join(rendered(state)) + "\n"
    source = source_from_text(state.opened.source.name, "utf-8", text)
    # What is rendered now was never damaged, and has nothing left to fill in.
    written = replace(state.checklist, damage=None)
    return fill(source, written, results={}, blanks={}, appendix="\n".join(appendix(state, events)))


def filled_in(signature: Signature) -> Mapping[BlankKind, str]:
    """Return what a signature writes into each kind of blank."""
    behalf = f" for {signature.on_behalf_of}" if signature.on_behalf_of else ""
    return {
        "initials": f"{signature.initials}{behalf}",
        "name": f"{signature.name or signature.initials}{behalf}",
        "date": day(signature.at),
        "time": minute(signature.at),
        "datetime": f"{day(signature.at)} {minute(signature.at)}",
        "signature": f"{signature.initials}{behalf}",
    }
