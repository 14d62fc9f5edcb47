"""What a condition can say; what is refused, where, and with which hint."""

import pytest

from launchpad.conditions.condition import (
    AnyOf,
    Condition,
    Expected,
    Measure,
    Observed,
    Pattern,
    Quantity,
    Relative,
    Text,
    Truth,
)
from launchpad.conditions.errors import ConditionError
from launchpad.conditions.parse import parse
from launchpad.conditions.placeholders import PLACEHOLDERS


def placeholder(name: str, *path: str | int) -> Observed:
    return Observed(PLACEHOLDERS[name], path)


def refusal(text: str, offered: set[str] | None = None) -> ConditionError:
    with pytest.raises(ConditionError) as caught:
        parse(text, offered)
    assert caught.value.text == text
    assert caught.value.message == str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[STATUS] == 200", Quantity("number", 200)),
        ("[STATUS]==200", Quantity("number", 200)),
        ("  [status]  !=  -1.5e3  ", Quantity("number", -1500.0)),
        ("[STATUS] == any(200, 204)", AnyOf((Quantity("number", 200), Quantity("number", 204)))),
        ("[STATUS] == pat(2*)", Pattern("2*")),
        ("[RESPONSE_TIME] < 200ms", Quantity("duration", 200)),
        ("[RESPONSE_TIME] < 1.005s", Quantity("duration", 1005)),
        ("[RESPONSE_TIME] < 0.5ms", Quantity("duration", 0.5)),
        ("[RESPONSE_TIME] <= +50%", Relative(50)),
        ("[VALUE] >= -10.5%", Relative(-10.5)),
        ("[VALUE] < 5%", Quantity("percentage", 5)),
        ("[VALUE] < 1.5KB", Quantity("size", 1500)),
        ("[VALUE] < 64KiB", Quantity("size", 65536)),
        ("[CERTIFICATE_EXPIRATION] > -1d", Quantity("duration", -86_400_000)),
        ("[CERTIFICATE_EXPIRATION] > 1h30m", Quantity("duration", 5_400_000)),
        ("[CONNECTED] == true", Truth(value=True)),
        ("[IP] == 127.0.0.1", Text("127.0.0.1")),
        ("[MODE] == 0644", Text("0644")),
        ("[ANSWER] == any(10, ' a')", AnyOf((Text("10"), Text(" a")))),
        ("[STDOUT] == all is well!", Text("all is well!")),
        ("[STDOUT] == '200'", Text("200")),
        (r'[STDOUT] == "a \"b\" \u00e9\n"', Text('a "b" é\n')),
        (r"[STDOUT] == 'C:\new'", Text(r"C:\new")),
        ('[BODY] == pat(*<a b="c">(d)</a>*)', Pattern('*<a b="c">(d)</a>*')),
        ('[BODY] == pat("a)")', Pattern("a)")),
    ],
)
def test_a_value_is_read_as_what_it_is_compared_with(text: str, expected: Expected) -> None:
    assert parse(text).right == expected


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("[BODY] == x", placeholder("BODY")),
        ("[BODY].a.b[0].c == x", placeholder("BODY", "a", "b", 0, "c")),
        ("[BODY][0][12] == x", placeholder("BODY", 0, 12)),
        ("[BODY].\"a b\"['c.d'] == x", placeholder("BODY", "a b", "c.d")),
        ("[BODY].größe-1 == x", placeholder("BODY", "größe-1")),
        ("[HEADER].X-Rate.Limit == x", placeholder("HEADER", "X-Rate.Limit")),
        ("len([BODY].items) == 5", Measure("len", placeholder("BODY", "items"))),
        ("has( [HEADER].Age ) == true", Measure("has", placeholder("HEADER", "Age"))),
        ("pat(*<b>*) == [BODY]", Pattern("*<b>*")),
        ("any(1, 2) == [STATUS]", AnyOf((Quantity("number", 1), Quantity("number", 2)))),
        ("500ms > [RESPONSE_TIME]", Quantity("duration", 500)),
        ("so be it == [BODY]", Text("so be it")),
    ],
)
def test_what_stands_on_the_left(text: str, left: object) -> None:
    assert parse(text).left == left


def test_two_observed_values_can_be_compared() -> None:
    status, field = placeholder("STATUS"), placeholder("BODY", "status")
    assert parse("[STATUS] <= [BODY].status") == Condition(status, "<=", field)


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "expected a comparison, such as [STATUS] == 200"),
        ("up", 0, "expected a comparison, such as [STATUS] == 200"),
        ("[STATUS]", 8, "expected an operator: == != < <= > >="),
        ("[STATUS] 200", 9, "expected an operator: == != < <= > >="),
        ("[STATUS] ==", 11, "expected a value"),
        ("== 200", 0, "expected a value"),
        ("[STAUTS] == 200", 0, "[STAUTS] is no placeholder; did you mean [STATUS]?"),
        ("[STATUS == 200", 0, "expected a placeholder such as [STATUS]; quote text that starts so"),
        ("1 == [BDOY].a", 5, "[BDOY] is no placeholder; did you mean [BODY]?"),
        ("STATUS == 200", 0, "expected a placeholder on one side; did you mean [STATUS]?"),
        ("1 == 1", 0, "expected a placeholder on one side, such as [STATUS]"),
        ("[STATUS] = 200", 9, "= is no operator; did you mean ==?"),
        ("[STATUS] => 200", 9, "=> is no operator; did you mean >=?"),
        ("[STATUS] ~ 200", 9, "~ is no operator"),
        ("[STATUS].code == 200", 8, "[STATUS] has no fields; only [BODY] and [HEADER] do"),
        ("[HEADER] == x", 8, "expected a header's name, such as [HEADER].Content-Type"),
        ("[BODY].a. == x", 9, "expected a name after the dot"),
        ("[BODY].a[*] == x", 9, 'expected an index such as [0], or a name in quotes: ["a b"]'),
        ("[BODY]['a' == x", 11, "expected ] after the name"),
        ("[BODY] == [1,2]x", 10, None),
        ("[BODY] == a == b", 12, "a condition compares once; quote text that holds an operator"),
        (
            "[STATUS] == [VALUE] > 1",
            20,
            "a condition compares once; write another one for the rest",
        ),
        (
            "[STATUS] == [VALUE] && 1",
            20,
            "a condition compares once; write another one for the rest",
        ),
        ("[BODY] == 'a' b", 14, "expected the end, not b"),
        ("[BODY] == 'a", 10, "the quote that opens here is not closed"),
        ('[BODY] == "a', 10, "the quote that opens here is not closed"),
        (
            r'[BODY] == "a\q"',
            12,
            "expected an escape as in JSON; a backslash itself is written twice",
        ),
        ("lenght([BODY]) == 1", 0, "lenght() is no function; did you mean len()?"),
        ("[BODY] == f(x)", 10, "f() is no function; quote text that looks like one"),
        ("len(x) == 1", 4, "len() takes a placeholder, such as len([BODY].items)"),
        ("len([BODY] == 1", 11, "expected ) after what len() takes"),
        ("has([STATUS]) == true", 0, "has() takes text or a list; [STATUS] is neither"),
        ("[BODY] == pat(x", 10, "pat( is not closed"),
        ("[BODY] == pat()", 14, "expected a pattern, such as pat(*ok*)"),
        ("[STATUS] == any()", 16, "expected a value, such as any(200, 204)"),
        ("[STATUS] == any(200", 19, "expected , or ) after a value of any()"),
        (
            "[STATUS] == any([ROWS])",
            16,
            "any() takes plain values; quote text that looks like more",
        ),
        ("[STATUS] == any(200, x)", 21, "[STATUS] is a number, x is text"),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_goes_wrong(
    text: str, position: int, message: str | None
) -> None:
    refused = refusal(text)
    assert refused.position == position
    if message is not None:
        assert refused.message == message


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("[STATUS] == 5s", 12, "[STATUS] is a number, 5s is a duration; write it without a unit"),
        ("[STATUS] == '200'", 12, "[STATUS] is a number, 200 is text; write it without quotes"),
        (
            "[RESPONSE_TIME] < 200",
            18,
            "[RESPONSE_TIME] is a duration, 200 is a number without a unit; did you mean 200ms?",
        ),
        (
            "[RESPONSE_TIME] < 3sc",
            18,
            "[RESPONSE_TIME] is a duration, 3sc is text; sc is no unit, did you mean s?",
        ),
        (
            "[RESPONSE_TIME] <= 50%",
            19,
            "[RESPONSE_TIME] is a duration, 50% is a percentage; did you mean +50%?",
        ),
        (
            "[RESPONSE_TIME] == +50%",
            19,
            "+50% is a change against the baseline: it goes with < <= > >= only",
        ),
        ("+50% >= [RESPONSE_TIME]", 0, "a change against the baseline stands on the right"),
        ("[RESPONSE_TIME] == pat(5*)", 19, "[RESPONSE_TIME] is a duration; pat() matches text"),
        ("[STATUS] < pat(5*)", 11, "pat() goes with == and != only"),
        ("[STATUS] >= any(1, 2)", 12, "any() goes with == and != only"),
        ("[IP] < 3", 5, "[IP] is text: only == and != compare it"),
        ("[ANSWER] > a", 9, "[ANSWER] is a list: only == and != compare it"),
        ("has([BODY]) < true", 12, "has([BODY]) is true or false: only == and != compare it"),
        (
            "[CONNECTED] == ture",
            15,
            "[CONNECTED] is true or false, ture is text; did you mean true?",
        ),
        ("[CONNECTED] == +5%", 15, "[CONNECTED] is true or false; +5% is a change of a quantity"),
        ("[BODY].n < potato", 11, "< orders quantities, potato is text"),
        (
            "[BODY].n < 5kb",
            11,
            "< orders quantities, 5kb is text; kb is no unit, did you mean KB?",
        ),
        (
            "[BODY].n == null",
            12,
            "null counts as missing: write has([BODY].n) == false, or quote it",
        ),
        (
            "[STATUS] == [RESPONSE_TIME]",
            9,
            "[STATUS] is a number, [RESPONSE_TIME] is a duration",
        ),
        ("[ANSWER] == [ANSWER]", 9, "two lists cannot be compared"),
        ("[VALUE] > [IP]", 8, "[IP] is text: only == and != compare it"),
    ],
)
def test_what_makes_no_sense_is_refused(text: str, position: int, message: str) -> None:
    refused = refusal(text)
    assert (refused.position, refused.message) == (position, message)


def test_only_what_is_offered_can_be_observed() -> None:
    offered = {"STATUS", "BODY"}
    assert parse("[STATUS] == 200", offered) == parse("[STATUS] == 200")
    refused = refusal("0 == [EXIT_CODE]", offered)
    assert refused.position == 5
    assert refused.message == "[EXIT_CODE] is not offered here; offered are [STATUS], [BODY]"
    unlike = refusal("[QQQ] == 0", offered)
    assert unlike.message == "[QQQ] is no placeholder; offered are [STATUS], [BODY]"


def test_a_message_is_one_safe_line_however_long_and_harmful_the_text_is() -> None:
    message = refusal(f"[BODY] == 'a' \x1b[2J\n{'x' * 10_000}").message
    assert "\x1b" not in message
    assert "\n" not in message
    assert len(message) < 100
