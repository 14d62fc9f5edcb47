"""rollback start, pause, resume, abandon; resolve, confirm: what they record, refuse and await."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from launchpad.cli.conducting import Conducted
from launchpad.launch.operations import RollbackCompleted, StepFinished, StepStarted
from launchpad.log.address import open_log
from launchpad.session.launches import entries, to_write
from launchpad.session.live import LiveLaunch
from tests.cli.conductor import Conductor, conducting
from tests.cli.conftest import Shell

START = ("rollback", "start", "--reason", "health answers 503")


@pytest.fixture
def conducted(acting: Shell) -> Iterator[tuple[Shell, Conductor]]:
    with conducting(acting.log) as conductor:
        acting.conducted.clear()
        yield acting, conductor


@pytest.fixture
def under_way(conducted: tuple[Shell, Conductor]) -> tuple[Shell, Conductor]:
    shell, _ = conducted
    assert shell(*START, "--confirm", "storefront").status == 0
    return conducted


def began(step: str) -> StepStarted:
    return StepStarted(step=step, attempt=1, run=1)


def ended(step: str, how: Any) -> StepFinished:
    return StepFinished(step=step, attempt=1, run=1, end=how, elapsed_ms=70_500)


def rollback(shell: Shell) -> Any:
    return shell("status", "--format", "json").json["rollback"]


def test_a_rollback_is_started_with_a_reason_and_the_code_word(
    conducted: tuple[Shell, Conductor],
) -> None:
    shell, _ = conducted
    done = shell(*START, "--confirm", "storefront", "--format", "json")
    assert (done.status, done.err) == (0, "")
    (event,) = done.json["events"]
    assert event["kind"] == "rollback.started"
    said = {"attempt": 1, "first": "dns", "reason": "health answers 503"}
    assert event["body"] == {**said, "past_no_return": False}
    assert shell("status", "--format", "json").json["state"] == "rolling-back"


def test_a_decision_is_answered_with_its_line(under_way: tuple[Shell, Conductor]) -> None:
    shell, _ = under_way
    done = shell("rollback", "pause", "--reason", "the vendor calls")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("   4  ")
    assert "the vendor calls" in done.out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ([], 2, "say --confirm WORD"),
        (["--confirm", "rehearse-storefront"], 1, "code word: storefront"),
        (["--confirm", "storefront", "--from", "dn"], 2, "no step 'dn'; nearest: dns (L26)"),
    ],
)
def test_a_rollback_is_not_started_by_accident(
    conducted: tuple[Shell, Conductor], words: list[str], status: int, said: str
) -> None:
    shell, _ = conducted
    done = shell(*START, *words)
    assert (done.status, done.out) == (status, "")
    assert said in done.err
    assert rollback(shell) is None


def test_a_checklist_without_a_rollback_cannot_be_rolled_back(opened: Shell) -> None:
    done = opened(*START, "--confirm", "storefront")
    assert (done.status, "has no rollback" in done.err) == (1, True)


def test_a_later_step_can_be_the_first(conducted: tuple[Shell, Conductor]) -> None:
    shell, _ = conducted
    assert shell(*START, "--confirm", "storefront", "--from", "L27").status == 0
    assert [step["state"] for step in rollback(shell)["steps"]] == ["skipped", "pending"]


def test_a_rollback_is_paused_and_resumed(under_way: tuple[Shell, Conductor]) -> None:
    shell, _ = under_way
    assert shell("rollback", "resume").status == 1
    assert shell("rollback", "pause", "--reason", "wait").status == 0
    assert rollback(shell)["state"] == "paused"
    assert shell("rollback", "resume").status == 0
    assert rollback(shell)["state"] == "running"


def test_a_pause_is_a_handover_on_every_status_until_it_goes_on(
    under_way: tuple[Shell, Conductor],
) -> None:
    shell, conductor = under_way
    conductor.reports(began("dns"))
    words = ["rollback", "pause", "--reason", "shift ends", "--as-left", "dns=2 of 3 zones"]
    done = shell(*words, "--format", "json")
    assert done.json["events"][0]["body"]["as_left"] == [{"step": "dns", "text": "2 of 3 zones"}]
    text = shell("status").out
    assert "  PAUSED by AB at " in text
    assert "Z: shift ends\n" in text
    assert "  next: step 1, dns (running); the budget ends " in text
    assert "  step 1, dns, left: 2 of 3 zones\n" in text
    assert "  the others as recorded\n" in text
    assert shell("rollback", "resume").status == 0
    assert "left:" not in shell("status").out
    assert shell("rollback", "pause", "--reason", "x", "--as-left", "zzz=done").status == 2


def test_a_rollback_is_abandoned_with_how_each_step_was_left(
    under_way: tuple[Shell, Conductor],
) -> None:
    shell, _ = under_way
    words = ["rollback", "abandon", "--reason", "forward instead", "--kill"]
    assert shell(*words).status == 2
    assert shell(*words, "--confirm", "front").status == 1
    left = ["--as-left", "dns=partly: 2 of 3 zones", "--as-left", "tell=not done"]
    done = shell(*words, "--confirm", "storefront", *left, "--format", "json")
    assert done.status == 0
    assert done.json["events"][0]["body"] == {
        "attempt": 1,
        "reason": "forward instead",
        "as_left": [
            {"step": "dns", "text": "partly: 2 of 3 zones"},
            {"step": "tell", "text": "not done"},
        ],
        "kill": True,
    }


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (["dns"], "STEP=TEXT"),
        (["dns="], "STEP=TEXT"),
        (["zzz=done"], "no step 'zzz'"),
        (["dns=done", "L26=unknown"], "twice"),
    ],
)
def test_an_as_left_that_says_nothing_is_refused(
    under_way: tuple[Shell, Conductor], left: list[str], said: str
) -> None:
    shell, _ = under_way
    words = [word for each in left for word in ("--as-left", each)]
    done = shell("rollback", "abandon", "--reason", "x", "--confirm", "storefront", *words)
    assert (done.status, said in done.err) == (2, True)
    assert rollback(shell)["state"] == "running"


def test_a_step_that_failed_is_resolved_and_a_manual_one_confirmed(
    under_way: tuple[Shell, Conductor],
) -> None:
    shell, conductor = under_way
    resolve = ["resolve", "dns", "--as", "skip", "--reason", "done by hand"]
    assert shell(*resolve).status == 1
    conductor.reports(began("dns"), ended("dns", "failed"))
    assert shell(*resolve).status == 0
    assert shell("confirm", "tell").status == 1
    conductor.reports(began("tell"))
    assert shell("confirm", "tell", "--note", "posted").status == 0
    assert [step["state"] for step in rollback(shell)["steps"]] == ["skipped", "done"]
    assert shell("resolve", "dns", "--as", "perhaps", "--reason", "x").status == 2
    assert shell("confirm", "zzz").status == 2


def plays(conductor: Conductor, shell: Shell, last: str) -> None:
    """Carry a rollback out once it was started; its manual step is confirmed, or given up."""
    while not rollback(shell):
        conductor.log.wait(0.1)
    conductor.reports(began("dns"), ended("dns", "done"), began("tell"))
    if last == "confirm":
        assert shell.process("confirm", "tell").status == 0
        conductor.reports(RollbackCompleted(attempt=1, elapsed_ms=90_000))
    else:
        words = ["rollback", "abandon", "--reason", "x", "--confirm", "storefront"]
        assert shell.process(*words).status == 0


@pytest.mark.parametrize(("last", "status"), [("confirm", 0), ("abandon", 1)])
def test_waiting_tells_each_step_and_says_whether_it_was_completed(
    acting: Shell, last: str, status: int
) -> None:
    with conducting(acting.log) as conductor:
        player = threading.Thread(target=plays, args=(conductor, acting, last))
        player.start()
        done = acting.process(*START, "--confirm", "storefront", "--wait", "--format", "json")
        player.join(20)
    assert done.status == status, done.err
    assert [event["kind"] for event in done.json["events"]] == ["rollback.started"]
    assert "Post in the status channel" in done.err
    assert f"`launchpad confirm tell --launch {conductor.live.launch}`" in done.err


def test_without_a_conductor_it_is_said_and_one_is_started(acting: Shell) -> None:
    acting.conducted.clear()
    done = acting(*START, "--confirm", "storefront")
    assert done.status == 0
    assert "NO CONDUCTOR is alive" in done.err
    assert acting.conducted == [acting("status", "--format", "json").json["launch"]]


def test_whoever_waits_starts_a_conductor_again_and_says_so_once_for_each_loss(
    acting: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    acting.conducted.clear()
    log = open_log(str(acting.log), create=False)
    try:
        state = LiveLaunch(log, to_write(entries(log)).launch).state
        conducted = Conducted(log, state)
        for now_s in (10.0, 10.5, 11.9, 12.1):
            conducted.see_to(now_s)
        assert (len(acting.conducted), told(capsys)) == (2, 1)
        with conducting(acting.log):
            conducted.see_to(20.0)
        conducted.see_to(21.0)
        assert (len(acting.conducted), told(capsys)) == (3, 1)
    finally:
        log.close()


def told(capsys: pytest.CaptureFixture[str]) -> int:
    return capsys.readouterr().err.count("NO CONDUCTOR")


def test_where_a_conductor_belongs_elsewhere_it_is_said_what_to_type(
    acting: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    acting.conducted.clear()
    monkeypatch.setattr("launchpad.cli.conducting.belongs_here", lambda _home: False)
    done = acting(*START, "--confirm", "storefront")
    assert (done.status, acting.conducted) == (0, [])
    assert f"  launchpad conductor --log {acting.log} --launch storefront-" in done.err


def test_a_conductor_that_cannot_be_started_leaves_the_rollback_started(
    acting: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("launchpad.cli.conducting.start_conductor", fails)
    done = acting(*START, "--confirm", "storefront")
    assert (done.status, "No space left on device; by hand:" in done.err) == (0, True)
