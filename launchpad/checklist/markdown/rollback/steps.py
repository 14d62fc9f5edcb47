"""Which parts of a rollback's section are its steps, and what else stands there.

A section's steps are its numbered or timed headings, its ordered lists and its tasks; where it
has none of these, its plain bullets; where it has no list either, its fences, each one step. A
fence is never split: what has to be pasted together, a loop or a here-document, stays together.
"""

from collections.abc import Iterator, Sequence

from launchpad.checklist.markdown.blocks import CODE, LISTS, Block
from launchpad.checklist.markdown.prose import Line, Piece
from launchpad.checklist.markdown.rollback.drafts import (
    Draft,
    Found,
    draft,
    first_line,
    is_field,
    take_field,
)
from launchpad.checklist.markdown.rollback.parts import Part
from launchpad.checklist.markdown.rollback.words import ASIDES


def find_steps(parts: Sequence[Part]) -> Found:
    """Read the parts of a rollback's section; the first is its own heading's."""
    found = Found()
    holders = list(_holders(parts, found))
    strong = bool(found.steps) or any(
        _is_strong(block) for part in holders for block in part.blocks
    )
    rests = [_take_lists(part, parts[0].title, found, strong=strong) for part in holders]
    listed = bool(found.steps)
    for part, (took, rest) in zip(holders, rests, strict=True):
        # A fence beside other steps is a step where a heading of its own says what it is for.
        own = part.title and part.wording in {"other", "plan"}
        fenced = not took and (own or not listed)
        left = _take_fences(part, part.title or parts[0].title, rest, found) if fenced else rest
        _set_aside(part, left, found, titled=part is not parts[0])
        found.unread.extend(block.line for block in left if strong and _is_list(block))
    found.steps.sort(key=lambda step: step.line)
    found.aside.sort(key=_line_of)
    return found


def _holders(parts: Sequence[Part], found: Found) -> Iterator[Part]:
    """Yield the parts that may hold steps; read those that are a step, and those that hold none."""
    step: tuple[int, Draft] | None = None
    for part in parts:
        asides = part.wording in ASIDES
        if step and part.level > step[0] and not asides:
            step[1].body.extend([*_title(part), *part.blocks])
            continue
        step = None
        if part.wording == "step" and part is not parts[0]:
            step = part.level, Draft(part.title, part.label, part.line, list(part.blocks))
            found.steps.append(step[1])
        elif asides:
            _read_aside(part, found)
        else:
            yield part


def _take_lists(part: Part, title: str, found: Found, *, strong: bool) -> tuple[bool, list[Piece]]:
    """Take the steps from a part's lists; return whether it had any, and what is left of it."""
    steps: list[Draft] = []
    rest: list[Piece] = []
    between: list[Piece] = []
    last, broken = 0, False
    for block in part.blocks:
        if not isinstance(block, Block) or block.kind not in LISTS:
            if not isinstance(block, Line) or not take_field(block, block, found):
                between.append(block)
            continue
        if strong and not _is_strong(block):
            between.extend(_without_fields(block, found))
            continue
        start = int(block.token.attrs.get("start", 1)) if block.kind == "ordered_list" else 0
        if steps and last and start == last + 1:
            # The document forgot to indent what belongs to the step before it.
            steps[-1].body.extend(between)
            broken = True
        else:
            rest.extend(between)
        between = []
        last = start + len(block.children) - 1 if start else 0
        for item in block.children:
            plain = not start and item.box is None
            if not plain or not take_field(first_line(item), item, found):
                steps.append(draft(item, part.title or title))
    while broken and between and not isinstance(between[0], Line):
        steps[-1].body.append(between.pop(0))
    found.steps.extend(steps)
    return bool(steps), rest + between


def _without_fields(block: Block, found: Found) -> list[Piece]:
    """Return a list that is no step, or nothing where it only held fields, which are kept."""
    if not all(is_field(first_line(item)) for item in block.children):
        return [block]
    for item in block.children:
        take_field(first_line(item), item, found)
    return []


def _take_fences(part: Part, title: str, blocks: Sequence[Piece], found: Found) -> list[Piece]:
    """Take each fence as a step with what leads to it; return what is left."""
    before: list[Piece] = []
    step: Draft | None = None
    for block in blocks:
        if isinstance(block, Line) or block.kind not in CODE:
            before.append(block)
            continue
        lead = before[-1] if before else None
        if isinstance(lead, Line) and lead.text.endswith(":"):
            step = Draft(lead.text.rstrip(": "), lead.label, lead.line, [*before[:-1], block])
        else:
            step = Draft(title, part.label, block.line, [*before, block])
        found.steps.append(step)
        before = []
    if step is None:
        return before
    step.body.extend(before)
    return []


def _read_aside(part: Part, found: Found) -> None:
    """Keep a part without steps, as the authority where it is no more than some lines of that."""
    if part.wording == "authority" and not found.authority:
        found.authority = "; ".join(_texts(part.blocks))
        if all(isinstance(block, Line) for block in part.blocks):
            return
    _set_aside(part, part.blocks, found)


def _set_aside(part: Part, blocks: Sequence[Piece], found: Found, *, titled: bool = True) -> None:
    if blocks and titled:
        found.aside.extend(_title(part))
    found.aside.extend(blocks)


def _title(part: Part) -> list[Line]:
    if not part.title:
        return []
    return [Line(part.title, part.label, bold=True, line=part.line, blank=False)]


def _is_list(block: Piece) -> bool:
    return isinstance(block, Block) and block.kind in LISTS


def _is_strong(block: Piece) -> bool:
    """Tell a list whose order or boxes say that it is to be worked through."""
    if isinstance(block, Line) or block.kind not in LISTS:
        return False
    return block.kind == "ordered_list" or any(item.box is not None for item in block.children)


def _texts(blocks: Sequence[Piece]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        elif block.kind in LISTS:
            yield from (line.text for line in map(first_line, block.children) if line)


def _line_of(piece: Piece) -> int:
    return piece.line
