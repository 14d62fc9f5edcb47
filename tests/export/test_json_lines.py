"""JSON Lines: what was hashed, and where it ended."""

from pathlib import Path

from launchpad.export.jsonlines import json_lines
from launchpad.launch.event import NO_EVENTS, Draft, Event, Head, Stamp
from launchpad.launch.fold import fold
from launchpad.launch.kinds import Body, ItemNoted, encode, kind_of
from launchpad.log.chain import digest, seal
from launchpad.log.verify import verify_export
from tests.launch.making import opened

STAMP = Stamp("2026-01-01T00:00:00.000Z", "1", "a-boot", "a-host")


def chained(*bodies: Body) -> list[Event]:
    """Seal some facts into a launch."""
    events: list[Event] = []
    head = NO_EVENTS
    for number, body in enumerate(bodies):
        draft = Draft("l", f"u{number}", kind_of(body), STAMP, {"initials": "AB"}, encode(body))
        events.append(seal(draft, head))
        head = Head(events[-1].seq, events[-1].hash)
    return events


def test_each_line_is_what_was_hashed_and_the_last_says_where_it_ended(tmp_path: Path) -> None:
    events = chained(opened(), ItemNoted(item=None, text="två\u2028rader"))
    state = fold(None, events)
    assert state is not None
    lines = list(json_lines(state, iter(events)))
    assert [digest(line.rstrip(b"\n")) for line in lines[:-1]] == [event.hash for event in events]
    assert events[-1].hash in lines[-1].decode()
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in lines)
    out = tmp_path / "l.jsonl"
    out.write_bytes(b"".join(lines))
    (verdict,) = verify_export(out)
    assert (verdict.intact, verdict.events, verdict.head) == (True, 2, state.head)
