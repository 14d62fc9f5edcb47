"""What doctor finds about the way in: what ends with a connection, and what with a login."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from launchpad.checklist.durations import duration
from launchpad.cli.finding import Finding
from launchpad.cli.sshd_settings import keep_alive
from launchpad.session.lasting import Account
from launchpad.session.logind import kills_at_logout

_MULTIPLEXERS: Final = (("TMUX", "tmux"), ("STY", "screen"))
_OWN_SIDE: Final = (
    "on the machine you come from, put `ServerAliveInterval 15` under `Host *` in ~/.ssh/config"
)


def connection_findings(environment: Mapping[str, str], account: Account) -> Iterator[Finding]:
    """Yield what the end of a connection, and of a login, would take along."""
    yield _connection(environment)
    if environment.get("SSH_CONNECTION"):
        yield _silence(account.root)
    yield _logout(account)


def _connection(environment: Mapping[str, str]) -> Finding:
    for variable, name in _MULTIPLEXERS:
        if environment.get(variable):
            return Finding("ok", "connection", f"inside {name}; a console outlives the connection")
    if not environment.get("SSH_CONNECTION"):
        return Finding("ok", "connection", "not over SSH")
    path = environment.get("PATH")
    there = [name for _, name in _MULTIPLEXERS if shutil.which(name, path=path)]
    inside = f"start it inside {there[0]}" if there else "install tmux, and start it inside"
    advice = f"a console ends when the connection does; {inside}"
    return Finding("warn", "connection", "plain SSH", advice)


def _silence(root: Path) -> Finding:
    """Say whether a connection on which nothing is typed is kept, and a dead one noticed."""
    server = keep_alive(root)
    if server is None:
        return Finding("warn", "keep-alive", "the server's sshd_config cannot be read", _OWN_SIDE)
    if server.interval_s:
        found = f"sshd asks after {duration(server.interval_s * 1000)} of silence"
        ends = f", and ends a connection after {server.count} without an answer"
        return Finding("ok", "keep-alive", found + (ends if server.count else ""))
    tcp = "" if server.tcp else ", TCPKeepAlive no"
    found = f"sshd never asks (ClientAliveInterval 0{tcp}): what is silent may be dropped"
    return Finding("warn", "keep-alive", found, _OWN_SIDE)


def _logout(account: Account) -> Finding:
    if not (account.root / "run/systemd/system").is_dir():
        return Finding("ok", "logout", "no systemd here; a conductor goes on after logout")
    if kills_at_logout(account.user, account.root):
        found = "logind ends all that runs in a login (KillUserProcesses=yes), tmux too"
        linger = "" if account.lingers else f" and `loginctl enable-linger {account.user}`"
        advice = f"a conductor outlives it by `launchpad conductor --install-unit`{linger}"
        return Finding("warn", "logout", found, advice)
    return Finding("ok", "logout", "a conductor goes on after logout (KillUserProcesses=no)")
