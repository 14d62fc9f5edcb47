"""Events say the same after they were lines: nothing is lost, and a newer program may add."""

import json
from dataclasses import replace
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from launchpad.checklist.model import Result
from launchpad.launch.kinds import KINDS, OUTCOMES, RESULTS, Body, Outcome, decode, encode
from tests.launch.making import event, opened

# The log takes no integer beyond what every JSON reader takes (RFC 8785, 3.2.2.3).
st.register_type_strategy(int, st.integers(1, 2**53 - 1))
BODIES: st.SearchStrategy[Body] = st.sampled_from(list(KINDS.values())).flatmap(st.from_type)


@settings(deadline=None)
@given(BODIES)
def test_a_body_comes_back_from_json_as_it_was(body: Body) -> None:
    """Also the whole reading of a checklist, which is part of launch.opened."""
    carried = json.loads(json.dumps(encode(body)))
    assert carried == encode(body)
    assert decode(replace(event(1, body), body=carried)) == body


def test_what_a_newer_program_adds_to_a_body_is_passed_over() -> None:
    body = opened()
    carried = {**encode(body), "ticket": "OPS-7"}
    assert decode(replace(event(1, body), body=carried)) == body


def test_the_lists_of_words_are_the_types_of_words() -> None:
    assert set(RESULTS) == set(get_args(Result))
    assert set(OUTCOMES) == set(get_args(Outcome))
