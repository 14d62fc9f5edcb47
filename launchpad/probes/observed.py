"""What a type's `observe` gives: what was measured, or why it could not be."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from launchpad.probes.result import Reason

Value: TypeAlias = (
    "str | bytes | int | float | bool | Sequence[str | bytes] | Mapping[str, str] | None"
)
NOTHING: Final[Mapping[str, int]] = MappingProxyType({})


class Observed(NamedTuple):
    """What was measured.

    values: by the names of their placeholders, as `launchpad.conditions` wants them held; a name
    that is missing was not measured. latency_us: the whole observation, in microseconds; timings:
    its phases. address: what it was connected to. note: what people should know besides. hidden:
    the placeholders whose values nobody gets to see. unmet: what the probe itself asks for and did
    not find, as people see it.
    """

    values: Mapping[str, Value]
    latency_us: int | None = None
    timings: Mapping[str, int] = NOTHING
    address: str | None = None
    note: str = ""
    hidden: frozenset[str] = frozenset()
    unmet: tuple[str, ...] = ()

    def numbers(self) -> dict[str, int | float]:
        """Return the numbers that anybody may see, by placeholder."""
        return {
            name: value
            for name, value in self.values.items()
            if isinstance(value, int | float)
            and not isinstance(value, bool)
            and name not in self.hidden
        }

    def __repr__(self) -> str:
        # Values may be secret, and tracebacks and logs show representations.
        return f"Observed({', '.join(self.values)})"


class CannotObserve(Exception):
    """It could not be measured, or not all of it.

    detail: for people, whatever it contains; observed: what was measured all the same.
    """

    def __init__(self, reason: Reason, detail: str, observed: Observed | None = None) -> None:
        super().__init__(detail)
        self.reason: Final[Reason] = reason
        self.detail: Final = detail
        self.observed: Final = observed or Observed({})
