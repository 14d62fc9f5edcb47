"""The exported document: filled in where something was recorded, every other byte as it was."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.load import load, read
from launchpad.checklist.model import Checklist
from launchpad.export.markdown import markdown
from launchpad.launch.event import Event
from launchpad.launch.fold import fold
from launchpad.launch.intents import (
    AddNote,
    CloseLaunch,
    Intent,
    RecordResult,
    SignOffSlot,
    UndoRecord,
)
from launchpad.launch.kinds import Commit, encode
from launchpad.launch.kinds import SourceText as Kept
from launchpad.launch.person import Person
from tests.launch.making import ADA, CLEO, Told, opened

MARKER = b"<!-- launchpad: launch log -->"
SEEDS = Path(os.environ.get("LAUNCHPAD_SEEDS", Path(__file__).parents[3] / "shared" / "seeds"))

DOCUMENT = b"""\
# Storefront cutover\r
\r
## Database\r
\r
- [ ] **Migrations**: all are applied\r
- [X] **Bucket**: is private\r
- [ ] **Pooler**: answers\r
\r
**Initial**: ____ **Date**: ____\r
\r
## Cutover\r
\r
**Cutover Complete Time**: ____ **By**: ____\r
\r
**Launch Certified**: ____ **Date**: ____ **By**: ____"""


@dataclass
class Night:
    """A launch of a document in memory."""

    told: Told

    def tick(self, *items: str) -> None:
        for item in items:
            self.told.does(RecordResult(item, "passed", "", self.told.seen))

    def result(self, item: str, result: str, reason: str) -> None:
        self.told.does(RecordResult(item, result, reason, self.told.seen))  # type: ignore[arg-type]

    def sign(self, slot: str, by: Person = ADA, *, behalf: str | None = None) -> None:
        seen = self.told.seen
        self.told.does(SignOffSlot(slot, by.initials, "verified", behalf, seen), by)

    def does(self, intent: Intent, by: Person = ADA) -> None:
        self.told.does(intent, by)

    def exported(self) -> bytes:
        return b"".join(markdown(self.told.now, self.told.events))


def night(data: bytes, *, git: Commit | None = None) -> Night:
    """Open a launch of a document."""
    source = source_from_bytes("launch.md", data)
    checklist = read(source)
    told = Told(checklist)
    body = replace(
        opened(checklist),
        source=Kept(
            name=source.name, sha256=source.sha256, encoding=source.encoding, text=source.text
        ),
        git=git,
    )
    first: Event = replace(told.events[0], body=encode(body))
    told.events[0] = first
    told.state = fold(None, [first])
    return Night(told)


def changed(before: bytes, after: bytes) -> list[tuple[bytes, bytes]]:
    """Return the lines that differ, and demand that there are as many before as after."""
    lines = zip(before.split(b"\n"), after.split(b"\n"), strict=True)
    return [(one, other) for one, other in lines if one != other]


def test_boxes_and_blanks_say_what_was_recorded_and_nothing_else_changes() -> None:
    launch = night(DOCUMENT)
    launch.tick("migrations", "bucket", "pooler")
    launch.sign("database")
    launch.sign("cutover-complete", CLEO, behalf="Carol D")
    launch.sign("launch-certified", Person("EF"))
    document, _, _ = launch.exported().partition(MARKER)
    assert changed(DOCUMENT, document.rstrip(b"\r\n")) == [
        (b"- [ ] **Migrations**: all are applied\r", b"- [x] **Migrations**: all are applied\r"),
        (b"- [ ] **Pooler**: answers\r", b"- [x] **Pooler**: answers\r"),
        (b"**Initial**: ____ **Date**: ____\r", b"**Initial**: AB **Date**: 2026-01-01\r"),
        (
            b"**Cutover Complete Time**: ____ **By**: ____\r",
            b"**Cutover Complete Time**: 00:00Z **By**: CD for Carol D\r",
        ),
        (
            b"**Launch Certified**: ____ **Date**: ____ **By**: ____",
            b"**Launch Certified**: EF **Date**: 2026-01-01 **By**: EF",
        ),
    ]


def test_a_box_is_ticked_only_while_its_item_passed() -> None:
    launch = night(DOCUMENT)
    launch.result("bucket", "failed", "public again")
    launch.result("migrations", "not-applicable", "none this time")
    launch.tick("pooler")
    launch.does(UndoRecord(launch.told.seen))
    exported = launch.exported()
    assert b"- [ ] **Bucket**" in exported
    assert b"- [ ] **Migrations**" in exported
    assert b"- [ ] **Pooler**" in exported


def test_a_box_that_came_ticked_stays_and_is_called_unverified() -> None:
    exported = night(DOCUMENT).exported()
    assert b"- [X] **Bucket**" in exported
    assert b"| Bucket (bucket) | ticked in the document, unverified |" in exported


def appendix(launch: Night) -> str:
    return launch.exported().partition(MARKER)[2].decode()


def test_the_appendix_tells_the_launch_without_the_program() -> None:
    launch = night(DOCUMENT, git=Commit(id="c0ffee", modified=True))
    launch.tick("migrations", "bucket")
    launch.result("pooler", "failed", "6 of 7")
    launch.result("pooler", "passed", "after a restart")
    launch.sign("database")
    launch.result("pooler", "blocked", "gone again")
    launch.does(AddNote(None, "network is on the call"), CLEO)
    launch.does(AddNote("pooler", "since 02:00"))
    launch.does(CloseLaunch("rolled-back", "storefront"))
    told = appendix(launch)
    for line in (
        "## Launch log",
        "| Title | Storefront cutover |",
        "| Launch | a-launch |",
        "| Kind | live |",
        "| Closed | 2026-01-01 00:00Z by AB, rolled-back |",
        "| Program | launchpad 0 |",
        "| Git commit | c0ffee, and the file differed from it |",
        "| Pooler (pooler) | blocked | AB | 2026-01-01 00:00Z | gone again |",
        "| the launch | CD | 2026-01-01 00:00Z | network is on the call |",
        "| Pooler (pooler) | AB | 2026-01-01 00:00Z | since 02:00 |",
        "| 5 | 2026-01-01 00:00:05Z | AB | ticked pooler (was failed by AB): after a restart |",
    ):
        assert f"\r\n{line}\r\n" in told
    assert "| changed since signed: pooler |" in told
    assert f"SHA-256 {launch.told.now.opened.source.sha256} |" in told
    assert told.endswith(
        f"The log ends at event {launch.told.seen}, with the hash `hash-{launch.told.seen}`.\r\n"
    )


def test_nothing_that_was_written_breaks_out_of_the_appendix() -> None:
    launch = night(DOCUMENT)
    hostile = "- [ ] x | y\n- [ ] z `--> <!-- # h\n\n____ **Initial**: ____ <script> @all"
    launch.result("pooler", "failed", hostile)
    launch.does(AddNote(None, hostile), Person("AB", hostile, hostile))
    told = appendix(launch)
    assert "<script>" not in told
    assert "\n- [" not in told
    reread = read(source_from_bytes("launch.md", launch.exported()))
    assert [item.id for item in reread.items()] == ["migrations", "bucket", "pooler"]
    assert len(reread.signoffs) == len(launch.told.now.checklist.signoffs)


@pytest.fixture(params=["000", "001", "002", "003", "004"])
def seed(request: pytest.FixtureRequest) -> Path:
    """Find a document of a real team."""
    found = sorted(SEEDS.glob(f"{request.param}_*"))
    if not found:
        pytest.skip(f"seed document {request.param} is not in {SEEDS} (see LAUNCHPAD_SEEDS)")
    return found[0]


def items(checklist: Checklist) -> list[tuple[str, str, int, int]]:
    return [(item.id, item.text, item.line, item.depth) for item in checklist.items()]


def test_a_real_document_comes_back_filled_in_and_reads_the_same(
    seed: Path, tmp_path: Path
) -> None:
    data = seed.read_bytes()
    launch = night(data)
    checklist = launch.told.now.checklist
    launch.tick(*(item.id for item in checklist.items()))
    # No rollback began, so nobody signs that one is complete.
    owed = [slot for slot in checklist.signoffs if not slot.closes_rollback]
    for slot in owed:
        launch.sign(slot.id)
    out = tmp_path / "export.md"
    out.write_bytes(launch.exported())
    again = load(out).checklist
    assert items(again) == items(checklist)
    assert all(item.checked == bool(item.box) for item in again.items())
    document = out.read_bytes().partition(MARKER)[0]
    for one, other in changed(data.rstrip(b"\r\n"), document.rstrip(b"\r\n")):
        boxed = one.replace(b"[ ]", b"[x]") == other
        signed = b"___" in one and (b"AB" in other or b"2026-01-01" in other or b"Ada" in other)
        assert boxed or signed, (one, other)
    signed_blanks = sum(len(slot.blanks) for slot in owed)
    assert data.count(b"___") - document.count(b"___") >= signed_blanks


def test_a_real_document_with_nothing_recorded_is_untouched(seed: Path) -> None:
    data = seed.read_bytes()
    exported = night(data).exported()
    assert exported.startswith(data)
