"""Triggers in prose become probes that trip on what the words say, or stay what people watch."""

from collections.abc import Callable

import pytest

from launchpad.checklist.converted.document import convert
from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.load import Document, read
from launchpad.checklist.model import Checklist, Trigger
from launchpad.checklist.told.acting import tell_trigger
from launchpad.conditions.evaluate import evaluate
from launchpad.conditions.observation import Observation
from launchpad.conditions.parse import parse

Reading = Callable[[str], Document]

PLAN = """\
# Storefront cutover

- [ ] Everybody is here

## Health

```bash
curl -f https://shop.io/health      # Expected: 200
curl -f https://shop.io/api/ping    # Expected: 200/204
curl https://shop.io/admin/status   # Expected: 401
```

## Rollback plan

### Triggers

{triggers}

### Steps

1. Point traffic back
"""
EVERY = ("health", "http/api-ping", "http/admin-status")


def converted(reading: Reading, *triggers: str) -> tuple[Checklist, str]:
    """Return a plan with these triggers as it is once converted, and its text."""
    said = "\n".join(f"- {trigger}" for trigger in triggers)
    text, _ = convert(reading(PLAN.format(triggers=said)))
    return read(source_from_bytes("plan.yaml", text.encode())), text


def compiled(reading: Reading, words: str) -> Trigger:
    """Return the only trigger of the converted plan."""
    checklist, _ = converted(reading, words)
    assert checklist.rollback
    (trigger,) = checklist.rollback.triggers
    return trigger


@pytest.mark.parametrize(
    ("words", "probes", "healthy"),
    [
        # The one that is expected to answer 401 would trip at once.
        ("Any endpoint returns non-2xx", EVERY[:2], "[STATUS] < 300"),
        ("Any endpoint returns 5xx", EVERY, "[STATUS] < 500"),
        ("/health returns non-200", ("health",), "[STATUS] == 200"),
        ("The ping endpoint returns 5xx", ("http/api-ping",), "[STATUS] < 500"),
        ("API latency above 2 seconds", EVERY, "[RESPONSE_TIME] <= 2s"),
        ("Performance degradation >50% from baseline", EVERY, "[RESPONSE_TIME] <= +50%"),
    ],
)
def test_what_is_understood_gets_the_probes_that_would_show_it(
    reading: Reading, words: str, probes: tuple[str, ...], healthy: str
) -> None:
    trigger = compiled(reading, words)
    assert (trigger.text, trigger.probes, trigger.healthy_when) == (words, probes, healthy)
    assert (trigger.action, trigger.trip_after) == ("propose", 1)


@pytest.mark.parametrize(
    ("words", "trip_after"),
    [
        ("Any endpoint returns 5xx twice in a row", 2),
        # A probe is asked every 30 s: the eleventh result is five minutes after the first.
        ("Any endpoint returns 5xx for 5 minutes", 11),
        ("Any endpoint returns 5xx for more than 5 minutes", 12),
        ("API latency above 2 s for at least 1 minute", 3),
    ],
)
def test_how_long_it_lasts_becomes_results_in_a_row(
    reading: Reading, words: str, trip_after: int
) -> None:
    trigger = compiled(reading, words)
    assert (trigger.trip_after, trigger.error_trip_after) == (trip_after, max(trip_after, 2))


def test_what_is_compiled_is_not_said_to_be_not_understood(reading: Reading) -> None:
    _, text = converted(reading, "Any endpoint returns 5xx for 5 minutes", "Data loss")
    doubts = [line for line in text.splitlines() if "the rollback trigger" in line]
    assert len(doubts) == 1
    assert "Data loss" in doubts[0]


def test_until_when_it_counts_is_kept(reading: Reading) -> None:
    trigger = compiled(reading, "Any endpoint returns 5xx within 20 minutes of T-0")
    assert (trigger.active_from_ms, trigger.active_until_ms) == (0, 1_200_000)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Two customers called", "what it compares was not understood"),
        ("Error rate > 5%", "nothing in the document says how to observe it"),
        ("The payment service returns 5xx", "no probe observes it"),
        ("/checkout returns non-200", "no probe observes it"),
        ("Every endpoint returns 5xx", "no probe observes it"),
        ("The endpoint returns 5xx", "which of the probes it means is not said"),
        ("Any endpoint returns 5xx for 45 seconds", "45s is no whole number of its probes'"),
    ],
)
def test_what_cannot_be_compiled_stays_what_people_watch(
    reading: Reading, words: str, why: str
) -> None:
    checklist, text = converted(reading, words)
    assert checklist.rollback
    assert checklist.rollback.triggers[0].probes == ()
    assert f"# review: people watch it: {why}" in " ".join(text.split())


def test_a_comparison_with_the_baseline_proposes_to_measure_one(reading: Reading) -> None:
    checklist, text = converted(reading, "Latency increases by 50% over baseline", "Data loss")
    assert checklist.baseline
    assert checklist.baseline.probes == EVERY
    assert checklist.baseline.over_ms >= checklist.baseline.min_samples * 30_000
    assert "# review: what a trigger below compares with, measured before T-0" in text


def test_nothing_is_measured_where_nothing_compares_with_it(reading: Reading) -> None:
    checklist, _ = converted(reading, "Any endpoint returns non-2xx", "Error rate > 5%")
    assert checklist.baseline is None


def test_every_compiled_trigger_is_marked_for_review(reading: Reading) -> None:
    _, text = converted(reading, "Any endpoint returns non-2xx", "Data loss")
    below = text[text.index("triggers:") :]
    assert "# review: compiled from its words: does it trip on what they mean?" in below
    assert "expected to answer so: http/admin-status" in below
    assert "no answer at all trips it, too, 2 times in a row" in below


@pytest.mark.parametrize(
    ("words", "good", "bad"),
    [
        ("Any endpoint returns non-2xx", {"STATUS": 204}, {"STATUS": 503}),
        ("Latency over 800 ms", {"RESPONSE_TIME": 799}, {"RESPONSE_TIME": 801}),
        ("Degradation > 50 % from baseline", {"RESPONSE_TIME": 150}, {"RESPONSE_TIME": 151}),
    ],
)
def test_the_compiled_condition_trips_on_what_the_words_say(
    reading: Reading, words: str, good: dict[str, int], bad: dict[str, int]
) -> None:
    healthy = compiled(reading, words).healthy_when
    assert healthy
    before = Observation({"RESPONSE_TIME": 100})
    outcomes = [evaluate(parse(healthy), Observation(seen), before) for seen in (good, bad)]
    assert [verdict.outcome for verdict in outcomes] == ["true", "false"]


def test_check_shows_how_it_was_compiled(reading: Reading) -> None:
    said, how, then = tell_trigger(compiled(reading, "API latency over 2 s for 1 min"))
    assert said.text == "trigger: API latency over 2 s for 1 min"
    assert how.text == (
        "compiled: probes health, http/api-ping, http/admin-status; "
        "trips when not [RESPONSE_TIME] <= 2s, 3 times in a row, or 3 errors in a row; T-0 to T+30m"
    )
    assert then.text == "then the rollback is proposed"


NATIVE = """
```yaml launchpad
triggers:
  - {{id: data-loss, probes: [rows]}}
  - {{id: any-endpoint-returns-5xx, probes: [rows], trip-after: 4}}
  - {{id: third, text: The vendor calls}}
```
"""
FRONT = """\
---
launchpad:
  probes:
    rows: {command: {exec: [./rows.sh]}, conditions: ['[EXIT_CODE] == 0']}
---
"""


def test_a_native_part_gives_probes_to_a_trigger_in_prose(reading: Reading) -> None:
    said = "- Data loss\n- Any endpoint returns 5xx\n- Fog"
    text = FRONT + PLAN.format(triggers=said).replace(
        "## Rollback plan\n", f"## Rollback plan\n{NATIVE.format()}"
    )
    checklist = reading(text).checklist
    assert checklist.rollback
    loss, status, fog, third = checklist.rollback.triggers
    assert (loss.text, loss.probes, loss.healthy_when) == ("Data loss", ("rows",), None)
    assert (status.healthy_when, status.trip_after) == ("[STATUS] < 500", 4)
    assert (fog.text, third.text) == ("Fog", "The vendor calls")
    doubts = [warning for warning in checklist.warnings if "was not understood" in warning.message]
    assert [doubt.line for doubt in doubts] == [fog.line]
