"""Text from outside: in the document, typed or pasted, it is drawn and never obeyed."""

import re

import pytest

from tests.e2e.screen import CARD
from tests.e2e.site import Site
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.thorough

CONTROLS = {
    "clipboard": "\x1b]52;c;aGFja2Vk\x07",
    "title": "\x1b]0;stolen title\x1b\\",
    "device": "\x1bP1$r0m\x1b\\",
    "application": "\x1b_Gstolen\x1b\\",
    "colour": "\x1b[31;5mred",
    "home": "\x1b[1;1H",
    "c1": "\x9b31m\x9d52;c;aGFja2Vk\x9c",
    "bidirectional": "user\u202eresu\u2066",
    "zero width": "pa\u200byment\ufeff",
    "backspace": "yes\x08\x08\x08no",
    "carriage return": "passed\rfailed",
}
MARKUP = {
    "closing tag": "[/foo]",
    "action": "[@click=app.quit]x[/]",
    "colour tag": "[red]stop[/red]",
    "link": "[link=file:///etc/passwd]here[/link]",
    "template": "{{7*7}} ${HOME} %(x)s {0}",
    "unclosed": "[bold",
}
LETTERS = {
    "wide": "漢字かな交じり文" * 8,
    "emoji": "👩‍👩‍👧‍👦🇩🇪👍🏽✅🚀" * 8,
    "combining": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘" * 4,
    "arabic": "مرحبا بالعالم" * 6,
    "long": "long " * 2000,
    "long word": "x" * 10_000,
}
TEXTS = {**CONTROLS, **MARKUP, **LETTERS}

# A console has no reason to begin one of these strings: OSC (but Textual's own mouse pointer,
# OSC 22), DCS, APC, PM, SOS, or any C1.
STRINGS = re.compile(rb"\x1b\](?!22;[a-z]*\x07)|\x1b[PX^_]|\xc2[\x80-\x9f]")
STOLEN = re.compile(rb"\x1b\[31;5m|\x1b\[1;1H(?=x)|\xe2\x80[\x8b\xae]|\xef\xbb\xbf|\x08")


def hostile_document() -> str:
    """Return a document whose title, headings, items and sign-offs hold every text."""
    every = " ".join(text[:60] for text in TEXTS.values()).replace("\r", " ")
    parts = [f"# Plan {every}\n"]
    for number, (name, text) in enumerate(TEXTS.items()):
        drawn = text.replace("\r", " ").replace("\n", " ")
        if number % 6 == 0:
            parts.append(f"\n## Phase {drawn[:200]}\n\n### Part {drawn[:200]}\n")
        parts.append(f"- [ ] **{name}**: {drawn}")
    parts.append(f"\n**Sign-off {TEXTS['colour']}**: Initial ____ Date ____\n")
    return "\n".join(parts)


def assert_harmless(console: Terminal) -> None:
    """Check every byte that the console wrote."""
    for forbidden in (STRINGS, STOLEN):
        found = forbidden.search(console.output)
        assert not found, bytes(console.output[max(0, found.start() - 40) : found.end() + 40])


def assert_in_order(console: Terminal) -> None:
    """Wait until every line is in its place: nothing pushed one of them out of it."""
    console.until(lambda: in_order(console.lines), "the lines are not in their places")


def in_order(lines: list[str]) -> bool:
    return (
        "LIVE" in lines[0]
        and lines[0].endswith("here")
        and lines[1].startswith(" OPEN")
        and lines[-1].startswith("space tick")
    )


def test_a_hostile_document_is_drawn_and_never_obeyed(sized_site: Site) -> None:
    site = sized_site
    launch = site.opened(site.document(hostile_document()))
    console = site.attach(launch)
    for phase in range(1, len(TEXTS) // 6 + 2):
        console.press(str(phase))
        console.sees(f"{phase} Phase")
        for _ in range(6):
            console.press("j", "space")
        console.settle()
        assert_in_order(console)
        console.press("enter")
        console.sees(CARD)
        console.press("escape")
        console.sees_not(CARD)
    console.press("L")
    console.sees("head ")
    console.press("escape")
    console.sees_not("head ")
    for key, shown in {"o": "choose first", "e": "what happened", "s": "Sign"}.items():
        console.press(key)
        console.sees(shown)
        console.press("escape")
        console.settle()
    assert_harmless(console)
    console.press("q")
    console.ends(0)
    assert_harmless(console)


def test_hostile_notes_are_recorded_and_drawn_harmless(site: Site) -> None:
    """They are pasted, and looked at in every place that shows notes."""
    launch = site.opened(site.document())
    console = site.attach(launch)
    letters = "".join(text for name, text in LETTERS.items() if not name.startswith("long"))
    notes = ["".join(CONTROLS.values()), "".join(MARKUP.values()), letters, LETTERS["long word"]]
    for number, text in enumerate(notes, 1):
        console.press("e")
        console.sees("what happened")
        console.paste(text)
        console.settle()
        console.press("enter")
        console.sees_not("esc leaves")
        assert len(site.events(launch, "item.noted")) == number
        assert_in_order(console)
    for key, shown in {"enter": CARD, "L": "head "}.items():
        console.press(key)
        console.sees(shown)
        console.press("end")
        console.settle()
        console.press("escape")
        console.sees_not(shown)
    assert_harmless(console)
    printable = "".join(str(event.body["text"]) for event in site.events(launch, "item.noted"))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u200b]", printable)


def test_hostile_names_and_filters_are_drawn_harmless(site: Site) -> None:
    launch = site.opened(site.document())
    console = site.terminal("attach", "--launch", launch, "--initials", "AB")
    console.sees("Who are you?")
    console.press("tab")
    console.settle()
    console.paste("".join(CONTROLS.values()).replace("\r", ""))
    console.press("tab")
    console.settle()
    console.paste(MARKUP["closing tag"])
    console.press("enter")
    console.sees("joined from a console")
    assert_in_order(console)
    console.press("/")
    console.paste("".join(TEXTS.values())[:3000])
    console.settle()
    console.press("escape")
    console.sees("Pooler")
    assert_in_order(console)
    assert_harmless(console)


def test_a_long_role_does_not_push_who_else_is_here_off_the_screen(site: Site) -> None:
    launch = site.opened(site.document())
    console = site.terminal("attach", "--launch", launch, "--role", "of the line " * 8)
    console.sees("Who are you?")
    console.type("AB")
    console.press("enter")
    console.sees("joined from a console")
    assert_in_order(console)
