"""Times beside a step: lengths, deadlines, and the thresholds that are neither."""

import pytest

from launchpad.checklist.markdown.durations import Timing, field_ms, timing

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000


@pytest.mark.parametrize(
    ("text", "left", "expected_ms"),
    [
        ("Move DNS (2 minutes)", "Move DNS", 2 * MINUTE),
        ("Way back (\u226410 minutes)", "Way back", 10 * MINUTE),
        ("Move DNS (~15m)", "Move DNS", 15 * MINUTE),
        ("Move DNS (5-10 min)", "Move DNS", 10 * MINUTE),
        ("Move DNS (5 \u2013 10 minutes)", "Move DNS", 10 * MINUTE),
        ("Move DNS (5 min to 10 min)", "Move DNS", 10 * MINUTE),
        ("Move DNS (1h 30m)", "Move DNS", 90 * MINUTE),
        ("Move DNS (1 hour and 30 minutes)", "Move DNS", 90 * MINUTE),
        ("Move DNS (2m30s)", "Move DNS", 150 * SECOND),
        ("Move DNS (1.5 hours)", "Move DNS", 90 * MINUTE),
        ("Move DNS (one minute)", "Move DNS", MINUTE),
        ("Move DNS [90s]", "Move DNS", 90 * SECOND),
        ("Move DNS (approx. 5 min)", "Move DNS", 5 * MINUTE),
        ("Move DNS (estimated time: 5 min)", "Move DNS", 5 * MINUTE),
        ("Move DNS (2 minutes max)", "Move DNS", 2 * MINUTE),
        ("Move DNS (2 minutes) now", "Move DNS now", 2 * MINUTE),
        ("Move DNS \u2014 2 min", "Move DNS", 2 * MINUTE),
        ("Move DNS (blue) (3 days)", "Move DNS (blue)", 72 * HOUR),
        ("(2 min)", "(2 min)", 2 * MINUTE),
    ],
)
def test_a_length_beside_a_step_is_what_it_takes(text: str, left: str, expected_ms: int) -> None:
    assert timing(text) == Timing(left, expected_ms=expected_ms)


@pytest.mark.parametrize(
    ("text", "left", "deadline_ms"),
    [
        ("Immediate: close the gate", "close the gate", 0),
        ("Immediately", "Immediately", 0),
        ("IMMEDIATE ACTIONS:", "IMMEDIATE ACTIONS", 0),
        ("Immediately close the gate", "Immediately close the gate", 0),
        ("Close the gate (immediately)", "Close the gate", 0),
        ("Within 1 hour: restore", "restore", HOUR),
        ("Within 4 hours - restore", "restore", 4 * HOUR),
        ("within the first 15 minutes, restore", "restore", 15 * MINUTE),
        ("Within half an hour", "Within half an hour", 30 * MINUTE),
        ("First 15 minutes: watch", "watch", 15 * MINUTE),
        ("Restore (within 1 hour)", "Restore", HOUR),
        ("\U0001f525 Immediate Actions (0\u20135 min)", "\U0001f525 Immediate Actions", 5 * MINUTE),
    ],
)
def test_by_when_is_a_deadline_and_no_length(text: str, left: str, deadline_ms: int) -> None:
    assert timing(text) == Timing(left, deadline_ms=deadline_ms)


@pytest.mark.parametrize(
    "text",
    [
        "Errors for > 15 minutes",
        "Errors (for > 15 minutes)",
        "Look at it (every 5 min)",
        "It answers (< 2 seconds)",
        "Take the snapshot (older than 2 hours)",
        "Watch it for 15 minutes",
        "Immediately after the switch, watch",
        "Sell 5 mice (5 mice)",
        "In 5 minutes: look again",
        "Step 5-10",
        "",
    ],
)
def test_a_threshold_or_a_number_is_no_time_of_a_step(text: str) -> None:
    assert timing(text) == Timing(text)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Restore (RTO 15 min)", "(RTO 15 min)"),
        ("Restore (wait 5 minutes)", "(wait 5 minutes)"),
        ("Restore (2 min) (3 min)", "(3 min)"),
        ("Within 5 minutes of detection: tell", "Within 5 minutes of detection: tell"),
    ],
)
def test_what_looks_like_a_time_is_doubted_rather_than_guessed(text: str, doubt: str) -> None:
    found = timing(text)
    assert found.doubts == (doubt,)
    assert doubt in found.text


@pytest.mark.parametrize(
    ("text", "length_ms"),
    [
        ("Estimated time: ~10 minutes", 10 * MINUTE),
        ("Rollback time: 5-10 min", 10 * MINUTE),
        ("Maximum duration: 1 h", HOUR),
        ("Response time: 2 seconds", None),
        ("Estimated time: to be measured", None),
        ("Time", None),
    ],
)
def test_a_line_of_its_own_gives_the_time_of_the_whole(text: str, length_ms: int | None) -> None:
    assert field_ms(text) == length_ms
