"""A conductor of another machine that fell silent: seen after its term, by who kept looking."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.checklist.load import load
from launchpad.console.conducting import Conducting
from launchpad.console.sight import look
from launchpad.launch.state import LaunchState
from launchpad.log.address import open_log
from launchpad.log.leasing import TERM_S, Lease
from launchpad.log.store import Log
from launchpad.session.clock import now
from launchpad.session.conductor import conductor_standing
from launchpad.session.lease_watch import LeaseWatch
from tests.conductor.conftest import CHECKLIST
from tests.launch.making import Told

SECOND = 10**9


@pytest.fixture
def state(tmp_path: Path) -> LaunchState:
    path = tmp_path / "plan.yaml"
    path.write_text(CHECKLIST, encoding="utf-8")
    return Told(load(path).checklist).now


@pytest.fixture
def log(tmp_path: Path, state: LaunchState) -> Iterator[Log]:
    log = open_log(str(tmp_path / "log.db"), create=True)
    beat = Lease(
        launch=state.launch,
        epoch=1,
        holder="a-holder",
        pid=7,
        started="9",
        host="bastion1",
        user="deploy",
        boot_id="another-boot",
        mono_ns=5 * SECOND,
        at="2026-01-01T00:00:00.000Z",
    )
    assert log.take_lease(beat, None)
    yield log
    log.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return this machine's clock, which a test sets, in nanoseconds."""
    at = [1000 * SECOND]
    monkeypatch.setattr("launchpad.session.lease_watch.boot_time", lambda: ("this-boot", at[0]))
    return at


def test_after_its_term_a_console_elsewhere_says_that_nobody_conducts_and_how_to_move_it(
    log: Log, state: LaunchState, clock: list[int]
) -> None:
    watch = LeaseWatch(log, state.launch)
    conducting = Conducting(lambda _launch: None, "/l.db", read_only=False)
    first = look(log, state, watch)
    assert conducting.lost(state, first, now()) is None
    clock[0] += int(TERM_S * SECOND) + 1
    sight = look(log, state, watch)
    assert sight.says_more_than(first)
    lost = conducting.lost(state, sight, now())
    assert lost
    assert lost.why == "NO CONDUCTOR: bastion1 is silent; as a-user@a-host, type:"
    assert lost.command == "launchpad conductor --log /l.db --launch a-launch"
    assert lost.move
    assert lost.move.endswith("the same with --move --reason TEXT")


def test_who_looks_for_the_first_time_knows_nothing_of_it_yet(
    log: Log, state: LaunchState, clock: list[int]
) -> None:
    clock[0] += 1000 * SECOND
    assert conductor_standing(log, state.launch).alive
