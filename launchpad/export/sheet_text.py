"""An emergency sheet as text of 80 columns, for a terminal, a printer or a fax."""

from collections.abc import Iterator

from rich.cells import cell_len

from launchpad.export.sheet_lines import Line, Part, Sheet

COLUMNS = 80
_INDENT, _DEEPEST = 2, 6
_PROMPT = "$ "
# Names of facts up to here stand in a column of their own.
_NAMES = 11
_LEGEND = (
    "A line that begins with ~ goes on with a command after one blank, one with + without any; "
    "the HTML sheet holds each command in one piece."
)


def text_sheet(sheet: Sheet, *, plain: bool = False) -> Iterator[str]:
    """Yield the lines of a sheet, none wider than COLUMNS cells.

    plain: in ASCII alone, with every other character as its backslash escape.
    """
    yield "=" * COLUMNS
    yield from wrapped(_written(sheet.title, plain=plain), COLUMNS)
    yield from wrapped(f"EMERGENCY SHEET - {sheet.kind}", COLUMNS)
    yield "=" * COLUMNS
    for part in sheet.parts:
        yield from _part(part, plain=plain)
    if any(_is_broken(line, plain=plain) for part in sheet.parts for line in part.lines):
        yield ""
        yield from wrapped(_LEGEND, COLUMNS)


def _part(part: Part, *, plain: bool) -> Iterator[str]:
    yield ""
    yield part.title.upper()
    yield "-" * len(part.title)
    for number, line in enumerate(part.lines):
        indent = _indent(line)
        text, name = _written(line.text, plain=plain), _written(line.name, plain=plain)
        match line.kind:
            case "command":
                yield from _command(text, indent)
            case "group":
                if number:
                    yield ""
                yield from _hanging(text, indent, indent)
            case "alert":
                yield from _hanging(text, f"{indent}!! ", f"{indent}   ")
            case "entry":
                mark = f"{indent}{name} " if name else indent
                yield from _hanging(text, mark, " " * min(cell_len(mark), COLUMNS // 3))
            case "fact":
                yield from _fact(name, text, indent)
            case "text":
                yield from _hanging(text, indent, indent)


def _indent(line: Line) -> str:
    return " " * (_INDENT * min(line.depth, _DEEPEST))


def _is_broken(line: Line, *, plain: bool) -> bool:
    """Say whether a command is wider than the page."""
    room = COLUMNS - len(_indent(line)) - len(_PROMPT)
    own = _written(line.text, plain=plain).split("\n")
    return line.kind == "command" and any(cell_len(each) > room for each in own)


def _written(text: str, *, plain: bool) -> str:
    flat = text.expandtabs(8)
    return flat.encode("ascii", "backslashreplace").decode("ascii") if plain else flat


def _fact(name: str, text: str, indent: str) -> Iterator[str]:
    if cell_len(name) > _NAMES:
        yield from _hanging(f"{name}: {text}", indent, f"{indent}  ")
        return
    column = f"{indent}{name}{' ' * (_NAMES - cell_len(name))} "
    yield from _hanging(text, column, " " * len(indent) + " " * (_NAMES + 1))


def _hanging(text: str, first: str, indent: str) -> Iterator[str]:
    """Yield a text behind what begins its first line, and its other lines behind an indent."""
    if cell_len(first) > COLUMNS // 2:
        # Somebody else's words have no bounds; they are wrapped like the rest.
        yield from _hanging(f"{first.strip()} {text}", indent, indent)
        return
    width = COLUMNS - max(cell_len(first), cell_len(indent))
    for number, said in enumerate(wrapped(text, width)):
        yield f"{indent if number else first}{said}".rstrip()


def _command(text: str, indent: str) -> Iterator[str]:
    width = COLUMNS - len(indent) - len(_PROMPT)
    for number, own in enumerate(text.split("\n")):
        lead = " " * len(_PROMPT) if number else _PROMPT
        for piece, joined in _pieces(own, width):
            yield f"{indent}{joined or lead}{piece}"


def _pieces(text: str, width: int) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a command's line, each with how it goes on from the one before it."""
    joined = ""
    while cell_len(text) > width:
        head = _fitting(text, width)
        at = head.rfind(" ")
        # A single blank between two words, that the mark stands for.
        if at > 0 and head[:at].strip() and text[at - 1] != " " and text[at + 1] != " ":
            yield text[:at], joined
            text, joined = text[at + 1 :], "~ "
        else:
            yield head, joined
            text, joined = text[len(head) :], "+ "
    yield text, joined


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yield a text of single blanks in lines of at most width cells, at least one line."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if cell_len(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        line = word
        while cell_len(line) > width:
            head = _fitting(line, width)
            yield head
            line = line[len(head) :]
    yield line


def _fitting(text: str, width: int) -> str:
    """Return the longest beginning of a text that fits, at least one character."""
    end = min(len(text), width)
    while end > 1 and cell_len(text[:end]) > width:
        end -= 1
    return text[:end]
