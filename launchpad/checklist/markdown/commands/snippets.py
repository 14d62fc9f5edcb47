"""The commands that a document shows for a person to copy, each with its line."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from launchpad.checklist.markdown.blocks import CODE, LISTS, Block
from launchpad.checklist.markdown.commands.expectations import find_expectation, may_expect
from launchpad.checklist.markdown.commands.lines import CommandLine, split_commands
from launchpad.checklist.markdown.commands.programs import is_command, is_powershell, shell_of_tag
from launchpad.checklist.markdown.commands.prompts import prompt, prompts_of
from launchpad.checklist.markdown.commands.settings import is_settings
from launchpad.checklist.markdown.prose import paragraph_lines
from launchpad.checklist.markdown.tree import Tree
from launchpad.checklist.model import ReadingWarning
from launchpad.text.safe import one_line, safe

_LONGEST = 300
_MOST_ENTRIES = 3
_UNREAD = "a prompt stands here, but not all beside it is a command: nothing is shown to copy"


@dataclass(frozen=True, slots=True)
class FoundSnippet:
    """A command that was found; its fields are those of `model.Snippet`.

    line and end_line: 1-based, inclusive; fence: the code block that it stands in.
    """

    line: int
    end_line: int
    text: str
    shell: str | None
    expected: str | None
    fence: Block


def find_snippets(tree: Tree) -> tuple[tuple[FoundSnippet, ...], tuple[ReadingWarning, ...]]:
    """Return the commands in document order, and a warning for code that only looks like some."""
    found: list[FoundSnippet] = []
    warnings: list[ReadingWarning] = []
    for fence in _code(tree):
        if _is_answer(fence):
            continue
        shell = shell_of_tag(fence.token.info)
        code = fence.token.content.removesuffix("\n")
        if shell is None or is_settings(code):
            continue
        commands = _commands(code, shell)
        if commands:
            found.extend(_snippets(fence, commands, shell))
        elif prompted := _first_prompt(code, shell):
            warnings.append(ReadingWarning(_first_line(fence) + prompted - 1, _UNREAD))
    return tuple(found), tuple(warnings)


def _code(tree: Tree) -> Iterator[Block]:
    """Yield the code blocks. A search by their lines takes less than a walk through all blocks."""
    for token in tree.tokens:
        if token.type in CODE and token.map:
            block = tree.root
            while block.children:
                index = bisect_right(block.children, token.map[0] + 1, key=_line)
                block = block.children[index - 1]
            yield block


def _line(block: Block) -> int:
    return block.line


def _commands(code: str, shell: str) -> tuple[CommandLine, ...]:
    """Return the commands of a fence; without a tag, or prompts in a session, only clear ones."""
    if shell and shell != "console":
        return split_commands(code, shell)
    session = split_commands(code, shell) if shell else ()
    if session:
        return session
    lines = code.split("\n")
    marks = prompts_of(lines, None)
    commands = split_commands(code, None)
    shown = [bool(prompt(lines[one.line], marks)) for one in commands]
    known = [is_command(one.text.partition("\n")[0]) for one in commands]
    # Where something stands without a prompt, a dollar may be a price's.
    alone = all(prompt(line, marks) or not line.strip() for line in lines)
    return commands if all(shown if alone else known) else ()


def _first_prompt(code: str, shell: str) -> int:
    """Return the line, from 1, of the first prompt in a fence without a tag, 0 without one."""
    lines = code.split("\n") if not shell else []
    marks = prompts_of(lines, None)
    return next((number for number, line in enumerate(lines, 1) if prompt(line, marks)), 0)


def _snippets(fence: Block, commands: Sequence[CommandLine], shell: str) -> Iterator[FoundSnippet]:
    first = _first_line(fence)
    around = None if all(one.expected for one in commands) else _expected_around(fence)
    for one in commands:
        line = first + one.line
        yield FoundSnippet(
            line=line,
            end_line=line + one.text.count("\n"),
            text=safe(one.text),
            shell=_shell(one.text, shell),
            expected=one_line(one.expected or around or "") or None,
            fence=fence,
        )


def _first_line(fence: Block) -> int:
    return fence.line + (fence.kind == "fence")


def _shell(command: str, shell: str) -> str | None:
    if shell in {"", "bash", "sh", "zsh", "console"} and is_powershell(command):
        return "powershell"
    return "sh" if shell == "console" else shell or None


def _expected_around(fence: Block) -> str | None:
    """Return what the paragraph or the entries right behind a fence, or before it, expect of it."""
    beside, place = fence.beside, fence.place
    for said, below in _remarks(beside[place + 1 : place + 3]):
        wanted = find_expectation(said)
        if wanted and wanted.alone:
            return wanted.text or _answer(below)
    # A remark between two fences is the first one's.
    if place == 0 or (place > 1 and beside[place - 2].kind in CODE):
        return None
    remarks = [find_expectation(said) for said, _ in _remarks(beside[place - 1 : place])]
    return next((one.text for one in remarks if one and one.alone and one.text), None)


def _remarks(blocks: Sequence[Block]) -> Iterator[tuple[str, Block | None]]:
    """Yield the lines of the first block, be it a paragraph or a list, with what is below each."""
    first, below = (*blocks, None, None)[:2]
    if first is None:
        return
    if first.kind in LISTS:
        for item in first.children[:_MOST_ENTRIES]:
            if item.said and item.box is None:
                yield from _remarks(item.children[:2])
    elif first.kind == "paragraph" and first.inline and may_expect(first.inline.content):
        for line in paragraph_lines(first.inline):
            yield line.text, below


def _answer(below: Block | None) -> str | None:
    text = one_line(below.token.content) if below and below.kind in CODE else ""
    return text if len(text) <= _LONGEST else None


def _is_answer(fence: Block) -> bool:
    """Tell what "Expected output:" announces from commands."""
    beside, place = fence.beside, fence.place
    before = beside[place - 1] if place else None
    if before is None or before.kind != "paragraph" or not before.text.endswith((":", "\uff1a")):
        return False
    wanted = None
    for said, _ in _remarks([before]):
        wanted = find_expectation(said)
    return wanted is not None and wanted.alone and not wanted.text
