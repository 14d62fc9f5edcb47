"""What a checklist would have run and send, in words to be read before anybody trusts it."""

import shlex
from collections.abc import Iterator
from pathlib import Path

from launchpad.checklist.commands import commands
from launchpad.checklist.model import Checklist, Probe, Secret
from launchpad.checklist.requests import requests, secrets_carried, secrets_of, unchecked
from launchpad.steps.scripts import named_scripts
from launchpad.text.safe import one_line, safe


def shown(checklist: Checklist, folder: Path, user: str, host: str) -> list[str]:
    """Return the lines that somebody reads before they trust a checklist. All of it is safe."""
    runs = commands(checklist)
    count = f"{len(runs)} command" if len(runs) == 1 else f"{len(runs)} commands"
    lines = [one_line(f"{count}, run as {user}@{host} in {folder}")]
    for each in runs:
        lines += ["", f"{one_line(each.id)} (line {each.command.line})"]
        badge = "" if each.command.shell is None else "[shell] "
        lines += [f"  {line}" for line in (badge + safe(each.text)).split("\n")]
        lines += [f"  is given the secret {one_line(name)}" for name in each.command.secrets]
        scripts = (path for path in named_scripts(each.command, folder) if path.is_file())
        lines += [f"  runs the file {one_line(str(path))}" for path in scripts]
    return [*lines, *_sources(checklist), *_sent(checklist)]


def _sources(checklist: Checklist) -> Iterator[str]:
    for secret in checklist.secrets:
        yield ""
        yield one_line(
            f"the secret {secret.name} (line {secret.line}) is read from {_from(secret)}"
        )


def _from(secret: Secret) -> str:
    match secret.source:
        case "env":
            return f"${secret.origin[0]}"
        case "file":
            return f"the file {secret.origin[0]}"
        case "command":
            return f"what this prints: {shlex.join(secret.origin)}"


def _sent(checklist: Checklist) -> Iterator[str]:
    for sends in requests(checklist):
        yield ""
        yield one_line(f"{sends.id} (line {sends.step.line}) sends {sends.text}")
        for name in secrets_carried(sends.http, checklist.secrets):
            yield f"  carries the secret {one_line(name)}"
    for probe in checklist.probes:
        if not (where := _asked(probe)):
            continue
        for name in secrets_of(probe, checklist.secrets):
            yield ""
            yield one_line(
                f"probe/{probe.id} (line {probe.line}) sends the secret {name} to {where}"
            )
        if probe.sql:
            yield ""
            yield one_line(f"probe/{probe.id} (line {probe.line}) asks {where}")
            yield from (f"  {line}" for line in safe(probe.sql.query).strip().split("\n"))


def _asked(probe: Probe) -> str:
    """Return the address that a probe sends something to, "" where it only runs something."""
    if probe.sql:
        return probe.sql.database
    if probe.prometheus:
        return f"{probe.prometheus.server}{unchecked(probe.prometheus)}"
    return f"{probe.http.url}{unchecked(probe.http)}" if probe.http else ""
