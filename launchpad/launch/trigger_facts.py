"""What happened around the triggers of a rollback: the bodies of events."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineFigure:
    """What a probe took before the launch: the 50th and 95th percentile over so many samples."""

    probe: str
    samples: int
    p50_us: int
    p95_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineCaptured:
    """baseline.captured: what the launch is compared with. over_ms: how long it was measured."""

    figures: tuple[BaselineFigure, ...]
    over_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerTripped:
    """trigger.tripped: a condition to roll back on is met. probe: which one showed it; shown: how.

    flapping: whether that probe changes all the time, so that nothing happens by itself.
    """

    trigger: str
    probe: str
    shown: str
    flapping: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerDismissed:
    """trigger.dismissed: somebody with authority said no, for a stated time."""

    trigger: str
    reason: str
    for_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackProposed:
    """rollback.proposed: people are asked to decide.

    decide_within_ms: how long; auto: whether the rollback begins by itself when that is over;
    held_up: why it does not while things stand as they do, None where nothing is known against it.
    """

    trigger: str
    decide_within_ms: int | None = None
    auto: bool = False
    held_up: str | None = None


TriggerFact: TypeAlias = BaselineCaptured | TriggerTripped | TriggerDismissed | RollbackProposed
