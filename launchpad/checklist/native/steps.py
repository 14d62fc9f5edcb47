"""Steps: what is done by the program or a person, in a rollback or on an item."""

from dataclasses import replace
from typing import get_args

from launchpad.checklist.model import Item, OnFailure, OnTimeout, Step, StepKind
from launchpad.checklist.native.commands import command
from launchpad.checklist.native.condition_syntax import condition
from launchpad.checklist.native.fields import Fields, Reader, each, some
from launchpad.checklist.native.http import http
from launchpad.checklist.native.nodes import Mapping, Node, Scalar
from launchpad.checklist.native.problems import Expected
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.values import (
    any_duration_ms,
    choice,
    duration_ms,
    given,
    line,
    paragraphs,
    scalar,
    truth,
    used,
)

ON_TIMEOUT: tuple[OnTimeout, ...] = get_args(OnTimeout)
ON_FAILURE: tuple[OnFailure, ...] = get_args(OnFailure)
_KINDS: tuple[StepKind, ...] = get_args(StepKind)


def rollback_step(node: Node, reading: Reading) -> Step:
    """Read a step of a rollback."""
    with Fields(node, reading) as fields:
        step = Step(
            id=fields.must("id", given("step"), ""),
            title=fields.must("title", line, ""),
            line=node.place.line,
            kind="manual",
            starts_at_ms=fields.may("starts-at", any_duration_ms, None),
            deadline_ms=fields.may("deadline", any_duration_ms, None),
            snippets=fields.may("snippets", each(used("snippet")), ()),
        )
        starts, by = step.starts_at_ms, step.deadline_ms
        if starts is not None and by is not None and by <= starts:
            fields.refuse("deadline", "it is to be done before it starts")
        return _done(fields, step)


def item_step(item: Item) -> Reader[Step]:
    """Return a reader of what is done for an item, under the item's own id and title."""

    def step(node: Node, reading: Reading) -> Step:
        with Fields(node, reading) as fields:
            base = Step(id=item.id, title=item.text, line=node.place.line, kind="manual")
            return _done(fields, base)

    return step


def _done(fields: Fields, step: Step) -> Step:
    """Read what is done in a step, and how it goes on from there."""
    found = fields.one_of(_KINDS, "a step")
    wait_ms, wait_until = fields.may("wait", _wait, (None, None))
    step = replace(
        step,
        kind=next((known for known in _KINDS if known == found), "manual"),
        command=fields.may("command", command, None),
        instructions=fields.may("manual", _instructions, ""),
        wait_ms=wait_ms,
        wait_until=wait_until,
        expected_ms=fields.may("expected", any_duration_ms, None),
        timeout_ms=fields.may("timeout", duration_ms, None),
        on_timeout=fields.may("on-timeout", choice(ON_TIMEOUT), "ask"),
        on_failure=fields.may("on-failure", choice(ON_FAILURE), "ask"),
        verify=fields.may("verify", used("probe"), None),
        idempotent=fields.may("idempotent", truth, otherwise=False),
        rehearse=fields.may("rehearse", command, None),
        http=fields.may("http", http, None),
        conditions=fields.may("conditions", some(condition("http")), ()),
        kill_grace_ms=fields.may("kill-grace", duration_ms, None),
    )
    if found:
        _refuse_idle_keys(fields, step)
    return step


def _refuse_idle_keys(fields: Fields, step: Step) -> None:
    """Tell the keys that would do nothing, and that somebody might rely on."""
    idle = {}
    if step.kind != "command":
        idle = dict.fromkeys(("idempotent", "rehearse"), "only a command can have it")
        if step.on_timeout == "kill":
            idle["on-timeout"] = "only a command can be killed"
    if step.kind != "wait" and step.on_timeout == "continue":
        idle["on-timeout"] = "only a wait goes on at its timeout; what runs ends before the next"
    if step.kind == "http":
        idle["on-timeout"] = "a request ends at its timeout"
    else:
        idle["conditions"] = "only a request is answered"
    if step.kind not in ("command", "http"):
        idle["kill-grace"] = "only a command or a request can be killed"
    if "timeout" not in fields:
        idle["on-timeout"] = "without `timeout` it never happens"
    for key, why in idle.items():
        fields.refuse(key, f"`{key}` does nothing here: {why}")


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
