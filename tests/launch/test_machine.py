"""Random launches: whatever people do in whatever order, the promises of the core hold."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from launchpad.checklist.model import Result
from launchpad.launch.event import Event
from launchpad.launch.fold import fold
from launchpad.launch.intents import (
    AddNote,
    CloseLaunch,
    Intent,
    RecordResult,
    RevokeSignOff,
    SignOffSlot,
    UndoRecord,
)
from launchpad.launch.kinds import OUTCOMES, RESULTS, Outcome
from launchpad.launch.person import Person
from launchpad.launch.refused import Refused
from tests.launch.making import ADA, CHECKLIST, CLEO, Told

PEOPLE = st.sampled_from([ADA, CLEO])
ITEMS = st.sampled_from([item.id for item in CHECKLIST.items()])
SLOTS = st.sampled_from([slot.id for slot in CHECKLIST.signoffs])
# How many events ago somebody looked last: mostly just now.
BEHIND = st.sampled_from([0, 0, 0, 1, 2, 5])


class Launches(RuleBasedStateMachine):
    """Two people at work on one launch, some of what they do resting on an old screen."""

    def __init__(self) -> None:
        super().__init__()
        self.told = Told()
        # An independent account of the outcomes that stand: item -> [(seq, author)].
        self.standing: dict[str, list[tuple[int, str]]] = {}

    def tries(self, intent: Intent, by: Person) -> Event | None:
        before, count = self.told.state, len(self.told.events)
        try:
            (made,) = self.told.does(intent, by)
        except Refused:
            assert self.told.state is before
            assert len(self.told.events) == count
            return None
        assert before is not None
        assert before.closure is None, "something was recorded after the close"
        return made

    @rule(
        item=ITEMS,
        result=st.sampled_from(RESULTS),
        reason=st.sampled_from(["", "why"]),
        behind=BEHIND,
        by=PEOPLE,
    )
    def record(self, item: str, result: Result, reason: str, behind: int, by: Person) -> None:
        seen = max(self.told.seen - behind, 0)
        stale = self.told.now.item(item).touched > seen
        made = self.tries(RecordResult(item, result, reason, seen), by)
        if made is None:
            return
        assert not stale, "an intent on what changed meanwhile went through"
        before = self.standing.setdefault(item, [])
        assert made.body["corrects"] == (before[-1][0] if before else None)
        before.append((made.seq, by.initials))

    @rule(item=st.none() | ITEMS, by=PEOPLE)
    def note(self, item: str | None, by: Person) -> None:
        self.tries(AddNote(item, "noted"), by)

    @rule(by=PEOPLE, behind=BEHIND)
    def undo(self, by: Person, behind: int) -> None:
        own = self.told.now.records.get(by.initials, ())
        if behind < len(own):
            made = self.tries(UndoRecord(own[-1 - behind].seq), by)
            if made is not None:
                corrected = self.told.events[self.number(made, "corrects") - 1]
                assert corrected.actor["initials"] == by.initials
                assert corrected.kind in {"item.resulted", "item.noted"}
                for outcomes in self.standing.values():
                    outcomes[:] = [one for one in outcomes if one[0] != corrected.seq]

    @rule(slot=SLOTS, behind=BEHIND, by=PEOPLE)
    def sign(self, slot: str, behind: int, by: Person) -> None:
        self.tries(SignOffSlot(slot, by.initials, "", None, self.told.seen - behind), by)

    @rule(by=PEOPLE)
    def finish_and_sign(self, by: Person) -> None:
        for item in ("dns", "smoke"):
            self.record(item, "passed", "", 0, by)
        self.sign("cutover", 0, by)

    @rule(slot=SLOTS, behind=BEHIND, by=PEOPLE)
    def revoke(self, slot: str, behind: int, by: Person) -> None:
        made = self.tries(RevokeSignOff(slot, "wrong", self.told.seen - behind), by)
        if made is not None:
            corrected = self.told.events[self.number(made, "corrects") - 1]
            assert (corrected.kind, corrected.body["slot"]) == ("signoff.recorded", slot)

    @rule(
        outcome=st.sampled_from(OUTCOMES),
        word=st.sampled_from(["storefront", "no", "no", "no", "no"]),
    )
    def close(self, outcome: Outcome, word: str) -> None:
        self.tries(CloseLaunch(outcome, word), ADA)

    @invariant()
    def the_fold_of_the_log_is_the_live_state(self) -> None:
        assert fold(None, self.told.events) == self.told.state

    @invariant()
    def what_stands_is_what_was_recorded_and_not_taken_back(self) -> None:
        for item in CHECKLIST.items():
            outcomes = self.told.now.item(item.id).outcomes
            expected = self.standing.get(item.id, [])
            assert [(each.seq, each.by) for each in outcomes] == expected

    @invariant()
    def a_signature_rests_on_outcomes_that_were_there(self) -> None:
        for state in self.told.now.slots.values():
            for covered in state.signature.covers if state.signature else ():
                assert self.told.events[covered.seq - 1].body["item"] == covered.item

    @staticmethod
    def number(event: Event, key: str) -> int:
        value = event.body[key]
        assert isinstance(value, int)
        return value


Launches.TestCase.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
TestLaunches = Launches.TestCase
