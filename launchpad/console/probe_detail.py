"""What is known of a probe: what it asks and where, how it stands since when, its last results."""

import re
from collections.abc import Iterator, Sequence

from textual.content import Content

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Probe
from launchpad.checklist.requests import unchecked
from launchpad.checklist.told.probes import outside
from launchpad.console.ages import age, ago
from launchpad.console.ink import Ink
from launchpad.console.latencies import latency
from launchpad.console.probing import ProbeSeen, brief, glyph, probe_seen, sample_age_ns
from launchpad.console.words import PROBE_WORDS
from launchpad.launch.event import Stamp
from launchpad.launch.moment import second
from launchpad.launch.state import LaunchState
from launchpad.log.samples import Sample

SAMPLES_KEPT = 40
_LISTED = 5
_VARIABLE = re.compile(r"\$\{([^}]*)\}")


def probe_detail(
    state: LaunchState, probe: Probe, history: Sequence[Sample], at: Stamp, ink: Ink
) -> Content:
    """Return a probe's detail. history: its newest samples, oldest first."""
    standing = state.probes.get(probe.id)
    newest = history[-1] if history else None
    seen = probe_seen(probe, standing, newest, at)
    parts: list[Content | str | tuple[str, str]] = [
        ("\nprobe ", "bold"),
        headline(state, probe, seen, ink),
    ]
    every = f"every {duration(probe.interval_ms)}, within {duration(probe.timeout_ms)}"
    parts.append("\n")
    spark = sparkline([sample.latency_us for sample in history], ink)
    if spark.strip():
        worst = max(sample.latency_us or 0 for sample in history)
        parts.append(f"latency {spark} at most {latency(worst)}\n")
    parts.append(f"{probe.type} {ink.line(target(state, probe))}\n{every}\n")
    parts.extend(f"  {ink.line(condition)}\n" for condition in probe.conditions)
    for sample in reversed(history[-_LISTED:]):
        parts.extend(_result(sample, at, ink))
    return Content.assemble(*parts)


def headline(state: LaunchState, probe: Probe, seen: ProbeSeen, ink: Ink) -> Content:
    """Return a probe's id, how it stands, and since when."""
    parts = [
        (f"{ink.line(probe.id)}   ", ""),
        (f"{glyph(seen.word, ink)}{seen.word.word}", seen.word.style),
    ]
    standing = state.probes.get(probe.id)
    if standing:
        word = PROBE_WORDS[standing.state]
        parts.append(("" if word == seen.word else f", {word.word}", ""))
        parts.append((f" since {second(standing.at)}", ""))
    return Content.assemble(*parts)


def target(state: LaunchState, probe: Probe) -> str:
    """Return what a probe observes, its variables filled in, and no secret.

    A secret goes into headers, a body or an environment only, and none of these is shown; nor is
    the query of a URL, which may hold what was not meant to be read.
    """
    if probe.http:
        url, question, _ = _filled(state, probe.http.url).partition("?")
        return f"{probe.http.method} {url}{question and '?...'}{unchecked(probe.http)}"
    if probe.env:
        origin = " ".join(_filled(state, word) for word in probe.env.origin)
        return f"{probe.env.name} of {probe.env.source} {origin}".rstrip()
    if probe.command:
        words = probe.command.argv or (probe.command.shell or "",)
        return " ".join(_filled(state, word) for word in words)
    return _filled(state, outside(probe))


def sparkline(latencies: Sequence[int | None], ink: Ink) -> str:
    """Return latencies as glyphs from none at all to the highest; a blank where none was timed."""
    highest = max((each for each in latencies if each is not None), default=0)
    top = len(ink.sparks) - 1
    return "".join(
        " " if each is None else ink.sparks[each * top // highest if highest else 0]
        for each in latencies
    )


def _result(sample: Sample, at: Stamp, ink: Ink) -> Iterator[str | tuple[str, str]]:
    age_ns = sample_age_ns(sample, at)
    when = ago(age(age_ns)) if age_ns is not None else "another boot"
    word = next((word for state, word in PROBE_WORDS.items() if state == sample.state), None)
    said, style = (word.word, word.style) if word else (ink.line(sample.state), "")
    yield f"{second(sample.at)} {when:<7} "
    yield f"{said:<8}", style
    seen = sample.value if sample.state != "success" and sample.value else brief(sample)
    yield f"{ink.line(seen)}"
    yield f"   {sample.reason}\n" if sample.state != "success" else "\n"


def _filled(state: LaunchState, text: str) -> str:
    defaults = {each.name: each.default for each in state.checklist.vars if each.default}
    values = {**defaults, **state.opened.vars}
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)
