"""Figures that are watched, and criteria that are met: what a launch is held to."""

from typing import get_args

from launchpad.checklist.model import Comparator, Criterion, Metric
from launchpad.checklist.native.fields import Fields, each
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.values import choice, decimal, line

COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)


def _metric(node: Node, reading: Reading) -> Metric:
    with Fields(node, reading) as fields:
        return Metric(
            name=fields.must("name", line, ""),
            comparator=fields.must("comparator", choice(COMPARATORS), "="),
            value=fields.must("value", decimal, "0"),
            unit=fields.may("unit", line, ""),
            line=node.place.line,
        )


def _criterion(node: Node, reading: Reading) -> Criterion:
    with Fields(node, reading) as fields:
        return Criterion(
            text=fields.must("text", line, ""),
            section=fields.may("section", line, ""),
            line=node.place.line,
        )


metrics = each(_metric)
criteria = each(_criterion)
