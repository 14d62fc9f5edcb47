"""Digesting: what binds the probes' samples into the chain of events, and what thins old ones.

Both work in pieces: the lock is held for one piece, and the log's other readers get their turn.
"""

import asyncio
from itertools import batched
from typing import Final

from launchpad.conductor.post import Post
from launchpad.conductor.saying import say
from launchpad.launch.moment import Moment, lapse, moment_at
from launchpad.launch.sample_facts import SamplesDigested, SamplesThinned
from launchpad.launch.samples import SamplesState
from launchpad.log.digest import kept, mark, sha256
from launchpad.log.errors import LogError
from launchpad.log.leasing import Lease
from launchpad.log.store import Log
from launchpad.session.clock import now

_EVERY_S: Final = 300.0
# A launch night and the day after it, in which people ask what happened when, stay whole.
_WHOLE_MS: Final = 24 * 3600 * 1000
# So much is thinned at once: of less, too much would be the first and the last of it.
_AT_ONCE_MS: Final = 3600 * 1000
# So many marks are written in one transaction, and so many samples taken away: some 10 ms each.
_MARKS: Final = 5000
_THINNED: Final = 500
