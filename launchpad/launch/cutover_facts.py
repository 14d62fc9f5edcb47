"""What happened to a cutover step, beside what is recorded of every step: the body of an event.

A cutover step's other events are those of a rollback's step, with attempt 0 and its item's id.
"""

from dataclasses import dataclass
from typing import Final

CUTOVER: Final = 0
"""The attempt that cutover steps belong to: none of the rollback's, which count from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRequested:
    """step.requested: somebody wants the step of an item carried out, as run number `run`.

    reason: why once more, "" for the first time.
    """

    item: str
    run: int
    reason: str = ""
