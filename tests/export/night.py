"""A launch with all that an emergency sheet can hold, told as its conductor recorded it."""

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from launchpad.checklist.load import load
from launchpad.export.sheet import sheet
from launchpad.export.sheet_text import COLUMNS, text_sheet
from launchpad.launch.event import Stamp
from launchpad.launch.fold import fold
from launchpad.launch.kinds import Body
from launchpad.launch.moment import Moment
from tests.export.sheets import LOG
from tests.launch.making import Told, event

TEXT = """\
launchpad: 1
title: Storefront cutover
code-word: storefront
vars: {base-url: {required: true}}
secrets: {job-token: {file: /etc/job-token}}
roles: {dba: Database Admin, devops: DevOps}
crew: {lead: AB, people: [{initials: AB, name: Ada B, roles: [dba]}]}
holds: [{id: gate, title: Go or no-go, at: T-5m, lasts: 5m, until: {poll: cutover}}]
commit-criteria: [{id: weather, text: The shop answers, probes: ['smoke/*'], hold: true}]
probes:
  smoke/health:
    http: {url: '${base-url}/health', headers: {Accept: text/plain}}
    conditions: ['[STATUS] == 200', '[BODY] == fine']
    timeout: 5s
  smoke/orders:
    http: {url: '${base-url}/orders', headers: {Authorization: 'Bearer ${job-token}'}}
    conditions: ['[STATUS] == 200']
  pooler: {tcp: {address: 'db.example:6543'}}
phases:
  - id: cutover
    title: Cutover
    poll: {roles: [dba, devops]}
    items:
      - id: switch
        text: Traffic goes through the new load balancer
        step: {command: {exec: [./switch.sh, new]}, expected: 2m, verify: smoke/health}
      - {id: drop, text: The old tables are dropped, point-of-no-return: true}
rollback:
  budget: 10m
  triggers:
    - {id: an-id-made-from-a-sentence-that-is-long, text: Nobody can pay}
    - {id: slow, probes: [smoke/health], action: propose, decide-within: 2m}
  steps:
    - {id: dns, title: Point traffic back, command: {exec: [./switch.sh, old]}, deadline: 5m}
    - {id: tell, title: Tell everybody, manual: Call., starts-at: 1h, deadline: 4h}
    - {id: settle, title: Settle, wait: {until: smoke/health}, timeout: 3m, on-timeout: continue}
"""
BEGAN = Moment("2026-01-01T00:00:02.000Z", 2 * 10**9, "a-boot")


class Night(Told):
    """A launch of it whose facts are told as its conductor recorded them; a second for each."""

    def has(self, *facts: Body) -> None:
        made = [event(self.seen + number, fact) for number, fact in enumerate(facts, 1)]
        self.events += made
        self.state = fold(self.state, made)


@pytest.fixture
def night(tmp_path: Path) -> Night:
    path = tmp_path / "launch.yaml"
    path.write_text(TEXT, encoding="utf-8")
    night = Night(load(path).checklist)
    opened = replace(night.now.opened, vars={"base-url": "http://x.example"})
    night.state = replace(night.now, opened=opened)
    return night


def said(night: Told, second: int = 60) -> str:
    """Return the text of a sheet that is written so many seconds into the night."""
    at = f"2026-01-01T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.000Z"
    lines = list(
        text_sheet(sheet(night.now, LOG, Stamp(at, str(second * 10**9), "a-boot", "h"), {}))
    )
    assert max(map(cell_len, lines)) <= COLUMNS
    return "\n".join(lines)
