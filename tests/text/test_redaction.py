import base64
import json
import math
import urllib.parse
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from launchpad.text.redaction import Redactor, SecretTooShort

PASSWORD = "s3cr?t/ü&\"\\<x> y'z"  # noqa: S105 - made up
MARK = "[redacted: password]"
# Few different bytes, so that secrets overlap, repeat and nearly occur.
FEW = st.binary(max_size=60).map(lambda data: bytes(b"ab%"[byte % 3] for byte in data))
SECRETS = st.lists(FEW.filter(lambda data: len(data) >= 4), max_size=3)


def streamed(redactor: Redactor, pieces: list[bytes]) -> bytes:
    stream = redactor.stream()
    return b"".join(stream.feed(piece) for piece in pieces) + stream.end()


def cut(data: bytes, places: list[int]) -> list[bytes]:
    ends = [0, *sorted(min(place, len(data)) for place in places), len(data)]
    return [data[start:end] for start, end in pairwise(ends)]


@given(secrets=SECRETS, filling=st.lists(FEW), places=st.lists(st.integers(0, 300)))
@example(secrets=[b"aaaa"], filling=[b"aaaaaaa"], places=[5, 6])
@example(secrets=[b"abab", b"ababbbb"], filling=[b"ababbb", b"abab"], places=[4])
def test_no_secret_passes_and_the_chunking_makes_no_difference(
    secrets: list[bytes], filling: list[bytes], places: list[int]
) -> None:
    redactor = Redactor({f"S{number}": secret for number, secret in enumerate(secrets)})
    data = b"".join(filling + secrets + filling)
    whole = streamed(redactor, [data])
    assert streamed(redactor, cut(data, places)) == whole
    assert streamed(redactor, [bytes([byte]) for byte in data]) == whole
    assert not any(secret in whole for secret in secrets)


@given(data=st.binary(max_size=200), places=st.lists(st.integers(0, 200)))
def test_what_holds_no_secret_is_left_alone(data: bytes, places: list[int]) -> None:
    redactor = Redactor({"token": "\N{SNOWMAN}\N{SNOWMAN}\N{SNOWMAN}"})
    assert streamed(redactor, cut(data, places)) == data


@pytest.mark.parametrize(
    "form",
    [
        PASSWORD,
        urllib.parse.quote(PASSWORD),
        urllib.parse.quote(PASSWORD, safe="").lower(),
        urllib.parse.quote_plus(PASSWORD),
        urllib.parse.urlencode({"": PASSWORD})[1:],
        urllib.parse.quote(PASSWORD, safe="-_.!~*'()"),
        base64.b64encode(PASSWORD.encode()).decode(),
        base64.b64encode(PASSWORD.encode()).decode().rstrip("="),
        base64.urlsafe_b64encode(PASSWORD.encode()).decode(),
        json.dumps(PASSWORD)[1:-1],
        json.dumps(PASSWORD, ensure_ascii=False)[1:-1],
        json.dumps(PASSWORD)[1:-1].replace("/", "\\/"),
        json.dumps(PASSWORD)[1:-1]
        .replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e"),
    ],
)
def test_every_form_in_which_programs_write_a_secret_is_replaced(form: str) -> None:
    assert Redactor({"password": PASSWORD}).redacted(f"at={form};") == f"at={MARK};"


@pytest.mark.parametrize("user", ["", "a", "ab", "abc"])
@pytest.mark.parametrize("after", ["", "x", "xy", "xyz"])
def test_a_secret_inside_longer_base64_keeps_at_most_its_outermost_bits(
    user: str, after: str
) -> None:
    longer = base64.b64encode(f"{user}{PASSWORD}{after}".encode()).decode()
    left = Redactor({"password": PASSWORD}).redacted(longer)
    before, mark, behind = left.partition(MARK)
    assert mark
    assert len(before) <= math.ceil(len(user) * 8 / 6) + 1
    assert len(behind.rstrip("=")) <= math.ceil(len(after) * 8 / 6) + 1


def test_the_mark_says_the_name_of_the_longest_secret_there() -> None:
    redactor = Redactor({"part": "hunter2", "url": "db://me:hunter2@db"})
    assert redactor.redacted("db://me:hunter2@db hunter2") == "[redacted: url] [redacted: part]"


def test_overlapping_secrets_are_replaced_as_one() -> None:
    assert (
        Redactor({"one": "hell", "two": "lloworld"}).redacted("helloworld!") == "[redacted: one]!"
    )


def test_only_the_possible_beginning_of_a_secret_is_held_back() -> None:
    stream = Redactor({"password": "hunter2"}).stream()
    assert stream.feed(b"Go on? [y/n] ") == b"Go on? [y/n] "
    assert stream.feed(b"a hunt") == b"a "
    assert stream.feed(b"ress") == b"huntress"


def test_white_space_around_a_secret_does_not_hide_it() -> None:
    assert Redactor({"password": "hunter2\n"}).redacted("hunter2.") == f"{MARK}."


@pytest.mark.parametrize("secret", ["", "abc", " abc\n"])
def test_a_secret_too_short_to_be_told_from_text_is_refused_by_name(secret: str) -> None:
    with pytest.raises(SecretTooShort, match="the secret pin has fewer than 4 bytes") as refused:
        Redactor({"pin": secret})
    assert "abc" not in str(refused.value)


def test_a_redactor_does_not_show_its_secrets() -> None:
    assert repr(Redactor({"password": "hunter2"})) == "Redactor(password)"


def test_text_that_cannot_be_encoded_is_redacted_too() -> None:
    assert Redactor({"password": "hunter2"}).redacted("\ud800") == "\ud800"
    assert "hunter2" not in Redactor({"password": "hunter2"}).redacted("\ud800hunter2")
