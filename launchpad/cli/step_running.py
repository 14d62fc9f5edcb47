"""What the step commands do: an item's step asked for and followed, a step that runs ended."""

import threading
import time
from collections.abc import Iterator

from launchpad.checklist.model import Item
from launchpad.cli import places
from launchpad.cli.acting import Given, record, refuse_at_once, require_answer, taking_part
from launchpad.cli.conducting import Conducted
from launchpad.cli.events import event_line
from launchpad.cli.misused import Misused
from launchpad.cli.output import narrate
from launchpad.cli.rollback import WORD_IS_TYPED, decide_about, place_of
from launchpad.cli.rollback_wait import waiting_lines
from launchpad.cli.step_text import step_line
from launchpad.cli.terminal import ask
from launchpad.launch.cutover_facts import CUTOVER
from launchpad.launch.intents import KillStep, RunStep
from launchpad.launch.state import LaunchState
from launchpad.session.live import LiveLaunch, follow
from launchpad.text.safe import one_line

_UNDER_WAY = frozenset({"pending", "running"})


def run(given: Given, item: str, reason: str, word: str | None, *, wait: bool) -> int:
    """Have the step of an item carried out; a point of no return is confirmed by the code word.

    wait: until it ended. Returns 1 where it then is not done, else 0.
    """
    with taking_part(given) as (live, by):
        state = live.state
        found = places.item(state.checklist, item)
        if found.step is None:
            raise Misused(f"{found.id} has no step; a person does it and ticks it")
        seen = state.head.seq
        refuse_at_once(live, RunStep(found.id, seen, state.code_word, reason), by)
        if found.point_of_no_return and word is None:
            require_answer(WORD_IS_TYPED)
            home = state.home
            narrate(f"{one_line(found.text)}: POINT OF NO RETURN, {state.mode.upper()}")
            narrate(f"  {step_line(found.step)}")
            narrate(f"runs as {one_line(home.user)}@{one_line(home.host)}")
            word = ask(f"Type {state.code_word} to run it:")
        run_before = state.step(CUTOVER, found.id).run
        decide_about(given, live, RunStep(found.id, seen, word or "", reason), by)
        if not wait:
            return 0
        return 0 if _done(live, found, run_before + 1) else 1


def kill(given: Given, step: str, reason: str) -> None:
    """Have a step that runs ended, of the rollback or of an item, and only that one."""
    with taking_part(given) as (live, by):
        place = place_of(live.state, step)
        intent = KillStep(place.step.id, reason, live.state.head.seq, place.cutover)
        record(given, live, intent, by)


def _done(live: LiveLaunch, item: Item, run: int) -> bool:
    """Wait until a run of an item's step ended or waits for a decision; say whether it is done."""
    conducted = Conducted(live.log, live.state)
    told: tuple[str, ...] = ()
    try:
        for news in follow(live.log, live.launch, live.state.head.seq, threading.Event()):
            for event in live.receive(news):
                if event.body.get("step") == item.id and event.body.get("attempt") == CUTOVER:
                    narrate(event_line(event, live.state))
            known = live.state.step(CUTOVER, item.id)
            if known.status not in _UNDER_WAY and known.run >= run:
                break
            if known.status == "skipped":
                break
            waits = tuple(_waits(live.state, item))
            if waits != told:
                for line in waits:
                    narrate(line)
                told = waits
            conducted.see_to(time.monotonic())
    except KeyboardInterrupt:
        narrate("the step goes on; `launchpad status --watch` follows it")
        raise
    return live.state.step(CUTOVER, item.id).status == "done"


def _waits(state: LaunchState, item: Item) -> Iterator[str]:
    if item.step:
        yield from waiting_lines(state, item.step, state.step(CUTOVER, item.id), f"item/{item.id}")
