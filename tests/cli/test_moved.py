"""conductor --move: the launch is carried elsewhere, by who may say so, and by one alone."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from launchpad.launch.intents import MoveConductor
from launchpad.launch.kinds import Home
from launchpad.launch.person import Person
from launchpad.log.address import open_log
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import participant
from tests.cli.conductor import conducting
from tests.cli.conftest import ACTING, Shell

pytestmark = pytest.mark.thorough

REASON = ("--reason", "bastion1 is gone")


@pytest.fixture
def elsewhere(acting: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Return a launch that was opened on another machine than this one."""
    monkeypatch.setattr(socket, "gethostname", lambda: "bastion2")
    return acting


def test_where_it_does_not_belong_it_is_refused_with_what_to_type(elsewhere: Shell) -> None:
    launch = elsewhere("status", "--format", "json").json["launch"]
    done = elsewhere("conductor")
    assert (done.status, done.out) == (1, "")
    assert f"{launch} is conducted as " in done.err
    command = f"  launchpad conductor --log {elsewhere.log} --launch {launch}"
    assert done.err.endswith(f"{command} --move --reason TEXT --initials AB\n")
    assert f"where one types:\n{command}\n" in done.err


def test_without_trust_nothing_is_moved(
    elsewhere: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "of-another-account"))
    before = elsewhere("status", "--format", "json").json["head"]
    done = elsewhere("conductor", "--move", *REASON)
    assert (done.status, "never trusted" in done.err) == (4, True)
    assert f"`launchpad trust {elsewhere.acting}` asks you" in done.err
    assert elsewhere("status", "--format", "json").json["head"] == before


def test_a_folder_without_the_document_is_told_which_one_it_needs(elsewhere: Shell) -> None:
    empty = elsewhere.folder / "empty"
    empty.mkdir()
    done = elsewhere("conductor", "--move", *REASON, "--directory", empty)
    assert done.status == 4
    assert "bring the document that was opened (SHA-256 " in done.err
    assert f"launchpad trust {empty}/launch.yaml" in done.err
    assert elsewhere("conductor", "--move", *REASON, "--directory", "none").status == 2


def test_a_launch_is_not_moved_to_where_it_is(acting: Shell) -> None:
    done = acting("conductor", "--move", *REASON)
    assert (done.status, "already; it is started without --move" in done.err) == (1, True)


def test_while_its_conductor_lives_it_is_not_moved(
    acting: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    with conducting(acting.log) as conductor:
        monkeypatch.setattr(socket, "gethostname", lambda: "bastion2")
        before = acting("status", "--format", "json").json["head"]
        done = acting("conductor", "--move", *REASON)
        assert acting("status", "--format", "json").json["head"] == before
    assert done.status == 1
    lease = conductor.lease
    assert f"{lease.user}@{lease.host} (process {lease.pid}) conducts it" in done.err
    assert f"end that one first, there: kill {lease.pid}" in done.err


def may_name_a_machine() -> bool:
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "--uts", "hostname", "bastion2"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@contextmanager
def running(*words: object, on: str | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Run launchpad, on a machine of that name."""
    naming = ["unshare", "--uts", "sh", "-c", f'hostname {on}; exec "$@"', "sh"] if on else []
    command = [*naming, sys.executable, "-m", "launchpad", *map(str, words)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.skipif(not may_name_a_machine(), reason="only root gives a machine another name")
def test_it_goes_on_elsewhere_and_nobody_guesses_what_became_of_a_step(
    launchpad: Shell,
) -> None:
    launch = opened_with_a_step(launchpad, "[sleep, '5']")
    with running("conductor") as old:
        until(lambda: conducted_on(launchpad) == socket.gethostname())
        launchpad("rollback", "start", "--reason", "503", "--confirm", "storefront")
        until(lambda: "running" in states(launchpad))
        old.kill()
    with running("conductor", "--move", *REASON, on="bastion2") as new:
        until(lambda: conducted_on(launchpad) == "bastion2")
        # Its effect cannot be known from here: it is not begun again, and not called done.
        until(lambda: "indeterminate" in states(launchpad))
        done = launchpad("conductor")
        assert (done.status, "@bastion2, where one types" in done.err) == (1, True)
        with running("conductor", on="bastion2") as another:
            assert another.wait(20) == 0
        launchpad("rollback", "abandon", "--reason", "by hand", "--confirm", "storefront")
        launchpad("close", "--outcome", "rolled-back", "--confirm", "storefront")
        assert new.wait(20) == 0
    told = launchpad("export", "--launch", launch, "--format", "md").out
    assert "moved the conductor to" in told
    assert "it was begun on" in told


def test_a_conductor_that_sees_the_launch_moved_leaves(acting: Shell) -> None:
    with running("conductor") as old:
        until(lambda: conducted_on(acting) == socket.gethostname())
        with closing(open_log(str(acting.log), create=False)) as log:
            live = LiveLaunch(log, log.launches()[0].first.launch)
            home = Home(host="bastion2", user="deploy", directory="/srv")
            ada = participant(Person("AB"), "command", {})
            live.submit(MoveConductor(home, "bastion1 is to be rebooted"), ada)
        assert old.wait(20) == 0


def opened_with_a_step(shell: Shell, command: str) -> str:
    """Open a launch whose rollback begins with a command; return its id."""
    shell.acting.write_text(ACTING.replace("[echo, back]", command))
    done = shell(
        "run", "--no-console", "--trust", "--var", "base-url=https://x.example", shell.acting
    )
    assert done.status == 0, done.err
    return done.out.strip()


def states(shell: Shell) -> list[str]:
    rollback = shell("status", "--format", "json").json["rollback"]
    return [step["state"] for step in rollback["steps"]] if rollback else []


def conducted_on(shell: Shell) -> str | None:
    """Return the machine of the conductor that lives; None while none does."""
    conductor = shell("status", "--format", "json").json["conductor"]
    return str(conductor["host"]) if conductor["alive"] else None


def until(condition: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.05)
