"""What every type of probe tells about itself."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from launchpad.probes.observed import Observed


class ProbeType(NamedTuple):
    """A type of probe.

    spec: the class of its settings. observe: takes such settings and a deadline in seconds from
    now, which it keeps by itself because only it knows what was seen until then; raises
    CannotObserve. It imports its client when it is called. offered: the placeholders that its
    conditions can speak of. default: the conditions where none are written.
    """

    name: str
    spec: type[Any]
    observe: Callable[[Any, float], Awaitable[Observed]]
    offered: frozenset[str]
    default: tuple[str, ...]
