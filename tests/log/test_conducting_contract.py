"""What every backend promises a conductor, told through the protocol alone."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from launchpad.launch.event import NO_EVENTS, Draft, Event
from launchpad.log.errors import LeaseLost
from launchpad.log.leasing import Lease
from launchpad.log.samples import OutputPart, Sample
from launchpad.log.store import Log
from tests.log.holder import make_lease, renewed, sample

MakeDraft = Callable[..., Draft]
OpenLog = Callable[[], Log]

UNICODE = "ü\n\u0000\U0001f680 'x'"


def conducting(log: Log, launch: str = "L") -> Lease:
    """Take the lease of a launch, whoever has it, as a new conductor."""
    over = log.lease(launch)
    lease = make_lease(launch, over)
    assert log.take_lease(lease, over)
    return lease


def test_nobody_conducts_until_a_lease_is_taken(attach: OpenLog) -> None:
    log = attach()
    assert log.lease("L") is None
    lease = conducting(log)
    assert attach().lease("L") == lease
    assert log.lease("M") is None


def test_only_the_first_of_two_that_found_nobody_gets_the_lease(attach: OpenLog) -> None:
    first, second = attach(), attach()
    lease = make_lease("L", None)
    assert first.take_lease(lease, None)
    assert not second.take_lease(make_lease("L", None), None)
    assert second.lease("L") == lease


def test_only_the_first_of_two_that_found_the_same_lease_takes_it_over(attach: OpenLog) -> None:
    log = attach()
    over = conducting(log)
    lease = make_lease("L", over)
    assert log.take_lease(lease, over)
    assert not attach().take_lease(make_lease("L", over), over)
    assert log.lease("L") == lease


def test_a_lease_that_beat_since_it_was_judged_is_not_taken(attach: OpenLog) -> None:
    log = attach()
    over = conducting(log)
    beaten = renewed(over)
    assert log.beat(beaten)
    assert not attach().take_lease(make_lease("L", over), over)
    assert log.lease("L") == beaten


def test_a_lease_that_was_given_up_since_is_not_taken_over(attach: OpenLog) -> None:
    log = attach()
    over = conducting(log)
    log.give_up_lease(over)
    assert not log.take_lease(make_lease("L", over), over)
    assert log.lease("L") is None


@pytest.mark.parametrize("epoch", [0, 2, 7])
def test_a_first_lease_has_epoch_1(attach: OpenLog, epoch: int) -> None:
    log = attach()
    with pytest.raises(ValueError, match="does not follow"):
        log.take_lease(replace(make_lease("L", None), epoch=epoch), None)
    assert log.lease("L") is None


@pytest.mark.parametrize("change", [-1, 0, 2])
def test_an_epoch_follows_the_one_before(attach: OpenLog, change: int) -> None:
    log = attach()
    over = conducting(log)
    with pytest.raises(ValueError, match="does not follow"):
        log.take_lease(replace(make_lease("L", over), epoch=over.epoch + change), over)
    assert log.lease("L") == over


def test_a_lease_is_taken_over_only_for_its_own_launch(attach: OpenLog) -> None:
    log = attach()
    over = conducting(log)
    with pytest.raises(ValueError, match="a lease of L is not taken over for M"):
        log.take_lease(make_lease("M", over), over)


def test_a_beat_renews_the_lease_and_brings_everything_at_once(attach: OpenLog) -> None:
    log = attach()
    lease = renewed(replace(conducting(log), at="2026-01-01T00:00:01.000Z"))
    observed = sample(lease)
    assert log.beat(lease, [observed], [OutputPart(1, "restore", 1, 0, "done")])
    other = attach()
    assert other.lease("L") == lease
    assert other.samples("L", "health", 9) == [observed]
    assert other.outputs("L", 1, "restore", 1) == "done"


def test_a_beat_may_bring_nothing(attach: OpenLog) -> None:
    log = attach()
    lease = renewed(conducting(log))
    assert log.beat(lease)
    assert log.lease("L") == lease


def test_a_beat_of_a_lease_that_was_taken_over_writes_nothing(attach: OpenLog) -> None:
    old, new = attach(), attach()
    lost = conducting(old)
    lease = conducting(new)
    late = renewed(lost)
    assert not old.beat(late, [sample(late)], [OutputPart(1, "step", 1, 0, "x")])
    assert new.lease("L") == lease
    assert new.samples("L", "health", 9) == []
    assert new.outputs("L", 1, "step", 1) == ""


def test_epoch_and_holder_must_both_be_those_of_the_lease(attach: OpenLog) -> None:
    log = attach()
    lease = conducting(log)
    for wrong in (replace(lease, holder="another"), replace(lease, epoch=2)):
        assert not log.beat(renewed(wrong))
        log.give_up_lease(wrong)
    assert log.lease("L") == lease


def test_a_beat_without_a_lease_writes_nothing(attach: OpenLog) -> None:
    log = attach()
    lease = conducting(log)
    log.give_up_lease(lease)
    assert log.lease("L") is None
    assert not log.beat(renewed(lease), [sample(lease)])
    assert log.samples("L", "health", 9) == []


def test_a_beat_that_is_not_later_than_the_one_before_is_refused(attach: OpenLog) -> None:
    """The same one twice cannot be told from a repeated request, whose samples are there."""
    log = attach()
    lease = conducting(log)
    for mono_ns in (lease.mono_ns, lease.mono_ns - 1, 9):
        with pytest.raises(ValueError, match="later than the one before"):
            log.beat(replace(lease, mono_ns=mono_ns), [sample(lease)])
    assert log.samples("L", "health", 9) == []


def test_leases_of_two_launches_do_not_touch(attach: OpenLog) -> None:
    log = attach()
    one, two = conducting(log, "one"), conducting(log, "two")
    log.give_up_lease(one)
    assert log.beat(renewed(two))
    assert log.lease("one") is None


def test_whoever_holds_the_lease_appends_under_it(attach: OpenLog, draft: MakeDraft) -> None:
    """Also after beats: what is checked is who holds it, not since when."""
    log = attach()
    lease = conducting(log)
    assert log.beat(renewed(lease))
    (event,) = log.append("L", NO_EVENTS, lambda _new: [draft("L")], under=lease)
    assert list(attach().events("L")) == [event]


def test_nothing_is_appended_under_a_lease_that_was_lost(attach: OpenLog, draft: MakeDraft) -> None:
    log = attach()
    lost = conducting(log)
    conducting(attach())
    with pytest.raises(LeaseLost, match="not recorded: another conductor"):
        log.append("L", NO_EVENTS, lambda _new: [draft("L"), draft("L")], under=lost)
    assert log.head("L") == NO_EVENTS
    assert len(log.append("L", NO_EVENTS, lambda _new: [draft("L")])) == 1


def test_nothing_is_appended_under_a_lease_that_was_given_up(
    attach: OpenLog, draft: MakeDraft
) -> None:
    log = attach()
    lease = conducting(log)
    log.give_up_lease(lease)
    with pytest.raises(LeaseLost):
        log.append("L", NO_EVENTS, lambda _new: [draft("L")], under=lease)
    assert log.head("L") == NO_EVENTS


def test_a_lease_lost_between_deciding_and_recording_is_noticed(
    attach: OpenLog, draft: MakeDraft
) -> None:
    log, other = attach(), attach()
    lease = conducting(log)

    def decide(_new: Sequence[Event]) -> list[Draft]:
        conducting(other)
        return [draft("L")]

    with pytest.raises(LeaseLost):
        log.append("L", NO_EVENTS, decide, under=lease)
    assert log.head("L") == NO_EVENTS


def test_a_lease_covers_its_own_launch_only(attach: OpenLog, draft: MakeDraft) -> None:
    log = attach()
    lease = conducting(log)
    with pytest.raises(ValueError, match="a lease of L does not cover M"):
        log.append("M", NO_EVENTS, lambda _new: [draft("M")], under=lease)


def test_a_sample_is_read_as_it_was_taken(attach: OpenLog) -> None:
    log = attach()
    lease = renewed(conducting(log))
    full = Sample(
        "a probe",
        "2026-01-01T00:00:00.000Z",
        2**60,
        "boot",
        "failed",
        "condition-false",
        UNICODE,
        1234,
        {"resolve": 1, "connect": 2, "tls": 3},
        "[::1]:443",
    )
    bare = replace(full, probe="bare", latency_us=None, timings=None, address=None)
    assert log.beat(lease, [full, bare])
    assert attach().samples("L", "a probe", 1) == [full]
    assert attach().samples("L", "bare", 1) == [bare]


def test_samples_come_oldest_first_and_only_the_newest(attach: OpenLog) -> None:
    log = attach()
    lease = conducting(log)
    taken: list[Sample] = []
    for _ in range(3):
        lease = renewed(lease)
        pair = [replace(sample(lease), value=str(len(taken) + more)) for more in (0, 1)]
        assert log.beat(lease, [pair[0], sample(lease, "other"), pair[1]])
        taken += pair
    assert log.samples("L", "health", 99) == taken
    assert log.samples("L", "health", 2) == taken[-2:]
    assert log.samples("L", "health", 0) == []
    assert log.samples("M", "health", 9) == []


def test_the_latest_samples_are_those_of_the_probes_asked_for(attach: OpenLog) -> None:
    log = attach()
    names = ["one", "two", "it's", UNICODE]
    for launch in ("M", "L"):
        lease = conducting(log, launch)
        for _ in range(2):
            lease = renewed(lease)
            assert log.beat(lease, [sample(lease, name) for name in names])
    asked = ["one", UNICODE, "it's", "never ran", "one"]
    expected = {name: sample(lease, name) for name in asked if name != "never ran"}
    assert attach().latest_samples("L", iter(asked)) == expected
    assert log.latest_samples("L", []) == {}
    assert log.latest_samples("N", names) == {}


def test_latest_samples_cost_no_more_where_many_others_are_later(attach: OpenLog) -> None:
    log = attach()
    names = [f"probe-{number}" for number in range(50)]

    def fill(launch: str, others: int) -> None:
        lease = renewed(conducting(log, launch))
        assert log.beat(lease, [sample(lease, name) for name in names])
        lease = renewed(lease)
        assert log.beat(lease, [sample(lease, "other") for _ in range(others)])

    def best_of_many(launch: str) -> float:
        times = []
        for _ in range(30):
            start = time.perf_counter()
            assert len(log.latest_samples(launch, names)) == 50
            times.append(time.perf_counter() - start)
        return min(times)

    fill("few", 1)
    fill("many", 30_000)
    assert best_of_many("many") < best_of_many("few") * 3


def test_an_output_is_its_parts_in_order(attach: OpenLog) -> None:
    log = attach()
    lease = renewed(conducting(log))
    parts = [OutputPart(1, "restore", 1, number, f"{number}{UNICODE}") for number in (10, 2, 0)]
    assert log.beat(lease, [], parts)
    assert attach().outputs("L", 1, "restore", 1) == f"0{UNICODE}2{UNICODE}10{UNICODE}"


def test_the_last_part_of_an_output_grows(attach: OpenLog) -> None:
    log = attach()
    lease = conducting(log)
    for text in ("a", "ab", "abc"):
        lease = renewed(lease)
        assert log.beat(lease, [], [OutputPart(1, "step", 1, 0, text)])
    assert log.outputs("L", 1, "step", 1) == "abc"


def test_outputs_of_other_runs_do_not_mix(attach: OpenLog) -> None:
    log = attach()
    keys = [(1, "step", 1), (2, "step", 1), (1, "other", 1), (1, "step", 2)]
    for launch in ("M", "L"):
        parts = [OutputPart(*key, 0, f"{launch} {key}") for key in keys]
        assert log.beat(renewed(conducting(log, launch)), [], parts)
    assert [log.outputs("L", *key) for key in keys] == [f"L {key}" for key in keys]
    assert log.outputs("L", 9, "step", 1) == ""


@pytest.mark.parametrize("field", ["probe", "reason", "value", "address"])
def test_a_sample_with_text_that_is_no_unicode_is_not_even_made(field: str) -> None:
    """The probe that saw it fails, and the beat with everybody else's samples goes through."""
    whole = Sample("p", "at", 1, "boot", "success", "", "seen")
    changed: dict[str, Any] = {field: "a\udc80"}
    with pytest.raises(ValueError, match=r"'a\\udc80': holds a lone surrogate"):
        replace(whole, **changed)
    with pytest.raises(ValueError, match="holds a lone surrogate"):
        replace(whole, timings={"\ud800": 1})
    with pytest.raises(ValueError, match="holds a lone surrogate"):
        OutputPart(1, "step", 1, 0, "\ud800")


def test_a_follower_is_told_of_a_beat(attach: OpenLog) -> None:
    log, other = attach(), attach()
    lease = conducting(log)
    while other.wait(0):
        pass
    assert log.beat(renewed(lease))
    assert other.wait(5)
