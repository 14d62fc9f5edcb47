"""What `launchpad probe` found as metrics, with the names that blackbox_exporter gives them.

The text format of Prometheus, for the textfile collector of node_exporter or a push gateway
(https://prometheus.io/docs/instrumenting/exposition_formats/). Times are in seconds. A name that
begins with `launchpad_` has no like among blackbox_exporter's.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from launchpad.cli.probe_attempts import Attempt
from launchpad.cli.probe_report import Report
from launchpad.text.safe import one_line

_MICROSECONDS: Final = 1_000_000
_ESCAPED: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})
_HELP: Final[Mapping[str, str]] = {
    "probe_success": "Whether the probe is OK.",
    "probe_duration_seconds": "How long the probe took.",
    "probe_dns_lookup_time_seconds": "How long its host's name was looked up.",
    "probe_http_status_code": "The status code of the answer.",
    "probe_ssl_earliest_cert_expiry": "When the certificate expires, in Unix time.",
    "launchpad_probe_state": "1 for the state that the probe is in, and why.",
    "launchpad_probe_attempts": "How often the probe was tried.",
}
_PHASES: Final = "How long each phase of the probe took."

_Sample = tuple[str, Mapping[str, str], float]


def exposition(report: Report) -> bytes:
    """Return what was found in Prometheus's text format."""
    families: dict[str, list[_Sample]] = {name: [] for name in _HELP}
    for attempt in report.attempts:
        for sample in _samples(attempt):
            families.setdefault(sample[0], []).append(sample)
    return "".join(f"{line}\n" for line in _lines(families)).encode()


def _lines(families: Mapping[str, list[_Sample]]) -> Iterator[str]:
    for name, samples in families.items():
        if not samples:
            continue
        yield f"# HELP {name} {_HELP.get(name, _PHASES)}"
        yield f"# TYPE {name} gauge"
        for _, labels, value in samples:
            said = ",".join(f'{key}="{_label(text)}"' for key, text in labels.items())
            yield f"{name}{{{said}}} {value:.16g}"


def _samples(attempt: Attempt) -> Iterator[_Sample]:
    result, numbers = attempt.result, attempt.result.numbers
    probe = {"probe": attempt.probe.id}
    yield "probe_success", probe, attempt.good
    yield "probe_duration_seconds", probe, attempt.took_us / _MICROSECONDS
    if "resolve" in result.timings:
        yield "probe_dns_lookup_time_seconds", probe, result.timings["resolve"] / _MICROSECONDS
    if "STATUS" in numbers:
        yield "probe_http_status_code", probe, numbers["STATUS"]
    if "CERTIFICATE_EXPIRATION" in numbers:
        ends_s = _unix_s(attempt.at) + numbers["CERTIFICATE_EXPIRATION"] / 1000
        yield "probe_ssl_earliest_cert_expiry", probe, round(ends_s)
    of_type = f"probe_{attempt.probe.type}_duration_seconds"
    for phase, took_us in result.timings.items():
        yield of_type, {**probe, "phase": phase}, took_us / _MICROSECONDS
    state = {**probe, "state": result.state, "reason": result.reason}
    yield "launchpad_probe_state", state, 1
    yield "launchpad_probe_attempts", probe, attempt.attempts


def _label(text: str) -> str:
    return one_line(text).translate(_ESCAPED)


def _unix_s(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()
