"""Reading this machine's clocks into a stamp."""

import socket
from datetime import UTC, datetime

from launchpad.launch.event import Stamp
from launchpad.log.boottime import boot_time


def rfc3339(moment: datetime) -> str:
    """Return a moment in UTC with milliseconds, as RFC 3339 writes it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def now() -> Stamp:
    """Return when and where it is now."""
    boot_id, nanoseconds = boot_time()
    return Stamp(
        at=rfc3339(datetime.now(UTC)),
        mono_ns=str(nanoseconds),
        boot_id=boot_id,
        host=socket.gethostname(),
    )
