"""Every request that a checklist's steps would have sent, and which secrets a request carries."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from launchpad.checklist.commands import commands
from launchpad.checklist.model import (
    Checklist,
    HttpSettings,
    Probe,
    PrometheusSettings,
    Secret,
    Step,
)

UNCHECKED = "CERTIFICATES ARE NOT CHECKED"
"""What is said of every observation and request that takes any certificate."""

_REFERENCE = re.compile(r"\$\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Sends:
    """A request of a step. id: `item/ID` or `rollback/STEP`."""

    id: str
    step: Step
    http: HttpSettings

    @property
    def text(self) -> str:
        """The request in a few words, as its author wrote it. Not safe."""
        return request_line(self.http)


def request_line(http: HttpSettings) -> str:
    """Return a request in a few words, as its author wrote it. Not safe."""
    return f"{http.method} {http.url}{unchecked(http)}"


def unchecked(request: HttpSettings | PrometheusSettings) -> str:
    """Return what there is to say behind a request that takes any certificate, else ""."""
    return f", {UNCHECKED}" if request.allow_insecure else ""


def requests(checklist: Checklist) -> Iterator[Sends]:
    """Yield the requests of a checklist's steps, in the order of its parts."""
    for item in checklist.items():
        if item.step and item.step.http:
            yield Sends(f"item/{item.id}", item.step, item.step.http)
    for step in checklist.rollback.steps if checklist.rollback else ():
        if step.http:
            yield Sends(f"rollback/{step.id}", step, step.http)


def runs_or_sends(checklist: Checklist) -> bool:
    """Say whether a checklist has any command run, a step's request sent, or a database asked."""
    asks = any(probe.sql for probe in checklist.probes)
    return asks or bool(commands(checklist)) or any(True for _ in requests(checklist))


def names_used(http: HttpSettings) -> tuple[str, ...]:
    """Return the names that a request takes values of: variables, and secrets among them."""
    texts = (http.url, http.body or "", *(value for _, value in http.headers))
    return tuple(dict.fromkeys(name for text in texts for name in _REFERENCE.findall(text)))


def secrets_carried(http: HttpSettings, secrets: Iterable[Secret]) -> tuple[str, ...]:
    """Return the names of the secrets that a request carries."""
    used = names_used(http)
    return tuple(secret.name for secret in secrets if secret.name in used)


def secrets_of(probe: Probe, secrets: Iterable[Secret]) -> tuple[str, ...]:
    """Return the names of the secrets that a probe is given."""
    if probe.command:
        return probe.command.secrets
    if probe.sql:
        return () if probe.sql.password is None else (probe.sql.password,)
    if probe.prometheus:
        asked = HttpSettings(probe.prometheus.server, headers=probe.prometheus.headers)
        return secrets_carried(asked, secrets)
    return secrets_carried(probe.http, secrets) if probe.http else ()
