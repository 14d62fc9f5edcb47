"""A launch with everything a night can have, in memory, on clocks that its test moves."""

from dataclasses import replace

from launchpad.checklist.model import Crew, CrewMember, Hold, Phase, Probe, Role, Trigger
from launchpad.launch.decide import decide
from launchpad.launch.event import Event
from launchpad.launch.fold import fold
from launchpad.launch.intents import Intent
from launchpad.launch.kinds import Body
from launchpad.launch.moment import Moment
from launchpad.launch.person import Person
from tests.launch.making import ADA, event, item
from tests.launch.rolling import PLAN, Flight, step

WORD = "storefront"
MINUTE_MS = 60_000
TRIGGERS = (
    Trigger(
        id="red",
        line=30,
        probes=("health",),
        action="auto",
        decide_within_ms=MINUTE_MS,
        active_from_ms=-60 * MINUTE_MS,
    ),
    Trigger(id="stop", line=31, probes=("health",), action="freeze"),
)
PHASES = (
    Phase(
        "cutover",
        "Cutover",
        2,
        (
            replace(
                item("dns", 3),
                step=step("dns", idempotent=True),
                point_of_no_return=True,
            ),
            replace(item("smoke", 4), step=step("smoke", kind="manual")),
        ),
        at_ms=0,
        poll=("dba",),
        poll_valid_ms=10 * MINUTE_MS,
    ),
)
HOLDS = (
    Hold(id="built-in", line=5, at_ms=-20 * MINUTE_MS, lasts_ms=5 * MINUTE_MS),
    Hold(id="ready", line=6, at_ms=-10 * MINUTE_MS, lasts_ms=MINUTE_MS, poll="cutover"),
)
CREW = Crew("AB", (CrewMember("AB", "Ada B", ("dba",), 40), CrewMember("CD", "Cleo D", (), 41)))


class Night(Flight):
    """A launch with everything, on clocks that its test moves."""

    def __init__(self) -> None:
        # As the first event has them; the first conductor comes before anybody moves a clock.
        self.clock = Moment("2026-01-01T00:00:00.000Z", 0, "a-boot")
        super().__init__(
            replace(PLAN, triggers=TRIGGERS, authority=("dba",)),
            phases=PHASES,
            holds=HOLDS,
            signoffs=(),
            roles=(Role("dba", "Database", 42),),
            crew=CREW,
            probes=(Probe("health", 50, "tcp", (), 1_000, 1_000),),
        )

    def stamped(self, seq: int, body: Body, by: Person) -> Event:
        plain = event(seq, body, by)
        now = self.clock
        return replace(plain, at=now.at, mono_ns=str(now.mono_ns), boot_id=now.boot_id)

    def does(self, intent: Intent, by: Person = ADA) -> list[Event]:
        made = [
            self.stamped(len(self.events) + number, body, by)
            for number, body in enumerate(decide(self.state, intent, by), 1)
        ]
        self.events += made
        self.state = fold(self.state, made)
        return made
