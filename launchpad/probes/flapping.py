"""When a probe changes all the time: then each change tells less than that it flaps.

Counted are the changes between success and anything else, as they are shown (its thresholds
applied), over the newest WINDOW intervals between observations. It flaps from BEGINS changes on:
a service that fails and recovers changes twice, one that does so again four times; the fifth is
the third time that it got bad. It is calm with ENDS changes or fewer, so that it does not turn
from flapping to calm and back itself.
"""

from typing import Final, NamedTuple

from launchpad.probes.result import State

WINDOW: Final = 10
"""Intervals between observations that are looked at."""
BEGINS: Final = 5
"""Changes within them from which on a probe flaps."""
ENDS: Final = 2
"""Changes within them with which it is calm again."""


class Flapping(NamedTuple):
    """Whether a probe flaps. good: of its newest observations, oldest first."""

    flaps: bool = False
    good: tuple[bool, ...] = ()

    @property
    def changes(self) -> int:
        """How often it changed within the window."""
        return sum(a != b for a, b in zip(self.good, self.good[1:], strict=False))


def after(before: Flapping, state: State) -> Flapping:
    """Return what is known once another state is shown. Skipped is no observation."""
    if state == "skipped":
        return before
    good = (*before.good, state == "success")[-WINDOW - 1 :]
    after = Flapping(before.flaps, good)
    return after._replace(flaps=after.changes > ENDS if before.flaps else after.changes >= BEGINS)
