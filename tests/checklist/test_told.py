"""What people are told of a document: every part of it, each with its line, nothing cut."""

from collections.abc import Iterable

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.load import Document, read
from launchpad.checklist.told.document import tell
from launchpad.checklist.told.line import Told

WHOLE = """\
launchpad: 1
title: Harbour opening
window: {opens: T-1h, hard-stop: T+2h, safety-floor: 10m}
vars: {base-url: {required: true}, region: {default: north}, note: {}}
secrets: {job-token: {env: JOB_TOKEN}}
roles: {pilot: Harbour Pilot, dba: Database Admin}
crew: {lead: AB, people: [{initials: AB, name: Ada B, roles: [pilot]}]}
probes:
  smoke/health: {http: {url: '${base-url}/health'}, conditions: ['[STATUS] == 200']}
phases:
  - id: berth
    title: Berth
    at: T-30m
    until: T-0
    priority: must-have
    state: complete
    sections: [{id: quay, title: Quay side, state: in progress}]
    items:
      - {id: ropes, text: Ropes are ready, section: quay, checked: true, owner: Eve}
      - id: switch
        text: Switch the signal
        optional: true
        priority: P0
        status: open
        expected: 15m
        fields: {Why: "Ships wait.\\nAnd people too."}
        snippets: [status]
        step: {command: {exec: [./signal.sh, green]}}
        items: [{id: inner, text: Lamp is lit, probe: smoke/health}]
    sign-off: {id: berth, label: Berth, roles: [pilot], fields: [initials, date]}
rollback:
  budget: 10m
  authority: [pilot]
  authority-text: The pilot alone
  instructions: Keep calm
  triggers:
    - {id: fog, text: Fog}
    - {id: smoke, probes: ['smoke/*']}
    - {id: slow, text: It is slow, healthy-when: '[RESPONSE_TIME] < 2s'}
  steps:
    - id: back
      title: Turn back
      manual: Call the tug
      expected: 2m
      deadline: 1h
      snippets: [tug]
env-vars: {HARBOUR_URL: {group: Server}, TIDE_KEY: {group: Server, optional: true}}
contacts: [{role: Pilot, name: Ada, contact: '+49 1'}, {role: Tug}]
metrics: [{name: Ships, comparator: '>=', value: '3', unit: per hour}]
criteria: [{text: Everybody is ashore, section: Success}]
snippets:
  status: {shell: bash, text: "signal \\\\\\n  --status", expected: green}
  tug: {text: call tug}
  free: {text: date}
messages: {go: Under way}
"""

# What is told of it but for its end: line, depth, box, text and name.
TOLD = [
    "Harbour opening",
    "plan.yaml, YAML, code word harbour",
    "L11 Berth [berth]",
    "L11   at T-30m; until T-0; priority must-have; declared complete; 1 of 3 ticked",
    "L17   Quay side (declared in progress; 1 of 1 ticked)",
    "L19     [x] Ropes are ready [ropes]",
    "L19         owner Eve",
    "L20     [ ] Switch the signal [switch]",
    "L20         optional; priority P0; status open; takes 15m",
    "L20         Why: Ships wait.",
    "L20           And people too.",
    "L52         $ signal \\",
    "L52             --status (bash)",
    "L52           expected: green",
    "L28         runs: ./signal.sh green",
    "L29       [ ] Lamp is lit (http probe smoke/health, every 30s) [inner]",
    "L30     ___ sign-off: Berth (initials, date), 3 items [berth]",
    "L30         signed by Harbour Pilot; covers L19 to L29",
    "commands of no item",
    "L54   $ date",
    "roles",
    "L6   Harbour Pilot [pilot]",
    "L6   Database Admin [dba]",
    "crew",
    "L7   Ada B (leads, pilot) [AB]",
    "contacts",
    "L48   Pilot: Ada, +49 1",
    "L48   Tug: NAME LEFT BLANK, CONTACT LEFT BLANK",
    "environment variables",
    "  Server",
    "L47     HARBOUR_URL",
    "L47     TIDE_KEY (optional)",
    "variables",
    "L4   base-url (required)",
    "L4   region (default 'north')",
    "L4   note (optional)",
    "secrets",
    "L5   job-token (from env: JOB_TOKEN)",
    "metrics",
    "L49   Ships >= 3 per hour",
    "criteria",
    "  Success",
    "L50     Everybody is ashore",
    "L3 window (opens T-1h, hard stop T+2h, 10m kept back)",
    "messages",
    "L55   go: Under way",
    "probes",
    "L9   http: GET ${base-url}/health, every 30s [smoke/health]",
    "L9     good when [STATUS] == 200",
    "L32 rollback: 1 step, budget 10m",
    "L32   may be started by Harbour Pilot",
    "L32   authority: The pilot alone",
    "L37   trigger: Fog [fog]",
    "L37     NOT UNDERSTOOD: nothing watches it but people",
    "L38   trigger: smoke/* [smoke]",
    "L38     compiled: probes smoke/*; trips when one of them is not good; T-0 to T+30m",
    "L38     then the rollback is proposed",
    "L39   trigger: It is slow [slow]",
    "L39     understood: trips when not [RESPONSE_TIME] < 2s; people watch it: it names no probes",
    "L41   Turn back (by hand, 2m, done by 1h) [back]",
    "L41     Call the tug",
    "L53     $ call tug",
    "L32   beside its steps",
    "L32     Keep calm",
]


def shown(lines: Iterable[Told]) -> list[str]:
    """Return lines as they are compared here."""
    return [
        (f"L{line.line} " if line.line else "")
        + "  " * line.depth
        + (f"{line.mark} " if line.mark else "")
        + line.text
        + (f" [{line.name}]" if line.name else "")
        for line in lines
    ]


def test_everything_a_checklist_holds_is_told_with_its_line() -> None:
    source = source_from_bytes("plan.yaml", WHOLE.encode())
    lines = shown(tell(Document(source, read(source))))
    assert lines[: lines.index("not understood, or to be looked at")] == TOLD
