import sys
import time
from pathlib import Path

import pytest

from launchpad.probes.command import CommandSpec
from tests.probes.serving import NO_SECRETS, result_of


def shell(text: str, env: dict[str, str], cwd: str = "/") -> CommandSpec:
    return CommandSpec(("/bin/sh", "-c", text), cwd, env, NO_SECRETS)


@pytest.mark.parametrize(
    ("script", "condition", "shown"),
    [
        ("exit 0", "[EXIT_CODE] == 0", "[EXIT_CODE] (0) == 0"),
        ("exit 3", "[EXIT_CODE] == any(0, 3)", "[EXIT_CODE] (3) == any(0, 3)"),
        ("echo ' up to date '", "[STDOUT] == 'up to date'", None),
        ("echo 17", "[STDOUT] >= 17", "[STDOUT] (17) >= 17"),
        ("echo oops >&2", "[STDERR] == oops", "[STDERR] (oops) == oops"),
        ("true", "[RESPONSE_TIME] < 4s", None),
        ("kill -9 $$", "[EXIT_CODE] == 137", "[EXIT_CODE] (137) == 137"),
    ],
)
async def test_what_a_command_does_is_observed(
    env: dict[str, str], script: str, condition: str, shown: str | None
) -> None:
    result = await result_of(shell(script, env), condition)
    assert result.state == "success"
    assert result.shown == (shown or result.shown)


async def test_without_conditions_the_exit_status_has_to_be_0(env: dict[str, str]) -> None:
    assert (await result_of(shell("exit 0", env))).state == "success"
    failed = await result_of(shell("exit 1", env))
    assert (failed.state, failed.reason) == ("failed", "condition-false")


async def test_the_end_by_a_signal_is_told(env: dict[str, str]) -> None:
    result = await result_of(shell("kill -15 $$", env))
    assert (result.state, result.detail) == ("failed", "ended by signal 15")


@pytest.mark.parametrize(
    ("argv", "cwd", "reason"),
    [
        (("no-such-program",), "/", "command-not-found"),
        (("/no/such/program",), "/", "command-not-found"),
        (("/etc/passwd",), "/", "not-executable"),
        (("true",), "/no/such/folder", "working-directory-missing"),
        (("true", "x" * 3_000_000), "/", "system-error"),
        (("true", "\0"), "/", "system-error"),
        ((), "/", "system-error"),
    ],
)
async def test_a_command_that_cannot_start_is_an_error(
    env: dict[str, str], argv: tuple[str, ...], cwd: str, reason: str
) -> None:
    result = await result_of(CommandSpec(argv, cwd, env, NO_SECRETS))
    assert (result.state, result.reason) == ("error", reason)


async def test_the_deadline_ends_a_command_to_its_last_descendant(
    env: dict[str, str], tmp_path: Path
) -> None:
    """The `env` fixture finds whoever is left: here one that forked twice and ignores SIGTERM."""
    script = tmp_path / "stubborn.py"
    script.write_text(
        "import os, signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    os.fork()\n"
        "time.sleep(1000)\n"
    )
    began = time.monotonic()
    spec = CommandSpec((sys.executable, "-I", "-S", str(script)), "/", env, NO_SECRETS)
    result = await result_of(spec, timeout_s=0.5)
    assert (result.state, result.reason) == ("error", "timeout")
    assert time.monotonic() - began < 2.0


async def test_output_without_end_is_kept_in_bounds(env: dict[str, str]) -> None:
    script = "head -c 30000000 /dev/zero | tr '\\0' x; echo; echo done"
    result = await result_of(shell(script, env), "[STDOUT] == pat(*done)", "len([STDOUT]) < 20000")
    assert result.state == "success"
