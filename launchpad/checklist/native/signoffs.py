"""Sign-offs: who signs a phase, for which of its items, and with what meaning."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as ByName
from dataclasses import dataclass
from typing import get_args

from launchpad.checklist.model import Blank, BlankKind, Phase, SignOff, Span
from launchpad.checklist.native.fields import Fields, Reader, each, some
from launchpad.checklist.native.nodes import Listing, Node
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.values import choice, given, line, truth, used
from launchpad.checklist.slug import unique_ids

BLANKS: tuple[BlankKind, ...] = get_args(BlankKind)
REQUIRES = ("all-items",)

# In a native checklist nothing is filled in: its export is rendered.
_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A sign-off that a phase asks for: its id and items are known once all phases are.

    id: as written, else None; label: what is signed, None for the phase; items: ids, None for all
    of the phase; role: None for anybody; one_of_several: its entry asks several roles.
    """

    phase: str
    line: int
    id: str | None
    label: str | None
    items: tuple[str, ...] | None
    meaning: str
    fields: tuple[BlankKind, ...] = ()
    role: str | None = None
    one_of_several: bool = False
    closes_rollback: bool = False


def signoffs_of(phase: str, *, filled_in: bool) -> Reader[tuple[Asked, ...]]:
    """Return a reader of a phase's sign-offs: one entry, or a list of them.

    filled_in: whether an entry takes `fields`, as it does where nothing else says what is asked.
    """

    def entry(node: Node, reading: Reading) -> tuple[Asked, ...]:
        return _entry(node, reading, phase, filled_in=filled_in)

    def entries(node: Node, reading: Reading) -> tuple[Asked, ...]:
        if isinstance(node, Listing):
            return tuple(asked for several in some(entry)(node, reading) for asked in several)
        return entry(node, reading)

    return entries


def _entry(node: Node, reading: Reading, phase: str, *, filled_in: bool) -> tuple[Asked, ...]:
    """Read one entry: each of its roles signs for itself."""
    with Fields(node, reading) as fields:
        fields.may("requires", choice(REQUIRES), REQUIRES[0])
        roles: Sequence[str | None] = fields.may("roles", some(used("role")), ()) or (None,)
        several = len(roles) > 1
        signoff_id = fields.may("id", given("sign-off"), None)
        if several:
            fields.refuse("id", "each role signs for itself: an `id` is of an entry with one role")
        label = fields.may("label", line, None)
        items = fields.may("items", each(used("item", within=phase)), None)
        meaning = fields.may("meaning", line, "verified")
        closes = fields.may("closes-rollback", truth, otherwise=False)
        asked = fields.may("fields", some(choice(BLANKS)), ()) if filled_in else ()
        return tuple(
            Asked(
                phase=phase,
                line=fields.place.line,
                id=signoff_id,
                label=label,
                items=items,
                meaning=meaning,
                fields=asked,
                role=role,
                one_of_several=several,
                closes_rollback=closes,
            )
            for role in roles
        )


def signoffs(
    asked: Sequence[Asked],
    phases: Iterable[Phase],
    titles: ByName[str, str],
    taken: Iterable[str] = (),
) -> tuple[SignOff, ...]:
    """Return the sign-offs that the phases ask for.

    titles: of the roles, by id; taken: the ids of other sign-offs.
    """
    own = {phase.id: phase for phase in phases}
    return tuple(
        SignOff(
            id=signoff_id,
            label=_label(one, own[one.phase], titles),
            phase=one.phase,
            line=one.line,
            items=tuple(item.id for item in own[one.phase].items)
            if one.items is None
            else one.items,
            blanks=tuple(Blank(kind, kind.capitalize(), _NOWHERE) for kind in one.fields),
            role=one.role,
            meaning=one.meaning,
            closes_rollback=one.closes_rollback,
        )
        for signoff_id, one in zip(_ids(asked, taken), asked, strict=True)
        if one.phase in own
    )


def _label(one: Asked, phase: Phase, titles: ByName[str, str]) -> str:
    if one.label and not one.one_of_several:
        return one.label
    signed = one.label or phase.title
    return f"{signed}: {titles.get(one.role, '')}" if one.role else signed


def _ids(asked: Sequence[Asked], taken: Iterable[str]) -> list[str]:
    # By phase and role, so that an id stays when a phase gets one more sign-off.
    names = [f"{one.phase}-{one.role}" if one.role else one.phase for one in asked if not one.id]
    known = [*taken, *(one.id for one in asked if one.id)]
    made = iter(unique_ids((*known, *names), "sign-off")[len(known) :])
    return [one.id or next(made) for one in asked]
