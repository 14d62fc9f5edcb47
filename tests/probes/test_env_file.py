import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpad.probes.env_file import printed, variables


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A=1", {"A": "1"}),
        ("A=1\r\nB=2\r\n", {"A": "1", "B": "2"}),
        ("\ufeffA=1", {"A": "1"}),
        ("  A = a b  \n", {"A": "a b"}),
        ("A=\nB=2", {"A": "", "B": "2"}),
        ("A=1\nA=2", {"A": "2"}),
        ("export A=1\nexport\tB=2", {"A": "1", "B": "2"}),
        ("# A=1\n; B=2\nC=3", {"C": "3"}),
        ("# goes on \\\nA=1\nB=2", {"B": "2"}),
        ("A=1 # no comment", {"A": "1 # no comment"}),
        ("no assignment\n1A=1\nA-B=1\n=x\nB=2", {"B": "2"}),
        ("A='a b # \\ \" $x'", {"A": 'a b # \\ " $x'}),
        ("A='one\ntwo'\nB=2", {"A": "one\ntwo", "B": "2"}),
        ('A="a\\"b\\\\c\\$d\\`e\\nf"', {"A": 'a"b\\c$d`e\\nf'}),
        ('A="one\\\ntwo"', {"A": "onetwo"}),
        ("A=one\\\ntwo", {"A": "onetwo"}),
        (r"A=a\"b\\c\d", {"A": r'a"b\cd'}),
        ("A=a'b'", {"A": "a'b'"}),
        ("A='a' \"b\"c", {"A": "abc"}),
        ("A=a\\ ", {"A": "a "}),
        ("A='never closed\nB=2", {"A": "never closed\nB=2"}),
        ("A=$B ${C} `d`", {"A": "$B ${C} `d`"}),
    ],
)
def test_a_file_is_read_as_systemd_does(text: str, found: dict[str, str]) -> None:
    assert variables(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A=1\nB='q'\n", {"A": "1", "B": "'q'"}),
        ("A=one\ntwo\0B=2\0", {"A": "one\ntwo", "B": "2"}),
        ("BASH_FUNC_f%%=() { x\n}\nA==\n", {"BASH_FUNC_f%%": "() { x", "A": "="}),
        ("", {}),
    ],
)
def test_what_env_prints_is_taken_as_it_is(text: str, found: dict[str, str]) -> None:
    assert printed(text) == found


@given(st.text(alphabet="AB=\"'\\#; \n\t$e", max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert all(name in text for name in variables(text))


@given(st.text(st.characters(exclude_characters="'\r\0", exclude_categories=["Cs"])))
def test_what_is_in_single_quotes_is_the_value(value: str) -> None:
    assert variables(f"A='{value}'") == {"A": value}


@pytest.mark.parametrize("text", ["A='", 'A="\\', "A=\\", "A='' ", "# \\\n", "A= "])
def test_a_large_file_is_read_in_proportion_to_its_size(text: str) -> None:
    began = time.perf_counter()
    variables("A=" + text * 1000)
    small = time.perf_counter() - began
    began = time.perf_counter()
    variables("A=" + text * 30_000)
    assert time.perf_counter() - began < 150 * small + 0.1
