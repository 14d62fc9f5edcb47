"""Rollback triggers in prose: where they are found, and which of them are understood as what."""

from collections.abc import Callable

import pytest

from launchpad.checklist.load import Document
from launchpad.checklist.markdown.rollback.trigger_words import understood
from launchpad.checklist.model import Trigger
from launchpad.conditions.parse import parse

Reading = Callable[[str], Document]


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("Performance degradation >20% from baseline", "[RESPONSE_TIME] <= +20%"),
        ("performance degrades by more than 20 % against the baseline", "[RESPONSE_TIME] <= +20%"),
        ("Latency increases by 12.5% over baseline", "[RESPONSE_TIME] <= +12.5%"),
        ("Response time more than 30% above baseline", "[RESPONSE_TIME] <= +30%"),
        ("Response times exceed 800 ms", "[RESPONSE_TIME] <= 800ms"),
        ("API latency above 2 seconds", "[RESPONSE_TIME] <= 2s"),
        ("Any endpoint returns non-2xx", "[STATUS] < 300"),
        ("The checks go red (any page returns a non 2xx)", "[STATUS] < 300"),
        ("a health check responds with 5xx", "[STATUS] < 500"),
        ("/api/health returns non-200", "[STATUS] == 200"),
        ("Error rate > 5%", "[VALUE] <= 5%"),
        ("Failure rate exceeds 0.5 %", "[VALUE] <= 0.5%"),
        ("Availability drops below 99.9%", "[VALUE] >= 99.9%"),
        ("Success rate < 98%", "[VALUE] >= 98%"),
    ],
)
def test_what_compares_is_understood_as_a_condition(words: str, condition: str) -> None:
    said = understood(words)
    assert said
    assert said.healthy_when == condition
    assert said.timed.in_a_row == 1
    parse(condition)


@pytest.mark.parametrize(
    ("words", "in_a_row"),
    [
        ("Any endpoint returns non-2xx twice in a row", 2),
        ("Any endpoint returns non-2xx, 3 times in a row", 3),
        ("Any endpoint returns non-2xx on three consecutive checks", 3),
        ("Two consecutive failures: any endpoint returns non-2xx", 2),
        ("API latency above 2 seconds for 5 consecutive requests", 5),
    ],
)
def test_how_often_in_a_row_it_has_to_be_is_understood(
    reading: Reading, words: str, in_a_row: int
) -> None:
    (trigger,) = triggers(reading, f"{PLAN}\n### Triggers\n\n- {words}\n")
    assert (trigger.understood, trigger.trip_after) == (True, in_a_row)


@pytest.mark.parametrize(
    ("words", "until_s"),
    [
        ("Any endpoint returns non-2xx within 20 minutes of T-0", 1200),
        ("Any endpoint returns non-2xx in the first 2 hours after go-live", 7200),
        ("Any endpoint returns non-2xx until T+45m", 2700),
        ("Any endpoint returns non-2xx between T-0 and T+1h", 3600),
    ],
)
def test_until_when_it_counts_is_understood(reading: Reading, words: str, until_s: int) -> None:
    (trigger,) = triggers(reading, f"{PLAN}\n### Triggers\n\n- {words}\n")
    assert trigger.understood
    assert (trigger.active_from_ms, trigger.active_until_ms) == (0, until_s * 1000)


def test_how_long_it_has_to_last_takes_probes_to_count(reading: Reading) -> None:
    (trigger,) = triggers(reading, f"{PLAN}\n### Triggers\n\n- Error rate > 5% for 5 minutes\n")
    assert not trigger.understood


@pytest.mark.parametrize(
    "words",
    [
        "The database cannot be reached",
        "A payment provider fails",
        "Error rate > 5% for 5 minutes for 10 minutes",
        "Any endpoint returns non-2xx twice in a row for 5 minutes",
        "Any endpoint returns non-2xx over 5 minutes",
        "Error rate > 5% within 0 minutes of T-0",
        "Error rate above 5% or latency above 2 s",
        "p95 latency above 500 ms",
        "Average response time above 1 s",
        "Throughput degradation >20% from baseline",
        "Error rate increases by 50% from baseline",
        "CPU > 90%",
        "Response time over 15 minutes",
        "Latency above 300",
        "Data loss",
        "Error rate > 5% " + "x" * 600,
    ],
)
def test_what_is_less_or_more_than_one_comparison_is_not_guessed(words: str) -> None:
    assert understood(words) is None


PLAN = "## Rollback Plan\n\n1. b\n"


def triggers(reading: Reading, text: str) -> tuple[Trigger, ...]:
    found = reading(f"- [ ] a\n\n{text}").checklist.rollback
    assert found
    return found.triggers


@pytest.mark.parametrize(
    "text",
    [
        f"{PLAN}\n### Triggers\n\n- c\n- d\n",
        f"{PLAN}\n**Rollback Trigger Conditions**:\n- c\n- d\n",
        f"{PLAN}\n**When to roll back:**\n\n* c\n* d\n",
        f"{PLAN}\nTriggers:\n\n1. c\n2. d\n",
        f"## Rollback Triggers\n\n- c\n- d\n\n{PLAN}",
        f"{PLAN}\n## Rollback criteria\n\n- c\n- d\n",
        f"{PLAN}\n### Triggers\n\n- [ ] c\n- [ ] d\n",
        f"{PLAN}\n### Triggers\n\n- Any of:\n  - c\n  - d\n",
        f"{PLAN}\n### Triggers\n\nc\nd\n",
        f"{PLAN}\nTrigger: c\n\n**Trigger**: d\n",
        f"{PLAN}\n- Trigger: c\n- **Triggers:** d\n",
        f"{PLAN}\n### 6.1 When\n\n- c\n- d\n",
        f"{PLAN}\n## Triggers\n\n- c\n- d\n",
        f"{PLAN}\n## Abort criteria\n\n- c\n- d\n",
        f"{PLAN}\n## Abort conditions\n\n- c\n- d\n",
        f"{PLAN}\n## Stop conditions\n\n- c\n- d\n",
        f"{PLAN}\n## Kill criteria\n\n- c\n- d\n",
        f"{PLAN}\n## Halt the rollout if\n\n- c\n- d\n",
        f"{PLAN}\n## When do we roll back?\n\n- c\n- d\n",
        f"{PLAN}\n### Triggers\n\n| When |\n|---|\n| c |\n| d |\n",
    ],
)
def test_triggers_are_found_in_every_shape(reading: Reading, text: str) -> None:
    assert [one.text for one in triggers(reading, text)] == ["c", "d"]


def test_a_trigger_has_an_id_and_its_line(reading: Reading) -> None:
    first, second, third = triggers(
        reading, f"{PLAN}\n### Triggers\n\n- Error rate > 5%\n- Data loss\n- Data loss\n"
    )
    assert (first.id, first.line, first.understood) == ("error-rate-5", 9, True)
    assert (second.id, second.line, second.understood) == ("data-loss", 10, False)
    assert third.id == "data-loss-2"


def test_a_trigger_that_is_not_understood_is_a_warning_with_its_line(reading: Reading) -> None:
    text = f"- [ ] a\n\n{PLAN}\n### Triggers\n\n- Error rate > 5%\n- Data loss\n"
    (warning,) = reading(text).checklist.warnings
    assert warning.line == 10
    assert "Data loss" in warning.message


@pytest.mark.parametrize(
    "text",
    [
        f"{PLAN}\n### Contacts\n\n- c\n",
        f"{PLAN}\n## Launch criteria\n\n- c\n",
        f"{PLAN}\n## Triggers\n\n- [ ] c\n",
        f"{PLAN}\n## Triggers of the nightly job\n\n- c\n",
        PLAN,
    ],
)
def test_other_lists_are_no_triggers(reading: Reading, text: str) -> None:
    assert triggers(reading, text) == ()
