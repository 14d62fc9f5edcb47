"""What launches ask of probes, in a launch with a conductor: good at T-0, and then it breaks."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from launchpad.checklist.load import Document, load
from launchpad.launch.intents import SetT0
from launchpad.session.clock import now
from launchpad.session.live import LiveLaunch
from tests.conductor.conftest import Conducted
from tests.probes.launch.breaks import breaks_everything
from tests.probes.launch.shop import CHECKLIST, VALUE, Shop

pytestmark = pytest.mark.thorough

# Seconds must not last as long here as in a launch.
QUICK_MS, QUICKEST_MS = 1000, 100


@pytest.fixture
def launch(open_shop: Shop, tmp_path: Path) -> Iterator[Conducted]:
    text = CHECKLIST.read_text()
    for name, value in open_shop.variables.items():
        assert f"\n  {name}: {{required: true" in text
        text = text.replace(f"\n  {name}: {{required: true", f"\n  {name}: {{default: '{value}'")
    launch = Conducted(tmp_path, text, _quick)
    yield launch
    launch.close()


def _quick(path: Path) -> Document:
    loaded = load(path)
    compared = loaded.checklist.baseline.probes if loaded.checklist.baseline else ()
    probes = (
        replace(probe, interval_ms=QUICKEST_MS if probe.id in compared else QUICK_MS)
        for probe in loaded.checklist.probes
    )
    return replace(loaded, checklist=replace(loaded.checklist, probes=tuple(probes)))


def states(launch: Conducted) -> dict[str, str]:
    probes = LiveLaunch(launch.log, launch.launch).state.probes
    return {id_: standing.state for id_, standing in probes.items()}


def puts_in_place(script: Path, text: str) -> None:
    """Change a script that may be running: a file that is written to cannot be started."""
    new = script.with_suffix(".new")
    new.write_text(text)
    new.chmod(script.stat().st_mode)
    new.rename(script)


def test_a_launch_sees_it_all_good_then_slower_than_its_baseline_then_unseen_then_broken(
    launch: Conducted, open_shop: Shop
) -> None:
    wanted = {probe.id for probe in load(launch.path).checklist.probes}
    open_shop.delay_s = 0.05
    launch.trust()
    launch.conducting()
    good = dict.fromkeys(wanted, "success")
    launch.until(lambda: states(launch) == good, "not all is good")
    launch.until(lambda: len(launch.log.samples(launch.launch, "health", 10)) == 10, "few samples")
    launch.does(lambda seen: SetT0(now().at, "UTC", 0, None, seen))
    launch.until(lambda: bool(launch.events("baseline.captured")), "no baseline")
    before = LiveLaunch(launch.log, launch.launch).state.triggers.baseline["health"]
    # However busy this machine was: half as long again, and some more.
    open_shop.delay_s = 1.8 * before.p95_us / 1e6
    launch.until(lambda: bool(launch.events("rollback.proposed")), "nobody says that it is slower")
    (tripped,) = launch.events("trigger.tripped")
    assert re.search(r"^\[RESPONSE_TIME\] \(.*\) <= \+50%", str(tripped.body["shown"]))
    # What was good stays on show for nobody who may not look any more.
    script = launch.folder / "migrate.sh"
    trusted = script.read_text()
    puts_in_place(script, f"{trusted}# changed\n")
    launch.until(lambda: states(launch)["migrations"] == "skipped", "it looks good unseen")
    puts_in_place(script, trusted)
    launch.until(lambda: states(launch)["migrations"] == "success", "it is not seen again")
    breaks_everything(open_shop)
    launch.until(lambda: "success" not in states(launch).values(), "not all is broken")
    assert set(states(launch)) == wanted
    # Whatever was kept of it: the value of a variable was not.
    assert VALUE.encode() not in (launch.folder / "log.db").read_bytes()
