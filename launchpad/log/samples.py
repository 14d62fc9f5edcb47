"""What a conductor measures and captures: values that are kept beside the events."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """One observation by a probe.

    probe: its id in the checklist; at, mono_ns, boot_id: when it ended, as in `Lease`; state: what
    the observation came to, such as "failed", and reason why; value: what was seen, as shown;
    latency_us: microseconds it took, and timings the same for each part of it, None where nothing
    was timed; address: what was connected to. Raises ValueError for text that is not Unicode: one
    bad byte must fail the probe that saw it, not the beat that brings it.
    """

    probe: str
    at: str
    mono_ns: int
    boot_id: str
    state: str
    reason: str
    value: str
    latency_us: int | None = None
    timings: Mapping[str, int] | None = None
    address: str | None = None

    def __post_init__(self) -> None:
        texts = (self.probe, self.state, self.reason, self.value, self.address or "")
        _refuse_surrogates(*texts, *(self.timings or ()))


@dataclass(frozen=True, slots=True)
class OutputPart:
    """A piece of what a step printed, capped and redacted.

    attempt counts the rollbacks of a launch and run the runs of a step in it, both from 1; part
    counts the pieces from 0. A part that is written again replaces the one before. Raises
    ValueError as `Sample` does.
    """

    attempt: int
    step: str
    run: int
    part: int
    text: str

    def __post_init__(self) -> None:
        _refuse_surrogates(self.step, self.text)


def _refuse_surrogates(*texts: str) -> None:
    for text in texts:
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValueError(f"{text[:40]!a}: holds a lone surrogate") from None
