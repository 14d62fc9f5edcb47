"""What a checklist says should happen, as plain values.

Readers make a `Checklist`; everything else only looks at it. Places are character offsets into
the text the checklist was read from, so that a document can be filled in without being rewritten.
Durations are whole milliseconds, in names that end in `_ms`. A launch's log keeps these values as
JSON: whatever is added here has a default, so that what an earlier program recorded can be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from launchpad.probes.dns import RecordType

Format = Literal["markdown", "yaml"]
ItemKind = Literal["task", "table", "glyph", "inline", "step"]
BlankKind = Literal["initials", "name", "date", "time", "datetime", "signature", "meaning"]
Result = Literal["passed", "failed", "not-applicable", "blocked", "in-progress"]
ProbeType = Literal["http", "env", "command", "tls", "tcp", "dns", "file", "sql", "prometheus"]
StepKind = Literal["command", "http", "manual", "wait"]
OnTimeout = Literal["ask", "continue", "kill"]
OnFailure = Literal["ask", "continue", "stop"]
TriggerAction = Literal["notify", "propose", "auto", "freeze"]
NoData = Literal["inconclusive", "fail"]
Comparator = Literal["<", "<=", "=", ">=", ">"]
Occasion = Literal["go", "hold", "rollback-started", "done"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters in the text that was read."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A named remark on an item, such as why it is done, in the author's words; safe.

    value: its lines, where it is a list one entry each.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several boxes beside each other, of which at most one is ticked.

    result: the outcome of the item that it stands for, None for none yet; box: the characters
    that are replaced.
    """

    label: str
    result: Result | None
    box: Span


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do or to verify.

    id: unique in the checklist; label: the bold lead of the text, "" without one; text: without
    markup, safe; line and end_line: 1-based, inclusive; depth: 0 for an item that lies in no
    other; section: the id of the innermost section it lies in, None directly under its phase;
    box: the characters that are replaced to tick it, of a box in brackets the one between them,
    None where there is nothing to tick; choices: the boxes of which one is ticked, instead of box;
    priority, owner, status: in the author's words; optional: it is only done under a condition, or
    if somebody wants it; expected_ms: an estimate; snippets: the ids of the commands to copy that
    belong to it; probe: the id of the probe that observes it; step: what is done for it;
    waiver_role: the id of the role that may waive it, None for anybody.
    """

    id: str
    text: str
    label: str
    checked: bool
    line: int
    end_line: int
    depth: int
    kind: ItemKind
    section: str | None
    box: Span | None
    priority: str | None = None
    probe: str | None = None
    choices: tuple[Choice, ...] = ()
    owner: str | None = None
    status: str | None = None
    fields: tuple[Field, ...] = ()
    optional: bool = False
    expected_ms: int | None = None
    snippets: tuple[str, ...] = ()
    point_of_no_return: bool = False
    step: "Step | None" = None
    waiver_role: str | None = None


@dataclass(frozen=True, slots=True)
class Snippet:
    """A command that a document shows: for a person to copy, and never run.

    text: one command, with its continued lines, safe; shell: what reads it, such as "bash" or
    "powershell", None where the document does not say; expected: what it should answer, in the
    author's words; line: 1-based.
    """

    id: str
    line: int
    text: str
    shell: str | None = None
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class EnvironmentVariable:
    """An environment variable that a document asks for.

    optional: it is only needed under a condition; group: the heading it stands under, safe.
    """

    name: str
    line: int
    optional: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call. name, contact: None where the document leaves a blank for it."""

    role: str
    name: str | None
    contact: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that is watched, and what it has to be.

    value: a decimal number as text, without separators of thousands; unit: "" without one.
    """

    name: str
    comparator: Comparator
    value: str
    unit: str
    line: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """One entry of a list of criteria. section: the heading of the list."""

    text: str
    section: str
    line: int


@dataclass(frozen=True, slots=True)
class Blank:
    """One blank of a sign-off: what belongs there, and the characters it replaces."""

    kind: BlankKind
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class SignOff:
    """A place where somebody signs.

    label: what is signed, safe; phase: the id of the phase it closes; items: the ids of the
    items it covers, which are all in that phase; line: 1-based; role: the id of the role that
    signs, None for anybody; meaning: what a signature says; closes_rollback: whether it says that
    a rollback is complete.
    """

    id: str
    label: str
    phase: str
    line: int
    items: tuple[str, ...]
    blanks: tuple[Blank, ...]
    role: str | None = None
    meaning: str = "verified"
    closes_rollback: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading below a phase's heading.

    declared_state: what the document's legend says of it, in the legend's words.
    """

    id: str
    title: str
    phase: str
    line: int
    declared_state: str | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A group of items that is worked through and signed as one.

    at_ms: when it begins, until_ms: by when it ends, from T-0, + is after; priority: in the
    author's words; declared_state: as a section's; poll: the ids of the roles whose go/no-go it
    takes; poll_closes_ms: how long votes are taken, poll_valid_ms: how long a Go holds.
    """

    id: str
    title: str
    line: int
    items: tuple[Item, ...]
    at_ms: int | None = None
    until_ms: int | None = None
    priority: str | None = None
    declared_state: str | None = None
    poll: tuple[str, ...] = ()
    poll_closes_ms: int | None = None
    poll_valid_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """A value that is given when a launch opens.

    matches: a regular expression that the value has to hold (`re.search`); example: one that is
    shown and never used; default: the value where none is given.
    """

    name: str
    line: int
    required: bool = False
    matches: str | None = None
    example: str | None = None
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret's value is found; the value itself is in no checklist and no log.

    origin: the environment variable's name, the file's path, or the command's words.
    """

    name: str
    line: int
    source: Literal["env", "file", "command"]
    origin: tuple[str, ...]
    matches: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A part that people take in a launch."""

    id: str
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class CrewMember:
    """Somebody on the launch; roles: ids."""

    initials: str
    name: str
    roles: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Crew:
    """The people of a launch; lead: the initials of the one who leads it."""

    lead: str
    people: tuple[CrewMember, ...]


@dataclass(frozen=True, slots=True)
class Command:
    """A program to run: argv without a shell, or, where argv is empty, text for `sh -c`.

    A word of argv that is `${name}` stands for that variable. secrets: the names of those that
    its environment gets.
    """

    line: int
    argv: tuple[str, ...] = ()
    shell: str | None = None
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """One HTTP request; `${name}` stands for a variable, in headers and body also for a secret.

    redirects: the origins it may be redirected to, None to follow none; "same-origin" is one.
    """

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    allow_insecure: bool = False
    redirects: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class EnvSettings:
    """One environment variable, and whose: the conductor's, a file's, or what a command prints.

    origin: the file's path or the command's words; matches: as for a `Variable`.
    """

    name: str
    source: Literal["conductor", "file", "command"]
    origin: tuple[str, ...] = ()
    matches: str | None = None


@dataclass(frozen=True, slots=True)
class TlsSettings:
    """A TLS handshake with address, a host and a port; `${name}` stands for a variable.

    server_name: who is asked for and whom the certificate has to be for, None for the address's
    host; ca: the path of the only authorities that are trusted, None for those of the machine.
    """

    address: str
    server_name: str | None = None
    ca: str | None = None
    allow_insecure: bool = False


@dataclass(frozen=True, slots=True)
class TcpSettings:
    """A connection to address, a host and a port; `${name}` stands for a variable."""

    address: str


@dataclass(frozen=True, slots=True)
class DnsSettings:
    """A question to a name server; `${name}` stands for a variable.

    server: a host, and a port unless it is 53; None for the name servers of the machine.
    """

    name: str
    type: RecordType = "A"
    server: str | None = None


@dataclass(frozen=True, slots=True)
class FileSettings:
    """A file, or whatever has this path; `${name}` stands for a variable."""

    path: str


@dataclass(frozen=True, slots=True)
class SqlSettings:
    """One query to a database; `${name}` stands for a variable, in the query for a value.

    database: `sqlite:` and a path, or an address that begins with `postgresql://`; password: the
    name of the secret that it is.
    """

    database: str
    query: str
    password: str | None = None


@dataclass(frozen=True, slots=True)
class PrometheusSettings:
    """One instant query; `${name}` stands for a variable, in headers also for a secret.

    server: the address below which the HTTP API is.
    """

    server: str
    query: str
    headers: tuple[tuple[str, str], ...] = ()
    allow_insecure: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """Something that is observed again and again. Only the settings of its type are there.

    conditions: in the condition language; the thresholds: results in a row that change its state;
    vantage: it says whether anything can be seen from here: while it fails, the others are
    inconclusive.
    """

    id: str
    line: int
    type: ProbeType
    conditions: tuple[str, ...]
    interval_ms: int
    timeout_ms: int
    failure_threshold: int = 1
    success_threshold: int = 1
    vantage: bool = False
    http: HttpSettings | None = None
    env: EnvSettings | None = None
    command: Command | None = None
    tls: TlsSettings | None = None
    tcp: TcpSettings | None = None
    dns: DnsSettings | None = None
    file: FileSettings | None = None
    sql: SqlSettings | None = None
    prometheus: PrometheusSettings | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a rollback, or of a cutover.

    instructions: of a manual step; wait_ms, wait_until: of a wait, a delay or the id of a probe
    that has to be good; expected_ms: an estimate, which ends nothing; timeout_ms: None unless
    written; verify: the id of a probe; rehearse: what runs instead in a rehearsal;
    deadline_ms: by when it has to be done, starts_at_ms: before which it does not begin, both from
    the rollback's start; snippets: the ids of the commands that belong to it, for a person to copy;
    http, conditions: of a step that is a request, and what has to hold of its answer;
    kill_grace_ms: from asking a command to end to killing it, None for the usual time.
    """

    id: str
    title: str
    line: int
    kind: StepKind
    command: Command | None = None
    instructions: str = ""
    wait_ms: int | None = None
    wait_until: str | None = None
    expected_ms: int | None = None
    timeout_ms: int | None = None
    on_timeout: OnTimeout = "ask"
    on_failure: OnFailure = "ask"
    verify: str | None = None
    idempotent: bool = False
    rehearse: Command | None = None
    deadline_ms: int | None = None
    snippets: tuple[str, ...] = ()
    starts_at_ms: int | None = None
    http: HttpSettings | None = None
    conditions: tuple[str, ...] = ()
    kill_grace_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """What the launch is rolled back on.

    text: in the author's words, "" where probes say it; probes: names of probes or patterns of
    them; healthy_when: a condition that holds as long as it does not trip, None where it was not
    understood; trip_after, error_trip_after: results in a row, None never; active_from_ms,
    active_until_ms: from T-0; decide_within_ms: how long a proposal waits for somebody.
    """

    id: str
    line: int
    text: str = ""
    probes: tuple[str, ...] = ()
    healthy_when: str | None = None
    trip_after: int = 1
    error_trip_after: int | None = None
    no_data: NoData = "inconclusive"
    active_from_ms: int = 0
    active_until_ms: int = 1_800_000
    action: TriggerAction = "propose"
    decide_within_ms: int | None = None

    @property
    def understood(self) -> bool:
        """Whether it says what is compared with what."""
        return bool(self.probes) or self.healthy_when is not None


@dataclass(frozen=True, slots=True)
class Window:
    """The time the launch may take, from T-0; safety_floor_ms: what is kept before its end."""

    line: int
    opens_ms: int | None = None
    hard_stop_ms: int | None = None
    safety_floor_ms: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold that is built into the countdown. at_ms: from T-0, at or before it.

    lasts_ms: how long it is planned to last; phases: the ids of the phases whose items are all done
    before it is left; poll: the id of the phase whose poll has to say go before it is left.
    """

    id: str
    line: int
    at_ms: int
    lasts_ms: int = 0
    title: str = ""
    phases: tuple[str, ...] = ()
    poll: str | None = None


@dataclass(frozen=True, slots=True)
class CommitCriterion:
    """What has to be good for a GO: all of its probes, which are names or patterns of them.

    hold: whether the countdown is held where it is not met.
    """

    id: str
    text: str
    line: int
    probes: tuple[str, ...]
    hold: bool = False


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is measured before the launch, to compare with. probes: names, or patterns of them."""

    line: int
    probes: tuple[str, ...]
    over_ms: int
    min_samples: int


@dataclass(frozen=True, slots=True)
class Message:
    """What is told to others, and when. text: `${name}` stands for a variable."""

    occasion: Occasion
    text: str
    line: int
    next_update_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Rollback:
    """The way back.

    authority: the roles that may start it, empty for anybody on the crew; authority_text: what the
    document says of them in its own words; instructions: what it says beside the steps, such as
    the conditions to roll back on and commands to copy; snippets: as a step's, of the whole.
    """

    line: int
    steps: tuple[Step, ...]
    budget_ms: int | None = None
    authority: tuple[str, ...] = ()
    authority_text: str = ""
    instructions: str = ""
    triggers: tuple[Trigger, ...] = ()
    snippets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something in the document that was not understood, with its 1-based line."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist as it was understood.

    code_word: the short ASCII word that confirms dangerous acts on its launch; damage: the codec
    that the whole document was once decoded with too often (see `checklist.encoding`), else None;
    log: the address of the log its launches go to.
    """

    title: str
    format: Format
    code_word: str
    damage: str | None
    phases: tuple[Phase, ...]
    sections: tuple[Section, ...]
    signoffs: tuple[SignOff, ...]
    warnings: tuple[ReadingWarning, ...]
    log: str | None = None
    vars: tuple[Variable, ...] = ()
    secrets: tuple[Secret, ...] = ()
    roles: tuple[Role, ...] = ()
    crew: Crew | None = None
    probes: tuple[Probe, ...] = ()
    rollback: Rollback | None = None
    snippets: tuple[Snippet, ...] = ()
    env_vars: tuple[EnvironmentVariable, ...] = ()
    contacts: tuple[Contact, ...] = ()
    metrics: tuple[Metric, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    window: Window | None = None
    baseline: Baseline | None = None
    messages: tuple[Message, ...] = ()
    holds: tuple[Hold, ...] = ()
    commit_criteria: tuple[CommitCriterion, ...] = ()

    def items(self) -> Iterator[Item]:
        """All items, in document order."""
        for phase in self.phases:
            yield from phase.items
