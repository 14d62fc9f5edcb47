"""`launchpad doctor`: what was found around this launch and in its log, and what to do."""

import os
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from launchpad.checklist.load import load
from launchpad.checklist.model import Checklist
from launchpad.cli.columns import aligned
from launchpad.cli.configuration import checklist_log, log_address
from launchpad.cli.finding import Finding
from launchpad.cli.log_health import log_findings
from launchpad.cli.output import say, say_json
from launchpad.cli.surroundings import surroundings
from launchpad.session.lasting import Account, unit_folder
from launchpad.session.participant import os_user
from launchpad.steps.agents import agent_warnings
from launchpad.text.safe import one_line


def show(
    address: str | None, answer: Literal["text", "json"], checklist: Path | None = None
) -> int:
    """Say what was found, and return 1 where something fails, else 0.

    checklist: one whose commands are looked at, too. Raises ChecklistError.
    """
    here = [Path.cwd()] if checklist is None else [checklist.absolute().parent, Path.cwd()]
    document = None if checklist is None else load(checklist)
    named = checklist_log(document.checklist.log, checklist) if document and checklist else None
    chosen = log_address(address, os.environ, here, named)
    account = Account(os_user(), unit_folder(os.environ))
    findings = [*surroundings(os.environ, account), *log_findings(chosen)]
    if document:
        findings += _agent(document.checklist)
    failed = any(finding.level == "fail" for finding in findings)
    if answer == "json":
        say_json({"fit": not failed, "findings": [asdict(finding) for finding in findings]})
    else:
        for line in aligned([_row(finding) for finding in findings]):
            say(line)
    return 1 if failed else 0


def _agent(checklist: Checklist) -> list[Finding]:
    warnings = agent_warnings(checklist, os.environ)
    if not warnings:
        return [Finding("ok", "ssh agent", "no command of the checklist asks for one")]
    return [Finding("warn", "ssh agent", warning) for warning in warnings]


def _row(finding: Finding) -> tuple[str, str, str]:
    advice = f"; {finding.advice}" if finding.advice else ""
    return finding.level, finding.subject, one_line(f"{finding.found}{advice}")
