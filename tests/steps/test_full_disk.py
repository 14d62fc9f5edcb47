"""A disk that takes nothing more: a result waits for it, for a while, and is lost then."""

import pytest

from tests.log.namespace import in_namespace

SCRIPT = """
import atexit, os, subprocess, sys, time
from pathlib import Path
from launchpad.log.boottime import boot_time
from launchpad.steps.folder import claim_folder
from launchpad.steps.order import Order, StepRun
from launchpad.steps.running import Ended, Lost, Running, Unclaimed, end, standing, start

place, patience_ms, before = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "before"
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", place], check=True)
step_run = StepRun("L", "dns", 1, 1)
folder = claim_folder(place, step_run)
go = place / "go"
os.mkfifo(go)
filler = place / "filler"
def fill():
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
def until(holds):
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline, stands()
def stands():
    return standing(folder, boot_time()[0])
env = {"PATH": os.environ["PATH"]}
text = f"cat {go}; exit 7"
order = Order(step_run, str(folder), ["sh", "-c", text], "/", env, patience_ms=patience_ms)
if before:
    folder.mkdir(parents=True, mode=0o700)
    fill()
atexit.register(end, folder)  # leaves nothing behind, however the script ends
start(order)
if before:
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    until(lambda: not children.read_text())
    assert stands() == Unclaimed(), stands()
    assert [path.name for path in folder.iterdir()] == []
    print("UNCLAIMED")
    sys.exit()
until(lambda: isinstance(stands(), Running))
until(lambda: (folder / "output").exists())
fill()
go.write_text("")
if patience_ms:
    # It is over, and its result nowhere.
    pid = stands().pid
    until(lambda: not Path(f"/proc/{pid}/task/{pid}/children").read_text())
    assert isinstance(stands(), Running), stands()
    filler.unlink()
    until(lambda: isinstance(stands(), Ended))
    print("ENDED", stands().result.exit_status)
else:
    until(lambda: isinstance(stands(), Lost))
    print("LOST", sorted(path.name for path in folder.iterdir()))
"""


@pytest.mark.parametrize(
    ("patience_ms", "filled", "said"),
    [
        (60_000, "after", "ENDED 7"),
        (0, "after", "LOST ['claim', 'output']"),
        (0, "before", "UNCLAIMED"),
    ],
)
def test_a_full_disk_makes_no_false_result(
    tmp_path: object, patience_ms: int, filled: str, said: str
) -> None:
    assert in_namespace(SCRIPT, tmp_path, patience_ms, filled).strip() == said
