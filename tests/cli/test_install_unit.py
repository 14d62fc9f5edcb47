"""conductor --install-unit: a systemd unit that conducts a launch past logout and reboot."""

import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from launchpad.cli import installing
from launchpad.cli.misused import Misused
from launchpad.cli.unit import Unit, unit_text
from launchpad.log.address import open_log
from launchpad.session.participant import os_user
from tests.cli.conftest import Shell

pytestmark = pytest.mark.thorough

ODD = """a "b" 100% $HOME \\n 'c' ;ü"""


def setting(text: str, name: str) -> list[str]:
    """Return the values of a setting of a unit."""
    return [line.partition("=")[2] for line in text.splitlines() if line.startswith(f"{name}=")]


def words(text: str) -> list[str]:
    """Return the words of a unit's command, as its program gets them."""
    (command,) = setting(text, "ExecStart")
    return [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(command)]


def unit(log: str, directory: str = "/srv", user: str | None = None) -> Unit:
    return Unit(
        launch="harbour-1",
        python="/opt/python 3/bin/python",
        log=log,
        directory=directory,
        user=user,
        environment={"PATH": f"/bin:{ODD}"},
    )


@pytest.fixture
def units(acting: Shell, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of this account's own units."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(acting.folder / "config"))
    monkeypatch.setenv("JOB_TOKEN", "canary-of-the-token")
    return acting.folder / "config/systemd/user"


def test_it_writes_the_unit_and_says_what_to_type(acting: Shell, units: Path) -> None:
    launch = acting("status", "--format", "json").json["launch"]
    done = acting("conductor", "--install-unit")
    path = units / f"launchpad-{launch}.service"
    assert (done.status, done.out) == (0, f"{path}\n")
    assert "systemctl --user daemon-reload" in done.err
    assert f"systemctl --user enable --now {path.name}" in done.err
    text = path.read_text()
    assert words(text) == [
        *(sys.executable, "-P", "-m", "launchpad", "conductor"),
        *(f"--log={acting.log}", f"--launch={launch}", "--stand-by"),
    ]
    assert setting(text, "WorkingDirectory") == [str(acting.folder)]
    assert (setting(text, "Restart"), setting(text, "KillMode")) == (["on-failure"], ["process"])
    assert setting(text, "WantedBy") == ["default.target"]
    assert f'"XDG_STATE_HOME={acting.folder / "state"}"' in setting(text, "Environment")


def test_a_secret_is_named_and_its_value_stays_away(acting: Shell, units: Path) -> None:
    done = acting("conductor", "--install-unit")
    (path,) = units.iterdir()
    text = path.read_text()
    assert "canary" not in text + done.err
    place = acting.folder / f"state/launchpad/conductors/{path.stem}.env"
    assert setting(text, "EnvironmentFile") == [f"-{place}"]
    assert "JOB_TOKEN" in text
    assert (
        f"it takes JOB_TOKEN from the environment: write NAME=VALUE,\na line for each, into {place}"
        in (done.err)
    )


def test_a_different_unit_is_replaced_only_by_force(acting: Shell, units: Path) -> None:
    assert acting("conductor", "--install-unit").status == 0
    assert acting("conductor", "--install-unit").status == 0
    (path,) = units.iterdir()
    path.write_text("[Service]\n")
    done = acting("conductor", "--install-unit")
    assert (done.status, "--force replaces it" in done.err) == (1, True)
    assert path.read_text() == "[Service]\n"
    assert acting("conductor", "--install-unit", "--force").status == 0
    assert path.read_text() != "[Service]\n"


def test_a_unit_of_the_system_says_who_runs_it(
    acting: Shell, units: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "SYSTEM_UNITS", acting.folder / "system")
    done = acting("conductor", "--install-unit", "--system")
    (path,) = (acting.folder / "system").iterdir()
    assert f"\n  systemctl enable --now {path.name}" in done.err
    text = path.read_text()
    assert setting(text, "User") == [os_user()]
    assert setting(text, "WantedBy") == ["multi-user.target"]
    assert not units.exists()


def test_no_unit_is_written_where_the_launch_does_not_belong(
    acting: Shell, units: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "bastion2")
    done = acting("conductor", "--install-unit")
    assert (done.status, "--move --reason TEXT" in done.err) == (1, True)
    assert not units.exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--system",),
        ("--force",),
        ("--reason", "x"),
        ("--directory", "."),
        ("--move",),
        ("--move", "--install-unit"),
    ],
)
def test_options_that_say_nothing_are_refused(acting: Shell, options: tuple[str, ...]) -> None:
    assert acting("conductor", *options).status == 2


def test_whatever_a_path_holds_the_program_gets_it() -> None:
    text = unit_text(unit(f"/srv/{ODD}.db"))
    assert words(text)[0] == "/opt/python 3/bin/python"
    assert words(text)[5] == f"--log=/srv/{ODD}.db"
    (environment,) = setting(text, "Environment")
    assert shlex.split(environment) == [f"PATH=/bin:{ODD}".replace("%", "%%")]


@pytest.mark.parametrize("directory", ["/srv/a\nExecStart=/bin/rm", "/srv/a ", "/srv/a\\"])
def test_a_folder_that_no_unit_can_name_is_refused(directory: str) -> None:
    with pytest.raises(Misused, match="no unit can name"):
        unit_text(unit("/srv/l.db", directory))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("user", [None, "root"])
def test_systemd_finds_nothing_wrong_with_it(tmp_path: Path, user: str | None) -> None:
    folder = tmp_path / "a b%c"
    folder.mkdir()
    (folder / "python").symlink_to(sys.executable)
    odd = unit(f"{folder}/{ODD}.db", str(folder), user)
    path = tmp_path / odd.name
    path.write_text(unit_text(odd).replace("/opt/python 3/bin", f"{tmp_path}/a b%%c"))
    done = subprocess.run(
        ["systemd-analyze", "verify", path], check=False, capture_output=True, text=True, timeout=30
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_its_command_waits_for_the_launch_and_ends_with_it(acting: Shell, units: Path) -> None:
    assert acting("conductor", "--install-unit").status == 0
    (path,) = units.iterdir()
    command = words(path.read_text())
    # Whoever may write to the folder that it works in must not decide what it runs.
    (acting.folder / "asyncio.py").write_text("raise SystemExit(99)\n")
    with (
        conducted_by(acting, command[:-1], "/") as other,
        subprocess.Popen(command, cwd=acting.folder, stderr=subprocess.PIPE, text=True) as waiting,
    ):
        try:
            assert waiting.stderr is not None
            assert "standing by" in waiting.stderr.readline()
            other.kill()
            wait_until(lambda: holder(acting) == waiting.pid)
            acting("close", "--outcome", "scrubbed", "--confirm", "storefront")
            waiting.communicate(timeout=20)
            assert waiting.returncode == 0
        finally:
            waiting.kill()


@contextmanager
def conducted_by(
    shell: Shell, command: list[str], folder: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a conductor, until it has the launch."""
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until(lambda: holder(shell) == process.pid)
            yield process
        finally:
            process.kill()


def holder(shell: Shell) -> int | None:
    """Return the process that holds the launch's lease."""
    with closing(open_log(str(shell.log), create=False)) as log:
        lease = log.lease(log.launches()[0].first.launch)
    return lease.pid if lease else None


def wait_until(condition: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.05)
