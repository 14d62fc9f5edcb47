import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from launchpad.probes import once
from launchpad.probes.env import Conductor, EnvSpec
from launchpad.probes.http import HttpSpec
from launchpad.probes.observed import Observed
from launchpad.probes.once import baseline_of
from launchpad.probes.probe_type import ProbeType
from tests.probes.serving import answering, ok, result_of, serving

Observe = Callable[[object, float], Awaitable[Observed]]


def as_type(monkeypatch: pytest.MonkeyPatch, observe: Observe) -> None:
    """Have everything observed in another way."""
    of_type = ProbeType("of a test", object, observe, frozenset(), ("[SET] == true",))
    monkeypatch.setattr(once, "type_of", lambda _spec: of_type)


async def test_a_fault_of_the_program_is_an_error_that_tells_its_type_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def faulty(_spec: object, _timeout_s: float) -> Observed:
        raise ZeroDivisionError("hunter2")

    as_type(monkeypatch, faulty)
    result = await result_of(object())
    assert (result.state, result.reason) == ("error", "internal-error")
    assert result.detail == "the program failed: ZeroDivisionError"


async def test_settings_of_no_type_are_an_error() -> None:
    assert (await result_of(object())).reason == "internal-error"


async def test_a_type_that_forgets_its_deadline_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    async def endless(_spec: object, _timeout_s: float) -> Observed:
        await asyncio.Event().wait()
        raise AssertionError

    as_type(monkeypatch, endless)
    began = time.monotonic()
    result = await result_of(object(), timeout_s=0.1)
    assert (result.state, result.reason) == ("error", "timeout")
    assert time.monotonic() - began < 0.1 + 0.5


async def test_a_baseline_is_the_numbers_that_were_seen() -> None:
    async with serving(answering(ok(b"1"))) as port:
        baseline = await baseline_of(HttpSpec(f"http://127.0.0.1:{port}/"), timeout_s=5)
    assert baseline is not None
    assert set(baseline) == {"STATUS", "RESPONSE_TIME"}
    assert baseline["STATUS"] == 200
    assert await baseline_of(EnvSpec("A", Conductor({"A": "1"})), timeout_s=5) == {}
    assert await baseline_of(HttpSpec("http://127.0.0.1:1/"), timeout_s=5) is None
