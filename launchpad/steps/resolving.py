"""From what an author wrote to what is run: variables and secrets become words and environment.

A variable is a whole word of a command or an environment variable, never part of a word and never
a shell's text; so no value of one, whatever is in it, is ever read by a shell.
"""

import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from launchpad.checklist.model import Checklist, Command, Secret, Variable
from launchpad.process.environment import KEPT, clean_environment
from launchpad.process.run import KeeperLost, run
from launchpad.process.start import StartError
from launchpad.steps.order import GRACE_MS, Order, StepRun
from launchpad.steps.scripts import named_scripts
from launchpad.steps.trust import Trusted
from launchpad.text.redaction import Redactor, SecretTooShort
from launchpad.text.safe import one_line

REFERENCE: Final = re.compile(r"\$\{([^{}]*)\}")
_OURS: Final = "LAUNCHPAD_"
_ASKING_S: Final = 10.0
_LARGEST: Final = 64 * 1024


class SecretMissing(Exception):
    """A secret cannot be used. where: where it was looked for, and what was wrong; no value."""

    def __init__(self, name: str, where: str) -> None:
        super().__init__(f"the secret {one_line(name)}: {one_line(where)}")
        self.name: Final = name
        self.where: Final = one_line(where)


class VariableMissing(Exception):
    """A variable has no value, or not one that its author wants. why: safe."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"the variable {one_line(name)}: {one_line(why)}")
        self.name: Final = name
        self.why: Final = one_line(why)


def variables(checklist: Checklist, given: Mapping[str, str]) -> dict[str, str]:
    """Return the values of a checklist's variables: as given at opening, else the default.

    One that is neither given nor has a default is left out. Raises VariableMissing.
    """
    values = {each.name: value_of(each, given) for each in checklist.vars}
    return {name: value for name, value in values.items() if value is not None}


def value_of(variable: Variable, given: Mapping[str, str]) -> str | None:
    """Return one variable's value, None for one that needs none. Raises VariableMissing."""
    value = given.get(variable.name, variable.default)
    if value is None:
        if variable.required:
            raise VariableMissing(variable.name, "it is required, and has no value")
        return None
    if "\0" in value:
        raise VariableMissing(variable.name, "its value holds a NUL byte")
    if variable.matches is not None and not re.search(variable.matches, value):
        raise VariableMissing(variable.name, f"its value does not match {variable.matches}")
    return value


def argv_of(command: Command, values: Mapping[str, str]) -> list[str]:
    """Return the words to run. values: see `variables`. Raises VariableMissing."""
    if command.shell is not None:
        return ["/bin/sh", "-c", command.shell]
    return [_word(word, values) for word in command.argv]


def environment_of(
    command: Command,
    values: Mapping[str, str],
    secrets: Mapping[str, str],
    environment: Mapping[str, str],
) -> dict[str, str]:
    """Return the environment of a command: an allow-list, the variables, the secrets it names.

    A variable `base-url` is `LAUNCHPAD_VAR_BASE_URL`; a secret `job-token` is `JOB_TOKEN`, so that
    a script finds what it finds when it is run by hand. secrets: see `secrets`. Raises
    SecretMissing.
    """
    extra = {f"{_OURS}VAR_{environment_name(name)}": value for name, value in values.items()}
    for name in command.secrets:
        variable = environment_name(name)
        if variable in KEPT or variable.startswith(_OURS):
            raise SecretMissing(name, f"it would take the place of {variable}: rename it")
        if name not in secrets:
            raise SecretMissing(name, "it was not resolved")
        extra[variable] = secrets[name]
    return clean_environment(environment, extra=extra)


def order(
    step_run: StepRun,
    command: Command,
    *,
    claim_folder: Path,
    folder: Path,
    values: Mapping[str, str],
    secrets: Mapping[str, str],
    environment: Mapping[str, str],
    trusted: Trusted,
    kill_after_ms: int | None = None,
    grace_ms: int = GRACE_MS,
) -> Order:
    """Return the order to run a command of a checklist. Raises VariableMissing, SecretMissing.

    claim_folder: see `folder.claim_folder`; folder: the checklist's, where it runs; secrets: all
    are taken out of what the command prints, and those that it names are given to it; trusted:
    what was just checked (see `trust`): the runner looks at the scripts once more.
    """
    named = named_scripts(command, folder)
    return Order(
        step_run=step_run,
        folder=str(claim_folder),
        argv=argv_of(command, values),
        cwd=str(folder),
        env=environment_of(command, values, secrets, environment),
        secrets=dict(secrets),
        scripts={str(path): sha for path, sha in trusted.scripts.items() if path in named},
        kill_after_ms=kill_after_ms,
        grace_ms=grace_ms,
    )


async def secrets(
    checklist: Checklist, environment: Mapping[str, str], folder: Path, names: Iterable[str]
) -> dict[str, str]:
    """Return the values of secrets. Runs commands: only for a checklist that is trusted.

    environment: the conductor's; folder: the checklist's. Raises SecretMissing, also for a value
    that does not match its pattern, or is too short to be found in what commands print.
    """
    known = {secret.name: secret for secret in checklist.secrets}
    values = {}
    for name in dict.fromkeys(names):
        if name not in known:
            raise SecretMissing(name, "the checklist has no such secret")
        values[name] = await _value(known[name], environment, folder)
    return values


async def _value(secret: Secret, environment: Mapping[str, str], folder: Path) -> str:
    where, value = await _found(secret, environment, folder)
    if not value:
        raise SecretMissing(secret.name, f"{where} is empty")
    if "\0" in value:
        raise SecretMissing(secret.name, f"{where} holds a NUL byte")
    if secret.matches is not None and not re.search(secret.matches, value):
        raise SecretMissing(secret.name, f"{where} does not match {secret.matches}")
    try:
        Redactor({secret.name: value})
    except (SecretTooShort, UnicodeEncodeError) as error:
        short = isinstance(error, SecretTooShort)
        raise SecretMissing(secret.name, str(error) if short else f"{where} is not text") from None
    return value


async def _found(
    secret: Secret, environment: Mapping[str, str], folder: Path
) -> tuple[str, str | None]:
    match secret.source:
        case "env":
            name = secret.origin[0]
            if name not in environment:
                raise SecretMissing(secret.name, f"${name} is not set where the conductor runs")
            return f"${name}", environment[name]
        case "file":
            return f"the file {secret.origin[0]}", _read(secret, folder / secret.origin[0])
        case "command":
            where = f"what {secret.origin[0]} prints"
            return where, await _printed(secret, environment, folder)


def _read(secret: Secret, path: Path) -> str:
    try:
        # Without waiting, should it be a pipe.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise SecretMissing(secret.name, f"{path} is not a regular file")
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise SecretMissing(secret.name, f"{path}: {error.strerror}") from None
    if len(data) > _LARGEST:
        raise SecretMissing(secret.name, f"{path} is larger than {_LARGEST // 1024} KiB")
    return _text(secret, f"the file {path}", data)


async def _printed(secret: Secret, environment: Mapping[str, str], folder: Path) -> str:
    # What it prints on standard error stays unseen: some programs repeat a secret there.
    program = secret.origin[0]
    env = clean_environment(environment)
    try:
        done = await run(secret.origin, cwd=folder, env=env, deadline_s=_ASKING_S)
    except (StartError, KeeperLost) as error:
        raise SecretMissing(secret.name, str(error)) from None
    if done.timed_out:
        raise SecretMissing(secret.name, f"{program} did not end within {_ASKING_S:g}s")
    if done.exit_status != 0:
        how = f"signal {done.signal}" if done.exit_status is None else f"exit {done.exit_status}"
        raise SecretMissing(secret.name, f"{program} failed ({how})")
    if done.stdout.left_out:
        raise SecretMissing(secret.name, f"{program} prints too much")
    return _text(secret, f"what {program} prints", done.stdout.content)


def _text(secret: Secret, where: str, data: bytes) -> str:
    try:
        return data.decode().strip("\r\n")
    except UnicodeDecodeError:
        raise SecretMissing(secret.name, f"{where} is not text") from None


def _word(word: str, values: Mapping[str, str]) -> str:
    whole = REFERENCE.fullmatch(word)
    if whole is None:
        return word
    if whole[1] not in values:
        raise VariableMissing(whole[1], "it has no value")
    return values[whole[1]]


def environment_name(name: str) -> str:
    """Return the environment variable of a secret; with LAUNCHPAD_VAR_ before it, of a variable."""
    return name.replace("-", "_").upper()
