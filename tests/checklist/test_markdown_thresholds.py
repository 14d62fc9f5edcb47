"""What has to hold of a figure: which wordings are understood, and which are never guessed at."""

import pytest

from launchpad.checklist.markdown.facts.thresholds import read_threshold


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("Availability: >99.5%", ("Availability", ">", "99.5", "%")),
        ("Login time: <400ms (p95)", ("Login time (p95)", "<", "400", "ms")),
        ("Failed payments < 0.2%", ("Failed payments", "<", "0.2", "%")),
        ("p99 latency \u2264 250 ms", ("p99 latency", "<=", "250", "ms")),
        ("p99 latency =< 250 ms", ("p99 latency", "<=", "250", "ms")),
        ("Memory under 70%", ("Memory", "<", "70", "%")),
        (
            "Memory stays below 70 % during the switch",
            ("Memory (during the switch)", "<", "70", "%"),
        ),
        ("at least 99.95 % availability", ("availability", ">=", "99.95", "%")),
        ("\u2265 2000 concurrent viewers", ("concurrent viewers", ">=", "2000", "")),
        ("less than 5 minutes downtime", ("downtime", "<", "5", "minutes")),
        ("at least 98% of orders confirmed", ("orders confirmed", ">=", "98", "%")),
        ("Rating: >4.2/5", ("Rating", ">", "4.2", "/5")),
        ("Rating >= 4.2 out of 5", ("Rating", ">=", "4.2", "out of 5")),
        ("Throughput: \u2265 1,500 req/s", ("Throughput", ">=", "1500", "req/s")),
        ("Sign-ups: >=1,200 per day", ("Sign-ups", ">=", "1200", "per day")),
        ("Running cost < $300/day", ("Running cost", "<", "300", "$/day")),
        ("Uptime: 99.9% or higher", ("Uptime", ">=", "99.9", "%")),
        ("Uptime: 99.9% minimum", ("Uptime", ">=", "99.9", "%")),
        ("Viewers: 500+", ("Viewers", ">=", "500", "")),
        ("Load time: 2 s or less", ("Load time", "<=", "2", "s")),
        ("Open blockers = 0", ("Open blockers", "=", "0", "")),
        ("Cold storage > -5 \xb0C", ("Cold storage", ">", "-5", "\xb0C")),
        ("Error rate must not exceed 1%", ("Error rate", "<=", "1", "%")),
        ("Error rate should be no more than 1%", ("Error rate", "<=", "1", "%")),
        ("Time to restore: max 15 min", ("Time to restore", "<=", "15", "min")),
        ("If the failure rate exceeds 2%", ("failure rate", ">", "2", "%")),
        ("Success rate drops below 97%", ("Success rate", "<", "97", "%")),
        ("Success rate never drops below 97%", ("Success rate", ">=", "97", "%")),
        ("Error rate > 5% for 5 minutes", ("Error rate (for 5 minutes)", ">", "5", "%")),
        ("Slowdown >50% from baseline", ("Slowdown (from baseline)", ">", "50", "%")),
        ("Score > 90 (phone and desk)", ("Score (phone and desk)", ">", "90", "")),
        ("Bundle < 1.5 MB gzipped", ("Bundle (gzipped)", "<", "1.5", "MB")),
        ("Queue < 100 messages", ("Queue", "<", "100", "messages")),
        ("P95: ___ ms (threshold: \u2264200ms)", ("P95", "<=", "200", "ms")),
        ("Verf\xfcgbarkeit \u2265 99,95 %", ("Verf\xfcgbarkeit", ">=", "99.95", "%")),
        ("Latenz < 0,125 s", ("Latenz", "<", "0.125", "s")),
        ("Nutzer \u2265 10 000", ("Nutzer", ">=", "10000", "")),
        ("Nutzer \u2265 10\u2019000", ("Nutzer", ">=", "10000", "")),
        (
            "\u5fdc\u7b54\u6642\u9593\uff1a\uff1c200ms",
            ("\u5fdc\u7b54\u6642\u9593", "<", "200", "ms"),
        ),
    ],
)
def test_a_figure_is_compared_with_one_number(text: str, understood: tuple[str, ...]) -> None:
    found = read_threshold(text)
    assert found is not None
    assert tuple(found) == understood


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nobody complains",
        "Throughput: 1,500 req/s",
        "Uptime: 99.9%",
        "Latency: about 200 ms",
        "Latency: 200-300 ms",
        "Latency < 200-300 ms",
        "Latency between 200 and 300 ms",
        "< 200ms",
        "5 < x < 10",
        "Memory < 80% and CPU < 70%",
        "Errors above 5% or latency above 2 s",
        "Errors > 5% or any lost order",
        "Errors = 0, warnings = 5, calls over 10",
        "Errors > 5% unless it is Monday",
        "Error rate: 0.3% (target < 1%)",
        "Error rate is not above 1%",
        "at least 3 of 5 nodes",
        "Verify that uploads over 5 MB are refused",
        "A -> 5",
        "HTTP => 200",
        "retries=3",
        "Version != 2",
        "cat <<2",
        "Time < 1:30",
        "Users < 12,34,567",
        "Users < 1234,567",
        "Handover 1.2.3 > 4.5.6",
    ],
)
def test_what_may_mean_more_or_less_is_not_understood(text: str) -> None:
    assert read_threshold(text) is None
