"""From an authored probe to what is observed: trusted, its variables and secrets filled in."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from launchpad.checklist.model import Command, EnvSettings, HttpSettings, Probe
from launchpad.checklist.requests import secrets_of
from launchpad.conditions.condition import Condition
from launchpad.conditions.parse import parse
from launchpad.conductor.means import Means
from launchpad.conductor.queries import prometheus_spec, sql_spec
from launchpad.probes.command import CommandSpec
from launchpad.probes.dns import DnsSpec
from launchpad.probes.env import Conductor, EnvSpec, File, Printed, Source
from launchpad.probes.file import FileSpec
from launchpad.probes.http import HttpSpec
from launchpad.probes.prometheus import PrometheusSpec
from launchpad.probes.result import Reason, Result, State, shown_line
from launchpad.probes.sql import SqlSpec
from launchpad.probes.tcp import TcpSpec
from launchpad.probes.tls_probe import TlsSpec
from launchpad.process.environment import clean_environment
from launchpad.steps.requesting import filled
from launchpad.steps.resolving import (
    SecretMissing,
    VariableMissing,
    argv_of,
    environment_of,
)
from launchpad.steps.trust import NotTrusted
from launchpad.text.redaction import Redactor

_NO_SECRETS: Final = Redactor({})
_Plain: TypeAlias = TlsSpec | TcpSpec | DnsSpec | FileSpec


@dataclass(frozen=True, slots=True)
class Prepared:
    """A probe that can be observed; or, with `instead`, what there is to say because it cannot."""

    spec: object = None
    conditions: tuple[Condition, ...] = ()
    redactor: Redactor = _NO_SECRETS
    instead: Result | None = None


class Preparing:
    """Prepares the probes of one launch, each once unless something was missing."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._prepared: dict[str, Prepared] = {}

    async def ready(self, probe: Probe) -> Prepared:
        """Return a probe as it is to be observed now. Never raises."""
        refused = await asyncio.to_thread(not_trusted, probe, self._means)
        if refused is not None:
            return Prepared(instead=refused)
        ready = self._prepared.get(probe.id)
        if ready is None or ready.instead is not None:
            # A secret may have been put in its place since the last time.
            ready = self._prepared[probe.id] = await prepared(probe, self._means)
        return ready


async def prepared(probe: Probe, means: Means) -> Prepared:
    """Return a probe, ready to be observed. Never raises: what is missing is its result."""
    try:
        secrets = await means.secrets(_named(probe, means))
        # It may see one that it was not given.
        redactor = Redactor({**await means.known_secrets(), **secrets})
        spec = _spec(probe, means, secrets, redactor)
    except NotTrusted as error:
        return Prepared(instead=_unobserved("skipped", "not-trusted", error))
    except (SecretMissing, VariableMissing) as error:
        return Prepared(instead=_unobserved("error", "secret-missing", error))
    conditions = tuple(parse(text) for text in probe.conditions)
    return Prepared(spec, conditions, redactor)


def not_trusted(probe: Probe, means: Means) -> Result | None:
    """Return what there is to say where a probe's command or query may not run, else None.

    Asked before each observation: a script can be changed at any time.
    """
    prints = probe.env and probe.env.source == "command"
    # A database lets the account in, not who wrote the checklist.
    if not (probe.command or prints or probe.sql):
        return None
    try:
        means.trusted()
    except NotTrusted as error:
        return _unobserved("skipped", "not-trusted", error)
    return None


def _spec(
    probe: Probe, means: Means, secrets: Mapping[str, str], redactor: Redactor
) -> HttpSpec | EnvSpec | CommandSpec | _Plain | SqlSpec | PrometheusSpec:
    values = means.values()
    if probe.http is not None:
        return _request(probe.http, values, secrets)
    if probe.env is not None:
        return _variable(probe.env, means, values)
    if probe.command is not None:
        env = environment_of(probe.command, values, secrets, means.environment)
        argv = tuple(argv_of(probe.command, values))
        return CommandSpec(argv, str(means.folder), env, redactor)
    if (plain := _plain(probe, means.folder, values)) is not None:
        return plain
    if probe.sql is not None:
        return sql_spec(probe.sql, means.folder, values, secrets)
    if probe.prometheus is not None:
        return prometheus_spec(probe.prometheus, values, secrets)
    raise VariableMissing(probe.id, "its type has no settings")


def _plain(probe: Probe, folder: Path, values: Mapping[str, str]) -> _Plain | None:
    """Return what a probe observes that takes no secrets, None for another."""

    def given(text: str | None) -> str | None:
        return None if text is None else filled(text, values)

    if probe.tls is not None:
        tls = probe.tls
        ca = None if tls.ca is None else str(folder / filled(tls.ca, values))
        return TlsSpec(filled(tls.address, values), given(tls.server_name), ca, tls.allow_insecure)
    if probe.tcp is not None:
        return TcpSpec(filled(probe.tcp.address, values))
    if probe.dns is not None:
        return DnsSpec(filled(probe.dns.name, values), probe.dns.type, given(probe.dns.server))
    if probe.file is not None:
        return FileSpec(str(folder / filled(probe.file.path, values)))
    return None


def _request(http: HttpSettings, values: Mapping[str, str], secrets: Mapping[str, str]) -> HttpSpec:
    both = {**values, **secrets}
    return HttpSpec(
        url=filled(http.url, values),
        method=http.method,
        headers=tuple((name, filled(value, both)) for name, value in http.headers),
        body=None if http.body is None else filled(http.body, both).encode(),
        allow_insecure=http.allow_insecure,
        redirects=http.redirects,
    )


def _variable(env: EnvSettings, means: Means, values: Mapping[str, str]) -> EnvSpec:
    source: Source
    match env.source:
        case "conductor":
            source = Conductor(means.environment)
        case "file":
            source = File(str(means.folder / env.origin[0]))
        case "command":
            argv = tuple(argv_of(Command(0, env.origin), values))
            source = Printed(argv, str(means.folder), clean_environment(means.environment))
    return EnvSpec(env.name, source, env.matches)


def _named(probe: Probe, means: Means) -> tuple[str, ...]:
    """Return the secrets that a probe takes part in: those it names, wherever."""
    return secrets_of(probe, means.checklist.secrets)


def _unobserved(state: State, reason: Reason, error: Exception) -> Result:
    line = shown_line(str(error), str)
    return Result(state, reason, line, None, {}, None, line)
