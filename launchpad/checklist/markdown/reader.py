"""From a Markdown document to a checklist: every recogniser looks at the same tree."""

from collections.abc import Iterable, Iterator, Sequence

from launchpad.checklist.codeword import code_word
from launchpad.checklist.encoding import Source
from launchpad.checklist.markdown.collection import collection_paused
from launchpad.checklist.markdown.entries import Entry
from launchpad.checklist.markdown.outline import Outline, arrange, find_headings
from launchpad.checklist.markdown.rollback import find_rollback
from launchpad.checklist.markdown.signoffs import Slot, find_signoffs
from launchpad.checklist.markdown.tasks import find_tasks
from launchpad.checklist.markdown.title import find_title
from launchpad.checklist.markdown.tree import Tree, parse
from launchpad.checklist.model import Checklist, Item, Phase, ReadingWarning, Section, SignOff
from launchpad.checklist.slug import unique_ids


def read_markdown(source: Source) -> Checklist:
    """Return the checklist that a Markdown document is; any document is one, if only an empty."""
    with collection_paused():
        return _read(source)


def _read(source: Source) -> Checklist:
    tree = parse(source.name, source.readable)
    tasks = find_tasks(tree)
    slots, doubts = find_signoffs(tree)
    back = find_rollback(tree)
    headings = find_headings(tree)
    title = find_title(tree, headings, source.name)
    outline = arrange(title, headings, (task.line for task in tasks), (slot.line for slot in slots))
    section_ids = unique_ids((heading.title for heading, _ in outline.sections), "section")
    phases = _phases(title, outline, _items(tasks, outline, section_ids))
    return Checklist(
        title=title,
        format="markdown",
        code_word=code_word(title),
        damage=source.damage,
        phases=phases,
        sections=tuple(
            Section(section_id, heading.title or title, phases[phase].id, heading.line)
            for section_id, (heading, phase) in zip(section_ids, outline.sections, strict=True)
        ),
        signoffs=_signoffs(slots, outline, phases),
        warnings=tuple(
            sorted((*doubts, *back.warnings, *_left_out(tree), *_empty(tasks)), key=_line)
        ),
        rollback=back.rollback,
    )


def _items(tasks: Iterable[Entry], outline: Outline, section_ids: Sequence[str]) -> list[Item]:
    tasks = tuple(tasks)
    items = []
    for item_id, task in zip(
        unique_ids((t.label or t.text for t in tasks), "item"), tasks, strict=True
    ):
        section = outline.places[task.line].section
        items.append(
            Item(
                id=item_id,
                text=task.text,
                label=task.label,
                checked=task.checked,
                line=task.line,
                end_line=task.end_line,
                depth=task.depth,
                kind="task",
                section=None if section is None else section_ids[section],
                box=task.box,
            )
        )
    return items


def _phases(title: str, outline: Outline, items: Iterable[Item]) -> tuple[Phase, ...]:
    titles = [heading.title or title for heading in outline.phases]
    members: list[list[Item]] = [[] for _ in titles]
    for item in items:
        members[outline.places[item.line].phase].append(item)
    return tuple(
        Phase(phase_id, phase_title, heading.line, tuple(inside))
        for phase_id, phase_title, heading, inside in zip(
            unique_ids(titles, "phase"), titles, outline.phases, members, strict=True
        )
    )


def _signoffs(
    slots: Sequence[Slot], outline: Outline, phases: Sequence[Phase]
) -> tuple[SignOff, ...]:
    own = [phases[outline.places[slot.line].phase] for slot in slots]
    labels = [slot.label or phase.title for slot, phase in zip(slots, own, strict=True)]
    signoffs = []
    signed: dict[str, int] = {}
    for slot, phase, label, signoff_id in zip(
        slots, own, labels, unique_ids(labels, "sign-off"), strict=True
    ):
        since = signed.get(phase.id, 0)
        covered = tuple(item.id for item in phase.items if since < item.line <= slot.line)
        signed[phase.id] = slot.line
        signoffs.append(SignOff(signoff_id, label, phase.id, slot.line, covered, slot.blanks))
    return tuple(signoffs)


def _left_out(tree: Tree) -> Iterator[ReadingWarning]:
    if tree.appendix is not None:
        yield ReadingWarning(tree.appendix, "an earlier export's launch log is left out from here")


def _empty(tasks: Sequence[Entry]) -> Iterator[ReadingWarning]:
    if not tasks:
        yield ReadingWarning(
            1, "no item found: a launch needs task-list items such as `- [ ] text`"
        )


def _line(warning: ReadingWarning) -> int:
    return warning.line
