from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpad.probes.result import State
from launchpad.probes.smoothing import Smoothed, after

STATES: dict[str, State] = {
    "S": "success",
    "F": "failed",
    "E": "error",
    "I": "inconclusive",
    "-": "skipped",
}


def states_shown(results: str, failures: int, successes: int) -> str:
    """Return the state shown after each result, by its letter."""
    smoothed: Smoothed | None = None
    letters = {state: letter for letter, state in STATES.items()}
    shown = ""
    for letter in results:
        smoothed = after(smoothed, STATES[letter], failures, successes)
        shown += letters[smoothed.state]
    return shown


@pytest.mark.parametrize(
    ("failures", "successes", "results", "shown"),
    [
        (1, 1, "SFSEIS", "SFSEIS"),
        (3, 1, "SFFSFFFS", "SSSSSSFS"),
        (2, 3, "FSSFSSS", "FFFFFFS"),
        (3, 1, "F", "F"),
        (3, 1, "SFEF", "SSSF"),
        (3, 1, "SFIE", "SSSE"),
        (2, 1, "FEFEE", "FFFFE"),
        (2, 2, "S-F-F", "S-F-F"),
        (2, 2, "SF-SF", "SS-SS"),
        (2, 2, "FSESS", "FFFFS"),
    ],
)
def test_so_many_results_in_a_row_change_what_is_shown(
    failures: int, successes: int, results: str, shown: str
) -> None:
    assert states_shown(results, failures, successes) == shown


RESULTS = st.text(alphabet="SFEI-", min_size=1, max_size=40)
THRESHOLDS = st.integers(1, 5)


@given(RESULTS, THRESHOLDS, THRESHOLDS)
def test_what_is_shown_was_observed(results: str, failures: int, successes: int) -> None:
    shown = states_shown(results, failures, successes)
    assert all(letter in results[: at + 1] for at, letter in enumerate(shown))


@given(RESULTS, THRESHOLDS, THRESHOLDS)
def test_success_never_outlives_its_failures(results: str, failures: int, successes: int) -> None:
    """Whatever mixture of failed, error and inconclusive they are."""
    shown = states_shown(results, failures, successes)
    observed = [
        (result, state) for result, state in zip(results, shown, strict=True) if result != "-"
    ]
    for at in range(failures, len(observed) + 1):
        if all(result != "S" for result, _ in observed[at - failures : at]):
            assert observed[at - 1][1] != "S"


@given(RESULTS, THRESHOLDS, THRESHOLDS)
def test_it_is_never_success_again_before_enough_successes(
    results: str, failures: int, successes: int
) -> None:
    observed = results.replace("-", "")
    shown = states_shown(observed, failures, successes) if observed else ""
    for at in range(1, len(shown)):
        if shown[at] == "S" != shown[at - 1]:
            assert observed[max(0, at + 1 - successes) : at + 1] == "S" * successes


@given(RESULTS, THRESHOLDS, THRESHOLDS)
def test_what_is_not_observed_any_more_is_shown_as_that_at_once(
    results: str, failures: int, successes: int
) -> None:
    shown = states_shown(results, failures, successes)
    assert [at for at, letter in enumerate(shown) if letter == "-"] == [
        at for at, letter in enumerate(results) if letter == "-"
    ]


@given(RESULTS)
def test_with_thresholds_of_one_every_result_is_shown(results: str) -> None:
    smoothed = reduce(lambda before, letter: after(before, STATES[letter], 1, 1), results, None)
    assert smoothed is not None
    assert not smoothed.streak
