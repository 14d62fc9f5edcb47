"""Roles, who takes them, and whom to call."""

from launchpad.checklist.model import Contact, Crew, CrewMember, Role
from launchpad.checklist.native.fields import Fields, attempt, each, named_each, some
from launchpad.checklist.native.nodes import Node, Scalar
from launchpad.checklist.native.problems import Expected
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.values import given, line, scalar, used

_MOST_INITIALS = 8


def _role(key: Scalar, value: Node, reading: Reading) -> Role:
    name = attempt(given("role"), key, reading, key.text)
    return Role(name, line(value, reading), key.place.line)


roles = named_each(_role)


def crew(node: Node, reading: Reading) -> Crew:
    """Read who takes part, and who leads."""
    with Fields(node, reading) as fields:
        return Crew(
            lead=fields.must("lead", _lead, ""),
            people=fields.must("people", some(_member), ()),
        )


def _member(node: Node, reading: Reading) -> CrewMember:
    with Fields(node, reading) as fields:
        return CrewMember(
            initials=fields.must("initials", given("person", _initials), ""),
            name=fields.must("name", line, ""),
            roles=fields.may("roles", each(used("role")), ()),
            line=node.place.line,
        )


def _initials(node: Node, _reading: Reading) -> str:
    # Those that somebody can act under (`launch.person`), as they are recorded.
    text = scalar(node, "initials").text
    well_formed = text.isalnum() and text[0].isalpha() and text == text.upper()
    if not well_formed or len(text) > _MOST_INITIALS:
        raise Expected(
            node, "expected initials: 1 to 8 capital letters or digits, the first a letter"
        )
    return text


def _lead(node: Node, reading: Reading) -> str:
    reading.use(("person",), scalar(node, "initials").text, node.place)
    return _initials(node, reading)


def _contact(node: Node, reading: Reading) -> Contact:
    with Fields(node, reading) as fields:
        return Contact(
            role=fields.must("role", line, ""),
            name=fields.may("name", line, None),
            contact=fields.may("contact", line, None),
            line=node.place.line,
        )


contacts = each(_contact)
