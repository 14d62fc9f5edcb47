"""The time that is granted for the launch, and what is measured before it."""

from launchpad.checklist.model import Baseline, Window
from launchpad.checklist.native.fields import Fields
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.probes import probe_patterns
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.values import count, duration_ms, launch_time_ms


def window(node: Node, reading: Reading) -> Window:
    """Read when the window opens and when it ends; either may be missing, but not both."""
    with Fields(node, reading) as fields:
        read = Window(
            line=node.place.line,
            opens_ms=fields.may("opens", launch_time_ms, None),
            hard_stop_ms=fields.may("hard-stop", launch_time_ms, None),
            safety_floor_ms=fields.may("safety-floor", duration_ms, 0),
        )
        if "hard-stop" not in fields:
            fields.refuse("safety-floor", "without `hard-stop` there is no end to keep it before")
            if "opens" not in fields and not fields.wrong:
                reading.problems.add(fields.place, "a window needs `opens` or `hard-stop`")
        if (
            read.opens_ms is not None
            and read.hard_stop_ms is not None
            and read.hard_stop_ms <= read.opens_ms
        ):
            fields.refuse("hard-stop", "the window ends before it opens")
    return read


def baseline(node: Node, reading: Reading) -> Baseline:
    """Read which probes are measured, over how long, and how many samples make a baseline."""
    with Fields(node, reading) as fields:
        return Baseline(
            line=node.place.line,
            probes=fields.must("probes", probe_patterns, ()),
            over_ms=fields.must("over", duration_ms, 0),
            min_samples=fields.must("min-samples", count, 0),
        )
