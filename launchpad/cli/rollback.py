"""What the rollback commands do: decisions about the way back, recorded and followed."""

import time
from collections.abc import Iterator, Sequence

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Checklist, Rollback
from launchpad.cli import places
from launchpad.cli.acting import Given, record, refuse_at_once, require_answer, taking_part
from launchpad.cli.conducting import Conducted
from launchpad.cli.misused import Misused
from launchpad.cli.output import flush, narrate
from launchpad.cli.rollback_wait import completed
from launchpad.cli.step_text import step_line
from launchpad.cli.terminal import ask
from launchpad.launch.intents import (
    AbandonRollback,
    ConfirmStep,
    Intent,
    PauseRollback,
    ResolveStep,
    ResumeRollback,
    StartRollback,
)
from launchpad.launch.operations import AsLeft, Resolution
from launchpad.launch.state import LaunchState
from launchpad.log.errors import LogError
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import Participant
from launchpad.text.safe import one_line

WORD_IS_TYPED = "say --confirm WORD, with the launch's code word"


def start(
    given: Given,
    reason: str,
    word: str | None,
    first: str | None,
    *,
    wait: bool,
    past_no_return: bool,
) -> int:
    """Begin the way back, the code word typed: as --confirm, or when asked.

    wait: until it ended; past_no_return: although nobody was to go back any more.
    Returns 1 where it then was not completed, else 0.
    """
    with taking_part(given) as (live, by):
        state = live.state
        step = None if first is None else places.step(state.checklist, first).id
        seen = state.head.seq
        known = StartRollback(reason, state.code_word, step, seen, past_no_return)
        refuse_at_once(live, known, by)
        for line in _left_out(state, step):
            narrate(line)
        if word is None:
            require_answer(WORD_IS_TYPED)
            for line in _about_to_run(state, step):
                narrate(line)
            word = ask(f"Type {state.code_word} to start the rollback:")
        intent = StartRollback(reason, word, step, seen, past_no_return)
        decide_about(given, live, intent, by)
        rollback = live.state.rollback
        if not wait or rollback is None:
            return 0
        return 0 if completed(live, rollback.attempt) else 1


def pause(given: Given, reason: str, as_left: Sequence[str]) -> None:
    """Let no further step start. as_left: STEP=TEXT, how steps are left."""
    with taking_part(given) as (live, by):
        left = _as_left(live.state.checklist, as_left)
        decide_about(given, live, PauseRollback(reason, left), by)


def resume(given: Given) -> None:
    """Let steps start again."""
    with taking_part(given) as (live, by):
        decide_about(given, live, ResumeRollback(live.state.head.seq), by)


def abandon(
    given: Given, reason: str, word: str | None, as_left: Sequence[str], *, kill: bool
) -> None:
    """Give the rollback up, the code word typed: as --confirm, or when asked.

    as_left: STEP=TEXT, how each step was left; whoever is asked for the word is asked for them too.
    """
    with taking_part(given) as (live, by):
        state = live.state
        left = _as_left(state.checklist, as_left)
        refuse_at_once(live, AbandonRollback(reason, state.code_word, left, kill), by)
        if word is None:
            require_answer(WORD_IS_TYPED)
            left = (*left, *_asked(state, {each.step for each in left}))
            word = ask(f"Type {state.code_word} to abandon the rollback:")
        decide_about(given, live, AbandonRollback(reason, word, left, kill), by)


def resolve(given: Given, step: str, resolution: Resolution, reason: str) -> None:
    """Decide about a step that failed, timed out or is indeterminate."""
    with taking_part(given) as (live, by):
        place, seen = place_of(live.state, step), live.state.head.seq
        intent = ResolveStep(place.step.id, resolution, reason, seen, place.cutover)
        decide_about(given, live, intent, by)


def confirm(given: Given, step: str, note: str) -> None:
    """Say that a manual step is done."""
    with taking_part(given) as (live, by):
        place, seen = place_of(live.state, step), live.state.head.seq
        decide_about(given, live, ConfirmStep(place.step.id, note, seen, place.cutover), by)


def decide_about(given: Given, live: LiveLaunch, intent: Intent, by: Participant) -> None:
    """Record a decision that a conductor acts on, and see to it that there is one."""
    record(given, live, intent, by)
    flush()
    try:
        # It is a conductor that acts on the decision.
        Conducted(live.log, live.state).see_to(time.monotonic())
    except LogError as error:
        narrate(f"it is recorded; whether somebody conducts the launch is unknown: {error}")


def place_of(state: LaunchState, typed: str) -> places.StepPlace:
    """Return the step that was meant, of the rollback or of an item. Raises Misused."""
    return places.any_step(state.checklist, typed, rolling_back=state.phase == "rolling-back")


def _left_out(state: LaunchState, first: str | None) -> Iterator[str]:
    """Yield what a first attempt that begins later never does."""
    plan = state.checklist.rollback
    if plan is None or first is None or state.rollback:
        return
    ids = [step.id for step in plan.steps]
    left = ids[: ids.index(first)]
    if left:
        yield f"this is the first attempt, and --from {first} leaves out: {', '.join(left)}"


def _about_to_run(state: LaunchState, first: str | None) -> Iterator[str]:
    plan, home = state.checklist.rollback, state.home
    if plan is None:
        return
    yield f"{one_line(state.title)}, {state.mode.upper()}: its rollback begins with"
    ids = [step.id for step in plan.steps]
    for step in plan.steps[ids.index(first) if first else 0 :]:
        yield f"  {step_line(step)}"
    yield f"commands run as {one_line(home.user)}@{one_line(home.host)}{_budget(plan)}"


def _budget(plan: Rollback) -> str:
    return f"; budget {duration(plan.budget_ms)}" if plan.budget_ms is not None else ""


def _as_left(checklist: Checklist, given: Sequence[str]) -> tuple[AsLeft, ...]:
    left: dict[str, AsLeft] = {}
    for each in given:
        typed, equals, text = each.partition("=")
        if not equals or not text.strip():
            raise Misused(f"--as-left takes STEP=TEXT, such as dns=done, not {one_line(each)!r}")
        step = places.step(checklist, typed.strip()).id
        if step in left:
            raise Misused(f"--as-left says twice how {step} was left")
        left[step] = AsLeft(step=step, text=text)
    return tuple(left.values())


def _asked(state: LaunchState, told: set[str]) -> Iterator[AsLeft]:
    plan, rollback = state.checklist.rollback, state.rollback
    if plan is None or rollback is None:
        return
    narrate("how each step was left: done, not done, partly …, unknown")
    for step in plan.steps:
        if step.id not in told:
            status = rollback.step(step.id).status
            text = ask(f"  {step.id} ({status}) {one_line(step.title)}:")
            yield AsLeft(step=step.id, text=text)
