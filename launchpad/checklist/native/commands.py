"""Commands: words without a shell, or a text for one."""

from launchpad.checklist.model import Command
from launchpad.checklist.native.fields import Fields, each, some
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.problems import Expected
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.references import REFERENCE, shell, word
from launchpad.checklist.native.values import used


def words(node: Node, reading: Reading) -> tuple[str, ...]:
    """Read the words of a command; the first is the program."""
    read = some(word)(node, reading)
    if read and (not read[0].strip() or REFERENCE.search(read[0])):
        # What is run is what was trusted: a path in a variable could be anything.
        raise Expected(node, "the first word is the program itself: neither empty nor a variable")
    return read


def command(node: Node, reading: Reading) -> Command:
    """Read `exec` (a list of words) or `shell` (a text for `sh -c`), with the secrets it gets."""
    with Fields(node, reading) as fields:
        fields.one_of(("exec", "shell"), "a command")
        return Command(
            line=node.place.line,
            argv=fields.may("exec", words, ()),
            shell=fields.may("shell", shell, None),
            secrets=fields.may("secrets", each(used("secret")), ()),
        )
