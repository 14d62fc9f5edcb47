"""Which host a probe leads to, so that none is asked too much at once."""

import pytest

from launchpad.probes.dns import DnsSpec
from launchpad.probes.env import Conductor, EnvSpec
from launchpad.probes.http import HttpSpec
from launchpad.probes.registry import type_of
from launchpad.probes.tcp import TcpSpec
from launchpad.probes.tls_probe import TlsSpec


@pytest.mark.parametrize(
    ("spec", "host"),
    [
        (HttpSpec("https://Shop.Example.com:8443/a?b"), "shop.example.com"),
        (HttpSpec("http://[2001:DB8::1]/"), "2001:db8::1"),
        (HttpSpec("http://user@shop.example.com/"), None),
        (TcpSpec("db.example.com:5432"), "db.example.com"),
        (TcpSpec("db.example.com"), "db.example.com"),
        (TcpSpec("nonsense here"), None),
        (TlsSpec("[2001:DB8::1]:443", server_name="shop.example.com"), "2001:db8::1"),
        (DnsSpec("shop.example.com", server="192.0.2.53"), "192.0.2.53"),
        (DnsSpec("shop.example.com"), None),
        (EnvSpec("HOME", Conductor({})), None),
    ],
)
def test_every_type_says_which_host_its_settings_lead_to(spec: object, host: str | None) -> None:
    assert type_of(spec).host(spec) == host
