"""A console that is ended without warning: what it had shown as recorded is in the log."""

import os
import random
import re

import pytest

from launchpad.log.verify import verify_log
from tests.e2e.site import Site, steps

pytestmark = pytest.mark.thorough

KILLS = int(os.environ.get("LAUNCHPAD_SOAK", "4"))
STEPS = 12
TICKED = re.compile(r"\[x\].*(Step \d{3})")


def test_what_a_killed_console_had_shown_as_recorded_is_in_the_log(site: Site) -> None:
    document = site.document(steps(STEPS))
    shown_in_all = 0
    for number in range(KILLS):
        moment = random.Random(number)
        launch = site.opened(document)
        console = site.attach(launch)
        console.type(" j" * STEPS)
        wanted = moment.randrange(STEPS)
        console.until(lambda: len(ticked(console.lines)) >= wanted, "too few ticks")  # noqa: B023 - called before the loop moves on
        console.kill()
        shown = ticked(console.lines)
        recorded = {str(event.body["item"]) for event in site.events(launch, "item.resulted")}
        assert shown <= recorded, f"shown as recorded, but lost\n{console}"
        shown_in_all += len(shown)
    assert shown_in_all
    verdicts = verify_log(site.log)
    assert all(verdict.intact for verdict in verdicts), [*map(str, verdicts)]


def ticked(lines: list[str]) -> set[str]:
    """Return the ids of the items that a screen shows as ticked."""
    found = [TICKED.search(line) for line in lines]
    return {match[1].casefold().replace(" ", "-") for match in found if match}
