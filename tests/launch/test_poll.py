"""What the go/no-go poll promises, one rule at a time."""

from dataclasses import replace

import pytest

from launchpad.launch.clock_facts import ClockRecycled, LaunchScheduled, LaunchScrubbed
from launchpad.launch.criteria import criteria
from launchpad.launch.fold import fold
from launchpad.launch.intents import CastVote, ClosePoll, OpenPoll, RecordResult, SignOffSlot
from launchpad.launch.kinds import BadEvent, Body, decode
from launchpad.launch.person import Person
from launchpad.launch.poll import standing
from launchpad.launch.poll_facts import PollClosed, PollVoted
from launchpad.launch.poll_rules import next_polled
from launchpad.launch.refused import Refused
from launchpad.launch.tally import poll_word, tally
from tests.launch.making import CHECKLIST, Told, event
from tests.launch.polling import EVE, GIL, LEAD, ROLES, Polling, polled


def happens(told: Told, body: Body) -> None:
    """Let something happen that is not the poll's."""
    made = event(len(told.events) + 1, body)
    told.events.append(made)
    told.state = fold(told.state, [made])


@pytest.fixture
def told() -> Polling:
    opened = Polling()
    opened.opens()
    return opened


def test_a_poll_asks_the_roles_of_its_phase_for_the_times_written_there(told: Polling) -> None:
    poll = told.poll
    assert (poll.number, poll.phase, poll.roles, poll.by) == (1, "cutover", ROLES, "AB")
    assert (poll.closes_in_ms, poll.valid_ms) == (300_000, 900_000)
    assert tally(poll, told.at()) == "GO 0 of 3, dba not set, 2 more not Go"


def test_a_poll_for_t_0_asks_every_role_there_is() -> None:
    told = Polling()
    told.opens(phase=None)
    assert (told.poll.roles, told.poll.closes_in_ms) == (ROLES, None)


def test_without_roles_there_is_nobody_to_ask() -> None:
    with pytest.raises(Refused, match="names no roles to ask"):
        Told().does(OpenPoll(None, None, None, 1))


@pytest.mark.parametrize("closes_in_ms", [0, -1])
def test_no_poll_ends_before_it_begins(closes_in_ms: int) -> None:
    with pytest.raises(Refused, match="longer than nothing"):
        Polling().opens(closes_in_ms=closes_in_ms)


def test_only_the_lead_opens_and_closes_it(told: Polling) -> None:
    with pytest.raises(Refused, match="only the lead may close a poll: AB, Ada B"):
        told.closes("no-go", "no", EVE)
    told.closes("no-go", "no")
    with pytest.raises(Refused, match="only the lead may open a poll: AB, Ada B"):
        told.opens(EVE)


def test_one_poll_is_open_at_a_time(told: Polling) -> None:
    with pytest.raises(Refused, match=r"a poll is open already, by AB at 00:00:02Z"):
        told.opens()
    with pytest.raises(Refused, match="no phase 'dinner'"):
        Polling().opens(phase="dinner")


def test_who_opens_another_has_seen_how_the_last_one_ended(told: Polling) -> None:
    seen = told.seen
    told.closes("no-go", "the vendor is down")
    with pytest.raises(Refused, match="closed as NO-GO by AB at 00:00:03Z, after what you saw"):
        told.does(OpenPoll("cutover", None, None, seen))
    told.opens()
    assert told.poll.number == 2


def test_a_vote_is_for_the_role_one_holds(told: Polling) -> None:
    told.votes("go", EVE)
    assert tally(told.poll, told.at()) == "GO 1 of 3, dba not set, network not set"
    assert told.poll.votes["devops"].by == "EF"


def test_nobody_votes_for_another_not_even_the_lead(told: Polling) -> None:
    with pytest.raises(Refused, match="AB does not hold the role devops; that is EF, Eve F"):
        told.votes("go", LEAD, role="DevOps")
    claims = Person("AB", "Ada B", "devops")
    with pytest.raises(Refused, match="does not hold the role devops"):
        told.votes("go", claims, role="devops")
    with pytest.raises(Refused, match="the poll does not ask 'cook', but dba, devops, network"):
        told.votes("go", LEAD, role="cook")


def test_a_role_that_nobody_of_the_crew_holds_is_voted_for_by_who_gives_it(told: Polling) -> None:
    told.votes("go", GIL)
    assert told.poll.votes["network"].by == "GH"
    with pytest.raises(Refused, match="QR holds none of the roles asked: dba, devops, network"):
        told.votes("go", Person("QR"))


def test_without_a_crew_a_role_is_given_by_id_or_by_title() -> None:
    told = Polling(polled(crew=False))
    told.opens(EVE)
    told.votes("go", Person("ZZ", "", "network admin"))
    assert told.poll.votes["network"].by == "ZZ"


def test_who_holds_several_roles_says_which() -> None:
    checklist = polled()
    assert checklist.crew
    people = tuple(replace(each, roles=ROLES[1:]) for each in checklist.crew.people)
    told = Polling(replace(checklist, crew=replace(checklist.crew, people=people)))
    told.opens()
    with pytest.raises(Refused, match="EF votes for devops, network: say for which"):
        told.votes("go", EVE)
    told.votes("go", EVE, role="Network Admin")
    assert "network" in told.poll.votes


def test_a_vote_replaces_the_role_s_earlier_one(told: Polling) -> None:
    told.votes("go", EVE)
    told.votes("no-go", EVE, comment="replication lags")
    assert tally(told.poll, told.at()) == "GO 0 of 3, devops NO-GO, 2 more not Go"
    assert told.poll.votes["devops"].comment == "replication lags"


def test_of_two_who_vote_for_a_role_at_once_the_second_learns_of_the_first(told: Polling) -> None:
    seen = told.seen
    told.votes("no-go", EVE)
    with pytest.raises(Refused, match=r"EF voted No-go as devops at 00:00:03Z, after what you saw"):
        told.does(CastVote("devops", "go", "", told.at(), seen), EVE)


def test_a_vote_is_for_the_poll_that_was_seen(told: Polling) -> None:
    seen = told.seen
    told.closes("no-go", "later")
    told.opens()
    with pytest.raises(Refused, match="another poll was opened by AB, after what you saw"):
        told.does(CastVote(None, "go", "", told.at(), seen), EVE)


def test_votes_are_taken_until_the_poll_s_time_is_over(told: Polling) -> None:
    assert poll_word(told.now, told.poll, told.at(298)) == "open"
    with pytest.raises(Refused, match=r"votes were taken until 00:05:02Z; the lead closes"):
        told.votes("go", EVE, late_s=299)
    assert poll_word(told.now, told.poll, told.at(299)) == "ended"


def test_nobody_votes_where_no_poll_is_open(told: Polling) -> None:
    with pytest.raises(Refused, match="no poll is open; the lead opens one"):
        Polling().votes("go")
    told.closes("no-go", "later")
    with pytest.raises(Refused, match="closed as NO-GO by AB at 00:00:03Z; the lead opens another"):
        told.votes("go")


def test_a_go_rests_on_every_probe_that_is_good_then(told: Polling) -> None:
    told.probe("health", "success")
    told.probe("smoke/queue", "inconclusive")
    (made,) = told.votes("go")
    body = decode(made)
    assert isinstance(body, PollVoted)
    assert body.rests_on == ("health",)


def test_a_go_goes_stale_once_and_stays_so_until_it_is_voted_again(told: Polling) -> None:
    told.probe("health", "success")
    told.votes("go")
    told.votes("maybe", EVE)
    told.probe("health", "failed")
    first = told.poll.votes["dba"]
    assert first.stale == "health went red"
    assert first.stale_since
    assert told.poll.votes["devops"].stale is None
    told.probe("health", "success")
    told.probe("health", "failed")
    assert told.poll.votes["dba"] == first
    told.votes("go")
    assert standing(told.poll, "dba", told.at()).go
    assert told.poll.votes["dba"].rests_on == ()


def test_a_go_expires(told: Polling) -> None:
    told.votes("go")
    assert standing(told.poll, "dba", told.at(898)).go
    assert standing(told.poll, "dba", told.at(899)).expired
    assert "dba EXPIRED" in tally(told.poll, told.at(899))


def test_all_go_is_go(told: Polling) -> None:
    told.all_go()
    told.closes("go")
    assert (told.poll.outcome, told.poll.decided_by, told.poll.unmet) == ("go", "AB", ())
    assert poll_word(told.now, told.poll, told.at()) == "go"


def test_go_names_everything_that_speaks_against_it() -> None:
    told = Polling(polled(criterion=True, signed=True))
    told.opens()
    told.probe("health", "success")
    told.votes("go")
    told.votes("maybe", EVE, comment="one more look")
    told.probe("health", "error")
    with pytest.raises(Refused) as refused:
        told.closes("go")
    assert str(refused.value) == (
        "against GO: dba Go of AB STALE: health went red; devops Maybe of EF: one more look; "
        "network not set; commit criterion weather: no data of smoke/queue; "
        "sign-off database missing. It is GO all the same with a reason"
    )


def test_a_go_with_a_reason_keeps_what_spoke_against_it(told: Polling) -> None:
    told.votes("go")
    (made,) = told.closes("go", "agreed on the phone")
    body = decode(made)
    assert isinstance(body, PollClosed)
    assert body.unmet == ("devops not set", "network not set")
    assert told.poll.unmet == body.unmet


def test_what_only_a_console_knows_speaks_against_a_go_too(told: Polling) -> None:
    told.all_go()
    with pytest.raises(Refused, match="against GO: nobody looks"):
        told.does(ClosePoll("go", "", told.at(), told.seen, ("nobody looks",)))


def test_a_commit_criterion_is_met_by_its_probes() -> None:
    told = Polling(polled(criterion=True))
    states = []
    for state in ("inconclusive", "flapping", "success"):
        told.probe("smoke/queue", state)
        states.append(criteria(told.now)[0].word)
    assert states == ["no-data", "not-met", "met"]


def test_a_signature_of_the_phase_before_is_asked_for_and_has_to_be_true() -> None:
    told = Polling(polled(signed=True))
    for item in ("migrations", "pooler", "bucket"):
        told.does(RecordResult(item, "passed", "", told.seen))
    told.does(SignOffSlot("database", "AB", "", None, told.seen))
    told.opens()
    told.all_go()
    told.does(RecordResult("pooler", "not-applicable", "none", told.seen))
    with pytest.raises(Refused, match="against GO: sign-off database made before pooler changed"):
        told.closes("go")


def test_no_go_takes_a_no_go_vote_or_a_reason(told: Polling) -> None:
    with pytest.raises(Refused, match="nobody voted No-go; a NO-GO then needs a reason"):
        told.closes("no-go")
    told.votes("no-go", EVE)
    told.closes("no-go")
    assert poll_word(told.now, told.poll, told.at()) == "no-go"


def test_a_no_go_rolls_nothing_back_and_stops_nothing(told: Polling) -> None:
    before = told.now
    told.votes("no-go", EVE)
    told.closes("no-go")
    after = replace(told.now, poll=before.poll, head=before.head)
    assert after == before


def test_a_decision_rests_on_what_the_lead_saw(told: Polling) -> None:
    seen = told.seen
    told.votes("no-go", EVE)
    with pytest.raises(Refused, match=r"EF voted No-go as devops at 00:00:03Z, after what you saw"):
        told.does(ClosePoll("go", "all fine", told.at(), seen))
    told.probe("health", "success")
    told.votes("go")
    seen = told.seen
    told.probe("health", "failed")
    with pytest.raises(Refused, match="the Go of dba went stale, after what you saw"):
        told.does(ClosePoll("go", "all fine", told.at(), seen))


def test_a_go_that_is_not_used_in_its_time_expires(told: Polling) -> None:
    told.all_go()
    told.closes("go")
    assert poll_word(told.now, told.poll, told.at(900)) == "expired"


def test_a_go_does_not_expire_once_t_0_has_passed(told: Polling) -> None:
    t0 = LaunchScheduled(t0="2026-01-01T00:10:00.000Z", zone="UTC", in_ms=60_000)
    happens(told, t0)
    told.all_go()
    told.closes("go")
    assert poll_word(told.now, told.poll, told.at(5_000)) == "go"


def test_a_recycled_clock_voids_a_poll(told: Polling) -> None:
    happens(told, LaunchScheduled(t0="2026-01-01T00:10:00.000Z", zone="UTC", in_ms=600_000))
    told.all_go()
    told.closes("go")
    happens(told, ClockRecycled(t_ms=-1_200_000, reason="again"))
    assert poll_word(told.now, told.poll, told.at()) == "void"
    found = next_polled(told.now)
    assert found
    assert found.id == "cutover"
    told.opens()
    assert told.poll.number == 2


def test_a_scrubbed_launch_takes_no_poll(told: Polling) -> None:
    happens(told, LaunchScrubbed(reason="storm"))
    with pytest.raises(Refused, match="scrubbed by AB"):
        told.opens()
    with pytest.raises(Refused, match="scrubbed by AB"):
        told.votes("go")
    with pytest.raises(Refused, match="scrubbed by AB"):
        told.closes("no-go", "no")


def test_the_next_poll_is_that_of_the_first_phase_that_did_not_say_go() -> None:
    checklist = polled()
    first = replace(CHECKLIST.phases[0], poll=("dba",))
    told = Polling(replace(checklist, phases=(first, checklist.phases[1])))

    def following() -> str | None:
        found = next_polled(told.now)
        return found.id if found else None

    assert following() == "database"
    told.opens(phase="database")
    told.closes("no-go", "not yet")
    assert following() == "database"
    told.opens(phase="database")
    told.votes("go")
    told.closes("go")
    assert following() == "cutover"
    assert next_polled(Told().now) is None


def test_a_vote_without_a_poll_is_no_log_of_ours() -> None:
    with pytest.raises(BadEvent, match="no poll was opened"):
        happens(Polling(), PollVoted(role="dba", vote="go"))
