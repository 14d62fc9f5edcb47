"""status, list, check, export, verify: what they show, and that JSON is whole and harmless."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from launchpad.export.formats import FORMATS
from tests.cli.conftest import Shell

HOSTILE = "\x1b]52;c;eA==\x07\x7f [/foo] [@click=app.bell] \u202e $(id) `id` {{x}} |"


def shape(value: Any) -> Any:
    """Return the keys of a JSON document at every depth; of a list, those of its first entry."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return None


def leaves(*names: str) -> dict[str, None]:
    return dict.fromkeys(names)


STATUS: dict[str, Any] = {
    **leaves("launch", "title", "kind", "state", "code_word", "t0", "poll", "rollback"),
    "clock": leaves("t_s", "l_s", "held", "reason"),
    "phases": [leaves("id", "title", "items", "done", "failed", "signed")],
    "probes": [],
    "steps": [],
    "solvency": {**leaves("ready", "needs_s", "latest_decision"), "missing": []},
    "conductor": leaves("alive", "host", "user", "heartbeat_age_s"),
    "seats": [],
    "head": leaves("seq", "hash"),
}
ITEM: dict[str, Any] = {
    **leaves("id", "text", "checked", "line", "depth", "kind", "priority", "owner", "status"),
    **leaves("optional", "expected_s", "probe"),
    "fields": {},
    "commands": [],
}
CHECK = {
    **leaves("title", "format", "sha256", "encoding_repaired", "code_word", "rollback"),
    "counts": {
        **leaves("phases", "sections", "items", "checked", "other_boxes", "signoffs", "steps"),
        **leaves("probes", "commands", "roles", "contacts", "metrics", "criteria", "env_vars"),
    },
    "phases": [
        {
            **leaves("id", "title", "at_s", "line", "priority", "declared_state"),
            "items": [ITEM],
        }
    ],
    "signoffs": [{**leaves("id", "label", "role", "line"), "fields": [None]}],
    **{key: [] for key in ("sections", "commands", "env_vars", "roles", "contacts")},
    **{key: [] for key in ("metrics", "criteria", "warnings")},
}
ENTRY = {
    **leaves("launch", "title", "kind", "state", "opened_at", "opened_by", "events"),
    **leaves("path", "sha256"),
}


def test_status_has_every_key_that_is_relied_upon(opened: Shell) -> None:
    status = opened("status", "--format", "json").json
    assert shape(status) == STATUS
    assert (status["kind"], status["state"], status["code_word"]) == ("live", "open", "storefront")
    assert (status["clock"]["held"], status["solvency"]["ready"]) == (False, False)
    assert [phase["signed"] for phase in status["phases"]] == [False, False]
    assert status["head"]["seq"] == 1


def test_a_phase_without_a_sign_off_is_neither_signed_nor_not(launchpad: Shell) -> None:
    launchpad.checklist.write_text("# T\n\n## A\n\n- [ ] one\n")
    launchpad.opens()
    (phase,) = launchpad("status", "--format", "json").json["phases"]
    assert phase["signed"] is None


def test_check_has_every_key_that_is_relied_upon(launchpad: Shell) -> None:
    assert shape(launchpad("check", launchpad.checklist, "--format", "json").json) == CHECK


def test_check_shows_what_was_understood_with_its_lines(launchpad: Shell) -> None:
    done = launchpad("check", launchpad.checklist)
    assert done.status == 0
    assert "launch.md: 4 items, 1 ticked, 2 phases, 2 sign-offs" in done.out
    assert "L7        [x] bucket   Bucket: is private\n" in done.out
    assert "L9        ___ database   sign-off: Database (initials, date), 3 items\n" in done.out


def test_check_ends_well_with_warnings(launchpad: Shell) -> None:
    launchpad.checklist.write_text("# Nothing to do\n\n## Here\n")
    done = launchpad("check", launchpad.checklist)
    assert done.status == 0
    assert "warning: " in done.out


def test_list_shows_every_launch(opened: Shell) -> None:
    rehearsal = opened.opens("--another", "--rehearse")
    listed = opened("list", "--format", "json").json["launches"]
    assert [entry["kind"] for entry in listed] == ["live", "rehearsal"]
    assert shape(listed) == [ENTRY]
    assert rehearsal in opened("list").out


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_every_format_is_exported_to_stdout_and_into_a_file(opened: Shell, format_: str) -> None:
    printed = opened("export", "--format", format_)
    assert printed.status == 0
    done = opened("export", "--format", format_, "-o", "out.file")
    assert (done.status, done.data) == (0, b"")
    assert (opened.folder / "out.file").read_bytes() == printed.data


def test_an_export_is_put_in_place_whole_or_not_at_all(
    opened: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = opened.folder / "out.md"
    before.write_text("before")
    before.chmod(0o640)

    def fails(*_: object) -> object:
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(FORMATS, "md", fails)
    done = opened("export", "-o", "out.md")
    assert (done.status, done.err) == (2, "launchpad: No space left on device\n")
    assert before.read_text() == "before"
    monkeypatch.undo()
    monkeypatch.chdir(opened.folder)
    assert opened("--log", opened.log, "export", "-o", "out.md").status == 0
    assert before.stat().st_mode & 0o777 == 0o640
    assert {path.name for path in opened.folder.iterdir() if "out" in path.name} == {"out.md"}


def test_a_device_stays_a_device(opened: Shell) -> None:
    pipe = opened.folder / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert opened("export", "-o", pipe).status == 0
        assert os.read(reader, 100).startswith(b"# Storefront cutover\n")
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_an_export_into_a_folder_that_is_not_there_says_so(opened: Shell) -> None:
    done = opened("export", "-o", "no/such/out.md")
    assert (done.status, "No such file" in done.err) == (2, True)


def test_verify_says_intact_of_a_log_and_of_its_export(opened: Shell) -> None:
    opened("export", "--format", "jsonl", "-o", "out.jsonl")
    for words in (["verify"], ["verify", opened.log], ["verify", "out.jsonl"]):
        done = opened(*words)
        assert done.status == 0
        assert done.out.endswith("1 entries, intact, end not anchored\n")


def test_verify_says_no_to_an_altered_export(opened: Shell) -> None:
    opened("tick", "dns")
    data = opened("export", "--format", "jsonl").data
    Path("out.jsonl").write_bytes(data.replace(b'"passed"', b'"failed"'))
    done = opened("verify", "out.jsonl", "--format", "json")
    assert done.status == 1
    assert done.json["intact"] is False
    (verdict,) = done.json["verdicts"]
    assert verdict["first_bad"] == 2
    assert set(verdict) == {
        *("launch", "events", "head", "intact", "first_bad", "reason", "anchored", "samples")
    }


@pytest.mark.parametrize(("path", "status"), [("missing.jsonl", 3), (".", 3), ("launch.md", 1)])
def test_verify_of_what_is_no_log_never_says_intact(opened: Shell, path: str, status: int) -> None:
    done = opened("verify", path)
    assert done.status == status
    assert "intact," not in done.out


def test_outside_text_is_shown_as_itself_and_obeyed_by_nobody(launchpad: Shell) -> None:
    launchpad.checklist.write_text(f"# T {HOSTILE}\n\n## P {HOSTILE}\n\n- [ ] it {HOSTILE}\n")
    launchpad.opens()
    item = launchpad("check", launchpad.checklist, "--format", "json").json["phases"][0]["items"][0]
    recorded = launchpad("result", item["id"], "failed", "--reason", HOSTILE)
    commands: list[list[object]] = [
        ["status"],
        ["list"],
        ["check", launchpad.checklist],
        ["export"],
        ["verify"],
    ]
    commands += [[*words, "--format", "json"] for words in commands if words[0] != "export"]
    for shown in [recorded, *(launchpad(*words) for words in commands)]:
        assert shown.status == 0
        appended = shown.data.partition(b"<!-- launchpad")[2] or shown.data
        assert not {0x1B, 0x07, 0x7F}.intersection(appended)
        assert "\u202e" not in appended.decode()
    assert "[/foo]" in recorded.out


def test_json_is_ascii_and_nothing_else(launchpad: Shell) -> None:
    launchpad.checklist.write_text("# Größe \u2028 ✓\n\n- [ ] één\n")
    launchpad.opens()
    for words in (["status"], ["list"], ["check", launchpad.checklist]):
        data = launchpad(*words, "--format", "json").data
        assert data.isascii()
        json.loads(data)
