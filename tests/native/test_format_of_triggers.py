"""What the format takes: what a launch is rolled back on, and what a rollback says of itself."""

import pytest

from launchpad.checklist.model import Rollback, Trigger
from tests.native.conftest import Problems, Reading

HEAD = (
    "launchpad: 1\ntitle: T\nphases: [{id: a, title: A, items: [{id: b, text: B}]}]\n"
    "probes:\n"
    "  smoke/health: {http: {url: 'http://h'}, conditions: ['[STATUS] == 200']}\n"
)
STEPS = "steps: [{id: s, title: S, manual: true}]"
TIME = "expected a time of the launch such as T-1h, T-0 or T+30m"
IDLE = "does nothing here"
ENDS = "it ends before it begins: without `from` it is T-0, without `until` T+30m"
ON = "probes: [smoke/health]"
DOWN = "error-trip-after: 3"


def triggers(text: str) -> str:
    written = text if text.startswith("»") else f"{{{text}}}"
    return f"{HEAD}rollback: {{{STEPS}, triggers: [{written}]}}"


@pytest.mark.parametrize(
    ("trigger", "message"),
    [
        (f"»{{{ON}}}", "the key `id` is missing"),
        ("»{id: t}", "a trigger needs `probes` or `text`"),
        (f"id: »T, {ON}", "expected an id of small letters, digits and single hyphens, such as"),
        (f"id: t, {ON}}}, {{id: »t, {ON}", "the trigger `t` is given already, on line 6"),
        ("id: t, probes: »smoke/*", "expected a list, found text"),
        ("id: t, probes: »[]", "expected at least one entry"),
        ("id: t, probes: [»smoke/heath]", "there is no probe `smoke/heath`; did you mean `smoke/"),
        ("id: t, probes: [»'load/*']", "no probe has a name like `load/*`"),
        ("id: t, probes: [»'smoke/?']", "no probe has a name like `smoke/?`"),
        ("id: t, probes: [»'smoke/[z-a]*']", "no probe has a name like `smoke/[z-a]*`"),
        (f"id: t, probes: [»'{'a*' * 150}']", "a pattern of more than 200 characters"),
        (f"id: t, {ON}, healthy-when: '[STATUS] »= 200'", "= is no operator; did you mean ==?"),
        (f"id: t, {ON}, healthy-when: '[STATUS]»'", "expected an operator: == != < <= > >="),
        (f"id: t, {ON}, trip-after: »0", "expected a whole number from 1 to 9999"),
        (f"id: t, {ON}, error-trip-after: »x", "expected a whole number from 1 to 9999"),
        (f"id: t, {ON}, no-data: »pass", "expected one of inconclusive, fail, found `pass`"),
        (f"id: t, {ON}, action: »stop", "expected one of notify, propose, auto, freeze, found"),
        (f"id: t, {ON}, decide-within: »60", "expected a duration such as 500ms, 30s, 2m, 1h30m"),
        (f"id: t, {ON}, »action: auto", "auto needs `decide-within`: how long it can be dismissed"),
        (
            f"id: t, {ON}, action: notify, »decide-within: 5s",
            f"`decide-within` {IDLE}: notify asks",
        ),
        (
            f"id: t, {ON}, action: freeze, »decide-within: 5s",
            f"`decide-within` {IDLE}: freeze asks",
        ),
        (f"id: t, {ON}, active: »T-0", "expected keys with values, found text"),
        (f"id: t, {ON}, active: {{from: »0}}", TIME),
        (f"id: t, {ON}, active: {{»to: T+1h}}", "there is no key `to`"),
        (f"id: t, {ON}, active: »{{from: T+1h, until: T+30m}}", ENDS),
        (f"id: t, {ON}, active: »{{from: T+30m}}", ENDS),
        (f"id: t, {ON}, active: »{{until: T-5m}}", ENDS),
        (
            "id: t, text: It burns, »trip-after: 2",
            f"`trip-after` {IDLE}: only `probes` can trip it",
        ),
        ("id: t, text: It burns, »action: notify", f"`action` {IDLE}: only `probes` can trip it"),
        (
            "id: t, text: It burns, »active: {from: T-1h}",
            f"`active` {IDLE}: only `probes` can trip",
        ),
        ("id: t, text: »''", "expected text, found nothing"),
    ],
)
def test_triggers(told: Problems, trigger: str, message: str) -> None:
    (only,) = told(triggers(trigger))
    assert only.startswith(message)


@pytest.mark.parametrize(
    ("trigger", "read"),
    [
        (
            "id: t, probes: ['smoke/*', smoke/health]",
            Trigger("t", 6, probes=("smoke/*", "smoke/health")),
        ),
        (
            f"id: t, {ON}, healthy-when: '[RESPONSE_TIME] <= +50%', text: Slower by half",
            Trigger(
                "t",
                6,
                "Slower by half",
                ("smoke/health",),
                healthy_when="[RESPONSE_TIME] <= +50%",
            ),
        ),
        ("id: t, text: Two customers called", Trigger("t", 6, "Two customers called")),
        (
            "id: t, text: Errors, healthy-when: '[VALUE] <= 5%'",
            Trigger("t", 6, "Errors", healthy_when="[VALUE] <= 5%"),
        ),
        (
            (
                f"id: t, {ON}, trip-after: 2, error-trip-after: 5, no-data: fail, "
                "active: {from: T-5m, until: T+1h}, action: auto, decide-within: 60s"
            ),
            Trigger(
                "t",
                6,
                probes=("smoke/health",),
                trip_after=2,
                error_trip_after=5,
                no_data="fail",
                active_from_ms=-300_000,
                active_until_ms=3_600_000,
                action="auto",
                decide_within_ms=60_000,
            ),
        ),
    ],
)
def test_what_a_launch_is_rolled_back_on(reading: Reading, trigger: str, read: Trigger) -> None:
    rollback = reading(triggers(trigger)).rollback
    assert rollback
    assert rollback.triggers == (read,)


def test_a_hundred_different_patterns_are_the_most(told: Problems) -> None:
    patterns = ", ".join(f"'smoke/{'*' * number}'" for number in range(1, 101))
    assert told(triggers(f"id: t, probes: [{patterns}, 'smoke/*']")) == []
    assert told(triggers(f"id: t, probes: [{patterns}, »'*']")) == [
        "more than 100 different patterns"
    ]


@pytest.mark.parametrize(
    ("trigger", "warned"),
    [
        (f"id: t, {ON}, {DOWN}", None),
        (f"id: t, {ON}, action: notify", None),
        (
            f"id: t, {ON}",
            (
                "the trigger t does not trip while nothing answers, which is an error and no "
                "failure: `error-trip-after` says after how many"
            ),
        ),
        (
            "id: t, text: Errors, healthy-when: '[VALUE] <= 5%'",
            "the trigger t names no probes: people watch it",
        ),
        # Nobody expects a program to see this.
        ("id: t, text: Two customers called", None),
        (
            f"id: t, {ON}, {DOWN}, healthy-when: '[RESPONSE_TIME] <= +50%'",
            "the trigger t never trips: there is no `baseline` to compare with",
        ),
        (
            f"id: t, {ON}, {DOWN}, healthy-when: '[STATUS] <= +50%'",
            "the trigger t never trips: only [RESPONSE_TIME] can be compared with the baseline",
        ),
    ],
)
def test_what_never_trips_is_said(reading: Reading, trigger: str, warned: str | None) -> None:
    told = [(one.line, one.message) for one in reading(triggers(trigger)).warnings]
    assert told == ([(6, warned)] if warned else [])


def test_a_change_of_what_the_baseline_does_not_measure_never_trips(reading: Reading) -> None:
    other = "  other: {http: {url: 'http://h'}, conditions: ['[STATUS] == 200']}\n"
    text = triggers(f"id: t, {ON}, {DOWN}, healthy-when: '[RESPONSE_TIME] <= +50%'")
    text = text.replace("rollback:", f"{other}rollback:")
    measured = "\nbaseline: {probes: [%s], over: 10m, min-samples: 5}\n"
    assert reading(text + measured % "smoke/health").warnings == ()
    (warning,) = reading(text + measured % "other").warnings
    assert warning.message == (
        "the trigger t never trips on smoke/health: the `baseline` does not measure it"
    )


def test_what_a_rollback_says_of_itself(reading: Reading) -> None:
    checklist = reading(
        f"{HEAD}"
        "snippets: {log-in: {text: ssh host}}\n"
        "rollback:\n"
        "  authority-text: the release lead, or whoever stands in\n"
        '  instructions: "Go back when\\nnothing else helps."\n'
        "  snippets: [log-in]\n"
        "  steps: [{id: s, title: S, manual: true, deadline: 1h, snippets: [log-in]}]\n"
    )
    rollback = checklist.rollback
    assert isinstance(rollback, Rollback)
    assert rollback.authority_text == "the release lead, or whoever stands in"
    assert rollback.instructions == "Go back when\nnothing else helps."
    assert (rollback.snippets, rollback.steps[0].snippets) == (("log-in",), ("log-in",))
    assert rollback.steps[0].deadline_ms == 3_600_000
    assert checklist.warnings == ()
