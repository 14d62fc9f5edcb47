"""A launch with probes and a rollback, and somebody in the place of its conductor."""

import os
from pathlib import Path

from launchpad.conductor.holding import Holding, try_to_hold
from launchpad.launch.intents import ReportFact
from launchpad.launch.moment import moment_at
from launchpad.launch.operations import (
    ConductorStarted,
    ProbeChanged,
    ProbeState,
    Report,
    RollbackCompleted,
    StepEnd,
    StepFinished,
    StepStarted,
)
from launchpad.launch.person import Person
from launchpad.launch.rollback import Begin, RollbackState, next_act, waiting_for
from launchpad.log.boottime import boot_time
from launchpad.log.samples import OutputPart, Sample
from launchpad.session.clock import now
from launchpad.session.participant import participant
from tests.console.conftest import Night

PLAN = """\
launchpad: 1
title: Harbour cutover
code-word: harbour
vars:
  base-url: {default: 'http://127.0.0.1:1'}
roles:
  dba: Database Admin
  ops: Operations
probes:
  health:
    http: {url: '${base-url}/health?key=private'}
    conditions: ['[STATUS] == 200']
    interval: 5s
phases:
  - id: edge
    title: Edge
    items:
      - {id: alpha, text: Alpha answers, probe: health}
      - {id: beta, text: Beta is told}
    sign-off: {meaning: ready for the release}
rollback:
  budget: 1m
  authority: AUTHORITY
  steps:
    - {id: dns, title: Traffic back, command: {exec: [./switch, old]}, expected: 20s}
    - {id: tell, title: Tell everybody, manual: Write to the status page., expected: 10s}
"""


class Flight(Night):
    """A night with something to observe and a way back."""

    def __init__(
        self,
        folder: Path,
        *,
        name: str = "plan.yaml",
        authority: str = "any",
        conducted: bool = True,
        plan: str = PLAN,
    ) -> None:
        super().__init__(folder, plan.replace("AUTHORITY", authority), name)
        self.holding: Holding | None = None
        self.lost: list[str] = []
        if conducted:
            self.takes_over()

    def takes_over(self) -> None:
        """Conduct the launch, as far as its log shows."""
        held = try_to_hold(self.log, self.launch)
        assert held
        lease, _ = held
        self.holding = Holding(self.log, lease, self.lost.append)
        self.holding.start()
        started = ConductorStarted(
            epoch=lease.epoch, host=lease.host, user=lease.user, pid=os.getpid(), program="p"
        )
        self.reports(started)

    def ends(self) -> None:
        """Let the log be closed."""
        if self.holding:
            self.holding.stop()

    def reports(self, fact: Report) -> None:
        """Record what a conductor records."""
        assert self.holding
        by = participant(Person(""), "conductor", {})
        report = ReportFact(fact, self.holding.lease.epoch, moment_at(now()))
        self.live().submit(report, by)

    def samples(self, state: ProbeState, value: str, *, age_s: int = 0) -> None:
        """Bring a sample of the one probe into the log, and the change that it makes."""
        assert self.holding
        boot_id, mono_ns = boot_time()
        reason = "ok" if state == "success" else "status-mismatch"
        sample = Sample(
            probe="health",
            at=now().at,
            mono_ns=mono_ns - age_s * 10**9,
            boot_id=boot_id,
            state=state,
            reason=reason,
            value=value,
            latency_us=12_345,
        )
        self.holding.sampled(sample)
        before = self.live().state.probes.get("health")
        if before is None or before.state != state:
            changed = ProbeChanged(
                probe="health",
                state=state,
                before=before.state if before else None,
                reason=reason,
                shown=value,
                latency_us=12_345,
            )
            self.reports(changed)

    @property
    def rollback(self) -> RollbackState:
        """The rollback, as the log has it."""
        found = self.live().state.rollback
        assert found
        return found

    def begins_step(self) -> None:
        """Begin the step that is next."""
        plan = self.live().state.checklist.rollback
        assert plan
        act = next_act(plan, self.rollback)
        assert isinstance(act, Begin)
        self.reports(StepStarted(step=act.step.id, attempt=self.rollback.attempt, run=act.run))

    def prints(self, text: str) -> None:
        """Let the running step print."""
        assert self.holding
        plan, rollback = self.live().state.checklist.rollback, self.rollback
        running = waiting_for(plan, rollback) if plan else None
        assert running
        part = OutputPart(rollback.attempt, running[0].id, running[1].run, 0, text)
        self.holding.printed(part)

    def ends_step(self, end: StepEnd, reason: str | None = None) -> None:
        """End the step that runs."""
        step = self.live().state.running_step
        assert step
        rollback = self.rollback
        finished = StepFinished(
            step=step,
            attempt=rollback.attempt,
            run=rollback.step(step).run,
            end=end,
            elapsed_ms=1_000,
            exit_status=0 if end == "done" else 3,
            reason=reason,
        )
        self.reports(finished)

    def completes(self) -> None:
        """Say that every step is settled."""
        self.reports(RollbackCompleted(attempt=self.rollback.attempt, elapsed_ms=31_000))
