"""What was observed, as conditions see it: values by the names of their placeholders."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

Value: TypeAlias = (
    "str | bytes | int | float | bool | Sequence[str | bytes] | Mapping[str, str] | None"
)


class Observation(Mapping[str, Value]):
    """Values by placeholder name, without brackets: {"STATUS": 200, "RESPONSE_TIME": 12.5}.

    How each is held is in `placeholders`; HEADER is a mapping from header names to values. None,
    like a name that is not there, means that it was not measured. The mapping is copied; the
    values in it are not.
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = MappingProxyType(dict(values))

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        # Values may be secret, and tracebacks and logs show representations.
        return f"Observation({', '.join(self)})"
