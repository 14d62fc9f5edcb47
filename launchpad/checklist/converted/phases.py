"""Phases as the native format writes them: their items within each other, and who signs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from launchpad.checklist.converted.acting import step_done
from launchpad.checklist.converted.observing import probe_keys
from launchpad.checklist.converted.proposals import Proposals
from launchpad.checklist.converted.review import REVIEW
from launchpad.checklist.converted.times import length, moment
from launchpad.checklist.converted.writing import Key, Keys, Value, keys
from launchpad.checklist.model import Checklist, Choice, Item, Phase, Section, SignOff


def phases_list(checklist: Checklist, proposals: Proposals) -> list[Value]:
    """Return all phases, each item with the probe that is proposed for it."""
    sections: dict[str, list[Value]] = defaultdict(list)
    for section in checklist.sections:
        sections[section.phase].append(_section(section))
    items = {phase.id: tuple(item.id for item in phase.items) for phase in checklist.phases}
    signoffs: dict[str, list[Value]] = defaultdict(list)
    for signoff in checklist.signoffs:
        signoffs[signoff.phase].append(_signoff(signoff, items[signoff.phase]))
    return [
        keys(
            id=phase.id,
            title=phase.title,
            at=moment(phase.at_ms),
            until=moment(phase.until_ms),
            priority=phase.priority,
            state=phase.declared_state,
            poll=_poll(phase) if phase.poll else None,
            sections=sections[phase.id] or None,
            items=_items(phase.items, proposals) or None,
            sign_off=_one_or_several(signoffs[phase.id]),
        )
        for phase in checklist.phases
    ]


def _one_or_several(signoffs: list[Value]) -> "Value | None":
    return signoffs[0] if len(signoffs) == 1 else signoffs or None


def _poll(phase: Phase) -> Keys:
    return keys(
        roles=list(phase.poll),
        closes_in=length(phase.poll_closes_ms),
        valid_for=length(phase.poll_valid_ms),
    )


def _section(section: Section) -> Keys:
    return keys(id=section.id, title=section.title, state=section.declared_state)


def _signoff(signoff: SignOff, all_items: tuple[str, ...]) -> Keys:
    return keys(
        id=signoff.id,
        label=signoff.label,
        roles=[signoff.role] if signoff.role else None,
        meaning=None if signoff.meaning == "verified" else signoff.meaning,
        items=None if signoff.items == all_items else list(signoff.items),
        closes_rollback="true" if signoff.closes_rollback else None,
        fields=[blank.kind for blank in signoff.blanks] or None,
    )


@dataclass(slots=True)
class _Branch:
    """An item and those that lie in it."""

    item: Item
    within: list["_Branch"] = field(default_factory=list)


def _items(items: Sequence[Item], proposals: Proposals) -> list[Value]:
    top: list[_Branch] = []
    path: list[_Branch] = []
    for item in items:
        del path[item.depth :]
        branch = _Branch(item)
        (path[-1].within if path else top).append(branch)
        path.append(branch)
    return [_item(branch, None, proposals) for branch in top]


def _item(branch: _Branch, section: str | None, proposals: Proposals) -> Keys:
    """Return an item. section: of the item it lies in, which holds where it says none."""
    item = branch.item
    said = keys(
        id=item.id,
        text=item.text,
        label=item.label or None,
        section=None if item.section == section else item.section,
        checked="true" if item.checked else None,
        kind=None if item.kind == "task" else item.kind,
        priority=item.priority,
        owner=item.owner,
        status=item.status,
        optional="true" if item.optional else None,
        expected=length(item.expected_ms),
        fields=tuple(Key(one.name, one.value) for one in item.fields) or None,
        snippets=list(item.snippets) or None,
        step=step_done(item.step) if item.step else None,
        point_of_no_return="true" if item.point_of_no_return else None,
        waiver=keys(role=item.waiver_role) if item.waiver_role else None,
    )
    within: list[Value] = [_item(inner, item.section, proposals) for inner in branch.within]
    if item.choices:
        name, text, *others = said
        said = (name, replace(text, comments=(_choices(item.choices),)), *others)
    return (*said, *_probe(item, proposals), *keys(items=within or None))


def _choices(choices: Sequence[Choice]) -> str:
    labels = " / ".join(choice.label for choice in choices)
    return f"{REVIEW} the choice between {labels} is left out: this item has one box"


def _probe(item: Item, proposals: Proposals) -> Iterator[Key]:
    if item.probe:
        yield Key("probe", item.probe)
    elif item.id in proposals.of_items:
        proposal = proposals.of_items[item.id]
        yield Key("probe", probe_keys(proposal.probe), proposal.comments)
