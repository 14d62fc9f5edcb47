"""Refusing file systems on which SQLite's locks do not keep writers apart.

WAL needs shared memory and POSIX locks that all writers see; a network file system offers
neither (https://sqlite.org/wal.html). statfs(2) names most of them; FUSE says only that it is
FUSE, and the mount table says which.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from launchpad.log.errors import LogUnreadable

# f_type of statfs(2); from linux/magic.h and the file systems' own sources.
_NETWORK: Final = {
    0x6969: "NFS",
    0x517B: "SMB",
    0xFF534D42: "CIFS",
    0xFE534D42: "SMB2",
    0x5346414F: "AFS",
    0x6B414653: "AFS",
    0x73757245: "Coda",
    0x564C: "NCP",
    0x01021997: "9P",
    0x00C36400: "Ceph",
    0x0BD00BD0: "Lustre",
    0x01161970: "GFS2",
    0x7461636F: "OCFS2",
    0x47504653: "GPFS",
    0x19830326: "BeeGFS",
    0x20030528: "OrangeFS",
    0xAAD7AAEA: "Panasas",
    0xBACBACBC: "a VMware shared folder",
    0x786F4256: "a VirtualBox shared folder",
    0x7C7C6673: "a Parallels shared folder",
}
_FUSE: Final = 0x65735546
# Local by construction; of any other FUSE type nobody can say where its files are.
_LOCAL_FUSE: Final = frozenset({"fuseblk", "fuse.fuse-overlayfs"})


def refuse_network(
    path: Path,
    *,
    magic: Callable[[Path], int] | None = None,
    mounts: Path = Path("/proc/self/mountinfo"),
) -> None:
    """Raise LogUnreadable when path, or the nearest folder of it that exists, is not local.

    magic: returns f_type of a path, statfs(2) by default; mounts: in the form of
    proc_pid_mountinfo(5). Elsewhere than on Linux nothing is known and nothing refused.
    """
    if magic is None:
        if not sys.platform.startswith("linux"):
            return
        magic = _statfs_type
    there = next((folder for folder in (path, *path.parents) if folder.exists()), None)
    if there is None:
        return
    found = magic(there)
    name = _NETWORK.get(found)
    if name is None and found == _FUSE:
        mounted = _mounted_type(there, mounts)
        name = None if mounted in _LOCAL_FUSE else mounted
    if name is not None:
        raise LogUnreadable(
            f"{path}: lies on a network file system ({name}), where writers cannot be kept apart;"
            " a log needs a local disk"
        )


def _statfs_type(path: Path) -> int:
    # Imported here: an address that is refused for its form needs none of it.
    import ctypes  # noqa: PLC0415 - see above

    # struct statfs begins with f_type, a long; no architecture's struct is larger than this.
    buffer = (ctypes.c_long * 64)()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.statfs(os.fsencode(path), ctypes.byref(buffer)) != 0:
        return 0  # opening the file will say what is wrong
    return buffer[0] & 0xFFFFFFFF


def _mounted_type(path: Path, mounts: Path) -> str:
    """Return the type of the mount that a path's device belongs to, by the mount table."""
    device = path.stat().st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for line in mounts.read_text(errors="surrogateescape").splitlines():
        mount, _, source = line.partition(" - ")
        if mount.split()[2:3] == [wanted]:
            return source.split()[0]
    return "FUSE"
