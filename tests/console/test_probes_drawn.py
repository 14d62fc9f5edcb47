"""What is drawn of probes and of the conductor: into every width, with words for every state."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from launchpad.checklist.model import (
    Command,
    DnsSettings,
    EnvSettings,
    FileSettings,
    HttpSettings,
    Probe,
    PrometheusSettings,
    Rollback,
    SqlSettings,
    Step,
    TcpSettings,
    TlsSettings,
)
from launchpad.console import status
from launchpad.console.ages import AGE_WIDTH, age
from launchpad.console.conducting import Conducting, ConductorLost
from launchpad.console.ink import ASCII, UNICODE, Ink
from launchpad.console.latencies import latency
from launchpad.console.probe_detail import probe_detail, sparkline, target
from launchpad.console.probing import Instruments, brief, probe_seen
from launchpad.console.rows import phase_rows
from launchpad.console.sight import Sight
from launchpad.console.words import PROBE_WORDS
from launchpad.launch.event import Stamp
from launchpad.launch.intents import AbandonRollback, RecordResult
from launchpad.launch.operations import ProbeState
from launchpad.launch.state import LaunchState, ProbeStanding
from launchpad.log.leasing import Lease
from launchpad.log.samples import Sample
from launchpad.session.conductor import ConductorStanding
from tests.launch.making import ADA, CHECKLIST, Told
from tests.launch.rolling import Flight

SECOND = 10**9
NOW = Stamp(at="2026-01-01T02:17:19.000Z", mono_ns=str(3600 * SECOND), boot_id="a-boot", host="h")
STATES = st.sampled_from(list(PROBE_WORDS))
TEXTS = st.text(max_size=80)
PROBE = Probe(
    id="health",
    line=1,
    type="http",
    conditions=("[STATUS] == 200",),
    interval_ms=10_000,
    timeout_ms=5_000,
    http=HttpSettings(url="${base-url}/health?token=x"),
)
WATCHED = replace(
    CHECKLIST,
    probes=(PROBE,),
    phases=tuple(
        replace(phase, items=(replace(phase.items[0], probe="health"), *phase.items[1:]))
        for phase in CHECKLIST.phases
    ),
)


def sample(state: str = "success", value: str = "[STATUS] (200) == 200", **more: object) -> Sample:
    made = Sample("health", NOW.at, 3_596 * SECOND, "a-boot", state, "ok", value, latency_us=12_345)
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name real fields


def standing(state: ProbeState) -> ProbeStanding:
    return ProbeStanding(state, "2026-01-01T02:00:00.000Z", "ok", "", None)


def instruments(seen: Sample | None) -> Instruments:
    return Instruments({"health": PROBE}, {}, {"health": seen} if seen else {}, NOW)


def test_an_age_is_coarse_and_never_more_than_it_is() -> None:
    said = {seconds: age(seconds * SECOND) for seconds in (0, 2, 3, 9, 10, 59, 60, 3599, 3600)}
    assert list(said.values()) == ["now", "now", "3s", "3s", "10s", "30s", "1m", "59m", "1h"]
    assert age(10**9 * SECOND) == "old"


@given(st.integers(0, 10**18))
def test_every_age_fits_its_cell(nanoseconds: int) -> None:
    assert len(age(nanoseconds)) <= AGE_WIDTH


@given(STATES, TEXTS, TEXTS, st.integers(60, 200), st.sampled_from([UNICODE, ASCII]), st.booleans())
def test_every_row_keeps_its_width_whatever_a_probe_saw(
    state: ProbeState, value: str, reason: str, width: int, ink: Ink, seen: bool
) -> None:
    told = Told(WATCHED)
    found = sample(state, UNICODE.line(value), reason=UNICODE.line(reason)) if seen else None
    rows = phase_rows(told.now, told.now.checklist.phases, "", instruments(found), width, ink)
    for row in rows:
        assert cell_len(row.content.plain) == width, repr(row.content.plain)
        if ink is ASCII:
            assert row.content.plain.isascii()


@pytest.mark.parametrize("width", [60, 80, 100, 120, 160])
def test_what_a_sample_says_never_moves_the_outcome(width: int) -> None:
    told = Told(WATCHED)
    told.does(RecordResult("migrations", "failed", "", told.seen))
    found = {
        phase_rows(told.now, told.now.checklist.phases[:1], "", instruments(seen), width, UNICODE)[
            0
        ].content.plain.index("FAILED")
        for seen in (None, sample(), sample("error", "", reason="dns-resolution-error"))
    }
    assert len(found) == 1


def test_a_row_says_state_latency_and_age_beside_the_outcome() -> None:
    told = Told(WATCHED)
    told.does(RecordResult("migrations", "passed", "", told.seen))
    phase = told.now.checklist.phases[:1]
    first, *_ = phase_rows(told.now, phase, "", instruments(sample()), 100, UNICODE)
    assert first.content.plain.endswith("passed      ✓OK      12ms           3s ago ")


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (sample("failed", "[STATUS] (503) == 200"), "503"),
        (sample("failed", "[RESPONSE_TIME] (734ms) < 500ms"), "734ms"),
        (sample("failed", "[BODY].queue (no such field) < 100"), "no such field"),
        (sample("failed", "6 of 7"), "6 of 7"),
        (sample("error", "[STATUS] (not measured) == 200", reason="timeout"), "timeout"),
        (sample("success", "", latency_us=None, reason="ok"), "ok"),
    ],
)
def test_the_shortest_word_on_a_sample(seen: Sample, expected: str) -> None:
    assert brief(seen) == expected


def test_a_sample_older_than_three_intervals_is_stale_and_says_what_it_was() -> None:
    old = sample(mono_ns=(3_600 - 31) * SECOND)
    assert probe_seen(PROBE, None, old, NOW).word.word == "STALE"
    assert probe_seen(PROBE, None, old, NOW).result == "was OK"
    fresh = sample(mono_ns=(3_600 - 30) * SECOND)
    assert probe_seen(PROBE, None, fresh, NOW).word.word == "OK"
    assert probe_seen(PROBE, None, sample(boot_id="another"), NOW).word.word == "STALE"


def test_a_state_that_holds_until_its_threshold_names_the_sample_that_differs() -> None:
    seen = probe_seen(PROBE, standing("success"), sample("failed"), NOW)
    assert (seen.word.word, seen.result) == ("OK", "now FAILED")


def test_a_probe_that_was_never_observed_says_not_yet() -> None:
    assert probe_seen(PROBE, None, None, NOW).word.word == "not yet"


@pytest.mark.parametrize(
    ("microseconds", "said"), [(640, "640us"), (12_345, "12ms"), (1_250_000, "1.2s")]
)
def test_a_latency_has_a_unit(microseconds: int, said: str) -> None:
    assert latency(microseconds) == said


def test_a_sparkline_goes_up_to_the_highest_and_leaves_out_what_was_not_timed() -> None:
    assert sparkline([0, 50, None, 100], UNICODE) == "▁▄ █"
    assert sparkline([0, 50, None, 100], ASCII) == "_- #"
    assert sparkline([0], UNICODE) == "▁"


def test_a_target_has_its_variables_and_neither_query_nor_secret() -> None:
    now = Told(WATCHED).now
    state = replace(now, opened=replace(now.opened, vars={"base-url": "http://h"}))
    assert target(state, PROBE) == "GET http://h/health?..."
    env = EnvSettings(name="PORT", source="file", origin=("a.env",))
    assert target(state, replace(PROBE, http=None, env=env)) == "PORT of file a.env"
    command = Command(line=1, argv=("./x", "${base-url}"), secrets=("token",))
    assert target(state, replace(PROBE, http=None, command=command)) == "./x http://h"


def test_every_type_of_probe_has_a_target() -> None:
    now = Told(WATCHED).now
    state = replace(now, opened=replace(now.opened, vars={"host": "h", "table": "t"}))
    for settings, shown in (
        ({"http": HttpSettings("https://${host}", allow_insecure=True)}, "GET https://h, CERTIF"),
        ({"tls": TlsSettings("${host}:443", allow_insecure=True)}, "h:443, CERTIFICATES ARE NOT"),
        ({"tcp": TcpSettings("${host}:5432")}, "h:5432"),
        ({"dns": DnsSettings("${host}", "MX", "ns:53")}, "MX h, asking ns:53"),
        ({"file": FileSettings("/srv/${host}")}, "/srv/h"),
        ({"sql": SqlSettings("sqlite:a", "SELECT ${table}", None)}, "SELECT t, asking sqlite:a"),
        ({"prometheus": PrometheusSettings("http://${host}", "up")}, "up, asking http://h"),
    ):
        probe = replace(PROBE, **{"http": None, **settings})  # type: ignore[arg-type]  # as above
        assert target(state, probe).startswith(shown)


def test_the_detail_says_since_when_what_is_asked_and_what_was_seen() -> None:
    state = replace(Told(WATCHED).now, probes={"health": standing("success")})
    history = [sample(), sample("failed", "[STATUS] (503) == 200", reason="status-mismatch")]
    text = probe_detail(state, PROBE, history, NOW, UNICODE).plain
    for expected in (
        "✓OK since 02:00:00Z",
        "latency ██ at most 12ms",
        "every 10s, within 5s",
        "  [STATUS] == 200",
        "FAILED  [STATUS] (503) == 200   status-mismatch",
    ):
        assert expected in text


# The state line


def standpoint(**more: object) -> status.Standpoint:
    plain = status.Standpoint(NOW, ADA, "a", (), None, 0, None, None)
    return replace(plain, **more)  # type: ignore[arg-type]  # the tests name real fields


def line(state: LaunchState, width: int = 100, **more: object) -> str:
    return status.state_line(state, standpoint(**more), width, UNICODE).plain


LEASE = Lease("a-launch", 1, "x", 1, "1", "h", "u", "a-boot", 3_596 * SECOND, NOW.at)
HELD = ConductorStanding(alive=True, age_ms=400, lease=LEASE)
DEAD = ConductorStanding(alive=False, age_ms=4_000, lease=LEASE)
PLAN = Rollback(
    line=1,
    steps=(Step(id="dns", title="Dns", line=2, kind="manual", expected_ms=180_000),),
    budget_ms=600_000,
)


def test_a_launch_with_nothing_to_observe_or_to_roll_back_says_nothing_of_it() -> None:
    said = line(Told().now, sight=Sight())
    assert "sample" not in said
    assert "rollback" not in said
    assert "CONDUCTOR" not in said


def test_the_state_line_says_how_old_the_newest_sample_is() -> None:
    seen = Sight({"health": sample()}, HELD)
    assert "sample 3s ago" in line(Told(WATCHED).now, sight=seen)
    assert "no sample yet" in line(Told(WATCHED).now, sight=Sight({}, HELD))


def test_the_state_line_says_whether_one_could_roll_back() -> None:
    planned = Told(replace(CHECKLIST, rollback=PLAN)).now
    assert "rollback 3m, no hard stop" in line(planned, sight=Sight({}, HELD))
    assert "conducted" in line(planned, sight=Sight({}, HELD))
    assert "rollback not possible: none written" in line(Told(WATCHED).now)
    short = Told(replace(CHECKLIST, rollback=replace(PLAN, budget_ms=60_000))).now
    assert "rollback OVER THE BUDGET of 1m; needs 3m" in line(short)


def test_a_rollback_that_was_abandoned_is_said_until_another_attempt() -> None:
    flight = Flight()
    flight.starts()
    flight.does(AbandonRollback("the vendor does it", "storefront", (), kill=False))
    said = "ROLLBACK ABANDONED, attempt 1: the vendor does it"
    assert said in line(flight.now, 100)
    flight.starts()
    assert "ABANDONED" not in line(flight.now, 100)


def test_a_lost_conductor_is_the_first_thing_said() -> None:
    lost = ConductorLost("NO CONDUCTOR since 4s, starting one", None)
    assert line(Told(WATCHED).now, 80, lost=lost).startswith(f" OPEN  {lost.why}")


def test_since_when_nobody_conducts_is_said_by_the_boot_clock() -> None:
    conducting = Conducting(lambda _launch: None, "/l.db", read_only=True)
    state = Told(WATCHED).now
    lost = conducting.lost(state, Sight({}, DEAD), NOW)
    assert lost
    assert lost.why == "NO CONDUCTOR since 4s; as a-user@a-host, type:"
    assert lost.command == "launchpad conductor --log /l.db --launch a-launch"
    assert conducting.lost(state, Sight({}, HELD), NOW) is None
    assert conducting.lost(Told().now, Sight(), NOW) is None
    assert conducting.lost(state, None, NOW) is None


async def test_a_conductor_is_started_at_most_once_in_two_seconds_and_trouble_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("launchpad.console.conducting.belongs_here", lambda _home: True)
    asked: list[str] = []

    def conduct(launch: str) -> None:
        asked.append(launch)
        raise PermissionError(13, "Permission denied")

    conducting = Conducting(conduct, "/l.db", read_only=False)
    state = Told(WATCHED).now
    for _ in range(3):
        await conducting.see_to(state, Sight({}, DEAD))
    assert asked == ["a-launch"]
    lost = conducting.lost(state, Sight({}, DEAD), NOW)
    assert lost
    assert "none could be started: Permission denied" in lost.why


def test_beats_alone_are_nothing_new() -> None:
    before = Sight({"health": sample()}, HELD)
    beaten = replace(HELD, age_ms=0, lease=replace(LEASE, mono_ns=3_597 * SECOND))
    assert not replace(before, conductor=beaten).says_more_than(before)
    assert replace(before, conductor=DEAD).says_more_than(before)
    assert replace(before, samples={}).says_more_than(before)
    assert before.says_more_than(None)
