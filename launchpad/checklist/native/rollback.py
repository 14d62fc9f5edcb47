"""The way back: its steps in their order, how long they take, who may start it."""

from typing import get_args

from launchpad.checklist.model import OnFailure, OnTimeout, Rollback, Step, StepKind
from launchpad.checklist.native.commands import command
from launchpad.checklist.native.fields import Fields, some
from launchpad.checklist.native.nodes import Listing, Mapping, Node, Scalar
from launchpad.checklist.native.problems import Expected
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.values import (
    choice,
    duration_ms,
    given,
    line,
    paragraphs,
    scalar,
    truth,
    used,
)

_LATER = ("triggers", "kill-grace")
_STEP_LATER = ("http", "starts-at", "deadline", "kill-grace")
_KINDS: tuple[StepKind, ...] = ("command", "manual", "wait")
_ON_TIMEOUT: tuple[OnTimeout, ...] = get_args(OnTimeout)
_ON_FAILURE: tuple[OnFailure, ...] = get_args(OnFailure)


def rollback(node: Node, reading: Reading) -> Rollback:
    """Read the rollback."""
    with Fields(node, reading, _LATER) as fields:
        return Rollback(
            line=node.place.line,
            budget_ms=fields.may("budget", duration_ms, None),
            authority=fields.may("authority", _authority, ()),
            steps=fields.must("steps", some(_step), ()),
        )


def _authority(node: Node, reading: Reading) -> tuple[str, ...]:
    if isinstance(node, Listing):
        return some(used("role"))(node, reading)
    if scalar(node, "any or a list of roles").text != "any":
        raise Expected(node, "expected any (any member of the crew) or a list of roles")
    return ()


def _step(node: Node, reading: Reading) -> Step:
    with Fields(node, reading, _STEP_LATER) as fields:
        found = fields.one_of(_KINDS, "a step")
        kind: StepKind = next((known for known in _KINDS if known == found), "manual")
        wait_ms, wait_until = fields.may("wait", _wait, (None, None))
        step = Step(
            id=fields.must("id", given("step"), ""),
            title=fields.must("title", line, ""),
            line=node.place.line,
            kind=kind,
            command=fields.may("command", command, None),
            instructions=fields.may("manual", _instructions, ""),
            wait_ms=wait_ms,
            wait_until=wait_until,
            expected_ms=fields.may("expected", duration_ms, None),
            timeout_ms=fields.may("timeout", duration_ms, None),
            on_timeout=fields.may("on-timeout", choice(_ON_TIMEOUT), "ask"),
            on_failure=fields.may("on-failure", choice(_ON_FAILURE), "ask"),
            verify=fields.may("verify", used("probe"), None),
            idempotent=fields.may("idempotent", truth, otherwise=False),
            rehearse=fields.may("rehearse", command, None),
        )
        if found:
            _refuse_idle_keys(fields, step, reading)
    return step


def _refuse_idle_keys(fields: Fields, step: Step, reading: Reading) -> None:
    """Tell the keys that would do nothing, and that somebody might rely on."""
    idle = {}
    if step.kind != "command":
        idle = dict.fromkeys(("idempotent", "rehearse"), "only a command can have it")
        if step.on_timeout == "kill":
            idle["on-timeout"] = "only a command can be killed"
    if "timeout" not in fields:
        idle["on-timeout"] = "without `timeout` it never happens"
    for key, why in idle.items():
        if key in fields:
            reading.problems.add(fields.place_of(key), f"`{key}` does nothing here: {why}")


def _instructions(node: Node, reading: Reading) -> str:
    match scalar(node, "true or the instructions").text:
        case "true":
            return ""
        case "false":
            raise Expected(node, "expected true or the instructions")
        case _:
            return paragraphs(node, reading)


def _wait(node: Node, reading: Reading) -> tuple[int | None, str | None]:
    if isinstance(node, Mapping):
        with Fields(node, reading) as fields:
            return None, fields.must("until", used("probe"), "")
    if not isinstance(node, Scalar):
        raise Expected(node, "expected a duration, or {until: PROBE}")
    return duration_ms(node, reading), None
