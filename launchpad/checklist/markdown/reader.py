"""From a Markdown document to a checklist: what was found, with ids and in its places."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from launchpad.checklist.codeword import code_word
from launchpad.checklist.encoding import Source
from launchpad.checklist.markdown.collection import collection_paused
from launchpad.checklist.markdown.commands.belonging import make_commands
from launchpad.checklist.markdown.finding import Findings, find
from launchpad.checklist.markdown.items import draft_items, make_items
from launchpad.checklist.markdown.native_parts import with_native_parts
from launchpad.checklist.markdown.outline.headings import find_headings, heading_doubts
from launchpad.checklist.markdown.outline.legend import Legend, declared_state
from launchpad.checklist.markdown.outline.outline import Outline, arrange
from launchpad.checklist.markdown.outline.title import find_title
from launchpad.checklist.markdown.roles import find_roles, on_roll_call, role_id
from launchpad.checklist.markdown.rollback.authority import authority, names_somebody
from launchpad.checklist.markdown.rollback.triggers import not_understood
from launchpad.checklist.markdown.signing.slots import Slot
from launchpad.checklist.markdown.tree import Tree, parse
from launchpad.checklist.model import (
    Checklist,
    Item,
    Phase,
    ReadingWarning,
    Role,
    Rollback,
    Section,
    SignOff,
)
from launchpad.checklist.slug import unique_ids


def read_markdown(source: Source) -> Checklist:
    """Return the checklist that a Markdown document is; any document is one, if only an empty.

    Raises a ChecklistError where it is nested beyond all reading, or its native parts are wrong.
    """
    with collection_paused():
        tree = parse(source.name, source.readable)
        prose = _checklist(source, tree)
        checklist = with_native_parts(source.name, tree, prose)
        unbound = tuple(_unbound(prose.rollback, checklist.rollback))
        watched = frozenset(_watched(prose.rollback, checklist.rollback))
        if not unbound and not watched:
            return checklist
        doubts = (one for one in checklist.warnings if one not in watched)
        warnings = sorted((*doubts, *unbound), key=attrgetter("line"))
        return replace(checklist, warnings=tuple(warnings))


def _checklist(source: Source, tree: Tree) -> Checklist:
    found = find(tree)
    headings = find_headings(tree)
    title = find_title(tree, headings, source.name)
    outline = arrange(
        title,
        headings,
        (entry.line for entry in found.entries),
        (slot.line for slot in found.slots),
    )
    drafts = draft_items(found.entries)
    commands = make_commands(found.snippets, drafts, found.back)
    section_ids = unique_ids((heading.title for heading, _ in outline.sections), "section")
    items = make_items(drafts, outline, section_ids, commands.of_entries)
    phases = _phases(title, outline, items, found.legend)
    doubts = [doubt for draft in drafts for doubt in draft.said.warnings]
    roles = find_roles(found.entries, found.slots)
    return Checklist(
        title=title,
        format="markdown",
        code_word=code_word(title),
        damage=source.damage,
        phases=phases,
        sections=_sections(title, outline, section_ids, phases, found.legend),
        signoffs=_signoffs(found, outline, phases, roles),
        warnings=_warnings(tree, found, (*doubts, *heading_doubts(headings))),
        roles=roles,
        rollback=_authorised(commands.rollback, found, roles),
        snippets=commands.snippets,
        env_vars=found.env_vars,
        contacts=found.contacts,
        metrics=found.metrics,
        criteria=found.criteria,
    )


def _phases(
    title: str, outline: Outline, items: Sequence[Item], legend: Legend | None
) -> tuple[Phase, ...]:
    titles = [heading.title or title for heading in outline.phases]
    members: list[list[Item]] = [[] for _ in titles]
    for item in items:
        members[outline.places[item.line].phase].append(item)
    return tuple(
        Phase(
            id=phase_id,
            title=phase_title,
            line=heading.line,
            items=tuple(inside),
            at_ms=heading.at_ms,
            until_ms=heading.until_ms,
            priority=heading.priority,
            declared_state=declared_state(heading.title, legend),
        )
        for phase_id, phase_title, heading, inside in zip(
            unique_ids(titles, "phase"), titles, outline.phases, members, strict=True
        )
    )


def _sections(
    title: str,
    outline: Outline,
    ids: Sequence[str],
    phases: Sequence[Phase],
    legend: Legend | None,
) -> tuple[Section, ...]:
    return tuple(
        Section(
            id=section_id,
            title=heading.title or title,
            phase=phases[phase].id,
            line=heading.line,
            declared_state=declared_state(heading.title, legend),
        )
        for section_id, (heading, phase) in zip(ids, outline.sections, strict=True)
    )


def _signoffs(
    found: Findings, outline: Outline, phases: Sequence[Phase], roles: Sequence[Role]
) -> tuple[SignOff, ...]:
    own = [phases[outline.places[slot.line].phase] for slot in found.slots]
    labels = [slot.label or phase.title for slot, phase in zip(found.slots, own, strict=True)]
    ids = unique_ids(labels, "sign-off")
    signed: dict[str, tuple[int, tuple[str, ...]]] = {}
    signoffs = []
    for slot, phase, label, signoff_id in zip(found.slots, own, labels, ids, strict=True):
        covered = _itself(slot, phase)
        if slot.item_line is None:
            since, before = signed.get(phase.id, (0, ()))
            # Two who sign below each other sign for the same.
            covered = _between(phase, since, slot.line) or before
            signed[phase.id] = slot.line, covered
        signoffs.append(
            SignOff(
                id=signoff_id,
                label=label,
                phase=phase.id,
                line=slot.line,
                items=covered,
                blanks=slot.blanks,
                role=role_id(roles, slot.role),
                closes_rollback=not covered
                and slot.item_line is None
                and slot.line in found.back.lines,
            )
        )
    return tuple(signoffs)


def _itself(slot: Slot, phase: Phase) -> tuple[str, ...]:
    return tuple(item.id for item in phase.items if item.line == slot.item_line)


def _between(phase: Phase, since: int, line: int) -> tuple[str, ...]:
    return tuple(item.id for item in phase.items if since < item.line <= line)


def _authorised(back: Rollback | None, found: Findings, roles: Sequence[Role]) -> Rollback | None:
    if back is None or not back.authority_text:
        return back
    present = on_roll_call(found.entries, roles)
    return replace(back, authority=authority(back.authority_text, present, roles))


def _unbound(prose: Rollback | None, back: Rollback | None) -> Iterator[ReadingWarning]:
    """Yield a warning where nobody the document knows has the authority that its words name."""
    if prose is None or back is None or back.authority or not prose.authority_text:
        return
    if back.authority_text == prose.authority_text and names_somebody(back.authority_text):
        who = back.authority_text.rstrip(" .")
        said = f"only \u201c{who}\u201d may start the rollback, but the document has no such roles"
        yield ReadingWarning(prose.line, f"{said}: anybody on the crew may")


def _watched(prose: Rollback | None, back: Rollback | None) -> Iterator[ReadingWarning]:
    """Yield the warnings about triggers in prose that a native part has given probes."""
    given = {one.id for one in back.triggers if one.probes} if back else set[str]()
    for trigger in prose.triggers if prose else ():
        if trigger.id in given:
            yield not_understood(trigger)


def _warnings(
    tree: Tree, found: Findings, others: Sequence[ReadingWarning]
) -> tuple[ReadingWarning, ...]:
    every = dict.fromkeys((*found.warnings, *others, *_left_out(tree), *_empty(found)))
    return tuple(sorted(every, key=attrgetter("line")))


def _left_out(tree: Tree) -> Iterator[ReadingWarning]:
    if tree.appendix is not None:
        yield ReadingWarning(tree.appendix, "an earlier export's launch log is left out from here")


def _empty(found: Findings) -> Iterator[ReadingWarning]:
    if not found.entries:
        yield ReadingWarning(
            1, "no item found: a launch needs task-list items such as `- [ ] text`"
        )
