"""A document with boxes filled in reads as the same items, every other byte as it was."""

from hypothesis import given, settings
from hypothesis import strategies as st

from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.model import Item, Result, Span
from tests.checklist.boxing import Boxed, boxed

RESULTS: tuple[Result | None, ...] = (
    None,
    "passed",
    "failed",
    "in-progress",
    "blocked",
    "not-applicable",
)


BLOCKS = st.sampled_from(
    [
        "- [ ] task\n- [X] **Second**: task\n  - \u2610 within\n",
        "- \u2b1c **Pool**: drained\n- \u2705 cache\n- \u274c queue\n- \u23f3 index\n",
        "1. \u2610 one\n2. \u2611 two\n",
        "> \u2b1c quoted\n> \u2b1c too\n",
        "\u25a1 line\n\u25a2 line\n",
        "[ ] bare\n[x] bare\n",
        "Status: \u2610 Not Started / \u2610 In Progress / \u2611 Complete\n",
        "**Decision**: \u2b1c GO / \u2b1c NO-GO\n",
        "Go?\n\u2610 Yes\n\u2610 No\n",
        "Result: [ ] Pass [x] Fail [ ] N/A\n",
        "- [ ] Restore: \u2610 Pass \u2610 Fail\n",
        "- \u2b1c Restore: \u2b1c Pass \u2b1c Fail\n",
        "**Team Present**: [ ] Data [x] Net\n",
        "Rooms: \u2b1c north \u2705 south\n",
        "|#|Task|R|\n|-|-|-|\n|1|**A**: a|\u2b1c OK \u2b1c Fail|\n|2|b|\u2b1c Pass \u2b1c NOK|\n",
        "|Task|Pass|Fail|\n|-|-|-|\n|one|[ ]|[ ]|\n|two|\u2b1c|\u2b1c|\n",
        "|Task|Status|\n|-|-|\n|one|Pending|\n|two|**Complete**|\n|three||\n|four|N/A|\n",
        "|Task|Status|\n|-|-|\n|one|\u2b1c Pending|\n|two|\u2705 Done|\n",
        "|Task|Status|\n|-|-|\n|one|\u2b1c|\n|two|\u2705|\n|three|\u274c|\n|four|\u23f3|\n",
        "|Task|Dev|Live|\n|-|-|-|\n|one \\| two|\u2b1c|\u2611|\n",
        "||Task|\n|-|-|\n|\u2b1c|one|\n|\u2b1c|two `\u2b1c`|\n",
        "- \u2705 Fast\n- \u274c Slow\n",
        "```\n- \u2b1c code\n```\n",
        "text `\u2b1c` and \u2705 text\n",
    ]
)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """Draw a document of boxes, in some encoding, with some line end, perhaps damaged."""
    text = "\n".join(draw(st.lists(BLOCKS, min_size=1, max_size=5)))
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    codec = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "mac_roman", "cp1252"]))
    if codec == "cp1252":
        # What this codec cannot carry is in no document that it damaged.
        text = text.translate({0x2610: "\u2b1c", 0x274C: "\u2716", 0x23F3: "\U0001f6a7"})
    if codec in {"cp1252", "mac_roman"}:
        return text.encode().decode(codec).encode()
    return text.encode(codec)


def boxes_of(item: Item) -> list[Span]:
    return [choice.box for choice in item.choices] or [item.box or Span(0, 0)]


def around(document: Boxed) -> list[str]:
    """Return what stands between the boxes."""
    text = document.source.readable
    spans = sorted((box.start, box.end) for item in document.items for box in boxes_of(item))
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    return [text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)]


def identity(document: Boxed) -> list[tuple[str, str, str, int, int]]:
    return [(item.id, item.text, item.kind, item.line, item.depth) for item in document.items]


def can_pass(item: Item) -> bool:
    return not item.choices or any(choice.result == "passed" for choice in item.choices)


@settings(max_examples=150, deadline=None)
@given(documents(), st.data())
def test_a_filled_document_reads_as_the_same_items_with_every_other_byte_unchanged(
    data: bytes, choices: st.DataObject
) -> None:
    try:
        document = boxed(data)
    except ChecklistError:
        return
    assert document.filled({}) == data
    results = {item.id: choices.draw(st.sampled_from(RESULTS)) for item in document.items}
    filled = document.filled(results)
    again = boxed(filled)
    assert identity(again) == identity(document)
    assert [item.checked for item in again.items] == [
        results[item.id] == "passed" and can_pass(item) for item in document.items
    ]
    assert around(again) == around(document)
    assert again.filled(results) == filled
