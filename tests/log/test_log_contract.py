"""What every backend promises, told through the protocol alone."""

import threading
import time
from collections.abc import Callable, Sequence

import pytest

from launchpad.launch.event import NO_EVENTS, Draft, Event, Head
from launchpad.log.chain import digest, line
from launchpad.log.store import Log, Seat

MakeDraft = Callable[..., Draft]
OpenLog = Callable[[], Log]


def head_after(events: Sequence[Event]) -> Head:
    return Head(events[-1].seq, events[-1].hash)


def test_a_log_without_events_has_no_launches(attach: OpenLog) -> None:
    log = attach()
    assert log.launches() == []
    assert log.head("L") == NO_EVENTS
    assert list(log.events("L")) == []
    assert log.last("L", 3) == []


def test_what_was_appended_is_read_as_it_was_decided(attach: OpenLog, draft: MakeDraft) -> None:
    made = draft(
        "L", body={"text": "ü\n\u0000\U0001f680", "deep": [{"a": None}, True, -(2**53) + 1]}
    )
    (event,) = attach().append("L", NO_EVENTS, lambda _new: [made])
    assert (event.launch, event.seq, event.uid, event.kind) == ("L", 1, made.uid, made.kind)
    assert (event.actor, event.body) == (made.actor, made.body)
    assert (event.at, event.host) == (made.stamp.at, made.stamp.host)
    assert list(attach().events("L")) == [event]


def test_events_are_gapless_and_chained(attach: OpenLog, draft: MakeDraft) -> None:
    log = attach()
    first = log.append("L", NO_EVENTS, lambda _new: [draft("L"), draft("L")])
    log.append("L", head_after(first), lambda _new: [draft("L")])
    events = list(log.events("L"))
    assert [event.seq for event in events] == [1, 2, 3]
    assert [event.prev_hash for event in events] == [None, events[0].hash, events[1].hash]
    assert all(event.hash == digest(line(event)) for event in events)
    assert log.head("L") == head_after(events)


def test_more_events_than_fit_into_one_read_come_in_order(
    attach: OpenLog, draft: MakeDraft
) -> None:
    log = attach()
    log.append("L", NO_EVENTS, lambda _new: [draft("L") for _ in range(1203)])
    assert [event.seq for event in log.events("L")] == list(range(1, 1204))
    assert [event.seq for event in log.events("L", after=1000)] == list(range(1001, 1204))
    assert [event.seq for event in log.last("L", 2)] == [1202, 1203]


def test_launches_do_not_mix(attach: OpenLog, draft: MakeDraft) -> None:
    log = attach()
    for launch in ("one", "two", "one"):
        log.append(launch, log.head(launch), lambda _new, launch=launch: [draft(launch)])  # type: ignore[misc]  # the default is what binds it
    assert [(o.first.launch, o.head.seq) for o in log.launches()] == [("one", 2), ("two", 1)]
    assert [event.seq for event in log.events("two")] == [1]
    assert {event.launch for event in log.events("one")} == {"one"}


def test_deciding_sees_what_others_appended_since(attach: OpenLog, draft: MakeDraft) -> None:
    mine, theirs = attach(), attach()
    start = mine.append("L", NO_EVENTS, lambda _new: [draft("L")])
    other = theirs.append("L", head_after(start), lambda _new: [draft("L"), draft("L")])
    given: list[list[Event]] = []

    def decide(new: Sequence[Event]) -> list[Draft]:
        given.append(list(new))
        return [draft("L")]

    events = mine.append("L", head_after(start), decide)
    assert given == [other]
    assert [event.seq for event in events] == [2, 3, 4]


def test_who_was_overtaken_while_deciding_decides_again(attach: OpenLog, draft: MakeDraft) -> None:
    """Only what came meanwhile is given to decide, and nothing of the first decision is kept."""
    mine, theirs = attach(), attach()
    given: list[list[int]] = []

    def decide(new: Sequence[Event]) -> list[Draft]:
        given.append([event.seq for event in new])
        if len(given) <= 2:
            theirs.append("L", theirs.head("L"), lambda _new: [draft("L")])
        return [draft("L", uid=f"try-{len(given)}")]

    events = mine.append("L", NO_EVENTS, decide)
    assert given == [[], [1], [2]]
    assert [event.seq for event in events] == [1, 2, 3]
    assert [event.uid for event in mine.events("L") if event.uid.startswith("try")] == ["try-3"]


def test_what_decide_raises_is_raised_and_nothing_appended(attach: OpenLog) -> None:
    log = attach()

    def refuse(_new: Sequence[Event]) -> list[Draft]:
        raise PermissionError("not yours")

    with pytest.raises(PermissionError, match="not yours"):
        log.append("L", NO_EVENTS, refuse)
    assert log.head("L") == NO_EVENTS


def test_deciding_nothing_returns_what_was_missed(attach: OpenLog, draft: MakeDraft) -> None:
    log = attach()
    events = log.append("L", NO_EVENTS, lambda _new: [draft("L")])
    assert log.append("L", NO_EVENTS, lambda _new: []) == events
    assert log.head("L") == head_after(events)


def test_a_uid_is_never_doubled(attach: OpenLog, draft: MakeDraft) -> None:
    log = attach()
    made, more = draft("L"), draft("L")
    first = log.append("L", NO_EVENTS, lambda _new: [made, made])
    assert [event.uid for event in first] == [made.uid]
    again = log.append("L", head_after(first), lambda _new: [made, more])
    assert [event.uid for event in again] == [more.uid]
    assert log.append("L", NO_EVENTS, lambda _new: [made]) == first + again


def test_the_same_uid_may_be_used_by_another_launch(attach: OpenLog, draft: MakeDraft) -> None:
    log = attach()
    for launch in ("one", "two"):
        log.append(launch, NO_EVENTS, lambda _new, launch=launch: [draft(launch, uid="u")])  # type: ignore[misc]  # the default is what binds it
    assert [opening.head.seq for opening in log.launches()] == [1, 1]


def test_drafts_of_one_decision_are_recorded_together_or_not_at_all(
    attach: OpenLog, draft: MakeDraft
) -> None:
    log = attach()
    with pytest.raises(ValueError, match=r"body\.rate: a float"):
        log.append("L", NO_EVENTS, lambda _new: [draft("L"), draft("L", body={"rate": 0.5})])
    with pytest.raises(ValueError, match="a draft of M cannot be appended to L"):
        log.append("L", NO_EVENTS, lambda _new: [draft("L"), draft("M")])
    assert log.launches() == []


def test_many_threads_of_many_participants_append_without_loss(
    attach: OpenLog, draft: MakeDraft
) -> None:
    logs = [attach(), attach()]
    acknowledged: list[str] = []

    def append(log: Log) -> None:
        for _ in range(25):
            made = draft("L")
            events = log.append("L", log.head("L"), lambda _new, made=made: [made])  # type: ignore[misc]  # the default is what binds it
            assert events[-1].uid == made.uid
            acknowledged.append(made.uid)

    threads = [threading.Thread(target=append, args=[log]) for log in logs * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(event.uid for event in logs[0].events("L")) == sorted(acknowledged)
    assert len(acknowledged) == 100


def test_waiting_ends_when_somebody_else_wrote(attach: OpenLog, draft: MakeDraft) -> None:
    mine, theirs = attach(), attach()
    assert not mine.wait(0)
    theirs.append("L", NO_EVENTS, lambda _new: [draft("L")])
    assert mine.wait(5)
    assert not mine.wait(0)


def test_nothing_that_was_written_before_the_wait_is_missed(
    attach: OpenLog, draft: MakeDraft
) -> None:
    """Also by a thread that never waited before, and where two threads wait on one log."""
    mine, theirs = attach(), attach()
    theirs.append("L", NO_EVENTS, lambda _new: [draft("L")])
    list(mine.events("L"))
    told: list[bool] = []
    for _ in range(2):
        thread = threading.Thread(target=lambda: told.append(mine.wait(5)))
        thread.start()
        thread.join()
    assert told == [True, True]


def test_waiting_ends_when_the_time_is_over(attach: OpenLog) -> None:
    log = attach()
    start = time.monotonic()
    assert not log.wait(0.1)
    assert time.monotonic() - start >= 0.1


def test_closing_ends_a_wait(attach: OpenLog) -> None:
    log = attach()
    told: list[bool] = []
    thread = threading.Thread(target=lambda: told.append(log.wait(60)))
    thread.start()
    log.close()
    thread.join(10)
    assert told == [False]


def test_a_seat_is_taken_renewed_and_left(attach: OpenLog) -> None:
    log = attach()
    seat = Seat("s1", "L", "AB", "Ada Brown", "lead", "host", "console", "2026-01-01T00:00:00Z")
    log.take_seat(seat)
    log.take_seat(seat)
    assert attach().seats("L", within_s=60) == [seat]
    assert attach().seats("M", within_s=60) == []
    log.leave_seat("s1")
    assert attach().seats("L", within_s=60) == []
