"""What the rules promise, one rule at a time."""

from dataclasses import replace

import pytest

from launchpad.checklist.model import Result
from launchpad.launch.decide import decide
from launchpad.launch.fold import fold
from launchpad.launch.intents import (
    AddNote,
    CloseLaunch,
    LeaveSeat,
    OpenLaunch,
    RecordResult,
    RevokeSignOff,
    SignOffSlot,
    TakeSeat,
    UndoRecord,
)
from launchpad.launch.kinds import BadEvent, SeatJoined, decode
from launchpad.launch.refused import LONGEST_TEXT, Refused
from tests.launch.making import ADA, CLEO, Told, event, opened


def ticked(told: Told, *items: str) -> None:
    for item in items:
        told.does(RecordResult(item, "passed", "", told.seen))


def sign(told: Told, *, initials: str = "AB", slot: str = "database") -> SignOffSlot:
    return SignOffSlot(slot, initials, "", None, told.seen)


def test_a_tick_says_who_and_when() -> None:
    told = Told()
    ticked(told, "pooler")
    current = told.now.item("pooler").current
    assert current
    assert (current.by, current.at, current.result) == ("AB", "2026-01-01T00:00:02.000Z", "passed")


def test_the_second_of_two_who_tick_at_once_learns_who_was_first() -> None:
    told = Told()
    seen = told.seen
    ticked(told, "pooler")
    with pytest.raises(Refused, match=r"AB recorded passed on pooler at 00:00:02Z, after what you"):
        told.does(RecordResult("pooler", "failed", "", seen), CLEO)


def test_the_same_outcome_is_not_recorded_twice() -> None:
    told = Told()
    ticked(told, "pooler")
    with pytest.raises(Refused, match="already passed, by AB"):
        told.does(RecordResult("pooler", "passed", "", told.seen), CLEO)


def test_another_outcome_names_the_one_it_corrects() -> None:
    told = Told()
    ticked(told, "pooler")
    (correction,) = told.does(RecordResult("pooler", "failed", "6 of 7", told.seen), CLEO)
    assert correction.body["corrects"] == told.seen - 1


def test_not_applicable_needs_a_reason() -> None:
    told = Told()
    with pytest.raises(Refused, match="needs a reason"):
        told.does(RecordResult("pooler", "not-applicable", "  ", told.seen))


@pytest.mark.parametrize("item", ["", "nothing", "\x1b[31m"])
def test_an_unknown_item_is_named(item: str) -> None:
    with pytest.raises(Refused, match="has no item"):
        Told().does(RecordResult(item, "passed", "", 1))


def test_undo_takes_back_the_last_own_record_and_brings_the_one_before_back() -> None:
    told = Told()
    ticked(told, "pooler")
    told.does(RecordResult("pooler", "failed", "", told.seen))
    told.does(UndoRecord(told.seen))
    current = told.now.item("pooler").current
    assert current
    assert current.result == "passed"


def test_undo_reaches_only_ones_own_last_record() -> None:
    told = Told()
    ticked(told, "pooler", "bucket")
    with pytest.raises(Refused, match="CD has no record"):
        told.does(UndoRecord(told.seen), CLEO)
    with pytest.raises(Refused, match="is not the last record of AB"):
        told.does(UndoRecord(told.seen - 1))


def test_undo_under_somebody_elses_later_outcome_is_refused() -> None:
    told = Told()
    ticked(told, "pooler")
    own = told.seen
    told.does(RecordResult("pooler", "failed", "", told.seen), CLEO)
    with pytest.raises(Refused, match="CD recorded failed on pooler"):
        told.does(UndoRecord(own))


def test_a_note_is_kept_in_full_and_can_be_taken_back() -> None:
    told = Told()
    told.does(AddNote("pooler", "line one\nline two"))
    told.does(AddNote(None, "about the launch"))
    assert told.now.item("pooler").notes[0].text == "line one\nline two"
    told.does(UndoRecord(told.seen))
    assert told.now.notes == ()
    told.does(UndoRecord(told.seen - 2))
    assert told.now.item("pooler").notes == ()


@pytest.mark.parametrize("text", ["", " \n", "x" * (LONGEST_TEXT + 1)])
def test_a_note_that_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        Told().does(AddNote(None, text))


def test_a_note_never_carries_a_control_sequence() -> None:
    told = Told()
    (noted,) = told.does(AddNote(None, "a\x1b]52;c;x\x07b\u202e"))
    assert noted.body["text"] == "a\u241b]52;c;x\u2407b<U+202E>"


def test_a_sign_off_waits_for_its_items() -> None:
    told = Told()
    ticked(told, "pooler")
    with pytest.raises(Refused, match="waits for migrations, bucket"):
        told.does(sign(told))


def test_a_failed_item_blocks_its_gate() -> None:
    told = Told()
    ticked(told, "migrations", "pooler")
    told.does(RecordResult("bucket", "failed", "", told.seen))
    with pytest.raises(Refused, match="waits for bucket"):
        told.does(sign(told))


def test_a_box_that_came_ticked_satisfies_no_gate_until_somebody_vouches() -> None:
    told = Told()
    ticked(told, "dns")
    with pytest.raises(Refused, match="waits for smoke"):
        told.does(sign(told, slot="cutover"))
    ticked(told, "smoke")
    told.does(sign(told, slot="cutover"))
    assert told.now.slot("cutover").signature


def test_accepting_what_came_ticked_vouches_for_it_at_the_opening() -> None:
    told = Told(accept_ticked=True)
    current = told.now.item("smoke").current
    assert current
    assert (current.seq, current.by, current.result) == (1, "AB", "passed")


def test_a_sign_off_freezes_what_it_rested_on() -> None:
    told = Told()
    ticked(told, "migrations", "pooler", "bucket")
    (signed,) = told.does(sign(told, initials="ab"))
    assert signed.body["initials"] == "AB"
    assert signed.body["covers"] == [
        {"item": "migrations", "result": "passed", "seq": 2},
        {"item": "pooler", "result": "passed", "seq": 3},
        {"item": "bucket", "result": "passed", "seq": 4},
    ]
    told.does(RecordResult("pooler", "failed", "", told.seen), CLEO)
    (slot, _) = told.now.checklist.signoffs
    assert told.now.changed_since_signed(slot) == ("pooler",)


def test_signing_takes_ones_own_initials() -> None:
    told = Told()
    ticked(told, "migrations", "pooler", "bucket")
    with pytest.raises(Refused, match="you are AB here"):
        told.does(sign(told, initials="CD"))


def test_a_slot_is_signed_once_and_signed_again_after_a_revocation_with_a_reason() -> None:
    told = Told()
    ticked(told, "migrations", "pooler", "bucket")
    told.does(sign(told))
    signed = told.seen
    with pytest.raises(Refused, match="already signed, by AB"):
        told.does(sign(told, initials="CD"), CLEO)
    with pytest.raises(Refused, match="needs a reason"):
        told.does(RevokeSignOff("database", " ", told.seen), CLEO)
    (revoked,) = told.does(RevokeSignOff("database", "pooler is down", told.seen), CLEO)
    assert revoked.body["corrects"] == signed
    with pytest.raises(Refused, match="is not signed"):
        told.does(RevokeSignOff("database", "again", told.seen))
    told.does(sign(told, initials="CD"), CLEO)
    signature = told.now.slot("database").signature
    assert signature
    assert signature.initials == "CD"


def test_a_sign_off_on_what_changed_meanwhile_is_refused() -> None:
    told = Told()
    ticked(told, "migrations", "pooler", "bucket")
    stale = sign(told)
    told.does(RecordResult("pooler", "failed", "", told.seen), CLEO)
    with pytest.raises(Refused, match="CD recorded failed on pooler"):
        told.does(stale)


def test_a_sign_off_is_revoked_not_undone() -> None:
    told = Told()
    ticked(told, "migrations", "pooler", "bucket")
    told.does(sign(told))
    with pytest.raises(Refused, match="revoked, with a reason"):
        told.does(UndoRecord(told.seen))


def test_closing_takes_the_code_word_and_ends_everything() -> None:
    told = Told()
    with pytest.raises(Refused, match="storefront"):
        told.does(CloseLaunch("launched", "something"))
    (closed,) = told.does(CloseLaunch("scrubbed", " Storefront "))
    assert closed.body == {"outcome": "scrubbed", "items_open": 5, "signoffs_open": 2}
    assert told.now.phase == "scrubbed"
    for intent in (
        RecordResult("pooler", "passed", "", told.seen),
        AddNote(None, "late"),
        UndoRecord(1),
        sign(told),
        RevokeSignOff("database", "late", told.seen),
        CloseLaunch("launched", "storefront"),
        TakeSeat("a"),
        LeaveSeat("a", "left"),
    ):
        with pytest.raises(Refused, match="closed: scrubbed, by AB"):
            told.does(intent)


def test_nothing_is_written_to_a_launch_that_a_newer_program_wrote_to() -> None:
    told = Told()
    newer = replace(event(2, SeatJoined(seat="x")), kind="moon.landed")
    state = fold(told.now, [newer])
    assert state
    assert state.newer == {"moon.landed": 2}
    with pytest.raises(Refused, match=r"newer launchpad .* moon\.landed"):
        decide(state, AddNote(None, "hello"), ADA)


def test_a_launch_is_opened_once_and_first() -> None:
    told = Told()
    with pytest.raises(Refused, match="already open"):
        told.does(OpenLaunch(opened()))
    with pytest.raises(Refused, match="no such launch"):
        decide(None, AddNote(None, "x"), ADA)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"item": "pooler"}, "result"),
        ({"item": "pooler", "result": "maybe", "reason": None, "corrects": None}, "maybe"),
        ({"item": 3, "result": "passed", "reason": None, "corrects": None}, "item"),
    ],
)
def test_an_event_that_does_not_say_what_its_kind_says_is_named(
    body: dict[str, object], complaint: str
) -> None:
    bad = replace(event(2, SeatJoined(seat="x")), kind="item.resulted", body=body)  # type: ignore[arg-type]
    with pytest.raises(BadEvent, match=rf"event 2 \(item\.resulted\): .*{complaint}"):
        decode(bad)


def test_events_out_of_order_are_refused() -> None:
    told = Told()
    with pytest.raises(BadEvent, match="does not follow"):
        fold(told.now, [event(3, SeatJoined(seat="x"))])
    with pytest.raises(BadEvent, match="begins with"):
        fold(None, [event(1, SeatJoined(seat="x"))])


@pytest.mark.parametrize(
    ("result", "done", "failed"),
    [
        ("passed", 1, 0),
        ("not-applicable", 1, 0),
        ("failed", 0, 1),
        ("blocked", 0, 0),
        ("in-progress", 0, 0),
    ],
)
def test_progress_counts_what_is_done(result: Result, done: int, failed: int) -> None:
    told = Told()
    told.does(RecordResult("dns", result, "because", told.seen))
    progress = told.now.progress()
    assert (progress.items, progress.done, progress.failed) == (5, done, failed)
    assert (progress.from_document, progress.signoffs, progress.signed) == (1, 2, 0)
