"""What a command should answer: the remarks that say it, and whose they are."""

import pytest

from launchpad.checklist.markdown.commands.expectations import find_expectation
from launchpad.checklist.markdown.commands.lines import split_commands


@pytest.mark.parametrize(
    ("shell", "code", "expected"),
    [
        ("bash", "a\n# Expected: 200", ["200"]),
        ("bash", "a\n# expect 200\nb\n# expect 404", ["200", "404"]),
        (
            "bash",
            "# first (should return 200/204)\na\n\n# second (should return 503)\nb",
            ["200/204", "503"],
        ),
        ("bash", "# first (should return 200)\na\n# second (should return 503)\nb", ["200", "503"]),
        ("bash", "# Expected: 1\na\n# Expected: 2\nb", ["1", "2"]),
        ("bash", "# first\n# Expected: 1\na\n\n# second\n# Expected: 2\nb", ["1", "2"]),
        ("bash", "a\n# second\n# Expected: 2\nb", [None, "2"]),
        ("bash", "a\n\n# Expected: 2\nb", [None, "2"]),
        ("bash", "a\nb\n\n# Expected: both fine", [None, "both fine"]),
        ("bash", "a   # \u2192 200 OK\nb", ["200 OK", None]),
        ("bash", "a # Expected: 3 rows\n# Expected: 4 rows\nb", ["3 rows", "4 rows"]),
        ("bash", "a # just a remark\n# -> ok", ["ok"]),
        ("bash", "a\nExpected: pong\nb", ["pong", None]),
        ("bash", "a\n# Expected output:\n# one\n# two\n\nb", ["one two", None]),
        ("bash", "a\n# Expected output:\n{\n  1\n}\n\nb", ["{ 1 }", None]),
        ("bash", "a\n# Note: be quick", [None]),
        ("bash", "# Do this first\na", [None]),
        ("sql", "select 1; -- expect 1", ["1"]),
        ("sql", "-- must return 3 rows\nselect 1;\nselect 2;", ["3 rows", None]),
        ("powershell", "Get-Date # expected: today", ["today"]),
        ("cmd", "dir\nREM Expected: two files", ["two files"]),
        ("console", "$ a\nout\n# Expected: out", ["out"]),
    ],
)
def test_what_is_expected_belongs_to_its_command(
    shell: str, code: str, expected: list[str | None]
) -> None:
    assert [one.expected for one in split_commands(code, shell)] == expected


def test_a_remark_on_the_answer_is_no_part_of_the_command_and_any_other_is() -> None:
    commands = split_commands("ls # Expected: nothing\nrm a # only on web-1", "bash")
    assert [one.text for one in commands] == ["ls", "rm a # only on web-1"]
    quoted = split_commands("echo '# Expected: 1'", "bash")
    assert [(one.text, one.expected) for one in quoted] == [("echo '# Expected: 1'", None)]


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        ("Expected: 200", "200"),
        ("expected : 200.", "200"),
        ("Expected\uff1a200", "200"),
        ("Expected Results: all tests pass, exit code 0", "all tests pass, exit code 0"),
        ("**Expected**: [=] skip (already there)", "[=] skip (already there)"),
        ("\u2705 Expected output: pong", "pong"),
        ("Expected (on staging): 3 rows", "3 rows"),
        ("Expected HTTP status: 204", "204"),
        ("expects 3 rows", "3 rows"),
        ("Expect HTTP 200", "HTTP 200"),
        ("expect no output", "no output"),
        ('expected "ok"', '"ok"'),
        ("=> 200", "200"),
        ("\u2192 200", "200"),
        ("health check (should return 200/503)", "200/503"),
        ("health check [must return ok (or fine)]", "ok (or fine)"),
        ("This should print: ready", "ready"),
        ("Should be empty", "empty"),
        ("Erwartet: 200", "200"),
        ("R\u00e9sultat attendu : 200", "200"),
        ("Resultado esperado: 200", "200"),
        ("\u671f\u5f85\u7d50\u679c\uff1a200", "200"),
        ("\u9884\u671f\u8f93\u51fa\uff1a200", "200"),
        ("Expected output:", ""),
    ],
)
def test_a_remark_says_what_is_expected(remark: str, said: str) -> None:
    found = find_expectation(remark)
    assert found
    assert found.text == said


@pytest.mark.parametrize(
    "remark",
    [
        "",
        "Expect some downtime",
        "Expected downtime is five minutes",
        "Unexpected: see the log",
        "the database should be stopped first",
        "should not return 500",
        "You should see to it that nobody is in",
        "Do not expect 200 before noon",
        "Returns the list of pods",
        "a - b",
        "> 5 errors",
        "Attendance: 5",
        "Attention: read this",
    ],
)
def test_any_other_remark_expects_nothing(remark: str) -> None:
    assert find_expectation(remark) is None
