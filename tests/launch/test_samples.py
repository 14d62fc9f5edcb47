"""Which samples are digested and thinned follows from the events, each from the one before."""

from collections.abc import Sequence

import pytest

from launchpad.launch.moment import moment_of
from launchpad.launch.refused import Refused
from launchpad.launch.sample_facts import SamplesDigested, SamplesThinned
from launchpad.launch.samples import (
    SampleFact,
    SamplesState,
    Stretch,
    refuse_misplaced,
    sampled,
)
from tests.launch.making import event


def digested(after: int, last: int) -> SamplesDigested:
    return SamplesDigested(after=after, last=last, count=last - after, sha256="ab")


def thinned(after: int, last: int) -> SamplesThinned:
    return SamplesThinned(after=after, last=last, kept=1, sha256="ab")


def after(facts: Sequence[SampleFact]) -> SamplesState:
    state = SamplesState()
    for seq, fact in enumerate(facts, 2):
        refuse_misplaced(state, fact)
        state = sampled(state, event(seq, fact), fact)
    return state


def test_stretches_are_whole_until_they_are_thinned() -> None:
    state = after([digested(0, 7), digested(7, 20), digested(20, 31), thinned(0, 20)])
    assert (state.digested, state.thinned) == (31, 20)
    assert state.whole == (Stretch(31, moment_of(event(4, digested(20, 31)))),)
    assert after([digested(0, 7)]).thinned == 0


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        (digested(0, 30), "samples up to 20 are recorded, not up to 0"),
        (digested(21, 30), "samples up to 20 are recorded, not up to 21"),
        (digested(20, 20), "samples up to 20 are recorded"),
        (thinned(0, 20), "samples up to 7 are recorded, not up to 0"),
        (thinned(7, 21), "samples are digested up to 20 only, not up to 21"),
    ],
)
def test_what_does_not_follow_is_refused(fact: SampleFact, why: str) -> None:
    state = after([digested(0, 7), digested(7, 20), thinned(0, 7)])
    with pytest.raises(Refused, match=why):
        refuse_misplaced(state, fact)
