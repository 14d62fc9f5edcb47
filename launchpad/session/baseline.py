"""The baseline: what the probes took, from the samples in the log."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from launchpad.checklist.model import Baseline, Checklist, Probe
from launchpad.launch.baseline import figure
from launchpad.launch.criteria import matching
from launchpad.launch.moment import Moment, lapse
from launchpad.launch.trigger_facts import BaselineFigure
from launchpad.log.samples import Sample
from launchpad.log.store import Log

# A probe is observed beside its turns, too, to verify a step: so many more for one that is due.
_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """figures: of the probes with enough good samples; missing: the others, with how many."""

    figures: tuple[BaselineFigure, ...]
    missing: tuple[tuple[str, int], ...]
    over_ms: int


def measured(
    log: Log,
    launch: str,
    checklist: Checklist,
    baseline: Baseline,
    until: Moment,
    *,
    ago_ms: int = 0,
) -> Measured:
    """Return what the probes took over the baseline's time, up to ago_ms before a moment.

    Only what succeeded counts: a failure says nothing of how long a healthy answer takes.
    Raises LogError.
    """
    figures, missing = [], []
    wanted = frozenset(matching(checklist, baseline.probes))
    for probe in checklist.probes:
        if probe.id not in wanted:
            continue
        samples = newest(log, launch, probe, baseline.over_ms + ago_ms)
        taken = [
            sample.latency_us
            for sample in samples
            if sample.state == "success"
            and sample.latency_us is not None
            and ago_ms <= _age_ms(sample, until) <= ago_ms + baseline.over_ms
        ]
        if len(taken) >= max(baseline.min_samples, 1):
            figures.append(figure(probe.id, taken))
        else:
            missing.append((probe.id, len(taken)))
    return Measured(tuple(figures), tuple(missing), baseline.over_ms)


def newest(log: Log, launch: str, probe: Probe, over_ms: int) -> list[Sample]:
    """Return at least those samples of a probe that are no older, oldest first. Raises LogError."""
    return log.samples(launch, probe.id, _BESIDE * (over_ms // probe.interval_ms + 1))


def within(samples: Iterable[Sample], until: Moment, over_ms: int) -> Iterator[int]:
    """Yield the latencies of samples that are no older, in microseconds, where one was measured."""
    for sample in samples:
        if sample.latency_us is not None and _age_ms(sample, until) <= over_ms:
            yield sample.latency_us


def _age_ms(sample: Sample, until: Moment) -> int:
    return lapse(Moment(sample.at, sample.mono_ns, sample.boot_id), until).ms
