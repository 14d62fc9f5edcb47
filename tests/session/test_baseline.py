"""The baseline is what healthy answers took, over the time that the checklist says."""

from dataclasses import replace

import pytest

from launchpad.checklist.model import Baseline, Checklist
from launchpad.launch.moment import Moment, shifted
from launchpad.log.samples import Sample
from launchpad.session.baseline import measured, within
from tests.launch.making import CHECKLIST
from tests.launch.test_tripping import probe

NOW = Moment("2026-01-01T12:00:00.000Z", 3_600_000_000_000, "a-boot")
BASELINE = Baseline(5, ("health",), over_ms=60_000, min_samples=3)
READING = replace(CHECKLIST, probes=(probe("health"), probe("other")), baseline=BASELINE)


class Kept:
    """What is read of a log: samples, each so many seconds old."""

    def __init__(self, *samples: Sample) -> None:
        self.kept = sorted(samples, key=lambda sample: sample.mono_ns)

    def samples(self, _launch: str, probe: str, limit: int) -> list[Sample]:
        return [sample for sample in self.kept if sample.probe == probe][-limit:]


def sample(age_s: int, latency_us: int | None, state: str = "success") -> Sample:
    return Sample(
        probe="health",
        at=shifted(NOW.at, -age_s * 1000),
        mono_ns=NOW.mono_ns - age_s * 1_000_000_000,
        boot_id=NOW.boot_id,
        state=state,
        reason="ok",
        value="",
        latency_us=latency_us,
    )


def found(*samples: Sample, ago_ms: int = 0, reading: Checklist = READING) -> tuple[object, object]:
    log = Kept(*samples)
    result = measured(log, "a-launch", reading, BASELINE, NOW, ago_ms=ago_ms)  # type: ignore[arg-type]  # as far as it is read
    return [(each.samples, each.p50_us, each.p95_us) for each in result.figures], result.missing


def test_figures_are_of_the_successes_within_the_time() -> None:
    good = [sample(age, 100 + age) for age in (1, 2, 3, 60)]
    bad = [sample(5, 9_000, "failed"), sample(6, None, "error"), sample(61, 9_000)]
    assert found(*good, *bad) == ([(4, 102, 160)], ())


def test_a_probe_with_too_few_is_named_with_how_many_it_has() -> None:
    assert found(sample(1, 100), sample(2, 100)) == ([], (("health", 2),))


def test_what_came_after_t0_is_no_part_of_it() -> None:
    before = [sample(age, 100) for age in (31, 50, 90)]
    assert found(*before, *(sample(age, 9_000) for age in range(1, 30)), ago_ms=30_000) == (
        [(3, 100, 100)],
        (),
    )


@pytest.mark.parametrize(("over_ms", "latencies"), [(2_500, [102, 101]), (1_500, [101])])
def test_a_window_takes_whatever_was_measured(over_ms: int, latencies: list[int]) -> None:
    samples = [sample(3, 103), sample(2, 102, "failed"), sample(1, 101), sample(1, None, "error")]
    assert list(within(samples, NOW, over_ms)) == latencies
