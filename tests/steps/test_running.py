"""A run of a step, with real runners and real commands."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from launchpad.process.interpreter import bare_python
from launchpad.steps.claim import CLAIM, OUTPUT, RESULT
from launchpad.steps.running import (
    Ended,
    Lost,
    Running,
    Standing,
    Unclaimed,
    end,
    seize,
    standing,
    start,
)
from tests.process.conftest import eventually, marked
from tests.steps.conftest import STEP_RUN, MakeOrder, result, runner, stands

KILLS = int(os.environ.get("LAUNCHPAD_SOAK", "20"))


def test_a_command_runs_once_and_leaves_how_it_ended(folder: Path, make_order: MakeOrder) -> None:
    start(make_order("echo one; echo two >&2; exit 3"))
    ended = result(folder)
    assert (ended.exit_status, ended.signal, ended.not_started) == (3, None, None)
    assert (ended.timed_out, ended.stopped, ended.survivors) == (False, False, ())
    assert (folder / OUTPUT).read_bytes() == b"one\ntwo\n"
    assert ended.output_bytes == 8
    assert ended.elapsed_ms < 10_000


def test_a_command_that_a_signal_ended_says_which(folder: Path, make_order: MakeOrder) -> None:
    start(make_order("kill -SEGV $$"))
    ended = result(folder)
    assert (ended.exit_status, ended.signal) == (None, signal.SIGSEGV)


def test_only_this_account_sees_the_files(state: Path, folder: Path, make_order: MakeOrder) -> None:
    start(make_order("true"))
    result(folder)
    for path in state.rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)
    eventually(lambda: {path.name for path in folder.iterdir()} == {CLAIM, OUTPUT, RESULT})


def test_a_folder_that_others_can_open_is_refused(folder: Path, make_order: MakeOrder) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    with pytest.raises(PermissionError, match="not for this account alone"):
        start(make_order("true"))


def test_the_claim_is_there_before_the_command_runs(folder: Path, make_order: MakeOrder) -> None:
    start(make_order(f"cat {folder / CLAIM}"))
    result(folder)
    claim = json.loads((folder / OUTPUT).read_bytes())
    assert claim["launch"] == STEP_RUN.launch
    assert (claim["step"], claim["attempt"], claim["run"]) == ("dns", 1, 1)


def test_of_twenty_runners_exactly_one_executes(
    folder: Path, make_order: MakeOrder, tmp_path: Path, mark: str
) -> None:
    for _ in range(20):
        start(make_order(f"echo ran >> {tmp_path / 'ran'}"))
    assert result(folder).exit_status == 0
    eventually(lambda: not marked(mark))  # all of them have been there
    assert (tmp_path / "ran").read_text() == "ran\n"


def test_a_seized_run_is_never_executed(
    folder: Path, make_order: MakeOrder, tmp_path: Path, mark: str
) -> None:
    assert stands(folder) == Unclaimed()
    assert seize(folder, STEP_RUN, "nobody started it in time")
    start(make_order(f"touch {tmp_path / 'ran'}"))
    eventually(lambda: not marked(mark))
    assert not (tmp_path / "ran").exists()
    assert stands(folder) == Lost("nobody started it in time", never_ran=True)
    assert not seize(folder, STEP_RUN, "again")


def test_a_run_that_a_runner_took_is_not_seized(folder: Path, make_order: MakeOrder) -> None:
    start(make_order("exit 4"))
    result(folder)
    assert not seize(folder, STEP_RUN, "too late")
    assert result(folder).exit_status == 4


def test_a_runner_outlives_whoever_started_it(
    folder: Path, make_order: MakeOrder, tmp_path: Path, mark: str
) -> None:
    """Killed the moment it started it, as a conductor may be; hung up on, as at a logout."""
    go = tmp_path / "go"
    os.mkfifo(go)
    order = make_order(f"cat {go}; exit 5")
    code = (
        "import json, os, signal, sys\n"
        "from launchpad.steps.order import Order, StepRun\n"
        "from launchpad.steps.running import start\n"
        "said = json.load(sys.stdin)\n"
        "said['step_run'] = StepRun(*said['step_run'])\n"
        "start(Order(**said))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(order._asdict()),
        text=True,
        check=False,
        timeout=20,
    )
    pid = runner(folder)
    for number in (signal.SIGHUP, signal.SIGINT):
        os.kill(pid, number)
    go.write_text("now")
    assert result(folder).exit_status == 5
    eventually(lambda: not marked(mark))


def test_a_runner_that_ended_is_not_left_as_a_zombie(folder: Path, make_order: MakeOrder) -> None:
    start(make_order("sleep 0.1"))
    pid = runner(folder)
    result(folder)
    eventually(lambda: not Path(f"/proc/{pid}").exists())


def test_ps_shows_it_as_a_step(folder: Path, make_order: MakeOrder, tmp_path: Path) -> None:
    go = tmp_path / "go"
    os.mkfifo(go)
    start(make_order(f"cat {go}"))
    pid = runner(folder)
    eventually(lambda: Path(f"/proc/{pid}/comm").read_text() == "launchpad step\n")
    title = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")[-1]
    assert title.decode() == f"launchpad step {STEP_RUN.launch} 1-dns-1"
    # The order with its secrets is not held open.
    assert Path(f"/proc/{pid}/fd/0").readlink() == Path(os.devnull)
    go.write_text("")
    result(folder)


@pytest.mark.soak
def test_a_killed_runner_is_lost_or_left_a_complete_result(
    folder: Path, make_order: MakeOrder, tmp_path: Path, mark: str
) -> None:
    """Killed at any moment: it ran once or not at all, and whatever is said of it is true."""
    for number in range(KILLS):
        each, ran = folder.with_name(f"1-dns-{number + 1}"), tmp_path / f"ran{number}"
        start(make_order(f"echo ran >> {ran}; sleep 0.03", folder=str(each)))
        found = killed(each, mark, after_s=random.uniform(0.0, 0.12))
        match found:
            case Ended(result=left):
                assert (left.exit_status, left.output_bytes) == (0, 0)
                assert ran.read_text() == "ran\n"
            case Unclaimed():
                assert not ran.exists()
            case _:
                assert isinstance(found, Lost)
                assert not found.never_ran
                # The shell makes the file before it writes.
                assert not ran.exists() or ran.read_text() in ("", "ran\n")


def killed(folder: Path, mark: str, *, after_s: float) -> Standing:
    """Kill a run's runner, and return where the run stands once nothing of it is left."""
    deadline = time.monotonic() + after_s
    while time.monotonic() < deadline:
        stands(folder)
    for pid, title in marked(mark).items():
        if "launchpad.steps.runner" in title:
            os.kill(pid, signal.SIGKILL)
    eventually(lambda: not marked(mark) and not isinstance(stands(folder), Running))
    return stands(folder)


def test_a_result_that_comes_while_it_is_looked_for_is_seen(
    folder: Path, make_order: MakeOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look for a result and the one for its runner, it leaves the one and ends."""
    start(make_order("exit 6"))
    result(folder)
    hidden = (folder / RESULT).rename(folder / "hidden")

    def ends(_folder: str) -> bool:
        hidden.rename(folder / RESULT)
        return False

    monkeypatch.setattr("launchpad.steps.running.held", ends)
    found = stands(folder)
    assert isinstance(found, Ended)
    assert found.result.exit_status == 6


def test_a_runner_killed_while_its_command_runs_is_lost(
    folder: Path, make_order: MakeOrder, mark: str
) -> None:
    start(make_order("sleep 0.2; echo late"))
    os.kill(runner(folder), signal.SIGKILL)
    eventually(lambda: isinstance(stands(folder), Lost))
    assert not end(folder)
    eventually(lambda: not marked(mark))


def test_a_frozen_runner_runs(folder: Path, make_order: MakeOrder) -> None:
    start(make_order("sleep 0.1"))
    pid = runner(folder)
    os.kill(pid, signal.SIGSTOP)
    assert runner(folder) == pid
    os.kill(pid, signal.SIGCONT)
    assert result(folder).exit_status == 0


def test_ending_it_ends_the_last_descendant(
    folder: Path, make_order: MakeOrder, stubborn: list[str], mark: str
) -> None:
    """Which ignores SIGTERM, forked twice, has a session of its own and holds the pipe."""
    start(make_order(f"{' '.join(stubborn)} & wait"))
    eventually(lambda: (folder / OUTPUT).exists() and (folder / OUTPUT).read_bytes() == b"ready")
    os.kill(runner(folder), signal.SIGSTOP)
    began = time.monotonic()
    assert end(folder)
    ended = result(folder)
    assert time.monotonic() - began < 0.2 + 1
    assert (ended.stopped, ended.timed_out, ended.survivors) == (True, False, ())
    eventually(lambda: not marked(mark))


def test_ending_what_does_not_run_does_nothing(folder: Path, make_order: MakeOrder) -> None:
    assert not end(folder)
    start(make_order("true"))
    result(folder)
    assert not end(folder)


def test_ending_never_ends_whoever_seized_the_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which holds the claim's lock for a moment, too."""
    seize(folder, STEP_RUN, "nobody started it in time")
    monkeypatch.setattr("launchpad.steps.running.held", lambda _folder: True)
    assert not end(folder)


def test_a_timeout_that_kills_ends_everything(
    folder: Path, make_order: MakeOrder, stubborn: list[str], mark: str
) -> None:
    start(make_order(f"{' '.join(stubborn)} & wait", kill_after_ms=300))
    ended = result(folder)
    assert (ended.timed_out, ended.stopped, ended.survivors) == (True, False, ())
    assert 300 <= ended.elapsed_ms < 300 + 200 + 1000
    eventually(lambda: not marked(mark))


def test_a_service_that_a_step_started_is_left_running(
    folder: Path, make_order: MakeOrder, mark: str
) -> None:
    start(make_order("(setsid sh -c 'while sleep 0.02; do echo beat; done' &); echo started"))
    assert result(folder).held_open
    assert not end(folder)
    services = [pid for pid, title in marked(mark).items() if title.startswith("sh -c while")]
    assert services
    for pid in services:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: not marked(mark))


def test_two_gigabytes_take_little_disk_and_memory(folder: Path, make_order: MakeOrder) -> None:
    start(make_order("head -c 2000000000 /dev/zero"))
    pid = runner(folder)
    peak_kb = 0
    while not isinstance(stands(folder), Ended):
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except (FileNotFoundError, ProcessLookupError):
            break
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                peak_kb = max(peak_kb, int(line.split()[1]))
        assert not (folder / OUTPUT).exists() or (folder / OUTPUT).stat().st_size < 2_100_000
    assert result(folder).output_bytes == 2_000_000_000
    assert 1000 < peak_kb < 60_000
    assert sum(path.stat().st_size for path in folder.iterdir()) < 2_200_000


def test_a_command_that_reads_gets_the_end_of_its_input(
    folder: Path, make_order: MakeOrder
) -> None:
    start(make_order("cat; echo read $?"))
    assert result(folder).exit_status == 0
    assert (folder / OUTPUT).read_bytes() == b"read 0\n"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"argv": ["no-such-program"]}, "no-such-program: not found on the PATH"),
        ({"argv": ["./missing.sh"]}, "./missing.sh: not found"),
        ({"cwd": "/no/such/folder"}, "/no/such/folder: no working directory"),
        ({"argv": []}, "the command: has no words"),
    ],
)
def test_what_could_not_be_started_says_why(
    folder: Path, make_order: MakeOrder, options: dict[str, object], why: str
) -> None:
    start(make_order("true", **options))
    ended = result(folder)
    assert (ended.exit_status, ended.signal) == (None, None)
    assert ended.not_started is not None
    assert ended.not_started.startswith(why)


def test_a_script_that_is_another_one_than_was_trusted_is_not_run(
    folder: Path, make_order: MakeOrder, tmp_path: Path
) -> None:
    script = tmp_path / "switch.sh"
    script.write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n")
    start(make_order("", argv=["/bin/sh", str(script)], scripts={str(script): "0" * 64}))
    assert result(folder).not_started == f"{script}: changed since it was trusted"
    assert not (tmp_path / "ran").exists()


def test_a_claim_of_an_earlier_boot_is_lost(folder: Path, make_order: MakeOrder, mark: str) -> None:
    start(make_order("sleep 0.2"))
    runner(folder)
    found = standing(folder, "another-boot")
    assert isinstance(found, Lost)
    assert "started anew" in found.why
    assert result(folder).exit_status == 0
    assert isinstance(standing(folder, "another-boot"), Ended)  # a result stays one
    eventually(lambda: not marked(mark))


@pytest.mark.parametrize("content", ["", "{", "null", "{}", '{"exit_status": "0"}', "\0" * 100])
@pytest.mark.parametrize("name", [CLAIM, RESULT])
def test_a_file_that_says_nothing_is_lost(
    folder: Path, make_order: MakeOrder, name: str, content: str
) -> None:
    start(make_order("true"))
    result(folder)
    if name == CLAIM:
        (folder / RESULT).unlink()
    (folder / name).write_text(content)
    found = stands(folder)
    assert isinstance(found, Lost)
    assert "cannot be read" in found.why


def test_no_secret_is_in_a_file_or_on_a_command_line(
    folder: Path, make_order: MakeOrder, env: dict[str, str], state: Path, tmp_path: Path
) -> None:
    canary, go = "canary-5f2a91", tmp_path / "go"
    os.mkfifo(go)
    text = f'echo $TOKEN; echo "$TOKEN" >&2; printf %s "$TOKEN" | base64; cat {go}; echo x$TOKEN'
    order = make_order(text, env=env | {"TOKEN": canary}, secrets={"token": canary})
    assert canary not in repr(order)
    start(order)
    runner(folder)
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            assert canary.encode() not in path.read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
    go.write_text("")
    assert result(folder).exit_status == 0
    mark = "[redacted: token]"
    assert (folder / OUTPUT).read_text() == f"{mark}\n{mark}\n{mark}\nx{mark}\n"
    failing = folder.with_name("1-dns-2")
    wrong = {"folder": str(failing), "argv": [f"./{canary}"], "secrets": {"token": canary}}
    start(make_order("", **wrong))
    assert result(failing).not_started == f"./{mark}: not found"
    for path in state.rglob("*"):
        assert path.is_dir() or canary.encode() not in path.read_bytes()


def test_a_runner_needs_little_more_than_an_interpreter() -> None:
    argv = bare_python("launchpad.steps.runner")
    argv[argv.index("-c") + 1] = (
        "import importlib, sys; sys.path.append(sys.argv.pop(1));"
        " importlib.import_module(sys.argv.pop(1)); print(*sys.modules)"
    )
    done = subprocess.run(argv, check=True, capture_output=True, text=True)
    heavy = {"pathlib", "hashlib", "msgspec", "dataclasses", "asyncio", "logging"}
    assert not set(done.stdout.split()) & heavy
