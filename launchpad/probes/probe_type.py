"""What every type of probe tells about itself."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from launchpad.probes.observed import Observed


def nowhere(_spec: object) -> str | None:
    """Say that a type's settings lead to no host."""
    return None


class ProbeType(NamedTuple):
    """A type of probe.

    spec: the class of its settings. observe: takes such settings and a deadline in seconds from
    now, which it keeps by itself because only it knows what was seen until then; raises
    CannotObserve. It imports its client when it is called. offered: the placeholders that its
    conditions can speak of. default: the conditions where none are written. host: the host that
    such settings lead to, so that not too much is asked of it at once.
    """

    name: str
    spec: type[Any]
    observe: Callable[[Any, float], Awaitable[Observed]]
    offered: frozenset[str]
    default: tuple[str, ...]
    host: Callable[[Any], str | None] = nowhere
