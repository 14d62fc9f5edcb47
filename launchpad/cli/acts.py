"""What the recording commands do: an intent, confirmed where it matters, made durable."""

import sys

from launchpad.checklist.model import Result
from launchpad.cli import places
from launchpad.cli.acting import Given, record, refuse_at_once, require_answer, taking_part
from launchpad.cli.misused import Misused
from launchpad.cli.output import narrate
from launchpad.cli.terminal import agreed, ask, somebody_answers
from launchpad.launch.intents import (
    AddNote,
    CloseLaunch,
    RecordResult,
    RevokeSignOff,
    SignOffSlot,
    UndoRecord,
)
from launchpad.launch.kinds import Outcome
from launchpad.launch.moment import second
from launchpad.launch.refused import LONGEST_TEXT, Refused
from launchpad.text.safe import one_line, safe

# A character takes at most four bytes of UTF-8.
_LONGEST_BYTES = 4 * LONGEST_TEXT


def record_result(given: Given, item: str, result: Result, reason: str) -> None:
    """Give an item an outcome."""
    with taking_part(given) as (live, by):
        found = places.item(live.state.checklist, item)
        seen = live.state.head.seq
        record(given, live, RecordResult(found.id, result, reason, seen), by)


def record_note(given: Given, text: str, item: str | None) -> None:
    """Write a note; text "-" reads it from standard input."""
    with taking_part(given) as (live, by):
        found = places.item(live.state.checklist, item).id if item is not None else None
        record(given, live, AddNote(found, _standard_input() if text == "-" else text), by)


def undo(given: Given, *, yes: bool) -> None:
    """Take back one's own last record, which is shown in full first."""
    with taking_part(given) as (live, by):
        last = live.state.last_record(by.person.initials)
        intent = UndoRecord(last.seq if last else 0)
        refuse_at_once(live, intent, by)
        if last:
            subject = f" on {one_line(last.subject)}" if last.subject else ""
            narrate(f"event {last.seq}, your {last.kind}{subject} of {second(last.at)}:")
            narrate(f"  {safe(last.text)}")
        if not yes:
            require_answer("undo takes back what is shown above; say --yes to agree")
            if not agreed("Take it back?"):
                raise Refused("nothing was taken back")
        record(given, live, intent, by)


def sign(given: Given, slot: str, meaning: str | None, on_behalf_of: str | None) -> None:
    """Sign off. The initials are typed for this act: as --initials, or when asked.

    meaning: what the signature says, None for what the checklist has it say.
    """
    with taking_part(given) as (live, by):
        state, initials = live.state, by.person.initials
        found = places.slot(state.checklist, slot)
        meaning = found.meaning if meaning is None else meaning
        intent = SignOffSlot(found.id, initials, meaning, on_behalf_of, state.head.seq)
        refuse_at_once(live, intent, by)
        if given.initials is None and somebody_answers():
            narrate(f"{one_line(found.label)} ({one_line(meaning)}), {len(found.items)} items")
            typed = ask("Type your initials to sign:")
            intent = SignOffSlot(found.id, typed, meaning, on_behalf_of, state.head.seq)
        record(given, live, intent, by)


def revoke(given: Given, slot: str, reason: str) -> None:
    """Take a sign-off back."""
    with taking_part(given) as (live, by):
        found = places.slot(live.state.checklist, slot)
        record(given, live, RevokeSignOff(found.id, reason, live.state.head.seq), by)


def close(given: Given, outcome: Outcome, word: str | None) -> None:
    """End the launch. Its code word is typed: as --confirm, or when asked."""
    with taking_part(given) as (live, by):
        refuse_at_once(live, CloseLaunch(outcome, live.state.code_word), by)
        if word is None:
            require_answer("say --confirm WORD, with the launch's code word")
            left = live.state.progress()
            narrate(
                f"{one_line(live.state.title)}: {left.items - left.done} items and "
                f"{left.signoffs - left.signed} sign-offs are open"
            )
            word = ask(f"Type {live.state.code_word} to close it as {outcome}:")
        record(given, live, CloseLaunch(outcome, word), by)


def _standard_input() -> str:
    data = sys.stdin.buffer.read(_LONGEST_BYTES + 1)
    if len(data) > _LONGEST_BYTES:
        raise Misused(f"standard input is too long for a note of {LONGEST_TEXT} characters")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Misused(f"standard input is not UTF-8, at byte {error.start}") from None
