"""What many probes have to say at once does not stand before what is done."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from launchpad.checklist.load import load
from launchpad.conductor.means import Given, Means
from launchpad.conductor.watch import Watch
from launchpad.launch.operations import ProbeChanged, Report

COUNT = 20
PROBES = "\n".join(
    f"      - {{id: i{n}, text: I, probe: {{file: {{path: none-{n}}}, interval: 1s, timeout: 1s}}}}"
    for n in range(COUNT)
)
CHECKLIST = f"""\
launchpad: 1
title: Harbour cutover
code-word: harbour
phases:
  - id: edge
    title: Edge
    items:
{PROBES}
"""


class Slow:
    """A post whose log takes nothing until it is told to."""

    def __init__(self) -> None:
        self.state = SimpleNamespace(probes={})
        self.asked: list[ProbeChanged] = []
        self.takes, self.took_all = asyncio.Event(), asyncio.Event()

    async def report(self, fact: Report) -> bool:
        assert isinstance(fact, ProbeChanged)
        self.asked.append(fact)
        await self.takes.wait()
        self.state.probes[fact.probe] = fact
        if len(self.state.probes) == COUNT:
            self.took_all.set()
        return True


async def test_while_the_log_takes_nothing_one_change_is_reported_and_the_others_wait_once(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(CHECKLIST, encoding="utf-8")
    document, post = load(path), Slow()
    given = Given(document.checklist, document.source, {}, tmp_path)
    holding: Any = SimpleNamespace(sampled=lambda _sample: None)
    watch = Watch(post, holding, Means(given, tmp_path / "state", {}))  # type: ignore[arg-type]  # a part of one
    observed: list[object] = []
    twice = asyncio.Event()

    def count(taken: object) -> None:
        observed.append(taken)
        if len(observed) == 2 * COUNT:
            twice.set()

    watch.listen(count)
    running = asyncio.create_task(watch.run())
    async with asyncio.timeout(15):
        await twice.wait()
        assert len(post.asked) == 1
        post.takes.set()
        await post.took_all.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(post.asked) == COUNT
