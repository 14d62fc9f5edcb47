"""The probes screen: every probe, and the history of the one under the cursor, live."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from textual.widgets import Footer

from launchpad.console.app import Console
from launchpad.console.palette import palette
from launchpad.console.screens import probes as probes_screen
from launchpad.console.screens.launch import LaunchScreen
from launchpad.console.screens.probes import ProbesScreen
from launchpad.console.widgets.choices import Choices
from launchpad.launch.operations import ProbeChanged, ProbeState
from launchpad.log.boottime import boot_time
from launchpad.log.errors import LogUnreadable
from launchpad.log.sampled import Point
from launchpad.log.samples import Sample
from launchpad.session.clock import rfc3339
from tests.console.conftest import Night
from tests.console.flight import PLAN, Flight
from tests.console.seeing import LIMIT_S, at_work, screen_text, until

THREE = PLAN.replace(
    "phases:\n",
    """\
  queue:
    tcp: {address: '127.0.0.1:1'}
    interval: 5s
  zone:
    tcp: {address: '127.0.0.1:2'}
    interval: 5s
phases:
""",
    1,
)


@pytest.fixture
def flight(tmp_path: Path) -> Iterator[Flight]:
    flight = Flight(tmp_path, plan=THREE)
    yield flight
    flight.ends()
    flight.log.close()


def brings(
    flight: Flight, probe: str, ago_s: Sequence[int], state: str = "success", took_us: int = 12_000
) -> None:
    """Bring a probe's samples of so many seconds ago into the log."""
    assert flight.holding
    boot_id, mono_ns = boot_time()
    now = datetime.now(UTC)
    for seconds in ago_s:
        at = rfc3339(now - timedelta(seconds=seconds))
        began_ns = mono_ns - seconds * 10**9
        flight.holding.sampled(
            Sample(probe, at, began_ns, boot_id, state, "a-reason", "(503)", took_us)
        )


def changes(flight: Flight, probe: str, state: ProbeState, before: ProbeState | None) -> None:
    shown = "[/foo] is\x1b[31m red"
    flight.reports(
        ProbeChanged(
            probe=probe,
            state=state,
            before=before,
            reason="status-mismatch",
            shown=shown,
            latency_us=None,
        )
    )


async def seen(app: Console, text: str) -> None:
    await until(lambda: text in screen_text(app), repr(text))


def cursor(app: Console) -> str | None:
    return app.screen.query_one("#probes", Choices).chosen


async def test_beside_the_list_stands_the_history_of_the_probe_under_the_cursor(
    flight: Flight,
) -> None:
    brings(flight, "health", range(600, 0, -5))
    brings(flight, "queue", (30, 20), "failed", 800_000)
    changes(flight, "queue", "failed", "success")
    async with at_work(flight, size=(120, 40)) as (app, pilot):
        await pilot.press("v")
        await seen(app, "OK 100.0 % of 120   p50 12ms  p95 12ms  slowest 12ms")
        await seen(app, "no change in the log")
        text = screen_text(app)
        assert "3 probes, as in the document" in text
        assert "GET http://127.0.0.1:1/health?..." in text
        assert "[STATUS] == 200" in text
        await pilot.press("j")
        await seen(app, "OK 0.0 % of 2   p50 800ms")
        await seen(app, "OK > FAILED [/foo] is␛[31m red (status-mismatch)")
        text = screen_text(app)
        assert "F FAILED" in text
        assert "FF" in text
        await pilot.press("j")
        await seen(app, "no sample in this time")
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, LaunchScreen), "the launch")


async def test_in_80_cells_enter_opens_the_history_over_the_list_and_esc_goes_back(
    flight: Flight,
) -> None:
    brings(flight, "health", range(100, 0, -5))
    async with at_work(flight) as (app, pilot):
        await pilot.press("v")
        await seen(app, "zone")
        assert "p50" not in screen_text(app)
        await pilot.press("enter")
        await seen(app, "OK 100.0 % of 20")
        assert "zone" not in screen_text(app)
        await seen(app, "no change in the log")
        await pilot.press("escape")
        await seen(app, "zone")
        assert isinstance(app.screen, ProbesScreen)
        assert app.screen.query_one("#probes").has_focus
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, LaunchScreen), "the launch")


async def test_brackets_and_arrows_change_how_far_back_one_looks(flight: Flight) -> None:
    brings(flight, "health", (40_000, 10_000, 3_000, 10))
    async with at_work(flight, size=(120, 40)) as (app, pilot):
        await pilot.press("v")
        await seen(app, "% of 1 ")
        for key, count in (("]", 2), ("right", 3), ("]", 4), ("]", 4), ("left", 3), ("[", 2)):
            await pilot.press(key)
            await seen(app, f"% of {count} ")


async def test_the_worst_come_first_on_demand_and_the_cursor_stays_on_its_probe(
    flight: Flight,
) -> None:
    brings(flight, "health", (2,))
    brings(flight, "queue", (2,))
    async with at_work(flight, size=(120, 40)) as (app, pilot):
        await pilot.press("v")
        await pilot.press("j")
        await until(lambda: cursor(app) == "probe:queue", "the cursor")
        brings(flight, "zone", (1,), "failed")
        await seen(app, "!FAILED  zone")
        assert order(app) == ["health", "queue", "zone"], "nothing moves by itself"
        await pilot.press("w")
        assert order(app) == ["zone", "health", "queue"]
        assert cursor(app) == "probe:queue"
        brings(flight, "health", (0,), "error")
        await seen(app, "!ERROR   health")
        assert order(app) == ["zone", "health", "queue"]
        await pilot.press("w")
        await seen(app, "as in the document")
        assert order(app) == ["health", "queue", "zone"]
        assert cursor(app) == "probe:queue"


def order(app: Console) -> list[str]:
    rows = app.screen.query_one("#probes", Choices).options
    return [(row.id or "").removeprefix("probe:") for row in rows]


async def test_what_arrives_is_drawn_without_a_key(
    flight: Flight, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probes_screen, "_AGAIN_S", 0.1)
    async with at_work(flight, size=(120, 40)) as (app, pilot):
        await pilot.press("v")
        await seen(app, "no sample in this time")
        brings(flight, "health", (1,), "failed")
        changes(flight, "health", "failed", None)
        await seen(app, "OK 0.0 % of 1 ")
        await seen(app, "red (status-mismatch)")


async def test_a_history_is_read_by_one_at_a_time_and_no_more_than_there_is_news(
    flight: Flight, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    slow = Event()
    slow.set()
    points = flight.log.points

    def counted(launch: str, probe: str, since: str, until: str) -> list[Point]:
        read.append(probe)
        assert slow.wait(LIMIT_S)
        return points(launch, probe, since, until)

    monkeypatch.setattr(flight.log, "points", counted)
    brings(flight, "health", (1,))
    async with at_work(flight, size=(120, 40)) as (app, pilot):
        await seen(app, "sample ")
        await pilot.press("v")
        await seen(app, "OK 100.0 % of 1 ")
        assert isinstance(app.screen, ProbesScreen)
        await pilot.press("j")
        await seen(app, "no sample in this time")
        await pilot.press("k")
        await seen(app, "OK 100.0 % of 1 ")
        read.clear()
        for _ in range(50):
            app.screen.draw()
        assert not read
        slow.clear()
        await pilot.press("j")
        await until(lambda: read == ["queue"], "the other one")
        for _ in range(50):
            app.screen.draw()
        await pilot.press("j")
        assert read == ["queue"]
        slow.set()
        await until(lambda: read == ["queue", "zone"], "the one where the cursor came to rest")


async def test_a_log_that_cannot_be_read_is_said_and_tried_again(
    flight: Flight, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise LogUnreadable("the disk\x1b[2J is gone")

    monkeypatch.setattr(probes_screen, "_AGAIN_S", 0.1)
    with monkeypatch.context() as patched:
        patched.setattr(flight.log, "points", broken)
        async with at_work(flight, size=(120, 40)) as (app, pilot):
            await pilot.press("v")
            await seen(app, "cannot be read: the disk␛[2J is gone")
            patched.undo()
            await seen(app, "no sample in this time")


async def test_the_cursor_begins_on_the_items_probe_and_palette_and_help_name_the_key(
    flight: Flight,
) -> None:
    async with at_work(flight) as (app, pilot):
        named = {command.title: command.help for command in palette(app.screen)}
        assert "key: v" in named["probes"]
        await pilot.press("v")
        await until(lambda: isinstance(app.screen, ProbesScreen), "the probes")
        assert cursor(app) == "probe:health"
        named = {command.title: command.help for command in palette(app.screen)}
        assert "key: [" in named["shorter"]
        assert app.screen.query_one(Footer).display
        await pilot.press("question_mark")
        await seen(app, "worst first")


async def test_where_there_is_no_probe_it_says_so(night: Night) -> None:
    async with at_work(night) as (app, pilot):
        await pilot.press("v")
        await seen(app, "this launch has no probes")
