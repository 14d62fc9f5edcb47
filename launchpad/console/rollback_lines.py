"""What the rollback screen says: heading, clock, steps, and what the step at work prints."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Rollback, Step
from launchpad.console.budget import (
    Budget,
    budget_of,
    clock_figures,
    clock_words,
    next_words,
    pause_words,
)
from launchpad.console.digits import HEIGHT, big
from launchpad.console.fitting import fit, fit_content
from launchpad.console.ink import Ink
from launchpad.console.probing import glyph
from launchpad.console.sight import Printed, looked_at
from launchpad.console.step_words import step_standing, time_words
from launchpad.console.words import STEP_WORDS
from launchpad.launch.event import Stamp
from launchpad.launch.moment import lapse, moment_at, second
from launchpad.launch.rollback import RollbackState, waiting_for
from launchpad.launch.state import LaunchState
from launchpad.launch.step import StepState, asks, is_process, settled, wanting
from launchpad.session.handover_words import handover_lines
from launchpad.session.probe_words import verifying_words

_EXPECTED = 6
_NARROWEST_TITLE = 16
_STANDING = 34
_BAR = 8
_RED = "bold $text-error"


@dataclass(frozen=True, slots=True)
class RollbackView:
    """What is drawn: a launch whose rollback has begun, now. printed: by the step looked at."""

    state: LaunchState
    plan: Rollback
    rollback: RollbackState
    at: Stamp
    printed: Printed | None

    @property
    def budget(self) -> Budget:
        """The rollback's times."""
        return budget_of(self.plan, self.rollback, self.at)


def view_of(state: LaunchState, at: Stamp, printed: Printed | None) -> RollbackView | None:
    """Return what is to be drawn of a launch; None while no rollback has begun."""
    plan, rollback = state.checklist.rollback, state.rollback
    if plan is None or rollback is None:
        return None
    return RollbackView(state, plan, rollback, at, printed)


def heading(view: RollbackView, trouble: str | None, width: int, ink: Ink) -> list[Content]:
    """Return which rollback of what since when, and why, or what is in its way: two lines or more.

    trouble: why nothing is recorded or carried out, None while all is well; none of it is cut off,
    for it says what to type.
    """
    rollback, state = view.rollback, view.state
    mode = "LIVE" if state.mode == "live" else "REHEARSAL"
    began = f"attempt {rollback.attempt} by {ink.line(rollback.by)} {second(rollback.began.at)} "
    title = fit(ink.line(state.title), width - 15 - len(mode) - cell_len(began), ink.cut)
    first = Content.assemble(
        (" ROLLBACK ", "bold $error on $error-muted"),
        (f" {title}", "bold"),
        f"  {mode}  ",
        began,
    )
    if trouble:
        told = textwrap.wrap(ink.line(trouble), width - 1, break_on_hyphens=False)
        style = "bold $error on $error-muted"
        rest = [fit_content(Content.styled(f" {line}", style), width, ink.cut) for line in told]
        return [fit_content(first, width, ink.cut), *rest]
    if rollback.status == "paused":
        paused = f" {ink.line(pause_words(rollback))}; p lets steps start again"
        second_line = Content.styled(paused, "bold $text-warning")
    else:
        second_line = Content(f" {ink.line(rollback.reason)}")
    return [fit_content(line, width, ink.cut) for line in (first, second_line)]


def clock(view: RollbackView, width: int, ink: Ink) -> Content:
    """Return the clock: HEIGHT lines, words on the left and the figures on the right."""
    budget = view.budget
    style = _RED if budget.red and not view.rollback.over else "bold"
    drawn = big(clock_figures(budget), ink)
    room = width - cell_len(drawn[0]) - 3
    words = [*_clock_lines(view, budget), *[("", "")] * HEIGHT][:HEIGHT]
    lines = [
        Content.assemble((fit(f" {text}", room, ink.cut), said), (f" {row}  ", style))
        for (text, said), row in zip(words, drawn, strict=True)
    ]
    return Content("\n").join(lines)


def _clock_lines(view: RollbackView, budget: Budget) -> Iterator[tuple[str, str]]:
    rollback = view.rollback
    taken = duration(budget.elapsed)
    allowed = f" of {duration(budget.allowed)}" if budget.allowed is not None else ""
    if rollback.over:
        yield f"{rollback.status} in {taken}{allowed}", "bold"
        yield "esc goes back to the launch", "$foreground-muted"
        return
    yield clock_words(budget), _RED if (budget.left or 0) < 0 else "bold"
    due = next_words(view.plan, rollback, view.at)
    beside = f"; {due}" if due else f", now {second(view.at.at)}"
    yield f"elapsed {taken}{beside}", _RED if due and "LATE" in due else ""
    ends = f"{'ends at the earliest' if budget.earliest else 'projected to end'} {budget.ends}"
    if budget.spare is not None and budget.spare < 0:
        yield f"{ends}: {duration(-budget.spare)} OVER the budget", _RED
    elif budget.spare is None or budget.earliest:
        yield ends, ""
    else:
        yield f"{ends} with {duration(budget.spare)} to spare", ""


def steps(view: RollbackView, width: int, height: int, ink: Ink) -> Content:
    """Return the steps, one a line, in at most height lines; what is at work always shows."""
    plan, at_work = view.plan.steps, looked_at(view.state)
    current = plan.index(at_work) if at_work in plan else 0
    first = max(min(current - height // 2, len(plan) - height), 0)
    shown = list(enumerate(plan, 1))[first : first + height]
    return Content("\n").join(_step_line(view, number, step, width, ink) for number, step in shown)


def _step_line(view: RollbackView, number: int, step: Step, width: int, ink: Ink) -> Content:
    state = view.rollback.step(step.id)
    word = STEP_WORDS[state.status]
    style = word.style if not view.rollback.over or state.status != "running" else ""
    longest = max(cell_len(ink.line(each.title)) for each in view.plan.steps)
    room = max(min(longest, width - 5 - _EXPECTED - 2 - _STANDING), _NARROWEST_TITLE)
    standing = ink.line(step_standing(view.state, view.rollback, step, view.at))
    bar = _bar(view, step, ink)
    line = Content.assemble(
        (f" {glyph(word, ink)}{number:>2} ", style),
        fit(ink.line(step.title), room, ink.cut),
        f" {time_words(step):>{_EXPECTED}} ",
        (f" {standing}", style),
        (f" {bar}" if bar else "", "$text-accent"),
    )
    return fit_content(line, width, ink.cut)


def _bar(view: RollbackView, step: Step, ink: Ink) -> str:
    """Return how much of its expected time a running step has taken; "" without an estimate."""
    state = view.rollback.step(step.id)
    works = state.status == "running" and state.verifying is None and step.kind != "manual"
    if not works or not step.expected_ms:
        return ""
    taken = lapse(state.began or moment_at(view.at), moment_at(view.at)).ms
    full = min(taken * _BAR // step.expected_ms, _BAR)
    return ink.full * full + ink.empty * (_BAR - full)


def waiting_words(view: RollbackView) -> tuple[str, str] | None:
    """Return what waits for somebody, and its style; None while nothing does."""
    if view.rollback.over:
        return None
    found = waiting_for(view.plan, view.rollback)
    return _at_work_words(view, *found) if found else _rest_words(view)


def _rest_words(view: RollbackView) -> tuple[str, str] | None:
    paused = view.rollback.status == "paused"
    if paused and all(settled(step, view.rollback.step(step.id)) for step in view.plan.steps):
        return "every step is done: p completes the rollback", "bold $text-warning"
    return None


def _at_work_words(view: RollbackView, step: Step, state: StepState) -> tuple[str, str] | None:
    number = view.plan.steps.index(step) + 1
    if wanting(step, state):
        word = STEP_WORDS[state.status].word
        return f"step {number} {word}: r says what becomes of it", _RED
    if verifying := verifying_words(view.state, state):
        return f"step {number} {verifying}; k ends the wait", "bold $text-warning"
    if step.kind == "manual":
        return f"step {number} is done by hand: i says that it is done", "bold $text-warning"
    if is_process(step) and not state.kill and asks(step, state, moment_at(view.at)):
        return f"step {number} is past its timeout: k kills it, or wait", "bold $text-warning"
    return None


def output(view: RollbackView, width: int, height: int, ink: Ink) -> Content:
    """Return what the step at work prints, or what to do by hand: height lines of it."""
    step = looked_at(view.state)
    lines: list[Content] = []
    waiting = waiting_words(view)
    if waiting:
        lines.append(Content.styled(f" {waiting[0]}", waiting[1]))
        lines.extend(_whole_reason(view, step, ink))
    lines.extend(_handover(view, width, ink))
    if step is not None:
        lines.append(_rule(_output_title(view, step, ink), width, ink))
        room = height - len(lines)
        if step.kind == "manual":
            told = ink.lines(step.instructions).splitlines()[: max(room, 0)]
        else:
            mine = view.printed if view.printed and view.printed.step == step.id else None
            printed = ink.lines(mine.text).splitlines() if mine else []
            told = printed[-room:] if room > 0 else []
        lines.extend(Content(f" {line}") for line in told)
    # Always as many lines, so that nothing is laid out anew while a step prints.
    lines.extend([Content()] * (height - len(lines)))
    return Content("\n").join(fit_content(line, width, ink.cut) for line in lines[:height])


def _handover(view: RollbackView, width: int, ink: Ink) -> Iterator[Content]:
    """Yield the card for whoever takes up a rollback that is paused."""
    told = list(handover_lines(view.plan, view.rollback, moment_at(view.at)))
    if told:
        yield _rule("handover", width, ink)
        yield from (Content(f" {ink.line(line)}") for line in told)


def _whole_reason(view: RollbackView, step: Step | None, ink: Ink) -> Iterator[Content]:
    """Yield why a step waits, where its own line may have no room for all of it."""
    if step is None:
        return
    if cell_len(step_standing(view.state, view.rollback, step, view.at)) > _STANDING:
        yield Content(f" {ink.line(view.rollback.step(step.id).reason or '')}")


def _output_title(view: RollbackView, step: Step, ink: Ink) -> str:
    number = view.plan.steps.index(step) + 1
    if step.kind == "manual":
        return f"step {number}, by hand"
    home = view.state.home
    runs_as = f"runs as {home.user}@{home.host}" if is_process(step) else "waits"
    return ink.line(f"output of {number}, {runs_as}")


def _rule(title: str, width: int, ink: Ink) -> Content:
    head = f" {ink.rule * 2} {title} "
    return Content.styled(head + ink.rule * (width - cell_len(head)), "$foreground-muted")
