"""Who may say no to a trigger, what a conductor may record, and when nobody has to say yes."""

from dataclasses import replace

import pytest

from launchpad.checklist.model import Baseline, Checklist
from launchpad.launch.arming import frozen_by
from launchpad.launch.intents import (
    AcknowledgeGap,
    CaptureBaseline,
    CloseLaunch,
    DismissTrigger,
    RecordResult,
    StartRollback,
)
from launchpad.launch.moment import Moment
from launchpad.launch.operations import (
    ObservationGap,
    ProbeChanged,
    ProbeState,
    RollbackStarted,
)
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused
from launchpad.launch.trigger_facts import (
    BaselineCaptured,
    BaselineFigure,
    RollbackProposed,
    TriggerTripped,
)
from launchpad.launch.trigger_rules import begins_not, started
from launchpad.launch.tripping import proposal
from tests.launch.making import CLEO, Told
from tests.launch.test_tripping import MINUTE_MS, Night, smoke

FIGURES = (BaselineFigure(probe="health", samples=20, p50_us=100, p95_us=200),)
BEGINS = RollbackStarted(
    attempt=1, first="dns", reason="trigger smoke, and nobody decided in time: 503"
)


def tripped(trigger: str = "smoke", *, flapping: bool = False) -> TriggerTripped:
    return TriggerTripped(trigger=trigger, probe="health", shown="503", flapping=flapping)


def tripping(*triggers: object, flapping: bool = False) -> Night:
    """Return a launch after T-0 whose triggers have all tripped and proposed."""
    night = Night(*triggers)  # type: ignore[arg-type]  # triggers
    night.passes_t0()
    for trigger in night.triggers:
        night.reports(tripped(trigger.id, flapping=flapping))
        if proposed := proposal(night.now, trigger):
            night.reports(proposed)
    return night


def auto(**settings: object) -> Night:
    return tripping(smoke(action="auto", **settings))


def refused(night: Told, intent: object, by: Person | None = None) -> str:
    with pytest.raises(Refused) as caught:
        night.does(intent, by or CLEO)  # type: ignore[arg-type]  # an intent
    return str(caught.value)


def changed(night: Night, state: ProbeState) -> None:
    night.reports(
        ProbeChanged(
            probe="health", state=state, before=None, reason="ok", shown="", latency_us=None
        )
    )


def test_nobody_decided_in_time_and_the_rollback_begins() -> None:
    night = auto()
    night.ahead_ms = MINUTE_MS
    (open_one,) = night.now.triggers.proposals.values()
    assert started(night.now, open_one) == BEGINS
    night.reports(BEGINS)
    assert night.now.rollback
    assert night.now.triggers.proposal is None


def test_not_a_moment_too_soon() -> None:
    night = auto()
    night.ahead_ms = MINUTE_MS - 3_000
    with pytest.raises(Refused, match="there is time to decide"):
        night.reports(BEGINS)


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (lambda n: n.reports(ObservationGap(gap_ms=None)), "nobody acknowledged yet"),
        (lambda n: changed(n, "flapping"), "health changes all the time"),
        (
            lambda n: n.does(DismissTrigger("smoke", "known", MINUTE_MS, n.seen)),
            "no rollback was proposed that begins by itself",
        ),
        (
            lambda n: n.does(StartRollback("by hand", "storefront", None, n.seen)),
            "no rollback was proposed that begins by itself",
        ),
        (
            lambda n: n.does(RecordResult("dns", "passed", "", n.seen)),
            r"the point of no return is passed \(dns, passed by AB at",
        ),
    ],
    ids=["gap", "flapping", "dismissed", "started", "no-return"],
)
def test_what_keeps_it_from_beginning_by_itself(happens: object, why: str) -> None:
    night = auto()
    night.state = replace(
        night.now,
        opened=replace(night.now.opened, reading=_with_point_of_no_return(night)),
    )
    happens(night)  # type: ignore[operator]  # a function of the night
    night.ahead_ms = 10 * MINUTE_MS
    with pytest.raises(Refused, match=why):
        night.reports(BEGINS)


def _with_point_of_no_return(night: Night) -> Checklist:
    """Return the checklist with a point of no return at its item dns."""
    phases = tuple(
        replace(
            phase,
            items=tuple(replace(each, point_of_no_return=each.id == "dns") for each in phase.items),
        )
        for phase in night.now.checklist.phases
    )
    return replace(night.now.checklist, phases=phases)


@pytest.mark.parametrize(
    "night", [tripping(smoke()), tripping(smoke(action="auto"), flapping=True)]
)
def test_what_was_only_proposed_or_flaps_never_begins_by_itself(night: Night) -> None:
    assert night.now.triggers.proposal
    assert not night.now.triggers.proposal.auto
    night.ahead_ms = 10 * MINUTE_MS
    with pytest.raises(Refused, match="no rollback was proposed that begins by itself"):
        night.reports(BEGINS)


def test_only_the_conductor_and_only_so_begins_it() -> None:
    night = auto()
    night.ahead_ms = MINUTE_MS
    with pytest.raises(Refused, match="that is not how"):
        night.reports(replace(BEGINS, attempt=2))


def test_after_a_gap_people_have_their_time_to_decide_again() -> None:
    night = auto()
    night.reports(ObservationGap(gap_ms=60_000))
    night.ahead_ms = 10 * MINUTE_MS
    night.does(AcknowledgeGap(night.seen))
    night.ahead_ms = 0
    (again,) = night.now.triggers.proposals.values()
    assert again.since.at == night.events[-1].at
    now = Moment(again.since.at, again.since.mono_ns + 59_000_000_000, "a-boot")
    assert begins_not(night.now, again, now) == "there is time to decide"
    now = replace(now, mono_ns=again.since.mono_ns + 60_000_000_000)
    assert begins_not(night.now, again, now) is None


def test_the_most_pressing_of_several_proposals_is_shown_first() -> None:
    night = tripping(
        smoke(id="a"),
        smoke(id="b", action="auto", decide_within_ms=50_000),
        smoke(id="c", action="auto", decide_within_ms=30_000),
        smoke(id="d", action="notify"),
        smoke(id="e", decide_within_ms=None),
    )
    order = []
    while pressing := night.now.triggers.proposal:
        order.append(pressing.trigger)
        night.does(DismissTrigger(pressing.trigger, "known", MINUTE_MS, night.seen))
    assert order == ["c", "b", "a", "e"]


def test_while_people_are_asked_they_are_not_asked_anew() -> None:
    night = tripping(smoke())
    night.reports(tripped())
    assert proposal(night.now, night.triggers[0]) is None
    assert night.now.triggers.trigger("smoke").times == 2


@pytest.mark.parametrize(
    ("action", "frozen"), [("freeze", True), ("propose", False), ("notify", False)]
)
def test_only_a_trigger_that_freezes_does_until_it_is_dismissed(action: str, frozen: bool) -> None:
    night = tripping(smoke(action=action))
    assert bool(frozen_by(night.now)) is frozen
    night.does(DismissTrigger("smoke", "known", MINUTE_MS, night.seen))
    assert frozen_by(night.now) is None


def test_who_dismisses_says_why_and_for_how_long_and_looked_first() -> None:
    night = tripping(smoke())
    seen = night.seen
    assert "needs a reason" in refused(night, DismissTrigger("smoke", " ", MINUTE_MS, seen))
    assert "for a time" in refused(night, DismissTrigger("smoke", "known", 0, seen))
    assert "there are: smoke" in refused(night, DismissTrigger("smoky", "known", 1, seen))
    night.does(DismissTrigger("smoke", "the vendor", MINUTE_MS, seen))
    told = refused(night, DismissTrigger("smoke", "known", MINUTE_MS, seen))
    assert told.startswith("AB dismissed smoke at ")
    assert told.endswith("after what you saw: the vendor")
    night.ahead_ms = MINUTE_MS
    night.reports(tripped())
    told = refused(night, DismissTrigger("smoke", "known", MINUTE_MS, seen))
    assert told.startswith("smoke tripped at ")


def test_what_somebody_took_up_is_dismissed_no_more() -> None:
    night = tripping(smoke())
    seen = night.seen
    night.does(StartRollback("it burns", "storefront", None, seen))
    told = refused(night, DismissTrigger("smoke", "known", MINUTE_MS, seen))
    assert told.startswith("the rollback is already under way, started by AB at ")


def test_to_dismiss_needs_authority_over_the_rollback() -> None:
    night = tripping(smoke())
    plan = replace(night.now.checklist.rollback, authority=("dba",))  # type: ignore[type-var]  # set
    reading = replace(night.now.checklist, rollback=plan)
    night.state = replace(night.now, opened=replace(night.now.opened, reading=reading))
    told = refused(night, DismissTrigger("smoke", "known", MINUTE_MS, night.seen))
    assert told.startswith("CD has no authority over the rollback")


def test_what_people_watch_is_not_dismissed() -> None:
    night = Night(smoke(probes=(), text="Two customers called"))
    told = refused(night, DismissTrigger("smoke", "known", MINUTE_MS, night.seen))
    assert told == "people watch smoke: there is nothing to dismiss"


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        (TriggerTripped(trigger="other", probe="health", shown=""), "there is no trigger 'other'"),
        (TriggerTripped(trigger="smoke", probe="login", shown=""), "does not watch login"),
        (RollbackProposed(trigger="smoke"), "did not trip"),
    ],
)
def test_a_conductor_records_only_what_can_be(fact: TriggerTripped, why: str) -> None:
    night = Night(smoke())
    night.passes_t0()
    with pytest.raises(Refused, match=why):
        night.reports(fact)


def test_a_conductor_proposes_what_the_trigger_says() -> None:
    night = Night(smoke())
    night.passes_t0()
    night.reports(tripped())
    with pytest.raises(Refused, match="does not propose that"):
        night.reports(RollbackProposed(trigger="smoke", decide_within_ms=MINUTE_MS, auto=True))


def test_what_is_proposed_behind_the_point_of_no_return_says_what_holds_it_up() -> None:
    night = Night(smoke(action="auto"))
    phases = tuple(
        replace(
            phase,
            items=tuple(replace(each, point_of_no_return=each.id == "dns") for each in phase.items),
        )
        for phase in night.now.checklist.phases
    )
    reading = replace(night.now.checklist, phases=phases)
    night.state = replace(night.now, opened=replace(night.now.opened, reading=reading))
    night.passes_t0()
    night.does(RecordResult("dns", "passed", "", night.seen))
    night.reports(tripped())
    proposed = proposal(night.now, smoke(action="auto"))
    assert proposed
    assert proposed.auto
    assert proposed.held_up
    assert proposed.held_up.startswith("the point of no return is passed (dns, passed by ")
    night.reports(proposed)


def test_nothing_trips_before_its_time_or_while_it_is_dismissed() -> None:
    night = Night(smoke())
    with pytest.raises(Refused, match="smoke is not armed: T-0 has no time"):
        night.reports(tripped())
    night.passes_t0()
    night.does(DismissTrigger("smoke", "known", MINUTE_MS, night.seen))
    with pytest.raises(Refused, match="smoke is dismissed for another"):
        night.reports(tripped())


class Measuring(Night):
    """A launch that asks for a baseline."""

    def __init__(self, *, asks: bool = True) -> None:
        super().__init__(smoke())
        baseline = Baseline(5, ("health",), MINUTE_MS, 20) if asks else None
        reading = replace(self.now.checklist, baseline=baseline)
        self.state = replace(self.now, opened=replace(self.now.opened, reading=reading))


def test_a_baseline_is_captured_by_whoever_comes_first() -> None:
    night = Measuring()
    night.does(CaptureBaseline(FIGURES, MINUTE_MS))
    assert night.now.triggers.baseline == {"health": FIGURES[0]}
    with pytest.raises(Refused, match="captured already"):
        night.reports(BaselineCaptured(figures=FIGURES, over_ms=MINUTE_MS))


def test_what_is_no_baseline_is_refused() -> None:
    assert "asks for no baseline" in refused(Measuring(asks=False), CaptureBaseline(FIGURES, 1))
    assert "enough samples" in refused(Measuring(), CaptureBaseline((), 1))
    other = (replace(FIGURES[0], probe="login"),)
    assert "does not measure login" in refused(Measuring(), CaptureBaseline(other, 1))


def test_nothing_is_proposed_once_the_launch_is_closed() -> None:
    night = Night(smoke())
    night.passes_t0()
    night.reports(tripped())
    night.does(CloseLaunch("launched", "storefront"))
    assert proposal(night.now, night.triggers[0]) is None
