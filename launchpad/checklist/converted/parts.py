"""What a checklist holds beside its phases, as the native format writes it."""

from launchpad.checklist.converted.holds import countdown
from launchpad.checklist.converted.review import REVIEW
from launchpad.checklist.converted.times import length, moment
from launchpad.checklist.converted.writing import Key, Keys, Value, keys
from launchpad.checklist.durations import written
from launchpad.checklist.model import (
    Baseline,
    Checklist,
    Crew,
    Message,
    Secret,
    Snippet,
    Variable,
    Window,
)


def variable_keys(variable: Variable) -> Keys:
    """Return a variable without its name."""
    return keys(
        required="true" if variable.required else None,
        matches=variable.matches,
        example=variable.example,
        default=variable.default,
    )


def secret_key(secret: Secret) -> Key:
    """Return where a secret is found, under its name."""
    origin: Value = list(secret.origin) if secret.source == "command" else secret.origin[0]
    return Key(secret.name, (Key(secret.source, origin), *keys(matches=secret.matches)))


def crew_keys(crew: Crew) -> Keys:
    """Return who takes part."""
    people: list[Value] = [
        keys(initials=one.initials, name=one.name, roles=list(one.roles) or None)
        for one in crew.people
    ]
    return keys(lead=crew.lead, people=people)


def planning(checklist: Checklist, proposed: Baseline | None) -> Keys:
    """Return the window, its holds, what is measured before it, and what is told to others.

    proposed: what is to be measured for what is proposed, where the document says nothing of it.
    """
    measured = checklist.baseline
    comments = (f"{REVIEW} what a trigger below compares with, measured before T-0",)
    return (
        *keys(window=_window(checklist.window) if checklist.window else None),
        *countdown(checklist),
        *keys(baseline=_baseline(measured) if measured else None),
        *((Key("baseline", _baseline(proposed), comments),) if proposed else ()),
        *keys(messages=tuple(map(_message, checklist.messages)) or None),
    )


def facts(checklist: Checklist) -> Keys:
    """Return the commands to copy, and what the launch needs and is held to."""
    snippets = tuple(Key(snippet.id, _snippet(snippet)) for snippet in checklist.snippets)
    environment = tuple(
        Key(one.name, keys(optional="true" if one.optional else None, group=one.group or None))
        for one in checklist.env_vars
    )
    contacts: list[Value] = [
        keys(role=one.role, name=one.name, contact=one.contact) for one in checklist.contacts
    ]
    metrics: list[Value] = [
        keys(name=one.name, comparator=one.comparator, value=one.value, unit=one.unit or None)
        for one in checklist.metrics
    ]
    criteria: list[Value] = [
        keys(text=one.text, section=one.section or None) for one in checklist.criteria
    ]
    return keys(
        env_vars=environment or None,
        contacts=contacts or None,
        metrics=metrics or None,
        criteria=criteria or None,
        snippets=snippets or None,
    )


def _snippet(snippet: Snippet) -> Keys:
    return keys(shell=snippet.shell, text=snippet.text, expected=snippet.expected)


def _window(window: Window) -> Keys:
    return keys(
        opens=moment(window.opens_ms),
        hard_stop=moment(window.hard_stop_ms),
        safety_floor=length(window.safety_floor_ms or None),
    )


def _baseline(baseline: Baseline) -> Keys:
    return keys(
        probes=list(baseline.probes),
        over=written(baseline.over_ms),
        min_samples=str(baseline.min_samples),
    )


def _message(message: Message) -> Key:
    if message.next_update_ms is None:
        return Key(message.occasion, message.text)
    next_update = written(message.next_update_ms)
    return Key(message.occasion, keys(text=message.text, next_update=next_update))
