"""A probe beside its item: state, what was seen or how long it took, and how old that is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from launchpad.checklist.model import Probe
from launchpad.console.ages import AGE_WIDTH, age, ago
from launchpad.console.fitting import fit
from launchpad.console.ink import Ink
from launchpad.console.latencies import latency
from launchpad.console.words import PROBE_WORDS, STALE, UNSEEN, Word
from launchpad.launch.event import Stamp
from launchpad.launch.state import ProbeStanding
from launchpad.log.samples import Sample

_WORD = 8
_AGO = AGE_WIDTH + len(" ago")
_INTERVALS_FRESH = 3

# A condition is shown as `[STATUS] (503) == 200`: what was observed is what is in parentheses.
_OBSERVED = re.compile(r"\S \(([^()]+)\)")

# From which width of a row on: cells of the result, and whether the age is said with "ago".
_SIZES = ((112, 22, True), (96, 14, True), (78, 10, False), (0, 0, False))

# A sample's state comes from the log, where a newer program may have written another one.
_WORDS: Mapping[str, Word] = {str(state): word for state, word in PROBE_WORDS.items()}


@dataclass(frozen=True, slots=True)
class ProbeSeen:
    """What is shown of a probe. word: with glyph and style; result: "" where there is none."""

    word: Word
    result: str
    age: str


@dataclass(frozen=True, slots=True)
class Instruments:
    """What rows show of the probes. standings: by probe, as the events say; at: now."""

    probes: Mapping[str, Probe]
    standings: Mapping[str, ProbeStanding]
    samples: Mapping[str, Sample]
    at: Stamp

    def seen(self, probe: str) -> ProbeSeen | None:
        """Return what is shown of a probe; None for one that the checklist does not have."""
        found = self.probes.get(probe)
        if found is None:
            return None
        return probe_seen(found, self.standings.get(probe), self.samples.get(probe), self.at)


def probe_seen(
    probe: Probe, standing: ProbeStanding | None, sample: Sample | None, at: Stamp
) -> ProbeSeen:
    """Return what is shown of a probe.

    The word is the state with its thresholds applied. A sample that differs from it is named in
    the result. A sample older than three intervals says nothing about now.
    """
    if sample is None:
        word = PROBE_WORDS[standing.state] if standing else UNSEEN
        return ProbeSeen(word, _brief(standing, standing.shown) if standing else "", "")
    age_ns = sample_age_ns(sample, at)
    of_sample = _WORDS.get(sample.state, UNSEEN)
    said = age(age_ns) if age_ns is not None else "old"
    if age_ns is None or age_ns > _INTERVALS_FRESH * probe.interval_ms * 1_000_000:
        return ProbeSeen(STALE, f"was {of_sample.word}", said)
    if standing and standing.state != sample.state:
        return ProbeSeen(PROBE_WORDS[standing.state], f"now {of_sample.word}", said)
    return ProbeSeen(of_sample, brief(sample), said)


def sample_age_ns(sample: Sample, at: Stamp) -> int | None:
    """Return how old a sample is; None for one of another boot, whose age no clock says."""
    if sample.boot_id != at.boot_id:
        return None
    return max(int(at.mono_ns) - sample.mono_ns, 0)


def brief(sample: Sample) -> str:
    """Return the shortest word on a sample: its latency where all is well, else what was seen."""
    return _brief(sample, sample.value)


def observed(value: str) -> str:
    """Return what was observed, without the condition around it; the whole where there is none."""
    found = _OBSERVED.search(value)
    return found[1] if found else value


def _brief(result: Sample | ProbeStanding, value: str) -> str:
    if result.state == "success" and result.latency_us is not None:
        return latency(result.latency_us)
    if result.state in ("success", "failed") and value:
        return observed(value) if result.state == "failed" else value
    return result.reason


def cell_width(width: int) -> int:
    """Return how many cells of a row of this width belong to its probe."""
    result, with_ago = _sizes(width)
    return _WORD + (1 + result if result else 0) + 1 + (_AGO if with_ago else AGE_WIDTH)


def probe_cell(seen: ProbeSeen, width: int, ink: Ink) -> list[tuple[str, str]]:
    """Return a probe's cell of a row of this width, as styled parts, the blank before it too."""
    result_width, with_ago = _sizes(width)
    said = ago(seen.age) if with_ago else seen.age
    result = ink.line(seen.result)
    parts = [
        (" ", ""),
        (fit(f"{glyph(seen.word, ink)}{seen.word.word}", _WORD, ink.cut), seen.word.style),
    ]
    if result_width:
        parts.append((f" {fit(result, result_width, ink.cut)}", ""))
    parts.append((f" {fit(said, _AGO if with_ago else AGE_WIDTH, ink.cut)}", "$foreground-muted"))
    return parts


def glyph(word: Word, ink: Ink) -> str:
    """Return a word's glyph in this ink."""
    found: str = getattr(ink, word.glyph)
    return found


def _sizes(width: int) -> tuple[int, bool]:
    return next((result, with_ago) for least, result, with_ago in _SIZES if width >= least)
