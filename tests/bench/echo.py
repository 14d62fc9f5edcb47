"""How soon a console shows a typed key: `python -m tests.bench.echo [PROBES] [KEYS]`.

In a launch of which 1,000 HTTP probes (or as many as are said) run every 5 s, beside the same
launch where nothing runs; both on a terminal of 120 by 40, over fresh connections to a server on
loopback. The key is typed into the filter, and seen when the screen shows it.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.serving import serving
from tests.e2e.site import Site
from tests.e2e.terminal import Terminal

PROBES, KEYS = 1000, 60
LETTERS = "abcdefghij"


def main(probes: int, keys: int) -> int:
    """Print the figures; return the exit status."""
    with serving() as url:
        idle = echoes(document(0, url), 0, keys)
        busy = echoes(document(probes, url), probes, keys)
    tell("idle", idle)
    tell(f"{probes:,} probes at 5 s", busy)
    sys.stdout.write(f"ratio of the medians {median(busy) / median(idle):.2f}\n")
    return 0


def document(probes: int, url: str) -> str:
    """Return a checklist with so many probes of one address."""
    lines = ["launchpad: 1", "title: Harbour cutover", "phases:", "  - id: edge", "    title: Edge"]
    lines += ["    items:", "      - {id: dns, text: DNS points here}"]
    lines += ["probes:"] if probes else []
    lines += [
        f"  p{number}: {{http: {{url: '{url}'}}, conditions: ['[STATUS] == 200'], interval: 5s}}"
        for number in range(probes)
    ]
    return "\n".join(lines) + "\n"


def echoes(text: str, probes: int, keys: int) -> list[float]:
    """Return how long each key took, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), columns=120, rows=40)
        launch = site.opened(site.document(text, "plan.yaml"))
        try:
            console = site.attach(launch)
            if probes:
                console.until(
                    lambda: len(site.events(launch, "probe.changed")) == probes,
                    "not every probe was made",
                    within=120,
                )
            console.type("/")
            console.sees("find")
            return [typed(console, number) for number in range(keys)]
        finally:
            site.close()


def typed(console: Terminal, number: int) -> float:
    """Type a letter and return how long it was until it stood on the screen."""
    shown = "".join(LETTERS[each % len(LETTERS)] for each in range(number % len(LETTERS) + 1))
    began = time.perf_counter()
    console.type(shown[-1])
    console.sees(shown)
    took = (time.perf_counter() - began) * 1000
    if len(shown) == len(LETTERS):
        console.type("\x15")  # the whole line is taken back
        console.sees_not(shown)
    return took


def median(figures: list[float]) -> float:
    return statistics.median(figures)


def tell(name: str, figures: list[float]) -> None:
    worst = sorted(figures)[int(len(figures) * 0.95)]
    sys.stdout.write(f"{name:24} median {median(figures):6.1f} ms   p95 {worst:6.1f} ms\n")


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(words + [PROBES, KEYS][len(words) :])))
