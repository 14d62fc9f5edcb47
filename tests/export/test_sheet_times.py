"""The emergency sheet's times: by when what is to be done, who decides until when, who said go."""

from dataclasses import replace

from launchpad.checklist.model import Window
from launchpad.launch.countdown import scheduled
from launchpad.launch.operations import (
    RollbackAbandoned,
    RollbackStarted,
    StepFinished,
    StepStarted,
)
from launchpad.launch.poll_facts import PollOpened, PollVoted
from launchpad.launch.trigger_facts import RollbackProposed, TriggerTripped
from tests.export.night import BEGAN, Night, night, said

__all__ = ["night"]


def test_before_a_rollback_its_times_are_counted_from_its_start(night: Night) -> None:
    text = said(night)
    assert "  not before  +1h from its start\n  done by     +4h from its start\n" in text
    assert "  timeout     3m, then it goes on without it\n" in text


def test_a_rollback_that_runs_has_its_times_by_the_clock(night: Night) -> None:
    night.has(RollbackStarted(attempt=1, first="dns", reason="smoke"))
    text = said(night)
    assert "\nbudget      10m, until 2026-01-01 00:10:02Z\n" in text
    assert "  done by     2026-01-01 00:05:02Z\n" in text
    assert "  not before  2026-01-01 01:00:02Z\n  done by     2026-01-01 04:00:02Z\n" in text
    assert "LATE" not in text
    assert "$ launchpad confirm --log" in text
    late = said(night, 602 + 60)
    assert "  done by     2026-01-01 00:05:02Z\n  !! LATE by 6m\n" in late
    assert "!! The budget is OVER by 1m.\n" in late


def test_what_is_done_has_no_time_any_more(night: Night) -> None:
    night.has(
        RollbackStarted(attempt=1, first="dns", reason="smoke"),
        StepStarted(step="dns", attempt=1, run=1),
        StepFinished(step="dns", attempt=1, run=1, end="done", elapsed_ms=900),
    )
    assert "00:05:02Z" not in said(night, 900)


def test_an_abandoned_rollback_says_who_gave_it_up_and_why(night: Night) -> None:
    night.has(
        RollbackStarted(attempt=1, first="dns", reason="smoke"),
        RollbackAbandoned(attempt=1, reason="forward instead", as_left=(), kill=False),
    )
    text = " ".join(said(night).split())
    assert (
        "!! ROLLBACK ABANDONED: attempt 1, started by AB, 2026-01-01 00:00:02Z; "
        "abandoned by AB, 2026-01-01 00:00:03Z: forward instead took 1s budget 10m "
    ) in text


def test_a_trigger_stands_beneath_its_words_however_long_its_id_is(night: Night) -> None:
    assert (
        "roll back on\n"
        "  Nobody can pay (an-id-made-from-a-sentence-that-is-long)\n"
        "    NOT UNDERSTOOD: nothing watches it but people\n"
    ) in said(night)


def test_a_trigger_that_tripped_says_by_when_somebody_decides(night: Night) -> None:
    night.has(
        TriggerTripped(trigger="slow", probe="smoke/health", shown="503"),
        RollbackProposed(trigger="slow", decide_within_ms=120_000, auto=False),
    )
    text = " ".join(said(night).split())
    assert "!! TRIPPED 2026-01-01 00:00:02Z on smoke/health: 503" in text
    assert "PROPOSED 2026-01-01 00:00:03Z: to be decided by 2026-01-01 00:02:03Z" in text
    assert "NOBODY DECIDED in time" in " ".join(said(night, 300).split())


def test_built_in_holds_say_what_they_wait_for_and_where_the_clock_is(night: Night) -> None:
    hold = "Go or no-go (gate) at T-5m, for 5m, until the poll of cutover says go"
    assert f"  {hold}\n" in said(night)
    assert "\nT-0         not set\n" in said(night)
    holds = night.now.checklist.holds
    clock = scheduled("2026-01-01T00:20:02.000Z", "UTC", 1_200_000, holds, BEGAN, 2)
    night.state = replace(night.now, countdown=clock)
    assert f"{hold} - ahead" in " ".join(said(night).split())
    assert f"{hold} - STANDS HERE" in " ".join(said(night, 900).split())


def test_a_latest_decision_in_the_past_is_marked(night: Night) -> None:
    reading = replace(night.now.checklist, window=Window(1, hard_stop_ms=0), holds=())
    opened = replace(night.now.opened, reading=reading)
    clock = scheduled("2026-01-01T23:50:02.000Z", "Asia/Tokyo", 85_800_000, (), BEGAN, 2)
    night.state = replace(night.now, opened=opened, countdown=clock)
    text = said(night)
    assert "\nT-0         2026-01-01 23:50:02Z\n" in text
    assert "\n            = 2026-01-02 08:50:02 JST, Asia/Tokyo\n" in text
    assert "PAST" not in text
    late = said(night, 86_000 - 500)
    assert "\ndecide      on a rollback by 2026-01-01 23:40:02Z, PAST\n" in late
    assert "!! A rollback no longer fits before the hard stop.\n" in late
    assert "\nhard stop   2026-01-01 23:50:02Z, PAST\n" in said(night, 86_000)


def test_who_voted_what_is_on_it_and_what_speaks_against_a_go(night: Night) -> None:
    text = said(night)
    assert "poll for cutover: not opened\n  Database Admin (AB): Not set\n" in text
    assert "  [ ] The shop answers (weather, probes smoke/*); no data of smoke/health," in text
    night.has(
        PollOpened(phase="cutover", roles=("dba", "devops")),
        PollVoted(role="dba", vote="no-go", comment="replication lags"),
    )
    text = " ".join(said(night).split())
    assert "poll for cutover decision none, opened by AB, 2026-01-01 00:00:02Z: GO 0 of 2" in text
    assert "Database Admin (AB): No-go by AB, 2026-01-01 00:00:03Z: replication lags" in text
    assert "DevOps: Not set" in text
