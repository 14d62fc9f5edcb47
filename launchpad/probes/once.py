"""Observing one thing once: whatever happens, there is a result by the deadline."""

import asyncio
import functools
from collections.abc import Mapping, Sequence
from typing import Final

from launchpad.conditions.condition import Condition
from launchpad.conditions.parse import parse
from launchpad.probes.judging import judged
from launchpad.probes.observed import CannotObserve, Observed, Value
from launchpad.probes.probe_type import ProbeType
from launchpad.probes.registry import type_of
from launchpad.probes.result import Result, shown_line
from launchpad.text.redaction import Redactor

# How much later than its deadline an observation is cut by force.
_LATE_S: Final = 0.4


async def observe_once(
    spec: object,
    conditions: Sequence[Condition],
    *,
    timeout_s: float,
    baseline: Mapping[str, Value] | None = None,
    redactor: Redactor,
    also: Sequence[Condition] = (),
) -> Result:
    """Observe what spec says and return what it came to. Never raises.

    conditions: none for what the type asks by default. timeout_s: the deadline of the whole
    observation, from now, in seconds. baseline: what was observed while all was well. redactor:
    knows the secrets that spec contains. also: as for `judged`.
    """
    redact = redactor.redacted
    try:
        of_type = type_of(spec)
        wanted = conditions or _defaults(of_type.name, of_type.default)
        try:
            observed = await _observe(of_type, spec, timeout_s)
        except CannotObserve as missing:
            return judged(
                missing.observed, wanted, baseline, redact=redact, missing=missing, also=also
            )
        return judged(observed, wanted, baseline, redact=redact, also=also)
    except Exception as error:  # noqa: BLE001 - a fault in one probe must not end the others
        # Only its type: nobody knows what its text contains.
        detail = shown_line(f"the program failed: {type(error).__name__}", redact)
        return Result("error", "internal-error", "", None, {}, None, detail)


async def baseline_of(spec: object, *, timeout_s: float) -> dict[str, int | float] | None:
    """Observe and return the numbers, by placeholder; None where it could not be measured.

    Numbers only: a baseline is logged, and all else may hold secrets. So a condition can ask for a
    change of [RESPONSE_TIME], but not of a field of [BODY].
    """
    try:
        observed = await _observe(type_of(spec), spec, timeout_s)
    except CannotObserve:
        return None
    return observed.numbers()


async def _observe(of_type: ProbeType, spec: object, timeout_s: float) -> Observed:
    try:
        async with asyncio.timeout(timeout_s + _LATE_S):
            return await of_type.observe(spec, timeout_s)
    except TimeoutError:
        raise CannotObserve("timeout", f"no end within {timeout_s:g} s") from None


@functools.cache
def _defaults(_name: str, conditions: tuple[str, ...]) -> tuple[Condition, ...]:
    return tuple(parse(text) for text in conditions)
