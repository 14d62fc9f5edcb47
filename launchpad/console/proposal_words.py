"""A proposed rollback on the screen: in the status line, on its card, and the state of triggers."""

from collections.abc import Iterator

from textual.content import Content

from launchpad.console.ink import Ink
from launchpad.console.solvency_words import solvency_words
from launchpad.launch.arming import trigger_standing, triggers_of
from launchpad.launch.moment import Moment, second
from launchpad.launch.state import LaunchState
from launchpad.session.proposal_words import ProposalWords, dismissed_words, proposal_words

_LOUD = "bold $error on $error-muted"
_RED = "bold $text-error"
_WORDS = {
    "by-hand": ("watched by people", "$foreground-muted"),
    "not-armed": ("not armed", "$foreground-muted"),
    "armed": ("armed", "$text-success"),
    "tripped": ("TRIPPED", _RED),
    "dismissed": ("dismissed", "$text-warning"),
}


def proposal_parts(
    state: LaunchState, now: Moment, ink: Ink, *, conducted: bool
) -> Iterator[tuple[str, str]]:
    """Yield what the status line says of an open proposal, with its style."""
    words = proposal_words(state, now, conducted=conducted)
    if words:
        text = f"ROLLBACK PROPOSED by {words.trigger}, {words.timer}, R decides"
        yield ink.line(text), _LOUD


def dismissed_parts(state: LaunchState, now: Moment, ink: Ink) -> Iterator[tuple[str, str]]:
    """Yield what the status line says of triggers that are dismissed, with its style."""
    if state.phase == "open":
        for words in dismissed_words(state, now):
            yield ink.line(words), "$text-warning"


def banner_words(words: ProposalWords, ink: Ink) -> str:
    """Return what stands over an input that is open meanwhile."""
    return ink.line(f"ROLLBACK PROPOSED, {words.timer}: {words.tripped}")


def proposal_lines(state: LaunchState, words: ProposalWords, now: Moment, ink: Ink) -> Content:
    """Return what is proposed and why, what is left of the time, and whether going back fits."""
    solvency, bad = solvency_words(state, now) or ("", False)
    plan = state.checklist.rollback
    titles = {role.id: role.title for role in state.checklist.roles}
    named = ", ".join(titles.get(role, role) for role in plan.authority) if plan else ""
    beside = f"{words.others} more proposed: R shows the next one" if words.others else ""
    return Content.assemble(
        f"{ink.line(words.tripped)}\n",
        f"{ink.line(words.shown)}\n\n",
        (f"{ink.line(words.timer)}\n\n", _LOUD if words.late else _RED),
        (f"{ink.line(solvency)}\n", _RED if bad else ""),
        f"authority: {ink.line(named or 'anybody on the launch')}\n",
        (beside, "$text-warning"),
    )


def settled_lines(state: LaunchState, trigger: str, ink: Ink) -> Content:
    """Return what became of a proposal that is no longer open."""
    rollback, dismissal = state.rollback, state.triggers.trigger(trigger).dismissal
    if state.closure:
        text = f"the launch was closed by {state.closure.by}"
    elif rollback and not rollback.over:
        text = f"the rollback was started by {rollback.by} at {second(rollback.began.at)}"
    elif dismissal:
        at = second(dismissal.since.at)
        text = f"dismissed by {dismissal.by} at {at}: {dismissal.reason}"
    else:
        text = "it is no longer proposed"
    return Content.styled(f"trigger {ink.line(trigger)}: {ink.line(text)}", "bold")


def triggers_content(state: LaunchState, now: Moment, ink: Ink) -> Content:
    """Return each trigger: what it looks at, and how it stands."""
    parts: list[tuple[str, str]] = [("What the launch is rolled back on\n", "bold")]
    for trigger in triggers_of(state):
        standing = trigger_standing(state, trigger, now)
        word, style = _WORDS[standing.word]
        looks_at = ", ".join(trigger.probes)
        holds = f": {trigger.healthy_when}" if trigger.healthy_when else ""
        parts.append((f"\n{ink.line(trigger.id)}   ", "bold"))
        parts.append((f"{word}\n", style))
        if trigger.text:
            parts.append((f"  {ink.line(trigger.text)}\n", ""))
        if looks_at:
            parts.append((f"  looks at {ink.line(looks_at + holds)}\n", ""))
            parts.append((f"  {ink.line(standing.why)}\n", style))
    return Content.assemble(*parts)
