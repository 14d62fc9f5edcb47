"""What a document holds beside its phases, told: people, environments, figures."""

import shlex
from collections.abc import Iterator, Sequence

from launchpad.checklist.model import (
    Checklist,
    Contact,
    Crew,
    Criterion,
    EnvironmentVariable,
    Variable,
)
from launchpad.checklist.told.line import Told, aside, part, told


def tell_people(checklist: Checklist) -> Iterator[Told]:
    """Yield roles, the crew, and whom to call."""
    yield from part(
        "roles",
        (told("entry", role.title, role.line, 1, name=role.id) for role in checklist.roles),
    )
    if checklist.crew:
        yield from part("crew", _crew(checklist.crew))
    yield from part("contacts", map(_contact, checklist.contacts))


def _crew(crew: Crew) -> Iterator[Told]:
    for one in crew.people:
        leads = "leads" if one.initials == crew.lead else ""
        text = f"{one.name}{aside(leads, *one.roles)}"
        yield told("entry", text, one.line, 1, name=one.initials)


def _contact(one: Contact) -> Told:
    known = ", ".join(filter(None, (one.name, one.contact)))
    return told(
        "entry", f"{one.role}: {known or 'NAME LEFT BLANK, CONTACT LEFT BLANK'}", one.line, 1
    )


def tell_inputs(checklist: Checklist) -> Iterator[Told]:
    """Yield what environments have to have, and what is asked for when a launch opens."""
    yield from part("environment variables", _environment(checklist.env_vars))
    yield from part("variables", map(_variable, checklist.vars))
    yield from part(
        "secrets",
        (
            told("entry", f"{one.name} (from {one.source}: {shlex.join(one.origin)})", one.line, 1)
            for one in checklist.secrets
        ),
    )


def _environment(variables: Sequence[EnvironmentVariable]) -> Iterator[Told]:
    groups: dict[str, list[EnvironmentVariable]] = {}
    for variable in variables:
        groups.setdefault(variable.group, []).append(variable)
    for group, members in groups.items():
        if group:
            # Its heading's own line is not known, so it is told without one.
            yield told("group", group, None, 1)
        for one in members:
            optional = aside("optional" if one.optional else "")
            yield told("entry", f"{one.name}{optional}", one.line, 2 if group else 1)


def _variable(one: Variable) -> Told:
    default = f"default {one.default!r}" if one.default is not None else "optional"
    return told("entry", f"{one.name} ({'required' if one.required else default})", one.line, 1)


def tell_figures(checklist: Checklist) -> Iterator[Told]:
    """Yield the figures that are watched, and the criteria that are met."""
    yield from part(
        "metrics",
        (
            told("entry", f"{one.name} {one.comparator} {one.value} {one.unit}", one.line, 1)
            for one in checklist.metrics
        ),
    )
    yield from part("criteria", _criteria(checklist.criteria))


def _criteria(criteria: Sequence[Criterion]) -> Iterator[Told]:
    section = ""
    for one in criteria:
        if one.section != section:
            section = one.section
            yield told("group", section, None, 1)
        yield told("entry", one.text, one.line, 2 if section else 1)
