"""Random polls: whatever is voted, seen and decided in whatever order, a GO means what it says."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from launchpad.launch.fold import fold
from launchpad.launch.operations import ProbeState
from launchpad.launch.poll import standing
from launchpad.launch.poll_facts import POLL_OUTCOMES, VOTES, PollOutcome, Vote
from launchpad.launch.refused import Refused
from tests.launch.polling import ROLES, VOTERS, Polling

STATES: list[ProbeState] = ["success", "failed", "error", "flapping", "inconclusive"]
RED = {"failed", "error", "flapping"}


class Polls(RuleBasedStateMachine):
    """Three roles, two probes and a lead, and an account of their own of what each Go rests on."""

    def __init__(self) -> None:
        super().__init__()
        self.told = Polling()
        self.probes: dict[str, ProbeState] = {}
        # Of each role that voted in this poll: its vote, what it rests on, and whether it broke.
        self.votes: dict[str, tuple[Vote, set[str], bool]] = {}

    @rule()
    def opens(self) -> None:
        open_already = bool(self.told.now.poll and self.told.poll.open)
        try:
            self.told.opens()
        except Refused:
            assert open_already
        else:
            self.votes = {}

    @rule(role=st.sampled_from(ROLES), vote=st.sampled_from(VOTES))
    def casts(self, role: str, vote: Vote) -> None:
        try:
            self.told.votes(vote, VOTERS[role])
        except Refused:
            return
        good = {name for name, state in self.probes.items() if state == "success"}
        self.votes[role] = vote, good, False

    @rule(name=st.sampled_from(["health", "smoke/queue"]), state=st.sampled_from(STATES))
    def changes(self, name: str, state: ProbeState) -> None:
        self.told.probe(name, state)
        self.probes[name] = state
        if state in RED:
            self.votes = {
                role: (vote, good, broke or (vote == "go" and name in good))
                for role, (vote, good, broke) in self.votes.items()
            }

    @rule(outcome=st.sampled_from(POLL_OUTCOMES), reason=st.sampled_from(["", "", "why"]))
    def closes(self, outcome: PollOutcome, reason: str) -> None:
        try:
            self.told.closes(outcome, reason)
        except Refused:
            return
        going = {
            role for role, (vote, _, broke) in self.votes.items() if vote == "go" and not broke
        }
        poll = self.told.poll
        if outcome == "go":
            assert going == set(ROLES) or (poll.reason and poll.unmet), "a GO without every Go"
        else:
            said = any(vote == "no-go" for vote, _, _ in self.votes.values())
            assert said or poll.reason, "a NO-GO out of nothing"

    @invariant()
    def a_go_is_stale_from_the_first_red_until_it_is_voted_again(self) -> None:
        if self.told.now.poll is None:
            return
        for role in ROLES:
            known, now = self.votes.get(role), standing(self.told.poll, role, self.told.at())
            assert (now.vote is None) == (known is None)
            if known and now.vote:
                assert bool(now.vote.stale) == known[2]
                assert now.go == (known[0] == "go" and not known[2])

    @invariant()
    def the_log_alone_tells_all_of_it(self) -> None:
        assert fold(None, self.told.events) == self.told.state


TestPolls = Polls.TestCase
TestPolls.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
