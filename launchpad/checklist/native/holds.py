"""Holds that are built into the countdown, and what has to be good for a GO."""

from launchpad.checklist.model import CommitCriterion, Hold
from launchpad.checklist.native.fields import Fields, each, some
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.probes import probe_patterns
from launchpad.checklist.native.problems import Expected
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.values import (
    duration_ms,
    given,
    launch_time_ms,
    line,
    truth,
    used,
)


def _hold(node: Node, reading: Reading) -> Hold:
    with Fields(node, reading) as fields:
        phases, poll = fields.may("until", _awaited, ((), None))
        hold = Hold(
            id=fields.must("id", given("hold"), ""),
            line=node.place.line,
            at_ms=fields.must("at", _before_t0, 0),
            lasts_ms=fields.may("lasts", duration_ms, 0),
            title=fields.may("title", line, ""),
            phases=phases,
            poll=poll,
        )
        if not fields.wrong and "lasts" not in fields and "until" not in fields:
            reading.problems.add(fields.place, "a hold needs `lasts` or `until`")
    return hold


def _before_t0(node: Node, reading: Reading) -> int:
    at_ms = launch_time_ms(node, reading)
    if at_ms > 0:
        raise Expected(node, "a hold comes before T-0, or at it: T-20m")
    return at_ms


def _awaited(node: Node, reading: Reading) -> tuple[tuple[str, ...], str | None]:
    """Read what a hold waits for: phases that are done, the GO of a phase's poll, or both."""
    with Fields(node, reading) as fields:
        phases = fields.may("phases", some(used("phase")), ())
        poll = fields.may("poll", used("poll"), None)
        if not fields.wrong and "phases" not in fields and "poll" not in fields:
            reading.problems.add(fields.place, "`until` needs `phases` or `poll`")
    return phases, poll


def _criterion(node: Node, reading: Reading) -> CommitCriterion:
    with Fields(node, reading) as fields:
        return CommitCriterion(
            id=fields.must("id", given("criterion"), ""),
            text=fields.must("text", line, ""),
            line=node.place.line,
            probes=fields.must("probes", probe_patterns, ()),
            hold=fields.may("hold", truth, otherwise=False),
        )


holds = each(_hold)
commit_criteria = each(_criterion)
