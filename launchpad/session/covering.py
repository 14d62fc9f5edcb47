"""What an event says of the probes' samples, for `launchpad.log`, which knows no kinds."""

from launchpad.launch.event import Event
from launchpad.launch.kinds import BadEvent, decode
from launchpad.launch.sample_facts import SamplesDigested, SamplesThinned
from launchpad.log.digest import Digested, Thinned


def covered(event: Event) -> Digested | Thinned | None:
    """Return what an event says of samples, None for what says nothing of them."""
    try:
        body = decode(event)
    except BadEvent:
        return None
    match body:
        case SamplesDigested():
            return Digested(body.after, body.last, body.count, body.sha256)
        case SamplesThinned():
            return Thinned(body.after, body.last, body.kept, body.sha256)
        case _:
            return None
