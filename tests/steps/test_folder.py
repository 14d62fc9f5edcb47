import string
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from launchpad.steps.folder import claim_folder, make_private
from launchpad.steps.order import StepRun

STATE = Path("/var/state")
NASTY = [
    "",
    ".",
    "..",
    "/",
    "../../etc/passwd",
    "a/b",
    "a%2Fb",
    "\0",
    "\n",
    "é",
    "é" * 500,
    "\ud800",
]
IDS = st.text(max_size=300) | st.sampled_from(NASTY)
STEP_RUNS = st.builds(StepRun, IDS, IDS, st.integers(1, 99), st.integers(1, 99))


@given(STEP_RUNS)
def test_a_run_keeps_its_claim_in_a_folder_of_plain_names(step_run: StepRun) -> None:
    folder = claim_folder(STATE, step_run)
    launch, step = folder.relative_to(STATE / "steps").parts
    for name in (launch, step):
        assert set(name) <= set(string.ascii_letters + string.digits + "-_%.")
        assert name not in ("", ".", "..")
        assert len(name) < 255


@given(STEP_RUNS, STEP_RUNS)
def test_no_two_runs_share_a_folder(one: StepRun, other: StepRun) -> None:
    assert (claim_folder(STATE, one) == claim_folder(STATE, other)) == (one == other)


def test_an_ordinary_run_is_found_by_its_name() -> None:
    step_run = StepRun("storefront-20261121-abcd", "dns-2", 1, 3)
    expected = STATE / "steps" / "storefront-20261121-abcd" / "1-dns-2-3"
    assert claim_folder(STATE, step_run) == expected


def test_every_folder_that_was_missing_is_private(tmp_path: Path) -> None:
    make_private(tmp_path / "a" / "b" / "c")
    make_private(tmp_path / "a" / "b" / "c")
    for folder in ("a", "a/b", "a/b/c"):
        assert (tmp_path / folder).stat().st_mode & 0o777 == 0o700
