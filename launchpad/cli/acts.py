"""What the recording commands do: an intent, confirmed where it matters, made durable."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from launchpad.cli import places
from launchpad.cli.events import event_line, event_values
from launchpad.cli.misused import Misused
from launchpad.cli.output import narrate, say, say_json
from launchpad.cli.reaching import launch_to_write, log_at
from launchpad.cli.signer import signer
from launchpad.cli.terminal import agreed, ask, somebody_answers
from launchpad.launch.decide import decide
from launchpad.launch.intents import (
    AddNote,
    CloseLaunch,
    Intent,
    RecordResult,
    RevokeSignOff,
    SignOffSlot,
    UndoRecord,
)
from launchpad.launch.kinds import Outcome, Result
from launchpad.launch.moment import second
from launchpad.launch.refused import LONGEST_TEXT, Refused
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import Participant
from launchpad.text.safe import one_line, safe

# A character takes at most four bytes of UTF-8.
_LONGEST_BYTES = 4 * LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class Given:
    """What every recording command is given: where, by whom, and how to answer."""

    log: str | None
    launch: str | None
    initials: str | None
    name: str | None
    role: str | None
    answer: Literal["text", "json"]


def record_result(given: Given, item: str, result: Result, reason: str) -> None:
    """Give an item an outcome."""
    with _taking_part(given) as (live, by):
        found = places.item(live.state.checklist, item)
        seen = live.state.head.seq
        _record(given, live, RecordResult(found.id, result, reason, seen), by)


def record_note(given: Given, text: str, item: str | None) -> None:
    """Write a note; text "-" reads it from standard input."""
    with _taking_part(given) as (live, by):
        found = places.item(live.state.checklist, item).id if item is not None else None
        _record(given, live, AddNote(found, _standard_input() if text == "-" else text), by)


def undo(given: Given, *, yes: bool) -> None:
    """Take back one's own last record, which is shown in full first."""
    with _taking_part(given) as (live, by):
        last = live.state.last_record(by.person.initials)
        intent = UndoRecord(last.seq if last else 0)
        _refuse_at_once(live, intent, by)
        if last:
            subject = f" on {one_line(last.subject)}" if last.subject else ""
            narrate(f"event {last.seq}, your {last.kind}{subject} of {second(last.at)}:")
            narrate(f"  {safe(last.text)}")
        if not yes:
            _require_answer("undo takes back what is shown above; say --yes to agree")
            if not agreed("Take it back?"):
                raise Refused("nothing was taken back")
        _record(given, live, intent, by)


def sign(given: Given, slot: str, meaning: str, on_behalf_of: str | None) -> None:
    """Sign off. The initials are typed for this act: as --initials, or when asked."""
    with _taking_part(given) as (live, by):
        state, initials = live.state, by.person.initials
        found = places.slot(state.checklist, slot)
        intent = SignOffSlot(found.id, initials, meaning, on_behalf_of, state.head.seq)
        _refuse_at_once(live, intent, by)
        if given.initials is None and somebody_answers():
            narrate(f"{one_line(found.label)} ({one_line(meaning)}), {len(found.items)} items")
            typed = ask("Type your initials to sign:")
            intent = SignOffSlot(found.id, typed, meaning, on_behalf_of, state.head.seq)
        _record(given, live, intent, by)


def revoke(given: Given, slot: str, reason: str) -> None:
    """Take a sign-off back."""
    with _taking_part(given) as (live, by):
        found = places.slot(live.state.checklist, slot)
        _record(given, live, RevokeSignOff(found.id, reason, live.state.head.seq), by)


def close(given: Given, outcome: Outcome, word: str | None) -> None:
    """End the launch. Its code word is typed: as --confirm, or when asked."""
    with _taking_part(given) as (live, by):
        _refuse_at_once(live, CloseLaunch(outcome, live.state.code_word), by)
        if word is None:
            _require_answer("say --confirm WORD, with the launch's code word")
            left = live.state.progress()
            narrate(
                f"{one_line(live.state.title)}: {left.items - left.done} items and "
                f"{left.signoffs - left.signed} sign-offs are open"
            )
            word = ask(f"Type {live.state.code_word} to close it as {outcome}:")
        _record(given, live, CloseLaunch(outcome, word), by)


@contextmanager
def _taking_part(given: Given) -> Iterator[tuple[LiveLaunch, Participant]]:
    # Who acts comes first: a script that does not say so should not find that out from a log.
    by = signer(given.initials, given.name, given.role)
    with log_at(given.log) as log:
        yield launch_to_write(log, given.launch), by


def _refuse_at_once(live: LiveLaunch, intent: Intent, by: Participant) -> None:
    """Raise what the rules say already now, before anybody is asked to confirm."""
    decide(live.state, intent, by.person)


def _record(given: Given, live: LiveLaunch, intent: Intent, by: Participant) -> None:
    news = live.submit(intent, by)
    # What others recorded meanwhile comes with it; the events of one intent share the uid's stem.
    stem = _stem(news[-1].uid)
    recorded = [event for event in news if _stem(event.uid) == stem]
    if given.answer == "json":
        say_json({"events": [event_values(event) for event in recorded]})
    else:
        for event in recorded:
            say(event_line(event, live.state))


def _stem(uid: str) -> str:
    return uid.partition(".")[0]


def _require_answer(otherwise: str) -> None:
    if not somebody_answers():
        raise Misused(otherwise)


def _standard_input() -> str:
    data = sys.stdin.buffer.read(_LONGEST_BYTES + 1)
    if len(data) > _LONGEST_BYTES:
        raise Misused(f"standard input is too long for a note of {LONGEST_TEXT} characters")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Misused(f"standard input is not UTF-8, at byte {error.start}") from None
