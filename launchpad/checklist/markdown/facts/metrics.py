"""The figures a document wants to be watched, with what they have to be."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from launchpad.checklist.markdown.blocks import LISTS, Block
from launchpad.checklist.markdown.facts.captions import Captioned, entries
from launchpad.checklist.markdown.facts.thresholds import Threshold, read_threshold
from launchpad.checklist.markdown.labels import bare
from launchpad.checklist.markdown.prose import paragraph_lines
from launchpad.checklist.markdown.rollback.words import speaks_of_rollback
from launchpad.checklist.markdown.tables import Table
from launchpad.checklist.model import Metric, ReadingWarning

_LONGEST_TITLE = 120
# The title itself, and two between it and the list.
_REACH = 3
_KEY = (
    r"(?:alert(?:ing)?|availability|business|capacity|kpi|latency|launch|load|metric|monitoring|"
    r"performance|quality|reliability|response time|service|slo|success|technical|uptime|user)"
)
_LED = r"(?:.{0,60}[\s/&:])?"
_TITLE = re.compile(
    rf"{_LED}(?:metrics|kpis?|slos?|slis?|slas?|thresholds|key performance indicators?)|targets|"
    rf"{_LED}{_KEY} (?:budgets?|benchmarks?|goals?|limits?|objectives?|targets?)|"
    rf"{_LED}service[- ]level (?:objectives?|indicators?|agreements?|targets?)|"
    rf"{_LED}(?:metrics|kpis?|slos?|thresholds|targets) "
    r"(?:for|to|after|during|in|on|by) .{1,60}|"
    r"(?:erfolgs|leistungs)?(?:kennzahlen|metriken)|zielwerte|schwell(?:en)?werte|"
    r"indicateurs(?: .{1,60})?|m[\u00e9e]tri(?:ques|cas)(?: .{1,60})?|"
    r"indicadores(?: .{1,60})?|metriche(?: .{1,60})?|"
    r"(?:\u6210\u529f)?(?:\u6307\u6a19|\u6307\u6807)|\u76ee\u6a19\u5024|\u76ee\u6807\u503c|"
    r"\u95be\u5024"
)
_OTHER = re.compile(
    r"\b(?:abort|contacts?|examples?|notes?|references?|resources|see also|stop|triggers?|"
    r"no[- ]go|when to|how to)\b"
)
_NAME_HEAD = re.compile(
    r"(?:(?:key|success|performance|business) )?"
    r"(?:metrics?|kpis?|slis?|slos?|indicators?|measures?|figures?|kennzahl|m\u00e9trique|"
    r"m[\u00e9e]trica|indicador|indicateur|\u6307\u6a19|\u6307\u6807)(?: names?)?"
)
_AIM_HEAD = re.compile(
    r"(?:(?:alert|success|launch|performance|acceptable) )?(?:targets?|thresholds?|goals?|"
    r"objectives?|limits?|slos?|slas?|requirements?|criteria|zielwert|ziel|schwellwert|cible|"
    r"seuil|objectif|objetivo|umbral|\u76ee\u6a19|\u76ee\u6807|\u95be\u5024)(?: values?)?"
)
# A figure, and not the digit of a name such as p95 or IPv4.
_HAS_FIGURE = re.compile(r"(?<![\w.])[$\u20ac\xa3\xa5<>\u2264\u2265~]?\d")
_BOX = re.compile(r"[\u2610-\u2612\u2b1b\u2b1c\u25a1\u25a2]|\[[ xX]\]")


@dataclass(slots=True)
class _Found:
    metrics: list[Metric] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    doubts: list[ReadingWarning] = field(default_factory=list)

    def take(self, threshold: Threshold, line: int) -> None:
        self.metrics.append(Metric(*threshold, line))
        self.lines.add(line)


def find_metrics(
    parts: Iterable[Captioned], tables: Sequence[Table]
) -> tuple[tuple[Metric, ...], frozenset[int], tuple[ReadingWarning, ...]]:
    """Return the metrics, the 1-based lines they stand on, and what looks like one and is none.

    parts, tables: the document's. They are looked for under headings that speak of metrics or
    targets, and in tables with a column for each; not where a document speaks of rolling back,
    for those are its triggers.
    """
    found = _Found()
    by_block = {id(table.block): table for table in tables}
    for captioned in parts:
        block = captioned.block
        table = by_block.get(id(block))
        announced = _speaks_of_metrics(captioned.titles)
        if not (table or announced) or any(map(speaks_of_rollback, captioned.titles)):
            continue
        if table:
            _in_table(found, table, captioned.titles)
        elif block.kind in LISTS:
            _in_list(found, block)
        else:
            _in_paragraph(found, block)
    # What is nested in an entry that only announces it comes after the entries beside that.
    metrics = sorted(found.metrics, key=attrgetter("line"))
    return tuple(metrics), frozenset(found.lines), tuple(found.doubts)


def _speaks_of_metrics(titles: Sequence[str]) -> bool:
    said = (_announces_metrics(title) for title in titles[:_REACH])
    return next((one for one in said if one is not None), False)


@lru_cache(maxsize=1024)
def _announces_metrics(title: str) -> bool | None:
    """Tell whether a title speaks of metrics, None where one above it may."""
    plain = bare(title).casefold()
    if len(plain) > _LONGEST_TITLE or _OTHER.search(plain):
        return False
    return _TITLE.fullmatch(plain) is not None or None


def _in_list(found: _Found, block: Block) -> None:
    for entry in entries(block):
        said = entry.children[0].text
        threshold = read_threshold(said)
        if threshold:
            found.take(threshold, entry.line)
            continue
        within = [child for child in entry.children if child.kind in LISTS]
        for inner in within:
            _in_list(found, inner)
        if not within:
            _doubt(found, said, entry.line)


def _in_paragraph(found: _Found, block: Block) -> None:
    if block.inline is None or not _HAS_FIGURE.search(block.inline.content):
        return
    for line in paragraph_lines(block.inline):
        threshold = read_threshold(line.text) if line.label else None
        if threshold:
            found.take(threshold, line.line)


def _in_table(found: _Found, table: Table, titles: Sequence[str]) -> None:
    columns = _columns(table)
    if columns is None or any(_OTHER.search(title.casefold()) for title in titles[:_REACH]):
        return
    name, aim = columns
    for row in table.rows:
        if any(_BOX.search(cell.text) for cell in row.cells):
            continue
        said = row.cells[aim].text
        threshold = read_threshold(f"{row.cells[name].text}: {said}")
        if threshold:
            found.take(threshold, row.line)
        elif said:
            _doubt(found, f"{row.cells[name].text}: {said}", row.line)


def _columns(table: Table) -> tuple[int, int] | None:
    heads = [bare(head).casefold() for head in table.heads]
    name = next((at for at, head in enumerate(heads) if _NAME_HEAD.fullmatch(head)), None)
    aims = [at for at, head in enumerate(heads) if at != name and _AIM_HEAD.fullmatch(head)]
    return None if name is None or not aims else (name, aims[0])


def _doubt(found: _Found, said: str, line: int) -> None:
    if _HAS_FIGURE.search(said):
        message = f"the metric \u201c{said}\u201d was not understood"
        found.doubts.append(ReadingWarning(line, message))
