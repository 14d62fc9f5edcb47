"""Whatever is written or observed: no other error, no other meaning, no long wait."""

import json
import re
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from launchpad.conditions.condition import Condition
from launchpad.conditions.errors import ConditionError
from launchpad.conditions.evaluate import evaluate
from launchpad.conditions.matching import matches
from launchpad.conditions.observation import Value
from launchpad.conditions.parse import parse
from launchpad.conditions.placeholders import PLACEHOLDERS
from launchpad.conditions.render import render
from launchpad.conditions.shown import LONGEST

KIB_64 = 65536

WORDS = [f"[{name}]" for name in PLACEHOLDERS]
WORDS += [*"()[].,\"'*%+-! \\", " == ", "!=", " <", ">=", "len(", "has(", "pat(", "any("]
WORDS += ["[BODY].a", "[HEADER].A", "200", "5s", "+50%", "1.5KiB", "true", "null", "x", "é", "\x00"]

texts = st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map("".join))
quoted_texts = st.text().map(lambda text: "'" + text.replace("'", "") + "'")
numbers = st.one_of(
    st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False)
).map(repr)
durations = st.builds("{}{}".format, numbers, st.sampled_from(["ms", "s", "m", "h", "d"]))
sizes = st.builds("{}{}".format, numbers, st.sampled_from(["B", "KB", "MiB", "TB"]))
changes = st.builds("{}{}%".format, st.sampled_from("+-"), st.integers(0, 10**6).map(repr))
percentages = st.floats(0, 1e6).map("{!r}%".format)
paths = st.lists(
    st.one_of(
        st.integers(0, 999_999_999).map("[{}]".format),
        st.from_regex(r"\.[a-zé_]{1,5}", fullmatch=True),
        quoted_texts.map("[{}]".format),
    )
).map("".join)
bare = st.text(st.characters(codec="utf-8"), min_size=1)
values = st.one_of(quoted_texts, numbers, durations, sizes, changes, percentages, bare)
sentences = st.builds(
    "{}{} {} {}".format,
    st.sampled_from(["[BODY]", "[BODY]", "[VALUE]", "[RESPONSE_TIME]", "[STATUS]", "[MODE]"]),
    paths,
    st.sampled_from(["==", "!=", "<", ">="]),
    st.one_of(
        values,
        quoted_texts.map("pat({})".format),
        st.lists(values, min_size=1).map(lambda some: f"any({', '.join(some)})"),
    ),
)


def parsed(text: str) -> Condition | None:
    try:
        return parse(text)
    except ConditionError as error:
        refused = error
    assert 0 <= refused.position <= len(text)
    assert "\n" not in refused.message
    return None


@settings(max_examples=200)
@example("[HEADER].X..'y' == x")
@example("[BODY].a == 'null'")
@given(st.one_of(texts, sentences))
def test_any_text_is_a_condition_that_reads_back_alike_or_a_condition_error(text: str) -> None:
    condition = parsed(text)
    if condition is not None:
        assert parse(render(condition)) == condition
        assert render(parse(render(condition))) == render(condition)


CONDITIONS = [
    "[STATUS] == 200",
    "[STATUS] != pat(*1*)",
    "[RESPONSE_TIME] <= +50%",
    "[VALUE] < +10%",
    "[VALUE] != 5%",
    "[BODY].a != x",
    "[BODY].a[0].b >= 5",
    "[BODY].a == [BODY].b",
    "[BODY] == pat(*a*b*)",
    "len([BODY]) > 0",
    "len([BODY].a) > 0",
    "has([BODY].a) == false",
    "[HEADER].A != x",
    "[ANSWER] == any(a, b)",
    "[CONNECTED] != true",
    "[CERTIFICATE_EXPIRATION] > [VALUE]",
    "has([STDOUT]) == true",
    "[MODE] != 0644",
]
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.sampled_from("ab"), inner)),
    max_leaves=8,
)
observed = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(10**300, 10**320),
    st.floats(),
    st.text(),
    st.binary(),
    json_values.map(json.dumps),
    st.lists(st.one_of(st.text(), st.binary())),
    st.dictionaries(st.sampled_from("aAbé"), st.text()),
)
observations = st.dictionaries(st.sampled_from(list(PLACEHOLDERS)), observed)


@settings(max_examples=200)
@given(st.sampled_from(CONDITIONS), observations, observations)
def test_any_observation_has_a_verdict(
    text: str, observation: dict[str, Value], baseline: dict[str, Value]
) -> None:
    verdict = evaluate(parse(text), observation, baseline)
    assert verdict.outcome in {"true", "false", "no-data"}
    assert len(verdict.shown) <= LONGEST
    assert "\n" not in verdict.shown


@given(st.sampled_from(CONDITIONS))
def test_nothing_observed_is_never_true(text: str) -> None:
    assert evaluate(parse(text), {}).outcome == "no-data"
    assert evaluate(parse(text), dict.fromkeys(PLACEHOLDERS), {}).outcome == "no-data"


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
@pytest.mark.parametrize("condition", ["[BODY].a == 1", "len([BODY]) > 0", "[BODY][0].a != 1"])
def test_deep_nesting_is_never_true_and_never_raises(opening: str, condition: str) -> None:
    closing = opening.replace('"a":', "").replace("[", "]").replace("{", "}")[::-1]
    for body in (opening * 10_000, opening * 10_000 + "1" + closing * 10_000):
        assert evaluate(parse(condition), {"BODY": body}).outcome in {"false", "true"}


@given(st.lists(st.sampled_from(["a", "b", "*"])).map("".join), st.text("ab"))
def test_a_pattern_means_what_the_same_regular_expression_means(pattern: str, text: str) -> None:
    expression = re.escape(pattern).replace(r"\*", ".*")
    assert matches(pattern, text) is bool(re.fullmatch(expression, text, re.DOTALL))


LONG: list[Callable[[int], str]] = [
    lambda size: "[" * size,
    lambda size: "[BODY]" + ".a" * (size // 2),
    lambda size: "[BODY]" + "[0]" * (size // 3) + " == 1",
    lambda size: "[BODY]" + "['a'" * (size // 4),
    lambda size: "[" + "STATUS" * (size // 6) + "]",
    lambda size: "[STATUS] == any(" + "1," * (size // 2),
    lambda size: "[STATUS] == any(" + ", ".join(["200"] * (size // 5)) + ")",
    lambda size: "pat(" + ") " * (size // 2),
    lambda size: "pat(" + ")" + " " * size,
    lambda size: '[BODY] == "' + "\\" * size,
    lambda size: "[BODY] == " + "1" * size,
    lambda size: "[BODY] == " + "1s" * (size // 2),
    lambda size: "[BODY] == " + "a " * (size // 2) + "(",
    lambda size: "=" * size,
    lambda size: "len(" * (size // 4),
    lambda size: " " * size,
    lambda size: "a" * size + "(",
]


@pytest.mark.parametrize("long", LONG)
def test_reading_takes_time_in_proportion_to_the_length(long: Callable[[int], str]) -> None:
    def seconds(text: str) -> float:
        # The shortest of several: what else the machine does only ever adds to it.
        spent = []
        for _ in range(3):
            start = time.process_time()
            condition = parsed(text)
            if condition is not None:
                render(condition)
            spent.append(time.process_time() - start)
        return min(spent)

    # In quadratic time the longer one would take sixteen times as long.
    assert seconds(long(KIB_64)) < 10 * seconds(long(KIB_64 // 4)) + 0.01


@pytest.mark.parametrize(
    ("pattern", "text"), [("a*" * 5000 + "b", "a" * 1_000_000), ("*" * 60_000, "x" * 1_000_000)]
)
def test_matching_does_not_go_back(pattern: str, text: str) -> None:
    start = time.process_time()
    matches(pattern, text)
    assert time.process_time() - start < 1
