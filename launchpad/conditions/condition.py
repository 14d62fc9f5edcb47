"""A condition once it is read: what is compared, how, and with what."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from launchpad.conditions.placeholders import Kind, Placeholder

Operator = Literal["==", "!=", "<", "<=", ">", ">="]
Unit = Literal["number", "duration", "size", "percentage"]


@dataclass(frozen=True, slots=True)
class Observed:
    """A placeholder. path: the names and indexes that follow [BODY], or [HEADER]'s one name."""

    placeholder: Placeholder
    path: tuple[str | int, ...] = ()

    @property
    def kind(self) -> Kind:
        """What it can be compared with."""
        return self.placeholder.kind


@dataclass(frozen=True, slots=True)
class Measure:
    """A function of a placeholder: len() is a number, has() a bool."""

    function: Literal["len", "has"]
    of: Observed

    @property
    def kind(self) -> Kind:
        """What it can be compared with."""
        return "number" if self.function == "len" else "bool"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, milliseconds, bytes or percent, as the unit says. Never NaN nor infinite."""

    unit: Unit
    value: int | float


@dataclass(frozen=True, slots=True)
class Relative:
    """Against the baseline: percent more than it, or less where percent is negative."""

    percent: int | float


@dataclass(frozen=True, slots=True)
class Truth:
    """The word true or false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Text:
    """Text, to be equal to."""

    text: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """Text in which every * stands for any run of characters, or for none."""

    text: str


Literally: TypeAlias = Quantity | Truth | Text


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Several values, one of which is to be equal to."""

    options: tuple[Literally, ...]


Subject: TypeAlias = Observed | Measure
Expected: TypeAlias = Literally | Relative | Pattern | AnyOf
Operand: TypeAlias = Subject | Expected


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison that makes sense; at least one side of it is observed."""

    left: Operand
    operator: Operator
    right: Operand
