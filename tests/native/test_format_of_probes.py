"""What the format takes of probes of the network and of files, and what becomes of it."""

import pytest

from launchpad.checklist.converted.observing import probe_keys
from launchpad.checklist.converted.writing import Key, write
from launchpad.checklist.model import (
    DnsSettings,
    FileSettings,
    Probe,
    TcpSettings,
    TlsSettings,
)
from launchpad.checklist.told.acting import tell_probes
from tests.native.conftest import Problems, Reading

HEAD = "launchpad: 1\ntitle: T\nphases: [{id: a, title: A}]\nvars: {v: {}}\n"
ADDRESS = "an address is host:port, an IPv6 address in brackets"
SERVER = "an address is host or host:port, an IPv6 address in brackets"
SECRET = "only headers, a body and the `secrets` of a command take one"  # noqa: S105 - a message


def probes(*lines: str) -> str:
    return f"{HEAD}probes:\n" + "".join(f"  {line}\n" for line in lines)


def only(reading: Reading, settings: str) -> Probe:
    (probe,) = reading(probes(f"p: {settings}")).probes
    return probe


WHOLE = {
    "{tls: {address: '[::1]:443', server-name: 'a.${v}', ca: '${v}.pem'}}": (
        "tls",
        TlsSettings("[::1]:443", "a.${v}", "${v}.pem"),
        "[CONNECTED] == true",
        "tls: [::1]:443, as a.${v}, trusting ${v}.pem, every 30s",
    ),
    "{tls: {address: '${v}', allow-insecure: true}}": (
        "tls",
        TlsSettings("${v}", allow_insecure=True),
        "[CONNECTED] == true",
        "tls: ${v}, CERTIFICATES ARE NOT CHECKED, every 30s",
    ),
    "{tcp: {address: '${v}.example:5432'}}": (
        "tcp",
        TcpSettings("${v}.example:5432"),
        "[CONNECTED] == true",
        "tcp: ${v}.example:5432, every 30s",
    ),
    "{dns: {name: 'shop.${v}', type: MX, server: '192.0.2.1:${v}'}}": (
        "dns",
        DnsSettings("shop.${v}", "MX", "192.0.2.1:${v}"),
        "has([ANSWER]) == true",
        "dns: MX shop.${v}, asking 192.0.2.1:${v}, every 30s",
    ),
    "{dns: {name: shop.example}}": (
        "dns",
        DnsSettings("shop.example"),
        "has([ANSWER]) == true",
        "dns: A shop.example, every 30s",
    ),
    "{file: {path: 'a/${v}'}}": (
        "file",
        FileSettings("a/${v}"),
        "[EXISTS] == true",
        "file: a/${v}, every 30s",
    ),
}


@pytest.mark.parametrize("settings", WHOLE)
def test_a_probe_is_read_told_and_written_as_it_was_meant(reading: Reading, settings: str) -> None:
    """Also what it asks where nothing is written, which is written nowhere."""
    kind, expected, asked, told = WHOLE[settings]
    probe = only(reading, settings)
    assert (probe.type, getattr(probe, kind), probe.conditions) == (kind, expected, (asked,))
    lines = [line.text for line in tell_probes(reading(probes(f"p: {settings}")))]
    assert lines == ["probes", told, f"good when {asked}"]
    written = write((Key("probes", (Key("p", probe_keys(probe)),)),), [])
    assert "conditions" not in written
    (again,) = reading(HEAD + written).probes
    assert (getattr(again, kind), again.conditions) == (expected, (asked,))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("tls: »{}", "the key `address` is missing"),
        ("tls: {address: »example.com}", ADDRESS),
        ("tls: {address: »'https://example.com:443'}", ADDRESS),
        ("tls: {address: 'a:1', server-name: »''}", "expected text, found nothing"),
        (
            "tls: {address: 'a:1', allow-insecure: true, »ca: a.pem}",
            "`allow-insecure` takes any certificate: no authority is asked",
        ),
        ("tcp: »{}", "the key `address` is missing"),
        ("tcp: {address: »'db:0'}", ADDRESS),
        ("tcp: {address: »'u@db:1'}", ADDRESS),
        ("tcp: {address: 'db:1', »port: 1}", "there is no key `port`"),
        ("tcp: {address: 'db:»${w}'}", "there is no variable `w`"),
        ("tcp: {address: '»${k}:1'}", f"`k` is a secret: {SECRET}"),
        ("dns: »{type: A}", "the key `name` is missing"),
        ("dns: {name: a, server: »'a:x'}", SERVER),
        ("dns: {name: a, type: »ANY}", "expected one of A, AAAA, CAA, CNAME, MX, NS, PTR, SRV"),
        ("file: »{}", "the key `path` is missing"),
        ('file: {path: »"a\\nb"}', "expected text on one line"),
        ("file: {path: '/run/»${k}'}", f"`k` is a secret: {SECRET}"),
        ("tcp: {address: 'db:1'}, conditions: ['»[STATUS] == 200']", "[STATUS] is not offered"),
        ("file: {path: a}, conditions: ['[MODE] »< 0644']", "[MODE] is text"),
        ("tcp: {address: 'db:1'}, »file: {path: a}", "a probe is only one of `tcp` and `file`"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(told: Problems, settings: str, message: str) -> None:
    (problem,) = told(f"{HEAD}secrets: {{k: {{env: K}}}}\nprobes:\n  p: {{{settings}}}\n")
    assert problem.startswith(message)
