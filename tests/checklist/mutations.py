"""What hurried editing, bad transport and bad luck do to a document."""

from collections.abc import Callable, Sequence
from random import Random

LARGEST = 64 * 1024
"""The most bytes of a damaged document."""

# What Markdown, the recognisers or a terminal give a meaning to.
PIECES = (
    *("- [ ] ", "- [x] a\n", "\n", "\n\n", "    ", "\t", "> ", "# ", "---\n", "===\n", "1. ", "* "),
    *(
        "```\n",
        "~~~\n",
        "<!--",
        "-->",
        "<details>\n",
        "</",
        "<",
        "&amp;",
        "\\",
        "`",
        "*",
        "**",
        "_",
    ),
    *(
        "[",
        "]",
        "[a](",
        "[a]: b\n",
        "![",
        "| ",
        "|---|\n",
        "|a|b|\n|-|-|\n",
        "~~",
        "www.",
        "http://",
    ),
    *("☐ ", "☑ ", "⬜", "✅ ", "☐ Pass ☐ Fail ", "[ ] a ", "[x] ", "/ ☐ GO "),
    *("____ ", "Date: ____ ", "[Name] ", "By: ", "Approved by: ____\n", "CTO: ___ ", "\\_"),
    *("T-30 min ", "T-", "(2 minutes) ", "(", "within 4 hours ", "1h ", "> 5 % ", "<200ms ", "≤ "),
    *("$ ", "a \\\n", "<<EOF\n", "# Expected: ", "export A=b\n", "`VAR` ", "VAR_A", "**K**: ", "="),
    *("Owner: ", "Rollback ", "## Rollback\n", "{{x}}", "[/foo]", "[bold red]", "a", "1", " ", ":"),
    *("\x00", "\x07", "\x1b[2J", "\x0c", "\x0b", "\x85", "\u2028", "\u202e", "\u2066", "\ufeff"),
    *("\u200b", "\u0301", "\U0001f469\u200d\U0001f33e", "é", "ß", "שלום", "\ud800", "\U000e0041"),
    *("---\ntitle: x\n---\n", "<!-- launchpad: launch log -->\n", "\r", "\r\n"),
)

# How often what swells fills a whole document: most of the time is spent on those.
_LARGE = 0.02

_Mutation = Callable[[str, Random], str]


def mutated(chance: Random, documents: Sequence[bytes]) -> bytes:
    """Return one of the documents, damaged several times over, of at most `LARGEST` bytes."""
    data = chance.choice(documents)
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    text = data.decode("utf-16" if wide else "utf-8")
    for _ in range(chance.randint(1, 8)):
        text = chance.choice(_OF_TEXT)(text, chance)
    # A surrogate alone is written as it is: some programs do.
    if wide or chance.random() < 0.02:
        data = b"\xff\xfe" + text.encode("utf-16-le", "surrogatepass")
    else:
        data = text.encode("utf-8", chance.choice(("surrogatepass", "replace", "replace")))
    data = data[:LARGEST]
    return _flipped(data, chance) if chance.random() < 0.1 else data


def _flipped(data: bytes, chance: Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def _cut(text: str, chance: Random) -> str:
    return text[: chance.randrange(len(text)) + 1]


def _removed(text: str, chance: Random) -> str:
    start = chance.randrange(len(text))
    return text[:start] + text[start + chance.choice((1, 1, 5, 40, 400)) :] or "x"


def _inserted(text: str, chance: Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(PIECES) * chance.choice((1, 1, 1, 2, 20)) + text[place:]


def _swollen(text: str, chance: Random) -> str:
    place, piece = chance.randrange(len(text) + 1), chance.choice(PIECES)
    times = LARGEST // len(piece) if chance.random() < _LARGE else chance.choice((20, 100, 500))
    return text[:place] + piece * times + text[place:]


def _of_lines(change: Callable[[list[str], Random], None]) -> _Mutation:
    def mutation(text: str, chance: Random) -> str:
        lines = text.splitlines(keepends=True) or [text]
        change(lines, chance)
        return "".join(lines) or "x"

    return mutation


def _swap(lines: list[str], chance: Random) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _double(lines: list[str], chance: Random) -> None:
    place = chance.randrange(len(lines))
    lines[place : place + 1] = [lines[place]] * chance.choice((2, 2, 3, 50))


def _indent(lines: list[str], chance: Random) -> None:
    start = chance.randrange(len(lines))
    for place in range(start, min(len(lines), start + chance.choice((1, 1, 3, 10)))):
        lines[place] = chance.choice((" ", "  ", "    ", "\t", "> ", " " * 50)) + lines[place]


def _stairs(lines: list[str], chance: Random) -> None:
    """Indent each line more than the one before it."""
    start = chance.randrange(len(lines))
    for depth, place in enumerate(range(start, min(len(lines), start + 40))):
        lines[place] = "  " * depth + lines[place]


def _joined(lines: list[str], chance: Random) -> None:
    place = chance.randrange(len(lines))
    lines[place] = lines[place].rstrip("\r\n")


_OF_TEXT: tuple[_Mutation, ...] = (
    *(_inserted,) * 6,
    *(_removed,) * 2,
    _cut,
    *(_of_lines(change) for change in (_swap, _swap, _double, _indent, _indent, _stairs, _joined)),
    _swollen,
)
