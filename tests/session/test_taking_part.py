"""Taking part: opening a launch, following it, and being told about what somebody else did."""

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.checklist.load import load
from launchpad.launch.event import Draft, Event
from launchpad.launch.intents import AddNote, CloseLaunch, RecordResult
from launchpad.launch.kinds import LaunchOpened, Mode, decode
from launchpad.launch.person import Person, person
from launchpad.launch.refused import Refused
from launchpad.log.address import open_log
from launchpad.log.errors import LogUnreadable
from launchpad.log.store import Log
from launchpad.session.clock import now
from launchpad.session.launches import (
    Entry,
    NoSuchChoice,
    entries,
    named,
    open_from,
    to_read,
    to_write,
)
from launchpad.session.live import LiveLaunch, follow
from launchpad.session.opening import Opened, open_launch
from launchpad.session.participant import participant

ADA = participant(Person("AB", "Ada B", "dba"), "console", {})
CLEO = participant(Person("CD"), "command", {})


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    log = open_log(str(tmp_path / "launch.db"), create=True)
    yield log
    log.close()


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "storefront.md"
    path.write_text("# Storefront\n\n## One\n\n- [ ] Alpha\n- [x] Beta\n", encoding="utf-8")
    return path


def open_from_file(
    log: Log, path: Path, *, mode: Mode = "live", accept_ticked: bool = False
) -> Opened:
    return open_launch(log, load(path), path, ADA, accept_ticked=accept_ticked, mode=mode)


def opening(event: Event) -> LaunchOpened:
    body = decode(event)
    assert isinstance(body, LaunchOpened)
    return body


def test_a_launch_keeps_the_whole_document_whatever_happens_to_the_file(
    log: Log, document: Path
) -> None:
    source = document.read_bytes()
    opened = open_from_file(log, document)
    document.unlink()
    state = LiveLaunch(log, opened.launch).state
    assert state.source().text.encode() == source
    assert [item.id for item in state.checklist.items()] == ["alpha", "beta"]
    assert opened.launch.startswith("storefront-")


def test_the_git_commit_is_recorded_and_whether_the_file_differed(log: Log, document: Path) -> None:
    def git(*words: str) -> None:
        config = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
        subprocess.run(["git", *config, *words], cwd=document.parent, check=True)

    assert opening(open_from_file(log, document).event).git is None
    git("init", "--quiet")
    git("add", document.name)
    git("commit", "--quiet", "-m", "a checklist")
    committed = opening(open_from_file(log, document).event).git
    assert committed
    assert len(committed.id) == 40
    assert not committed.modified
    document.write_text("# Storefront\n\n- [ ] Other\n", encoding="utf-8")
    changed = opening(open_from_file(log, document).event).git
    assert changed
    assert changed.modified


def test_a_rehearsal_has_a_code_word_of_its_own(log: Log, document: Path) -> None:
    rehearsal = open_from_file(log, document, mode="rehearsal")
    live = LiveLaunch(log, rehearsal.launch)
    with pytest.raises(Refused, match="rehearse-storefront"):
        live.submit(CloseLaunch("launched", "storefront"), ADA)
    live.submit(CloseLaunch("launched", "rehearse-storefront"), ADA)
    assert live.state.phase == "launched"


def test_an_intent_on_an_old_state_is_decided_on_the_newest(log: Log, document: Path) -> None:
    launch = open_from_file(log, document).launch
    ada, cleo = LiveLaunch(log, launch), LiveLaunch(log, launch)
    cleo.submit(RecordResult("alpha", "failed", "no", 1), CLEO)
    with pytest.raises(Refused, match="CD recorded failed on alpha"):
        ada.submit(RecordResult("alpha", "passed", "", 1), ADA)
    ada.submit(AddNote("alpha", "both are here"), ADA)
    assert [event.seq for event in log.events(launch)] == [1, 2, 3]
    assert ada.state == LiveLaunch(log, launch).state


def test_events_are_received_once_and_in_order(log: Log, document: Path) -> None:
    launch = open_from_file(log, document).launch
    behind, ahead = LiveLaunch(log, launch), LiveLaunch(log, launch)
    for text in ("one", "two", "three"):
        ahead.submit(AddNote(None, text), ADA)
    first, second, third = list(log.events(launch, after=1))
    assert behind.receive([second, third]) == [], "events beyond a gap must wait"
    assert behind.receive([first, first, second]) == [first, second]
    assert behind.catch_up() == [third]
    assert [note.text for note in behind.state.notes] == ["one", "two", "three"]


def test_a_follower_is_told_of_every_event_once(log: Log, document: Path) -> None:
    launch = open_from_file(log, document).launch
    stop, told = threading.Event(), list[int]()
    elsewhere = open_log(log.address, create=False)

    def listen() -> None:
        for events in follow(elsewhere, launch, 0, stop):
            told.extend(event.seq for event in events)
            if told and told[-1] == 6:
                stop.set()

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    live = LiveLaunch(log, launch)
    for number in range(5):
        live.submit(AddNote(None, f"note {number}"), ADA)
    listener.join(timeout=10)
    elsewhere.close()
    assert told == [1, 2, 3, 4, 5, 6]


def test_an_event_that_makes_no_sense_is_a_log_that_cannot_be_read_for_who_records_too(
    log: Log, document: Path
) -> None:
    opened = open_from_file(log, document)
    live = LiveLaunch(log, opened.launch)
    odd = Draft(opened.launch, "odd", "clock.held", now(), {"initials": "EV"}, {"reason": "r"})
    log.append(opened.launch, live.state.head, lambda _news: [odd])
    with pytest.raises(LogUnreadable, match=r"does not make sense: event \d+ \(clock.held\)"):
        live.submit(AddNote(None, "hello"), ADA)


def test_a_launch_that_is_not_there_is_named(log: Log) -> None:
    with pytest.raises(LogUnreadable, match="there is no launch 'nothing'"):
        LiveLaunch(log, "nothing")


def test_the_list_tells_open_from_closed_and_where_each_came_from(log: Log, document: Path) -> None:
    first = open_from_file(log, document).launch
    second = open_from_file(log, document).launch
    LiveLaunch(log, first).submit(CloseLaunch("scrubbed", "storefront"), CLEO)
    known = entries(log)
    assert [(entry.launch, entry.phase) for entry in known] == [
        (first, "scrubbed"),
        (second, "open"),
    ]
    assert [entry.launch for entry in open_from(known, str(document), "")] == [second]
    assert [entry.launch for entry in open_from(known, "", known[0].sha256)] == [second]
    assert open_from(known, "", "") == []


def entry(launch: str, *, mode: Mode = "live", is_open: bool = True) -> Entry:
    return Entry(
        launch=launch,
        title=launch.title(),
        mode=mode,
        phase="open" if is_open else "launched",
        opened_at="",
        opened_by="AB",
        events=1,
        path="",
        sha256=launch,
    )


def test_reading_takes_the_newest_launch() -> None:
    assert to_read([entry("a"), entry("b", is_open=False)]).launch == "b"
    with pytest.raises(NoSuchChoice, match="no launch yet"):
        to_read([])


def test_writing_takes_the_only_open_launch_and_lists_them_where_there_are_several() -> None:
    assert to_write([entry("a", is_open=False), entry("b")]).launch == "b"
    with pytest.raises(NoSuchChoice, match=r"--launch a .*\n.*--launch b"):
        to_write([entry("a"), entry("b")])
    with pytest.raises(NoSuchChoice, match="no launch is open"):
        to_write([entry("a", is_open=False)])


def test_a_rehearsal_is_never_meant_while_a_live_launch_is_open() -> None:
    known = [entry("live"), entry("rehearsal", mode="rehearsal")]
    assert to_read(known).launch == "live"
    assert to_write(known).launch == "live"
    assert to_write([known[1]]).launch == "rehearsal"


def test_a_launch_is_found_by_its_id_or_not_at_all() -> None:
    assert named([entry("a")], "a").launch == "a"
    with pytest.raises(NoSuchChoice, match="holds no launch 'b'"):
        named([entry("a")], "b")


@pytest.mark.parametrize(
    ("typed", "initials"), [("ab", "AB"), (" a1 ", "A1"), ("éß", "ÉSS"), ("ABCDEFGH", "ABCDEFGH")]
)
def test_initials_are_taken_as_typed_in_upper_case(typed: str, initials: str) -> None:
    assert person(typed).initials == initials


@pytest.mark.parametrize("typed", ["", "1a", "a b", "ABCDEFGHI", "a\x1b", "[b]", "_"])
def test_what_are_no_initials_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="initials are"):
        person(typed)


def test_an_actor_says_what_the_machine_knows_and_nothing_it_does_not() -> None:
    plain = participant(Person("AB"), "command", {}).actor
    assert plain["ssh_from"] is None
    over_ssh = {"SSH_CONNECTION": "192.0.2.7 5000 192.0.2.1 22", "SUDO_USER": "ada\x1b"}
    assert participant(Person("AB"), "console", over_ssh).actor["ssh_from"] == "192.0.2.7"
    assert participant(Person("AB"), "console", over_ssh).actor["sudo_user"] == "ada\u241b"
    inside = over_ssh | {"TMUX": "/tmp/tmux,1,0"}
    assert participant(Person("AB"), "console", inside).actor["ssh_from"] == "unknown"
