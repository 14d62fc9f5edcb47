"""Whatever a file holds: a checklist or a ChecklistError, soon, and in little memory."""

import os
import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.load import read
from launchpad.text.safe import safe

SAMPLES = [
    Path(__file__).parents[2] / "checklists" / "storefront-cutover.yaml",
    Path(__file__).parent / "everything.yaml",
]
COUNT = int(os.environ.get("LAUNCHPAD_SOAK", "2000"))
LARGEST = 64 * 1024
MOST_SECONDS = 2
MOST_KIB = 200 * 1024

# What YAML and the format give a meaning to.
PIECES = [
    *(": ", "- ", "? ", "\n", "\n  ", "\n- ", "  ", "\t", "{", "}", "[", "]", ",", "'", '"', "|\n"),
    *("&a ", "*a", "!t ", "<<: ", "# ", "%Y 1\n", "---\n", "...\n", "\\", "\\x41", "\x00", "\x1b"),
    *("\u202e", "\ufeff", "\U0001f600", "\u00e9", "${", "}", "${base-url}", "[STATUS] == ", "T-"),
    *(
        "1h",
        "99999999999d",
        "(",
        "(?P<",
        "true",
        "launchpad: 1\n",
        "phases:\n",
        "probe: ",
        "exec: ",
    ),
]
# Documents made of one thing, again and again.
TOWERS = [
    *(
        "- ",
        "[",
        "{",
        "? ",
        "[]",
        "{a: ",
        "a: ",
        "a\n",
        '"',
        "'",
        "|\n",
        "&a ",
        "*a ",
        "!a ",
        "\x07",
    ),
    *("- [", "[a, ", "k: v\n", "%\n", "---\n", "#", " ", "\n", ":", "::", "\u2028", "<<: ", "- - "),
]


def survives(text: str) -> None:
    data = text.encode("utf-8", "replace")[:LARGEST].decode("utf-8", "ignore").encode()
    start = time.monotonic()
    try:
        read(source_from_bytes("plan.yaml", data))
    except ChecklistError as error:
        lines = error.message.splitlines()
        assert lines
        assert all(line.startswith("plan.yaml:") for line in lines)
        assert all(safe(line) == line for line in lines)
    assert time.monotonic() - start < MOST_SECONDS


@pytest.fixture(autouse=True)
def _little_memory() -> Iterator[None]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_KIB


def mutated(text: str, chance: random.Random) -> str:
    """Cut, repeat, swap and insert, as hurried editing and bad luck do."""
    for _ in range(chance.randint(1, 12)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 1, 1, 5, 40, 400)))
        match chance.randrange(4):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + text[start:end] * chance.randint(1, 40) + text[end:]
            case 2:
                text = text[:start] + chance.choice(PIECES) + text[end:]
            case _:
                text = text[:start] + chance.choice(PIECES) * chance.randint(1, 50) + text[start:]
    return text


@pytest.mark.soak
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_mutated_sample_is_read_or_refused(sample: Path) -> None:
    text = sample.read_text(encoding="utf-8")
    for seed in range(COUNT // len(SAMPLES)):
        survives(mutated(text, random.Random(seed)))


@pytest.mark.soak
@settings(max_examples=COUNT // 10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=60).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    survives(f"launchpad: 1\n{text}x")


@pytest.mark.parametrize("head", ["", "launchpad: 1\nphases:\n  - ", "vars: "])
@pytest.mark.parametrize("piece", TOWERS)
def test_a_tower_of_one_thing_is_read_or_refused(head: str, piece: str) -> None:
    survives(head + "a" + piece * (LARGEST // len(piece.encode())))
    survives(head + piece * (LARGEST // len(piece.encode())))


@pytest.mark.parametrize(
    "entry",
    [
        "v{}: {{matches: '(?i)[\\x00-\\uffff]'}}",
        "v{}: {{default: x}}",
        "v{}: {{matches: '((((((((((a+)+)+)+)+)+)+)+)+)+$', default: aaaaaaaaaaaaaaaaaaaaaaaa!}}",
        "v{}: {{mtches: x, exampel: y, defalt: z}}",
    ],
)
def test_a_file_full_of_inputs_is_read_or_refused(entry: str) -> None:
    lines = "".join(f"  {entry.format(number)}\n" for number in range(LARGEST // len(entry)))
    survives(f"launchpad: 1\ntitle: T\nphases: [{{id: a, title: A}}]\nvars:\n{lines}")


@pytest.mark.parametrize(
    "piece", ["a", "1", "1d", "://", ":", "@", "${", "${a}", "(", "[", "\u0661"]
)
@pytest.mark.parametrize(
    "document",
    [
        "title: {}",
        "code-word: {}",
        "log: {}",
        "vars: {{a: {{matches: {}}}}}",
        "vars: {{a: {{default: {}}}}}",
        "secrets: {{a: {{file: {}}}}}",
        "secrets: {{a: {{command: [a, {}]}}}}",
        "phases: [{{id: {}}}]",
        "phases: [{{at: {}}}]",
        "probes: {{a: {{interval: {}}}}}",
        "probes: {{a: {{env: {{name: {}}}}}}}",
        "probes: {{a: {{http: {{url: {}}}}}}}",
        "probes: {{a: {{http: {{url: 'http://h', redirects: {}}}}}}}",
        "probes: {{a: {{http: {{url: 'http://h', headers: {{{}: x}}}}}}}}",
        "probes: {{a: {{http: {{}}, conditions: [{}]}}}}",
        "rollback: {{steps: [{{command: {{shell: {}}}}}]}}",
        "probes: {{a: {{}}}}\nbaseline: {{probes: [{}]}}",
        "rollback: {{triggers: [{{healthy-when: {}}}]}}",
        "window: {{opens: {}}}",
        "messages: {{go: {}}}",
        "snippets: {{a: {{text: {}}}}}",
        "metrics: [{{value: {}}}]",
        "env-vars: {{{}: {{}}}}",
        "phases: [{{items: [{{fields: {{a: {}}}}}]}}]",
    ],
)
def test_one_long_value_is_read_or_refused(document: str, piece: str) -> None:
    long = f"'{piece * ((LARGEST - 100) // len(piece.encode()))}'"
    survives(f"launchpad: 1\n{document.format(long)}\n")


def test_a_file_full_of_patterns_is_read_or_refused() -> None:
    probes = "".join(
        f" {'1' * 9}{number}: {{env: {{name: A, from: conductor}}}}\n" for number in range(500)
    )
    patterns = ", ".join(f"'{'*1' * 90}x{number}'" for number in range(99))
    triggers = f"rollback: {{triggers: [{{probes: [{patterns}]}}]}}"
    survives(f"launchpad: 1\ntitle: T\nphases: []\nprobes:\n{probes}{triggers}\n")


def test_items_within_items_within_items_are_read_or_refused() -> None:
    deep = "[{items: " * 500 + "[]" + "}]" * 500
    survives(f"launchpad: 1\ntitle: T\nphases: [{{items: {deep}}}]\n")


def test_thousands_of_names_that_nobody_gave_are_told_soon() -> None:
    roles = "".join(f" role-number-{number}: x\n" for number in range(2500))
    used = ", ".join(f"role-nubmer-{number}" for number in range(99))
    sign_off = f"sign-off: {{roles: [{used}]}}"
    survives(f"launchpad: 1\ntitle: T\nphases: [{{id: a, title: A, {sign_off}}}]\nroles:\n{roles}")
