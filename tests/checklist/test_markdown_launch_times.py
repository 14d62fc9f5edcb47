"""Times seen from the launch, what only looks like one, and what cannot be told."""

import pytest

from launchpad.checklist.markdown.outline.launch_times import launch_time
from tests.checklist.soon import soon

SECOND, MINUTE, HOUR, DAY, WEEK = 1_000, 60_000, 3_600_000, 86_400_000, 604_800_000


@pytest.mark.parametrize(
    ("text", "at_ms", "left"),
    [
        ("T-30", -30 * MINUTE, "T-30"),
        ("T-30:", -30 * MINUTE, "T-30:"),
        ("T-30 min", -30 * MINUTE, "T-30 min"),
        ("T-30 minutes: final checks", -30 * MINUTE, "final checks"),
        ("T - 30m", -30 * MINUTE, "T - 30m"),
        ("T\u221230", -30 * MINUTE, "T\u221230"),
        ("T\u20131h", -HOUR, "T\u20131h"),
        ("T\u201130 min", -30 * MINUTE, "T\u201130 min"),
        ("T-0", 0, "T-0"),
        ("T0", 0, "T0"),
        ("T=0: switch", 0, "switch"),
        ("T+0", 0, "T+0"),
        ("T-zero", 0, "T-zero"),
        ("T+24h", DAY, "T+24h"),
        ("T-7 days", -7 * DAY, "T-7 days"),
        ("T-2 weeks", -2 * WEEK, "T-2 weeks"),
        ("T-1h 30m", -90 * MINUTE, "T-1h 30m"),
        ("T-1h30m", -90 * MINUTE, "T-1h30m"),
        ("T-1.5 hours", -90 * MINUTE, "T-1.5 hours"),
        ("T-10 seconds", -10 * SECOND, "T-10 seconds"),
        ("T-24-hour checks", -DAY, "checks"),
        ("T-00:30:00", -30 * MINUTE, "T-00:30:00"),
        ("T minus 30 minutes", -30 * MINUTE, "T minus 30 minutes"),
        ("T-minus 30: checks", -30 * MINUTE, "checks"),
        ("T plus 2 hours", 2 * HOUR, "T plus 2 hours"),
        ("Final checks (T-30 minutes)", -30 * MINUTE, "Final checks"),
        ("Final checks (T-30)", -30 * MINUTE, "Final checks"),
        ("Final checks\uff08T-30\uff09", -30 * MINUTE, "Final checks"),
        ("Final checks [T-30]", -30 * MINUTE, "Final checks"),
        ("Final checks \u2014 T-30", -30 * MINUTE, "Final checks"),
        ("Final checks - T-30", -30 * MINUTE, "Final checks"),
        ("Final checks T-30 min", -30 * MINUTE, "Final checks"),
        ("Final checks (at T-30)", -30 * MINUTE, "Final checks (at )"),
        ("Final checks (T-30, 14:30 UTC)", -30 * MINUTE, "Final checks (, 14:30 UTC)"),
        ("Switch (T-0)", 0, "Switch"),
        ("Checks (T+30 minutes)", 30 * MINUTE, "Checks"),
        ("\U0001f680 T-30 Final checks", -30 * MINUTE, "\U0001f680  Final checks"),
        ("2. T-30: checks", -30 * MINUTE, "2. : checks"),
        ("Phase 2: T-1 hour", -HOUR, "Phase 2"),
        ("T-30 | Go/no-go", -30 * MINUTE, "Go/no-go"),
        ("T-24h (1 day before launch)", -DAY, "T-24h (1 day before launch)"),
        ("D-1", -DAY, "D-1"),
        ("D+7: review", 7 * DAY, "review"),
        ("D-2 weeks", -2 * WEEK, "D-2 weeks"),
        ("J-7 : r\u00e9p\u00e9tition", -7 * DAY, "r\u00e9p\u00e9tition"),
        ("D-Day", 0, "D-Day"),
        ("L-2h", -2 * HOUR, "L-2h"),
        ("24 hours before launch:", -DAY, "24 hours before launch:"),
        ("24h before go-live", -DAY, "24h before go-live"),
        ("1 week before go-live", -WEEK, "1 week before go-live"),
        ("One week before the launch", -WEEK, "One week before the launch"),
        ("2 h after launch", 2 * HOUR, "2 h after launch"),
        ("2 hours after cutover", 2 * HOUR, "2 hours after cutover"),
        ("30 minutes after deployment: look", 30 * MINUTE, "look"),
        ("48 hours prior to the production release", -2 * DAY, None),
        ("Rehearsal (1 week before launch day)", -WEEK, "Rehearsal"),
        ("Rehearsal - 1 week before launch", -WEEK, "Rehearsal"),
        ("24 hours pre-launch", -DAY, "24 hours pre-launch"),
        ("1 day post-launch", DAY, "1 day post-launch"),
        ("24 hours before T-0", -DAY, "24 hours before T-0"),
        ("1 hour before launch checklist", -HOUR, None),
        ("The day before launch", -DAY, "The day before launch"),
        ("Day after launch", DAY, "Day after launch"),
        ("Pre-launch (1 day before)", -DAY, "Pre-launch"),
        ("At least 24 hours after launch", DAY, "At least 24 hours after launch"),
        ("Launch day", 0, "Launch day"),
        ("Launch day:", 0, "Launch day:"),
        ("\U0001f680 Launch Day!", 0, "\U0001f680 Launch Day!"),
        ("Launch Day Tasks", 0, "Launch Day Tasks"),
        ("3. Launch day", 0, None),
        ("Launch day (T-0)", 0, "Launch day (T-0)"),
        ("Launch day: the morning", 0, "the morning"),
        ("Day of launch", 0, "Day of launch"),
        ("Day of the release", 0, "Day of the release"),
        ("On launch day", 0, "On launch day"),
        ("Go-live", 0, "Go-live"),
        ("Go Live!", 0, "Go Live!"),
        ("At launch", 0, "At launch"),
        ("Launch -24h", -DAY, "Launch -24h"),
        ("Launch+1h", HOUR, "Launch+1h"),
        ("Launch minus 24 hours", -DAY, "Launch minus 24 hours"),
        ("Launch day +1", DAY, "Launch day +1"),
        ("Day -7", -7 * DAY, "Day -7"),
        ("Day \u22127: rehearsal", -7 * DAY, "rehearsal"),
        ("Day +3", 3 * DAY, "Day +3"),
        ("Day 0", 0, "Day 0"),
        ("Week -2", -2 * WEEK, "Week -2"),
        ("-15 min", -15 * MINUTE, "-15 min"),
        ("Final checks (-15 min)", -15 * MINUTE, "Final checks"),
        ("+1h: look", HOUR, "look"),
    ],
)
def test_a_time_is_counted_from_the_launch(text: str, at_ms: int, left: str | None) -> None:
    found = launch_time(text)
    assert found is not None
    assert (found.at_ms, found.until_ms, found.doubts) == (at_ms, None, ())
    assert left is None or found.text == left


@pytest.mark.parametrize(
    ("text", "at_ms", "until_ms"),
    [
        ("T-60 to T-30", -HOUR, -30 * MINUTE),
        ("Checks (T-60 to T-30)", -HOUR, -30 * MINUTE),
        ("Checks (T-60 \u2013 T-30)", -HOUR, -30 * MINUTE),
        ("Checks (T-60\u2013T-30)", -HOUR, -30 * MINUTE),
        ("Checks (T-60 \u2192 T-30)", -HOUR, -30 * MINUTE),
        ("Checks (T-60 to -30 min)", -HOUR, -30 * MINUTE),
        ("Checks between T-60 and T-30", -HOUR, -30 * MINUTE),
        ("From T-1h until T-0", -HOUR, 0),
        ("T-24h to T0", -DAY, 0),
        ("T-7 to T-3 days", -7 * DAY, -3 * DAY),
        ("T-2h to T+30 min", -2 * HOUR, 30 * MINUTE),
        ("T+0-24h", 0, DAY),
        ("T+1 to 2 hours", HOUR, 2 * HOUR),
        ("T-10-5 min", -10 * MINUTE, -5 * MINUTE),
        ("D-7 to D-1", -7 * DAY, -DAY),
        ("Day -7 to Day -1", -7 * DAY, -DAY),
        ("Checks until T-30", None, -30 * MINUTE),
        ("Signed by T-1h", None, -HOUR),
        ("No later than 24 hours before launch", None, -DAY),
        ("At least 48 hours before go-live", None, -2 * DAY),
        ("2-3 days before launch", -3 * DAY, -2 * DAY),
        ("1-2 hours after launch", HOUR, 2 * HOUR),
        ("Post-launch (first 24 hours)", 0, DAY),
        ("First 24 hours", 0, DAY),
        ("First hour", 0, HOUR),
        ("The first week:", 0, WEEK),
        ("First 72 hours after launch", 0, 3 * DAY),
        ("First 24-48 hours", 0, 2 * DAY),
        ("Monitoring \u2014 first 24 hours", 0, DAY),
        ("First 24 hours (T+0 to T+24h)", 0, DAY),
        ("Within 24 hours after launch", 0, DAY),
        ("Final hour before launch", -HOUR, 0),
        ("Post-launch (0\u201324 hours)", 0, DAY),
    ],
)
def test_a_time_may_have_an_end(text: str, at_ms: int | None, until_ms: int) -> None:
    found = launch_time(text)
    assert found is not None
    assert (found.at_ms, found.until_ms, found.doubts) == (at_ms, until_ms, ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Final checks",
        "Slow for > 15 minutes",
        "Looked at every 5 min",
        "Answers in < 2 seconds",
        "Within 4 hours",
        "Within 1 hour: restore",
        "Immediate",
        "Move the traffic (2 minutes)",
        "Way back (\u226410 minutes)",
        "Way back (0-5 minutes)",
        "Downtime (+10 min buffer)",
        "Backup (5 -10 min)",
        "T-shirts",
        "T-1000 model",
        "Upgrade of the T-1000",
        "GT-30 engine",
        "at-30",
        "TLS 1.3",
        "T0-style naming",
        "Tier T0 services",
        "14:30 UTC",
        "2026-11-30",
        "Vitamin D-3 imports",
        "L-1",
        "Week 1",
        "Week 2-4",
        "Day 1",
        "Day-1 operations",
        "Day-2 operations",
        "Business day -3",
        "Launch",
        "Launch checklist",
        "Launch - 24 hours",
        "Launch criteria",
        "Go-live checklist",
        "Go-live decision",
        "Pre-launch",
        "Post-launch",
        "Post-launch (24 hours)",
        "Pre-launch (1 week)",
        "After launch",
        "Before launch",
        "First 100 users",
        "First 5 days of the beta",
        "Errors for the first hour",
        "Every 24 hours before launch",
        "Stop 5 minutes before the timeout",
        "Phase 2: storage",
        "Step 1",
        "HTTP-2",
        "a" * 301 + " T-30",
    ],
)
def test_what_says_nothing_of_the_launch_is_no_time(text: str) -> None:
    assert launch_time(text) is None


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("T-3 months", "T-3 months"),
        ("Checks (T-30 business days)", "T-30 business days"),
        ("T-X", "T-X"),
        ("T-?? min", "T-?? min"),
        ("T-1:30", "T-1:30"),
        ("T minus one hour", "T minus"),
        ("T-60-30", "T-60"),
        ("T-60 to 45", "T-60"),
        ("T-30 to T-60", "T-30 to T-60"),
        ("T-24h to T-12", "T-24h to T-12"),
        ("T-48h and T-24h", "T-48h and T-24h"),
        ("T-1 (1 day before launch)", "T-1 (1 day before launch)"),
        ("Tested on T-800", "T-800"),
        ("24 hours before:", "24 hours before"),
        ("The week after", "The week after"),
        ("1 hour after the migration", "1 hour after"),
    ],
)
def test_what_cannot_be_told_is_a_doubt(text: str, doubt: str) -> None:
    found = launch_time(text)
    assert found is not None
    assert (found.at_ms, found.until_ms, found.text, found.doubts) == (None, None, text, (doubt,))


@pytest.mark.parametrize(
    "piece", ["T-1 ", "T-1h", "1h", "1h ", "- 1h", "first ", "(", "0-", "launch ", "1.", " ", "a "]
)
def test_a_hostile_title_takes_no_time(piece: str) -> None:
    with soon():
        for length in (299, 100_000):
            launch_time(piece * (length // len(piece)))
