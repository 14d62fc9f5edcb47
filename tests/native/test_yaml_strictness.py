"""What YAML would allow and a launch can not afford: refused, each in its place."""

import subprocess
import sys

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.load import read
from launchpad.checklist.native.problems import MOST
from tests.native.conftest import Problems, Reading

HEAD = "launchpad: 1\ntitle: T\nphases: [{id: a, title: A}]\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("»title: U", "the key `title` is given already, on line 2"),
        ("log: »&a x", "anchors (&) are not read: write it out"),
        ("log: »*a", "aliases (*) are not read: write it out"),
        ("»<<: {log: x}", "merge keys (<<) are not read: write it out"),
        ("log: »!!str x", "tags (!) are not read: quote a text that starts with !"),
        ("log: »!x", "tags (!) are not read: quote a text that starts with !"),
        ("? »[log]\n: x", "a key is text"),
        ("vars: {? »: x}", "expected a key before the colon"),
        ("»---", "a second document: a checklist is one"),
        ("log: a»\x07b", "a control character (U+0007)"),
        ("log: a»\u2028b", "a control character (U+2028)"),
        ('log: »"a\\eb"', "a control character (U+001B)"),
        ('log: »"a\\rb"', "a control character (U+000D)"),
        (f"log: {'[' * 31}»[[", "nested more than 32 deep"),
    ],
)
def test_a_liberty_of_yaml_is_refused(told: Problems, text: str, message: str) -> None:
    assert told(HEAD + text) == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "log: a»: b",
            "a colon too many: quote a text that holds `: `, or check the indentation",
        ),
        ("log:\n»\tx", "no value starts like this: quote it, and indent with spaces, not tabs"),
        ("vars: [a\n»", "expected a comma or the `]` that ends the list"),
        ("vars: {a\n»", "expected a comma or the `}` that ends the mapping"),
        ("log: »'a\nvars: {}", "the quotes are never closed"),
        ('log: "»\\q"', "no such escape: within double quotes a backslash is written \\\\"),
        ("log: 'a' »b", "expected a key: check the indentation, and quote the whole of a value"),
        ("log: »- a", "a list starts on a line of its own"),
        ("log: »,a", "expected a value: quote a text that starts with one of , ] }"),
        ("log: | »a", "expected the text on the lines below, indented"),
        ("log: *»", "anchors and aliases (& and *) are not read: write it out"),
        ("log: !<»", "tags (!) are not read: quote a text that starts with !"),
        (
            "vars:\n  - a\n  »b: c",
            "expected an entry that starts with `- `, or less indentation",
        ),
    ],
)
def test_what_is_no_yaml_is_told_in_plain_words(told: Problems, text: str, message: str) -> None:
    assert told(HEAD + text) == [message]


def test_directives_are_refused(told: Problems) -> None:
    assert told(f"»%YAML 1.2\n---\n{HEAD}") == ["directives (%) are not read"]
    assert told(f"%FOO»\n---\n{HEAD}") == ["directives (%) are not read"]


def test_every_value_is_what_it_looks_like(reading: Reading) -> None:
    """No key takes 11:30, no or 1.10 for anything but text; the key says what it becomes."""
    checklist = reading(
        "launchpad: 1\ntitle: 1.10\nphases:\n"
        "- {id: '1', title: no, items: [{id: '2', text: 11:30, priority: null}]}\n"
    )
    (phase,) = checklist.phases
    assert (checklist.title, phase.title) == ("1.10", "no")
    assert (phase.items[0].text, phase.items[0].priority) == ("11:30", "null")


def test_all_problems_are_told_at_once_in_the_order_of_the_file(told: Problems) -> None:
    assert told(
        "»launchpad: 1\n"
        "»titel: Storefront\n"
        "vars: {base-url: {required: »yes}, »base-url: {}}\n"
        "phases:\n"
        "- {id: »A, title: »&x T, items: [{id: a, text: t, probe: »smok}]}\n"
        "probes: {smoke: {env: {name: A, from: conductor}, interval: »5}}\n"
    ) == [
        "the key `title` is missing",
        "there is no key `titel`; did you mean `title`?",
        "expected true or false, found `yes`",
        "the key `base-url` is given already, on line 3",
        "expected an id of small letters, digits and single hyphens, such as `a`",
        "anchors (&) are not read: write it out",
        "there is no probe `smok`; did you mean `smoke`?",
        "expected a duration such as 500ms, 30s, 2m, 1h30m or 2d",
    ]


def test_what_stands_before_a_syntax_error_is_told_with_it(told: Problems) -> None:
    assert len(told(f"{HEAD}log: »&a x\nvars: a»: b")) == 2


def test_a_file_of_nothing_but_problems_ends_the_reading() -> None:
    text = HEAD + "".join(f"key-{number}: x\n" for number in range(5000))
    with pytest.raises(ChecklistError) as refused:
        read(source_from_bytes("plan.yaml", text.encode()))
    lines = refused.value.message.splitlines()
    assert lines[0] == f"plan.yaml: {MOST} problems or more; reading ended at these"
    assert len(lines) == MOST + 1


def refusal(data: bytes) -> str:
    with pytest.raises(ChecklistError) as refused:
        read(source_from_bytes("plan.yaml", data))
    return refused.value.message


def test_one_mebibyte_is_the_most() -> None:
    comment = b"#" * (1024 * 1024 - len(HEAD) - 1)
    assert read(source_from_bytes("plan.yaml", HEAD.encode() + comment + b"\n")).title == "T"
    assert refusal(HEAD.encode() + comment + b"##\n") == "plan.yaml: larger than 1 MiB"


def test_twenty_thousand_items_are_the_most(reading: Reading, problems: Problems) -> None:
    head = "launchpad: 1\ntitle: T\nphases:\n- id: a\n  title: A\n  items:\n"
    most = head + "".join(f"  - {{id: i{number}, text: t}}\n" for number in range(20_000))
    assert len(list(reading(most).items())) == 20_000
    assert problems(f"{most}  - {{id: last, text: t}}\n") == ["7:3: more than 20,000 items"]


def test_a_file_of_comments_is_no_checklist() -> None:
    assert refusal(b"# later\n") == "plan.yaml: holds nothing but comments"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_an_editor(problems: Problems, end: str) -> None:
    text = f"{HEAD}log: [\u00e9, \U0001f600, &a x]\n".replace("\n", end)
    assert problems(text)[-1] == "4:13: anchors (&) are not read: write it out"


def test_a_byte_order_mark_is_no_character_of_the_first_line(problems: Problems) -> None:
    assert problems(f"\ufefflaunchpat: 1\n{HEAD}") == [
        "1:1: there is no key `launchpat`; did you mean `launchpad`?"
    ]


def test_markdown_does_not_pay_for_yaml() -> None:
    statement = (
        "import sys; from launchpad.checklist.encoding import source_from_bytes\n"
        "from launchpad.checklist.load import read\n"
        "read(source_from_bytes('a.md', b'- [ ] a'))\n"
        "print('yaml' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", statement], capture_output=True, check=True, text=True
    )
    assert done.stdout == "False\n"
