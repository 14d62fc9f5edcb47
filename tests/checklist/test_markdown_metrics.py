"""Metrics: where figures are looked for, where they are not, and what is a warning."""

from collections.abc import Callable
from pathlib import Path

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.markdown.facts.captions import find_captioned
from launchpad.checklist.markdown.facts.metrics import find_metrics
from launchpad.checklist.markdown.tables import find_tables
from launchpad.checklist.markdown.tree import parse
from launchpad.checklist.model import Metric


def metrics(text: str) -> tuple[list[Metric], list[int]]:
    tree = parse("plan.md", text)
    found, lines, warnings = find_metrics(find_captioned(tree), find_tables(tree))
    assert lines == {metric.line for metric in found}
    return list(found), [warning.line for warning in warnings]


@pytest.mark.parametrize(
    "title",
    [
        "## Success Metrics",
        "## \U0001f4ca Success Metrics (first 30 days)",
        "## 7. Key Performance Indicators",
        "## KPIs",
        "### SLOs",
        "## Service Level Objectives",
        "## Performance Targets",
        "## Targets",
        "## Alert thresholds",
        "## Monitoring & Metrics",
        "## Metrics to watch",
        "**Success metrics:**",
        "Key metrics for the first week:",
        "## Erfolgskennzahlen",
        "## \u6210\u529f\u6307\u6a19",
        "## Success Metrics\n\n### Checkout",
        "## Success Metrics\n\nWatched for a week:",
        "- **Targets:**\n",
    ],
)
def test_headings_and_lines_announce_metrics(title: str) -> None:
    indent = "  " if title.startswith("- ") else ""
    text = f"{title}\n\n{indent}- **Uptime:** >99.5%\n"
    assert [metric.name for metric in metrics(text)[0]] == ["Uptime"]


@pytest.mark.parametrize(
    "title",
    [
        "## Checks",
        "## Metrics pipeline",
        "## Deployment Targets",
        "## Rollback triggers",
        "## Rollback Plan\n\n### Metrics",
        "## Metrics that trigger a rollback",
        "## Success Metrics\n\n**Abort if:**",
        "## Success Metrics\n\n### Notes",
        "- [ ] Success metrics:\n",
    ],
)
def test_other_headings_announce_none(title: str) -> None:
    indent = "  " if title.startswith("- ") else ""
    assert metrics(f"{title}\n\n{indent}- Error rate > 5%\n") == ([], [])


def test_a_task_is_no_metric() -> None:
    assert metrics("## Success Metrics\n\n- [ ] Uptime > 99.5%\n- [x] Errors < 1%\n") == ([], [])


def test_a_heading_within_a_list_of_metrics_is_none() -> None:
    found, doubts = metrics("## KPIs\n\n- Shop:\n  - Orders > 50\n- Desk\n  - Calls < 20 (a day)\n")
    assert [(metric.name, metric.line) for metric in found] == [("Orders", 4), ("Calls (a day)", 6)]
    assert doubts == []


@pytest.mark.parametrize(
    ("entry", "doubtful"),
    [
        ("Throughput: 1,500 req/s", True),
        ("Latency: 200-300 ms", True),
        ("Errors < 1% or no lost order, 24 h", True),
        ("Happy guests", False),
        ("The p95 of the API", False),
        ("TBD", False),
    ],
)
def test_a_figure_that_is_not_understood_is_a_warning(entry: str, doubtful: bool) -> None:
    assert metrics(f"## Success Metrics\n\n- {entry}\n") == ([], [3] if doubtful else [])


def test_lines_of_a_paragraph_may_be_metrics() -> None:
    found, doubts = metrics(
        "## Targets\n\n**Uptime:** > 99.5%  \n**Errors:** < 1%\n\nFor 30 days.\n"
    )
    assert [(metric.name, metric.line) for metric in found] == [("Uptime", 3), ("Errors", 4)]
    assert doubts == []


def test_a_table_of_metrics_is_found_under_any_heading() -> None:
    found, doubts = metrics(
        "## Load test\n\n"
        "| Metric | Baseline | Target | Owner |\n|-|-|-|-|\n"
        "| Login (p95) | 310 ms | < 250 ms | Ada |\n"
        "| Orders | 40 | at least 60 per hour | Bo |\n"
        "| Uptime | 99.9% | 99.95% | Cy |\n"
        "| Calls | 3 | TBD | |\n"
    )
    assert found == [
        Metric("Login (p95)", "<", "250", "ms", 5),
        Metric("Orders", ">=", "60", "per hour", 6),
    ]
    assert doubts == [7]


@pytest.mark.parametrize(
    "table",
    [
        "| Check | Target |\n|-|-|\n| Load | < 5% |\n",
        "| Metric | Value |\n|-|-|\n| Load | < 5% |\n",
        "| Metric | Target | Pass |\n|-|-|-|\n| Load | < 5% | \u2610 |\n",
        "| Metric | Target | Pass |\n|-|-|-|\n| Load | < 5% | [ ] |\n",
        "## Rollback\n\n| Metric | Threshold |\n|-|-|\n| Load | > 5% |\n",
        "## Triggers\n\n| Metric | Threshold |\n|-|-|\n| Load | > 5% |\n",
    ],
)
def test_other_tables_hold_none(table: str) -> None:
    assert metrics(table) == ([], [])


def test_the_deployment_document_has_six(seed: Callable[[str], Path]) -> None:
    path = seed("001")
    found, doubts = metrics(source_from_bytes(path.name, path.read_bytes()).readable)
    assert [(metric.comparator, metric.value, metric.unit) for metric in found] == [
        (">", "99.9", "%"),
        ("<", "200", "ms"),
        ("<", "0.1", "%"),
        (">", "99.99", "%"),
        (">", "99", "%"),
        (">", "4.5", "/5"),
    ]
    assert doubts == []
