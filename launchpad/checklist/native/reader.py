"""From a YAML document to a checklist, or to everything that is wrong with it."""

from collections.abc import Iterator
from dataclasses import replace

from launchpad.checklist.codeword import code_word
from launchpad.checklist.encoding import Source
from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.model import Checklist, Phase, ReadingWarning
from launchpad.checklist.native.document import document_over, version
from launchpad.checklist.native.fields import Fields
from launchpad.checklist.native.fragments import Fragment
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.phases import phases
from launchpad.checklist.native.problems import Enough
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.signoffs import signoffs
from launchpad.checklist.native.tree import tree
from launchpad.checklist.native.unwatched import unwatched
from launchpad.checklist.native.values import line

LARGEST = 1024 * 1024
"""The most bytes of UTF-8 that a YAML document may have."""


def read_yaml(source: Source) -> Checklist:
    """Return the checklist that a YAML document is.

    Raises a ChecklistError that tells everything that is wrong with it: a line each,
    `name:line:column: what was expected`.
    """
    text = source.readable
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise ChecklistError(f"{source.name}: larger than {LARGEST // 1024 // 1024} MiB")
    reading = Reading()
    checklist = None
    try:
        root = tree(Fragment(text), reading.problems)
        if root is not None:
            checklist = _checklist(root, source, reading)
            reading.settle_names()
    except Enough:
        pass
    reading.problems.settle(source.name)
    if checklist is None:
        raise ChecklistError(f"{source.name}: holds nothing but comments")
    return checklist


def _checklist(root: Node, source: Source, reading: Reading) -> Checklist:
    with Fields(root, reading) as fields:
        fields.must("launchpad", version, None)
        title = fields.must("title", line, "")
        written = fields.must("phases", phases, ())
        outline = tuple(one.phase for one in written)
        known = Checklist(
            title=title,
            format="yaml",
            code_word=code_word(title),
            damage=source.damage,
            phases=outline,
            sections=tuple(section for one in written for section in one.sections),
            signoffs=(),
            warnings=(),
        )
        checklist = document_over(fields, known)
    asked = tuple(signoff for one in written for signoff in one.asked)
    titles = {role.id: role.title for role in checklist.roles}
    whole = replace(
        checklist,
        signoffs=signoffs(asked, outline, titles),
        probes=(*checklist.probes, *(probe for one in written for probe in one.probes)),
    )
    warnings = (*_empty(outline), *unwatched(whole), *reading.warnings)
    return replace(whole, warnings=tuple(sorted(warnings, key=_line)))


def _empty(outline: tuple[Phase, ...]) -> Iterator[ReadingWarning]:
    if not any(phase.items for phase in outline):
        yield ReadingWarning(1, "no item found: a launch needs items in its phases")


def _line(warning: ReadingWarning) -> int:
    return warning.line
