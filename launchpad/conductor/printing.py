"""What a step prints, brought into the log while it runs."""

from launchpad.conductor.holding import Holding
from launchpad.log.samples import OutputPart
from launchpad.steps.order import StepRun

_PART_LENGTH = 32_768


class Shown:
    """What of a run's output the log holds: in parts, the last of which grows."""

    def __init__(self, holding: Holding, step_run: StepRun) -> None:
        self._holding = holding
        self._step_run = step_run
        self._parts: list[str] = []

    def add(self, text: str, *, anew: bool) -> None:
        """Bring new output into the log; anew replaces all that was there."""
        if not text:
            return
        before = [] if anew else self._parts
        tail = before.pop() if before and len(before[-1]) < _PART_LENGTH else ""
        first, whole = len(before), tail + text
        fresh = [whole[at : at + _PART_LENGTH] for at in range(0, len(whole), _PART_LENGTH)]
        emptied = max(len(self._parts) - first - len(fresh), 0) if anew else 0
        for number, part in enumerate([*fresh, *[""] * emptied], first):
            self._holding.printed(
                OutputPart(
                    attempt=self._step_run.attempt,
                    step=self._step_run.step,
                    run=self._step_run.run,
                    part=number,
                    text=part,
                )
            )
        self._parts = [*before, *fresh]
