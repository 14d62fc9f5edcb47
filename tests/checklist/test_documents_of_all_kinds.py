"""Promises that hold for any document, checked on documents nobody would write."""

import re
from dataclasses import replace

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.fill import fill
from launchpad.checklist.load import Document, read
from launchpad.checklist.model import Item, Result

# One line each between the bars.
LINES = st.sampled_from(
    """
- [ ] a¦- [x] **b**: c¦* [X] d¦+ [ ] `e¦1. [ ] f¦2) [x] g¦  - [ ] h¦      - [ ] i
\t- [ ] j¦> - [ ] k¦- plain¦  text¦    code¦text¦- [ ]¦-¦*¦_¦&amp; [x] \\¦<b>
Initials: ____ Date: ____¦  Approved by: \\_\\_\\_¦Date: __/__/____¦____¦- [ ] n ____
- CTO: ____ Signature: ___¦# H¦## H ____¦### **H**¦---¦===¦```¦~~~¦````¦  ```¦> ```
<!--¦-->¦<!-- - [ ] l -->¦<details>¦</details>¦<pre>¦<?php¦<!X¦<![CDATA[¦<div>¦> q
- > [ ] m¦[x]: /url¦[a]: <b¦| a | Date: ____ |¦|-|-|¦title: T¦- [ ]\t o¦\u2028¦\x0c
\u00a0- [ ] p¦\u2705 caf\u00e9¦- <!-- r¦<!-- launchpad: launch log -->¦- [ ] q [t][a] [/red]\x1b
""".strip("\n")
    .replace("\n", "¦")
    .split("¦")
)
# A run to write upon, a word in brackets that stands for it, or a table's empty cell.
BLANK = re.compile(r"[_\\/.\- ]*_|\[[^\[\]]+\]|[ \t]*")
LINE_ENDS = st.sampled_from(["\n", "\n", "\n", "\n\n", "\r\n", "\r"])


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """Draw the bytes of a document: lines that mean something, joined at random, some damaged."""
    lines = draw(st.lists(LINES | st.text(max_size=12), min_size=1, max_size=10))
    text = "".join(line + draw(LINE_ENDS) for line in lines)
    text = text if draw(st.booleans()) else text.rstrip("\r\n")
    codec = draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16", "cp1252", "mac_roman"]))
    data = text.encode("utf-8", "replace")
    if codec in {"cp1252", "mac_roman"}:
        return data.decode(codec, "replace").encode()
    return data.decode().encode(codec)


def opened(data: bytes) -> Document | None:
    """Read a document; None where it was refused in one line that names it."""
    try:
        source = source_from_bytes("plan.md", data)
        return Document(source, read(source))
    except ChecklistError as error:
        refused = str(error)
    assert refused.startswith("plan.md")
    assert refused.isprintable()
    return None


def told(item: Item, filled: Item) -> Item:
    """Return what must be as it was of an item that is filled in.

    Its words are, except where there was a blank in them; a section may have been its sign-off's.
    """
    bare = replace(filled, box=None, section=None)
    return replace(bare, text="", fields=()) if "__" in item.text else bare


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60) | documents())
@example("\u3000\nApproved by: ____".encode())
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes) -> None:
    document = opened(data)
    if document is None:
        return
    source, checklist = document.source, document.checklist
    lines = source.readable.count("\n") + source.readable.count("\r") + 1
    items = list(checklist.items())
    assert len({item.id for item in items}) == len(items)
    for item in items:
        assert 1 <= item.line <= item.end_line <= lines
        if item.kind == "task":
            assert item.box
            box = source.readable[item.box.start - 1 : item.box.end + 1]
            assert box == "[ ]" if not item.checked else box in {"[x]", "[X]"}
    for signoff in checklist.signoffs:
        for blank in signoff.blanks:
            assert BLANK.fullmatch(source.readable[blank.span.start : blank.span.end])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(documents(), st.data())
def test_an_export_reads_as_the_same_items_and_otherwise_the_same_bytes(
    data: bytes, choices: st.DataObject
) -> None:
    document = opened(data)
    if document is None:
        return
    source, checklist = document.source, document.checklist
    assert fill(source, checklist, results={}, blanks={}, appendix="") == data
    log = "## Log\n\n- [ ] no item \u2713\n\n---\n\n[a]: https://example.org\n"
    assert fill(source, checklist, results={}, blanks={}, appendix=log).startswith(data)

    items = list(checklist.items())
    ticked = {item.id: choices.draw(st.booleans()) for item in items}
    results: dict[str, Result | None] = {
        item_id: "passed" if done else None for item_id, done in ticked.items()
    }
    value = st.sampled_from(["AB", "*Zo\u00eb* _B_", "`<a>`", "____", "2026-01-01 10:00Z", ""])
    blanks = {
        signoff.id: {blank.kind: choices.draw(value) for blank in signoff.blanks}
        for signoff in checklist.signoffs
    }
    exported = fill(source, checklist, results=results, blanks=blanks, appendix=log)
    again = read(source_from_bytes(source.name, exported))
    assert [told(item, item) for item in items] == [
        told(item, replace(other, checked=item.checked))
        for item, other in zip(items, again.items(), strict=True)
    ]
    assert [item.checked for item in again.items()] == [
        ticked[item.id] if item.box else item.checked for item in items
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=8), st.sampled_from(["`````````", "~~~~~~~~~"]))
def test_nothing_in_a_fence_is_an_item(lines: list[str], fence: str) -> None:
    text = "\n".join([fence, *lines, fence, "- [ ] after"])
    document = opened(text.encode())
    assert document
    boxes = [item for item in document.checklist.items() if item.kind != "step"]
    assert [item.text for item in boxes] == ["after"]
    assert document.checklist.signoffs == ()
