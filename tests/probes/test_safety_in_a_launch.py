"""A launch whose probes hang: one that does not goes on, and the conductor can be ended."""

import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cli.observing import Harbour, get, harbour
from tests.conductor.conftest import Conducted
from tests.probes.ports import silent_port

pytestmark = pytest.mark.thorough

HANGING = """\
http: {http: {url: 'http://127.0.0.1:HELD/'}, conditions: ['[STATUS] == 200'], timeout: 300s}
https: {http: {url: 'https://127.0.0.1:HELD/'}, conditions: ['[STATUS] == 200'], timeout: 300s}
dropped: {http: {url: 'http://127.0.0.1:MUTE/'}, conditions: ['[STATUS] == 200'], timeout: 300s}
prometheus:
  prometheus: {server: 'http://127.0.0.1:HELD', query: up}
  conditions: ['[VALUE] == 1']
  timeout: 300s
postgres:
  sql: {database: 'postgresql://r@127.0.0.1:HELD/shop', query: SELECT 1}
  conditions: ['[ROWS] == 1']
  timeout: 300s
command: {command: {exec: [sleep, '600']}, conditions: ['[EXIT_CODE] == 0'], timeout: 300s}
env: {env: {name: KEY, from: {command: [sleep, '600']}}, timeout: 300s}
tls: {tls: {address: '127.0.0.1:HELD'}, timeout: 300s}
tcp: {tcp: {address: '127.0.0.1:MUTE'}, timeout: 300s}
dns: {dns: {name: shop.example, server: '127.0.0.1:NAMES'}, timeout: 300s}
"""


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Conducted]:
    """Give a launch with one probe that is well and many that hear nothing."""
    with ExitStack() as stack:
        service: Harbour = stack.enter_context(harbour())
        held = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        names = stack.enter_context(socket.socket(type=socket.SOCK_DGRAM))
        names.bind(("127.0.0.1", 0))
        ports = {
            "HELD": held.getsockname()[1],
            "MUTE": stack.enter_context(silent_port()),
            "NAMES": names.getsockname()[1],
        }
        probes = f"{HANGING}well: {get('/ok', more=', interval: 1s')}"
        for word, port in ports.items():
            probes = probes.replace(f":{word}", f":{port}")
        # Another host, because who waits for one that hangs waits behind who waits already.
        service.address = service.address.replace("127.0.0.1", "localhost")
        text = service.checklist(probes)
        launch = Conducted(tmp_path, text)
        stack.callback(launch.close)
        yield launch


def test_what_hangs_holds_up_neither_the_others_nor_the_end(launch: Conducted) -> None:
    launch.trust()
    conductor = launch.conducting()
    launch.until(lambda: len(launch.log.samples(launch.launch, "well", 2)) == 2, "it does not look")
    assert [event.body["probe"] for event in launch.events("probe.changed")] == ["well"]
    conductor.send_signal(signal.SIGTERM)
    asked = time.monotonic()
    assert conductor.wait(10) is not None
    assert time.monotonic() - asked < 2
