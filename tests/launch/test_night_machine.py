"""Random nights of a whole launch: clock, polls, triggers, steps and rollback, all at once.

Whatever people, conductors, crashes and clocks do, in whatever order: nothing but a refusal comes
of it, T never jumps by itself, and nothing starts that must not.
"""

from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from launchpad.checklist.model import Trigger
from launchpad.launch.arming import trigger_standing
from launchpad.launch.clock_facts import ClockHeld, ClockResumed, ClockStepped
from launchpad.launch.countdown import Reading, reading
from launchpad.launch.cutover import next_cutover, no_return
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.fold import fold
from launchpad.launch.intents import (
    AbandonRollback,
    AcknowledgeGap,
    CastVote,
    CloseLaunch,
    ClosePoll,
    ConfirmStep,
    DismissTrigger,
    HoldClock,
    Intent,
    KillStep,
    OpenPoll,
    PauseRollback,
    RecycleClock,
    ReportFact,
    ResolveStep,
    ResumeClock,
    ResumeRollback,
    RunStep,
    ScrubLaunch,
    SetT0,
    StartRollback,
)
from launchpad.launch.moment import Moment, shifted
from launchpad.launch.operations import (
    RESOLUTIONS,
    ConductorStarted,
    ObservationGap,
    ProbeChanged,
    ProbeState,
    Report,
    Resolution,
    RollbackCompleted,
    StepEnd,
    StepFinished,
    StepIndeterminate,
    StepStarted,
)
from launchpad.launch.person import Person
from launchpad.launch.poll_facts import POLL_OUTCOMES, VOTES, PollOutcome, Vote
from launchpad.launch.poll_unmet import unmet
from launchpad.launch.refused import Refused
from launchpad.launch.rollback import Begin, next_act
from launchpad.launch.solvency import fit
from launchpad.launch.tally import poll_word
from launchpad.launch.trigger_facts import TriggerTripped
from launchpad.launch.trigger_rules import started
from launchpad.launch.tripping import proposal
from tests.launch.making import ADA, CLEO
from tests.launch.nights import MINUTE_MS, TRIGGERS, WORD, Night
from tests.launch.rolling import NIGHT, later

ITEMS = ("dns", "smoke")
PEOPLE = st.sampled_from([ADA, CLEO])
BEHIND = st.sampled_from([0, 0, 0, 1, 4])
STEPS = st.sampled_from(["dns", "jobs", "tell", "smoke"])
RUNS = st.integers(1, 3)
ENDS: list[StepEnd] = ["done", "failed", "timed-out"]
STATES: list[ProbeState] = ["success", "failed", "error", "inconclusive", "flapping"]


class Nights(RuleBasedStateMachine):
    """People decide and conductors report, out of turn as often as in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.night = Night()
        self.ran: set[tuple[int, str, int]] = set()
        self.went_back = False

    def tries(self, intent: Intent, by: Person = ADA) -> bool:
        """Submit an intent; nothing but Refused may come of it, and T stands where it stood."""
        before, t_before = self.night.now, self.read()
        try:
            self.night.does(intent, by)
        except Refused:
            assert self.night.state is before
            return False
        assert before.closure is None, "something was recorded after the close"
        t_after = self.read()
        if t_before and t_after and not isinstance(intent, SetT0 | RecycleClock):
            assert t_after.t_ms == t_before.t_ms, "T jumped"
        return True

    def reports(self, fact: Report, epoch: int | None = None) -> bool:
        intent = ReportFact(fact, epoch or self.night.epoch, self.night.clock)
        return self.tries(intent, NIGHT)

    def read(self) -> Reading | None:
        state = self.night.now
        clock = state.countdown
        return reading(clock, state.checklist.holds, self.night.clock) if clock else None

    def seen(self, behind: int) -> int:
        return max(self.night.seen - behind, 0)

    @property
    def attempt(self) -> int:
        rollback = self.night.now.rollback
        return rollback.attempt if rollback else 1

    @initialize(in_ms=st.integers(0, 40 * MINUTE_MS))
    def opens(self, in_ms: int) -> None:
        self.sets_t0(in_ms, ADA, 0)

    @rule(ms=st.sampled_from([1, 900, 30_000, 61_000, 10 * MINUTE_MS, 90 * MINUTE_MS]))
    def time_passes(self, ms: int) -> None:
        before = self.read()
        self.night.clock = later(self.night.clock, ms)
        after = self.read()
        if before and after:
            assert 0 <= after.t_ms - before.t_ms <= ms, "T went back, or faster than time"
            assert not (before.held and after.t_ms != before.t_ms), "T ran in a hold"
            if after.exact:
                assert after.l_ms - before.l_ms == ms, "L does not stop"

    @rule(ms=st.sampled_from([-3_600_000, 3_600_000]))
    def wall_clock_is_set(self, ms: int) -> None:
        before = self.read()
        self.night.clock = replace(self.night.clock, at=shifted(self.night.clock.at, ms))
        after = self.read()
        if before and after and before.exact:
            assert before.t_ms == after.t_ms, "the wall clock moved T"
        self.reports(ClockStepped(step_ms=ms))

    @rule(down_ms=st.sampled_from([20_000, 3_600_000]), wall_ms=st.sampled_from([0, -7_200_000]))
    def machine_reboots(self, down_ms: int, wall_ms: int) -> None:
        """Start anew, with a wall clock that may be wrong: another conductor says so at once."""
        clock = self.night.clock
        boot = f"boot-{len(self.night.events)}"
        self.night.clock = Moment(shifted(clock.at, down_ms + wall_ms), 10**9, boot)
        self.takes_over(ObservationGap(gap_ms=None))

    @rule(gap=st.sampled_from([None, ObservationGap(gap_ms=20_000)]))
    def takes_over(self, gap: ObservationGap | None) -> None:
        epoch = self.night.epoch + 1
        taken = ConductorStarted(epoch=epoch, host="h", user="u", pid=1, program="p")
        if self.tries(ReportFact(taken, epoch, self.night.clock, gap), NIGHT):
            self.night.epoch = epoch
            assert gap is None or self.night.now.gap == self.night.seen

    @rule(in_ms=st.integers(-1, 60 * MINUTE_MS), by=PEOPLE, behind=BEHIND)
    def sets_t0(self, in_ms: int, by: Person, behind: int) -> None:
        t0 = shifted(self.night.clock.at, in_ms)
        if self.tries(SetT0(t0, "UTC", in_ms, None, self.seen(behind)), by):
            read = self.read()
            assert by == ADA
            assert read
            assert read.t0 == t0

    @rule(by=PEOPLE, behind=BEHIND)
    def holds(self, by: Person, behind: int) -> None:
        self.tries(HoldClock("wait", self.seen(behind)), by)

    @rule(by=PEOPLE, behind=BEHIND, reason=st.sampled_from(["", "on"]))
    def resumes(self, by: Person, behind: int, reason: str) -> None:
        self.tries(ResumeClock(reason, self.night.clock, self.seen(behind)), by)

    @rule(t_ms=st.sampled_from([-30 * MINUTE_MS, -MINUTE_MS, 0]), behind=BEHIND)
    def recycles(self, t_ms: int, behind: int) -> None:
        before = self.read()
        if self.tries(RecycleClock(t_ms, "again", self.night.clock, self.seen(behind))):
            after = self.read()
            assert before
            assert after
            assert after.t_ms == t_ms < before.t_ms

    @rule()
    def conductor_keeps_the_clock(self) -> None:
        self.reports(ClockHeld(reason="criterion"))
        self.reports(ClockResumed(hold="ready", at_once=False, why="it is there"))

    @rule(behind=BEHIND)
    def opens_poll(self, behind: int) -> None:
        self.tries(OpenPoll("cutover", None, None, self.seen(behind)))

    @rule(vote=st.sampled_from(VOTES), by=PEOPLE, behind=BEHIND)
    def votes(self, vote: Vote, by: Person, behind: int) -> None:
        self.tries(CastVote("dba", vote, "", self.night.clock, self.seen(behind)), by)

    @rule(outcome=st.sampled_from(POLL_OUTCOMES), reason=st.sampled_from(["", "why"]))
    def closes_poll(self, outcome: PollOutcome, reason: str) -> None:
        before = self.night.now.rollback
        self.tries(ClosePoll(outcome, reason, self.night.clock, self.night.seen))
        assert self.night.now.rollback == before, "a poll rolled something back"

    @rule(state=st.sampled_from(STATES))
    def probe_changes(self, state: ProbeState) -> None:
        self.reports(
            ProbeChanged(
                probe="health", state=state, before=None, reason="r", shown="s", latency_us=None
            )
        )

    @rule(trigger=st.sampled_from(TRIGGERS), flapping=st.booleans())
    def trips(self, trigger: Trigger, *, flapping: bool) -> None:
        self.reports(
            TriggerTripped(trigger=trigger.id, probe="health", shown="503", flapping=flapping)
        )
        if proposed := proposal(self.night.now, trigger):
            self.reports(proposed)

    @rule(trigger=st.sampled_from(["red", "stop"]), by=PEOPLE, behind=BEHIND)
    def dismisses(self, trigger: str, by: Person, behind: int) -> None:
        if self.tries(DismissTrigger(trigger, "known", 10 * MINUTE_MS, self.seen(behind)), by):
            assert by == ADA
            assert trigger not in self.night.now.triggers.proposals

    @rule()
    def rollback_begins_by_itself(self) -> None:
        before = self.night.now
        for each in before.triggers.proposals.values():
            if self.reports(started(before, each)):
                opened = [p for p in before.triggers.proposals.values() if p.auto]
                assert any(p.overdue(self.night.clock) for p in opened), "nobody had the time"
                assert before.gap is None
                assert before.scrub is None
                assert before.rollback is None
                assert no_return(before) is None
                assert before.running_step in (None, "smoke")
                self.went_back = True
                return

    @rule(word=st.sampled_from([WORD, WORD, "wrong"]), by=PEOPLE, behind=BEHIND, past=st.booleans())
    def rolls_back(self, word: str, by: Person, behind: int, *, past: bool) -> None:
        before = self.night.now
        if self.tries(StartRollback("why", word, None, self.seen(behind), past), by):
            assert word == WORD
            assert by == ADA
            assert past or no_return(before) is None
            assert self.night.now.gap is None
            self.went_back = True

    @rule()
    def does_what_is_next(self) -> None:
        """Do what a conductor does: begin what is next, of the rollback or of an item."""
        state = self.night.now
        plan = state.checklist.rollback
        assert plan
        act = next_act(plan, state.rollback, 0)
        if isinstance(act, Begin):
            self.begins(act.step.id, act.run, self.attempt)
        elif begin := next_cutover(state):
            self.begins(begin.step.id, begin.run, CUTOVER)

    @rule(step=STEPS, run=RUNS, attempt=st.integers(0, 2))
    def begins(self, step: str, run: int, attempt: int) -> None:
        before = self.night.now
        if not self.reports(StepStarted(step=step, attempt=attempt, run=run)):
            return
        assert before.running_step is None, "two steps run at once"
        assert (attempt, step, run) not in self.ran, "a run was begun twice"
        assert before.gap is None, "nobody observed, and a step began"
        self.ran.add((attempt, step, run))
        rollback = before.rollback
        if attempt == CUTOVER:
            assert before.scrub is None
            assert rollback is None or rollback.over
            known = before.step(CUTOVER, step)
            assert rollback is None or known.touched > rollback.touched, "gone back from, and begun"
        else:
            assert rollback
            assert rollback.status == "running"
            assert self.went_back

    @rule(step=STEPS, run=RUNS, end=st.sampled_from(ENDS), attempt=st.integers(0, 2))
    def ends(self, step: str, run: int, end: StepEnd, attempt: int) -> None:
        fact = StepFinished(step=step, attempt=attempt, run=run, end=end, elapsed_ms=1)
        if self.reports(fact):
            assert (attempt, step, run) in self.ran, "a step ended that never began"

    @rule(nothing_runs=st.booleans(), attempt=st.integers(0, 2), step=STEPS, run=RUNS)
    def is_lost(self, attempt: int, step: str, run: int, *, nothing_runs: bool) -> None:
        fact = StepIndeterminate(
            step=step, attempt=attempt, run=run, why="?", nothing_runs=nothing_runs
        )
        self.reports(fact)

    @rule(name=st.sampled_from(ITEMS), word=st.sampled_from([WORD, ""]), behind=BEHIND)
    def wants_step(self, name: str, word: str, behind: int) -> None:
        if self.tries(RunStep(name, self.seen(behind), word, "once more")):
            assert word or name != "dns"

    @rule(
        act=st.sampled_from(["resolve", "confirm", "kill"]),
        step=STEPS,
        resolution=st.sampled_from(RESOLUTIONS),
        cutover=st.booleans(),
        behind=BEHIND,
    )
    def decides_about_step(
        self, act: str, step: str, resolution: Resolution, behind: int, *, cutover: bool
    ) -> None:
        seen = self.seen(behind)
        intents: dict[str, Any] = {
            "resolve": ResolveStep(step, resolution, "why", seen, cutover),
            "confirm": ConfirmStep(step, "", seen, cutover),
            "kill": KillStep(step, "why", seen, cutover),
        }
        passed = no_return(self.night.now)
        if self.tries(intents[act]) and resolution == "retry":
            assert passed is None or no_return(self.night.now), "a retry undid what was done"

    @rule(by=PEOPLE, behind=BEHIND)
    def pauses_or_resumes(self, by: Person, behind: int) -> None:
        if not self.tries(ResumeRollback(self.seen(behind)), by):
            self.tries(PauseRollback("wait"), by)

    @rule(kill=st.booleans())
    def abandons(self, *, kill: bool) -> None:
        self.tries(AbandonRollback("why", WORD, (), kill=kill))

    @rule()
    def completes(self) -> None:
        self.reports(RollbackCompleted(attempt=self.attempt, elapsed_ms=1))

    @rule(behind=BEHIND)
    def acknowledges(self, behind: int) -> None:
        if self.tries(AcknowledgeGap(self.seen(behind))):
            opened = self.night.now.triggers.proposals.values()
            assert not any(each.overdue(self.night.clock) for each in opened)

    @rule(often=st.integers(0, 4))
    def scrubs_or_closes(self, often: int) -> None:
        """End it, but seldom."""
        if often == 0 and len(self.night.events) > 20:
            self.tries(ScrubLaunch("storm", self.night.seen))
        elif often == 1 and len(self.night.events) > 30:
            self.tries(CloseLaunch("scrubbed", WORD))

    @invariant()
    def the_log_says_it_all(self) -> None:
        assert fold(None, self.night.events) == self.night.state

    @invariant()
    def everything_can_be_shown(self) -> None:
        state, now = self.night.now, self.night.clock
        fit(state, now)
        for trigger in TRIGGERS:
            trigger_standing(state, trigger, now)
        if state.poll:
            poll_word(state, state.poll, now)
            unmet(state, state.poll, now)

    @invariant()
    def nothing_is_next_that_is_forbidden(self) -> None:
        state = self.night.now
        if state.gap is not None or state.closure:
            plan = state.checklist.rollback
            assert plan
            assert not isinstance(next_act(plan, state.rollback, 0), Begin)
            assert next_cutover(state) is None


Nights.TestCase.settings = settings(max_examples=30, stateful_step_count=50, deadline=None)
TestNights = Nights.TestCase
