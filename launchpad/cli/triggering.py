"""What the commands about triggers do: dismiss one, list them, and capture the baseline."""

from collections.abc import Iterator
from typing import Any, Literal

from launchpad.checklist.durations import duration
from launchpad.checklist.model import Trigger
from launchpad.cli import places
from launchpad.cli.acting import Given, record, taking_part
from launchpad.cli.columns import aligned
from launchpad.cli.output import narrate, say, say_json
from launchpad.cli.reaching import launch_to_read, log_at
from launchpad.cli.spans import span_ms
from launchpad.launch.arming import trigger_standing, triggers_of
from launchpad.launch.intents import CaptureBaseline, DismissTrigger
from launchpad.launch.moment import Moment, moment_at
from launchpad.launch.refused import Refused
from launchpad.launch.state import LaunchState
from launchpad.launch.trigger_facts import BaselineFigure
from launchpad.session.baseline import Measured, measured
from launchpad.session.clock import now
from launchpad.text.safe import one_line

_US_PER_MS = 1000


def dismiss(given: Given, trigger: str, reason: str, for_: str) -> None:
    """Say no to a trigger. for_: a duration, as typed."""
    for_ms = span_ms("--for", for_)
    with taking_part(given) as (live, by):
        found = places.trigger(live.state.checklist, trigger)
        intent = DismissTrigger(found.id, reason, for_ms or 0, live.state.head.seq)
        record(given, live, intent, by)


def list_triggers(log: str | None, launch: str | None, answer: Literal["text", "json"]) -> None:
    """Show each trigger: what it looks at, and how it stands."""
    with log_at(log) as opened:
        state, at = launch_to_read(opened, launch).state, moment_at(now())
    triggers = triggers_of(state)
    if answer == "json":
        say_json({"triggers": [_values(state, each, at) for each in triggers]})
    elif not triggers:
        narrate("this launch has no triggers")
    else:
        for line in _listed(state, at):
            say(line)


def _listed(state: LaunchState, at: Moment) -> Iterator[str]:
    rows = [("TRIGGER", "STATE", "LOOKS AT", "")]
    for trigger in triggers_of(state):
        standing, known = trigger_standing(state, trigger, at), state.triggers.trigger(trigger.id)
        times = f" ({known.times} times by now)" if known.times > 1 else ""
        word = standing.word.replace("-", " ")
        rows.append(
            (
                trigger.id,
                word.upper() if standing.word in ("tripped", "dismissed") else word,
                _looks_at(trigger),
                one_line(f"{standing.why}{times}"),
            )
        )
    return aligned(rows)


def _looks_at(trigger: Trigger) -> str:
    if not trigger.probes:
        return one_line(trigger.text)
    holds = f": {trigger.healthy_when}" if trigger.healthy_when else ""
    return one_line(f"{', '.join(trigger.probes)}{holds}")


def _values(state: LaunchState, trigger: Trigger, at: Moment) -> dict[str, Any]:
    standing, known = trigger_standing(state, trigger, at), state.triggers.trigger(trigger.id)
    return {
        "id": trigger.id,
        "text": trigger.text,
        "probes": list(trigger.probes),
        "healthy_when": trigger.healthy_when,
        "action": trigger.action,
        "state": standing.word,
        "why": standing.why,
        "times": known.times,
        "proposed": trigger.id in state.triggers.proposals,
    }


def capture(given: Given) -> int:
    """Keep what the probes take now. Returns 1 where none has enough samples, else 0."""
    with taking_part(given) as (live, by):
        baseline, at = live.state.checklist.baseline, moment_at(now())
        if baseline is None:
            raise Refused("this launch's checklist asks for no baseline")
        found = measured(live.log, live.launch, live.state.checklist, baseline, at)
        if found.figures:
            record(given, live, CaptureBaseline(found.figures, found.over_ms), by)
        for line in _told(found, baseline.min_samples):
            narrate(line)
    return 0 if found.figures else 1


def _told(found: Measured, wanted: int) -> Iterator[str]:
    if found.figures:
        heads = ("PROBE", "SAMPLES", "P50", "P95")
        yield from aligned([heads, *(_figures(figure) for figure in found.figures)])
    over = duration(found.over_ms)
    for probe, number in found.missing:
        yield f"{one_line(probe)}: {number} good samples in the last {over}, it takes {wanted}"
    if not found.figures:
        yield "nothing was recorded: no probe has enough samples"


def _figures(figure: BaselineFigure) -> tuple[str, ...]:
    return (
        one_line(figure.probe),
        str(figure.samples),
        f"{figure.p50_us / _US_PER_MS:.0f}ms",
        f"{figure.p95_us / _US_PER_MS:.0f}ms",
    )
