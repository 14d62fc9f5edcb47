"""What became of the probes' samples: the bodies of events. `launchpad.log.digest` has the forms.

Samples are named by their ids in the log, which are shared by all of its launches.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplesDigested:
    """samples.digested: the launch's samples after one id and up to another are these.

    count: how many there are; sha256: of their marks, hex. From here on none of them can be
    changed, taken away or added to without `launchpad verify` naming it.
    """

    after: int
    last: int
    count: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplesThinned:
    """samples.thinned: of digested samples, grown old, only those that tell something stay.

    after, last: as in SamplesDigested, over several of them; kept: how many stay; sha256: of the
    marks of those, by probe, hex. Recorded before the first one goes.
    """

    after: int
    last: int
    kept: int
    sha256: str
