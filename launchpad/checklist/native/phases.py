"""Phases: their items, and who signs them."""

from collections.abc import Iterable
from collections.abc import Mapping as ByName
from dataclasses import dataclass

from launchpad.checklist.model import Item, Phase, Probe, SignOff
from launchpad.checklist.native.fields import Fields, each, some
from launchpad.checklist.native.nodes import Listing, Mapping, Node
from launchpad.checklist.native.probes import probe_of
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.values import choice, given, launch_time_ms, line, used
from launchpad.checklist.slug import unique_ids

MOST_ITEMS = 20_000

_LATER = ("poll",)
_ITEM_LATER = ("step", "point-of-no-return", "waiver")
_REQUIRES = ("all-items",)


@dataclass(frozen=True, slots=True)
class Written:
    """A phase as it is written: its sign-offs get their ids once all of them are known."""

    phase: Phase
    signoffs: tuple["Asked", ...]
    probes: tuple[Probe, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A sign-off that a phase asks for. role: None for anybody."""

    role: str | None
    meaning: str
    line: int


def phases(node: Node, reading: Reading) -> tuple[Written, ...]:
    """Read all phases."""
    if isinstance(node, Listing):
        _refuse_too_many(node, reading)
    return some(_phase)(node, reading)


def _phase(node: Node, reading: Reading) -> Written:
    with Fields(node, reading, _LATER) as fields:
        items = fields.may("items", each(_item), ())
        phase = Phase(
            id=fields.must("id", given("phase"), ""),
            title=fields.must("title", line, ""),
            line=node.place.line,
            items=tuple(item for item, _ in items),
            at_ms=fields.may("at", launch_time_ms, None),
        )
        return Written(
            phase,
            signoffs=fields.may("sign-off", _signoffs, ()),
            probes=tuple(inline for _, inline in items if inline),
        )


def _refuse_too_many(phases: Listing, reading: Reading) -> None:
    counted = 0
    for phase in phases.entries:
        for key, items in phase.entries if isinstance(phase, Mapping) else ():
            if key.text == "items" and isinstance(items, Listing):
                counted += len(items.entries)
                if counted > MOST_ITEMS:
                    reading.problems.add(items.place, f"more than {MOST_ITEMS:,} items")
                    return


def _item(node: Node, reading: Reading) -> tuple[Item, Probe | None]:
    with Fields(node, reading, _ITEM_LATER) as fields:
        item_id = fields.must("id", given("item"), "")

        def observing(value: Node, reading: Reading) -> tuple[str, Probe | None]:
            if not isinstance(value, Mapping):
                return used("probe")(value, reading), None
            if item_id:
                reading.give("probe", item_id, value.place)
            return item_id, probe_of(item_id, value, reading, line=value.place.line)

        name, inline = fields.may("probe", observing, (None, None))
        item = Item(
            id=item_id,
            text=fields.must("text", line, ""),
            label="",
            checked=False,
            line=node.place.line,
            end_line=node.end_line,
            depth=0,
            kind="task",
            section=None,
            box=None,
            priority=fields.may("priority", line, None),
            probe=name,
        )
    return item, inline


def _signoffs(node: Node, reading: Reading) -> tuple[Asked, ...]:
    if isinstance(node, Listing):
        return tuple(asked for several in some(_signoff)(node, reading) for asked in several)
    return _signoff(node, reading)


def _signoff(node: Node, reading: Reading) -> tuple[Asked, ...]:
    """Read one entry: each of its roles signs for itself."""
    with Fields(node, reading) as fields:
        fields.may("requires", choice(_REQUIRES), _REQUIRES[0])
        meaning = fields.may("meaning", line, "verified")
        roles = fields.may("roles", some(used("role")), ())
        return tuple(Asked(who, meaning, node.place.line) for who in roles or (None,))


def signoffs(written: tuple[Written, ...], titles: ByName[str, str]) -> tuple[SignOff, ...]:
    """Return the sign-offs of all phases. titles: of the roles, by id."""
    asked = [(phase.phase, one) for phase in written for one in phase.signoffs]
    ids = _signoff_ids(asked)
    return tuple(
        SignOff(
            id=signoff_id,
            label=f"{phase.title}: {titles.get(one.role, '')}" if one.role else phase.title,
            phase=phase.id,
            line=one.line,
            items=tuple(item.id for item in phase.items),
            blanks=(),
            role=one.role,
            meaning=one.meaning,
        )
        for signoff_id, (phase, one) in zip(ids, asked, strict=True)
    )


def _signoff_ids(asked: Iterable[tuple[Phase, Asked]]) -> tuple[str, ...]:
    # By phase and role, so that an id stays when a phase gets one more sign-off.
    names = (f"{phase.id}-{one.role}" if one.role else phase.id for phase, one in asked)
    return unique_ids(names, "sign-off")
