"""Native parts of a Markdown document: what a team adds to the list that it has.

They are read with the native format's own readers, over what the document itself says: a key that
is missing leaves that as it is. All parts of a document share one reading, so that each may name
what another gives, or the document itself, and all their problems are told at once.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from launchpad.checklist.model import Checklist, Item, Phase, Probe, ReadingWarning, Rollback
from launchpad.checklist.native.document import VERSION, document_over
from launchpad.checklist.native.fields import Fields, attempt
from launchpad.checklist.native.fragments import Fragment
from launchpad.checklist.native.items import item_over
from launchpad.checklist.native.nodes import Node, Place, Scalar
from launchpad.checklist.native.phases import phase_over
from launchpad.checklist.native.problems import Enough
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.rollback import rollback_over
from launchpad.checklist.native.signoffs import Asked, signoffs
from launchpad.checklist.native.tree import tree
from launchpad.checklist.native.unwatched import unwatched
from launchpad.checklist.native.values import identifier

LARGEST = 1024 * 1024
"""The most characters that the parts of a document may have together."""

T = TypeVar("T")

_ROLLBACK = "the rollback"


class Parts:
    """The native parts of one document. Nothing they give holds before `settle` returned."""

    def __init__(self, name: str) -> None:
        """Begin with none. name: the document's, for problems."""
        self._name = name
        self._reading = Reading()
        self._characters = 0
        self._ended = False
        self._begun: dict[str, Place] = {}
        self._asked: list[Asked] = []
        self._probes: list[Probe] = []

    def item(self, fragment: Fragment, known: Item) -> Item:
        """Read the part under an item: every key of one but what its line says and where it lies.

        Those are `text`, `checked`, `kind`, `section` and `items`. An `id` takes the place of the
        one that was made, also wherever it is used.
        """

        def item(node: Node, reading: Reading) -> Item:
            with Fields(node, reading) as fields:
                named = replace(known, id=fields.may("id", identifier, known.id))
                written = item_over(fields, named)
            if written.probe:
                self._probes.append(written.probe)
            return written.item

        return self._read(fragment, item, known, f"the item on line {known.line}")

    def phase(self, fragment: Fragment, known: Phase) -> Phase:
        """Read the part under a phase's heading: every key but `title`, `items` and `sections`.

        An `id` takes the place of the one that was made, also wherever it is used. The sign-offs
        are added by `settle`; their entries have no `fields`, since the document has no blank.
        """

        def phase(node: Node, reading: Reading) -> Phase:
            with Fields(node, reading) as fields:
                named = replace(known, id=fields.may("id", identifier, known.id))
                written, asked = phase_over(fields, reading, named, filled_in=False)
            self._asked.extend(asked)
            return written

        return self._read(fragment, phase, known, f"the phase on line {known.line}")

    def rollback(self, fragment: Fragment, known: Rollback) -> Rollback:
        """Read the part under a rollback's heading. known: without steps where none were found."""
        return self._read(fragment, rollback_over(known), known, _ROLLBACK)

    def document(self, fragment: Fragment, known: Checklist) -> Checklist:
        """Read the `launchpad` key of front matter (see `launchpad_keys`).

        It takes every key at the top of a native checklist but `title` and `phases`; or it is the
        version of the format, and nothing else.
        """

        def keys(node: Node, reading: Reading) -> Checklist:
            if isinstance(node, Scalar) and node.text == VERSION:
                return known
            with Fields(node, reading) as fields:
                if "rollback" in fields:
                    self._begin(_ROLLBACK, fields.place_of("rollback"))
                return document_over(fields, known)

        def document(node: Node, reading: Reading) -> Checklist:
            with Fields(node, reading) as fields:
                return fields.must("launchpad", keys, known)

        return self._read(fragment, document, known, "the front matter")

    def misplaced(self, fragment: Fragment) -> None:
        """Tell of a part that stands under nothing that it could speak of."""
        place = fragment.place(0, 0)
        try:
            self._begin(f"the part on line {fragment.line}", place)
            told = "this native part stands under no item, phase or rollback"
            self._reading.problems.add(place, told)
        except Enough:
            self._ended = True

    def settle(self, checklist: Checklist) -> Checklist:
        """Return the document's checklist with what its parts give beside their items and phases.

        checklist: made of the items, phases, rollback and values that were returned here. Raises a
        ChecklistError that tells everything that is wrong with the parts, as `read_yaml` does.
        """
        if not self._begun:
            return checklist
        try:
            if not self._ended:
                self._give_names(checklist)
                self._reading.settle_names()
        except Enough:
            pass
        self._reading.problems.settle(self._name)
        titles = {role.id: role.title for role in checklist.roles}
        taken = [signoff.id for signoff in checklist.signoffs]
        asked = signoffs(self._asked, checklist.phases, titles, taken)
        whole = replace(
            checklist,
            signoffs=tuple(sorted((*checklist.signoffs, *asked), key=lambda one: one.line)),
            probes=(*checklist.probes, *self._probes),
        )
        warnings = (*checklist.warnings, *unwatched(whole), *self._reading.warnings)
        return replace(whole, warnings=tuple(sorted(warnings, key=_line)))

    def _read(
        self,
        fragment: Fragment,
        read: Callable[[Node, Reading], T],
        known: T,
        of: str,
    ) -> T:
        """Return what a fragment says, which is what is known where it cannot be read.

        of: what it speaks of, which no other fragment may.
        """
        if self._ended:
            return known
        try:
            self._begin(of, fragment.place(0, 0))
            self._weigh(fragment)
            root = tree(fragment, self._reading.problems)
            return known if root is None else attempt(read, root, self._reading, known)
        except Enough:
            self._ended = True
            return known

    def _weigh(self, fragment: Fragment) -> None:
        self._characters += len(fragment.text)
        if self._characters > LARGEST:
            place = fragment.place(0, 0)
            self._reading.problems.add(place, "native parts of more than 1 MiB together")
            raise Enough

    def _begin(self, of: str, place: Place) -> None:
        before = self._begun.setdefault(of, place)
        if before != place:
            told = f"{of} has keys already, on line {before.line}: write them together"
            self._reading.problems.add(place, told)

    def _give_names(self, checklist: Checklist) -> None:
        reading = self._reading
        for phase in checklist.phases:
            reading.give("phase", phase.id, Place(phase.line, 1))
            for item in phase.items:
                reading.give("item", item.id, Place(item.line, 1), within=phase.id)
        for signoff in checklist.signoffs:
            reading.give("sign-off", signoff.id, Place(signoff.line, 1))
        for role in checklist.roles:
            reading.know("role", role.id, Place(role.line, 1))
        for snippet in checklist.snippets:
            reading.know("snippet", snippet.id, Place(snippet.line, 1))


def _line(warning: ReadingWarning) -> int:
    return warning.line
