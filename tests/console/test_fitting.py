"""What stands on one line is cut where nobody reads another figure than the one meant."""

import pytest

from launchpad.console.fitting import fit_parts

PARTS = (
    ("OPEN", "bold"),
    ("ROLLBACK PROPOSED by smoke, starts by itself in 20s, R decides", ""),
    ("rollback 7m fits, decide by 03:50Z 1h32m", ""),
    ("PAUSED by AB: the vendor calls", ""),
)
# All that a line may end with: whole clauses, and words without a figure wherever they are cut.
BEFORE = "OPEN  ROLLBACK PROPOSED by smoke, starts by itself in 20s, R decides"
WHOLE = f"{BEFORE}  rollback 7m fits, decide by 03:50Z 1h32m  PAUSED by AB: the vendor calls"


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (200, WHOLE),
        (len(WHOLE), WHOLE),
        (len(WHOLE) - 1, f"{WHOLE[:-2]}…"),
        # In "1h32m", and in "03:50Z" before it: the clause goes as a whole.
        (
            108,
            f"{BEFORE}  rollback 7m fits…",
        ),
        (
            100,
            f"{BEFORE}  rollback 7m fits…",
        ),
        (80, f"{BEFORE}…"),
        (54, "OPEN  ROLLBACK PROPOSED by smoke…"),
        (20, "OPEN  ROLLBACK PROP…"),
        (5, "OPEN…"),
        (3, "OP…"),
    ],
)
def test_a_line_without_room_never_ends_in_half_a_figure(width: int, said: str) -> None:
    assert fit_parts(PARTS, "  ", width, "…").plain == said
