"""Keeping the beginning and the end of a stream that may never end, in bounded memory."""

from typing import Final, NamedTuple

PROBE_CAP: Final = 8 * 1024
STEP_CAP: Final = 1024 * 1024


class Captured(NamedTuple):
    """The first and the last bytes of a stream, and how many it had; all counts are bytes."""

    head: bytes
    tail: bytes
    total: int

    @property
    def left_out(self) -> int:
        """How many bytes between head and tail were not kept."""
        return self.total - len(self.head) - len(self.tail)

    @property
    def content(self) -> bytes:
        """The head and the tail; between them, where bytes were left out, a line saying so."""
        if not self.left_out:
            return self.head + self.tail
        return b"%b\n[%d bytes left out]\n%b" % (self.head, self.left_out, self.tail)

    @property
    def text(self) -> str:
        """The content as text; bytes that are not UTF-8 become U+FFFD."""
        return self.content.decode("utf-8", "replace")


class Capture:
    """Takes a stream in pieces and keeps its first and its last `cap` bytes."""

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._head = bytearray()
        self._tail = bytearray()
        self._total = 0

    def add(self, data: bytes) -> None:
        """Take the next piece of the stream."""
        self._total += len(data)
        if room := self._cap - len(self._head):
            self._head += data[:room]
            data = data[room:]
        if len(data) >= self._cap:
            self._tail[:] = data[len(data) - self._cap :]
            return
        self._tail += data
        # Cut only now and then, so that many small pieces cost no more than a few large ones.
        if len(self._tail) > 2 * self._cap:
            self._cut()

    def captured(self) -> Captured:
        """Return what was kept up to now."""
        self._cut()
        return Captured(bytes(self._head), bytes(self._tail), self._total)

    def _cut(self) -> None:
        del self._tail[: max(0, len(self._tail) - self._cap)]
