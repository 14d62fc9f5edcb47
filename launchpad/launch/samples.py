"""What the log vouches for of a launch's samples: which are digested, and which were thinned."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from launchpad.launch.event import Event
from launchpad.launch.moment import Moment, moment_of
from launchpad.launch.refused import Refused
from launchpad.launch.sample_facts import SamplesDigested, SamplesThinned

SampleFact: TypeAlias = SamplesDigested | SamplesThinned


@dataclass(frozen=True, slots=True)
class Stretch:
    """Digested samples that are all there. last: the id of the last one; digested: when."""

    last: int
    digested: Moment


@dataclass(frozen=True, slots=True)
class SamplesState:
    """digested: up to which id samples are; thinning: the newest; whole: the stretches after it."""

    digested: int = 0
    thinning: SamplesThinned | None = None
    whole: tuple[Stretch, ...] = ()

    @property
    def thinned(self) -> int:
        """Up to which id samples are thinned; 0 for none."""
        return self.thinning.last if self.thinning else 0


def sampled(state: SamplesState, event: Event, body: SampleFact) -> SamplesState:
    """Return the state after an event."""
    if isinstance(body, SamplesDigested):
        stretch = Stretch(body.last, moment_of(event))
        return replace(state, digested=body.last, whole=(*state.whole, stretch))
    whole = tuple(stretch for stretch in state.whole if stretch.last > body.last)
    return replace(state, thinning=body, whole=whole)


def refuse_misplaced(state: SamplesState, fact: SampleFact) -> None:
    """Raise Refused unless a fact goes on where the one before it ended."""
    digests = isinstance(fact, SamplesDigested)
    before = state.digested if digests else state.thinned
    if fact.after != before or fact.last <= before:
        raise Refused(f"samples up to {before} are recorded, not up to {fact.after}")
    if not digests and fact.last > state.digested:
        raise Refused(f"samples are digested up to {state.digested} only, not up to {fact.last}")
