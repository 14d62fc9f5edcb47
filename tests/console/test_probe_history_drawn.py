"""What is drawn of a probe's past: exact widths, one look for each state, no gap smoothed over."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from launchpad.console.ink import ASCII, UNICODE, Ink
from launchpad.console.probe_curve import band, curve, flapped, legend, marks, states
from launchpad.console.probe_history import Looked, columns, history
from launchpad.console.probe_list import Order, kept, probe_rows, worst_first
from launchpad.console.probe_past import Change, Past, Window, window
from launchpad.console.probing import Instruments, probe_seen
from launchpad.launch.operations import ProbeChanged, ProbeState
from launchpad.launch.state import ProbeStanding
from launchpad.session.series import Bucket, series_of
from tests.console.test_probes_drawn import NOW, PROBE, STATES, TEXTS, WATCHED, sample, standing
from tests.launch.making import Told

INKS = st.sampled_from([UNICODE, ASCII])
MINUTE_MS = 60_000
OVER = Window("2026-01-01T02:20:00.000Z", MINUTE_MS, 20)
CHANGED = ProbeChanged(
    probe="health", state="failed", before="success", reason="r", shown="503", latency_us=None
)


def past_of(*points: tuple[int, str, int | None], over: Window = OVER) -> Past:
    """Return a past of samples: the column that each is in, its state, and how long it took."""
    edges = over.edges()
    found = [(edges[column], state, took) for column, state, took in points]
    whole = series_of(found, (edges[0], edges[-1])).buckets
    took = [took for *_, took in found if took is not None]
    good = sum(state == "success" for _, state, _ in found)
    buckets: tuple[Bucket, ...] = series_of(found, edges).buckets
    one = whole[0] if whole else None
    return Past("health", over, buckets, one, good, max(took, default=None))


def changed(at: str, state: ProbeState, before: ProbeState | None) -> Change:
    return Change(1, at, replace(CHANGED, state=state, before=before))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 19), st.text(max_size=9) | STATES, st.none() | st.integers(0, 9**9)
        ),
        max_size=30,
    ),
    TEXTS,
    st.integers(40, 130),
    st.integers(8, 50),
    INKS,
)
def test_every_line_of_a_history_keeps_its_width_whatever_was_seen(
    points: list[tuple[int, str, int | None]], text: str, width: int, height: int, ink: Ink
) -> None:
    probe = replace(PROBE, conditions=(text,))
    known = [Change(1, NOW.at, replace(CHANGED, reason=text, shown=text))]
    found = past_of(*points, over=replace(OVER, columns=columns(width))) if points else None
    seen = probe_seen(PROBE, None, None, NOW)
    looked = Looked(seen, found, text or None, known)
    state = Told(WATCHED).now
    drawn = history(state, probe, looked, 15 * MINUTE_MS, width, height, ink).plain
    for line in drawn.split("\n"):
        assert cell_len(line) == width, repr(line)
    if ink is ASCII:
        assert drawn.isascii()


@given(STATES, TEXTS, st.integers(44, 160), INKS, st.booleans())
def test_every_row_of_the_list_keeps_its_width(
    state: ProbeState, text: str, width: int, ink: Ink, there: bool
) -> None:
    ids = (f"a{UNICODE.line(text)}", "b")
    samples = {each: sample(state, UNICODE.line(text)) for each in ids} if there else {}
    instruments = Instruments(dict.fromkeys(ids, PROBE), {}, samples, NOW)
    for row in probe_rows(ids, instruments, width, ink):
        assert cell_len(row.content.plain) == width, repr(row.content.plain)


@pytest.mark.parametrize("ink", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_no_two_states_look_alike_without_color(ink: Ink) -> None:
    glyphs = [mark.glyph for mark in marks(ink).values()]
    assert len(set(glyphs)) == len(glyphs)


def test_the_median_is_solid_and_p95_lighter_above_it() -> None:
    past = past_of(*((0, "success", 250),) * 9, (0, "success", 1_000), (2, "success", 500))
    drawn = [line.plain[8:11] for line in curve(past, 4, UNICODE)]
    assert drawn == ["░  ", "░  ", "░ █", "█ █"]
    assert curve(past, 4, UNICODE)[0].plain.startswith("    1ms ")
    assert [line.plain[8:11] for line in curve(past, 4, ASCII)] == [".  ", ".  ", ". #", "# #"]


def test_a_latency_that_is_next_to_nothing_is_still_seen() -> None:
    past = past_of((0, "success", 0), (1, "success", 10**6))
    assert curve(past, 3, UNICODE)[-1].plain[8:10] == "▁█"


def test_a_band_has_the_worst_of_each_time_and_gaps_where_more_was_due() -> None:
    past = past_of((0, "success", 1), (1, "success", 1), (1, "error", 1), (3, "failed", 1))
    found = states(past, MINUTE_MS, [])
    assert found[:6] == ("success", "error", "error", "failed", "failed", "unobserved")
    assert set(found[5:]) == {"unobserved"}
    assert band(found, UNICODE).plain.strip() == "✓EEFF" + "·" * 15
    said = legend(found, timed=True, ink=UNICODE).plain
    assert " ".join(said.split()) == "· not observed ✓ OK E ERROR F FAILED █ p50 ░ p95"


def test_a_state_of_a_newer_program_says_nothing() -> None:
    assert states(past_of((0, "of-tomorrow", 1)), 0, [])[0] == "inconclusive"


def test_flapping_is_drawn_from_when_to_when_the_log_says_so() -> None:
    past = past_of(*((column, "failed", 1) for column in range(15)))
    edges = OVER.edges()
    known = [changed(edges[3], "flapping", "failed"), changed(edges[6], "failed", "flapping")]
    found = states(past, 0, flapped(known, "health", None))
    assert [state == "flapping" for state in found[:7]] == [False] * 3 + [True] * 3 + [False]
    since = ProbeStanding("flapping", edges[12], "", "", None)
    found = states(past, 0, flapped([], "health", since))
    assert found[11:16] == ("failed", "flapping", "flapping", "flapping", "unobserved")
    assert flapped(known[1:], "health", None) == [("", edges[6])]
    assert flapped(known, "another", None) == []


def test_what_is_drawn_stands_still_until_the_next_bucket_begins() -> None:
    first = window("2026-01-01T02:17:19.000Z", 15 * MINUTE_MS, 60)
    assert first == window("2026-01-01T02:17:29.999Z", 15 * MINUTE_MS, 60)
    assert first.until == "2026-01-01T02:17:30.000Z"
    assert len(first.edges()) == 61
    assert first.edges()[0] == "2026-01-01T02:02:30.000Z"
    assert first != window("2026-01-01T02:17:30.000Z", 15 * MINUTE_MS, 60)


def test_what_was_once_bad_is_never_said_to_be_always_ok() -> None:
    points = [(0, "success", 12_000)] * 1_999
    looked = Looked(
        probe_seen(PROBE, None, None, NOW), past_of(*points, (1, "failed", 9)), None, []
    )
    drawn = history(Told(WATCHED).now, PROBE, looked, 15 * MINUTE_MS, 70, 30, UNICODE).plain
    assert "OK 99.9 % of 2,000   p50 12ms  p95 12ms  slowest 12ms" in drawn


def test_the_worst_come_first_and_equals_keep_the_documents_order() -> None:
    ids = ("fine", "wavers", "unseen", "red", "broken", "old")
    samples = {
        "fine": sample(),
        "wavers": sample("failed"),
        "red": sample("failed"),
        "broken": sample("error"),
        "old": sample(mono_ns=0),
    }
    standings = {"wavers": standing("success")}
    instruments = Instruments(dict.fromkeys(ids, PROBE), standings, samples, NOW)
    assert worst_first(ids, instruments) == ("red", "broken", "old", "unseen", "wavers", "fine")


def test_an_amended_checklist_keeps_the_order_that_is_shown() -> None:
    assert kept(Order(("c", "gone", "a"), "so"), "abc") == Order(("c", "a", "b"), "so")
