"""Old samples are thinned: what tells something stays, and a check still says what is true."""

import threading
import time
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from launchpad.log.address import open_log
from launchpad.log.digest import COLUMNS, Row, kept
from launchpad.log.sqlite import SqliteLog
from tests.log.holder import make_lease, renewed
from tests.log.sampling import Conducting, behind_its_back, taken, verdict

STATES = st.sampled_from(["success", "failed", "error"])
AT, STATE, LATENCY = (COLUMNS.index(name) for name in ("at", "state", "latency_us"))


def row(id_: int, second: int, state: str, latency_us: int | None) -> Row:
    at = f"2026-01-01T20:{second // 60:02}:{second % 60:02}.000Z"
    return id_, "p", at, "1", "boot", state, "ok", "", latency_us, None, None


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Make samples of a probe, in states that last for a while."""
    runs = draw(st.lists(st.tuples(STATES, st.integers(1, 30)), max_size=8))
    latencies = draw(st.lists(st.none() | st.integers(0, 9), min_size=1, max_size=9))
    states = [state for state, count in runs for _ in range(count)]
    return [
        row(number + 1, number * 7, state, latencies[number % len(latencies)])
        for number, state in enumerate(states)
    ]


@settings(max_examples=50)
@given(rows())
def test_the_first_the_last_every_change_and_the_slowest_of_each_minute_stay(
    found: list[Row],
) -> None:
    stay = kept(found)
    assert stay == sorted(stay)
    assert stay[:1] == found[:1]
    assert stay[-1:] == found[-1:]
    changes = [pair for pair in pairwise(found) if pair[0][STATE] != pair[1][STATE]]
    assert {each for pair in changes for each in pair} <= set(stay)
    for minute in {each[AT][:16] for each in found}:
        ours, theirs = (
            max(each[LATENCY] or 0 for each in some if each[AT][:16] == minute)
            for some in (stay, found)
        )
        assert ours == theirs
    assert len(stay) <= 2 + 2 * len(changes) + len({each[AT][:16] for each in found})


@settings(max_examples=50)
@given(rows(), st.integers(1, 2**30))
def test_what_stays_does_not_depend_on_how_much_is_gone_already(
    found: list[Row], gone: int
) -> None:
    """So a thinning that was interrupted goes on, and can be checked at any time."""
    stay = kept(found)
    some = [each for number, each in enumerate(found) if each in stay or gone >> number % 30 & 1]
    assert kept(some) == kept(stay) == stay


def half_an_hour(log: SqliteLog) -> Conducting:
    """Conduct two probes at 5 s for half an hour; one is down for a minute."""
    conducting = Conducting(log)
    for begin in (0, 900):
        samples = []
        for second in range(begin, begin + 900, 5):
            state = "failed" if 1000 <= second < 1060 else "success"
            samples += [taken("down", second, state), taken("up", second, latency_us=second)]
        conducting.brings(samples)
        conducting.digests()
    return conducting


def test_a_log_is_intact_before_while_and_after_it_is_thinned(log: SqliteLog, path: Path) -> None:
    conducting = half_an_hour(log)
    assert "720 samples digested, intact" in str(verdict(path))
    fact = conducting.records_thinning()
    assert fact.kept == 66
    assert "720 samples digested, intact" in str(verdict(path))
    first = [each[0] for each in log.rows_of("L", "down", 0, 999)]
    log.thin(conducting.lease, [id_ for id_ in first[1:10] if id_ not in (1, first[12])][:5])
    assert "720 samples digested, 5 of them thinned, intact" in str(verdict(path))
    conducting.thinned = 0
    conducting.thins()
    assert "720 samples" in str(verdict(path))


def test_what_stays_is_what_a_person_looks_for(log: SqliteLog, path: Path) -> None:
    conducting = half_an_hour(log)
    conducting.thins()
    found = verdict(path)
    assert found.intact
    assert found.samples.thinned == 720 - 66
    states = [(each.at[14:19], each.state) for each in log.samples("L", "down", 99)]
    at = states.index(("16:40", "failed"))
    assert states[at - 1] == ("16:35", "success")
    assert ("17:35", "failed") in states
    assert ("17:40", "success") in states
    assert len(log.samples("L", "up", 99)) == 31


def test_a_sample_that_was_to_stay_and_does_not_is_found(log: SqliteLog, path: Path) -> None:
    """Nobody passes a bad minute off as thinned."""
    half_an_hour(log).thins()
    behind_its_back(path, "DELETE FROM samples WHERE state = 'failed'")
    assert verdict(path).reason == "66 of samples 1 to 720 were to stay, and they are not all there"


def test_a_sample_that_stayed_and_was_changed_is_named(log: SqliteLog, path: Path) -> None:
    half_an_hour(log).thins()
    (changed,) = [each[0] for each in log.rows_of("L", "down", 0, 720) if each[5] == "failed"][:1]
    behind_its_back(path, "UPDATE samples SET state = 'success' WHERE id = ?", [changed])
    assert verdict(path).reason == f"sample {changed} of probe down was altered"


def test_a_thinned_sample_cannot_be_put_back_otherwise_than_it_was(
    log: SqliteLog, path: Path
) -> None:
    conducting = half_an_hour(log)
    gone = {each[0] for each in log.rows_of("L", "up", 0, 720)}
    conducting.thins()
    back = min(gone - {each[0] for each in log.rows_of("L", "up", 0, 720)})
    columns = "launch, probe, at, mono_ns, boot_id, state, reason, value"
    behind_its_back(
        path,
        f"INSERT INTO samples (id, {columns}) SELECT ?, {columns} FROM samples WHERE id = 1",  # noqa: S608 - names of columns
        [back],
    )
    assert verdict(path).reason == f"sample {back} of probe down was altered"


def test_only_what_is_recorded_as_thinned_may_be_missing(log: SqliteLog, path: Path) -> None:
    conducting = half_an_hour(log)
    conducting.thins()
    conducting.brings([taken("up", second) for second in range(1800, 1900, 5)])
    last = conducting.digests().last
    log.thin(conducting.lease, [last - 3])
    assert verdict(path).reason == f"sample {last - 3} is missing"


def test_another_writer_gets_its_turn_while_samples_go(log: SqliteLog, path: Path) -> None:
    conducting = Conducting(log)
    conducting.brings([taken("up", number / 100) for number in range(5000)])
    conducting.digests()
    thinning = threading.Thread(target=conducting.thins)
    waited_s = [0.0]
    with closing(open_log(str(path), create=False)) as other:
        lease = make_lease("M", None)
        assert other.take_lease(lease, None)
        thinning.start()
        while thinning.is_alive():
            began = time.monotonic()
            lease = renewed(lease)
            assert other.beat(lease)
            waited_s.append(time.monotonic() - began)
    assert len(waited_s) > 10
    assert max(waited_s) < 1.0
    assert len(log.samples("L", "up", 9999)) == 2
