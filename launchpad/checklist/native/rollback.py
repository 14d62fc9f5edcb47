"""The way back: its steps in their order, how long they take, who may start it, and on what."""

from dataclasses import replace

from launchpad.checklist.model import Rollback, Step
from launchpad.checklist.native.fields import Fields, Reader, each, some
from launchpad.checklist.native.nodes import Listing, Node
from launchpad.checklist.native.problems import Expected
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.steps import rollback_step
from launchpad.checklist.native.triggers import triggers_over
from launchpad.checklist.native.values import duration_ms, line, paragraphs, scalar, used
from launchpad.checklist.planned import planned_ms


def rollback_over(known: Rollback | None) -> Reader[Rollback]:
    """Return a reader of the rollback. known: what a key that is missing leaves as it is."""

    def read(node: Node, reading: Reading) -> Rollback:
        return _rollback(node, reading, known or Rollback(line=node.place.line, steps=()))

    return read


def _rollback(node: Node, reading: Reading, known: Rollback) -> Rollback:
    with Fields(node, reading) as fields:
        steps = some(rollback_step)
        back = replace(
            known,
            budget_ms=fields.may("budget", duration_ms, known.budget_ms),
            authority=fields.may("authority", _authority, known.authority),
            authority_text=fields.may("authority-text", line, known.authority_text),
            instructions=fields.may("instructions", paragraphs, known.instructions),
            triggers=fields.may("triggers", triggers_over(known.triggers), known.triggers),
            snippets=fields.may("snippets", each(used("snippet")), known.snippets),
            steps=fields.may("steps", steps, known.steps)
            if known.steps
            else fields.must("steps", steps, ()),
        )
        grace_ms = fields.may("kill-grace", duration_ms, None)
    if grace_ms is not None:
        back = replace(back, steps=tuple(_with_grace(step, grace_ms) for step in back.steps))
    _warn_over_budget(back, reading)
    return back


def _with_grace(step: Step, grace_ms: int) -> Step:
    """Return a step that is killed after the rollback's grace, where it says no other itself."""
    if step.kind not in ("command", "http") or step.kill_grace_ms is not None:
        return step
    return replace(step, kill_grace_ms=grace_ms)


def _authority(node: Node, reading: Reading) -> tuple[str, ...]:
    if isinstance(node, Listing):
        return some(used("role"))(node, reading)
    if scalar(node, "any or a list of roles").text != "any":
        raise Expected(node, "expected any (any member of the crew) or a list of roles")
    return ()


def _warn_over_budget(back: Rollback, reading: Reading) -> None:
    expected_ms = planned_ms((step.starts_at_ms, step.expected_ms or 0) for step in back.steps)
    if back.budget_ms is not None and expected_ms > back.budget_ms:
        reading.warn(
            back.line,
            f"the rollback's steps are expected to take {expected_ms / 1000:g} s, "
            f"more than its budget of {back.budget_ms / 1000:g} s",
        )
