"""`launchpad probe` on a terminal, and how it ends when somebody will not wait."""

import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.observing import Harbour, get, harbour
from tests.e2e import processes
from tests.e2e.site import Site
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.thorough

HOLD = """\
#!/bin/sh
sleep 300 &
echo $$ > "$0.pid"
wait
"""
COLOUR = re.compile(rb"\x1b\[[0-9;]*3[0-9]")


@pytest.fixture
def service() -> Iterator[Harbour]:
    with harbour() as served:
        yield served


@pytest.fixture
def held(site: Site, service: Harbour) -> Iterator[Path]:
    """Give a checklist of one probe that is well, and two that take five minutes."""
    script = site.folder / "hold.sh"
    script.write_text(HOLD)
    script.chmod(0o700)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        probes = f"""
ok: {get("/ok")}
command: {{command: {{exec: [./hold.sh]}}, conditions: ['[EXIT_CODE] == 0'], timeout: 300s}}
silent:
  http: {{url: 'http://127.0.0.1:{silent.getsockname()[1]}/'}}
  conditions: ['[STATUS] == 200']
  timeout: 300s
"""
        yield site.document(service.checklist(probes), "plan.yaml")


def probing(site: Site, document: Path, *words: str) -> list[str]:
    return site.command("probe", str(document), "--trust", *words)


def waits(site: Site) -> int:
    """Wait until the command runs, and return its process id."""
    pid = site.folder / "hold.sh.pid"
    until(lambda: pid.exists() and pid.read_text().endswith("\n"), "the command does not run")
    return int(pid.read_text())


def until(condition: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.02)


def nothing_is_left(site: Site) -> bool:
    return not list(processes.naming(site.folder))


def test_ctrl_c_ends_it_within_two_seconds_and_nothing_is_left(site: Site, held: Path) -> None:
    view = site.terminal("probe", str(held), "--trust")
    view.sees("✓ OK", "ok")
    view.sees("· not yet", "silent")
    command = waits(site)
    pressed_s = time.monotonic()
    view.press("ctrl+c")
    assert view.wait_exit() == 130
    assert time.monotonic() - pressed_s < 2
    assert processes.ended(command)
    assert nothing_is_left(site)
    assert b"Traceback" not in view.output
    assert shows_its_cursor(view)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_nothing_is_left(
    site: Site, held: Path, number: signal.Signals
) -> None:
    found = site.folder / "found.json"
    # As a shell in front starts it, whatever these tests are started by.
    with subprocess.Popen(
        probing(site, held, "--format", "json", "-o", str(found)),
        cwd=site.folder,
        env=site.environment,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - no thread of this process holds a lock it takes
        stderr=subprocess.PIPE,
    ) as process:
        command = waits(site)
        process.send_signal(number)
        _, told = process.communicate(timeout=10)
    assert process.returncode == {signal.SIGTERM: -signal.SIGTERM, signal.SIGINT: 130}[number]
    assert told == b""
    assert processes.ended(command)
    assert nothing_is_left(site)
    assert not found.exists()


def test_a_killed_one_leaves_no_command_behind(site: Site, held: Path) -> None:
    with subprocess.Popen(
        probing(site, held), cwd=site.folder, env=site.environment, stderr=subprocess.DEVNULL
    ) as process:
        command = waits(site)
        process.kill()
    until(lambda: processes.ended(command), "the command outlives it")
    until(lambda: nothing_is_left(site), "something outlives it")


@pytest.mark.parametrize("colour", [True, False])
def test_a_terminal_shows_the_end_alone_and_colour_only_if_it_may(
    site: Site, service: Harbour, colour: bool
) -> None:
    probes = f"ok: {get('/ok')}\nbad: {get('/bad')}"
    document = site.document(service.checklist(probes), "plan.yaml")
    allowed = {} if colour else {"NO_COLOR": "1"}
    view = site.terminal("probe", str(document), environment=allowed)
    assert view.wait_exit() == 1
    shown = [line for line in view.lines if line]
    assert [line.split("  ")[0] for line in shown[:2]] == ["! FAILED", "✓ OK"]
    assert re.match(r"1 of 2 OK, 1 FAILED in .+s$", shown[2])
    assert len(shown) == 3
    assert (COLOUR.search(view.output) is not None) == colour
    assert shows_its_cursor(view)


def test_data_is_not_mixed_with_what_is_drawn(site: Site, service: Harbour) -> None:
    document = site.document(service.checklist(f"ok: {get('/ok')}"), "plan.yaml")
    drawn = site.shell(f'"$@" probe {document} --format json > found.json')
    assert drawn.wait_exit() == 0
    assert (site.folder / "found.json").read_bytes().startswith(b"{\n")
    assert "ok" not in "".join(drawn.lines)


def shows_its_cursor(view: Terminal) -> bool:
    """Say whether the cursor was shown again after it was hidden."""
    return view.output.rfind(b"\x1b[?25h") > view.output.rfind(b"\x1b[?25l") >= 0
