"""Phases: their items, sections and times, and who signs them."""

from dataclasses import dataclass, replace

from launchpad.checklist.model import Phase, Probe, Section
from launchpad.checklist.native.fields import Fields, Reader, each, some
from launchpad.checklist.native.items import items_of, lists_of_items
from launchpad.checklist.native.nodes import Listing, Node
from launchpad.checklist.native.polls import poll_of
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.signoffs import Asked, signoffs_of
from launchpad.checklist.native.values import given, launch_time_ms, line

MOST_ITEMS = 20_000


@dataclass(frozen=True, slots=True)
class WrittenPhase:
    """A phase as it is written, with the sign-offs it asks for and the probes on its items."""

    phase: Phase
    sections: tuple[Section, ...] = ()
    asked: tuple[Asked, ...] = ()
    probes: tuple[Probe, ...] = ()


def phases(node: Node, reading: Reading) -> tuple[WrittenPhase, ...]:
    """Read all phases."""
    if isinstance(node, Listing):
        _refuse_too_many(node, reading)
    return some(_phase)(node, reading)


def _phase(node: Node, reading: Reading) -> WrittenPhase:
    with Fields(node, reading) as fields:
        known = Phase(
            id=fields.must("id", given("phase"), ""),
            title=fields.must("title", line, ""),
            line=node.place.line,
            items=(),
        )
        sections = fields.may("sections", each(_section(known.id)), ())
        written = fields.may("items", items_of(known.id), ())
        phase, asked = phase_over(fields, reading, known, filled_in=True)
        return WrittenPhase(
            phase=replace(phase, items=tuple(one.item for one in written)),
            sections=sections,
            asked=asked,
            probes=tuple(one.probe for one in written if one.probe),
        )


def phase_over(
    fields: Fields, reading: Reading, known: Phase, *, filled_in: bool
) -> tuple[Phase, tuple[Asked, ...]]:
    """Read what can be written of a phase wherever it stands, and the sign-offs it asks for.

    known: the phase with its id and title; what a key that is missing leaves as it is; filled_in:
    as for `signoffs_of`.
    """
    phase = replace(
        known,
        at_ms=fields.may("at", launch_time_ms, known.at_ms),
        until_ms=fields.may("until", launch_time_ms, known.until_ms),
        priority=fields.may("priority", line, known.priority),
        declared_state=fields.may("state", line, known.declared_state),
    )
    if phase.at_ms is not None and phase.until_ms is not None and phase.until_ms <= phase.at_ms:
        place = fields.place_of("until" if "until" in fields else "at")
        reading.problems.add(place, "the phase ends before it begins: `until` comes after `at`")
    phase = fields.may("poll", poll_of(phase), phase)
    if phase.poll:
        reading.know("poll", phase.id, fields.place_of("poll"))
    return phase, fields.may("sign-off", signoffs_of(known.id, filled_in=filled_in), ())


def _section(phase: str) -> Reader[Section]:
    def section(node: Node, reading: Reading) -> Section:
        with Fields(node, reading) as fields:
            return Section(
                id=fields.must("id", given("section", within=phase), ""),
                title=fields.must("title", line, ""),
                phase=phase,
                line=node.place.line,
                declared_state=fields.may("state", line, None),
            )

    return section


def _refuse_too_many(phases: Listing, reading: Reading) -> None:
    counted = 0
    for phase in phases.entries:
        for items in lists_of_items(phase):
            counted += len(items.entries)
            if counted > MOST_ITEMS:
                reading.problems.add(items.place, f"more than {MOST_ITEMS:,} items")
                return
