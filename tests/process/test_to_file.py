import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.process.conftest import eventually, marked

RUNNER = str(Path(__file__).parent / "runner.py")
GRACE_S = 0.2

Runner = subprocess.Popen[str]
StartRunner = Callable[..., Runner]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


@pytest.fixture
def start(env: dict[str, str], output: Path) -> Iterator[StartRunner]:
    """Start runners that run a shell's text, and end them with the test.

    before: what a shell does before it becomes the runner.
    """
    runners = []

    def start_one(text: str, before: str = "", **options: Any) -> Runner:
        request = {
            "argv": ["/bin/sh", "-c", text],
            "cwd": "/",
            "env": env,
            "output": str(output),
            "grace_s": GRACE_S,
            "drain_s": 0.2,
        }
        words = [sys.executable, RUNNER, json.dumps(request | options)]
        runners.append(
            subprocess.Popen(
                ["/bin/sh", "-c", f'{before} exec "$@"', "sh", *words],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return runners[-1]

    yield start_one
    for runner in runners:
        with runner:
            runner.kill()


def result(runner: Runner) -> dict[str, Any]:
    """Wait for a runner's line and return it."""
    assert runner.stdout is not None
    said: dict[str, Any] = json.loads(runner.stdout.readline())
    return said


def stop(runner: Runner) -> None:
    assert runner.stdin is not None
    runner.stdin.close()


def test_both_outputs_come_into_one_file_in_their_order(start: StartRunner, output: Path) -> None:
    said = result(start("echo one; echo two >&2; echo three; exit 5"))
    assert (said["exit_status"], said["timed_out"], said["held_open"]) == (5, False, False)
    assert output.read_bytes() == b"one\ntwo\nthree\n"
    assert output.stat().st_mode & 0o777 == 0o600


def test_the_file_can_be_followed_while_the_command_runs(
    start: StartRunner, output: Path, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    os.mkfifo(go)
    runner = start(f"echo one; cat {go}; echo two")
    eventually(lambda: output.exists() and output.read_bytes() == b"one\n")
    assert runner.poll() is None
    go.write_text("now\n")
    assert result(runner)["exit_status"] == 0
    assert output.read_bytes() == b"one\nnow\ntwo\n"


def test_the_newest_end_of_a_flood_can_be_followed(
    start: StartRunner, output: Path, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    os.mkfifo(go)
    runner = start(f"echo first; seq 100000; echo newest; cat {go}", cap=1000)
    eventually(lambda: output.exists() and output.read_bytes().endswith(b"newest\n"))
    seen = output.read_bytes()
    assert seen.startswith(b"first\n1\n2\n")
    assert len(seen) < 2100
    go.write_text("")
    assert result(runner)["exit_status"] == 0
    assert output.read_bytes() == seen
    assert {path.name for path in tmp_path.iterdir()} == {"go", "output"}


def test_two_gigabytes_make_a_small_file_in_little_memory(start: StartRunner, output: Path) -> None:
    size = 2_000_000_000
    said = result(start(f"head -c {size} /dev/zero"))
    assert (said["total"], said["exit_status"]) == (size, 0)
    assert output.stat().st_size < 2 * 1024 * 1024 + 100
    assert b"[1997902848 bytes left out]" in output.read_bytes()
    assert said["peak_kb"] < 60_000


def test_no_secret_reaches_the_file_at_any_moment(start: StartRunner, output: Path) -> None:
    text = "printf hun; sleep 0.1; printf 'ter2 '; printf hunter2 | base64"
    runner = start(text, secrets={"password": "hunter2"})
    while runner.poll() is None:
        assert not output.exists() or b"hun" not in output.read_bytes()
    assert output.read_bytes() == b"[redacted: password] [redacted: password]\n"


def test_a_command_without_a_deadline_is_not_ended(start: StartRunner) -> None:
    said = result(start("sleep 0.5; echo done"))
    assert (said["exit_status"], said["timed_out"]) == (0, False)


def test_the_deadline_ends_everything(
    start: StartRunner, stubborn: list[str], mark: str, output: Path
) -> None:
    runner = start(f"{' '.join(stubborn)} & wait", deadline_s=0.5)
    began = time.monotonic()
    said = result(runner)
    assert time.monotonic() - began < 0.5 + GRACE_S + 1
    assert (said["timed_out"], said["survivors"]) == (True, [])
    assert runner.wait() == 0
    assert not marked(mark)
    assert output.read_bytes() == b"ready"


def test_stop_ends_everything(
    start: StartRunner, stubborn: list[str], mark: str, output: Path
) -> None:
    runner = start(f"{' '.join(stubborn)} & wait")
    eventually(lambda: output.exists() and output.read_bytes() == b"ready")
    stop(runner)
    began = time.monotonic()
    said = result(runner)
    assert time.monotonic() - began < GRACE_S + 1
    assert (said["stopped"], said["timed_out"], said["survivors"]) == (True, False, [])
    assert runner.wait() == 0
    assert not marked(mark)


def test_a_signal_to_the_runner_does_not_leave_the_command_alone(start: StartRunner) -> None:
    said = result(start("kill -TERM $PPID; kill -HUP $PPID; kill -INT $PPID; exit 6"))
    assert said["exit_status"] == 6


SERVICE = "(setsid sh -c 'echo up; while sleep 0.02; do echo beat; done' &) ; echo started"


def test_a_service_that_a_step_started_is_left_running(
    start: StartRunner, mark: str, output: Path
) -> None:
    """Going on to drain its pipe, so that writing does not kill it; the file is finished."""
    runner = start(SERVICE, linger=True)
    said = result(runner)
    assert (said["exit_status"], said["held_open"], said["failure"]) == (0, True, None)
    written = output.read_bytes()
    assert {b"up", b"started"} <= set(written.splitlines())
    (service,) = (
        pid
        for pid, title in marked(mark).items()
        if title.startswith("sh ") and "exec" not in title
    )
    written_by = Path(f"/proc/{service}/io")
    before = written_by.read_text()
    eventually(lambda: written_by.read_text() != before)
    assert output.read_bytes() == written
    assert runner.poll() is None
    os.kill(service, signal.SIGKILL)
    assert runner.wait(10) == 0
    eventually(lambda: not marked(mark))


def test_a_service_that_writes_without_end_does_not_hold_up_the_result(
    start: StartRunner, mark: str, output: Path
) -> None:
    said = result(start("setsid yes & exit 2"))
    assert (said["exit_status"], said["held_open"]) == (2, True)
    assert output.read_bytes().startswith(b"y\n")
    eventually(lambda: not marked(mark))  # nobody reads any longer what it writes


def test_a_full_disk_ends_the_file_and_not_the_command(start: StartRunner, output: Path) -> None:
    """A limit on the size of files stands in for it."""
    said = result(start("head -c 100000 /dev/zero; exit 3", before="ulimit -f 10;"))
    assert (said["exit_status"], said["total"]) == (3, 100_000)
    assert "File too large" in said["failure"]
    assert 0 < output.stat().st_size < 100_000


def test_somebody_elses_file_is_never_written(start: StartRunner, output: Path) -> None:
    output.write_text("theirs")
    runner = start("echo ours")
    assert runner.wait(10) != 0
    assert output.read_text() == "theirs"


def test_what_cannot_be_started_says_why(start: StartRunner) -> None:
    runner = start("", argv=["no-such-program"])
    _, error = runner.communicate(timeout=10)
    assert error == "no-such-program: not found on the PATH\n"


def test_a_process_with_children_of_its_own_does_not_supervise(
    env: dict[str, str], output: Path
) -> None:
    """It would take them for the command's, and end them."""
    code = (
        "import subprocess, sys; sys.path.insert(0, sys.argv[1])\n"
        "from launchpad.process.to_file import run_to_file\n"
        "from launchpad.process.start import Command\n"
        "from launchpad.text.redaction import Redactor\n"
        "with subprocess.Popen(['cat'], stdin=subprocess.PIPE) as child:\n"
        "    run_to_file(Command(['true'], '/', {}), output=sys.argv[2], redactor=Redactor({}))\n"
    )
    root = str(Path(__file__).parents[2])
    argv = [sys.executable, "-I", "-S", "-c", code, root, str(output)]
    done = subprocess.run(argv, env=env, check=False, capture_output=True, text=True)
    assert "must not supervise" in done.stderr
