"""A conductor watches a service over real HTTP, and what it sees trips the triggers."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from launchpad.checklist.load import Document, load
from launchpad.launch.arming import frozen_by
from launchpad.launch.event import Event
from launchpad.launch.intents import DismissTrigger, SetT0
from launchpad.launch.moment import moment_at
from launchpad.session.clock import now
from launchpad.session.live import LiveLaunch
from tests.conductor.conftest import Conducted

# The shortest interval that a checklist may ask for is a second: here a second lasts this long.
QUICK_MS = 50
CHECKLIST = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
phases:
  - {id: edge, title: Edge, items: [{id: dns, text: DNS points here}]}
probes:
  health:
    http: {url: 'http://127.0.0.1:PORT/health'}
    conditions: ['[STATUS] == 200']
    interval: 1s
    timeout: 2s
  outside:
    http: {url: 'http://127.0.0.1:PORT/outside'}
    conditions: ['[STATUS] == 200']
    vantage: true
    interval: 1s
    timeout: 2s
baseline: {probes: [health], over: 1m, min-samples: 5}
rollback:
  steps:
    - {id: tell, title: Tell everybody, manual: true}
  triggers:
    - {id: smoke, probes: [health], TRIGGER}
"""


class Harbour(ThreadingHTTPServer):
    """A service whose answers a test decides. failing: of each path, what it answers 503 to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.failing: dict[str, Callable[[int], bool]] = {}
        self.asked: dict[str, int] = {}
        self.takes_s = 0.0


class _Answer(BaseHTTPRequestHandler):
    server: Harbour

    def do_GET(self) -> None:
        harbour = self.server
        number = harbour.asked[self.path] = harbour.asked.get(self.path, 0) + 1
        time.sleep(harbour.takes_s)
        failing = harbour.failing.get(self.path)
        self.send_response(503 if failing and failing(number) else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class Night(Conducted):
    """A launch of the harbour, whose probes look again and again without a rest."""

    def __init__(self, folder: Path, harbour: Harbour, trigger: str) -> None:
        text = CHECKLIST.replace("PORT", str(harbour.server_port)).replace("TRIGGER", trigger)
        super().__init__(folder, text, _quick)
        self.harbour = harbour

    def launches(self) -> None:
        """Begin to conduct, and let T-0 pass once the service was seen to be well."""
        self.conducting()
        self.until(lambda: len(self.events("probe.changed")) == 2, "the probes see nothing")
        self.passes_t0()

    def passes_t0(self) -> None:
        self.does(lambda seen: SetT0(now().at, "UTC", 0, None, seen))

    def goes_bad(self, path: str = "/health") -> None:
        self.harbour.failing[path] = lambda _number: True

    def recovers(self) -> None:
        self.harbour.failing.clear()

    def one(self, kind: str) -> Event:
        """Wait for the first event of a kind, and return it."""
        self.until(lambda: bool(self.events(kind)), f"no {kind}")
        return self.events(kind)[0]

    def looks(self, times: int) -> None:
        """Wait until the service was looked at so many times more."""
        before = self.harbour.asked.get("/health", 0)
        self.until(lambda: self.harbour.asked.get("/health", 0) >= before + times, "nobody looks")

    @property
    def live(self) -> LiveLaunch:
        return LiveLaunch(self.log, self.launch)


def _quick(path: Path) -> Document:
    loaded = load(path)
    probes = (replace(probe, interval_ms=QUICK_MS) for probe in loaded.checklist.probes)
    return replace(loaded, checklist=replace(loaded.checklist, probes=tuple(probes)))


@contextmanager
def night(folder: Path, trigger: str) -> Iterator[Night]:
    harbour = Harbour()
    threading.Thread(target=harbour.serve_forever, daemon=True).start()
    of_night = Night(folder, harbour, trigger)
    try:
        yield of_night
    finally:
        of_night.close()
        harbour.shutdown()
        harbour.server_close()


def between_ms(first: Event, second: Event) -> float:
    return (int(second.mono_ns) - int(first.mono_ns)) / 1e6


def test_failures_in_a_row_propose_a_rollback_once_and_people_decide(tmp_path: Path) -> None:
    with night(tmp_path, "trip-after: 2, decide-within: 100ms") as launch:
        launch.goes_bad()
        launch.conducting()
        launch.looks(3)
        assert not launch.events("trigger.tripped"), "it is not armed before T-0"
        launch.passes_t0()
        tripped, proposed = launch.one("trigger.tripped"), launch.one("rollback.proposed")
        assert tripped.body["shown"] == "[STATUS] (503) == 200"
        assert proposed.body == {
            "trigger": "smoke",
            "decide_within_ms": 100,
            "auto": False,
            "held_up": None,
        }
        # Nothing begins by itself, however late it is; and what goes on is told once.
        proposal = launch.live.state.triggers.proposal
        assert proposal
        launch.until(lambda: proposal.overdue(moment_at(now())), "there is still time to decide")
        launch.looks(5)
        launch.does(lambda seen: DismissTrigger("smoke", "known", 60_000, seen))
        launch.looks(5)
        assert not launch.events("rollback.started")
        assert len(launch.events("trigger.tripped")) == 1
        assert launch.live.state.triggers.proposal is None


def test_an_auto_rollback_that_somebody_dismissed_begins_only_after_that_is_over(
    tmp_path: Path,
) -> None:
    with night(tmp_path, "action: auto, decide-within: 400ms") as launch:
        launch.launches()
        launch.goes_bad()
        launch.one("rollback.proposed")
        launch.does(lambda seen: DismissTrigger("smoke", "the vendor is on it", 500, seen))
        started, step = launch.one("rollback.started"), launch.one("step.started")
        _, again = launch.events("trigger.tripped")
        _, proposed = launch.events("rollback.proposed")
        assert between_ms(launch.one("trigger.dismissed"), again) >= 500
        assert 400 <= between_ms(proposed, started) < 900
        assert between_ms(started, step) < 250
        assert started.body["reason"] == (
            "trigger smoke, and nobody decided in time: [STATUS] (503) == 200"
        )
        launch.looks(3)
        assert len(launch.events("trigger.tripped")) == 2, "it is disarmed during a rollback"


def test_the_time_to_decide_runs_on_when_the_conductor_dies(tmp_path: Path) -> None:
    with night(tmp_path, "action: auto, decide-within: 1s") as launch:
        first = launch.conducting()
        launch.passes_t0()
        launch.goes_bad()
        proposed = launch.one("rollback.proposed")
        first.kill()
        first.wait()
        launch.recovers()
        launch.conducting()
        started = launch.one("rollback.started")
        # Not anew: as soon as the time is over and somebody conducts again.
        again = launch.events("conductor.started")[-1]
        assert between_ms(proposed, started) >= 1000
        assert between_ms(proposed, started) < max(1000, between_ms(proposed, again)) + 1000
        assert len(launch.events("rollback.proposed")) == 1


def test_a_flapping_probe_is_one_event_and_lets_nothing_begin_by_itself(tmp_path: Path) -> None:
    with night(tmp_path, "action: auto, trip-after: 2, decide-within: 1ms") as launch:
        launch.launches()
        launch.harbour.failing["/health"] = lambda number: number % 2 == 0
        proposed, tripped = launch.one("rollback.proposed"), launch.one("trigger.tripped")
        assert tripped.body["flapping"] is True
        assert proposed.body["auto"] is False
        launch.looks(10)
        seen = [event.body["state"] for event in launch.events("probe.changed")]
        assert seen.count("flapping") == 1
        assert seen[-1] == "flapping"
        launch.recovers()
        launch.until(
            lambda: launch.events("probe.changed")[-1].body["state"] == "success", "no calm"
        )
        assert not launch.events("rollback.started")


def test_nothing_trips_while_nothing_can_be_seen_from_here(tmp_path: Path) -> None:
    with night(tmp_path, "action: freeze") as launch:
        launch.launches()
        # Both at once: the vantage probe is asked before anything is made of the other.
        launch.goes_bad("/outside")
        launch.goes_bad()
        launch.until(
            lambda: launch.live.state.probes["health"].reason == "vantage-lost", "nothing is lost"
        )
        launch.looks(3)
        assert launch.live.state.probes["health"].state == "inconclusive"
        assert not launch.events("trigger.tripped")
        launch.harbour.failing.pop("/outside")
        launch.one("trigger.tripped")
        # It freezes the cutover until somebody says otherwise, and proposes nothing.
        launch.recovers()
        launch.looks(3)
        frozen = frozen_by(launch.live.state)
        assert frozen
        assert frozen.startswith("trigger smoke tripped at ")
        assert not launch.events("rollback.proposed")
        launch.does(lambda seen: DismissTrigger("smoke", "it was the test", 60_000, seen))
        assert frozen_by(launch.live.state) is None


def test_slower_than_the_baseline_by_half_trips_and_a_little_slower_does_not(
    tmp_path: Path,
) -> None:
    with night(tmp_path, "healthy-when: '[RESPONSE_TIME] <= +400%'") as launch:
        launch.harbour.takes_s = 0.02
        launch.conducting()
        launch.until(lambda: _samples(launch) >= 5, "no samples")
        launch.passes_t0()
        # By itself, as soon as T-0 passes.
        launch.one("baseline.captured")
        figure = launch.live.state.triggers.baseline["health"]
        assert figure.samples >= 5
        assert 20_000 <= figure.p95_us < 60_000
        launch.looks(3)
        assert not launch.events("trigger.tripped")
        launch.harbour.takes_s = 0.3
        tripped = launch.one("trigger.tripped")
        assert str(tripped.body["shown"]).startswith("[RESPONSE_TIME] (3")


def _samples(launch: Night) -> int:
    return len(launch.log.samples(launch.launch, "health", 50))
