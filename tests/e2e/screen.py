"""What a terminal shows: the program's bytes, drawn, and read by rows, cursor and modes."""

import re
import threading
from collections import Counter

import pyte

# The corner of what opens over the screen.
CARD = "\N{BOX DRAWINGS LIGHT ARC DOWN AND RIGHT}"

# From so many columns on, the phases stand beside the items instead of above them. A column that
# every item's row has, and no notification covers, tells which of them the cursor is on.
_WIDE = 100
_FIRST_ITEM, _FIRST_ITEM_WIDE = 4, 3
_INSIDE, _INSIDE_WIDE = 20, 45
_NOTIFICATION = "\N{LEFT HALF BLOCK}"

# pyte keeps DEC private modes in the upper bits.
_PRIVATE = 5
_ALTERNATE = 1049
# What a program that leaves must switch off: mouse and focus reports, bracketed paste, the
# alternate screen.
_TAKEN_BACK = {mode << _PRIVATE for mode in (1000, 1002, 1003, 1004, 1006, 1015, 2004, _ALTERNATE)}
# The kitty keyboard protocol. pyte takes the end of the second one for a letter.
_KEYBOARD_PUSHED, _KEYBOARD_POPPED = re.compile(rb"\x1b\[>\d+u"), re.compile(rb"\x1b\[<\d*u")


class _Pyte(pyte.Screen):
    """A screen that is empty after the alternate one was left; pyte itself knows only one."""

    def reset_mode(self, *modes: int, **private: bool) -> None:
        super().reset_mode(*modes, **private)
        if _ALTERNATE in modes and private.get("private"):
            self.erase_in_display(2)
            self.cursor_position()


class Screen:
    """A screen of some columns and rows. changed: notified of every output; guards the rest.

    output: every byte that was written to it.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.output = bytearray()
        self.changed = threading.Condition()
        self._drawn = _Pyte(columns, rows)
        self._stream = pyte.ByteStream(self._drawn)

    def feed(self, data: bytes) -> None:
        """Draw what the program wrote."""
        with self.changed:
            self.output += data
            self._stream.feed(_KEYBOARD_POPPED.sub(b"", data))
            self.changed.notify_all()

    def resize(self, columns: int, rows: int) -> None:
        """Change the size."""
        with self.changed:
            self._drawn.resize(rows, columns)

    @property
    def lines(self) -> list[str]:
        """The lines, padded to the screen's width."""
        # pyte's own `display` stumbles over what is left of a wide character.
        with self.changed:
            drawn = self._drawn
            return [
                "".join(drawn.buffer[row][column].data for column in range(drawn.columns))
                for row in range(drawn.lines)
            ]

    @property
    def said(self) -> str:
        """What the notifications say, from top to bottom, on one line."""
        parts = [line.partition(_NOTIFICATION)[2].strip() for line in self.lines]
        return " ".join(part for part in parts if part)

    @property
    def cursor_rows(self) -> list[int]:
        """The rows of the items' list whose background is another one than the list's."""
        with self.changed:
            columns, rows = self._drawn.columns, self._drawn.lines
            column = _INSIDE_WIDE if columns >= _WIDE else _INSIDE
            cells = [self._drawn.buffer[row][column] for row in range(rows)]
        backgrounds = [(cell.bg, cell.reverse) for cell in cells]
        usual = Counter(backgrounds).most_common(1)[0][0]
        # The lines above the items and the keys below have backgrounds of their own.
        first = _FIRST_ITEM_WIDE if columns >= _WIDE else _FIRST_ITEM
        return [row for row in range(first, rows - 1) if backgrounds[row] != usual]

    @property
    def restored(self) -> bool:
        """Whether every mode is off that a full-screen program switches on."""
        with self.changed:
            pushed = len(_KEYBOARD_PUSHED.findall(self.output))
            popped = len(_KEYBOARD_POPPED.findall(self.output))
            modes = _TAKEN_BACK & self._drawn.mode
            return not modes and not self._drawn.cursor.hidden and popped >= pushed

    def __str__(self) -> str:
        lines = self.lines
        edge = "+" + "-" * self._drawn.columns + "+"
        return "\n".join([edge, *(f"|{line}|" for line in lines), edge])
