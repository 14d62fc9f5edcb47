"""The demo's story, part by part: a release, a fault, the way back. Each part happens or fails."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from launchpad.cli.demo.ending import conductor_gone
from launchpad.cli.demo.stage import StandIn
from launchpad.cli.demo.standing import (
    completed,
    manual_step,
    not_green,
    reddens_within_s,
    wants_somebody,
    where_the_rollback_stands,
    which_are_not_green,
)
from launchpad.cli.demo.witness import NotSeen, Witness
from launchpad.cli.output import narrate
from launchpad.export.formats import FORMATS
from launchpad.export.whole import write_whole
from launchpad.launch.intents import (
    CastVote,
    CloseLaunch,
    ClosePoll,
    ConfirmStep,
    OpenPoll,
    RecordResult,
    SignOffSlot,
    StartRollback,
    SwitchDemo,
)
from launchpad.launch.moment import moment_at
from launchpad.launch.person import Person
from launchpad.launch.state import LaunchState
from launchpad.log.errors import LogError
from launchpad.log.verify import verify_export, verify_log
from launchpad.session.clock import now
from launchpad.session.live import LiveLaunch
from launchpad.session.participant import participant
from launchpad.text.safe import one_line

_ADA: Final = participant(Person("AB", "Ada B", "ops"), "command", {})
_CLEO: Final = participant(Person("CD", "Cleo D", "owner"), "command", {})
# The phases that are done before the fault shows; those after it stay open.
_PHASES: Final = ("before", "release")
_POLLED: Final = "release"
# The probe that is to see it.
_WATCHED: Final = "health"
_REASON: Final = "customers cannot pay, and health answers 503"
_GREEN_S: Final = 10.0
_PROPOSED_S: Final = 10.0
_STEPS_S: Final = 20.0
_CONFIRMED_S: Final = 5.0
_ENDS_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the story. name: what happens in it; play: raises NotSeen where it does not."""

    name: str
    play: Callable[[], None]


class Story:
    """The story of one launch that was just opened, its service and its conductor started."""

    def __init__(self, live: LiveLaunch, service: StandIn, folder: Path) -> None:
        """folder: where the exports go."""
        self._began_s = time.monotonic()
        self._service = service
        self._folder = folder
        self._printed: dict[tuple[int, str, int], str] = {}
        self._witness = Witness(live, self._tell_output)

    def parts(self) -> Iterator[Part]:
        """Yield the parts, in their order."""
        yield Part("the probes turn green", self._green)
        yield Part("the crew ticks and signs", self._signed)
        yield Part("the poll says GO", self._polled)
        yield Part("the service breaks, and a probe says so in time", self._broken)
        yield Part("a trigger proposes the rollback", self._proposed)
        yield Part("the rollback starts", self._started)
        yield Part("its steps run and mend the service", self._mended)
        yield Part("the step by hand is confirmed, and the rollback complete", self._completed)
        yield Part("the probes are green again", self._green)
        yield Part("the launch is exported, and verified", self._exported)
        yield Part("the launch is closed, its conductor and service gone", self._closed)

    def play(self) -> str | None:
        """Play every part; return the name of the one that did not happen, None for none."""
        for part in self.parts():
            self.tell(part.name)
            try:
                part.play()
            except (NotSeen, LogError, OSError) as why:
                self.tell(f"FAILED: {why}")
                return part.name
        return None

    def tell(self, line: str) -> None:
        """Tell what happens, with the seconds since the story began."""
        narrate(f"{time.monotonic() - self._began_s:5.1f}s  {line}")

    def _green(self) -> None:
        self._witness.until(lambda state: not not_green(state), _GREEN_S, which_are_not_green)

    def _signed(self) -> None:
        checklist = self._witness.state.checklist
        for phase in checklist.phases:
            if phase.id not in _PHASES:
                continue
            for item in phase.items:
                self._witness.does(RecordResult(item.id, "passed", "", self._seen), _ADA)
            for slot in checklist.signoffs:
                if slot.phase == phase.id:
                    by = _CLEO if slot.role == _CLEO.person.role else _ADA
                    initials = by.person.initials
                    sign = SignOffSlot(slot.id, initials, slot.meaning, None, self._seen)
                    self._witness.does(sign, by)
        progress = self._witness.state.progress()
        self.tell(f"  {progress.done} items ticked, {progress.signed} sign-offs signed")

    def _polled(self) -> None:
        self._witness.does(OpenPoll(_POLLED, None, None, self._seen), _ADA)
        for by in (_ADA, _CLEO):
            self._witness.does(CastVote(None, "go", "", moment_at(now()), self._seen), by)
        self._witness.does(ClosePoll("go", "", moment_at(now()), self._seen), _ADA)
        poll = self._witness.state.poll
        if poll is None or poll.outcome != "go":
            raise NotSeen("the poll does not say GO")

    def _broken(self) -> None:
        switched = self._witness.does(SwitchDemo("failing"), _CLEO)
        limit_s = reddens_within_s(self._witness.state, _WATCHED)
        self._witness.until(
            lambda state: state.probes[_WATCHED].state == "failed",
            limit_s,
            lambda _state: f"{_WATCHED} is still green",
        )
        after_s = self._witness.seconds_from(switched, "probe.changed", ("probe", _WATCHED))
        if after_s is None or after_s > limit_s:
            raise NotSeen(f"{_WATCHED} changed only {after_s}s after the service broke")
        seen = self._witness.state.probes[_WATCHED]
        self.tell(f"  {_WATCHED} {seen.state} {after_s:.1f}s later: {one_line(seen.shown)}")

    def _proposed(self) -> None:
        self._witness.until(
            lambda state: state.triggers.proposal is not None,
            _PROPOSED_S,
            lambda _state: "nothing is proposed",
        )
        proposal = self._witness.state.triggers.proposal
        if proposal:
            tripped = self._witness.state.triggers.trigger(proposal.trigger)
            self.tell(f"  {proposal.trigger} tripped on {tripped.probe}: {tripped.shown}")

    def _started(self) -> None:
        word = self._witness.state.code_word
        self._witness.does(StartRollback(_REASON, word, None, self._seen), _ADA)

    def _mended(self) -> None:
        by_hand = manual_step(self._witness.state)
        self._witness.until(
            lambda state: state.running_step == by_hand or wants_somebody(state),
            _STEPS_S,
            where_the_rollback_stands,
        )
        if wants_somebody(self._witness.state):
            raise NotSeen(where_the_rollback_stands(self._witness.state))
        if not any(self._printed.values()):
            raise NotSeen("nothing that a step printed was seen")

    def _completed(self) -> None:
        by_hand = manual_step(self._witness.state)
        self._witness.does(ConfirmStep(by_hand, "said so in the channel", self._seen), _ADA)
        self._witness.until(completed, _CONFIRMED_S, where_the_rollback_stands)
        self.tell(f"  {where_the_rollback_stands(self._witness.state)}")

    def _exported(self) -> None:
        state, log = self._witness.state, self._witness.live.log
        files = {}
        for format_, export in FORMATS.items():
            files[format_] = self._folder / f"{state.launch}.{format_}"
            events = (event for event in log.events(state.launch) if event.seq <= state.head.seq)
            write_whole(files[format_], export(state, events))
        if state.title not in files["md"].read_text(encoding="utf-8"):
            raise NotSeen(f"{files['md'].name} is no export of this launch")
        verdicts = [*verify_log(Path(log.address)), *verify_export(files["jsonl"])]
        for verdict in verdicts:
            # Whatever else the log holds is no part of this story.
            if verdict.launch in (None, state.launch) and not verdict.intact:
                raise NotSeen(str(verdict))
        self.tell(f"  {verdicts[-1]}")

    def _closed(self) -> None:
        state, log = self._witness.state, self._witness.live.log
        self._witness.does(CloseLaunch("rolled-back", state.code_word), _ADA)
        if not conductor_gone(log, state.launch, _ENDS_S):
            raise NotSeen("the conductor still runs")
        if not self._service.ended(_ENDS_S):
            raise NotSeen("the stand-in service still runs")

    @property
    def _seen(self) -> int:
        return self._witness.state.head.seq

    def _tell_output(self, state: LaunchState) -> None:
        """Tell what the steps print, line by line, as it comes into the log."""
        rollback = state.rollback
        for step, standing in rollback.steps.items() if rollback else ():
            key = (rollback.attempt if rollback else 0, step, standing.run)
            printed = self._witness.live.log.outputs(state.launch, *key)
            before = self._printed.get(key, "")
            whole = printed[: printed.rfind("\n") + 1]
            for line in whole[len(before) :].splitlines():
                self.tell(f"  {step} | {one_line(line)}")
            self._printed[key] = whole
