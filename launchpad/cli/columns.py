"""Rows of text made into aligned lines, whatever width a character is drawn in."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len


def aligned(rows: Sequence[Sequence[str]], *, gap: str = "  ") -> Iterator[str]:
    """Yield each row as one line, its cells padded to the widest of their column.

    Cells are safe text on one line; every row has the same number of them.
    """
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (
            f"{cell}{' ' * (width - cell_len(cell))}"
            for cell, width in zip(row, widths, strict=True)
        )
        yield gap.join(padded).rstrip()
