"""A probe that changes all the time flaps, and is calm only when it was steady for a while."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpad.probes.flapping import BEGINS, ENDS, WINDOW, Flapping, after
from launchpad.probes.result import State

STATES: dict[str, State] = {
    "S": "success",
    "F": "failed",
    "E": "error",
    "I": "inconclusive",
    "-": "skipped",
}


def flaps(results: str) -> str:
    """Return whether it flaps after each result: ~ where it does."""
    flapping, shown = Flapping(), ""
    for letter in results:
        flapping = after(flapping, STATES[letter])
        shown += "~" if flapping.flaps else "."
    return shown


@pytest.mark.parametrize(
    ("results", "shown"),
    [
        # The fifth change is the third time that it got bad.
        ("SFSFSF", ".....~"),
        ("SFSFSSSS", "........"),
        # A service that is down in two ways does not flap.
        ("FEFEFEFEFE", ".........."),
        ("S-F-S-F-S-F", "..........~"),
        # The changes pass out of the window; with two left it is calm.
        ("SFSFSFFFFFFFFF", ".....~~~~~~~~."),
        # Changes that lie far apart are none of one window.
        ("SFFFFSSSSFFFFSSSSFFFF", "....................."),
    ],
)
def test_when_it_flaps(results: str, shown: str) -> None:
    assert flaps(results) == shown


@given(st.text(alphabet="SFEI-", max_size=60))
def test_it_flaps_only_while_there_are_changes_enough(results: str) -> None:
    flapping = Flapping()
    for letter in results:
        before, flapping = flapping, after(flapping, STATES[letter])
        assert len(flapping.good) <= WINDOW + 1
        if flapping.flaps:
            assert flapping.changes > ENDS
            assert before.flaps or flapping.changes >= BEGINS
        else:
            assert flapping.changes < BEGINS


@given(st.text(alphabet="SFEI-", max_size=60))
def test_what_is_steady_for_a_window_is_calm(results: str) -> None:
    assert flaps(results + "S" * WINDOW)[-1] == "."
