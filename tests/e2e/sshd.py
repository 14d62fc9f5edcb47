"""A real sshd on loopback, as this account, with keys and a configuration of its own."""

import getpass
import os
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

# Beside the places on the PATH: only an administrator's holds it.
_SERVERS = ("/usr/sbin", "/usr/local/sbin", "/sbin")
# Where the server of an administrator goes into a folder nobody writes to; its unit makes it.
_PRIVSEP = Path("/run/sshd")
_LIMIT_S = 10.0


def lacking() -> str | None:
    """Say what this machine lacks for a server, None where there is everything."""
    if _server() is None:
        return "there is no sshd here (Debian: openssh-server)"
    missing = [name for name in ("ssh", "ssh-keygen") if shutil.which(name) is None]
    return f"there is no {missing[0]} here (Debian: openssh-client)" if missing else None


def _server() -> str | None:
    path = os.pathsep.join([os.environ["PATH"], *_SERVERS])
    return shutil.which("sshd", path=path)


class Sshd:
    """A server on a port of its own. folder: holds all it has; the program's own is not read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700)
        for name in ("host", "key"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)],
                check=True,
            )
        shutil.copy(folder / "key.pub", folder / "authorized_keys")
        if os.geteuid() == 0:
            _PRIVSEP.mkdir(mode=0o755, exist_ok=True)
        self._port = _free_port()
        (folder / "config").write_text(self._configuration(), encoding="utf-8")
        server = _server()
        assert server is not None
        # Its full path, by which it starts itself again for each connection.
        with (folder / "says").open("wb") as says:
            self._process = subprocess.Popen(
                [server, "-D", "-e", "-f", str(folder / "config")],
                stdin=subprocess.DEVNULL,
                stderr=says,
            )
        self._wait()

    def command(self, words: Sequence[str]) -> list[str]:
        """Return what runs a command over a connection, on a terminal of its own there."""
        settings = {
            "BatchMode": "yes",
            "IdentitiesOnly": "yes",
            "IdentityFile": str(self._folder / "key"),
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": str(self._folder / "known_hosts"),
            "LogLevel": "ERROR",
        }
        options = [f"-o{name}={value}" for name, value in settings.items()]
        where = ["-p", str(self._port), f"{getpass.getuser()}@127.0.0.1"]
        return ["ssh", "-F", "none", *options, "-tt", *where, shlex.join(words)]

    @property
    def says(self) -> str:
        """What the server said."""
        return (self._folder / "says").read_text(errors="replace")

    def close(self) -> None:
        """End the server; connections that were made end with their clients."""
        self._process.terminate()
        self._process.wait()

    def _configuration(self) -> str:
        settings = {
            "ListenAddress": f"127.0.0.1:{self._port}",
            "HostKey": self._folder / "host",
            "AuthorizedKeysFile": self._folder / "authorized_keys",
            "PidFile": "none",
            # The folder above the keys is anybody's.
            "StrictModes": "no",
            "UsePAM": "no",
            "PasswordAuthentication": "no",
            "KbdInteractiveAuthentication": "no",
            "PermitRootLogin": "prohibit-password",
        }
        return "".join(f"{name} {value}\n" for name, value in settings.items())

    def _wait(self) -> None:
        deadline = time.monotonic() + _LIMIT_S
        while "Server listening" not in self.says:
            running = self._process.poll() is None
            assert running, f"sshd does not start: {self.says}"
            assert time.monotonic() < deadline, f"sshd does not listen: {self.says}"
            time.sleep(0.01)


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port
