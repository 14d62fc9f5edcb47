"""What the format takes: the holds of the countdown, and what has to be good for a GO."""

import pytest

from launchpad.checklist.converted.document import convert
from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.load import Document
from launchpad.checklist.model import CommitCriterion, Hold
from launchpad.checklist.told.document import tell
from tests.native.conftest import Problems, Reading, read_text

HEAD = """\
launchpad: 1
title: T
roles: {dba: Database Admin}
phases:
  - {id: before, title: Before, items: [{id: b, text: B}]}
  - {id: cutover, title: Cutover, poll: {roles: [dba]}, items: [{id: c, text: C}]}
probes: {smoke/health: {http: {url: 'http://h'}, conditions: ['[STATUS] == 200']}}
"""
HOLDS = """\
holds:
  - {id: gate, title: The gate, at: T-20m, lasts: 10m, until: {phases: [before], poll: cutover}}
  - {id: last, at: T-0, until: {poll: cutover}}
  - {id: rest, at: T-1h, lasts: 90s}
commit-criteria:
  - {id: smoke, text: The smoke test passes, probes: ['smoke/*'], hold: true}
  - {id: health, text: It answers, probes: [smoke/health]}
"""
TIME = "expected a time of the launch such as T-1h, T-0 or T+30m"


def test_holds_and_criteria_are_read(reading: Reading) -> None:
    checklist = reading(HEAD + HOLDS)
    assert checklist.holds == (
        Hold("gate", 9, -1_200_000, 600_000, "The gate", ("before",), "cutover"),
        Hold("last", 10, 0, poll="cutover"),
        Hold("rest", 11, -3_600_000, 90_000),
    )
    assert checklist.commit_criteria == (
        CommitCriterion("smoke", "The smoke test passes", 13, ("smoke/*",), hold=True),
        CommitCriterion("health", "It answers", 14, ("smoke/health",)),
    )


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("holds: »{id: a}", "expected a list, found keys with values"),
        ("holds: [»{at: T-1m, lasts: 1m}]", "the key `id` is missing"),
        ("holds: [»{id: a, lasts: 1m}]", "the key `at` is missing"),
        ("holds: [»{id: a, at: T-1m}]", "a hold needs `lasts` or `until`"),
        ("holds: [{id: a, at: »20m, lasts: 1m}]", TIME),
        ("holds: [{id: a, at: »T+1m, lasts: 1m}]", "a hold comes before T-0, or at it: T-20m"),
        ("holds: [{id: a, at: T-1m, lasts: »0s}]", "expected a duration such as 500ms"),
        ("holds: [{id: a, at: T-1m, »last: 1m, lasts: 1m}]", "there is no key `last`; did you"),
        ("holds: [{id: a, at: T-1m, until: »poll}]", "expected keys with values, found text"),
        ("holds: [{id: a, at: T-1m, until: »{}}]", "`until` needs `phases` or `poll`"),
        ("holds: [{id: a, at: T-1m, until: {poll: »cutovr}}]", "there is no poll `cutovr`; did"),
        ("holds: [{id: a, at: T-1m, until: {poll: »before}}]", "there is no poll `before`"),
        ("holds: [{id: a, at: T-1m, until: {phases: [»x]}}]", "there is no phase `x`"),
        ("holds: [{id: a, at: T-1m, until: {phases: »[]}}]", "expected at least one entry"),
        (
            "holds: [{id: a, at: T-1m, lasts: 1m}, {id: »a, at: T-2m, lasts: 1m}]",
            "the hold `a` is given already, on line 8",
        ),
        ("commit-criteria: [»{text: x, probes: ['*']}]", "the key `id` is missing"),
        ("commit-criteria: [»{id: a, probes: ['*']}]", "the key `text` is missing"),
        ("commit-criteria: [»{id: a, text: x}]", "the key `probes` is missing"),
        ("commit-criteria: [{id: a, text: x, probes: [»smok/*]}]", "no probe has a name like"),
        ("commit-criteria: [{id: a, text: x, probes: ['*'], hold: »yes}]", "expected true or"),
    ],
)
def test_what_is_wrong_with_them_is_told_where_it_stands(
    told: Problems, keys: str, message: str
) -> None:
    (problem,) = told(HEAD + keys)
    assert problem.startswith(message)


def test_they_are_told_and_written_as_they_were_read() -> None:
    checklist = read_text(HEAD + HOLDS)
    document = Document(source_from_bytes("plan.yaml", (HEAD + HOLDS).encode()), checklist)
    lines = [f"{line.name}: {line.text}" for line in tell(document) if line.name]
    assert (
        "gate: The gate at T-20m (for 10m, until before done, until the poll of cutover says go)"
        in lines
    )
    assert (
        "smoke: The smoke test passes (smoke/*, holds the countdown while it is not met)" in lines
    )
    again = read_text(convert(document)[0])
    assert [(one.id, one.at_ms, one.lasts_ms, one.phases, one.poll) for one in again.holds] == [
        (one.id, one.at_ms, one.lasts_ms, one.phases, one.poll) for one in checklist.holds
    ]
    assert [(one.id, one.text, one.probes, one.hold) for one in again.commit_criteria] == [
        (one.id, one.text, one.probes, one.hold) for one in checklist.commit_criteria
    ]


def test_a_window_is_acted_on(reading: Reading) -> None:
    """The hard stop is shown, and a rollback is reckoned against it: nothing is warned about."""
    assert reading(HEAD + "window: {opens: T-1h, hard-stop: T+1h}").warnings == ()
