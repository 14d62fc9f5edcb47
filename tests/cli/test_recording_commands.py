"""tick, result, note, undo, sign, revoke, close: what they record, and what they refuse."""

import pytest

from tests.cli.conftest import Shell


def standing(shell: Shell) -> dict[str, tuple[int, int, int, bool | None]]:
    phases = shell("status", "--format", "json").json["phases"]
    return {p["id"]: (p["items"], p["done"], p["failed"], p["signed"]) for p in phases}


def test_a_tick_is_recorded_and_told_on_one_line(opened: Shell) -> None:
    done = opened("tick", "migrations")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("   2  ")
    assert done.out.endswith("Z  AB    ticked migrations\n")
    assert standing(opened)["database"] == (3, 1, 0, False)


def test_an_item_can_be_named_by_its_line(opened: Shell) -> None:
    assert "ticked pooler" in opened("tick", "L6").out


def test_every_recording_command_answers_with_the_event_it_recorded(opened: Shell) -> None:
    commands = {
        "item.resulted": ["tick", "migrations"],
        "item.noted": ["note", "all quiet", "--item", "pooler"],
        "item.undone": ["undo", "--yes"],
        "signoff.recorded": ["sign", "cutover-complete", "--initials", "AB"],
        "signoff.revoked": ["revoke", "cutover-complete", "--reason", "too early"],
        "launch.closed": ["close", "--outcome", "launched", "--confirm", "storefront"],
    }
    opened("tick", "dns")
    for number, (kind, words) in enumerate(commands.items(), 3):
        done = opened(*words, "--format", "json")
        assert done.status == 0, done.err
        (event,) = done.json["events"]
        assert (event["kind"], event["seq"], event["actor"]["initials"]) == (kind, number, "AB")
        assert set(event) == {
            *("launch", "seq", "uid", "kind", "at", "mono_ns", "boot_id", "host"),
            *("actor", "body", "prev_hash", "key", "signature", "hash"),
        }


def test_an_item_that_is_ticked_is_not_ticked_again(opened: Shell) -> None:
    opened("tick", "dns")
    done = opened("tick", "dns")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("launchpad: dns is already passed, by AB at ")


def test_an_outcome_carries_its_reason(opened: Shell) -> None:
    opened("result", "pooler", "failed", "--reason", "6 of 7")
    status = opened("status").out
    assert standing(opened)["database"] == (3, 0, 1, False)
    assert "FAILED  AB" in status
    assert "6 of 7" in status


def test_not_applicable_needs_a_reason(opened: Shell) -> None:
    done = opened("result", "pooler", "not-applicable")
    assert (done.status, done.err) == (1, "launchpad: not applicable needs a reason\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tick", "migration"], "no item 'migration'; nearest: migrations (L5)"),
        (["tick", "L8"], "no item 'L8'; nearest: migrations (L5), pooler (L6), bucket (L7)"),
        (["tick", "zzzz"], "no item 'zzzz'\n"),
        (["note", "x", "--item", "dn"], "no item 'dn'; nearest: dns (L13)"),
        (["sign", "complete"], "no sign-off 'complete'; nearest: cutover-complete (L15)"),
        (["revoke", "L14", "--reason", "x"], "cutover-complete (L15)"),
        (["result", "dns", "great"], "great"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is_near(
    opened: Shell, words: list[str], said: str
) -> None:
    done = opened(*words)
    assert (done.status, done.out) == (2, "")
    assert said in done.err


def test_a_note_is_read_from_standard_input(opened: Shell) -> None:
    done = opened("note", "-", "--item", "dns", stdin="två rader\nthree\n".encode())
    assert done.out.endswith("noted on dns: två rader three\n")


@pytest.mark.parametrize(
    ("stdin", "status", "said"),
    [
        (b"", 1, "the note is empty"),
        (b"\xff\xfe", 2, "not UTF-8, at byte 0"),
        (b"x" * 50_000, 2, "too long"),
        (b"x" * 10_001, 1, "10001 characters"),
    ],
)
def test_standard_input_that_is_no_note_is_refused(
    opened: Shell, stdin: bytes, status: int, said: str
) -> None:
    done = opened("note", "-", stdin=stdin)
    assert done.status == status
    assert said in done.err


def test_undo_shows_in_full_what_it_takes_back_and_needs_yes_without_a_terminal(
    opened: Shell,
) -> None:
    opened("note", "the pooler answers\nslowly")
    done = opened("undo")
    assert (done.status, done.out) == (2, "")
    assert "event 2, your note of " in done.err
    assert "  the pooler answers\nslowly\n" in done.err
    assert "--yes" in done.err
    assert opened("undo", "--yes").out.endswith("took back event 2\n")


def test_nobody_undoes_what_another_recorded(opened: Shell) -> None:
    opened("tick", "dns")
    done = opened("undo", "--yes", "--initials", "CD")
    assert (done.status, done.err) == (1, "launchpad: CD has no record to take back\n")


def test_a_sign_off_waits_for_its_items(opened: Shell) -> None:
    done = opened("sign", "database")
    assert done.status == 1
    assert done.err == "launchpad: database waits for migrations, pooler, bucket\n"


def test_a_sign_off_says_what_it_means_and_for_whom(opened: Shell) -> None:
    opened("tick", "dns")
    done = opened("sign", "L15", "--meaning", "approved", "--on-behalf-of", "Carol D")
    assert done.out.endswith("signed cutover-complete on behalf of Carol D (approved)\n")
    assert standing(opened)["cutover"] == (1, 1, 0, True)
    opened("revoke", "cutover-complete", "--reason", "too early")
    assert standing(opened)["cutover"] == (1, 1, 0, False)


def test_a_sign_off_means_what_the_checklist_says_unless_somebody_says_otherwise(
    acting: Shell,
) -> None:
    acting("tick", "migrations")
    for words, meaning in (([], "approved"), (["--meaning", "seen"], "seen")):
        done = acting("sign", "database-dba", *words)
        assert done.out.endswith(f"signed database-dba ({meaning})\n")
        acting("revoke", "database-dba", "--reason", "again")


def test_a_change_after_the_signature_is_shown(opened: Shell) -> None:
    opened("tick", "dns")
    opened("sign", "cutover-complete")
    opened("result", "dns", "failed", "--reason", "back again")
    assert "CHANGED SINCE" in opened("status").out


def test_closing_takes_the_code_word_and_is_the_end(opened: Shell) -> None:
    assert opened("close", "--outcome", "launched").status == 2
    wrong = opened("close", "--outcome", "launched", "--confirm", "yes")
    assert (wrong.status, "storefront" in wrong.err) == (1, True)
    assert opened("close", "--outcome", "scrubbed", "--confirm", "Storefront").status == 0
    assert opened("status", "--format", "json").json["state"] == "scrubbed"
    after = opened("tick", "dns")
    assert (after.status, "no launch is open" in after.err) == (2, True)
