"""Triggers that do not trip where somebody may rely on them: never, or not when nothing answers."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from launchpad.checklist.model import Checklist, ReadingWarning, Trigger
from launchpad.conditions.condition import Observed, Relative
from launchpad.conditions.parse import parse


def unwatched(checklist: Checklist) -> Iterator[ReadingWarning]:
    """Yield a warning of each trigger that nothing is held against, or that misses an outage.

    What a document says in prose is told with how it was understood, and no warning.
    """
    for trigger in checklist.rollback.triggers if checklist.rollback else ():
        if trigger.probes or checklist.format == "yaml":
            for why in (*_why_never(checklist, trigger), *_why_silent(checklist, trigger)):
                yield ReadingWarning(trigger.line, f"the trigger {trigger.id} {why}")


def _why_never(checklist: Checklist, trigger: Trigger) -> Iterator[str]:
    if trigger.healthy_when is None:
        return
    if not trigger.probes:
        yield "names no probes: people watch it"
        return
    condition, baseline = parse(trigger.healthy_when), checklist.baseline
    if not isinstance(condition.right, Relative):
        return
    left = condition.left
    if not isinstance(left, Observed) or left.placeholder.name != "RESPONSE_TIME":
        yield "never trips: only [RESPONSE_TIME] can be compared with the baseline"
    elif baseline is None:
        yield "never trips: there is no `baseline` to compare with"
    else:
        unmeasured = [
            probe.id
            for probe in checklist.probes
            if _matches(probe.id, trigger.probes) and not _matches(probe.id, baseline.probes)
        ]
        if unmeasured:
            yield f"never trips on {', '.join(unmeasured)}: the `baseline` does not measure it"


def _why_silent(checklist: Checklist, trigger: Trigger) -> Iterator[str]:
    """Yield that what cannot be measured trips nothing: a service that is down answers nothing."""
    if trigger.error_trip_after is not None or trigger.action == "notify":
        return
    if any(probe.http and _matches(probe.id, trigger.probes) for probe in checklist.probes):
        yield (
            "does not trip while nothing answers, which is an error and no failure: "
            "`error-trip-after` says after how many"
        )


def _matches(probe: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(probe, pattern) for pattern in patterns)
