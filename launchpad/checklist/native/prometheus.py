"""Prometheus: which server is asked, with which headers, and what."""

from launchpad.checklist.model import PrometheusSettings
from launchpad.checklist.native.fields import Fields
from launchpad.checklist.native.http import headers, url
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.problems import Expected
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.references import filled_text
from launchpad.checklist.native.values import scalar, truth


def prometheus(node: Node, reading: Reading) -> PrometheusSettings:
    """Read the settings of a Prometheus probe."""
    with Fields(node, reading) as fields:
        return PrometheusSettings(
            server=fields.must("server", _server, ""),
            query=fields.must("query", _query, ""),
            headers=fields.may("headers", headers, ()),
            allow_insecure=fields.may("allow-insecure", truth, otherwise=False),
        )


def _server(node: Node, reading: Reading) -> str:
    text = url(node, reading)
    if "?" in text or "#" in text or text.rstrip("/").endswith("/api/v1/query"):
        raise Expected(node, "expected a server's address, without /api/v1/query and what follows")
    return text


def _query(node: Node, reading: Reading) -> str:
    return filled_text(scalar(node, "a query"), reading, ("variable",)).text
