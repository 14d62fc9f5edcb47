"""What every recording command goes through: who acts, on which launch, and what came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from launchpad.cli.events import event_line, event_values
from launchpad.cli.misused import Misused
from launchpad.cli.output import say, say_json
from launchpad.cli.reaching import launch_to_write, log_at
from launchpad.cli.signer import signer
from launchpad.cli.terminal import somebody_answers
from launchpad.launch.decide import decide
from launchpad.launch.intents import Intent
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import Participant


@dataclass(frozen=True, slots=True)
class Given:
    """What every recording command is given: where, by whom, and how to answer."""

    log: str | None
    launch: str | None
    initials: str | None
    name: str | None
    role: str | None
    answer: Literal["text", "json"]


@contextmanager
def taking_part(given: Given) -> Iterator[tuple[LiveLaunch, Participant]]:
    """Yield the launch that is meant, and who acts on it."""
    # Who acts comes first: a script that does not say so should not find that out from a log.
    by = signer(given.initials, given.name, given.role)
    with log_at(given.log) as log:
        yield launch_to_write(log, given.launch), by


def refuse_at_once(live: LiveLaunch, intent: Intent, by: Participant) -> None:
    """Raise what the rules say already now, before anybody is asked to confirm."""
    decide(live.state, intent, by.person)


def require_answer(otherwise: str) -> None:
    """Raise Misused, with what to do otherwise, where nobody could answer a question."""
    if not somebody_answers():
        raise Misused(otherwise)


def record(given: Given, live: LiveLaunch, intent: Intent, by: Participant) -> None:
    """Make an intent durable and answer with its events. Raises Refused, and LogError."""
    news = live.submit(intent, by)
    # What others recorded meanwhile comes with it; the events of one intent share the uid's stem.
    stem = _stem(news[-1].uid)
    recorded = [event for event in news if _stem(event.uid) == stem]
    if given.answer == "json":
        say_json({"events": [event_values(event) for event in recorded]})
    else:
        for event in recorded:
            say(event_line(event, live.state))


def _stem(uid: str) -> str:
    return uid.partition(".")[0]
