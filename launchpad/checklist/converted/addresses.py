"""Addresses in commands: whether they ask how a service is, and which of them only look like one.

A document's address is often made up, for whoever runs the command to replace.
"""

import re
from dataclasses import dataclass

_ADDRESS = re.compile(
    r"(?P<scheme>https?://)?(?P<host>[^/?#\s]{1,200})(?P<path>/[^?#\s]{0,400})(?P<rest>[?#]\S*)?",
    re.IGNORECASE,
)
# Says so wherever it stands in a path, or only where it ends one.
_HEALTH = frozenset(
    {"health", "healthz", "healthcheck", "health-check", "health_check", "_health"}
    | {"livez", "readyz", "livenessz", "readinessz"}
)
_AT_THE_END = frozenset(
    {"status", "_status", "statusz", "ping", "_ping", "heartbeat"}
    | {"ready", "live", "alive", "up", "liveness", "readiness"}
)
_ENDING = re.compile(r"\.(?:json|txt|php|html?)$")
# What people write where a name of theirs belongs, and names that are kept for examples
# (RFC 2606, RFC 6761).
_MADE_UP = re.compile(
    r"[<>{}\[\]$%]|\.\.\.|_{2}|\u2026|"
    r"(?:^|[.@-])(?:your|my|our)[a-z0-9_-]{0,40}\b|"
    r"\b(?:example|placeholder|changeme|todo|xxx+)\b|"
    r"^(?:domain|host|hostname|server|address|url|api|base[-_]?url)(?:\.(?:com|org|net|io))?(?::\d+)?$"
    r"|^[A-Z][A-Z0-9_]+(?::\d+)?$|\.(?:test|invalid)(?::\d+)?$"
)
_PLAIN = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/._~@:+,=-]*")


@dataclass(frozen=True, slots=True)
class HealthAddress:
    """An address that asks how a service is.

    origin: scheme and host as written, a host alone with curl's http://; path: from its first
    slash, without a query; made_up: whether the origin stands for another; left_out: whether it
    had a query or a fragment.
    """

    origin: str
    path: str
    made_up: bool
    left_out: bool


def health_address(text: str) -> HealthAddress | None:
    """Return what an address is, None where it does not ask how a service is.

    Nor is it one with a name or a password before its host, or with something to fill in in its
    path: what belongs there is nothing that could be proposed.
    """
    match = _ADDRESS.fullmatch(text)
    if not match:
        return None
    host, path = match["host"], match["path"]
    # A colon at its end is that of another scheme.
    if "@" in host or host.endswith(":") or not _PLAIN_PATH.fullmatch(path):
        return None
    if not _asks_for_health(path):
        return None
    made_up = bool(_MADE_UP.search(host)) or not _PLAIN.fullmatch(host)
    # A variable of a shell that stands for a whole address has its scheme within.
    scheme = match["scheme"] or ("" if made_up else "http://")
    return HealthAddress(f"{scheme}{host}", path, made_up, bool(match["rest"]))


def _asks_for_health(path: str) -> bool:
    segments = [_ENDING.sub("", part) for part in path.casefold().split("/") if part]
    if not segments:
        return False
    return segments[-1] in _AT_THE_END or not _HEALTH.isdisjoint(segments)
