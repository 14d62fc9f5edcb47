"""`launchpad list`: the launches of a log."""

from dataclasses import asdict
from typing import Any, Literal

from launchpad.cli.columns import aligned
from launchpad.cli.output import narrate, say, say_json
from launchpad.cli.reaching import log_at
from launchpad.launch.moment import day, minute
from launchpad.session.launches import Entry, entries
from launchpad.text.safe import one_line


def show(address: str | None, answer: Literal["text", "json"]) -> None:
    """List the launches, oldest first."""
    with log_at(address) as log:
        known = entries(log)
        where = log.address
    if answer == "json":
        say_json({"log": where, "launches": [_values(entry) for entry in known]})
    elif known:
        heads = ("LAUNCH", "KIND", "STATE", "OPENED", "BY", "EVENTS", "TITLE")
        for line in aligned([heads, *map(_row, known)]):
            say(line)
    else:
        narrate(f"{one_line(where)} holds no launch yet")


def _values(entry: Entry) -> dict[str, Any]:
    values = asdict(entry)
    return {
        "launch": values.pop("launch"),
        "title": values.pop("title"),
        "kind": values.pop("mode"),
        "state": values.pop("phase"),
        **values,
    }


def _row(entry: Entry) -> tuple[str, ...]:
    return (
        one_line(entry.launch),
        entry.mode,
        entry.phase,
        f"{day(entry.opened_at)} {minute(entry.opened_at)}",
        entry.opened_by,
        str(entry.events),
        one_line(entry.title),
    )
