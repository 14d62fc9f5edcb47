"""Probes that are proposed for what a document names: environment variables, health addresses.

A proposal is for a person to look at: nothing that a document keeps to itself, such as a header's
value, is put into one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from launchpad.checklist.converted.addresses import HealthAddress, health_address
from launchpad.checklist.converted.curl import Question, question
from launchpad.checklist.converted.review import REVIEW
from launchpad.checklist.converted.statuses import statuses
from launchpad.checklist.converted.triggers import ProposedTriggers, propose_triggers
from launchpad.checklist.model import (
    Checklist,
    EnvironmentVariable,
    EnvSettings,
    HttpSettings,
    Item,
    Probe,
    Snippet,
    Variable,
)
from launchpad.checklist.slug import unique_ids

_INTERVAL_MS, _TIMEOUT_MS = 30_000, 10_000
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_BASE_URL = "base-url"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A probe, and the comments that say what to look at."""

    probe: Probe
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is proposed for a checklist.

    of_items: by the id of the item that it observes; others: with names of their own; vars: the
    variables that addresses start with, with their comments; triggers: with these probes.
    """

    of_items: Mapping[str, Proposal]
    others: tuple[Proposal, ...]
    vars: tuple[tuple[Variable, tuple[str, ...]], ...]
    triggers: ProposedTriggers

    @property
    def count(self) -> int:
        """How many probes are proposed."""
        return len(self.of_items) + len(self.others)


def propose(checklist: Checklist) -> Proposals:
    """Return what can be proposed: a probe for each environment variable and health address.

    It is put on the item that names it, where exactly one does and has no other probe yet.
    """
    asked = list(_asked(checklist.snippets))
    bases = _bases(checklist, asked)
    wanted = [*_of_environment(checklist), *_of_addresses(checklist, asked, bases)]
    of_items: dict[str, Proposal] = {}
    others: list[Proposal] = []
    for item, proposal in wanted:
        if item and not item.probe and item.id not in of_items:
            of_items[item.id] = replace(proposal, probe=replace(proposal.probe, id=item.id))
        else:
            others.append(proposal)
    named = tuple(_named(others, checklist.probes))
    probes = [one.probe for one in (*of_items.values(), *named)]
    triggers = propose_triggers(checklist, (*checklist.probes, *probes))
    return Proposals(of_items, named, tuple(_variables(bases)), triggers)


def _named(proposals: list[Proposal], taken: Iterable[Probe]) -> Iterator[Proposal]:
    """Yield proposals with names that are not taken: `env/job-token`, `http/health-2`."""
    known = {probe.id for probe in taken}
    for kind in ("env", "http"):
        own = [one for one in proposals if one.probe.type == kind]
        before = [name.removeprefix(f"{kind}/") for name in known if name.startswith(f"{kind}/")]
        names = unique_ids((*before, *(one.probe.id for one in own)), kind)[len(before) :]
        for name, one in zip(names, own, strict=True):
            yield replace(one, probe=replace(one.probe, id=f"{kind}/{name}"))


def _of_environment(checklist: Checklist) -> Iterator[tuple[Item | None, Proposal]]:
    naming: dict[str, list[Item]] = defaultdict(list)
    for item in checklist.items():
        for name in dict.fromkeys(_NAME.findall(item.text)):
            naming[name].append(item)
    observed = {probe.env.name for probe in checklist.probes if probe.env}
    for variable in {one.name: one for one in checklist.env_vars}.values():
        if variable.name not in observed:
            items = naming[variable.name]
            yield items[0] if len(items) == 1 else None, _environment_probe(variable)


def _environment_probe(variable: EnvironmentVariable) -> Proposal:
    comments = [
        REVIEW + " whose environment? An application's is {file: PATH} or {command: [WORDS]}"
    ]
    if variable.optional:
        comments.append(f"{REVIEW} it is optional: where it is not set, this probe fails")
    env = EnvSettings(variable.name, "conductor")
    probe = Probe(variable.name, 0, "env", ("[SET] == true",), _INTERVAL_MS, _TIMEOUT_MS, env=env)
    return Proposal(probe, tuple(comments))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A command that asks how a service is."""

    snippet: Snippet
    question: Question
    address: HealthAddress


def _asked(snippets: Iterable[Snippet]) -> Iterator[_Asked]:
    for snippet in snippets:
        asks = question(snippet.text)
        address = health_address(asks.address) if asks else None
        if asks and address:
            yield _Asked(snippet, asks, address)


def _bases(checklist: Checklist, asked: Iterable[_Asked]) -> Mapping[str, str]:
    """Return the name of the variable for each origin that stands for another."""
    origins = dict.fromkeys(one.address.origin for one in asked if one.address.made_up)
    taken = [one.name for one in checklist.vars] + [one.name for one in checklist.secrets]
    names = unique_ids((*taken, *(_BASE_URL for _ in origins)), _BASE_URL)[len(taken) :]
    return dict(zip(origins, names, strict=True))


def _variables(bases: Mapping[str, str]) -> Iterator[tuple[Variable, tuple[str, ...]]]:
    for origin, name in bases.items():
        variable = Variable(
            name, 0, required=True, matches="^https?://", example="https://api.example.com"
        )
        yield variable, (f"{REVIEW} the document says {origin}",)


def _of_addresses(
    checklist: Checklist, asked: Iterable[_Asked], bases: Mapping[str, str]
) -> Iterator[tuple[Item | None, Proposal]]:
    using: dict[str, list[Item]] = defaultdict(list)
    for item in checklist.items():
        for snippet in item.snippets:
            using[snippet].append(item)
    seen = set()
    for one in asked:
        probe = _address_probe(one, bases)
        known = probe.http, probe.conditions
        if known not in seen:
            seen.add(known)
            items = using[one.snippet.id]
            yield items[0] if len(items) == 1 else None, Proposal(probe, tuple(_looks(one)))


def _address_probe(one: _Asked, bases: Mapping[str, str]) -> Probe:
    address = one.address
    base = bases.get(address.origin)
    origin = f"${{{base}}}" if base else address.origin
    http = HttpSettings(f"{origin}{address.path}", one.question.method)
    conditions = (_condition(statuses(one.snippet.expected or "")),)
    return Probe(address.path, 0, "http", conditions, _INTERVAL_MS, _TIMEOUT_MS, http=http)


def _condition(expected: tuple[int, ...]) -> str:
    if len(expected) > 1:
        return f"[STATUS] == any({', '.join(map(str, expected))})"
    return f"[STATUS] == {expected[0] if expected else 200}"


def _looks(one: _Asked) -> Iterator[str]:
    yield f"{REVIEW} does the host of the conductor reach this address?"
    if one.snippet.expected:
        yield f"{REVIEW} the document expects: {one.snippet.expected}"
    left_out = list(one.question.left_out)
    if one.address.left_out:
        left_out.append("what follows the path")
    if left_out:
        yield f"{REVIEW} left out: {', '.join(left_out)}; a header takes a secret by its name"
