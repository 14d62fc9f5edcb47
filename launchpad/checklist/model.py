"""What a checklist says should happen, as plain values.

Readers make a `Checklist`; everything else only looks at it. Places are character offsets into
the text the checklist was read from, so that a document can be filled in without being rewritten.
Durations are whole milliseconds, in names that end in `_ms`. A launch's log keeps these values as
JSON: whatever is added here has a default, so that what an earlier program recorded can be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Format = Literal["markdown", "yaml"]
ItemKind = Literal["task", "table", "glyph", "inline", "step"]
BlankKind = Literal["initials", "name", "date", "time", "signature"]
ProbeType = Literal["http", "env", "command"]
StepKind = Literal["command", "manual", "wait"]
OnTimeout = Literal["ask", "continue", "kill"]
OnFailure = Literal["ask", "continue", "stop"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters in the text that was read."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do or to verify.

    id: unique in the checklist; label: the bold lead of the text, "" without one; text: without
    markup, safe; line and end_line: 1-based, inclusive; depth: 0 for an item that lies in no
    other; section: the id of the innermost section it lies in, None directly under its phase;
    box: the one character between the brackets, None where there is no box to tick;
    priority: in the author's words; probe: the id of the probe that observes it.
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
    signs, None for anybody; meaning: what a signature says.
    """

    id: str
    label: str
    phase: str
    line: int
    items: tuple[str, ...]
    blanks: tuple[Blank, ...]
    role: str | None = None
    meaning: str = "verified"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading below a phase's heading."""

    id: str
    title: str
    phase: str
    line: int


@dataclass(frozen=True, slots=True)
class Phase:
    """A group of items that is worked through and signed as one. at_ms: from T-0, + is after."""

    id: str
    title: str
    line: int
    items: tuple[Item, ...]
    at_ms: int | None = None


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
class Probe:
    """Something that is observed again and again. Only the settings of its type are there.

    conditions: in the condition language; the thresholds: results in a row that change its state.
    """

    id: str
    line: int
    type: ProbeType
    conditions: tuple[str, ...]
    interval_ms: int
    timeout_ms: int
    failure_threshold: int = 1
    success_threshold: int = 1
    http: HttpSettings | None = None
    env: EnvSettings | None = None
    command: Command | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a rollback.

    instructions: of a manual step; wait_ms, wait_until: of a wait, a delay or the id of a probe
    that has to be good; expected_ms: an estimate, which ends nothing; timeout_ms: None unless
    written; verify: the id of a probe; rehearse: what runs instead in a rehearsal;
    deadline_ms: by when it has to be done, from the rollback's start.
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


@dataclass(frozen=True, slots=True)
class Rollback:
    """The way back.

    authority: the roles that may start it, empty for anybody on the crew; authority_text: what the
    document says of them in its own words; instructions: what it says beside the steps, such as
    the conditions to roll back on and commands to copy.
    """

    line: int
    steps: tuple[Step, ...]
    budget_ms: int | None = None
    authority: tuple[str, ...] = ()
    authority_text: str = ""
    instructions: str = ""


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

    def items(self) -> Iterator[Item]:
        """All items, in document order."""
        for phase in self.phases:
            yield from phase.items
