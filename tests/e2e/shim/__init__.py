"""Clocks and a boot of a test's own, preloaded into the programs that it starts."""

import mmap
import shutil
import struct
import subprocess
import time
import uuid
from pathlib import Path

_SOURCE = Path(__file__).with_name("clocks.c")
_SECOND_NS = 1_000_000_000
_OFFSETS = struct.Struct("qq")
# How long after a start the simulated machine answers again.
_UP_S = 20


def compiled(folder: Path) -> Path | None:
    """Return the library, made in a folder; None where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    library = folder / "clocks.so"
    strict = ("-Wall", "-Wextra", "-Werror")
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O2", *strict, "-o", str(library), str(_SOURCE)],
        check=True,
    )
    return library


class Clocks:
    """The wall clock, the clock since boot and the boot id, as programs in `environment` see them.

    folder: where they are kept; library: what `compiled` made.
    """

    def __init__(self, folder: Path, library: Path) -> None:
        folder.mkdir()
        self._boot_id = folder / "boot_id"
        self._new_boot_id()
        path = folder / "offsets"
        path.write_bytes(_OFFSETS.pack(0, 0))
        with path.open("r+b") as file:
            self._offsets = mmap.mmap(file.fileno(), _OFFSETS.size)
        self.environment = {"LD_PRELOAD": str(library), "LAUNCHPAD_SHIM": str(folder)}

    def step(self, seconds: float) -> None:
        """Set the wall clock by so much, as a time server or an operator does."""
        self._move(wall_s=seconds, boot_s=0)

    def go_on(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self._move(wall_s=seconds, boot_s=seconds)

    def boot(self, down_s: float) -> None:
        """Start the machine anew, after it was down for so long. Ends no process."""
        self._new_boot_id()
        up_ns = time.clock_gettime_ns(time.CLOCK_BOOTTIME) + self._read()[1]
        self._move(wall_s=down_s + _UP_S, boot_s=_UP_S - up_ns / _SECOND_NS)

    def close(self) -> None:
        """Give the clocks back."""
        self._offsets.close()

    def _new_boot_id(self) -> None:
        self._boot_id.write_text(f"{uuid.uuid4()}\n", encoding="ascii")

    def _read(self) -> tuple[int, int]:
        wall_ns, boot_ns = _OFFSETS.unpack(self._offsets[:])
        return wall_ns, boot_ns

    def _move(self, *, wall_s: float, boot_s: float) -> None:
        wall_ns, boot_ns = self._read()
        moved = (wall_ns + int(wall_s * _SECOND_NS), boot_ns + int(boot_s * _SECOND_NS))
        self._offsets[:] = _OFFSETS.pack(*moved)
