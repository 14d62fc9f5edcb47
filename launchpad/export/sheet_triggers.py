"""What a launch is rolled back on, on an emergency sheet, and what of it has happened."""

from collections.abc import Iterator

from launchpad.checklist.model import Rollback, Trigger
from launchpad.checklist.told.acting import tell_trigger
from launchpad.export.sheet_lines import Line, line, retold
from launchpad.export.sheet_page import Page, when
from launchpad.launch.triggers import Proposal


def trigger_lines(page: Page, plan: Rollback) -> Iterator[Line]:
    """Yield every trigger: what it is, how it was understood, whether it tripped."""
    if plan.triggers:
        yield line("group", "roll back on")
    for trigger in plan.triggers:
        # An id made from a sentence is too long to stand in front of one.
        said = trigger.text or f"probes {', '.join(trigger.probes)}"
        yield line("entry", f"{said} ({trigger.id})", depth=1)
        yield from _happened(page, trigger)
        _, *remarks = tell_trigger(trigger)
        yield from retold(remarks)


def _happened(page: Page, trigger: Trigger) -> Iterator[Line]:
    known = page.state.triggers.trigger(trigger.id)
    if known.tripped:
        said = f"TRIPPED {when(known.tripped.at)} on {known.probe}: {known.shown}"
        yield line("alert", said, depth=2)
    if proposal := page.state.triggers.proposals.get(trigger.id):
        yield line("alert", _proposed(page, proposal), depth=2)
    dismissal = known.dismissal
    left_ms = dismissal.left(page.now).ms if dismissal else 0
    if dismissal and left_ms:
        until = f"until {page.in_ms(left_ms)}"
        yield line("text", f"dismissed by {dismissal.by} {until}: {dismissal.reason}", depth=2)


def _proposed(page: Page, proposal: Proposal) -> str:
    said = f"ROLLBACK PROPOSED {when(proposal.since.at)}"
    left = proposal.left(page.now)
    if left is None:
        return f"{said}: somebody has to decide"
    if not left.ms:
        return f"{said}: NOBODY DECIDED in time"
    alone = "; then a conductor may start it by itself" if proposal.auto else ""
    return f"{said}: to be decided by {page.in_ms(left.ms)}{alone}"
