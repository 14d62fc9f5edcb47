"""Whatever becomes of the connection to a console, the rollback keeps its time.

Over a real sshd, on terminals that the server gives. Beside the launch whose consoles are lost runs
an undisturbed one.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from launchpad.checklist.load import load
from launchpad.session.conductor import conductor_standing
from launchpad.session.participant import os_user
from launchpad.steps.trust import trust
from tests.e2e import processes
from tests.e2e.flight import CHECKLIST, STEP, WORD
from tests.e2e.site import Site
from tests.e2e.sshd import Sshd
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.thorough

# For how long the client of a connection stands still, in seconds.
FREEZE_S = float(os.environ.get("LAUNCHPAD_FREEZE_S", "3"))
STEPS = 4
STEP_S = max(0.6, FREEZE_S / STEPS)
# What the promise allows, in seconds.
DEVIATION_S = 1.0
ATTACH_S = 2.0
# What importing Textual takes where nothing else runs, on the machine that it was promised for.
IMPORT_S = 0.4
_LIMIT_S = 20 + STEPS * STEP_S


class Night:
    """A launch with a rollback of some commands, and consoles over connections."""

    def __init__(self, folder: Path, sshd: Sshd) -> None:
        folder.mkdir()
        self.site = Site(folder, columns=120, rows=40)
        self._sshd = sshd
        (folder / "step.sh").write_text(STEP, encoding="utf-8")
        (folder / "step.sh").chmod(0o700)
        steps = "".join(
            f"    - {{id: s{number}, title: Step {number}, expected: 1s,"
            f' command: {{exec: [./step.sh, s{number}, "{STEP_S}"]}}}}\n'
            for number in range(STEPS)
        )
        # So that the rollback is under way for as long as somebody looks at it.
        steps += "    - {id: tell, title: Tell everybody, manual: true}\n"
        path = self.site.document(CHECKLIST + steps, "plan.yaml")
        self.launch = self.site.opened(path)
        document = load(path)
        state = Path(self.site.environment["XDG_STATE_HOME"]) / "launchpad"
        trust(state, document.source, document.checklist, folder.resolve(), os_user())

    def attach(self, initials: str, inside: Sequence[str] = ()) -> Terminal:
        """Open a console over a connection; inside: what runs it there."""
        return self.site.attach(self.launch, initials, through=self._over(inside))

    def shows_all(self, initials: str) -> float:
        """Open a console over a connection; return the seconds until it shows every step."""
        began = time.monotonic()
        arguments = ("attach", "--launch", self.launch, "--initials", initials)
        console = self.site.terminal(*arguments, through=self._over(()))
        console.sees("Who are you?", within=_LIMIT_S)
        console.press("enter")
        sees_all(console)
        return time.monotonic() - began

    def _over(self, inside: Sequence[str]) -> Callable[[Sequence[str]], Sequence[str]]:
        settings = [f"{name}={value}" for name, value in self.site.environment.items()]
        return lambda command: self._sshd.command(["env", *settings, *inside, *command])

    def console(self, initials: str) -> int:
        """Return the process id of a console at the other end of its connection."""
        wanted = f" --initials {initials}"
        found = processes.naming(self.site.folder)
        (pid,) = [pid for pid, line in found if line.startswith(sys.executable) and wanted in line]
        return pid

    def rolls_back(self) -> None:
        done = self.site.launchpad(
            *("rollback", "start", "--reason", "smoke test failed", "--confirm", WORD),
            *("--launch", self.launch, "--initials", "ZZ"),
        )
        assert done.returncode == 0, done.stderr.decode()

    def until(self, condition: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + _LIMIT_S
        while not condition():
            assert time.monotonic() < deadline, otherwise
            time.sleep(0.02)

    def until_begun(self, step: int) -> None:
        self.until(lambda: len(self.starts()) > step, f"step {step} does not begin")

    def until_conducted(self) -> None:
        with self.site.opened_log() as log:
            self.until(lambda: conductor_standing(log, self.launch).alive, "nobody conducts")

    def starts(self) -> list[float]:
        """Return when each step was started, in seconds since the rollback was."""
        moments = [
            int(event.mono_ns)
            for event in self.site.events(self.launch, "rollback.started", "step.started")
        ]
        return [(moment - moments[0]) / 1e9 for moment in moments[1:]]


def sees_all(console: Terminal) -> None:
    """Wait until a console shows the rollback: every command's end, and what is waited for."""
    console.sees("ROLLBACK", "Harbour cutover", within=_LIMIT_S)
    for number in range(STEPS):
        console.sees(f"Step {number}", "took", within=_LIMIT_S)
    console.sees(f"step {STEPS + 1} is done by hand", within=_LIMIT_S)


def busyness() -> float:
    """Return how many times as long as on a machine at rest a program takes now, at least 1."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import textual.app"], check=True)
    return max((time.monotonic() - began) / IMPORT_S, 1.0)


def attached_in_time(attached_s: float, busy: float) -> bool:
    return attached_s <= ATTACH_S * busy


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")
def test_the_steps_of_a_rollback_start_on_time_whatever_becomes_of_its_consoles(
    tmp_path: Path, sshd: Sshd
) -> None:
    """The conductor is one that a console started whose connection is then cut."""
    undisturbed, night = Night(tmp_path / "undisturbed", sshd), Night(tmp_path / "night", sshd)
    socket = str(night.site.folder / "tmux")
    in_tmux = ("tmux", "-f", os.devnull, "-S", socket, "new-session", "--")
    try:
        with ThreadPoolExecutor() as crew:
            began = [crew.submit(undisturbed.attach, "UU"), crew.submit(night.attach, "CC")]
            cut = began[1].result()
            for each in (undisturbed, night):
                each.until_conducted()
            frozen, *_others = crew.map(night.attach, ("FF", "KK", "TT"), ((), (), in_tmux))
        for each in (undisturbed, night):
            each.rolls_back()

        night.until_begun(0)
        frozen.stop()
        stopped_at = time.monotonic()
        night.until_begun(1)
        os.kill(night.console("KK"), signal.SIGKILL)
        night.until_begun(2)
        cut.kill()
        night.until_begun(3)
        multiplexer = subprocess.check_output(["tmux", "-S", socket, "display", "-p", "#{pid}"])
        os.kill(int(multiplexer), signal.SIGKILL)
        night.until(lambda: time.monotonic() >= stopped_at + FREEZE_S, "time stands still")
        frozen.resume()

        for each in (undisturbed, night):
            each.until_begun(STEPS)
        pairs = list(zip(night.starts(), undisturbed.starts(), strict=True))
        deviations = [abs(one - other) for one, other in pairs]
        sees_all(frozen)
        assert max(deviations) <= DEVIATION_S, pairs
        tries = [(night.shows_all("RA"), busyness())]
        # What else runs on the machine may begin or end in between.
        for initials in ("RB", "RC"):
            if attached_in_time(*tries[-1]):
                break
            tries.append((night.shows_all(initials), busyness()))
        print(f"frozen {FREEZE_S} s: at most {max(deviations)} s off; attached in {tries[-1][0]} s")  # noqa: T201 - figures for who runs it with -s
        assert attached_in_time(*tries[-1]), tries
    finally:
        for each in (undisturbed, night):
            each.site.close()
