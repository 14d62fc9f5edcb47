"""run and attach: what is opened, what is printed, and what the console is given."""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from launchpad.checklist.errors import ChecklistError
from launchpad.console.start import Start
from launchpad.launch.person import Person
from tests.cli.conftest import ACTING, Shell

Consoles = Callable[[Callable[[Start], int]], None]


class Noting:
    """A console that leaves at once."""

    def __init__(self) -> None:
        self.given: list[Start] = []

    def __call__(self, start: Start) -> int:
        self.given.append(start)
        return 0


def events(shell: Shell) -> int:
    seq: int = shell("status", "--format", "json").json["head"]["seq"]
    return seq


@pytest.fixture
def consoles(launchpad: Shell, monkeypatch: pytest.MonkeyPatch) -> Consoles:
    """Put a console that only notes what it was given in the real one's place, on a terminal."""
    monkeypatch.setattr("launchpad.cli.terminal._terminal", lambda _stream: True)
    monkeypatch.setenv("TERM", "xterm-256color")

    def become(run_console: Callable[[Start], int]) -> None:
        module = ModuleType("launchpad.console.app")
        module.run_console = run_console  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)

    return become


def test_without_a_console_the_id_is_the_only_data(launchpad: Shell) -> None:
    done = launchpad("run", "launch.md", "--no-console")
    assert (done.status, done.out.count("\n")) == (0, 1)
    launch = done.out.strip()
    assert launch.startswith("storefront-")
    assert done.err.endswith(f"  launchpad attach --log {launchpad.log} --launch {launch}\n")
    assert launchpad("status", "--launch", launch).status == 0


def test_a_checklist_that_is_open_is_not_opened_again_by_accident(opened: Shell) -> None:
    copy = opened.folder / "copy.md"
    copy.write_bytes(opened.checklist.read_bytes())
    for path in (opened.checklist, copy):
        done = opened("run", path, "--no-console")
        assert (done.status, done.out) == (1, "")
        assert "open already, as storefront-" in done.err
        assert "--another" in done.err
    assert len(opened("list", "--format", "json").json["launches"]) == 1
    assert opened("run", copy, "--no-console", "--another").status == 0


def test_ticked_boxes_count_only_when_they_are_accepted(launchpad: Shell) -> None:
    launchpad.opens()
    first = launchpad("status", "--format", "json").json["phases"][0]
    launchpad.opens("--another", "--accept-ticked")
    second = launchpad("status", "--format", "json").json["phases"][0]
    assert (first["done"], second["done"]) == (0, 1)
    assert "1 came ticked in the document, unverified" not in launchpad("status").out


def test_a_rehearsal_has_another_code_word(launchpad: Shell) -> None:
    launchpad.opens("--rehearse")
    status = launchpad("status", "--format", "json").json
    assert (status["kind"], status["code_word"]) == ("rehearsal", "rehearse-storefront")


def test_the_console_opens_the_launch_and_is_given_everything_it_may_do(
    launchpad: Shell, consoles: Consoles
) -> None:
    given: list[Start] = []

    def look(start: Start) -> int:
        given.append(start)
        assert start.launch is None
        assert start.opening is not None
        launch = start.opening(Person("AB", "Ada B", "dba"))
        assert start.log.head(launch).seq == 1
        assert f"--launch {launch}" in start.colleagues(launch)
        start.remember(Person("EF", "Eve F"))
        other = start.open_document(launchpad.checklist, Person("EF"))
        assert start.log.head(other).seq == 1
        return 7

    consoles(look)
    done = launchpad("run", "launch.md")
    assert (done.status, done.out) == (7, "")
    assert done.err.startswith("emergency sheet: ")
    (start,) = given
    assert start.suggestion == Person("AB", "Ada B", "dba")
    assert (start.address, start.folder) == (str(launchpad.log), launchpad.folder)
    assert start.read_only is False
    assert launchpad.conducted == []
    start.conduct("storefront-1")
    assert launchpad.conducted == ["storefront-1"]
    assert start.participant(Person("EF")).actor["door"] == "console"


def test_attaching_takes_the_open_launch_and_read_only_the_newest(
    opened: Shell, consoles: Consoles
) -> None:
    console = Noting()
    consoles(console)
    opened("close", "--outcome", "launched", "--confirm", "storefront")
    assert opened("attach").status == 2
    assert opened("attach", "--read-only").status == 0
    assert [(start.launch is not None, start.read_only) for start in console.given] == [
        (True, True)
    ]


def test_alone_on_a_terminal_it_opens_the_home_screen(launchpad: Shell, consoles: Consoles) -> None:
    console = Noting()
    consoles(console)
    assert launchpad().status == 0
    assert [start.launch for start in console.given] == [None]


def test_a_launch_that_is_observed_or_has_a_way_back_gets_a_conductor(launchpad: Shell) -> None:
    launchpad.opens()
    assert launchpad.conducted == []
    launch = launchpad.opens_acting()
    assert launchpad.conducted == [launch]


def test_a_launch_that_a_console_opens_gets_a_conductor_at_once(
    launchpad: Shell, consoles: Consoles
) -> None:
    opened: list[str] = []

    def look(start: Start) -> int:
        assert start.opening is not None
        opened.append(start.opening(Person("AB")))
        return 0

    consoles(look)
    launchpad.acting.write_text(ACTING)
    words = ["--trust", "--var", "base-url=https://x.example"]
    assert launchpad("run", "launch.yaml", *words).status == 0
    assert launchpad.conducted == opened


def test_what_is_missing_is_named_and_the_launch_opens_all_the_same(launchpad: Shell) -> None:
    command = "{exec: [./switch.sh, old], secrets: [job-token]}"
    launchpad.acting.write_text(ACTING.replace("{exec: [echo, back]}", command))
    words = ["--no-console", "--trust", "--var", "base-url=https://x.example"]
    done = launchpad("run", "launch.yaml", *words)
    assert (done.status, done.out.startswith("storefront-")) == (0, True)
    assert "missing: program ./switch.sh: not found" in done.err
    assert "missing: secret job-token: $JOB_TOKEN is not set" in done.err


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("required: true, ", ""), "`launchpad trust "),
        (("", ""), ":5: variable base-url needs a value"),
        (("vars:", "log: night.db\nvars:"), "`launchpad run "),
    ],
)
def test_a_console_opens_no_checklist_that_needs_more_than_it_can_ask(
    bare: Shell,
    consoles: Consoles,
    monkeypatch: pytest.MonkeyPatch,
    changed: tuple[str, str],
    said: str,
) -> None:
    def look(start: Start) -> int:
        with pytest.raises(ChecklistError, match=said):
            start.open_document(bare.acting, Person("AB"))
        assert start.log.launches() == []
        return 0

    monkeypatch.delenv("LAUNCHPAD_LOG")
    consoles(look)
    bare.acting.write_text(ACTING.replace(*changed, 1))
    assert bare("--initials", "AB").status == 0


@pytest.mark.parametrize("kind", ["dumb", ""])
@pytest.mark.parametrize("words", [["run", "launch.md"], ["attach"], []])
def test_a_terminal_that_cannot_draw_is_exit_2_and_nothing_is_opened(
    launchpad: Shell,
    consoles: Consoles,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    kind: str,
) -> None:
    consoles(lambda _start: 0)
    monkeypatch.setenv("TERM", kind)
    done = launchpad(*words)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert "TERM=" in done.err
    assert not launchpad.log.exists()


def test_the_line_for_colleagues_survives_a_shell(launchpad: Shell) -> None:
    folder = launchpad.folder / "it's $HOME"
    folder.mkdir()
    done = launchpad("run", "launch.md", "--no-console", "--log", Path(folder, "l.db"))
    words = shlex.split(done.err.splitlines()[-1])
    assert words[:4] == ["launchpad", "attach", "--log", f"{folder}/l.db"]
