"""Whether everything that a rollback needs is there, asked before anybody needs it."""

import os
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from launchpad.checklist.commands import Runs, commands
from launchpad.checklist.model import Checklist
from launchpad.checklist.requests import Sends, names_used, requests, secrets_carried
from launchpad.process.environment import clean_environment
from launchpad.steps.resolving import (
    SecretMissing,
    VariableMissing,
    argv_of,
    environment_of,
    secrets,
    value_of,
)
from launchpad.text.safe import one_line

_FIRST_LINE_BYTES: Final = 256
_NOT_FOUND: Final = "not found"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not there. what: its name; why: what is wrong, and whose it is. Safe."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class _Needs:
    """What is run, and what is sent."""

    runs: tuple[Runs, ...]
    requests: tuple[Sends, ...]


async def preflight(
    checklist: Checklist,
    given: Mapping[str, str],
    environment: Mapping[str, str],
    folder: Path,
    *,
    trusted: bool,
    rehearsing: bool = False,
) -> list[Missing]:
    """Return what the commands of the steps and of the probes lack. Never raises.

    given: the launch's variables; environment: the conductor's; folder: the checklist's. trusted:
    whether commands that print a secret may be run to find out; else only their program is looked
    for. rehearsing: whether steps run in their `rehearse` form, and nothing where they have none.
    """
    found: dict[str, list[str]] = {}
    needs = _needed(checklist, rehearsing=rehearsing)
    async for missing in _missing(checklist, needs, given, environment, folder, trusted=trusted):
        found.setdefault(one_line(missing.what), []).append(one_line(missing.why))
    return [Missing(what, "; ".join(dict.fromkeys(whys))) for what, whys in found.items()]


def program(name: str, folder: Path, environment: Mapping[str, str]) -> str | None:
    """Return why a program could not be started in a folder; None where it could.

    It is looked for as execvp(3) does, in the PATH of this environment.
    """
    if "/" in name:
        return _not_runnable(folder / name)
    # A relative entry of the PATH begins at the working directory.
    places = [folder / place / name for place in os.get_exec_path(environment)]
    reasons = [why for why in map(_not_runnable, places) if why != _NOT_FOUND]
    if None in reasons:
        return None
    return next((why for why in reasons if why), "not found on the PATH")


def _not_runnable(path: Path) -> str | None:
    try:
        if not path.is_file():
            return _NOT_FOUND
        if not os.access(path, os.X_OK):
            return "not executable"
        with path.open("rb") as file:
            start = file.readline(_FIRST_LINE_BYTES)
    except PermissionError:
        return None  # runs without being readable, where it is no script
    except (OSError, ValueError) as error:
        return str(error)
    words = start[2:].split(None, 1) if start.startswith(b"#!") else []
    if words and not os.access(os.path.join(path.parent, words[0].decode("latin-1")), os.X_OK):  # noqa: PTH118 - an absolute path stays one
        return f"its first line names {words[0].decode('utf-8', 'replace')}, which is not there"
    return None


async def _missing(
    checklist: Checklist,
    needs: _Needs,
    given: Mapping[str, str],
    environment: Mapping[str, str],
    folder: Path,
    *,
    trusted: bool,
) -> AsyncIterator[Missing]:
    if not _is_open(folder):
        yield Missing(f"folder {folder}", "commands run there, and it is not there or not open")
    values: dict[str, str] = {}
    for variable in checklist.vars:
        try:
            value = value_of(variable, given)
        except VariableMissing as error:
            yield Missing(f"variable {error.name}", error.why)
        else:
            values |= {} if value is None else {variable.name: value}
    for runs in needs.runs:
        for missing in _words(runs, values, folder, environment):
            yield missing
    for missing in _of_requests(checklist, needs, values):
        yield missing
    carried = (secrets_carried(each.http, checklist.secrets) for each in needs.requests)
    named = (*(runs.command.secrets for runs in needs.runs), *carried)
    for name in dict.fromkeys(name for names in named for name in names):
        why = await _secret(name, checklist, environment, folder, trusted=trusted)
        if why is not None:
            yield Missing(f"secret {name}", why)


def _of_requests(
    checklist: Checklist, needs: _Needs, values: Mapping[str, str]
) -> Iterator[Missing]:
    """Yield the variables that a step's request takes, and that have no value."""
    secrets_known = {secret.name for secret in checklist.secrets}
    for each in needs.requests:
        for name in names_used(each.http):
            if name not in values and name not in secrets_known:
                yield Missing(f"variable {name}", f"it has no value; {each.id} needs it")


def _needed(checklist: Checklist, *, rehearsing: bool) -> _Needs:
    """Return what is run and sent: the launch's own or a rehearsal's, a secret where it is used."""
    return _Needs(
        runs=tuple(
            each
            for each in commands(checklist)
            if not each.id.startswith("secret/")
            and (each.id.startswith("probe/") or each.id.endswith("/rehearse") == rehearsing)
        ),
        # A rehearsal sends no request.
        requests=() if rehearsing else tuple(requests(checklist)),
    )


def _is_open(folder: Path) -> bool:
    # Before `is_dir`, which raises for a folder that is out of reach.
    return os.access(folder, os.R_OK | os.X_OK) and folder.is_dir()


def _words(
    runs: Runs, values: Mapping[str, str], folder: Path, environment: Mapping[str, str]
) -> Iterator[Missing]:
    try:
        argv = argv_of(runs.command, values)
    except VariableMissing as error:
        yield Missing(f"variable {error.name}", f"{error.why}; {runs.id} needs it")
        return
    env = clean_environment(environment)
    if why := program(argv[0], folder, env):
        yield Missing(f"program {argv[0]}", f"{why}; {runs.id} needs it")
    given = dict.fromkeys(runs.command.secrets, "")
    try:
        environment_of(runs.command, values, given, environment)
    except SecretMissing as error:
        yield Missing(f"secret {error.name}", error.where)


async def _secret(
    name: str,
    checklist: Checklist,
    environment: Mapping[str, str],
    folder: Path,
    *,
    trusted: bool,
) -> str | None:
    known = {secret.name: secret for secret in checklist.secrets}
    if not trusted and name in known and known[name].source == "command":
        return program(known[name].origin[0], folder, clean_environment(environment))
    try:
        await secrets(checklist, environment, folder, [name])
    except SecretMissing as error:
        return error.where
    return None
