"""A step that is a request: what it sends, and how its own process is told to send it.

The request goes into the environment of that process, as secrets do for commands: no command line
and no file ever holds it.
"""

import sys
from collections.abc import Mapping
from typing import Final

import msgspec

from launchpad.checklist.model import HttpSettings, Step
from launchpad.probes.http import HttpSpec
from launchpad.process.environment import clean_environment
from launchpad.steps.resolving import REFERENCE, VariableMissing

TIMEOUT_MS: Final = 30_000
"""How long a request may take in all where its author says nothing."""

VARIABLE: Final = "LAUNCHPAD_REQUEST"

# So much later than its own deadline its process is ended, should it not end by itself.
_LATE_MS: Final = 2_000


class Sending(msgspec.Struct, frozen=True):
    """What the process of a request is told. body: as text; conditions: as they are written."""

    url: str
    method: str
    headers: tuple[tuple[str, str], ...]
    body: str | None
    allow_insecure: bool
    redirects: tuple[str, ...] | None
    conditions: tuple[str, ...]
    timeout_ms: int

    @property
    def spec(self) -> HttpSpec:
        """The request."""
        return HttpSpec(
            url=self.url,
            method=self.method,
            headers=self.headers,
            body=None if self.body is None else self.body.encode(),
            allow_insecure=self.allow_insecure,
            redirects=self.redirects,
        )


def argv() -> list[str]:
    """Return the words that run the request's process, wherever they are run."""
    # -P: what lies in the checklist's folder is no part of this program.
    return [sys.executable, "-P", "-X", "utf8", "-m", "launchpad.steps.request"]


def sending(
    step: Step, http: HttpSettings, values: Mapping[str, str], secrets: Mapping[str, str]
) -> Sending:
    """Return what a step sends, its variables and secrets filled in. Raises VariableMissing."""
    both = {**values, **secrets}
    return Sending(
        url=filled(http.url, values),
        method=http.method,
        headers=tuple((name, filled(value, both)) for name, value in http.headers),
        body=None if http.body is None else filled(http.body, both),
        allow_insecure=http.allow_insecure,
        redirects=http.redirects,
        conditions=step.conditions,
        timeout_ms=timeout_ms(step),
    )


def environment(told: Sending, of: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a request's process. of: the conductor's."""
    return clean_environment(of, extra={VARIABLE: msgspec.json.encode(told).decode()})


def timeout_ms(step: Step) -> int:
    """Return how long a request may take in all."""
    return TIMEOUT_MS if step.timeout_ms is None else step.timeout_ms


def kill_after_ms(step: Step) -> int:
    """Return when the process of a request is ended that did not end by itself."""
    return timeout_ms(step) + _LATE_MS


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with each `${name}` replaced by its value. Raises VariableMissing."""

    def value(name: str) -> str:
        if name not in values:
            raise VariableMissing(name, "it has no value")
        return values[name]

    return REFERENCE.sub(lambda found: value(found[1]), text)
