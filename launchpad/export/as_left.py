"""How the steps of each attempt at a rollback were left: in whose words, and when."""

from collections.abc import Iterator
from dataclasses import dataclass

from launchpad.export.sheet_lines import Line, line
from launchpad.launch.as_left import Statement
from launchpad.launch.moment import day, second
from launchpad.launch.state import LaunchState

HEADS = ("Attempt", "Step", "Left", "In whose words", "When")


@dataclass(frozen=True, slots=True)
class _Stated:
    attempt: int
    statement: Statement

    @property
    def when(self) -> str:
        return f"{day(self.statement.at)} {second(self.statement.at)}"


def as_left_rows(state: LaunchState) -> Iterator[tuple[str, ...]]:
    """Yield a row of HEADS for each step at each pause and at the end of what was abandoned."""
    for each in _stated(state):
        for left in each.statement.steps:
            words = f"{each.statement.by}, who {each.statement.what} it"
            whose = words if left.said else "nobody's: as recorded"
            yield str(each.attempt), left.step, left.text, whose, each.when


def as_left_lines(state: LaunchState) -> Iterator[Line]:
    """Yield the same as lines of an emergency sheet."""
    for each in _stated(state):
        said = each.statement
        yield line("group", f"attempt {each.attempt}, {said.what} by {said.by}, {each.when}")
        yield line("text", said.reason, depth=1)
        for left in said.steps:
            whose = "" if left.said else ", as recorded"
            yield line("entry", f"{left.step}: {left.text}{whose}", depth=1)


def _stated(state: LaunchState) -> Iterator[_Stated]:
    newest = (state.rollback,) if state.rollback else ()
    for rollback in (*state.attempts, *newest):
        for statement in rollback.statements:
            yield _Stated(rollback.attempt, statement)
