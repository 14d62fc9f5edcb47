"""Telling what became of the probes' samples in plain words; see `telling`."""

from collections.abc import Callable, Mapping
from typing import Any

from launchpad.launch.sample_facts import SamplesDigested, SamplesThinned
from launchpad.launch.state import LaunchState


def _digested(body: SamplesDigested, _state: LaunchState) -> str:
    return f"digested {_samples(body.count)}, up to number {body.last}"


def _thinned(body: SamplesThinned, _state: LaunchState) -> str:
    return f"thinned old samples up to number {body.last}: {_samples(body.kept)} stay"


def _samples(count: int) -> str:
    return f"{count:,} sample{'' if count == 1 else 's'}"


TOLD_OF_SAMPLES: Mapping[type[object], Callable[[Any, LaunchState], str]] = {
    SamplesDigested: _digested,
    SamplesThinned: _thinned,
}
