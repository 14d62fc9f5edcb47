from hypothesis import given
from hypothesis import strategies as st

from launchpad.process.capture import Capture, Captured

CAP = 10


def captured(*pieces: bytes) -> Captured:
    capture = Capture(CAP)
    for piece in pieces:
        capture.add(piece)
    return capture.captured()


@given(pieces=st.lists(st.binary(max_size=3 * CAP)))
def test_the_first_and_last_bytes_are_kept_and_all_are_counted(pieces: list[bytes]) -> None:
    found, stream = captured(*pieces), b"".join(pieces)
    assert found.head == stream[:CAP]
    assert found.tail == stream[CAP:][-CAP:]
    assert found.total == len(stream)
    assert found.left_out == max(0, len(stream) - 2 * CAP)


def test_a_short_stream_is_kept_whole() -> None:
    assert captured(b"all of it,", b" no gap").content == b"all of it, no gap"


def test_the_content_says_how_much_is_missing() -> None:
    found = captured(b"beginning_", b"?" * 1000, b"______end.")
    assert found.content == b"beginning_\n[1000 bytes left out]\n______end."


def test_bytes_that_are_no_text_are_shown_as_such() -> None:
    assert captured(b"a\xffb").text == "a\ufffdb"


def test_what_is_kept_of_an_endless_stream_stays_small() -> None:
    capture = Capture(CAP)
    for _ in range(10_000):
        capture.add(b"x" * (CAP - 1))
        assert len(capture._tail) < 3 * CAP
