"""A checklist whose cutover is polled, and a launch of it whose clock a test moves."""

from dataclasses import replace

from launchpad.checklist.model import (
    Checklist,
    CommitCriterion,
    Crew,
    CrewMember,
    Probe,
    Role,
)
from launchpad.launch.event import Event
from launchpad.launch.fold import fold
from launchpad.launch.intents import CastVote, ClosePoll, OpenPoll
from launchpad.launch.moment import Moment
from launchpad.launch.operations import ProbeChanged, ProbeState
from launchpad.launch.person import Person
from launchpad.launch.poll import PollState
from launchpad.launch.poll_facts import PollOutcome, Vote
from tests.launch.making import ADA, CHECKLIST, Told, event

LEAD = ADA
EVE = Person("EF", "Eve F", "devops")
GIL = Person("GH", "Gil H", "network")
ROLES = ("dba", "devops", "network")
VOTERS = dict(zip(ROLES, (LEAD, EVE, GIL), strict=True))


def probe(name: str) -> Probe:
    return Probe(name, 1, "http", ("[STATUS] == 200",), 1_000, 1_000)


def polled(*, crew: bool = True, criterion: bool = False, signed: bool = False) -> Checklist:
    """Return a checklist that polls three roles before its cutover.

    crew: AB leads and is dba, EF is devops, nobody network; signed: whether the phase before is
    signed at all.
    """
    people = (
        CrewMember("AB", "Ada B", ("dba",), 1),
        CrewMember("EF", "Eve F", ("devops",), 1),
    )
    database, cutover = CHECKLIST.phases
    asked = replace(cutover, at_ms=0, poll=ROLES, poll_closes_ms=300_000, poll_valid_ms=900_000)
    return replace(
        CHECKLIST,
        phases=(database, asked),
        signoffs=CHECKLIST.signoffs if signed else CHECKLIST.signoffs[1:],
        roles=tuple(Role(name, title, 1) for name, title in zip(ROLES, TITLES, strict=True)),
        crew=Crew("AB", people) if crew else None,
        probes=(probe("health"), probe("smoke/queue")),
        commit_criteria=(CommitCriterion("weather", "The weather", 1, ("smoke/*",)),)
        if criterion
        else (),
    )


TITLES = ("Database Admin", "DevOps", "Network Admin")


class Polling(Told):
    """A launch of it. Every event takes a second; `after` lets more time pass before the next."""

    def __init__(self, checklist: Checklist | None = None) -> None:
        super().__init__(checklist or polled())

    @property
    def poll(self) -> PollState:
        assert self.now.poll
        return self.now.poll

    def at(self, seconds: int = 0) -> Moment:
        """Return the moment so many seconds after the next event would come."""
        seq = self.seen + 1 + seconds
        at = f"2026-01-01T{seq // 3600:02}:{seq // 60 % 60:02}:{seq % 60:02}.000Z"
        return Moment(at, seq * 10**9, "a-boot")

    def opens(
        self, by: Person = LEAD, phase: str | None = "cutover", closes_in_ms: int | None = None
    ) -> list[Event]:
        return self.does(OpenPoll(phase, closes_in_ms, None, self.seen), by)

    def votes(
        self,
        vote: Vote,
        by: Person = LEAD,
        *,
        role: str | None = None,
        comment: str = "",
        late_s: int = 0,
    ) -> list[Event]:
        return self.does(CastVote(role, vote, comment, self.at(late_s), self.seen), by)

    def all_go(self) -> None:
        for by in VOTERS.values():
            self.votes("go", by)

    def closes(
        self, outcome: PollOutcome, reason: str = "", by: Person = LEAD, late_s: int = 0
    ) -> list[Event]:
        return self.does(ClosePoll(outcome, reason, self.at(late_s), self.seen), by)

    def probe(self, name: str, state: ProbeState) -> None:
        """Let the conductor see a probe change."""
        before = self.now.probes.get(name)
        changed = ProbeChanged(
            probe=name,
            state=state,
            before=before.state if before else None,
            reason="",
            shown="",
            latency_us=None,
        )
        made = event(len(self.events) + 1, changed)
        self.events.append(made)
        self.state = fold(self.state, [made])
