"""Everything that is found in a document, each thing by its own recogniser.

The order matters: what a recogniser has taken for a legend, a contact or a row to sign is no item
for those after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from launchpad.checklist.markdown.boxes.boxes import find_boxes
from launchpad.checklist.markdown.boxes.tasks import without_boxes
from launchpad.checklist.markdown.commands.snippets import FoundSnippet, find_snippets
from launchpad.checklist.markdown.commands.step_entries import find_step_entries
from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.facts.captions import find_captioned
from launchpad.checklist.markdown.facts.contacts import find_contacts
from launchpad.checklist.markdown.facts.criteria import find_criteria
from launchpad.checklist.markdown.facts.env_vars import find_env_vars
from launchpad.checklist.markdown.facts.metrics import find_metrics
from launchpad.checklist.markdown.item_names import with_names_kept
from launchpad.checklist.markdown.outline.legend import Legend, find_legend
from launchpad.checklist.markdown.rollback.plan import FoundRollback, find_rollback
from launchpad.checklist.markdown.signing.signoffs import find_signoffs
from launchpad.checklist.markdown.signing.slots import Slot
from launchpad.checklist.markdown.tables import find_tables
from launchpad.checklist.markdown.tasks import find_tasks
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.model import (
    Contact,
    Criterion,
    EnvironmentVariable,
    Metric,
    ReadingWarning,
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, each in document order."""

    entries: tuple[Entry, ...]
    snippets: tuple[FoundSnippet, ...]
    slots: tuple[Slot, ...]
    back: FoundRollback
    legend: Legend | None
    env_vars: tuple[EnvironmentVariable, ...]
    contacts: tuple[Contact, ...]
    metrics: tuple[Metric, ...]
    criteria: tuple[Criterion, ...]
    warnings: tuple[ReadingWarning, ...]


def find(tree: Tree) -> Findings:
    """Look for everything in a document."""
    tables = find_tables(tree)
    tasks = without_boxes(tree, find_tasks(tree))
    captioned = find_captioned(tree)
    legend = find_legend(tree)
    back = find_rollback(tree)
    contacts, contact_lines = find_contacts(captioned, tables)
    metrics, metric_lines, metric_doubts = find_metrics(captioned, tables)
    criteria, criteria_lines = find_criteria(captioned)
    signing = find_signoffs(tree, tables, tasks)
    taken = {
        *(legend.lines if legend else ()),
        *back.trigger_lines,
        *contact_lines,
        *metric_lines,
        *criteria_lines,
        *signing.taken,
    }
    boxes, box_doubts = find_boxes(tree, tables, taken)
    snippets, snippet_doubts = find_snippets(tree)
    boxed = _in_order([*tasks, *boxes])
    steps = find_step_entries(tree, snippets, boxed, taken.union(back.lines))
    entries = _in_order([*boxed, *steps])
    slots, renaming = with_names_kept(tree, signing.slots, entries)
    return Findings(
        entries=entries,
        snippets=snippets,
        slots=_with_room(signing.slots, slots),
        back=back,
        legend=legend,
        env_vars=find_env_vars(tree),
        contacts=contacts,
        metrics=metrics,
        criteria=criteria,
        warnings=(
            *signing.warnings,
            *renaming,
            *back.warnings,
            *metric_doubts,
            *box_doubts,
            *snippet_doubts,
        ),
    )


def _with_room(before: Sequence[Slot], kept: Sequence[Slot]) -> tuple[Slot, ...]:
    """Leave out the items that would be signed nowhere: nobody's role, and no blank is left."""
    return tuple(
        slot
        for was, slot in zip(before, kept, strict=True)
        if slot.blanks or slot.role or not (was.blanks and was.item_line)
    )


def _in_order(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=attrgetter("line")))
