"""A launch of a YAML checklist, from the command line to the exported document."""

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.load import read
from tests.cli.conftest import Shell

TEXT = """\
launchpad: 1
title: Shop *launch*
code-word: shop
roles: {dba: Database Admin}
phases:
  - id: first
    title: '# Database'
    items:
      - {id: migrations, text: 'All applied: 6 | 6'}
      - {id: pooler, text: It answers}
      - {id: later, text: '- [ ] <b>not</b> an item'}
    sign-off: {roles: [dba]}
  - id: second
    title: Cutover
    items: [{id: dns, text: It points over}]
    sign-off: {meaning: certified}
rollback:
  steps: [{id: back, title: Point back, manual: true}]
"""
MARKER = "<!-- launchpad: launch log -->"


@pytest.fixture
def shop(launchpad: Shell) -> Shell:
    """Open a launch of a YAML checklist."""
    launchpad.checklist = launchpad.folder / "launch.yaml"
    launchpad.checklist.write_text(TEXT)
    launchpad.opens()
    return launchpad


def test_a_bad_checklist_is_told_whole_and_nothing_is_opened(launchpad: Shell) -> None:
    (launchpad.folder / "bad.yaml").write_text("launchpad: 1\ntitel: x\n")
    done = launchpad("run", "bad.yaml", "--no-console")
    assert (done.status, done.out) == (2, "")
    assert done.err.splitlines() == [
        "launchpad: bad.yaml: 3 problems",
        "bad.yaml:1:1: the key `phases` is missing",
        "bad.yaml:1:1: the key `title` is missing",
        "bad.yaml:2:1: there is no key `titel`; did you mean `title`?",
    ]
    assert not launchpad.log.exists()


def test_its_status(shop: Shell) -> None:
    status = shop("status", "--format", "json").json
    assert (status["title"], status["code_word"]) == ("Shop *launch*", "shop")
    assert [(phase["id"], phase["items"]) for phase in status["phases"]] == [
        ("first", 3),
        ("second", 1),
    ]
    assert "first-dba waits for 3" in shop("status").out


def test_items_are_ticked_by_id_and_by_line_and_then_signed(shop: Shell) -> None:
    assert shop("sign", "first-dba").status == 1
    for item in ("migrations", "L10", "later"):
        assert shop("tick", item).status == 0
    assert shop("sign", "first-dba").status == 0
    assert [phase["signed"] for phase in shop("status", "--format", "json").json["phases"]] == [
        True,
        False,
    ]


def exported(shop: Shell) -> str:
    done = shop("export")
    assert done.status == 0
    return done.out


def test_its_export_is_a_markdown_document(shop: Shell) -> None:
    shop("tick", "migrations")
    shop("result", "pooler", "failed", "--reason", "no | answer")
    shop("tick", "dns")
    shop("sign", "second", "--meaning", "certified")
    document, _, appendix = exported(shop).partition(MARKER)
    lines = document.splitlines()
    for line in (
        "# Shop \\*launch\\*",
        "## Cutover",
        "- [x] **migrations**: All applied: 6 &#124; 6",
        "- [ ] **pooler**: It answers",
        "- [ ] **later**: - \\[ \\] \\<b\\>not\\</b\\> an item",
        "Sign-off, # Database: Database Admin (verified): not signed",
        "1. **back**: Point back",
    ):
        assert line in lines
    assert any(
        line.startswith("  - failed, AB, 20") and line.endswith("Z: no &#124; answer")
        for line in lines
    )
    assert any(
        line.startswith("Sign-off, Cutover (certified): **Initials**: AB **Date**: 20")
        for line in lines
    )
    assert "| Document | launch.yaml, SHA-256 " in appendix


def test_its_export_reads_again_as_the_same_items(shop: Shell) -> None:
    shop("tick", "migrations")
    shop("result", "pooler", "passed", "--reason", "- [ ] at last")
    again = read(source_from_bytes("export.md", exported(shop).encode()))
    assert [(item.id, item.checked) for item in again.items()] == [
        ("migrations", True),
        ("pooler", True),
        ("later", False),
        ("dns", False),
    ]
    assert [warning.message for warning in again.warnings] == [
        "an earlier export's launch log is left out from here"
    ]
    assert again.title == "Shop *launch*"


def test_a_text_that_was_decoded_wrongly_is_exported_as_it_was_meant(shop: Shell) -> None:
    meant = TEXT.replace("It answers", "It answers \u2014 twice")
    shop.checklist.write_text(meant.encode().decode("cp1252"))
    launch = shop.opens("--another")
    assert "It answers \u2014 twice" in shop("export", "--launch", launch).out


def test_it_verifies(shop: Shell) -> None:
    shop("tick", "migrations")
    assert shop("verify").status == 0
