"""Whatever a Markdown file holds: a checklist or a ChecklistError, soon, and in little memory."""

import random
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, is_dataclass
from multiprocessing import get_context
from os import environ
from pathlib import Path
from typing import Any

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.fill import fill
from launchpad.checklist.load import Document, load, read
from launchpad.checklist.model import Span
from launchpad.text.safe import one_line, safe
from tests.checklist.corpus import DOCUMENTS
from tests.checklist.mutations import LARGEST, PIECES, mutated

COUNT = int(environ.get("LAUNCHPAD_SOAK", "2000"))
BATCHES = 4
MOST_SECONDS = 2
MOST_KIB = 200 * 1024
# What starts a line that a recogniser looks at closely.
LEADS = (
    *("", "- [ ] ", "## ", "- ", "| a |\n|---|\n| ", "**", "Approved by: ", "## Rollback\n\n1. "),
    *("```bash\n", "## Environment variables\n\n- ", "## Success metrics\n\n- ", "(", "T-"),
    *("## Rollback triggers\n\n- ", "## Contacts\n\n- **", "Status: ☐ ", "- [ ] a\n  - Owner: "),
)


def opened(data: bytes) -> Document | None:
    """Read a document; None where it was refused in one line that names it."""
    try:
        source = source_from_bytes("plan.md", data)
        return Document(source, read(source))
    except ChecklistError as error:
        refused = error.message
    assert refused.startswith("plan.md")
    assert refused == one_line(refused)
    return None


def ids(document: Document) -> list[str]:
    return [item.id for item in document.checklist.items()]


def is_read_soon(data: bytes) -> Document | None:
    """Read a document, or have it refused; check what was read."""
    began = time.process_time()
    document = opened(data)
    took = time.process_time() - began
    assert took < MOST_SECONDS, f"{took} s"
    if document:
        holds(document)
    return document


def survives(data: bytes) -> None:
    """Read a document, export it with everything ticked, and read that."""
    document = is_read_soon(data)
    if document is None:
        return
    exported = fill(
        document.source,
        document.checklist,
        results=dict.fromkeys(ids(document), "passed"),
        blanks={},
        appendix="## Log\n\n- [x] no item\n",
    )
    again = opened(exported)
    assert again is not None
    assert ids(again) == ids(document)
    assert all(item.checked for item in again.checklist.items() if item.kind == "task")


def holds(document: Document) -> None:
    """Check what is promised of every checklist."""
    checklist, text = document.checklist, document.source.readable
    lines = text.count("\n") + text.count("\r") + 1
    for value in _values(checklist):
        if isinstance(value, str):
            assert safe(value) == value
        elif isinstance(value, Span):
            assert 0 <= value.start <= value.end <= len(text)
        elif is_dataclass(value):
            assert 1 <= getattr(value, "line", 1) <= getattr(value, "end_line", lines) <= lines
    rollback = checklist.rollback
    named: tuple[tuple[Any, ...], ...] = (
        tuple(checklist.items()),
        *(checklist.phases, checklist.sections, checklist.signoffs, checklist.snippets),
        *(
            checklist.roles,
            rollback.steps if rollback else (),
            rollback.triggers if rollback else (),
        ),
    )
    for group in named:
        assert len({one.id for one in group}) == len(group)
    for item in checklist.items():
        assert item.text == one_line(item.text)
        assert item.box is None or item.box.start < item.box.end
        if item.kind == "task":
            assert item.box
            box = text[item.box.start - 1 : item.box.end + 1]
            assert box in ({"[x]", "[X]"} if item.checked else {"[ ]"})


def _values(value: object) -> Iterator[object]:
    """Yield a value and all within it."""
    yield value
    if isinstance(value, tuple):
        for one in value:
            yield from _values(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _values(getattr(value, field.name))


def try_all(make: Callable[[int], bytes], check: Callable[[bytes], object], numbers: range) -> int:
    """Try documents by their numbers; return by how many KiB the process grew."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in numbers:
        try:
            check(make(number))
        except Exception as error:
            raise AssertionError(f"{make.__name__}({number}): {error!r}") from error
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


def in_a_process(
    make: Callable[[int], bytes], check: Callable[[bytes], object], numbers: range
) -> None:
    """Try documents where no other test has used memory before."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        assert process.submit(try_all, make, check, numbers).result() < MOST_KIB


def damaged(seed: int) -> bytes:
    """Return one of the documents, damaged."""
    return mutated(random.Random(seed), _documents())


def tower(number: int) -> bytes:
    """Return one thing, again and again, behind something that draws attention to it."""
    lead, piece = LEADS[number % len(LEADS)], PIECES[number // len(LEADS) % len(PIECES)]
    text = lead + piece * (LARGEST // len(piece))
    return text.encode("utf-8", "replace")[:LARGEST].decode("utf-8", "ignore").encode()


def _documents() -> list[bytes]:
    if not _READ:
        _READ.extend(path.read_bytes() for path in DOCUMENTS)
    return _READ


_READ: list[bytes] = []


@pytest.mark.soak
@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_damaged_document_is_read_or_refused(batch: int) -> None:
    in_a_process(damaged, survives, range(batch, COUNT, BATCHES))


@pytest.mark.thorough
@pytest.mark.soak
def test_a_tower_of_one_thing_is_read_or_refused() -> None:
    """By default every second thing, each behind another lead; in the soak each behind each."""
    every = len(LEADS) * len(PIECES)
    step = 1 if every * 10 < COUNT else 2 * len(LEADS) + 1
    in_a_process(tower, is_read_soon, range(0, every, step))


@pytest.mark.thorough
@pytest.mark.parametrize("number", ["01", "24", "23"])
def test_a_document_cut_off_anywhere_is_read_or_refused(number: str) -> None:
    """In the middle of a word, of a box, and of a character's bytes."""
    (path,) = (path for path in DOCUMENTS if path.name.startswith(number))
    data = path.read_bytes()
    for end in range(0, len(data), 13):
        survives(data[:end])


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", 0),
        (b"PK\x03\x04\x14\x00", 5),
        (b"- [ ] a\n- [ ] caf\xe9\n", 17),
        (b"\x1f\x8b\x08\x00", 1),
        (b"# \xed\xa0\x80 half a pair\n", 2),
        (b"\xff\xfe-\x00 \x00\x00\xd8 \x00", 6),
    ],
)
def test_what_is_no_text_is_refused_at_its_first_bad_byte(data: bytes, offset: int) -> None:
    with pytest.raises(ChecklistError, match=rf"^plan\.md: not text: .* at offset {offset}$"):
        source_from_bytes("plan.md", data)


def test_a_gigabyte_is_refused_without_being_read(tmp_path: Path) -> None:
    with (tmp_path / "large.md").open("wb") as file:
        file.truncate(1024**3)
    began = time.process_time()
    with pytest.raises(ChecklistError, match=r"large\.md: larger than"):
        load(tmp_path / "large.md")
    assert time.process_time() - began < MOST_SECONDS


@pytest.mark.parametrize("bullet", ["- ", "1. ", "> ", "- [ ] ", "> - "])
def test_ten_thousand_levels_are_refused(bullet: str) -> None:
    survives(bullet.encode() * 10_000 + b"- [ ] a\n")
