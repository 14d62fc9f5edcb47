"""How long the steps really took: in the rehearsals and the other launches of the same checklist.

Two launches are of the same checklist where their checklists' own code words are the same: a title
may change from one launch to the next, and the word of a rehearsal is made of it. A step is the
same where its id, its title, its kind and what it does are: the command's words, the request, the
instructions, or what it waits for. Estimates, deadlines and the place in the document may differ.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Checklist, Rollback, Step
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.kinds import Mode
from launchpad.launch.moment import day
from launchpad.launch.state import LaunchState
from launchpad.launch.step import StepState
from launchpad.log.errors import LogUnreadable
from launchpad.log.store import Log
from launchpad.session.live import LiveLaunch

# A rehearsal does these as they are, and of the others only their `rehearse` form.
_NEVER_REPLACED = frozenset({"manual", "wait"})
# Opened, the rollback started or a step requested, a step started, the step ended.
_SHORTEST = 4
# Who ended what ended by itself (`launch.person.actor_initials`).
_CONDUCTOR = "auto"


@dataclass(frozen=True, slots=True)
class Taken:
    """How long a step took once: in which launch, and when it began (RFC 3339, UTC)."""

    ms: int
    launch: str
    mode: Mode
    at: str


@dataclass(frozen=True, slots=True)
class Actual:
    """What is known of a step's duration. median_ms: one that was measured, the lower of two."""

    last: Taken
    median_ms: int
    count: int


# From a step's id to what is known of it.
Actuals: TypeAlias = Mapping[str, Actual]


@dataclass(frozen=True, slots=True)
class History:
    """How long steps took elsewhere: those of the rollback, and those of items by the item's id."""

    rollback: Actuals = field(default_factory=dict)
    cutover: Actuals = field(default_factory=dict)


def earlier(log: Log, state: LaunchState) -> History:
    """Return the actual durations of a launch's steps, from its log. Raises LogError."""
    plan, cutover = state.checklist.rollback, _cutover_steps(state.checklist)
    if not cutover and not (plan and plan.steps):
        return History()
    launches = list(other_launches(log, state))
    return History(
        rollback=actual_durations(plan, launches) if plan else {},
        cutover=cutover_durations(cutover, launches),
    )


def other_launches(log: Log, state: LaunchState) -> Iterator[LaunchState]:
    """Yield the other launches of the same checklist, oldest first. Raises LogError.

    Only those are read whose first event says so and that are long enough for a step to have ended.
    One that makes no sense has nothing to say.
    """
    for opening in log.launches():
        launch = opening.first.launch
        reading = opening.first.body.get("reading")
        word = reading.get("code_word") if isinstance(reading, dict) else None
        ended = opening.head.seq >= _SHORTEST
        if not ended or launch == state.launch or word != state.checklist.code_word:
            continue
        try:
            yield LiveLaunch(log, launch).state
        except LogUnreadable:
            continue


def actual_durations(plan: Rollback, launches: Iterable[LaunchState]) -> Actuals:
    """Return what the launches say of a rollback's steps, of which those never done are absent.

    launches: oldest first. A step counts where it was carried out and ended well: a manual one when
    somebody confirmed it, any other by itself; not one that a rehearsal only noted.
    """
    return _durations(plan.steps, launches, _carried_out)


def cutover_durations(steps: Iterable[Step], launches: Iterable[LaunchState]) -> Actuals:
    """Return the same of items' steps."""
    return _durations(steps, launches, _carried_out_for_items)


def _durations(
    steps: Iterable[Step],
    launches: Iterable[LaunchState],
    carried_out: Callable[[LaunchState], Iterator[tuple[Step, StepState]]],
) -> Actuals:
    wanted = {step.id: _same(step) for step in steps}
    found: dict[str, list[Taken]] = {}
    for launch in launches:
        for step, state in carried_out(launch):
            if wanted.get(step.id) == _same(step) and state.began and state.elapsed_ms is not None:
                taken = Taken(state.elapsed_ms, launch.launch, launch.mode, state.began.at)
                found.setdefault(step.id, []).append(taken)
    return {step: Actual(taken[-1], _median_ms(taken), len(taken)) for step, taken in found.items()}


def _median_ms(taken: Sequence[Taken]) -> int:
    # By hand: `statistics` takes longer to import than a launch's state takes to read.
    return sorted(each.ms for each in taken)[(len(taken) - 1) // 2]


def never_rehearsed(state: LaunchState, actuals: Actuals) -> tuple[Step, ...]:
    """Return the rollback's steps that nobody ever carried out as they are written now.

    In a rehearsal none is: this is their rehearsal.
    """
    plan = state.checklist.rollback
    if plan is None or state.mode == "rehearsal":
        return ()
    return tuple(step for step in plan.steps if step.id not in actuals)


def took(actual: Actual) -> str:
    """Return an actual duration in words, such as `took 1m12s in the rehearsal of 2026-11-20`."""
    last = actual.last
    what = "rehearsal" if last.mode == "rehearsal" else "launch"
    median = f", median {duration(actual.median_ms)} of {actual.count}" if actual.count > 1 else ""
    return f"took {duration(last.ms)} in the {what} of {day(last.at)}{median}"


def flagged(steps: Sequence[Step]) -> str | None:
    """Return which steps were never rehearsed, such as `never rehearsed: dns, cron`; or None."""
    return f"never rehearsed: {', '.join(step.id for step in steps)}" if steps else None


def _same(step: Step) -> tuple[object, ...]:
    """Return what a step is told by."""
    command = replace(step.command, line=0) if step.command else None
    doing = (command, step.http, step.instructions, step.wait_ms, step.wait_until)
    return (step.id, step.title, step.kind, *doing)


def _carried_out(launch: LaunchState) -> Iterator[tuple[Step, StepState]]:
    plan = launch.checklist.rollback
    for attempt in (*launch.attempts, *([launch.rollback] if launch.rollback else [])):
        for step in plan.steps if plan else ():
            state = attempt.step(step.id)
            if _well(step, state, launch.mode):
                yield step, state


def _carried_out_for_items(launch: LaunchState) -> Iterator[tuple[Step, StepState]]:
    for step in _cutover_steps(launch.checklist):
        state = launch.step(CUTOVER, step.id)
        if _well(step, state, launch.mode):
            yield step, state


def _cutover_steps(checklist: Checklist) -> tuple[Step, ...]:
    return tuple(item.step for item in checklist.items() if item.step)


def _well(step: Step, state: StepState, mode: Mode) -> bool:
    """Say whether a step was carried out and ended well.

    What a person resolved as done has another duration, or none.
    """
    only_noted = mode == "rehearsal" and step.rehearse is None and step.kind not in _NEVER_REPLACED
    ended_by_person = state.by != _CONDUCTOR
    return state.status == "done" and not only_noted and ended_by_person == (step.kind == "manual")
