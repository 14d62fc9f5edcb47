import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from launchpad.process import run as run_module
from launchpad.process.keeper import Finished
from launchpad.process.run import KeeperLost, run
from launchpad.process.start import StartError
from launchpad.process.tree import descendants
from launchpad.text.redaction import Redactor
from tests.process.conftest import eventually, marked

GRACE_S = 0.2
# From the deadline and the grace on: the promise of this room.
PROMISED_S = 0.5


async def sh(text: str, env: dict[str, str], **options: Any) -> Finished:
    return await run(
        ["/bin/sh", "-c", text],
        **{"cwd": "/", "env": env, "deadline_s": 10.0, "grace_s": GRACE_S, **options},
    )


async def test_a_command_has_an_exit_status_and_two_outputs(env: dict[str, str]) -> None:
    found = await sh("echo out; echo err >&2; exit 3", env)
    assert (found.exit_status, found.signal, found.timed_out) == (3, None, False)
    assert (found.stdout.content, found.stderr.content) == (b"out\n", b"err\n")
    assert found.survivors == ()


async def test_a_signal_is_not_an_exit_status(env: dict[str, str]) -> None:
    found = await sh("kill -9 $$", env)
    assert (found.exit_status, found.signal) == (None, signal.SIGKILL)


async def test_words_are_words_and_no_shell_reads_them(env: dict[str, str]) -> None:
    words = ["$HOME", "a b", "`id`", "ü\n", "\udcff"]
    found = await run(["printf", "%s|", *words], cwd="/", env=env, deadline_s=10)
    assert found.stdout.content == "$HOME|a b|`id`|ü\n|".encode() + b"\xff|"


async def test_a_command_gets_this_environment_this_folder_and_nothing_else(
    env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIVATE", "hunter2")
    found = await run(["env"], cwd=tmp_path, env={**env, "A": "1"}, deadline_s=10)
    lines = found.stdout.text.splitlines()
    assert sorted(lines) == sorted(f"{name}={value}" for name, value in {**env, "A": "1"}.items())
    found = await sh("pwd; ls /proc/self/fd; cat /proc/self/status", env, cwd=tmp_path)
    assert found.stdout.text.startswith(f"{tmp_path}\n0\n1\n2\n")
    assert "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n" in found.stdout.text


async def test_a_command_has_a_session_and_a_process_group_of_its_own(env: dict[str, str]) -> None:
    found = await sh("cat /proc/$$/stat", env)
    pid, _, _, _, group, session, *_ = found.stdout.text.split()
    assert (group, session) == (pid, pid)


async def test_standard_input_is_at_its_end_at_once(env: dict[str, str]) -> None:
    assert (await sh("cat; read line; echo $?", env)).stdout.content == b"1\n"


async def test_standard_input_can_be_given(env: dict[str, str]) -> None:
    given = bytes(range(256)) * 1000
    found = await run(["cat"], cwd="/", env=env, deadline_s=10, stdin=given, cap=len(given))
    assert found.stdout.content == given


@pytest.mark.parametrize(
    ("argv", "changed", "cause", "said"),
    [
        (["no-such-program"], {}, "executable", "no-such-program: not found on the PATH"),
        (["./missing"], {}, "executable", "./missing: not found"),
        (["./plain"], {}, "executable", "./plain: not executable"),
        (["./shebang"], {}, "executable", "./shebang: .* interpreter that is not there"),
        (["./text"], {}, "executable", "./text: neither a program"),
        (["true"], {"cwd": "/no/such"}, "directory", "/no/such: no working directory: No such"),
        (["true"], {"cwd": "/etc/passwd"}, "directory", "/etc/passwd: .* Not a directory"),
        ([], {}, "arguments", "no words"),
        (["echo", "a\0b"], {}, "arguments", "echo: embedded null byte"),
        (["echo", "x" * 3_000_000], {}, "arguments", "echo: its arguments are too long"),
        (["true"], {"env": {"A=B": ""}}, "arguments", "illegal environment variable name"),
    ],
)
async def test_what_cannot_be_started_says_why(
    env: dict[str, str],
    tmp_path: Path,
    argv: list[str],
    changed: dict[str, Any],
    cause: str,
    said: str,
) -> None:
    (tmp_path / "plain").write_text("")
    for name, text in (("shebang", "#!/no/such/interpreter\n"), ("text", "echo\n")):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o700)
    with pytest.raises(StartError, match=said) as refused:
        await run(argv, **{"cwd": tmp_path, "env": env, "deadline_s": 10, **changed})
    assert refused.value.cause == cause


async def test_the_deadline_is_kept_against_a_command_that_ignores_everything(
    env: dict[str, str], stubborn: list[str], mark: str
) -> None:
    began = time.monotonic()
    found = await run(stubborn, cwd="/", env=env, deadline_s=0.5, grace_s=GRACE_S)
    assert time.monotonic() - began < 0.5 + GRACE_S + PROMISED_S
    assert not marked(mark)
    assert (found.signal, found.timed_out) == (signal.SIGKILL, True)
    assert found.stdout.content == b"ready"


async def test_a_command_that_tidies_up_has_the_grace_for_it(env: dict[str, str]) -> None:
    """Its children of that time are left in peace, and what they write is kept."""
    tidy = "trap 'sleep 0.1; echo tidied; exit 7' TERM; echo ready; while :; do sleep 0.01; done"
    found = await sh(tidy, env, deadline_s=0.3, grace_s=5.0)
    assert (found.exit_status, found.timed_out) == (7, True)
    assert found.stdout.content == b"ready\ntidied\n"
    assert found.duration_s < 5.0


async def test_a_stopped_command_is_ended_too(env: dict[str, str]) -> None:
    found = await sh("kill -STOP $$", env, deadline_s=0.3, grace_s=5.0)
    assert (found.signal, found.timed_out) == (signal.SIGTERM, True)


async def test_what_a_finished_command_left_behind_is_ended(
    env: dict[str, str], mark: str, stubborn: list[str]
) -> None:
    found = await sh(f"{' '.join(stubborn)} & setsid sleep 1000 & echo done; exit 4", env)
    assert (found.exit_status, found.timed_out) == (4, False)
    assert b"done\n" in found.stdout.content
    assert not marked(mark)


async def test_a_process_that_is_not_the_commands_is_never_touched(
    env: dict[str, str], stubborn: list[str]
) -> None:
    """Neither a child of the conductor nor another command that runs at the same time."""
    with start_bystander() as bystander:
        try:
            other = asyncio.create_task(sh("sleep 1; echo undisturbed", env))
            await run(stubborn, cwd="/", env=env, deadline_s=0.3, grace_s=0.1)
            assert bystander.poll() is None
            assert (await other).stdout.content == b"undisturbed\n"
        finally:
            bystander.kill()


def start_bystander() -> subprocess.Popen[bytes]:
    return subprocess.Popen(["sleep", "1000"])


async def test_many_commands_at_once_do_not_mix(env: dict[str, str]) -> None:
    """Also when each leaves something behind that writes on."""
    texts = [f"(setsid sh -c 'while echo {n}; do :; done' &); exit {n}" for n in range(6)]
    for number, found in enumerate(await asyncio.gather(*(sh(text, env) for text in texts))):
        assert found.exit_status == number
        assert set(found.stdout.head.split()) <= {b"%d" % number}


async def test_two_gigabytes_are_counted_in_little_memory(env: dict[str, str]) -> None:
    size = 2_000_000_000
    text = f"echo first; head -c {size} /dev/zero; echo last"
    running = asyncio.create_task(sh(text, env, deadline_s=60.0))
    peak_kb = 0
    while not running.done():
        await asyncio.wait({running}, timeout=0.05)
        peak_kb = max(peak_kb, *(peak_of(keeper) for keeper in keepers()), 0)
    found = running.result()
    assert found.stdout.total == size + len(b"first\nlast\n")
    assert found.stdout.head.startswith(b"first\n")
    assert found.stdout.tail.endswith(b"last\n")
    assert len(found.stdout.content) < 17 * 1024
    assert 0 < peak_kb < 50_000


def keepers() -> list[int]:
    """Return the keepers that this process started."""
    found = []
    for pid, _ in descendants(os.getpid()):
        try:
            if b"launchpad.process.keeper" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def peak_of(pid: int) -> int:
    """Return the most memory that a process had, in kB; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line), 0)


async def test_a_secret_is_in_no_output_and_no_process_title(env: dict[str, str]) -> None:
    secret = "canary-hunter2"  # noqa: S105 - made up
    text = "printf canary-; printf hunter2; printf $IT | base64 >&2; cat /proc/$PPID/cmdline"
    found = await sh(text, {**env, "IT": secret}, redactor=Redactor({"IT": secret}))
    assert found.stdout.content.startswith(b"[redacted: IT]")
    assert found.stderr.content == b"[redacted: IT]\n"
    assert b"keeper" in found.stdout.content
    assert secret.encode() not in found.stdout.content


async def test_a_cancelled_run_leaves_nothing(
    env: dict[str, str], mark: str, stubborn: list[str], tmp_path: Path
) -> None:
    ready = tmp_path / "ready"
    argv = ["/bin/sh", "-c", f"{' '.join(stubborn)} > {ready}"]
    running = asyncio.create_task(run(argv, cwd="/", env=env, deadline_s=60, grace_s=GRACE_S))
    await asyncio.to_thread(eventually, lambda: ready.exists() and ready.read_bytes())
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert not marked(mark)


async def test_a_run_cancelled_at_any_moment_of_its_start_returns_and_leaves_nothing(
    env: dict[str, str], mark: str
) -> None:
    for number in range(12):
        running = asyncio.create_task(sh("sleep 1000", env))
        await asyncio.sleep(number * 0.005)  # the moment is what is varied
        running.cancel()
        async with asyncio.timeout(GRACE_S + 2):
            with pytest.raises(asyncio.CancelledError):
                await running
        assert not marked(mark)


def test_a_loop_that_ends_while_a_run_starts_is_not_held_up(env: dict[str, str], mark: str) -> None:
    """It cancels every task at once, also those that belong to asyncio itself."""

    async def leave_early() -> None:
        running.append(asyncio.create_task(sh("sleep 1000", env)))
        await asyncio.sleep(0)

    running: list[asyncio.Task[Finished]] = []
    asyncio.run(leave_early())
    assert running[0].cancelled()
    assert not marked(mark)


def test_a_killed_conductor_leaves_nothing(
    env: dict[str, str], mark: str, stubborn: list[str], tmp_path: Path
) -> None:
    ready = tmp_path / "ready"
    argv = ["/bin/sh", "-c", f"{' '.join(stubborn)} > {ready}"]
    code = (
        "import asyncio; from launchpad.process.run import run;"
        f" asyncio.run(run({argv!r}, cwd='/', env={env!r}, deadline_s=60, grace_s=0.1))"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as conductor:
        try:
            eventually(lambda: ready.exists() and ready.read_bytes())
        finally:
            conductor.kill()
    eventually(lambda: not marked(mark))


async def test_a_stopped_keeper_is_ended_with_all_it_keeps(
    env: dict[str, str], mark: str, stubborn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "_LATE_S", 1.0)
    began = time.monotonic()
    running = asyncio.create_task(run(stubborn, cwd="/", env=env, deadline_s=1, grace_s=0.1))
    await asyncio.to_thread(eventually, lambda: len(marked(mark)) > 3)
    os.kill(keepers()[0], signal.SIGSTOP)
    with pytest.raises(KeeperLost, match="does not answer"):
        await running
    assert time.monotonic() - began < 1 + 0.1 + 1.0 + PROMISED_S
    assert not marked(mark)


async def test_a_killed_keeper_is_no_result(env: dict[str, str], mark: str) -> None:
    running = asyncio.create_task(sh("echo half; exec sleep 1000", env))
    await asyncio.to_thread(eventually, lambda: any("sleep" in it for it in marked(mark).values()))
    (sleeping,) = (pid for pid, title in marked(mark).items() if "sleep" in title)
    os.kill(keepers()[0], signal.SIGKILL)
    with pytest.raises(KeeperLost, match="was ended"):
        await running
    os.kill(sleeping, signal.SIGKILL)  # nobody is left who could know of it
    eventually(lambda: not marked(mark))


async def test_a_keeper_asked_to_end_keeps_its_command(env: dict[str, str]) -> None:
    found = await sh("kill -TERM $PPID; kill -HUP $PPID; echo kept", env)
    assert found.stdout.content == b"kept\n"
