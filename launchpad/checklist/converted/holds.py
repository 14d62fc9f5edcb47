"""The holds of a countdown and what has to be good for a GO, as the native format writes them."""

from launchpad.checklist.converted.times import length, moment
from launchpad.checklist.converted.writing import Keys, Value, keys
from launchpad.checklist.model import Checklist, CommitCriterion, Hold


def countdown(checklist: Checklist) -> Keys:
    """Return the built-in holds and the commit criteria."""
    holds: list[Value] = [_hold(hold) for hold in checklist.holds]
    criteria: list[Value] = [_criterion(one) for one in checklist.commit_criteria]
    return keys(holds=holds or None, commit_criteria=criteria or None)


def _hold(hold: Hold) -> Keys:
    until = keys(phases=list(hold.phases) or None, poll=hold.poll)
    return keys(
        id=hold.id,
        title=hold.title or None,
        at=moment(hold.at_ms),
        lasts=length(hold.lasts_ms or None),
        until=until or None,
    )


def _criterion(criterion: CommitCriterion) -> Keys:
    return keys(
        id=criterion.id,
        text=criterion.text,
        probes=list(criterion.probes),
        hold="true" if criterion.hold else None,
    )
