"""A launch whose emergency sheet is read, and that sheet."""

from dataclasses import replace
from pathlib import Path

from launchpad.checklist.load import load
from launchpad.export.sheet import sheet
from launchpad.export.sheet_lines import Sheet
from launchpad.export.sheet_text import text_sheet
from launchpad.launch.event import Stamp
from tests.launch.making import Told

AT = Stamp("2026-11-21T02:03:04.000Z", "1", "a-boot", "bastion1")
LOG = "/srv/launches/storefront.db"
TEXT = """\
launchpad: 1
title: Storefront cutover
code-word: storefront
vars:
  base-url: {required: true}
  region: {default: north}
secrets:
  job-token: {file: /etc/job-token}
roles: {dba: Database Admin, devops: DevOps}
crew: {lead: AB, people: [{initials: AB, name: Ada B, roles: [dba]}]}
phases:
  - id: database
    title: Database
    items:
      - {id: migrations, text: All migrations are applied}
      - {id: pooler, text: The pooler answers}
    sign-off: {roles: [dba], meaning: approved, requires: all-items}
rollback:
  budget: 10m
  authority: [dba, devops]
  steps:
    - id: dns
      title: Point traffic back
      command: {exec: [./switch.sh, old, '${base-url}'], secrets: [job-token]}
      rehearse: {exec: [./switch.sh, --dry-run]}
      expected: 2m
      deadline: 5m
    - {id: jobs, title: Jobs off, command: {shell: 'echo "$REGION" | ./jobs.sh'}}
    - {id: tell, title: Tell everybody, manual: "Post in the channel.\\nThen call."}
"""


def told(folder: Path, text: str = TEXT, name: str = "launch.yaml") -> Told:
    """Return a launch of a checklist, with values for its variables."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    told = Told(load(path).checklist)
    opened = replace(told.now.opened, vars={"base-url": "https://x.example/a b"})
    told.state = replace(told.now, opened=opened)
    return told


def made(told: Told) -> Sheet:
    return sheet(told.now, LOG, AT, {})


def text_of(told: Told) -> str:
    return "\n".join(text_sheet(made(told)))
