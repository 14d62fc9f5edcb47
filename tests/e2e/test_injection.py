"""Text from outside that tries to have something run: it is data, wherever it comes in."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.export.formats import FORMATS
from launchpad.text.safe import safe
from tests.e2e.flight import WORD
from tests.e2e.payloads import COUNT, payloads
from tests.e2e.service import answering, ok
from tests.e2e.site import Site
from tests.e2e.test_hostile_text import assert_harmless

pytestmark = pytest.mark.thorough

WORDS = """\
#!/bin/sh
printf '%s\\0' "$@" > words
printf '%s\\n' "$@"
cat payloads
exit 3
"""
# A value is one line of visible characters.
REFUSED = "its value holds a character that cannot be seen"


@pytest.fixture
def canaries(tmp_path: Path) -> Path:
    """Give the folder where every text that is obeyed leaves a file."""
    folder = tmp_path / "canaries"
    folder.mkdir()
    return folder


@pytest.fixture
def texts(canaries: Path) -> list[str]:
    found = payloads(canaries)
    assert len(set(found)) == COUNT == 200
    return found


@pytest.fixture
def service(texts: list[str]) -> Iterator[str]:
    """Give the address of a service whose every answer holds all the texts."""
    body = "\n".join(texts).encode()
    with answering(lambda _path, _headers, _body: ok(body)) as address:
        yield f"{address}/"


def visible(text: str) -> bool:
    return safe(text) == text and not set("\n\t") & set(text)


def checklist(texts: list[str], service: str) -> str:
    """Return a checklist with a variable for each text, and its text in an item.

    In YAML a JSON string is one, and what nobody can see is an error.
    """
    variables = "".join(f"  p{number:03}: {{default: '-'}}\n" for number in range(COUNT))
    items = "".join(
        f"      - {{id: i{number:03}, text: {json.dumps(text, ensure_ascii=False)}}}\n"
        for number, text in enumerate(texts)
        if visible(text)
    )
    words = ", ".join(f"'${{p{number:03}}}'" for number in range(COUNT))
    return f"""\
launchpad: 1
title: Harbour cutover
code-word: {WORD}
vars:
{variables}\
phases:
  - id: edge
    title: Edge
    items:
{items}\
probes:
  body:
    http: {{url: '{service}'}}
    conditions: ['[BODY] == nope', '[BODY] == pat(*nope*)']
    interval: 1s
rollback:
  budget: 1m
  authority: any
  steps:
    - {{id: shell, title: By the shell, command: {{shell: 'env -0 > environment'}}}}
    - {{id: words, title: As words, command: {{exec: [./words.sh, {words}]}}}}
"""


@pytest.fixture
def document(site: Site, texts: list[str], service: str) -> Path:
    script = site.folder / "words.sh"
    script.write_text(WORDS, encoding="utf-8")
    script.chmod(0o700)
    (site.folder / "payloads").write_bytes("\n".join(texts).encode())
    return site.document(checklist(texts, service), "plan.yaml")


def given(texts: list[str], *, seen: bool) -> dict[str, str]:
    """Return the texts that can be seen, or those that cannot, under their variables' names."""
    return {f"p{n:03}": text for n, text in enumerate(texts) if visible(text) is seen}


def options(values: dict[str, str]) -> list[str]:
    return [f"--var={name}={value}" for name, value in values.items()]


def test_the_texts_do_harm_where_somebody_obeys_them(texts: list[str], canaries: Path) -> None:
    for text in texts:
        subprocess.run(["sh", "-c", f"true {text}"], check=False, capture_output=True, cwd=canaries)
    assert len(list(canaries.iterdir())) >= 30


def test_a_value_that_cannot_be_seen_is_refused_in_one_line_and_nothing_is_opened(
    site: Site, document: Path, texts: list[str], canaries: Path
) -> None:
    hidden = given(texts, seen=False)
    assert len(hidden) >= 30
    done = site.launchpad(
        *("run", str(document), "--trust", "--no-console", "--initials", "AB", *options(hidden))
    )
    said = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert len(said) == len(hidden)
    assert all(REFUSED in line and visible(line) for line in said), said
    assert json.loads(site.launchpad("list", "--format", "json").stdout)["launches"] == []
    assert not list(canaries.iterdir())


def test_of_two_hundred_texts_in_values_items_bodies_and_outputs_none_is_obeyed(
    site: Site, document: Path, texts: list[str], canaries: Path
) -> None:
    values = given(texts, seen=True)
    opened = site.launchpad(
        *("run", str(document), "--trust", "--no-console", "--initials", "AB", *options(values))
    )
    assert opened.returncode == 0, opened.stderr.decode()
    launch = opened.stdout.decode().strip()
    console = site.attach(launch, columns=120, rows=40)
    console.sees("FAILED")
    started = site.launchpad(
        *("rollback", "start", "--reason", "smoke test failed", "--confirm", WORD),
        *("--launch", launch, "--initials", "AB"),
    )
    assert started.returncode == 0, started.stderr.decode()
    console.sees("exit 3")

    # Each value came in as it is, as one word and as one variable.
    expected = [values.get(f"p{number:03}", "-") for number in range(COUNT)]
    assert of_zeros(site.folder / "words") == expected
    environment = of_zeros(site.folder / "environment")
    for name, value in values.items():
        assert f"LAUNCHPAD_VAR_{name.upper()}={value}" in environment

    # Nothing that shows, tells or writes them obeys one either.
    console.press("o")
    console.sees("%00; touch")
    console.press("end")
    console.settle()
    console.press("escape", "escape")
    console.settle()
    for key in ("end", "home"):
        console.press(key)
        console.settle()
    assert_harmless(console)
    for words in (
        ["status", "--launch", launch],
        ["status", "--launch", launch, "--format", "json"],
        ["check", str(document)],
        *(
            ["export", "--launch", launch, "--format", name, "-o", f"export.{name}"]
            for name in FORMATS
        ),
    ):
        done = site.launchpad(*words)
        assert done.returncode == 0, done.stderr.decode()
        assert safe(done.stdout.decode()) == done.stdout.decode()
        assert safe(done.stderr.decode()) == done.stderr.decode()
    assert not list(canaries.iterdir())


def of_zeros(path: Path) -> list[str]:
    """Return what stands between the zero bytes of a file."""
    return path.read_bytes().decode().split("\0")[:-1]
