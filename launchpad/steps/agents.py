"""Which commands would need an SSH agent, and whether the one they get lasts."""

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Final

from launchpad.checklist.commands import Runs, commands
from launchpad.checklist.model import Checklist
from launchpad.text.safe import one_line

_SOCKET: Final = "SSH_AUTH_SOCK"
_ALWAYS: Final = frozenset({"ssh", "scp", "sftp"})
_OF_GIT: Final = frozenset({"clone", "fetch", "ls-remote", "pull", "push"})


def agent_warnings(checklist: Checklist, environment: Mapping[str, str]) -> list[str]:
    """Return what to know about the agent that commands would ask for keys. Safe.

    environment: the conductor's. No command gets an agent unless it names a secret that is taken
    from SSH_AUTH_SOCK; and one that is forwarded ends with the connection that brought it.
    """
    return [one_line(warning) for warning in _warnings(checklist, environment)]


def _warnings(checklist: Checklist, environment: Mapping[str, str]) -> Iterator[str]:
    lent = {
        secret.name
        for secret in checklist.secrets
        if secret.source == "env" and secret.origin[0] == _SOCKET
    }
    runs = commands(checklist)
    given = [each.id for each in runs if lent.intersection(each.command.secrets)]
    if given and _forwarded(environment):
        yield (
            f"{', '.join(given)}: the SSH agent is forwarded and ends with your connection; "
            "use a key of this account, or an agent that runs here"
        )
    bare = [each.id for each in runs if _by_ssh(each) and each.id not in given]
    if bare:
        yield (
            f"{', '.join(bare)}: no SSH agent is given to it; a key that opens without "
            f"a passphrase serves, or a secret taken from {_SOCKET}"
        )


def _forwarded(environment: Mapping[str, str]) -> bool:
    # ssh-agent(1) says its process beside its socket; sshd, which forwards one, does not.
    inside = environment.get("SSH_CONNECTION") and environment.get(_SOCKET)
    return bool(inside) and not environment.get("SSH_AGENT_PID")


def _by_ssh(runs: Runs) -> bool:
    """Say whether a command reaches another machine by SSH, as far as its words tell."""
    shell = runs.command.shell
    words = [PurePath(word).name for word in (shell.split() if shell else runs.command.argv)]
    programs = words if shell else words[:1]
    return (
        bool(_ALWAYS.intersection(programs))
        or any(program.startswith("ansible") for program in programs)
        or ("git" in programs and bool(_OF_GIT.intersection(words)))
        or ("rsync" in programs and any(":" in word for word in words))
    )
