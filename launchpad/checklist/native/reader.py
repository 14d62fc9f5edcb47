"""From a YAML document to a checklist, or to everything that is wrong with it."""

from collections.abc import Iterator

from launchpad.checklist.codeword import code_word
from launchpad.checklist.encoding import Source
from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.model import Checklist, Phase, ReadingWarning, Rollback
from launchpad.checklist.native.fields import Fields
from launchpad.checklist.native.inputs import secrets, variables, without_password
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.people import crew, roles
from launchpad.checklist.native.phases import phases, signoffs
from launchpad.checklist.native.probes import probes
from launchpad.checklist.native.problems import Enough, Expected
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.rollback import rollback
from launchpad.checklist.native.tree import tree
from launchpad.checklist.native.values import line, scalar

LARGEST = 1024 * 1024
"""The most bytes of UTF-8 that a YAML document may have."""

_VERSION = "1"
_LATER = ("window", "baseline", "messages")


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
        root = tree(text, reading.problems)
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
    with Fields(root, reading, _LATER) as fields:
        fields.must("launchpad", _version, None)
        title = fields.must("title", line, "")
        known_roles = fields.may("roles", roles, ())
        written = fields.must("phases", phases, ())
        inline = tuple(probe for phase in written for probe in phase.probes)
        back = fields.may("rollback", rollback, None)
        outline = tuple(one.phase for one in written)
        return Checklist(
            title=title,
            format="yaml",
            code_word=fields.may("code-word", _code_word, code_word(title)),
            damage=source.damage,
            phases=outline,
            sections=(),
            signoffs=signoffs(written, {role.id: role.title for role in known_roles}),
            warnings=(*_empty(outline), *_over_budget(back)),
            log=fields.may("log", without_password, None),
            vars=fields.may("vars", variables, ()),
            secrets=fields.may("secrets", secrets, ()),
            roles=known_roles,
            crew=fields.may("crew", crew, None),
            probes=(*fields.may("probes", probes, ()), *inline),
            rollback=back,
        )


def _version(node: Node, _reading: Reading) -> None:
    if scalar(node, _VERSION).text != _VERSION:
        raise Expected(node, f"expected {_VERSION}, the version of the format that is read here")


def _code_word(node: Node, _reading: Reading) -> str:
    text = scalar(node, "a word").text
    if code_word(text) != text:
        raise Expected(node, "expected one word of 3 to 16 characters, a to z and digits")
    return text


def _empty(outline: tuple[Phase, ...]) -> Iterator[ReadingWarning]:
    if not any(phase.items for phase in outline):
        yield ReadingWarning(1, "no item found: a launch needs items in its phases")


def _over_budget(back: Rollback | None) -> Iterator[ReadingWarning]:
    if back is None or back.budget_ms is None:
        return
    expected_ms = sum(step.expected_ms or 0 for step in back.steps)
    if expected_ms > back.budget_ms:
        yield ReadingWarning(
            back.line,
            f"the rollback's steps are expected to take {expected_ms / 1000:g} s, "
            f"more than its budget of {back.budget_ms / 1000:g} s",
        )
