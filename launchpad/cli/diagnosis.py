"""`launchpad doctor`: what was found around this launch and in its log, and what to do."""

import os
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from launchpad.cli.columns import aligned
from launchpad.cli.configuration import log_address
from launchpad.cli.finding import Finding
from launchpad.cli.log_health import log_findings
from launchpad.cli.output import say, say_json
from launchpad.cli.surroundings import surroundings
from launchpad.text.safe import one_line


def show(address: str | None, answer: Literal["text", "json"]) -> int:
    """Say what was found, and return 1 where something fails, else 0."""
    chosen = log_address(address, os.environ, [Path.cwd()])
    findings = [*surroundings(os.environ), *log_findings(chosen)]
    failed = any(finding.level == "fail" for finding in findings)
    if answer == "json":
        say_json({"fit": not failed, "findings": [asdict(finding) for finding in findings]})
    else:
        for line in aligned([_row(finding) for finding in findings]):
            say(line)
    return 1 if failed else 0


def _row(finding: Finding) -> tuple[str, str, str]:
    advice = f"; {finding.advice}" if finding.advice else ""
    return finding.level, finding.subject, one_line(f"{finding.found}{advice}")
