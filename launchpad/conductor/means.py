"""What a launch's commands and probes are given: trust, variables, secrets, a place to run in."""

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from launchpad.checklist.model import Checklist, Command, HttpSettings, Step
from launchpad.checklist.requests import secrets_carried
from launchpad.launch.kinds import Mode
from launchpad.launch.state import LaunchState
from launchpad.session.participant import os_user
from launchpad.steps import requesting, resolving, trust
from launchpad.steps.order import GRACE_MS, Order, StepRun
from launchpad.steps.resolving import SecretMissing, VariableMissing


class NotRun(Exception):
    """A command cannot be run. The message says why; it is safe and holds no secret."""


@dataclass(frozen=True, slots=True)
class Given:
    """A checklist with what it was given. vars: the values of its variables; folder: its own."""

    checklist: Checklist
    source: trust.Text
    vars: Mapping[str, str]
    folder: Path
    mode: Mode = "live"


def given_to(state: LaunchState) -> Given:
    """Return what a launch was given, where it is at home now."""
    opened, folder = state.opened, Path(state.home.directory)
    return Given(opened.reading, opened.source, opened.vars, folder, opened.mode)


class Means:
    """The means of one checklist on this machine."""

    def __init__(self, given: Given, state_folder: Path, environment: Mapping[str, str]) -> None:
        self._given = given
        self._state_folder = state_folder
        self._environment = environment
        self._known: dict[str, str] = {}
        self.folder = given.folder

    @property
    def checklist(self) -> Checklist:
        """The checklist."""
        return self._given.checklist

    @property
    def environment(self) -> Mapping[str, str]:
        """The conductor's own environment."""
        return self._environment

    def values(self) -> dict[str, str]:
        """Return the variables' values. Raises VariableMissing."""
        return resolving.variables(self.checklist, self._given.vars)

    def trusted(self) -> trust.Trusted:
        """Return what this account trusts of the checklist's text. Raises NotTrusted.

        Looked at each time: trust may be given while the conductor runs, and a script changed.
        """
        return trust.check(
            self._state_folder, self._given.source, self.checklist, self.folder, os_user()
        )

    async def secrets(self, names: Iterable[str]) -> dict[str, str]:
        """Return the values of secrets. Raises SecretMissing, and NotTrusted before any is read."""
        wanted = tuple(names)
        if wanted:
            self.trusted()
        return await resolving.secrets(self.checklist, self._environment, self.folder, wanted)

    async def order(self, step: Step, step_run: StepRun, claim_folder: Path) -> Order:
        """Return the order to carry out a step that is a process. Raises NotRun."""
        try:
            if step.http is not None:
                return await self._sending(step, step.http, step_run, claim_folder)
            command = self._command(step)
            trusted = self.trusted()
            secrets = await self.secrets(command.secrets)
            return resolving.order(
                step_run,
                command,
                claim_folder=claim_folder,
                folder=self.folder,
                values=self.values(),
                # It may print one that it was not given.
                secrets={**await self.known_secrets(), **secrets},
                environment=self._environment,
                trusted=trusted,
                kill_after_ms=step.timeout_ms if step.on_timeout == "kill" else None,
                grace_ms=_grace_ms(step),
            )
        except (trust.NotTrusted, SecretMissing, VariableMissing) as error:
            raise NotRun(str(error)) from error

    async def _sending(
        self, step: Step, http: HttpSettings, step_run: StepRun, claim_folder: Path
    ) -> Order:
        self.trusted()
        carried = await self.secrets(secrets_carried(http, self.checklist.secrets))
        told = requesting.sending(step, http, self.values(), carried)
        return Order(
            step_run=step_run,
            folder=str(claim_folder),
            argv=requesting.argv(),
            cwd="/",
            env=requesting.environment(told, self._environment),
            # It may be answered one that it did not carry.
            secrets={**await self.known_secrets(), **carried},
            kill_after_ms=requesting.kill_after_ms(step),
            grace_ms=_grace_ms(step),
        )

    async def known_secrets(self) -> dict[str, str]:
        """Return those secrets that can be had, to be taken out of whatever is seen.

        One that is missing concerns who names it. Each is looked up until it was found once.
        """
        for secret in self.checklist.secrets:
            if secret.name not in self._known:
                with contextlib.suppress(SecretMissing, trust.NotTrusted):
                    self._known |= await self.secrets([secret.name])
        return dict(self._known)

    def _command(self, step: Step) -> Command:
        command = step.rehearse if self._given.mode == "rehearsal" else step.command
        if command is None:
            raise NotRun("it has no command")
        return command


def _grace_ms(step: Step) -> int:
    return GRACE_MS if step.kill_grace_ms is None else step.kill_grace_ms
