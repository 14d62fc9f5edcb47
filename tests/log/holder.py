"""A process of its own that conducts a launch, for tests that race, stop or kill it.

    python holder.py LOG LAUNCH

Does what each line on standard input says and answers with one line:

    look      reads the lease                                   -> its epoch, 0 for none
    take      takes the lease over from what it looked at       -> True or False
    beat      renews its lease                                  -> its mono_ns, 0 for False
    append    appends one event under its lease                 -> its seq, or LeaseLost
    freeze    the same, stopping itself (SIGSTOP) between deciding and recording
    beats     renews it until it is ended                       -> one line for each as for beat

A beat brings a sample and a part of an output that hold its mono_ns.
"""

import os
import signal
import socket
import sys
import time
import uuid
from collections.abc import Sequence
from dataclasses import replace

from launchpad.launch.event import Draft, Event, Stamp
from launchpad.log.address import open_log
from launchpad.log.boottime import boot_time
from launchpad.log.errors import LeaseLost
from launchpad.log.leasing import Lease
from launchpad.log.processes import process_started
from launchpad.log.samples import OutputPart, Sample
from launchpad.log.store import Log

STAMP = Stamp("2026-01-01T00:00:00.000Z", "1", "boot", "host")
AT = STAMP.at


def say(text: object) -> None:
    """Write one line in one piece, so that a kill leaves no half of it."""
    os.write(sys.stdout.fileno(), f"{text}\n".encode())


def make_lease(launch: str, over: Lease | None, holder: str | None = None) -> Lease:
    """Make the lease by which this process follows another."""
    boot_id, mono_ns = boot_time()
    return Lease(
        launch,
        over.epoch + 1 if over else 1,
        holder or uuid.uuid4().hex,
        os.getpid(),
        process_started(os.getpid()) or "",
        socket.gethostname(),
        "ada",
        boot_id,
        mono_ns,
        AT,
    )


def renewed(lease: Lease) -> Lease:
    """Return a lease with the time of now."""
    return replace(lease, mono_ns=boot_time()[1])


def sample(lease: Lease, probe: str = "health") -> Sample:
    """Make a sample that can be told by its value."""
    return Sample(probe, AT, lease.mono_ns, lease.boot_id, "success", "", str(lease.mono_ns))


class Holder:
    """Conducts one launch as it is told."""

    def __init__(self, log: Log, launch: str) -> None:
        self._log = log
        self._launch = launch
        self._seen: Lease | None = None
        self._lease: Lease | None = None

    def answer(self, order: str) -> object:
        """Do what an order says."""
        if order == "look":
            self._seen = self._log.lease(self._launch)
            return self._seen.epoch if self._seen else 0
        if order == "take":
            self._lease = make_lease(self._launch, self._seen)
            return self._log.take_lease(self._lease, self._seen)
        if self._lease is None:
            raise ValueError(order)
        if order == "beat":
            return self._beat(self._lease)
        if order == "beats":
            while done := self._beat(self._lease):
                say(done)
                time.sleep(0.005)  # or the disk would be kept busy with nothing else
            return 0
        return self._append(self._lease, freeze=order == "freeze")

    def _beat(self, lease: Lease) -> int:
        lease = renewed(lease)
        part = OutputPart(1, "step", 1, 0, str(lease.mono_ns))
        return lease.mono_ns if self._log.beat(lease, [sample(lease)], [part]) else 0

    def _append(self, lease: Lease, *, freeze: bool) -> object:
        def decide(_new: Sequence[Event]) -> list[Draft]:
            if freeze:
                os.kill(os.getpid(), signal.SIGSTOP)
            return [Draft(self._launch, uuid.uuid4().hex, "step.started", STAMP, {}, {})]

        try:
            head = self._log.head(self._launch)
            return self._log.append(self._launch, head, decide, under=lease)[-1].seq
        except LeaseLost:
            return "LeaseLost"


def main(path: str, launch: str) -> None:
    """Answer until standard input ends."""
    log = open_log(path, create=False)
    holder = Holder(log, launch)
    for line in sys.stdin:
        say(holder.answer(line.strip()))
    log.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
