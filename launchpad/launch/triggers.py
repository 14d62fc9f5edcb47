"""The triggers of a rollback: which tripped, what was decided, and how events move them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from launchpad.launch.event import Event
from launchpad.launch.moment import Lapse, Moment, lapse, moment_of
from launchpad.launch.person import actor_initials
from launchpad.launch.trigger_facts import (
    BaselineCaptured,
    BaselineFigure,
    RollbackProposed,
    TriggerDismissed,
    TriggerFact,
    TriggerTripped,
)
from launchpad.text.safe import one_line

_NANOSECONDS_PER_MS = 1_000_000


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Somebody said no to a trigger, from a moment on for a time."""

    since: Moment
    for_ms: int
    by: str
    reason: str

    def left(self, now: Moment) -> Lapse:
        """Return how long it lasts from now on: 0 once it is over."""
        return _left(self.since, self.for_ms, now)


@dataclass(frozen=True, slots=True)
class Proposal:
    """People are asked to decide. auto: whether the rollback begins by itself in the end."""

    trigger: str
    since: Moment
    decide_within_ms: int | None
    auto: bool
    seq: int

    def left(self, now: Moment) -> Lapse | None:
        """Return the time to decide: 0 once it ran out, None where there is no such time."""
        if self.decide_within_ms is None:
            return None
        return _left(self.since, self.decide_within_ms, now)

    def overdue(self, now: Moment) -> bool:
        """Say whether nobody decided in time."""
        left = self.left(now)
        return left is not None and left.ms == 0


@dataclass(frozen=True, slots=True)
class TriggerState:
    """A trigger. tripped: since when, None where it was dismissed since or never tripped.

    probe, shown: what showed it; flapping: whether that probe changed all the time; times: how
    often it tripped; dismissal: the newest, over or not; proposed: whether people are asked since
    it tripped; touched: the seq of the last event on it.
    """

    tripped: Moment | None = None
    probe: str = ""
    shown: str = ""
    flapping: bool = False
    times: int = 0
    dismissal: Dismissal | None = None
    proposed: bool = False
    touched: int = 0


@dataclass(frozen=True, slots=True)
class TriggersState:
    """All triggers.

    proposal: of those that are open to be decided, the most pressing; proposals: all of them, by
    the trigger's id; baseline: by the probe's id.
    """

    each: Mapping[str, TriggerState] = field(default_factory=dict)
    proposal: Proposal | None = None
    baseline: Mapping[str, BaselineFigure] = field(default_factory=dict)
    baseline_at: Moment | None = None
    proposals: Mapping[str, Proposal] = field(default_factory=dict)

    def trigger(self, trigger: str) -> TriggerState:
        """Return a trigger's state."""
        return self.each.get(trigger, TriggerState())


def triggered(before: TriggersState, event: Event, body: TriggerFact) -> TriggersState:
    """Return the triggers after an event on them."""
    if isinstance(body, BaselineCaptured):
        figures = {figure.probe: figure for figure in body.figures}
        return replace(before, baseline=figures, baseline_at=moment_of(event))
    if isinstance(body, RollbackProposed):
        proposal = Proposal(
            body.trigger, moment_of(event), body.decide_within_ms, body.auto, event.seq
        )
        asked = replace(before.trigger(body.trigger), proposed=True)
        known_now = replace(before, each={**before.each, body.trigger: asked})
        return _open(known_now, {**before.proposals, body.trigger: proposal})
    known = before.trigger(body.trigger)
    if isinstance(body, TriggerTripped):
        after = replace(
            known,
            tripped=moment_of(event),
            probe=one_line(body.probe),
            shown=one_line(body.shown),
            flapping=body.flapping,
            times=known.times + 1,
            # While people are asked already, they are not asked anew.
            proposed=body.trigger in before.proposals,
            touched=event.seq,
        )
        return replace(before, each={**before.each, body.trigger: after})
    return _dismissed(before, known, event, body)


def _dismissed(
    before: TriggersState, known: TriggerState, event: Event, body: TriggerDismissed
) -> TriggersState:
    dismissal = Dismissal(
        moment_of(event), body.for_ms, actor_initials(event.actor), one_line(body.reason)
    )
    after = replace(known, tripped=None, dismissal=dismissal, touched=event.seq)
    left = {trigger: each for trigger, each in before.proposals.items() if trigger != body.trigger}
    return _open(replace(before, each={**before.each, body.trigger: after}), left)


def taken_up(before: TriggersState) -> TriggersState:
    """Return the triggers after a rollback began: nothing is proposed any more."""
    return _open(before, {})


def asked_again(before: TriggersState, now: Moment) -> TriggersState:
    """Return the triggers after somebody came back to them: the time to decide begins anew.

    Whoever acknowledges that nobody observed for a while must not find that a rollback begins at
    that very moment, by a timer that ran out while nobody was there.
    """
    asked = {trigger: replace(each, since=now) for trigger, each in before.proposals.items()}
    return _open(before, asked)


def freed(before: TriggersState, now: Moment) -> TriggersState:
    """Return the triggers after what kept a rollback from beginning by itself may be over.

    Everybody was told that it does not begin: what ran out meanwhile is asked anew, so that it does
    not begin at the very moment at which a step ends or a tick is taken back.
    """
    asked = {
        trigger: replace(each, since=now) if each.auto and each.overdue(now) else each
        for trigger, each in before.proposals.items()
    }
    return _open(before, asked)


def _open(before: TriggersState, proposals: Mapping[str, Proposal]) -> TriggersState:
    pressing = min(proposals.values(), key=_pressing, default=None)
    return replace(before, proposals=proposals, proposal=pressing)


def _pressing(proposal: Proposal) -> tuple[bool, bool, int, int]:
    """Return a key that is least for what people have to decide first."""
    within_ms = proposal.decide_within_ms
    ends = proposal.since.mono_ns + (within_ms or 0) * _NANOSECONDS_PER_MS
    return not proposal.auto, within_ms is None, ends, proposal.seq


def _left(since: Moment, for_ms: int, now: Moment) -> Lapse:
    passed = lapse(since, now)
    return Lapse(max(for_ms - passed.ms, 0), passed.exact)
