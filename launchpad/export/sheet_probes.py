"""The probes on an emergency sheet: what each looks at, so that a person can look instead."""

import shlex
from collections.abc import Iterator

from launchpad.checklist.durations import written
from launchpad.checklist.model import HttpSettings, Probe
from launchpad.checklist.told.probes import observed
from launchpad.export.sheet_lines import Line, command, line
from launchpad.export.sheet_page import Page, when
from launchpad.export.sheet_steps import good_when, runs, sends
from launchpad.launch.baseline import compared_probes
from launchpad.steps.resolving import REFERENCE, environment_name

_US_PER_MS = _MS_PER_S = 1_000
# The characters in which curl would see a pattern of several addresses.
_PATTERNS = frozenset("[]{}")


def probe_lines(page: Page) -> Iterator[Line]:
    """Yield every probe: what was seen last, what it looks at, and when that is good."""
    measured = compared_probes(page.state.checklist)
    for probe in page.state.checklist.probes:
        yield line("group", probe.id)
        yield line("fact", _seen(page, probe), "seen", 1)
        yield from _looked_at(page, probe)
        yield from good_when(probe.conditions)
        if probe.env and probe.env.matches is not None:
            yield line("fact", f"it matches {probe.env.matches}", "good when", 1)
        if probe.id in measured:
            yield line("fact", _measured(page, probe), "baseline", 1)


def _seen(page: Page, probe: Probe) -> str:
    seen = page.state.probes.get(probe.id)
    if seen is None:
        return f"never, to be looked at every {written(probe.interval_ms)}"
    word = "OK" if seen.state == "success" else seen.state.upper()
    shown = f": {seen.shown}" if seen.shown else ""
    return f"{word} since {when(seen.at)}{shown}"


def _measured(page: Page, probe: Probe) -> str:
    """Return what a probe took before the launch, which its triggers compare it with."""
    figure = page.state.triggers.baseline.get(probe.id)
    if figure is None:
        return "not measured"
    return f"{figure.p95_us // _US_PER_MS}ms, the 95th percentile of {figure.samples} samples"


def _looked_at(page: Page, probe: Probe) -> Iterator[Line]:
    if probe.http:
        typed = _curl(page, probe.http, probe.timeout_ms)
        if typed is None:
            yield from sends(page, probe.http)
            return
        yield line("fact", page.filled(observed(probe)), "looks at", 1)
        yield line("fact", "with its status and its time behind it:", "by hand", 1)
        yield command(typed, 2)
    elif probe.command:
        yield from runs(page, probe.command)
    elif probe.sql:
        # In a query a variable stands for a value, and never for text.
        yield line("fact", observed(probe), "looks at", 1)
        if probe.sql.password is not None:
            needed = f"{environment_name(probe.sql.password)} as its password, see below"
            yield line("fact", needed, "needs", 1)
    else:
        yield line("fact", page.filled(observed(probe)), "looks at", 1)


def _curl(page: Page, http: HttpSettings, timeout_ms: int) -> str | None:
    """Return what asks the same by hand: a GET without secrets, whose variables all have values."""
    url = page.filled(http.url)
    headers = [f"{name}: {page.filled(value)}" for name, value in http.headers]
    # A secret has no value here, so that what carries one keeps its reference.
    without_value = any(REFERENCE.search(text) for text in (url, *headers))
    if http.method != "GET" or http.body is not None or without_value:
        return None
    # Anything else could be read as an option.
    if not url.startswith(("http://", "https://")):
        return None
    words = ["curl", "-sS", "-i", "-m", str(-(-timeout_ms // _MS_PER_S))]
    if http.allow_insecure:
        words.append("-k")
    if http.redirects is not None:
        words.append("-L")
    if _PATTERNS & set(url):
        words.append("-g")
    for header in headers:
        words += ["-H", header]
    return shlex.join([*words, "-w", r"\n%{http_code} in %{time_total} s\n", url])
