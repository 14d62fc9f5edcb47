"""The process of a step that is a request: it sends it once, and says what came back.

Its exit status says what is known: 0 every condition holds, 1 one does not, 2 nothing was sent, 3
it was sent, or may have been, and no whole answer came. What it prints goes through the step
runner, which takes secrets out and keeps a head and a tail of it.
"""

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from launchpad.conditions.parse import parse
from launchpad.probes.http import HTTP
from launchpad.probes.judging import judged
from launchpad.probes.observed import CannotObserve, Observed
from launchpad.probes.result import Result
from launchpad.steps.requesting import VARIABLE, Sending

HOLDS: Final = 0
FAILS: Final = 1
NOT_SENT: Final = 2
UNKNOWN: Final = 3
"""What the exit status says; RFC 9110, section 9.2.1, says for which methods UNKNOWN matters."""

# Of the body of an answer, so many characters are shown.
_HEAD: Final = 4_096
_US_PER_MS: Final = 1_000


def main() -> None:
    """Send the request that the environment holds; exit with what is known then."""
    told = msgspec.json.decode(os.environ.pop(VARIABLE), type=Sending)
    print(f"{told.method} {told.url}", flush=True)  # noqa: T201 - its output is what it is for
    observed, missing = asyncio.run(_sent(told))
    conditions = tuple(parse(text) for text in told.conditions or HTTP.default)
    # The runner takes secrets out of all that is printed.
    result = judged(observed, conditions, redact=str, missing=missing)
    for line in _told(observed, result):
        print(line)  # noqa: T201 - as above
    sys.stdout.flush()
    sys.exit(_status(told, observed, result))


async def _sent(told: Sending) -> tuple[Observed, CannotObserve | None]:
    try:
        return await HTTP.observe(told.spec, told.timeout_ms / 1_000), None
    except CannotObserve as missing:
        return missing.observed, missing


def _status(told: Sending, observed: Observed, result: Result) -> int:
    if result.state == "success":
        return HOLDS
    if "STATUS" in observed.values:
        return FAILS
    return UNKNOWN if _may_be_sent(told.url, observed) else NOT_SENT


def _may_be_sent(url: str, observed: Observed) -> bool:
    """Say whether the connection was there; over TLS, once that was spoken."""
    phase = "tls" if url.casefold().startswith("https:") else "connect"
    return phase in observed.timings


def _told(observed: Observed, result: Result) -> Iterator[str]:
    status = observed.values.get("STATUS")
    spent = ", ".join(_spent(observed.timings))
    took = "" if observed.latency_us is None else f" in {_ms(observed.latency_us)}"
    if isinstance(status, int):
        yield f"{status}{took} ({spent})"
    elif spent:
        yield f"no answer ({spent})"
    yield f"{result.state}: {result.shown or result.reason}"
    if result.detail:
        yield result.detail
    body = observed.values.get("BODY")
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    if isinstance(text, str) and text:
        yield ""
        yield text[:_HEAD]
        if len(text) > _HEAD:
            yield f"({len(text) - _HEAD} more characters)"


def _spent(timings: Mapping[str, int]) -> Iterator[str]:
    for phase, took_us in timings.items():
        yield f"{phase} {_ms(took_us)}"


def _ms(microseconds: int) -> str:
    return f"{microseconds / _US_PER_MS:.0f}ms"


if __name__ == "__main__":
    main()
