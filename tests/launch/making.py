"""A small checklist, and a launch of it kept in a list instead of a log."""

from launchpad.checklist.model import Blank, Checklist, Item, Phase, Section, SignOff, Span
from launchpad.launch.decide import decide
from launchpad.launch.event import Event
from launchpad.launch.fold import fold
from launchpad.launch.intents import Intent, OpenLaunch
from launchpad.launch.kinds import Body, Home, LaunchOpened, SourceText, encode, kind_of
from launchpad.launch.person import Person
from launchpad.launch.state import LaunchState

ADA = Person("AB", "Ada B", "dba")
CLEO = Person("CD", "Cleo D", "devops")


def item(name: str, line: int, *, checked: bool = False, section: str | None = None) -> Item:
    return Item(
        id=name,
        text=f"{name} is ready",
        label="",
        checked=checked,
        line=line,
        end_line=line,
        depth=0,
        kind="task",
        section=section,
        box=Span(line * 10, line * 10 + 1),
    )


def slot(name: str, phase: str, line: int, items: tuple[str, ...]) -> SignOff:
    blanks = (
        Blank("initials", "Initial", Span(line * 10, line * 10 + 4)),
        Blank("date", "Date", Span(line * 10 + 5, line * 10 + 9)),
    )
    return SignOff(name, name.title(), phase, line, items, blanks)


CHECKLIST = Checklist(
    title="Storefront cutover",
    format="markdown",
    code_word="storefront",
    damage=None,
    phases=(
        Phase(
            "database",
            "Database",
            2,
            (item("migrations", 3), item("pooler", 4, section="pools"), item("bucket", 5)),
        ),
        Phase("cutover", "Cutover", 8, (item("dns", 9), item("smoke", 10, checked=True))),
    ),
    sections=(Section("pools", "Pools", "database", 3),),
    signoffs=(
        slot("database", "database", 6, ("migrations", "pooler", "bucket")),
        slot("cutover", "cutover", 11, ("dns", "smoke")),
    ),
    warnings=(),
)


def opened(checklist: Checklist = CHECKLIST, *, accept_ticked: bool = False) -> LaunchOpened:
    return LaunchOpened(
        title=checklist.title,
        mode="live",
        code_word=checklist.code_word,
        source=SourceText(name="a.md", sha256="0" * 64, encoding="utf-8", text="# A\n"),
        reading=checklist,
        accept_ticked=accept_ticked,
        git=None,
        home=Home(host="a-host", user="a-user", directory="/srv"),
        program="launchpad 0",
    )


def event(seq: int, body: Body, by: Person = ADA, *, kind: str | None = None) -> Event:
    """Return an event of a launch at a second of its own, and of the boot clock too."""
    return Event(
        launch="a-launch",
        seq=seq,
        uid=f"uid-{seq}",
        kind=kind or kind_of(body),
        at=f"2026-01-01T00:{seq // 60 % 60:02}:{seq % 60:02}.000Z",
        mono_ns=str(seq * 1_000_000_000),
        boot_id="a-boot",
        host="a-host",
        actor={"initials": by.initials, "name": by.name, "role": by.role},
        body=encode(body),
        prev_hash=None if seq == 1 else f"hash-{seq - 1}",
        key=None,
        signature=None,
        hash=f"hash-{seq}",
    )


class Told:
    """A launch in memory: intents go in, events and the folded state come out."""

    def __init__(self, checklist: Checklist = CHECKLIST, *, accept_ticked: bool = False) -> None:
        self.events: list[Event] = []
        self.state: LaunchState | None = None
        self.does(OpenLaunch(opened(checklist, accept_ticked=accept_ticked)))

    @property
    def now(self) -> LaunchState:
        assert self.state is not None
        return self.state

    @property
    def seen(self) -> int:
        return self.now.head.seq

    def does(self, intent: Intent, by: Person = ADA) -> list[Event]:
        """Submit an intent; Refused leaves everything as it was."""
        made = [
            event(len(self.events) + number, body, by)
            for number, body in enumerate(decide(self.state, intent, by), 1)
        ]
        self.events += made
        self.state = fold(self.state, made)
        return made
