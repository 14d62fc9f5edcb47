"""A launch from its opening to its close, at the keyboard."""

from pathlib import Path

from launchpad.checklist.load import load
from tests.e2e.screen import CARD
from tests.e2e.site import Site
from tests.e2e.terminal import Terminal


def answer_identity(console: Terminal, name: str) -> None:
    console.sees("Who are you?")
    console.press("tab")
    console.settle()
    console.type(name)
    console.press("enter")
    console.sees("joined from a console")


def record_failed(console: Terminal, reason: str) -> None:
    """Record the item under the cursor as failed."""
    console.press("o")
    console.sees("choose first")
    console.press("j", "j", "enter")
    console.sees("failed: reason")
    console.type(reason)
    console.press("enter")
    console.sees_not("Outcome")


def sign(console: Terminal, initials: str) -> None:
    console.press("s")
    console.sees("your initials")
    console.type(initials)
    console.press("enter")
    console.sees_not("your initials")


def close_by_palette(console: Terminal, word: str) -> None:
    console.press("ctrl+p")
    console.sees("Search for commands")
    console.type("close the")
    console.sees_not("Search for commands")
    console.sees("close the launch")
    console.press("enter")
    console.sees("code word:")
    console.press("j", "enter")
    console.sees("launched: code word")
    console.type(word)
    console.press("enter")
    console.sees("LAUNCHED", "done")


def test_a_launch_is_worked_on_left_and_attached_to_again(sized_site: Site) -> None:
    site = sized_site
    console = site.terminal("run", str(site.document()), "--initials", "ab")
    answer_identity(console, "Ada Brown")
    console.press("space")
    console.sees("[x]", "AB", "Pooler", "passed")
    console.move_to("Migrations")
    record_failed(console, "two of nine missing")
    console.sees("[!]", "AB", "Migrations", "FAILED")
    console.sees("1 FAILED")
    console.press("e")
    console.sees("what happened")
    console.type("asked the vendor")
    console.press("enter")
    console.sees("Migrations", "1 noted")
    console.move_to("Backup")
    console.press("space")
    console.sees("[x]", "Backup", "passed")
    console.press("u")
    console.sees("Take back your last record?")
    console.press("enter")
    console.sees("[ ]", "Backup")
    console.press("q")
    console.ends(0)
    console.assert_restored()
    console.sees("The launch goes on. To come back:")

    with site.opened_log() as log:
        (opening,) = log.launches()
    again = site.attach(opening.first.launch)
    again.sees("[x]", "AB", "Pooler", "passed")
    again.sees("[!]", "AB", "Migrations", "1 noted", "FAILED")
    again.sees("[ ]", "Backup")


def test_a_launch_is_signed_and_closed_and_takes_nothing_more(site: Site) -> None:
    launch = site.opened(site.document())
    console = site.attach(launch)
    for row in ("Pooler", "Migrations", "Backup"):
        console.move_to(row)
        console.press("space")
        console.sees("[x]", row, "passed")
    sign(console, "ab")
    console.sees("AB", "verified", "SIGNED")
    close_by_palette(console, "harbour")

    console.press("2")
    console.sees("2 Edge")
    console.press("space", "o", "e", "s", "u")
    console.settle()
    assert not console.shows(CARD), console
    assert "[ ]" in console.line_of("Certificate"), console
    assert [event.kind for event in site.events(launch)][-1] == "launch.closed"
    refused = site.launchpad("tick", "certificate", "--launch", launch, "--initials", "BC")
    assert refused.returncode == 1
    assert b"closed" in refused.stderr


def test_an_export_holds_the_ticks_and_the_initials_and_verifies(site: Site) -> None:
    console = site.terminal("run", str(site.document()), "--initials", "AB")
    answer_identity(console, "Ada Brown")
    for row in ("Pooler", "Migrations", "Backup"):
        console.move_to(row)
        console.press("space")
        console.sees("[x]", row, "passed")
    sign(console, "AB")
    console.sees("AB", "SIGNED")
    console.press("q")
    console.ends(0)

    document = site.launchpad("export", "--format", "md").stdout.decode()
    assert "- [x] **Pooler**: answers on port 6543" in document
    assert "- [ ] **Certificate**: valid for 30 days" in document
    assert "Initial AB" in document
    lines = site.folder / "launch.jsonl"
    lines.write_bytes(site.launchpad("export", "--format", "jsonl").stdout)
    assert site.launchpad("verify", str(lines)).returncode == 0
    lines.write_bytes(lines.read_bytes().replace(b'"passed"', b'"failed"', 1))
    assert site.launchpad("verify", str(lines)).returncode == 1


def test_a_phase_of_a_real_document_is_worked_through_and_signed(
    site: Site, signed_seed: Path
) -> None:
    launch = site.opened(signed_seed)
    checklist = load(signed_seed).checklist
    phase = checklist.phases[1]
    console = site.attach(launch)
    console.press("2")
    console.sees(f"0 of {len(phase.items)}")
    for number in range(len(phase.items)):
        console.press("space")
        console.sees(f" {number + 1} of {len(phase.items)}")
        console.press("j")
    sign(console, "AB")
    console.sees("SIGNED", "AB")
    console.press("q")
    console.ends(0)

    with site.taking_part(launch) as live:
        slot = next(each for each in checklist.signoffs if each.phase == phase.id)
        signature = live.state.slot(slot.id).signature
        assert signature
        assert signature.initials == "AB"
        assert all(live.state.done(item) for item in phase.items)
    document = site.launchpad("export", "--format", "md").stdout.decode().splitlines()
    assert all("[x]" in document[item.line - 1] for item in phase.items)
    assert "AB" in document[slot.line - 1]


def test_run_asks_once_who_is_here_opens_the_launch_and_says_how_to_join(site: Site) -> None:
    console = site.terminal("run", str(site.document()))
    console.sees("Who are you?")
    console.type("ab\tAda Brown\tdba\r")
    console.hears("colleagues take part with:")
    console.sees("AB", "opened the launch")
    console.press("q")
    console.ends(0)
    console.sees("launchpad attach --log")
