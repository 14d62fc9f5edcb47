"""A Markdown document's checklist as native parts find it, and what is wrong with the parts."""

from textwrap import dedent

import pytest

from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.model import (
    Checklist,
    EnvironmentVariable,
    Item,
    Phase,
    Role,
    Rollback,
    SignOff,
    Step,
)
from launchpad.checklist.native.fragments import Fragment
from launchpad.checklist.native.parts import Parts

ITEM = Item(
    id="backup",
    text="A backup is there",
    label="",
    checked=True,
    line=5,
    end_line=5,
    depth=0,
    kind="task",
    section="databases",
    box=None,
    priority="must",
    owner="Ada B",
)
PHASE = Phase("before", "Before", 3, (ITEM,), at_ms=-1000, priority="high")
BACK = Rollback(20, (Step("dns", "DNS back", 21, "manual"),), 600_000, authority_text="the lead")
SIGNED = SignOff("before", "Before", "before", 9, ("backup",), ())
PLAN = Checklist(
    title="Launch",
    format="markdown",
    code_word="launch",
    damage=None,
    phases=(PHASE,),
    sections=(),
    signoffs=(SIGNED,),
    warnings=(),
    roles=(Role("dba", "Database Admin", 4),),
    rollback=BACK,
    env_vars=(EnvironmentVariable("URL", 7), EnvironmentVariable("KEY", 8)),
)


def under(text: str, line: int = 6) -> Fragment:
    return Fragment(dedent(text).strip("\n"), line)


def told(parts: Parts, checklist: Checklist = PLAN) -> list[str]:
    with pytest.raises(ChecklistError) as refused:
        parts.settle(checklist)
    lines = refused.value.message.splitlines()
    if len(lines) > 1:
        assert lines.pop(0) == f"plan.md: {len(lines)} problems"
    return [line.removeprefix("plan.md:") for line in lines]
