"""Which launch a command means where --launch does not say."""

from launchpad.log.address import open_log
from tests.cli.conftest import Shell


def test_several_open_launches_are_listed_and_none_is_guessed(opened: Shell) -> None:
    other = opened.opens("--another")
    done = opened("tick", "dns")
    assert (done.status, done.out) == (2, "")
    assert f"--launch {other}" in done.err
    assert opened("tick", "dns", "--launch", other).status == 0


def test_a_rehearsal_is_not_meant_while_a_launch_is_open(opened: Shell) -> None:
    rehearsal = opened.opens("--another", "--rehearse")
    recorded = opened("tick", "dns", "--format", "json").json["events"][0]["launch"]
    shown = opened("status", "--format", "json").json
    assert recorded == shown["launch"] != rehearsal
    assert shown["kind"] == "live"


def test_reading_takes_the_newest(opened: Shell) -> None:
    newest = opened.opens("--another")
    assert opened("status", "--format", "json").json["launch"] == newest


def test_an_unknown_launch_is_refused(opened: Shell) -> None:
    done = opened("status", "--launch", "nope")
    assert done.status == 2
    assert "holds no launch 'nope'" in done.err


def test_options_stand_before_the_command_or_after_it_and_after_wins(opened: Shell) -> None:
    elsewhere = opened.folder / "elsewhere.db"
    assert opened("--log", elsewhere, "list").status == 3
    assert opened("--log", elsewhere, "list", "--log", opened.log).status == 0
    before = opened("--initials", "CD", "--format", "json", "tick", "dns")
    assert before.json["events"][0]["actor"]["initials"] == "CD"


def test_a_log_without_launches_says_how_to_open_one(launchpad: Shell) -> None:
    open_log(str(launchpad.log), create=True).close()
    for words in (["status"], ["tick", "dns"]):
        done = launchpad(*words)
        assert (done.status, "`launchpad run CHECKLIST` opens one" in done.err) == (2, True)
    assert "holds no launch yet" in launchpad("list").err
    assert launchpad("list", "--format", "json").json["launches"] == []
