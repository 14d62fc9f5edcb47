"""What an author wrote, filled in: what is observed in the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.conductor.means import Means, given_to
from launchpad.conductor.preparing import prepared
from launchpad.probes.dns import DnsSpec
from launchpad.probes.file import FileSpec
from launchpad.probes.tcp import TcpSpec
from launchpad.probes.tls_probe import TlsSpec
from launchpad.session.live import LiveLaunch
from tests.conductor.conftest import Conducted

CHECKLIST = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
vars: {host: {default: shop.example}, ca: {default: ca.pem}}
phases: [{id: a, title: A, items: [{id: b, text: B}]}]
probes:
  certificate: {tls: {address: '${host}:443', server-name: 'www.${host}', ca: 'tls/${ca}'}}
  handshake: {tls: {address: '${host}:443', allow-insecure: true}}
  port: {tcp: {address: '${host}:5432'}}
  name: {dns: {name: '${host}', type: AAAA, server: 'ns.${host}'}}
  own-name: {dns: {name: '${host}'}}
  key: {file: {path: 'keys/${host}'}}
  root: {file: {path: /etc/hosts}}
"""


@pytest.fixture
def conducted(tmp_path: Path) -> Iterator[Conducted]:
    conducted = Conducted(tmp_path, CHECKLIST)
    yield conducted
    conducted.close()


async def test_variables_are_filled_in_and_paths_begin_at_the_checklist(
    conducted: Conducted,
) -> None:
    state = LiveLaunch(conducted.log, conducted.launch).state
    means = Means(given_to(state), conducted.folder / "state", {})
    specs = {probe.id: (await prepared(probe, means)).spec for probe in state.checklist.probes}
    folder = means.folder
    assert specs == {
        "certificate": TlsSpec("shop.example:443", "www.shop.example", f"{folder}/tls/ca.pem"),
        "handshake": TlsSpec("shop.example:443", allow_insecure=True),
        "port": TcpSpec("shop.example:5432"),
        "name": DnsSpec("shop.example", "AAAA", "ns.shop.example"),
        "own-name": DnsSpec("shop.example"),
        "key": FileSpec(f"{folder}/keys/shop.example"),
        "root": FileSpec("/etc/hosts"),
    }
