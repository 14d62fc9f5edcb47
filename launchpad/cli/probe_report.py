"""What `launchpad probe` found, for people and as one JSON document."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from launchpad.cli.columns import aligned
from launchpad.cli.probe_attempts import Attempt
from launchpad.console.ink import Ink
from launchpad.console.latencies import latency
from launchpad.console.words import PROBE_WORDS
from launchpad.launch.moment import second
from launchpad.probes.result import State, told
from launchpad.text.safe import one_line

WORST_FIRST: Final[Sequence[State]] = ("failed", "error", "inconclusive", "skipped", "success")


@dataclass(frozen=True, slots=True)
class Report:
    """What was found.

    checklist: its file's name, and its title; started_at: RFC 3339, UTC; took_us: how long all of
    it took, in microseconds; attempts: the last of each probe, in the checklist's order.
    """

    checklist: str
    title: str
    started_at: str
    took_us: int
    attempts: tuple[Attempt, ...]

    @property
    def good(self) -> bool:
        """Whether every probe is OK."""
        return all(attempt.good for attempt in self.attempts)

    def counts(self) -> Mapping[State, int]:
        """Return how many probes are in each state, the worst first."""
        counted = Counter(attempt.result.state for attempt in self.attempts)
        return {state: counted[state] for state in WORST_FIRST}


def said(state: State, ink: Ink) -> str:
    """Return a state as its glyph and its word."""
    word = PROBE_WORDS[state]
    glyph: str = getattr(ink, word.glyph)
    return f"{glyph} {word.word}"


def seen(attempt: Attempt) -> str:
    """Return what an attempt saw, and of what is not OK also why, for people; safe."""
    result = attempt.result
    why = "" if attempt.good else f"{result.reason}: "
    tried = f" (attempt {attempt.attempts})" if attempt.attempts > 1 else ""
    return f"{why}{told(result)}{tried}"


def summary(report: Report) -> str:
    """Return all of it in one line: 23 of 25 OK, 1 FAILED, 1 ERROR in 1.2s."""
    counts = report.counts()
    total = f"{counts['success']} of {len(report.attempts)} OK"
    bad = [
        f"{count} {PROBE_WORDS[state].word}"
        for state, count in counts.items()
        if count and state != "success"
    ]
    return f"{', '.join([total, *bad])} in {latency(report.took_us)}"


def lines(report: Report, ink: Ink, *, verbose: bool) -> Iterator[tuple[str, State | None]]:
    """Yield what was found as lines, each with the state that it begins with: the worst first."""
    worst_first = sorted(report.attempts, key=lambda each: WORST_FIRST.index(each.result.state))
    rows = [
        (
            said(attempt.result.state, ink),
            ink.line(attempt.probe.id),
            _took(attempt),
            ink.line(seen(attempt)),
        )
        for attempt in worst_first
    ]
    for attempt, line in zip(worst_first, aligned(rows), strict=True):
        yield line, attempt.result.state
        if verbose:
            yield from ((f"    {ink.line(each)}", None) for each in _circumstances(attempt))
    yield summary(report), None


def document(report: Report) -> bytes:
    """Return what was found as one JSON document, in ASCII."""
    whole = {
        "checklist": report.checklist,
        "started_at": report.started_at,
        "duration_ms": report.took_us / 1000,
        "ok": report.good,
        "counts": report.counts(),
        "probes": [_values(attempt) for attempt in report.attempts],
    }
    return f"{json.dumps(whole, indent=2)}\n".encode()


def _took(attempt: Attempt) -> str:
    took_us = attempt.result.latency_us
    return "-" if took_us is None else latency(took_us)


def _circumstances(attempt: Attempt) -> Iterator[str]:
    result = attempt.result
    phases = ", ".join(f"{phase} {latency(us)}" for phase, us in result.timings.items())
    at = f"at {second(attempt.at)}"
    place = f"{attempt.probe.type} {result.address or ''}".rstrip()
    yield ", ".join(part for part in (place, at, phases) if part)
    if result.detail and result.detail != told(result):
        yield result.detail


def _values(attempt: Attempt) -> dict[str, Any]:
    result = attempt.result
    return {
        "id": one_line(attempt.probe.id),
        "type": attempt.probe.type,
        "state": result.state,
        "reason": result.reason,
        "shown": told(result),
        "latency_ms": None if result.latency_us is None else result.latency_us / 1000,
        "timings": {phase: us / 1000 for phase, us in result.timings.items()},
        "address": result.address,
        "attempts": attempt.attempts,
        "at": attempt.at,
    }
