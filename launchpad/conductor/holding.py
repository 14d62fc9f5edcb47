"""Holding the lease: the thread that beats, and brings samples and output into the log."""

import os
import secrets
import socket
import threading
from collections.abc import Callable
from dataclasses import replace

from launchpad.conductor.backlog import Backlog
from launchpad.conductor.saying import say
from launchpad.log.boottime import boot_time
from launchpad.log.errors import LogError, LogGone
from launchpad.log.leasing import BEAT_S, Lease
from launchpad.log.processes import process_started
from launchpad.log.samples import OutputPart, Sample
from launchpad.log.store import Log
from launchpad.session.clock import now
from launchpad.session.lease_watch import LeaseWatch
from launchpad.session.participant import os_user


def try_to_hold(
    log: Log, launch: str, watch: LeaseWatch | None = None
) -> tuple[Lease, Lease | None] | None:
    """Take a launch's lease; return it and the one it was taken over from, None where it is held.

    watch: what has been seen of the lease so far. Raises LogError.
    """
    over, judged = (watch or LeaseWatch(log, launch)).look()
    if judged == "held":
        return None
    boot_id, mono_ns = boot_time()
    lease = Lease(
        launch=launch,
        epoch=over.epoch + 1 if over else 1,
        holder=secrets.token_hex(8),
        pid=os.getpid(),
        started=process_started(os.getpid()) or "",
        host=socket.gethostname(),
        user=os_user(),
        boot_id=boot_id,
        mono_ns=mono_ns,
        at=now().at,
    )
    return (lease, over) if log.take_lease(lease, over) else None


_STOP_S = 1.0


class Holding(threading.Thread):
    """Beats until it is told to stop or the lease is another's.

    lost: called once, in this thread, with the reason. What is given to it is written with the
    next beat, and kept while the log takes nothing: of samples as many as a `Backlog` holds.
    """

    def __init__(self, log: Log, lease: Lease, lost: Callable[[str], None]) -> None:
        super().__init__(name="holding", daemon=True)
        self.lease = lease
        self._log = log
        self._lost = lost
        self._stop_asked = threading.Event()
        self._guard = threading.Lock()
        self._samples = Backlog()
        self._outputs: dict[tuple[int, str, int, int], OutputPart] = {}

    def sampled(self, sample: Sample) -> None:
        """Keep a sample for the next beat."""
        self._samples.add(sample)

    def printed(self, part: OutputPart) -> None:
        """Keep an output part for the next beat; a newer form of it replaces an older one."""
        with self._guard:
            self._outputs[part.attempt, part.step, part.run, part.part] = part

    def run(self) -> None:
        """Beat. A log that takes nothing for a while is no reason to leave.

        Whoever took the launch over meanwhile is found by the next beat that is taken.
        """
        said = False
        while not self._stop_asked.wait(BEAT_S):
            try:
                beaten = self.beat()
            except LogGone as error:
                self._lost(str(error))
                return
            except LogError as error:
                if not said:
                    say(f"the log takes no beat: {error}")
                said = True
                continue
            said = False
            if not beaten:
                self._lost("another conductor took the launch over")
                return

    def beat(self) -> bool:
        """Beat now, with everything that waits; False where the lease is another's."""
        boot_id, mono_ns = boot_time()
        lease = replace(self.lease, boot_id=boot_id, mono_ns=mono_ns, at=now().at)
        with self._guard:
            outputs = dict(self._outputs)
        samples = self._samples.take()
        try:
            if not self._log.beat(lease, samples, list(outputs.values())):
                return False
        except LogError:
            self._samples.give_back(samples)
            raise
        self.lease = lease
        self._samples.brought()
        with self._guard:
            for key, part in outputs.items():
                if self._outputs.get(key) is part:
                    del self._outputs[key]
        return True

    def stop(self) -> None:
        """Beat a last time, and bring all that waits. Raises LogError.

        The lease stays in the log: it is dead as soon as this process is, and whoever takes it
        over sees how long nobody conducted.
        """
        self._stop_asked.set()
        self.join(_STOP_S)
        # A beat that is stuck in the disk must not be overtaken by another.
        if not self.is_alive():
            while self.beat() and self._samples:
                continue
