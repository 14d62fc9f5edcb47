import os
import time
from pathlib import Path

import pytest

from launchpad.probes.env import Conductor, EnvSpec, File, Printed
from tests.probes.serving import result_of

VALUE = "hunter2-the-value"
CATASTROPHE = "^(a+)+$"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "app.env"
    path.write_text(f"# of the app\nexport KEY='{VALUE}'\nEMPTY=\n")
    return path


async def test_a_variable_of_the_conductor_is_looked_up() -> None:
    source = Conductor({"KEY": VALUE})
    there = await result_of(EnvSpec("KEY", source))
    missing = await result_of(EnvSpec("OTHER", source))
    assert (there.state, there.detail) == ("success", "in the conductor's environment")
    assert (missing.state, missing.shown) == ("failed", "[SET] (false) == true")


async def test_a_variable_of_a_file_is_looked_up_and_the_file_is_named(file: Path) -> None:
    there = await result_of(EnvSpec("KEY", File(str(file)), matches="^hunter"))
    missing = await result_of(EnvSpec("OTHER", File(str(file)), matches="^hunter"))
    assert (there.state, there.detail) == ("success", f"in the file {file}")
    assert (missing.state, missing.shown) == ("failed", "[SET] (false) == true")


async def test_a_variable_that_a_command_prints_is_looked_up(env: dict[str, str]) -> None:
    source = Printed(("env",), "/", {**env, "KEY": VALUE})
    result = await result_of(EnvSpec("KEY", source, matches="value$"))
    assert (result.state, result.detail) == ("success", "in what env prints")


@pytest.mark.parametrize(
    ("condition", "state", "shown"),
    [
        (f"[VALUE] == {VALUE}", "success", f"[VALUE] (hidden) == {VALUE}"),
        ("[VALUE] == production", "failed", "[VALUE] (hidden) == production"),
        ("len([VALUE]) == 17", "success", "len([VALUE]) (17) == 17"),
        ("has([VALUE]) == false", "failed", "has([VALUE]) (true) == false"),
    ],
)
async def test_a_value_decides_and_is_not_shown(
    file: Path, condition: str, state: str, shown: str
) -> None:
    result = await result_of(EnvSpec("KEY", File(str(file))), condition)
    assert (result.state, result.shown) == (state, shown)


async def test_a_value_that_does_not_match_fails_and_is_not_shown(file: Path) -> None:
    result = await result_of(EnvSpec("KEY", File(str(file)), matches="^postgres://"))
    assert (result.state, result.reason) == ("failed", "condition-false")
    assert result.shown == "[VALUE] (hidden) matches ^postgres://"
    assert VALUE not in repr(result)


async def test_a_value_that_is_missing_is_no_data() -> None:
    result = await result_of(EnvSpec("KEY", Conductor({})), "[VALUE] != x")
    assert (result.state, result.reason) == ("inconclusive", "no-data")


async def test_a_pattern_that_never_ends_is_cut_at_the_deadline(env: dict[str, str]) -> None:
    spec = EnvSpec("KEY", Conductor({"KEY": "a" * 60 + "!"}), matches=CATASTROPHE)
    began = time.monotonic()
    result = await result_of(spec, timeout_s=0.5)
    assert time.monotonic() - began < 1.0
    assert (result.state, result.reason) == ("error", "timeout")


async def test_a_pipe_that_nobody_writes_into_is_an_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    result = await result_of(EnvSpec("KEY", File(str(tmp_path / "pipe"))))
    assert (result.state, result.reason) == ("error", "source-unreadable")


async def test_a_file_that_is_missing_or_too_large_is_an_error(tmp_path: Path) -> None:
    for name, why in {"missing": "No such file", "large": "more than", ".": "regular"}.items():
        (tmp_path / "large").write_bytes(b"A=1\n" * 300_000)
        result = await result_of(EnvSpec("KEY", File(str(tmp_path / name))))
        assert (result.state, result.reason) == ("error", "source-unreadable")
        assert why in result.detail


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (f"echo KEY={VALUE}; echo {VALUE} >&2; exit 1", "source-unreadable"),
        (f"echo KEY={VALUE}; kill -9 $$", "source-unreadable"),
        ("head -c 3000000 /dev/zero", "output-unreadable"),
        (f"echo {VALUE}; sleep 9", "timeout"),
    ],
)
async def test_a_command_that_does_not_print_an_environment_is_an_error(
    env: dict[str, str], script: str, reason: str
) -> None:
    source = Printed(("/bin/sh", "-c", script), "/", env)
    result = await result_of(EnvSpec("KEY", source), timeout_s=1.0)
    assert (result.state, result.reason) == ("error", reason)
    assert VALUE not in repr(result)
