"""What one observation came to, as it is logged and shown."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from launchpad.text.safe import one_line

if TYPE_CHECKING:
    # To know what probes there are takes no evaluation of conditions.
    from launchpad.conditions.evaluate import Verdict

State = Literal["success", "failed", "error", "inconclusive", "skipped"]
"""Failed: a condition evaluated false. Error: it could not be measured. Inconclusive: what was
measured does not tell. Skipped: it was not observed at all."""

Reason = Literal[
    "ok",
    "condition-false",
    "status-mismatch",
    "no-data",
    "url-invalid",
    "address-invalid",
    "dns-resolution-error",
    "address-refused",
    "connection-refused",
    "connection-reset",
    "connection-closed",
    "network-unreachable",
    "timeout",
    "tls-certificate-invalid",
    "tls-error",
    "protocol-error",
    "body-too-large",
    "redirect-refused",
    "too-many-redirects",
    "command-not-found",
    "not-executable",
    "working-directory-missing",
    "output-unreadable",
    "source-unreadable",
    "not-trusted",
    "secret-missing",
    "stopped",
    "system-error",
    "internal-error",
    "vantage-lost",
    "login-refused",
    "query-error",
    "result-ambiguous",
    "driver-missing",
]
"""Why it came to that, for machines to read. A status-mismatch is a false condition on [STATUS];
vantage-lost: nothing can be seen from here, so what failed may be well; login-refused,
query-error: a database or Prometheus says no, to who asks or to what is asked; result-ambiguous:
there is more than one value."""

LONGEST_LINE: Final = 500
"""The most characters of a line that is shown."""
NO_NUMBERS: Final[Mapping[str, int | float]] = MappingProxyType({})


class Result(NamedTuple):
    """What one observation came to.

    shown: the conditions that decided, with what was observed; detail: what else there is to say.
    Both are safe, without secrets, on one line of at most LONGEST_LINE characters. latency_us: how
    long the whole observation took, in microseconds, None where it did not come to an end.
    timings: microseconds of the phases that were gone through. address: the address and port
    that it was connected to. also: the verdicts on conditions that were asked beside those that
    decided, in the order in which they were asked. numbers: those that were observed and that
    anybody may see, by placeholder.
    """

    state: State
    reason: Reason
    shown: str
    latency_us: int | None
    timings: Mapping[str, int]
    address: str | None
    detail: str
    also: "tuple[Verdict, ...]" = ()
    numbers: Mapping[str, int | float] = NO_NUMBERS


def told(result: Result) -> str:
    """Return what was seen; of what could not be measured, why not."""
    return (result.state == "error" and result.detail) or result.shown


def shown_line(text: str, redact: Callable[[str], str]) -> str:
    """Return text as a result holds it."""
    # Redacted whole: a secret that is cut is no longer found.
    line = one_line(redact(text))
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"
