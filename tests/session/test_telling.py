"""One event in plain words, for everybody who reads the log."""

from dataclasses import replace

import pytest

from launchpad.checklist.model import Rollback, Step
from launchpad.launch.cutover_facts import StepRequested
from launchpad.launch.fold import fold
from launchpad.launch.kinds import (
    KINDS,
    Body,
    ItemNoted,
    ItemResulted,
    ItemUndone,
    LaunchClosed,
    SeatJoined,
    SeatLeft,
    SignoffRecorded,
    SignoffRevoked,
    kind_of,
)
from launchpad.launch.operations import (
    AsLeft,
    ConductorMoved,
    ConductorStarted,
    ConductorStopped,
    DemoSwitched,
    ObservationGap,
    ProbeChanged,
    RollbackAbandoned,
    RollbackCompleted,
    RollbackPaused,
    RollbackResumed,
    RollbackStarted,
    StepEndedWell,
    StepFinished,
    StepIndeterminate,
    StepKillRequested,
    StepResolved,
    StepStarted,
)
from launchpad.launch.poll_facts import PollClosed, PollOpened, PollVoted
from launchpad.launch.preflight_facts import PreflightCompleted
from launchpad.launch.trigger_facts import (
    BaselineCaptured,
    BaselineFigure,
    RollbackProposed,
    TriggerDismissed,
    TriggerTripped,
)
from launchpad.session.telling import tell
from tests.launch.making import ADA, CHECKLIST, Told, event
from tests.session import test_telling_samples, test_telling_time


def resulted(result: str, reason: str | None = None, corrects: int | None = None) -> Body:
    return ItemResulted(item="dns", result=result, reason=reason, corrects=corrects)  # type: ignore[arg-type]


def signed(behalf: str | None) -> Body:
    return SignoffRecorded(
        slot="database",
        initials="AB",
        name="Ada B",
        role="dba",
        meaning="verified",
        on_behalf_of=behalf,
        covers=(),
    )


TOLD: list[tuple[Body, str]] = [
    (resulted("passed"), "ticked dns"),
    (resulted("failed", "6 of 7"), "failed dns: 6 of 7"),
    (resulted("not-applicable", "kept"), "marked dns not applicable: kept"),
    (resulted("blocked"), "marked dns blocked"),
    (resulted("in-progress"), "began dns"),
    (ItemNoted(item=None, text="all\nquiet"), "noted: all quiet"),
    (ItemNoted(item="dns", text="TTL is 60"), "noted on dns: TTL is 60"),
    (ItemUndone(corrects=9), "took back event 9"),
    (signed(None), "signed database (verified)"),
    (signed("Carol D"), "signed database on behalf of Carol D (verified)"),
    (
        SignoffRevoked(slot="database", reason="too early", corrects=2),
        "revoked the sign-off database: too early",
    ),
    (SeatJoined(seat="s"), "joined from a console"),
    (SeatLeft(seat="s", reason=""), "left the console"),
    (SeatLeft(seat="s", reason="connection lost"), "left the console: connection lost"),
    (
        LaunchClosed(outcome="launched", items_open=1, signoffs_open=2),
        "closed the launch as launched: 1 items and 2 sign-offs left open",
    ),
    (
        ConductorStarted(epoch=2, host="bastion1", user="deploy", pid=7, program="p"),
        "conducts the launch from deploy@bastion1, epoch 2",
    ),
    (
        ConductorStopped(epoch=2, reason="the launch is closed"),
        "stopped conducting: the launch is closed",
    ),
    (ObservationGap(gap_ms=72_000), "found that nobody observed for 1m12s"),
    (ObservationGap(gap_ms=None), "found that nobody observed across a reboot"),
    (
        ProbeChanged(
            probe="health",
            state="failed",
            before="success",
            reason="status-mismatch",
            shown="[STATUS] (503) == 200",
            latency_us=1,
        ),
        "saw health OK > FAILED (status-mismatch): [STATUS] (503) == 200",
    ),
    (
        ProbeChanged(
            probe="health", state="success", before=None, reason="ok", shown="", latency_us=None
        ),
        "saw health OK",
    ),
    (
        RollbackStarted(attempt=1, first="dns", reason="health is red"),
        "started the rollback: health is red",
    ),
    (
        RollbackStarted(attempt=2, first="tell", reason="again"),
        "started the rollback at step tell, attempt 2: again",
    ),
    (RollbackPaused(attempt=1, reason="vendor"), "paused the rollback: vendor"),
    (RollbackResumed(attempt=1), "let the rollback go on"),
    (
        RollbackAbandoned(
            attempt=1, reason="by hand", as_left=(AsLeft(step="dns", text="half"),), kill=True
        ),
        "abandoned the rollback, ending what runs: by hand (dns left half)",
    ),
    (RollbackCompleted(attempt=1, elapsed_ms=252_000), "completed the rollback in 4m12s"),
    (RollbackCompleted(attempt=1, elapsed_ms=None), "completed the rollback"),
    (StepStarted(step="dns", attempt=1, run=1), "started step dns"),
    (StepStarted(step="dns", attempt=1, run=2), "started step dns, run 2"),
    (
        StepFinished(step="dns", attempt=1, run=1, end="done", elapsed_ms=72_000, exit_status=0),
        "finished step dns in 1m12s",
    ),
    (
        StepFinished(
            step="dns", attempt=1, run=1, end="failed", elapsed_ms=1_000, exit_status=3, reason="no"
        ),
        "saw fail step dns in 1s, exit status 3: no",
    ),
    (
        StepFinished(
            step="dns",
            attempt=1,
            run=1,
            end="failed",
            elapsed_ms=1_000,
            exit_status=3,
            reason="exit status 3",
        ),
        "saw fail step dns in 1s, exit status 3",
    ),
    (
        StepFinished(step="dns", attempt=1, run=1, end="timed-out", elapsed_ms=1_000, signal=9),
        "saw time out step dns in 1s, signal 9",
    ),
    (
        StepEndedWell(step="dns", attempt=1, run=1, probe="smoke/health"),
        "saw step dns end well, which waits for smoke/health",
    ),
    (
        StepIndeterminate(step="dns", attempt=1, run=1, why="its process is gone"),
        "cannot say whether step dns had its effect: its process is gone",
    ),
    (
        StepResolved(step="dns", attempt=1, run=1, resolution="done", reason="seen with dig"),
        "resolved step dns as done: seen with dig",
    ),
    (
        StepResolved(step="dns", attempt=1, run=1, resolution="skip", reason="kept"),
        "skipped step dns: kept",
    ),
    (
        StepResolved(step="dns", attempt=1, run=1, resolution="retry", reason="once"),
        "asked for step dns once more: once",
    ),
    (
        ConductorMoved(host="bastion2", user="deploy", directory="/srv", reason="bastion1 is gone"),
        "moved the conductor to deploy@bastion2, /srv: bastion1 is gone",
    ),
    (
        PollOpened(phase="cutover", roles=("dba", "network"), closes_in_ms=300_000),
        "opened the poll for cutover: dba, network, votes taken for 5m",
    ),
    (PollOpened(phase=None, roles=("dba",)), "opened the poll for T-0: dba"),
    (PollVoted(role="dba", vote="no-go", comment="it lags"), "voted No-go as dba: it lags"),
    (PollClosed(outcome="no-go"), "closed the poll as NO-GO"),
    (
        PollClosed(outcome="go", reason="agreed", unmet=("network not set", "smoke red")),
        "closed the poll as GO: agreed (although network not set; smoke red)",
    ),
    (
        BaselineCaptured(
            figures=tuple(
                BaselineFigure(probe=probe, samples=20, p50_us=1, p95_us=2)
                for probe in ("smoke/health", "login")
            ),
            over_ms=600_000,
        ),
        "captured the baseline of smoke/health, login over 10m",
    ),
    (
        TriggerTripped(trigger="smoke", probe="health", shown="[STATUS] (503) == 200"),
        "saw trigger smoke trip on health: [STATUS] (503) == 200",
    ),
    (
        TriggerTripped(trigger="smoke", probe="health", shown="503", flapping=True),
        "saw trigger smoke trip on health, which changes all the time: 503",
    ),
    (
        TriggerDismissed(trigger="smoke", reason="the vendor", for_ms=600_000),
        "dismissed trigger smoke for 10m: the vendor",
    ),
    (RollbackProposed(trigger="smoke"), "proposed a rollback on trigger smoke"),
    (
        RollbackProposed(trigger="smoke", decide_within_ms=60_000),
        "proposed a rollback on trigger smoke, to decide within 1m",
    ),
    (
        RollbackProposed(
            trigger="smoke", decide_within_ms=60_000, auto=True, held_up="dns is passed"
        ),
        (
            "proposed a rollback on trigger smoke, to decide within 1m; "
            "it does not begin by itself: dns is passed"
        ),
    ),
    (
        RollbackProposed(trigger="smoke", decide_within_ms=60_000, auto=True),
        (
            "proposed a rollback on trigger smoke: it begins by itself in 1m unless somebody "
            "dismisses it"
        ),
    ),
    (StepRequested(item="switch", run=1), "asked for the step of switch"),
    (StepRequested(item="switch", run=2), "asked for the step of switch once more"),
    (
        StepKillRequested(step="dns", attempt=1, run=1, reason="it hangs"),
        "asked to end step dns: it hangs",
    ),
    (PreflightCompleted(missing=()), "found everything that the steps need"),
    (
        PreflightCompleted(missing=("program dig: not found", "secret token: unset")),
        "found missing for the steps: program dig: not found; secret token: unset",
    ),
    (DemoSwitched(mode="failing"), "broke the demo's service"),
    (DemoSwitched(mode="healthy"), "mended the demo's service"),
]
STEPS = tuple(Step(id=step, title=step, line=20, kind="manual") for step in ("dns", "tell"))
ROLLED = Told(replace(CHECKLIST, rollback=Rollback(line=19, steps=STEPS))).now


@pytest.mark.parametrize(("body", "told"), TOLD)
def test_an_event_reads_on_from_its_author(body: Body, told: str) -> None:
    assert tell(event(2, body), ROLLED) == told


def test_every_kind_is_told() -> None:
    told = {
        kind_of(body) for body, _ in (*TOLD, *test_telling_samples.TOLD, *test_telling_time.TOLD)
    }
    assert told | {"launch.opened"} == set(KINDS)


def test_the_opening_says_from_what() -> None:
    launch = Told(accept_ticked=True)
    assert tell(launch.events[0], launch.now) == (
        "opened the launch from a.md, its ticked boxes accepted"
    )


def test_a_correction_says_what_it_corrects_while_the_state_holds_it() -> None:
    launch = Told()
    failed = event(2, resulted("failed", "6 of 7"))
    passed = event(3, resulted("passed", corrects=2))
    state = fold(launch.now, [failed])
    assert state is not None
    assert tell(passed, state) == "ticked dns (was failed by AB)"
    undone = event(3, ItemUndone(corrects=2), ADA)
    assert tell(undone, state) == "took back event 2, the result on dns: failed: 6 of 7"
    assert tell(undone, launch.now) == "took back event 2"


def test_a_kind_from_a_newer_program_is_told_by_its_name() -> None:
    newer = event(2, resulted("passed"), kind="poll.adjourned")
    assert tell(newer, Told().now) == "recorded poll.adjourned, which this version does not know"


def test_nothing_outside_is_obeyed() -> None:
    told = tell(event(2, ItemNoted(item=None, text="a\x1b[2J\u202eb\tc\r\nd")), Told().now)
    assert told == "noted: a\u241b[2J<U+202E>b c d"
