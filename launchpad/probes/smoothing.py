"""Which state is shown of a probe whose results come and go."""

from typing import NamedTuple

from launchpad.probes.result import State


class Smoothed(NamedTuple):
    """The state that is shown, and what speaks against it.

    streak: how many of the latest results in a row do; latest: what the last of them was, None
    where there is none.
    """

    state: State
    streak: int = 0
    latest: State | None = None


def after(
    smoothed: Smoothed | None, result: State, failure_threshold: int, success_threshold: int
) -> Smoothed:
    """Return what is shown once a result is known; smoothed is None before the first one.

    The first result is shown at once. success_threshold successes in a row lead back to success.
    failure_threshold results in a row that are none lead away from it, whatever they are: failed
    and error in turn must not keep a success on show. Between the states that are no success,
    failure_threshold results of one kind in a row change which it is. Skipped is no observation:
    it is shown at once, because a success that nobody looks after any more is none, and whatever
    follows it counts as the first.
    """
    if smoothed is None or "skipped" in {smoothed.state, result} or result == smoothed.state:
        return Smoothed(result)
    streak = smoothed.streak + 1 if _continues(smoothed, result) else 1
    needed = success_threshold if result == "success" else failure_threshold
    return Smoothed(result) if streak >= needed else Smoothed(smoothed.state, streak, result)


def _continues(smoothed: Smoothed, result: State) -> bool:
    """Tell whether a result says the same against the state shown as the one before it."""
    if smoothed.latest is None:
        return False
    return smoothed.latest == result or smoothed.state == "success"
