"""Phases with their progress: a list beside the items, or a strip above them."""

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content

from launchpad.checklist.durations import launch_time
from launchpad.checklist.model import Phase
from launchpad.console.fitting import fit, fit_content
from launchpad.console.ink import Ink
from launchpad.launch.state import LaunchState

_SHORT = 12
# A title that says its time of the launch already.
_TIMED = re.compile(r"\bT ?[-+\u2212\u2013]? ?\d")


def mark(state: LaunchState, phase: Phase, ink: Ink) -> tuple[str, str]:
    """Return a phase's glyph and its style: red, done, under way or untouched."""
    progress = state.progress(phase)
    if progress.failed or state.red_probes(phase):
        return ink.bad, "bold $text-error"
    owed = progress.items + progress.signoffs
    if owed and progress.done + progress.signed == owed:
        return ink.done, "$text-success"
    if progress.done or progress.signed:
        return ink.here, "$text-accent"
    return ink.untouched, "$foreground-muted"


def phase_line(state: LaunchState, number: int, phase: Phase, width: int, ink: Ink) -> Content:
    """Return a phase in the list: number, glyph, title, how many items are done, signed or not."""
    progress = state.progress(phase)
    glyph, style = mark(state, phase, ink)
    count = f"{progress.done}/{progress.items}"
    if progress.signoffs:
        count += " S" if progress.signed == progress.signoffs else " -"
    title = _timed(ink.line(phase.title), phase, width - 5 - len(count) - 1, ink)
    return Content.assemble(f"{number:>2} ", (glyph, style), f" {title} ", (count, style))


def phase_title(
    state: LaunchState, number: int, phase: Phase, width: int, ink: Ink, due: str | None = None
) -> Content:
    """Return the line above a phase's items: title, progress, what is red, signed or not.

    due: when it begins, by the launch's clock; not said of what is done.
    """
    progress = state.progress(phase)
    counts = [f"{progress.done} of {progress.items}"]
    if progress.failed:
        counts.append(f"{progress.failed} FAILED")
    red = state.red_probes(phase)
    if red:
        counts.append("1 probe RED" if red == 1 else f"{red} probes RED")
    if progress.from_document:
        counts.append(f"{progress.from_document} unverified")
    if progress.signoffs:
        signed = progress.signed == progress.signoffs
        counts.append("signed" if signed else f"{progress.signed} of {progress.signoffs} signed")
    tail = "   ".join(counts)
    due = due if progress.done < progress.items else None
    about = "".join(f"  {ink.line(one)}" for one in (*_said(phase), due) if one)
    title = f" {number} {ink.line(phase.title)}"
    # What the document says about it gives way to its title.
    room = width - len(tail) - 2
    head = fit(title if cell_len(title + about) > room else title + about, room, ink.cut)
    style = "bold $text-error" if progress.failed or red else "bold"
    return Content.assemble((head, "bold"), " ", (tail, style), " ")


def _timed(title: str, phase: Phase, width: int, ink: Ink) -> str:
    """Return a title with the phase's time, where both have room in width cells."""
    at = "" if phase.at_ms is None or _TIMED.search(phase.title) else f" {launch_time(phase.at_ms)}"
    if not at or cell_len(title) + len(at) > width:
        return fit(title, width, ink.cut)
    return fit(title, width - len(at), ink.cut) + at


def _said(phase: Phase) -> Iterator[str]:
    """Yield what the document says about a phase that is not in its title already."""
    if phase.at_ms is not None and not _TIMED.search(phase.title):
        yield launch_time(phase.at_ms)
    if phase.declared_state:
        yield f"document: {phase.declared_state}"


def strip(
    state: LaunchState, phases: Sequence[Phase], current: int, width: int, ink: Ink
) -> Content:
    """Return the phases on one line of width cells.

    It always shows the current phase, the first red one and the next one; the others join, from
    the current outwards, while there is room.
    """
    cells = [_cell(state, number, phase, ink) for number, phase in enumerate(phases)]
    red = next(
        (
            n
            for n, phase in enumerate(phases)
            if state.progress(phase).failed or state.red_probes(phase)
        ),
        current,
    )
    kept = {current, red, min(current + 1, len(phases) - 1)}
    for distance in range(1, len(phases)):
        for number in (current + distance, current - distance):
            trial = kept | {number}
            if 0 <= number < len(phases) and _strip_width(cells, trial) <= width - 2:
                kept = trial
    parts: list[Content | str | tuple[str, str]] = [ink.before if 0 not in kept else " "]
    before = None
    for number in sorted(kept):
        if before is not None:
            parts.append(" " if number == before + 1 else f" {ink.cut} ")
        text, style = cells[number]
        parts.append((text, f"reverse {style}" if number == current else style))
        before = number
    if len(phases) - 1 not in kept:
        parts.append(ink.more)
    return fit_content(Content.assemble(*parts), width, ink.cut)


def _cell(state: LaunchState, number: int, phase: Phase, ink: Ink) -> tuple[str, str]:
    glyph, style = mark(state, phase, ink)
    title = ink.line(phase.title)
    short = fit(title, _SHORT, ink.cut).rstrip() if cell_len(title) > _SHORT else title
    return f"{number + 1}{glyph}{short}", style


def _strip_width(cells: Sequence[tuple[str, str]], kept: set[int]) -> int:
    gaps = sum(3 if number - 1 not in kept else 1 for number in kept)
    return sum(cell_len(cells[number][0]) for number in kept) + gaps
