"""How long reading takes: `python -m tests.bench.reading [RUNS [KIB]]`. Medians, by shape.

Each figure stands beside its reference, measured in turn with it: markdown-it-py parsing the same
text, without the tree, the places and everything that is found in them.
"""

import statistics
import sys
import time
from collections.abc import Callable
from random import Random

from markdown_it import MarkdownIt

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.load import read
from tests.checklist.corpus import DOCUMENTS, readable
from tests.checklist.generated import text_of_size, words

RUNS = 9
KIB = 1024


def corpus(size: int) -> str:
    """Return the tests' documents one behind the other, again and again; size: in bytes."""
    texts = [readable(path).replace("\r\n", "\n").replace("\r", "\n") for path in DOCUMENTS]
    # Without the front matter, which is none in the middle of a document.
    once = "\n\n".join(text for text in texts if not text.startswith("---"))
    return (once * (size // len(once.encode()) + 1)).encode()[:size].decode("utf-8", "ignore")


def shapes(size: int) -> dict[str, str]:
    """Return the documents by what they are, of so many bytes or, where told, so many things.

    Each seed is fixed, so that runs compare.
    """
    chance = Random(1)
    # 10,000, 2,000 and 3,000 at the default size.
    many, few, some = (count * size // (KIB * 1024) for count in (10_000, 2_000, 3_000))
    tasks = (f"- [{chance.choice(' x')}] {words(chance)}" for _ in range(many))
    rows = (f"| {number} | {words(chance)} | ☐ Pass ☐ Fail |" for number in range(few))
    fences = (f"## {number}\n\n```bash\n./step.sh \\\n  {number}\n```\n" for number in range(some))
    return {
        "the documents": corpus(size),
        "generated": text_of_size(chance, size),
        f"{many:,} tasks": "# T\n\n" + "\n".join(tasks),
        f"{few:,} table rows": "# T\n\n| # | Check | Result |\n|---|---|---|\n" + "\n".join(rows),
        f"{some:,} fences": "# T\n\n" + "\n".join(fences),
        "one paragraph": "# T\n\n" + "some words in one paragraph " * (size // 28),
    }


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return how long a piece of work takes."""
    began = time.perf_counter()
    work(text)
    return time.perf_counter() - began


def read_it(text: str) -> object:
    """Read a checklist from its bytes."""
    return read(source_from_bytes("plan.md", text.encode()))


def parse_it(text: str) -> object:
    """Parse a text with markdown-it-py, and do nothing with it."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def main(runs: int, size: int) -> int:
    """Print each figure and its ratio to the reference; return the exit status."""
    for name, text in shapes(size).items():
        pairs = [(seconds(read_it, text), seconds(parse_it, text)) for _ in range(runs)]
        own, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
        sys.stdout.write(
            f"{name:<22} {len(text.encode()) / 1024:6.0f} KiB   launchpad {own * 1000:6.0f} ms"
            f"   markdown-it-py {bare * 1000:6.0f} ms   {own / bare:4.2f}x\n"
        )
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    given = [int(figure) for figure in sys.argv[1:]]
    runs, kib = (*given, *(RUNS, KIB)[len(given) :])
    sys.exit(main(runs, kib * 1024))
