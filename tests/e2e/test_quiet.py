"""An idle console: little on the wire, little of the processor."""

import time

import pytest

from tests.e2e import processes
from tests.e2e.site import Site

pytestmark = pytest.mark.thorough

WATCHED_S = 4.0
BYTES_PER_S = 150
# The cursor of what is typed blinks twice a second; the whole screen each second would be 20,000.
UNDER_A_CARD_BYTES_PER_S = 5000


def test_an_idle_console_writes_little(sized_site: Site) -> None:
    site = sized_site
    console = site.attach(site.opened(site.document()))
    console.settle()
    written, used, since = len(console.output), processes.cpu_s(console.pid), time.monotonic()
    console.until(lambda: time.monotonic() - since >= WATCHED_S, "", within=WATCHED_S + 1)
    bytes_per_s = (len(console.output) - written) / WATCHED_S
    share = (processes.cpu_s(console.pid) - used) / WATCHED_S
    print(f"idle: {bytes_per_s:.0f} B/s, {share:.1%} of one processor")  # noqa: T201 - figures for who runs it with -s
    assert bytes_per_s < BYTES_PER_S
    assert written, "nothing was ever drawn"


def test_an_idle_console_writes_little_under_an_open_card(site: Site) -> None:
    """The cursor blinks, the clock ticks behind it, and nothing else goes over the wire."""
    console = site.attach(site.opened(site.document()))
    console.press("e")
    console.sees("esc leaves")
    before, since = len(console.output), time.monotonic()
    console.until(lambda: time.monotonic() - since >= WATCHED_S, "", within=WATCHED_S + 1)
    assert (len(console.output) - before) / WATCHED_S < UNDER_A_CARD_BYTES_PER_S
