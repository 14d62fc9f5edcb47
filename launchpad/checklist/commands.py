"""Every command that a checklist would have run, and what for."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from launchpad.checklist.model import Checklist, Command, Item, Step


@dataclass(frozen=True, slots=True)
class Runs:
    """A command of a checklist, and what it is for.

    id: `secret/NAME`, `probe/ID`, `item/ID`, `rollback/STEP`, and with `/rehearse` what is run
    instead in a rehearsal.
    """

    id: str
    command: Command

    @property
    def text(self) -> str:
        """The command as it would be typed. Not safe."""
        command = self.command
        return shlex.join(command.argv) if command.shell is None else command.shell


def commands(checklist: Checklist) -> list[Runs]:
    """Return every command that a checklist would have run, in the order of its parts."""
    return list(_commands(checklist))


def item_commands(item: Item) -> Iterator[Runs]:
    """Yield what an item's cutover step would have run, and what instead in a rehearsal."""
    if item.step:
        yield from _of_step(f"item/{item.id}", item.step)


def step_commands(step: Step) -> Iterator[Runs]:
    """Yield what a rollback's step would have run, and what instead in a rehearsal."""
    yield from _of_step(f"rollback/{step.id}", step)


def _of_step(name: str, step: Step) -> Iterator[Runs]:
    if step.command:
        yield Runs(name, step.command)
    if step.rehearse:
        yield Runs(f"{name}/rehearse", step.rehearse)


def _commands(checklist: Checklist) -> Iterator[Runs]:
    for secret in checklist.secrets:
        if secret.source == "command":
            yield Runs(f"secret/{secret.name}", Command(secret.line, secret.origin))
    for probe in checklist.probes:
        if probe.command:
            yield Runs(f"probe/{probe.id}", probe.command)
        if probe.env and probe.env.source == "command":
            yield Runs(f"probe/{probe.id}", Command(probe.line, probe.env.origin))
    for item in checklist.items():
        yield from item_commands(item)
    for step in checklist.rollback.steps if checklist.rollback else ():
        yield from step_commands(step)
