"""What the format takes: the window, the baseline, messages, and what people look up."""

import pytest

from launchpad.checklist.model import (
    Baseline,
    Checklist,
    Contact,
    Criterion,
    EnvironmentVariable,
    Message,
    Metric,
    Snippet,
    Window,
)
from tests.native.conftest import Problems, Reading

HEAD = (
    "launchpad: 1\ntitle: T\nphases: [{id: a, title: A, items: [{id: b, text: B}]}]\n"
    "vars: {host: {}}\nsecrets: {key: {env: KEY}}\n"
    "probes: {smoke/health: {http: {url: 'http://h'}, conditions: ['[STATUS] == 200']}}\n"
)
TIME = "expected a time of the launch such as T-1h, T-0 or T+30m"
DURATION = "expected a duration such as 500ms, 30s, 2m, 1h30m or 2d"
COUNT = "expected a whole number from 1 to 9999"
NUMBER = "expected a number such as 200 or 99.9"
ENDS = "the window ends before it opens"


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("window: »T-1h", "expected keys with values, found text"),
        ("window: »{}", "a window needs `opens` or `hard-stop`"),
        ("window: {opens: »1h}", TIME),
        ("window: {hard-stop: »T+1}", TIME),
        ("window: {opens: T-1h, »hard-stop: T-2h}", ENDS),
        ("window: {opens: T-0, »hard-stop: T-0}", ENDS),
        ("window: {hard-stop: T+1h, safety-floor: »0s}", DURATION),
        (
            "window: {opens: T-1h, »safety-floor: 10m}",
            "without `hard-stop` there is no end to keep it before",
        ),
        ("window: {hard-stop: T+1h, »hardstop: T+1h}", "there is no key `hardstop`; did you mean"),
        ("baseline: »{over: 5m, min-samples: 5}", "the key `probes` is missing"),
        ("baseline: »{probes: ['*'], min-samples: 5}", "the key `over` is missing"),
        ("baseline: »{probes: ['*'], over: 5m}", "the key `min-samples` is missing"),
        ("baseline: {probes: [»x*], over: 5m, min-samples: 5}", "no probe has a name like `x*`"),
        ("baseline: {probes: ['*'], over: »5, min-samples: 5}", DURATION),
        ("baseline: {probes: ['*'], over: 5m, min-samples: »0}", COUNT),
        ("messages: »[]", "expected keys with values, found a list"),
        ("messages: {»gone: x}", "there is no key `gone`; did you mean `done`?"),
        ("messages: {»started: x}", "there is no key `started`; did you mean `rollback-started`?"),
        ("messages: {go: »''}", "expected text, found nothing"),
        ("messages: {go: »{next-update: 5m}}", "the key `text` is missing"),
        ("messages: {go: {text: x, next-update: »5}}", DURATION),
        ("messages: {go: 'at »${hots}'}", "there is no variable `hots`; did you mean `host`?"),
        ("messages: {go: 'at »${key}'}", "`key` is a secret: only headers, a body and the"),
        ("snippets: {»A: {text: x}}", "expected an id of small letters, digits and single hyphens"),
        ("snippets: {a: »x}", "expected keys with values, found text"),
        ("snippets: {a: »{shell: sh}}", "the key `text` is missing"),
        ('snippets: {a: {text: »"a\\u200bb"}}', "a hidden character (U+200B) where a program"),
        ("env-vars: {»A-B: {}}", "expected the name of an environment variable, such as JOB_TOKEN"),
        ("env-vars: {A: {optional: »maybe}}", "expected true or false, found `maybe`"),
        ("env-vars: »[A]", "expected names with values, found a list"),
        ("contacts: [»{name: A}]", "the key `role` is missing"),
        ("contacts: [{role: R, »phone: 1}]", "there is no key `phone`"),
        ("metrics: [{name: M, comparator: »'=<', value: 1}]", "expected one of <, <=, =, >=, >"),
        ("metrics: [{name: M, comparator: <, value: »'1,5'}]", NUMBER),
        ("metrics: [{name: M, comparator: <, value: »99%}]", NUMBER),
        ("metrics: [{name: M, comparator: <, value: »1e5}]", NUMBER),
        ("metrics: [{name: M, comparator: <, value: »'\u0665'}]", NUMBER),
        ("metrics: [»{name: M, comparator: <}]", "the key `value` is missing"),
        ("criteria: [»{section: S}]", "the key `text` is missing"),
        ("criteria: [»C]", "expected keys with values, found text"),
    ],
)
def test_planning(told: Problems, keys: str, message: str) -> None:
    (only,) = told(HEAD + keys)
    assert only.startswith(message)


@pytest.mark.parametrize(
    ("keys", "read"),
    [
        (
            "window: {opens: T-1h, hard-stop: T+2h, safety-floor: 10m}",
            Window(7, -3_600_000, 7_200_000, 600_000),
        ),
        ("window: {hard-stop: T+2h}", Window(7, None, 7_200_000, 0)),
        ("window: {opens: T-1h}", Window(7, -3_600_000, None, 0)),
        (
            "baseline: {probes: ['smoke/*'], over: 10m, min-samples: 20}",
            Baseline(7, ("smoke/*",), 600_000, 20),
        ),
        (
            (
                "messages: {done: it is, go: {text: 'We go: ${host}', next-update: 15m},\n"
                ' rollback-started: "We\\u202e go back", hold: We wait}'
            ),
            (
                Message("go", "We go: ${host}", 7, 900_000),
                Message("hold", "We wait", 8),
                Message("rollback-started", "We<U+202E> go back", 8),
                Message("done", "it is", 7),
            ),
        ),
        (
            (
                "snippets:\n  log-in: {text: ssh host}\n  look:\n    shell: bash\n    text: |\n"
                "      ls \\\n        -l\n    expected: two files"
            ),
            (
                Snippet("log-in", 8, "ssh host"),
                Snippet("look", 9, "ls \\\n  -l", "bash", "two files"),
            ),
        ),
        (
            "env-vars: {DATABASE_URL: {}, SEARCH_URL: {optional: true, group: Search}}",
            (
                EnvironmentVariable("DATABASE_URL", 7),
                EnvironmentVariable("SEARCH_URL", 7, optional=True, group="Search"),
            ),
        ),
        (
            "contacts: [{role: Lead, name: Ada B, contact: '+1 5'}, {role: Support}]",
            (Contact("Lead", "Ada B", "+1 5", 7), Contact("Support", None, None, 7)),
        ),
        (
            (
                "metrics: [{name: Uptime, comparator: '>=', value: 99.90, unit: '%'}, "
                "{name: Drift, comparator: <, value: -3}]"
            ),
            (Metric("Uptime", ">=", "99.90", "%", 7), Metric("Drift", "<", "-3", "", 7)),
        ),
        (
            "criteria: [{text: Nobody calls, section: First day}, {text: It holds}]",
            (Criterion("Nobody calls", "First day", 7), Criterion("It holds", "", 7)),
        ),
    ],
)
def test_what_is_planned(reading: Reading, keys: str, read: object) -> None:
    checklist = reading(HEAD + keys)
    assert getattr(checklist, keys.partition(":")[0].replace("-", "_")) == read


def test_what_nothing_acts_on_yet_is_warned_about(reading: Reading) -> None:
    (warning,) = reading(HEAD + "messages: {go: x}").warnings
    assert warning.line == 7
    assert warning.message.startswith("`messages` are kept, but this version sends none")


@pytest.mark.parametrize(
    ("times", "closes_ms", "valid_ms"),
    [("", None, None), (", closes-in: 5m, valid-for: 15m", 300_000, 900_000)],
)
def test_a_poll_names_roles_and_how_long_their_answers_are_good(
    reading: Reading, times: str, closes_ms: int | None, valid_ms: int | None
) -> None:
    poll = f"title: A, poll: {{roles: [dba]{times}}},"
    text = "roles: {dba: D}\n" + HEAD.replace("title: A,", poll)
    checklist: Checklist = reading(text.replace("launchpad: 1\n", "", 1) + "launchpad: 1\n")
    (phase, *_) = checklist.phases
    assert (phase.poll, phase.poll_closes_ms, phase.poll_valid_ms) == (
        ("dba",),
        closes_ms,
        valid_ms,
    )
    assert not checklist.warnings
