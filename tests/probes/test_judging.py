from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpad.conditions.parse import parse
from launchpad.probes.judging import judged
from launchpad.probes.observed import CannotObserve, Observed, Value
from launchpad.probes.result import LONGEST_LINE, Result
from launchpad.text.safe import one_line

SEEN: Mapping[str, Value] = {"STATUS": 503, "BODY": b'{"a": 1}', "RESPONSE_TIME": 12.0}
TRUE, FALSE, NO_DATA = "[RESPONSE_TIME] < 1s", "[BODY].a == 2", "[IP] == 10.0.0.1"
REFUSED = CannotObserve("connection-refused", "nobody listens")


def judge(*conditions: str, seen: Mapping[str, Value] = SEEN, missing: bool = False) -> Result:
    return judged(
        Observed(seen, note="a note"),
        [parse(text) for text in conditions],
        redact=str,
        missing=REFUSED if missing else None,
    )


@pytest.mark.parametrize(
    ("conditions", "missing", "state", "reason", "shown"),
    [
        ([TRUE], False, "success", "ok", "[RESPONSE_TIME] (12ms) < 1s"),
        ([TRUE, FALSE], False, "failed", "condition-false", "[BODY].a (1) == 2"),
        ([FALSE, "[BODY].a == 3"], False, "failed", "condition-false", "[BODY].a (1) == 2"),
        (["[STATUS] == 200"], False, "failed", "status-mismatch", "[STATUS] (503) == 200"),
        ([TRUE, NO_DATA], False, "inconclusive", "no-data", "[IP] (not measured) == 10.0.0.1"),
        ([NO_DATA, FALSE], False, "failed", "condition-false", "[BODY].a (1) == 2"),
        ([NO_DATA], True, "error", "connection-refused", "[IP] (not measured) == 10.0.0.1"),
        ([NO_DATA, FALSE], True, "failed", "condition-false", "[BODY].a (1) == 2"),
        ([TRUE], True, "success", "ok", "[RESPONSE_TIME] (12ms) < 1s"),
    ],
)
def test_every_condition_has_to_be_true(
    conditions: list[str], missing: bool, state: str, reason: str, shown: str
) -> None:
    result = judge(*conditions, missing=missing)
    assert (result.state, result.reason, result.shown) == (state, reason, shown)


def test_the_numbers_that_anybody_may_see_are_in_the_result() -> None:
    values: Mapping[str, Value] = {**SEEN, "CONNECTED": True, "VALUE": 7}
    observed = Observed(values, hidden=frozenset({"VALUE"}))
    result = judged(observed, [parse(TRUE)], redact=str)
    assert result.numbers == {"STATUS": 503, "RESPONSE_TIME": 12.0}


def test_what_else_there_is_to_say_is_in_the_detail() -> None:
    assert judge(TRUE).detail == "a note"
    assert judge(NO_DATA, missing=True).detail == "a note; nobody listens"


@pytest.mark.parametrize(
    ("baseline", "state"), [({"RESPONSE_TIME": 10}, "success"), ({"RESPONSE_TIME": 5}, "failed")]
)
def test_a_change_is_against_the_baseline(baseline: dict[str, Value], state: str) -> None:
    condition = parse("[RESPONSE_TIME] <= +50%")
    assert judged(Observed(SEEN), [condition], baseline, redact=str).state == state


def test_without_a_baseline_a_change_is_inconclusive() -> None:
    assert judge("[RESPONSE_TIME] <= +50%").state == "inconclusive"


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "STATUS": st.integers(),
        "BODY": st.binary() | st.text(),
        "RESPONSE_TIME": st.floats(),
        "IP": st.text(),
        "HEADER": st.dictionaries(st.text(), st.text()),
    },
)
CONDITIONS = st.lists(
    st.sampled_from([TRUE, FALSE, NO_DATA, "[STATUS] < 300", "has([HEADER].x) == true"]),
    min_size=1,
)


@given(VALUES, CONDITIONS, st.booleans(), st.text())
def test_success_means_that_everything_was_seen_and_no_data_is_never_success(
    values: dict[str, Value], conditions: list[str], missing: bool, note: str
) -> None:
    alone = [judge(text, seen=values).state for text in conditions]
    result = judged(
        Observed(values, note=note * 99),
        [parse(text) for text in conditions],
        redact=str,
        missing=REFUSED if missing else None,
    )
    assert (result.state == "success") == (set(alone) == {"success"})
    assert (result.state == "failed") == ("failed" in alone)
    if result.state in {"error", "inconclusive"}:
        assert (result.state == "error") == missing
    for line in (result.shown, result.detail):
        assert len(line) <= LONGEST_LINE
        assert line == one_line(line)
