"""What `launchpad probe` found as JUnit XML, which pipelines show.

There is no standard. What is written here holds for the strictest schema in use, that of Apache
Ant's task, and so for those of Jenkins and GitLab: `properties`, then the cases, then `system-out`
and `system-err`, and times in seconds. A probe whose condition was false is a failure. All else
that is not OK is an error, also what has no data or was skipped: pipelines take a skipped case for
a good one, and no data is never success.
"""

import re
import socket
from xml.etree import ElementTree as ET

from launchpad.cli.probe_attempts import Attempt
from launchpad.cli.probe_report import Report, seen, summary
from launchpad.text.safe import one_line

# All that is no Char (XML 1.0, 2.2). `safe` leaves the last two of the plane, which draw something.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report) -> bytes:
    """Return what was found as a JUnit XML document."""
    failed = sum(attempt.result.state == "failed" for attempt in report.attempts)
    bad = sum(not attempt.good for attempt in report.attempts)
    suites = ET.Element("testsuites")
    suite = ET.SubElement(
        suites,
        "testsuite",
        {
            "id": "0",
            "name": _harmless(report.title) or "probes",
            "package": _harmless(report.checklist),
            "hostname": _harmless(socket.gethostname()) or "localhost",
            # UTC: the schema has no place for a zone.
            "timestamp": report.started_at[:19],
            "tests": str(len(report.attempts)),
            "failures": str(failed),
            "errors": str(bad - failed),
            "skipped": "0",
            "time": _seconds(report.took_us),
        },
    )
    ET.SubElement(suite, "properties")
    for attempt in report.attempts:
        _add_case(suite, attempt)
    ET.SubElement(suite, "system-out").text = summary(report)
    ET.SubElement(suite, "system-err")
    ET.indent(suites)
    written: bytes = ET.tostring(suites, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add_case(suite: ET.Element, attempt: Attempt) -> None:
    result = attempt.result
    case = ET.SubElement(
        suite,
        "testcase",
        {
            "name": _harmless(attempt.probe.id),
            "classname": attempt.probe.type,
            "time": _seconds(attempt.took_us),
        },
    )
    if attempt.good:
        return
    kind = "failure" if result.state == "failed" else "error"
    bad = ET.SubElement(case, kind, {"type": result.reason, "message": _harmless(seen(attempt))})
    said = (result.shown, result.detail, result.address or "", attempt.at)
    bad.text = "\n".join(_harmless(part) for part in said if part)


def _harmless(text: str) -> str:
    return _NO_CHARACTER.sub(lambda found: f"<U+{ord(found[0]):04X}>", one_line(text))


def _seconds(microseconds: int) -> str:
    return f"{microseconds / 1_000_000:.6f}"
