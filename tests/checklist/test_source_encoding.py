"""From bytes to text and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpad.checklist.encoding import Encoding, source_from_bytes, source_from_text
from launchpad.checklist.errors import ChecklistError

SOUND = "# R\u00e9sum\u00e9\r\n- [ ] caf\u00e9 \u2014 \u65e5\u672c \U0001f680\n"


def damaged(text: str, codec: str) -> bytes:
    return text.encode().decode(codec).encode()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SOUND.encode(), "utf-8"),
        (SOUND.encode("utf-8-sig"), "utf-8"),
        (("\ufeff" + SOUND).encode("utf-16-le"), "utf-16-le"),
        (("\ufeff" + SOUND).encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_text_is_read_without_its_byte_order_mark(data: bytes, encoding: str) -> None:
    source = source_from_bytes("a.md", data)
    assert (source.encoding, source.damage, source.readable) == (encoding, None, SOUND)
    assert source.to_bytes(source.readable) == data


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    "text", ["\u2705 Done", "caf\u00e9 \u2014 \u20ac5", "\U0001f680 go", "\u041f\u0440\u0438\u043a"]
)
def test_a_document_decoded_once_too_often_is_repaired(codec: str, mark: str, text: str) -> None:
    data = damaged(mark + text, codec)
    source = source_from_bytes("a.md", data)
    assert (source.damage, source.readable) == (codec, text)
    assert source.to_bytes(source.readable) == data


def test_a_byte_order_mark_before_damage_is_kept() -> None:
    data = b"\xef\xbb\xbf" + damaged("\u2705 Done", "cp1252")
    source = source_from_bytes("a.md", data)
    assert source.readable == "\u2705 Done"
    assert source.to_bytes(source.readable) == data


@pytest.mark.parametrize(
    "text",
    [
        "plain ASCII",
        "un r\u00e9sum\u00e9 fran\u00e7ais",
        "a coup d\u2019\u00e9tat",
        "MEN\u00dc\u2026",
        "Spa\u00df\u2026",
        "CAF\u00c9\u2019S",
        "\u2014\u00c9ric",
        "Nescaf\u00e9\u00ae\u2122",
        "shows \u00c3\u00a9 for \u00e9",
        "\u2705 and \u00e2\u0153\u2026",
    ],
)
def test_a_sound_document_is_left_alone(text: str) -> None:
    source = source_from_bytes("a.md", text.encode())
    assert (source.damage, source.readable) == (None, text)


@pytest.mark.parametrize(
    ("inserted", "kept"),
    [
        ("Zo\u00eb", "Zo\u00eb"),
        ("\u00c1da", "Ada"),
        ("\u201d", '"'),
        ("\u274c", "?"),
        ("\ud800", "?"),
    ],
)
def test_what_the_damaged_codec_cannot_carry_becomes_a_look_alike(inserted: str, kept: str) -> None:
    source = source_from_bytes("a.md", damaged("\u2705 Done", "cp1252"))
    again = source_from_bytes("a.md", source.to_bytes(source.readable + inserted))
    assert again.readable == "\u2705 Done" + kept


def test_a_lone_surrogate_never_stops_an_export() -> None:
    assert source_from_bytes("a.md", b"- [ ] a").to_bytes("\ud800") == b"?"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "a.md: empty"),
        (b" \r\n\t\n", "a.md: holds nothing but white space"),
        (b"\xef\xbb\xbf\n", "a.md: holds nothing but white space"),
        (b"ab\x00c", "a.md: not text: byte 0x00 at offset 2"),
        (b"caf\xe9 !", "a.md: not text: byte 0xe9 at offset 3"),
        (b"\xff\xfea\x00\x00\x00", "a.md: not text: byte 0x00 at offset 4"),
        (b"\xff\xfe\x00\xd8", "a.md: not text: byte 0x00 at offset 2"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(ChecklistError) as refused:
        source_from_bytes("a.md", data)
    assert str(refused.value) == said


@given(st.text(min_size=1), st.sampled_from(["utf-8", "cp1252", "mac_roman"]), st.booleans())
def test_every_text_goes_back_to_its_bytes(text: str, codec: str, mark: bool) -> None:
    try:
        data = (b"\xef\xbb\xbf" if mark else b"") + damaged(text, codec)
        source = source_from_bytes("a.md", data)
    except (UnicodeError, ChecklistError):
        return
    assert source.to_bytes(source.readable) == data
    assert source_from_text(source.name, source.encoding, source.text) == source


@given(st.text(), st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_every_utf_16_text_goes_back_to_its_bytes(text: str, encoding: Encoding) -> None:
    data = ("\ufeff" + text).encode(encoding)
    try:
        source = source_from_bytes("a.md", data)
    except ChecklistError:
        return
    assert source.to_bytes(source.readable) == data


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    st.sampled_from(["cp1252", "mac_roman"]),
)
def test_an_insertion_never_makes_a_damaged_document_unreadable(text: str, codec: str) -> None:
    source = source_from_bytes("a.md", damaged("\u2713 Done\n", codec))
    again = source_from_bytes("a.md", source.to_bytes(f"{source.readable}{text}"))
    assert again.damage == codec
    assert again.readable.startswith("\u2713 Done\n")
