"""Triggers in prose, compiled to the probes that would show what their words say.

What is compiled is for a person to look at. Where the words say more or less than probes can tell,
a trigger stays what people watch, and a comment says why.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from launchpad.checklist.converted.review import REVIEW
from launchpad.checklist.durations import written
from launchpad.checklist.markdown.rollback.trigger_times import Timed
from launchpad.checklist.markdown.rollback.trigger_words import Understood, understood
from launchpad.checklist.model import Baseline, Checklist, Probe, Trigger
from launchpad.conditions.condition import AnyOf, Condition, Observed, Quantity, Relative
from launchpad.conditions.evaluate import evaluate
from launchpad.conditions.parse import parse

_OVER_MS, _MIN_SAMPLES = 600_000, 10
# One answer that is lost on its way says nothing of the launch.
_ERRORS = 2
# Words that leave it open which address is meant, and words that mean one or several of them.
_WHICHEVER = frozenset(
    {"a", "an", "any", "one", "some", "single", "if", "when", "of", "our", "overall", "system"}
    | {"application", "app", "site", "web", "http", "api", "apis", "public", "health", "smoke"}
    | {"server", "endpoint", "endpoints", "check", "checks", "request", "requests", "page", "pages"}
    | {"url", "urls", "test", "tests", "significant"}
)
_PARTICULAR = frozenset({"the", "service", "services"})
_WORD = re.compile(r"[^\W_]+")
_PATH = re.compile(r"(?<!\S)/[\w/.-]*")


@dataclass(frozen=True, slots=True)
class ProposedTrigger:
    """A trigger with its probes, or as it was; and the comments that say what to look at."""

    trigger: Trigger
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposedTriggers:
    """What is proposed for triggers without probes, by their ids. baseline: what that takes."""

    each: Mapping[str, ProposedTrigger] = field(default_factory=dict)
    baseline: Baseline | None = None

    @property
    def compiled(self) -> int:
        """How many of them got probes."""
        return sum(bool(one.trigger.probes) for one in self.each.values())


def propose_triggers(checklist: Checklist, probes: Sequence[Probe]) -> ProposedTriggers:
    """Return what is proposed. probes: the checklist's, and those that are proposed for it."""
    back = checklist.rollback
    each = {
        trigger.id: _proposed(trigger, probes)
        for trigger in (back.triggers if back else ())
        if not trigger.probes
    }
    compared = dict.fromkeys(
        probe for one in each.values() if _relative(one.trigger) for probe in one.trigger.probes
    )
    if not compared or checklist.baseline:
        return ProposedTriggers(each)
    return ProposedTriggers(each, Baseline(0, tuple(compared), _OVER_MS, _MIN_SAMPLES))


def _relative(trigger: Trigger) -> bool:
    healthy = trigger.healthy_when
    return healthy is not None and isinstance(parse(healthy).right, Relative)


def _proposed(trigger: Trigger, probes: Sequence[Probe]) -> ProposedTrigger:
    said = understood(trigger.text)
    if said is None or "[VALUE]" in said.healthy_when:
        why = "what it compares was not understood"
        if said or trigger.healthy_when:
            why = "nothing in the document says how to observe it"
        return ProposedTrigger(trigger, (_watched(why),))
    meant = [probe for probe in probes if probe.type == "http" and _means(said.answering, probe)]
    condition = parse(said.healthy_when)
    fit = [probe for probe in meant if _can_hold(condition, probe)]
    if not fit or _one_is_meant(said.answering, fit):
        why = "no probe observes it" if not fit else "which of the probes it means is not said"
        return ProposedTrigger(trigger, (_watched(why),))
    times = {_in_a_row(said.timed, probe.interval_ms) for probe in fit}
    in_a_row = times.pop()
    if times or in_a_row is None:
        lasts = written(said.timed.lasts_ms or 0)
        why = f"{lasts} is no whole number of its probes' intervals"
        return ProposedTrigger(trigger, (_watched(why),))
    compiled = replace(
        trigger,
        probes=tuple(probe.id for probe in fit),
        healthy_when=said.healthy_when,
        trip_after=in_a_row,
        error_trip_after=max(in_a_row, _ERRORS),
        active_until_ms=trigger.active_until_ms
        if said.timed.until_ms is None
        else said.timed.until_ms,
    )
    left_out = [probe.id for probe in meant if probe not in fit]
    return ProposedTrigger(compiled, tuple(_looks(compiled, said, left_out)))


def _watched(why: str) -> str:
    return f"{REVIEW} people watch it: {why}; give it `probes` to have it watched"


def _looks(compiled: Trigger, said: Understood, left_out: Sequence[str]) -> Iterator[str]:
    yield f"{REVIEW} compiled from its words: does it trip on what they mean?"
    if said.timed.lasts_ms is not None:
        lasts = written(said.timed.lasts_ms)
        than = "more than " if said.timed.longer else ""
        yield f"{REVIEW} {compiled.trip_after} results in a row are {than}{lasts} at this interval"
    yield f"{REVIEW} no answer at all trips it, too, {compiled.error_trip_after} times in a row"
    if left_out:
        yield f"{REVIEW} left out, since they are expected to answer so: {', '.join(left_out)}"
    if _relative(compiled):
        yield f"{REVIEW} it compares with what `launchpad baseline capture` measured before T-0"


def _means(answering: str, probe: Probe) -> bool:
    """Say whether the words that say what is asked can mean a probe's address."""
    path = _path(probe)
    named = _PATH.search(answering)
    if named:
        return path == named.group() or path.endswith(named.group())
    words = set(_WORD.findall(answering)) - _WHICHEVER - _PARTICULAR
    return words <= set(_WORD.findall(path.casefold()))


def _one_is_meant(answering: str, probes: Iterable[Probe]) -> bool:
    """Say whether the words mean a certain address, and which one is open."""
    several = len({_path(probe) for probe in probes}) > 1
    return several and not _PARTICULAR.isdisjoint(_WORD.findall(answering))


def _path(probe: Probe) -> str:
    url = probe.http.url if probe.http else ""
    _, _, behind = url.rpartition("://")
    return f"/{behind.partition('/')[2]}"


def _can_hold(condition: Condition, probe: Probe) -> bool:
    """Say whether a probe can be well without tripping what the condition is compiled for."""
    expected = (status for text in probe.conditions for status in _statuses(parse(text)))
    return all(evaluate(condition, {"STATUS": status}).outcome != "false" for status in expected)


def _statuses(condition: Condition) -> Iterator[int]:
    """Yield the statuses that a condition takes for well."""
    left, right = condition.left, condition.right
    if condition.operator != "==" or not isinstance(left, Observed):
        return
    if left.placeholder.name != "STATUS":
        return
    for option in right.options if isinstance(right, AnyOf) else (right,):
        if isinstance(option, Quantity):
            yield int(option.value)


def _in_a_row(said: Timed, interval_ms: int) -> int | None:
    """Return how many bad results in a row there have to be; None where that is not exact."""
    if said.lasts_ms is None:
        return said.in_a_row
    intervals, rest = divmod(said.lasts_ms, interval_ms)
    if rest:
        return None
    return intervals + (2 if said.longer else 1)
