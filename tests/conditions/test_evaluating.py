"""What observations make of conditions, and what people are shown."""

from collections.abc import Mapping

import pytest

from launchpad.conditions.evaluate import Verdict, evaluate
from launchpad.conditions.matching import matches
from launchpad.conditions.observation import Observation, Value
from launchpad.conditions.parse import parse
from launchpad.conditions.shown import LONGEST

BODY = (
    b'\xef\xbb\xbf {"state": "UP", "n": 5, "pi": 3.14, "five": "5", "no": false, "nil": null, '
    b'"items": [{"id": "a b"}, [7]], "took": "150ms", "free": "2GB", "a.b": {"": "x"}, '
    b'"empty": "", "none": [], "huge": 1e999, "id": 12345678901234567890}\n'
)
SEEN: Mapping[str, Value] = {
    "STATUS": 503,
    "RESPONSE_TIME": 180.4,
    "IP": "10.0.0.1",
    "BODY": BODY,
    "HEADER": {"strict-transport-security": "max-age=63072000", "X-Empty": ""},
    "CONNECTED": True,
    "CERTIFICATE_EXPIRATION": 29.5 * 86_400_000,
    "TLS_VERSION": 1.3,
    "ANSWER": ("192.0.2.1", b"192.0.2.2"),
    "STDOUT": "6 applied\n",
    "STDERR": b"",
    "VALUE": 0.05,
    "MODE": "0644",
    "SET": None,
}


def outcome(text: str, observation: Mapping[str, Value] = SEEN) -> str:
    return evaluate(parse(text), observation).outcome


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("[STATUS] == 503", "[STATUS] != 503"),
        ("[STATUS] == 503.0", "[STATUS] == 200"),
        ("[STATUS] == any(200, 503)", "[STATUS] != any(200, 503)"),
        ("[STATUS] == pat(5*)", "[STATUS] == pat(4*)"),
        ("503 <= [STATUS]", "503 < [STATUS]"),
        ("500 < [STATUS]", "500 >= [STATUS]"),
        ("[RESPONSE_TIME] > 180ms", "[RESPONSE_TIME] <= 180ms"),
        ("[RESPONSE_TIME] < 1s", "1s < [RESPONSE_TIME]"),
        ("[IP] == pat(10.*)", "[IP] == 10.0.0.10"),
        ("[CONNECTED] == true", "[CONNECTED] == false"),
        ("[CERTIFICATE_EXPIRATION] > 29d", "[CERTIFICATE_EXPIRATION] > 30d"),
        ("[TLS_VERSION] >= 1.2", "[TLS_VERSION] < 1.3"),
        ("[MODE] == 0644", "[MODE] == 644"),
        ("[VALUE] <= 5%", "[VALUE] > 5%"),
        ("[VALUE] == 0.05", "[VALUE] == 5"),
        ("[STDOUT] == 6 applied", "[STDOUT] == 6"),
        ("[STDOUT] == pat(6*)", "[STDOUT] == pat(*7*)"),
        ("has([STDOUT]) == true", "has([STDERR]) == true"),
        ("len([STDOUT]) == 9", "len([STDOUT]) == 10"),
        ("[BODY].state == UP", "[BODY].state == up"),
        ("[BODY].state != DOWN", "[BODY].state != UP"),
        ("[BODY].n == 5", "[BODY].n == 6"),
        ("[BODY].five == 5", "[BODY].five == 5s"),
        ("[BODY].five == '5'", "[BODY].five == '5.0'"),
        ("[BODY].pi > 3", "[BODY].pi <= 3"),
        ("[BODY].no == false", "[BODY].no == 0"),
        ("[BODY].items[0].id == a b", "[BODY].items[0].id == a"),
        ("[BODY].items[1][0] == 7", "[BODY].items[1][0] == 8"),
        ('[BODY].items[1] == "[7]"', "[BODY].items[1] == 7"),
        ('[BODY]["a.b"][""] == x', "[BODY].a.b == x"),
        ("[BODY].took < [RESPONSE_TIME]", "[BODY].took > [RESPONSE_TIME]"),
        ("[BODY].free > 1.5GiB", "[BODY].free > 2GiB"),
        ("[BODY].n == [BODY].five", "[BODY].n == [BODY].pi"),
        ("[BODY].id == 12345678901234567890", "[BODY].id == 12345678901234567891"),
        ("has([BODY].nil) == false", "has([BODY].nil) == true"),
        ("has([BODY].empty) == true", "has([BODY].items[2]) == true"),
        ("len([BODY].items) == 2", "len([BODY].items) > 2"),
        ("len([BODY].none) == 0", "len([BODY].none) != 0"),
        ("len([BODY]) == 14", "len([BODY].n) == 1"),
        ("[HEADER].Strict-Transport-Security == pat(max-age=*)", "[HEADER].X == pat(*)"),
        ("has([HEADER].x-empty) == true", "has([HEADER].X) == true"),
        ("[ANSWER] == any(192.0.2.1, 192.0.2.2)", "[ANSWER] == 192.0.2.1"),
        ("[ANSWER] != 192.0.2.3", "[ANSWER] != 192.0.2.1"),
        ("pat(192.0.2.*) == [ANSWER]", "192.0.2.1 != [ANSWER]"),
        ("len([ANSWER]) == 2", "len([ANSWER]) < 2"),
    ],
)
def test_a_condition_is_true_or_false(true: str, false: str) -> None:
    assert outcome(true) == "true"
    assert outcome(false) == "false"


@pytest.mark.parametrize("comparison", ["== x", "!= x", "< 5", ">= 5", "== pat(*)", "!= any(x, y)"])
@pytest.mark.parametrize(
    "field", ["[BODY].gone", "[BODY].nil", "[BODY].items[9]", "[BODY].state.x", "[HEADER].X"]
)
def test_what_is_missing_makes_every_comparison_false(field: str, comparison: str) -> None:
    assert outcome(f"{field} {comparison}") == "false"


@pytest.mark.parametrize("body", [b"", b"<html>", b"NaN", b'{"a": NaN}', b"\xff\x00", b"{'a': 1}"])
@pytest.mark.parametrize("condition", ["[BODY].a == 1", "[BODY].a != 1", "has([BODY].a) == false"])
def test_a_body_that_is_not_json_proves_nothing_about_its_fields(
    body: bytes, condition: str
) -> None:
    verdict = evaluate(parse(condition), {"BODY": body})
    assert verdict.outcome == "false"
    assert "(not JSON)" in verdict.shown


def test_what_is_no_quantity_is_neither_more_nor_less() -> None:
    assert outcome("[BODY].state < 5") == outcome("[BODY].state >= 5") == "false"
    assert outcome("[BODY].state < [STATUS]") == outcome("[BODY].state >= [STATUS]") == "false"
    assert outcome("[BODY].huge < 5") == outcome("[BODY].huge > 5") == "false"


def test_a_percentage_is_the_ratio_that_is_written_so() -> None:
    assert outcome("[VALUE] == 0.7%", {"VALUE": 0.007}) == "true"


def test_no_answer_at_all_is_never_right() -> None:
    assert outcome("[ANSWER] != x", {"ANSWER": ()}) == "false"
    assert outcome("[ANSWER] == pat(*)", {"ANSWER": ()}) == "false"
    assert outcome("has([ANSWER]) == false", {"ANSWER": ()}) == "true"


def test_two_numbers_too_large_to_hold_are_not_equal() -> None:
    assert outcome("[BODY].a == [BODY].b", {"BODY": '{"a": 1e999, "b": 2e999}'}) == "false"
    digits = "1" + "0" * 5000
    body = f'{{"a": {digits}1, "b": {digits}2}}'
    assert outcome("[BODY].a == [BODY].b", {"BODY": body}) == "false"


@pytest.mark.parametrize(
    ("text", "observation"),
    [
        ("[STATUS] != 200", {}),
        ("[STATUS] != 200", {"STATUS": None}),
        ("[STATUS] != 200", {"STATUS": "503"}),
        ("[STATUS] != 200", {"STATUS": True}),
        ("[VALUE] != 0", {"VALUE": float("nan")}),
        ("[VALUE] > 0", {"VALUE": 10**5000}),
        ("[SET] != false", {"SET": 1}),
        ("[IP] != x", {"IP": 1}),
        ("[ANSWER] != x", {"ANSWER": "x"}),
        ("has([BODY].a) == false", {"BODY": None}),
        ("has([HEADER].A) == false", {"HEADER": None}),
        ("len([STDOUT]) == 0", {}),
        ("[BODY].gone == [STATUS]", {"BODY": "{}"}),
        ("[RESPONSE_TIME] <= +50%", {"RESPONSE_TIME": 1}),
    ],
)
def test_what_was_not_measured_is_no_data(text: str, observation: Mapping[str, Value]) -> None:
    assert outcome(text, observation) == "no-data"


@pytest.mark.parametrize(
    ("text", "before", "now", "expected"),
    [
        ("[RESPONSE_TIME] <= +50%", 100, 150, "true"),
        ("[RESPONSE_TIME] <= +50%", 100, 150.1, "false"),
        ("[RESPONSE_TIME] <= +10%", 3, 3.3000000000000003, "false"),
        ("[RESPONSE_TIME] < -10%", 100, 89, "true"),
        ("[RESPONSE_TIME] <= +50%", None, 1, "no-data"),
        ("[RESPONSE_TIME] <= +50%", float("inf"), 1, "no-data"),
        ("[RESPONSE_TIME] <= +50%", 100, None, "no-data"),
    ],
)
def test_a_change_is_measured_against_the_baseline(
    text: str, before: float | None, now: float | None, expected: str
) -> None:
    verdict = evaluate(parse(text), {"RESPONSE_TIME": now}, {"RESPONSE_TIME": before})
    assert verdict.outcome == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[STATUS]==200", "[STATUS] (503) == 200"),
        ("200 == [STATUS]", "200 == [STATUS] (503)"),
        ("[RESPONSE_TIME] <= +50%", "[RESPONSE_TIME] (180.4ms) <= +50% (150ms)"),
        ("[CERTIFICATE_EXPIRATION] > 30d", "[CERTIFICATE_EXPIRATION] (29d12h) > 30d"),
        ("[BODY].items == x", "[BODY].items (a list of 2) == x"),
        ('[BODY]["a.b"] == x', '[BODY]["a.b"] (an object of 1) == x'),
        ("[BODY].gone == x", "[BODY].gone (missing) == x"),
        ("len([BODY].n) == 1", "len([BODY].n) (no length) == 1"),
        ("[ANSWER] == x", "[ANSWER] (192.0.2.1, 192.0.2.2) == x"),
        ("[SET] == true", "[SET] (not measured) == true"),
        ("[CONNECTED] == true", "[CONNECTED] (true) == true"),
    ],
)
def test_the_observed_value_is_shown(text: str, shown: str) -> None:
    assert evaluate(parse(text), SEEN, {"RESPONSE_TIME": 100}).shown == shown


def test_a_missing_baseline_is_said() -> None:
    verdict = evaluate(parse("[RESPONSE_TIME] <= +50%"), SEEN)
    assert verdict == Verdict("no-data", "[RESPONSE_TIME] (180.4ms) <= +50% (no baseline)")


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [(0, "0ms"), (59_999, "59999ms"), (60_000, "1m"), (-90_500, "-1m30s"), (86_400_001, "1d")],
)
def test_a_duration_is_shown_in_its_two_largest_units(milliseconds: int, shown: str) -> None:
    verdict = evaluate(parse("[RESPONSE_TIME] < 1s"), {"RESPONSE_TIME": milliseconds})
    assert verdict.shown == f"[RESPONSE_TIME] ({shown}) < 1s"


def test_what_is_shown_is_harmless_and_short() -> None:
    wild = "\x1b]0;x\x07\u202e" + "\n y" * 100_000
    verdict = evaluate(parse(f"[BODY] != '{wild}'"), {"BODY": wild + "z"})
    assert verdict.outcome == "true"
    assert len(verdict.shown) <= LONGEST
    assert not {"\x1b", "\x07", "\u202e", "\n"} & set(verdict.shown)


@pytest.mark.parametrize("before", [0, 30, 40, 47, 100])
def test_a_secret_is_never_shown_not_even_the_part_before_a_cut(before: int) -> None:
    secret = "s3cr3t-" * 5
    text = "x" * before + secret
    verdict = evaluate(
        parse(f"[STDOUT] == pat('*{secret}')"),
        {"STDOUT": text},
        redact=lambda shown: shown.replace(secret, "[redacted]"),
    )
    assert verdict.outcome == "true"
    assert "s3cr" not in verdict.shown


def test_an_observation_cannot_be_changed_and_does_not_repeat_its_values() -> None:
    values: dict[str, Value] = {"STDOUT": "s3cr3t"}
    observation = Observation(values)
    values["STDOUT"] = "changed"
    assert observation == {"STDOUT": "s3cr3t"}
    assert len(observation) == 1
    assert repr(observation) == "Observation(STDOUT)"


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("a", "a", True),
        ("a", "ab", False),
        ("*", "", True),
        ("", "a", False),
        ("a*", "a/b\nc", True),
        ("*b*", "abc", True),
        ("a*a", "a", False),
        ("a*b*a", "aba", True),
        ("*ab*b", "aab", False),
        ("a**b", "ab", True),
        ("[a-z]?", "b1", False),
    ],
)
def test_a_star_is_any_run_of_characters(pattern: str, text: str, expected: bool) -> None:
    assert matches(pattern, text) is expected
