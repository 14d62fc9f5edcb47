"""Probes, and the commands that programs are given, as the native format writes them."""

from launchpad.checklist.converted.writing import Key, Keys, Value, keys
from launchpad.checklist.durations import written
from launchpad.checklist.model import (
    Command,
    DnsSettings,
    EnvSettings,
    HttpSettings,
    Probe,
    PrometheusSettings,
    SqlSettings,
    TlsSettings,
)
from launchpad.checklist.native.condition_syntax import unwritten

# What is left out where it is what the reader takes without it.
_INTERVAL, _TIMEOUT = "30s", "10s"


def probe_keys(probe: Probe) -> Keys:
    """Return a probe without its name."""
    plain = probe.conditions == unwritten(probe.type)
    return keys(
        http=http_keys(probe.http) if probe.http else None,
        env=_env(probe.env) if probe.env else None,
        command=command_keys(probe.command) if probe.command else None,
        tls=_tls(probe.tls) if probe.tls else None,
        tcp=keys(address=probe.tcp.address) if probe.tcp else None,
        dns=_dns(probe.dns) if probe.dns else None,
        file=keys(path=probe.file.path) if probe.file else None,
        sql=_sql(probe.sql) if probe.sql else None,
        prometheus=_prometheus(probe.prometheus) if probe.prometheus else None,
        conditions=None if plain else list(probe.conditions),
        interval=_unless(_INTERVAL, written(probe.interval_ms)),
        timeout=_unless(_TIMEOUT, written(probe.timeout_ms)),
        failure_threshold=_unless("1", str(probe.failure_threshold)),
        success_threshold=_unless("1", str(probe.success_threshold)),
        vantage="true" if probe.vantage else None,
    )


def command_keys(command: Command) -> Keys:
    """Return a command that is run."""
    return keys(
        exec=list(command.argv) or None,
        shell=command.shell,
        secrets=list(command.secrets) or None,
    )


def http_keys(http: HttpSettings) -> Keys:
    """Return a request."""
    return keys(
        url=http.url,
        method=_unless("GET", http.method),
        headers=tuple(Key(*header) for header in http.headers) or None,
        body=http.body,
        allow_insecure="true" if http.allow_insecure else None,
        redirects=None if http.redirects is None else list(http.redirects),
    )


def _sql(sql: SqlSettings) -> Keys:
    return keys(database=sql.database, query=sql.query, password=sql.password)


def _prometheus(prometheus: PrometheusSettings) -> Keys:
    return keys(
        server=prometheus.server,
        query=prometheus.query,
        headers=tuple(Key(*header) for header in prometheus.headers) or None,
        allow_insecure="true" if prometheus.allow_insecure else None,
    )


def _env(env: EnvSettings) -> Keys:
    origin: Value = "conductor"
    if env.source == "file":
        origin = keys(file=env.origin[0])
    elif env.source == "command":
        origin = keys(command=list(env.origin))
    return keys(name=env.name, from_=origin, matches=env.matches)


def _tls(tls: TlsSettings) -> Keys:
    return keys(
        address=tls.address,
        server_name=tls.server_name,
        ca=tls.ca,
        allow_insecure="true" if tls.allow_insecure else None,
    )


def _dns(dns: DnsSettings) -> Keys:
    return keys(name=dns.name, type=_unless("A", dns.type), server=dns.server)


def _unless(usual: str, text: str) -> str | None:
    return None if text == usual else text
