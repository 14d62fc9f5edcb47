"""How urgent something says it is, and whether it may be left out."""

import time

import pytest

from launchpad.checklist.markdown.qualities import is_optional, priority


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Stage 2 \u2014 Storage (must-have)", "must-have"),
        ("Stage 2 (Must Have)", "must have"),
        ("Stage 5 (future must-have)", "future must-have"),
        ("Storage (P0)", "P0"),
        ("Storage (p1)", "P1"),
        ("[P1] Storage", "P1"),
        ("(P2) Storage", "P2"),
        ("Storage [P0/P1]", "P0/P1"),
        ("P0: rotate the keys", "P0"),
        ("P0 \u2013 rotate the keys", "P0"),
        ("P1 - rotate the keys", "P1"),
        ("Storage \u2014 P0", "P0"),
        ("Storage - must-have", "must-have"),
        ("Storage: high priority", "high priority"),
        ("Storage | P3", "P3"),
        ("P0", "P0"),
        ("P0 tasks", "P0"),
        ("P0 (before launch)", "P0"),
        ("\U0001f534 P0 items", "P0"),
        ("Storage (\U0001f534 Critical)", "critical"),
        ("Storage (critical)", "critical"),
        ("Storage (critical) \u2705", "critical"),
        ("Storage (high priority)", "high priority"),
        ("Storage (High-Priority)", "high-priority"),
        ("Storage (priority: high)", "high"),
        ("Storage (Priority: P1)", "P1"),
        ("Storage (priority 1)", "priority 1"),
        ("Priority: medium", "medium"),
        ("Priority 1: storage", "priority 1"),
        ("High priority", "high priority"),
        ("High Priority Items", "high priority"),
        ("Must-haves", "must-haves"),
        ("Nice to have", "nice to have"),
        ("Storage (nice-to-have)", "nice-to-have"),
        ("Storage (required)", "required"),
        ("Storage (REQUIRED)", "required"),
        ("Required checks", "required"),
        ("Required:", "required"),
        ("Storage (mandatory)", "mandatory"),
        ("MUST: storage answers", "must"),
        ("[MUST] storage answers", "must"),
        ("Storage answers (MUST)", "must"),
        ("[HIGH] storage answers", "high"),
        ("storage answers [low]", "low"),
        ("Storage (launch blocker)", "launch blocker"),
        ("Storage (P0, 2 days)", "P0"),
        ("Storage (2 days, critical)", "critical"),
        ("Storage (P0 \u2014 must be first)", "P0"),
        ("Storage (P0) (2 days)", "P0"),
        ("Storage (P0): answers", "P0"),
        ("\u5b58\u50a8\uff08P0\uff09", "P0"),
        ("\u3010P1\u3011\u5b58\u50a8", "P1"),
    ],
)
def test_a_priority_is_in_the_author_s_words(text: str, said: str) -> None:
    assert priority(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "()",
        "Storage",
        "Storage (2 minutes)",
        "P95 below 200 ms",
        "Latency (P95)",
        "P1 incidents reach the pager",
        "Owners for P0/P1 items are known",
        "Critical path is known",
        "Storage (critical path)",
        "Critical: 0 open",
        "Critical: none",
        "The key (required for storage) is set",
        "The key is set (required for storage)",
        "Required environment variables",
        "Expired tokens (should reject)",
        "Logs must be rotated",
        "Must be rotated",
        "Level of the alarm (high)",
        "Lifetime of the record (low)",
        "Approval: required",
        "The (critical) table is indexed",
        "Optional services",
        "\U0001f534 Storage",
        "High availability",
        "P0) Storage (P1",
        "MVP",
    ],
)
def test_a_word_in_a_sentence_is_no_priority(text: str) -> None:
    assert priority(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Dark mode (optional)",
        "Dark mode (Optional)",
        "Dark mode [optional]",
        "Dark mode (optional).",
        "Dark mode (optional) \u2705",
        "Dark mode (optional, for the night)",
        "Dark mode (optional but recommended)",
        "Dark mode (optional - for the night)",
        "Dark mode (optional if offline)",
        "Dark mode (2 days) (optional)",
        "Dark mode (optional) (2 days)",
        "Dark mode (optional): looks right",
        "DARK_MODE (optional) - which one",
        "Dark mode - optional",
        "Dark mode \u2014 optional",
        "(optional) dark mode",
        "[Optional] dark mode",
        "[P2] (optional) dark mode",
        "Optional: dark mode",
        "OPTIONAL \u2014 dark mode",
        "Optional",
        "Optionally, test the dark mode",
        "Optional services",
        "\U0001f319 Optional Services",
        "Optional services (503 if missing)",
        "Optional third-party integrations:",
        "Optional environment variables",
        "Dark mode (if needed)",
        "Dark mode (if applicable)",
        "Dark mode (where applicable)",
        "Dark mode (as needed)",
        "Dark mode (if any)",
        "Dark mode (if available)",
        "Dark mode (if not already enabled)",
        "Dark mode (if using a theme)",
        "Dark mode (when using a theme)",
        "Dark mode (only if stage 2 is enabled)",
        "DARK_MODE (only for the web)",
        "Dark mode (if the theme is enabled)",
        "Dark mode (if themes are in use)",
        "Dark mode (when theme used)",
        "Dark mode (if you have a theme)",
        "Dark mode (when upgrading from 1.0)",
        "Dark mode (unless disabled)",
        "(if needed) dark mode",
        "If applicable: dark mode",
        "If using a theme, dark mode is tested",
        "Dark mode is tested if applicable",
        "Dark mode is tested, where applicable.",
        "Mode sombre (facultatif)",
        "Modo oscuro (opcional)",
        "\u6df1\u8272\u6a21\u5f0f\uff08\u53ef\u9009\uff09",
    ],
)
def test_what_is_done_only_under_a_condition_is_optional(text: str) -> None:
    assert is_optional(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dark mode",
        "Dark mode (required)",
        "Dark mode (not optional)",
        "Dark mode (non-optional)",
        "Form checked (optional fields validated)",
        "Form works without the (optional) telephone number",
        "Optional fields are validated",
        "Optional fields",
        "Optional chaining compiles",
        "The services (503 if missing)",
        "Way back (smoke tests if fail)",
        "Alert fires (if the disk is full)",
        "Banner shown (when offline)",
        "Password is masked (when typing)",
        "Spinner shown (when loading)",
        "The way back can be taken if needed",
        "Credentials are included if needed",
        "If the disk is full, an alert fires",
        "Indexes are added if needed (see the plan)",
        "Optionality is documented",
        "The optional telephone number",
        "Stop (if, and",
        "Is it optional?",
    ],
)
def test_what_a_sentence_says_of_something_else_is_not_optional(text: str) -> None:
    assert not is_optional(text)


@pytest.mark.parametrize(
    "piece", ["(", "(a", "()", "(if ", "if a ", "p0", "p0 - ", "optional ", "[optional]", " ", "-"]
)
def test_a_hostile_line_takes_no_longer_than_its_length(piece: str) -> None:
    line = piece * (100_000 // len(piece))
    started = time.process_time()
    for text in (line, f"({line})", f"(if {line})", f"a{line}a", f"optional {line}"):
        priority(text)
        is_optional(text)
    assert time.process_time() - started < 2
