"""Looking at a launch's lease again and again, until it can be said that nobody holds it."""

import socket

from launchpad.log.boottime import boot_time
from launchpad.log.leasing import Lease, Standing, standing
from launchpad.log.processes import process_alive
from launchpad.log.store import Log


class LeaseWatch:
    """Judges the lease of one launch by what this process has seen of it so far.

    A beat that was stamped by another machine's clock says nothing on this one's: its term begins
    here when it is first seen. So a lease of another machine is held until it was watched for as
    long as its term, and did not beat.
    """

    def __init__(self, log: Log, launch: str) -> None:
        self._log = log
        self._launch = launch
        self._beat: tuple[int, str, int] | None = None
        self._seen_ns = 0

    def look(self) -> tuple[Lease | None, Standing]:
        """Return the lease, and how it stands; without one nobody is left. Raises LogError."""
        lease = self._log.lease(self._launch)
        if lease is None:
            return None, "dead"
        # After the lease was read: a term that begins too late is only waited for.
        boot_id, mono_ns = boot_time()
        beat = lease.epoch, lease.holder, lease.mono_ns
        if beat != self._beat:
            self._beat, self._seen_ns = beat, mono_ns
        host = socket.gethostname()
        judged = standing(lease, boot_id, mono_ns, process_alive, host, seen_ns=self._seen_ns)
        return lease, judged
