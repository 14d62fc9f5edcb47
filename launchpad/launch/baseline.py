"""What a probe took before the launch, and how what it takes now compares with that.

Both sides are figures over many samples, never a single one: the 95th percentile by the nearest
rank (the smallest value that at least 95 of 100 do not exceed), so that it was really measured.
"""

from collections.abc import Iterable, Sequence

from launchpad.checklist.model import Checklist, Trigger
from launchpad.conditions.condition import Condition, Relative
from launchpad.conditions.evaluate import Verdict, evaluate
from launchpad.conditions.parse import parse
from launchpad.launch.criteria import matching
from launchpad.launch.trigger_facts import BaselineFigure

# What a baseline holds of a probe, as conditions name it.
_MEASURED = "RESPONSE_TIME"
_US_PER_MS = 1000


def nearest_rank(ordered: Sequence[int], percent: int) -> int:
    """Return a percentile of at least one value, in ascending order: one of the values."""
    return ordered[max(-(-len(ordered) * percent // 100), 1) - 1]


def figure(probe: str, latencies_us: Iterable[int]) -> BaselineFigure:
    """Return what a probe took, over at least one sample; latencies in microseconds."""
    ordered = sorted(latencies_us)
    return BaselineFigure(
        probe=probe,
        samples=len(ordered),
        p50_us=nearest_rank(ordered, 50),
        p95_us=nearest_rank(ordered, 95),
    )


def relative(trigger: Trigger) -> Condition | None:
    """Return a trigger's condition where it speaks of a change against the baseline, else None."""
    if trigger.healthy_when is None:
        return None
    condition = parse(trigger.healthy_when)
    return condition if isinstance(condition.right, Relative) else None


def compared(
    condition: Condition,
    latencies_us: Sequence[int],
    before: BaselineFigure | None,
    min_samples: int,
) -> Verdict:
    """Return what the newest window of a probe's latencies makes of a change that is allowed.

    Too few samples, no baseline, or a quantity that no baseline holds: no data.
    """
    # Nothing observed and no baseline make no data of it, and show why.
    if len(latencies_us) < max(min_samples, 1):
        shown = evaluate(condition, {}, {}).shown
        return Verdict("no-data", f"{shown}: {len(latencies_us)} of {min_samples} samples")
    now = nearest_rank(sorted(latencies_us), 95)
    return evaluate(
        condition,
        {_MEASURED: now / _US_PER_MS},
        {_MEASURED: before.p95_us / _US_PER_MS} if before else None,
    )


def compared_probes(checklist: Checklist) -> tuple[str, ...]:
    """Return the ids of the probes whose triggers speak of a change against the baseline."""
    triggers = checklist.rollback.triggers if checklist.rollback else ()
    patterns = [pattern for each in triggers if relative(each) for pattern in each.probes]
    return matching(checklist, patterns)
