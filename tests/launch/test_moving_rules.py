"""Who may let another place carry a launch's conductor, and what comes of it."""

from dataclasses import replace

import pytest

from launchpad.checklist.model import Checklist, Crew, CrewMember, Role, Rollback
from launchpad.launch.fold import fold
from launchpad.launch.intents import MoveConductor
from launchpad.launch.kinds import Home
from launchpad.launch.refused import Refused
from tests.launch.making import ADA, CHECKLIST, CLEO, Told

BASTION = Home(host="bastion2", user="deploy", directory="/srv/launch")
CREW = Crew(
    "AB", (CrewMember("AB", "Ada B", ("lead",), 2), CrewMember("CD", "Cleo D", ("dba",), 3))
)
BACK = Rollback(line=9, steps=(), authority=("dba",))
ROLES = (Role("dba", "Database Admin", 1),)


def test_a_launch_belongs_where_it_was_opened_until_it_is_moved() -> None:
    launch = Told()
    assert launch.now.home == launch.now.opened.home
    launch.does(MoveConductor(BASTION, "bastion1 is gone"))
    assert launch.now.home == BASTION
    assert launch.now.opened.home == Home(host="a-host", user="a-user", directory="/srv")
    assert fold(None, launch.events) == launch.now
    launch.does(MoveConductor(launch.now.opened.home, "it is back"))
    assert launch.now.home == launch.now.opened.home


def test_where_it_belongs_already_it_is_not_moved_to() -> None:
    launch = Told()
    launch.does(MoveConductor(BASTION, "bastion1 is gone"))
    with pytest.raises(Refused, match=r"belongs to deploy@bastion2, /srv/launch, already"):
        launch.does(MoveConductor(BASTION, "once more"))


def test_a_move_needs_a_reason() -> None:
    with pytest.raises(Refused, match="needs a reason"):
        Told().does(MoveConductor(BASTION, "  "))


@pytest.mark.parametrize(
    ("checklist", "lead_may", "dba_may"),
    [
        (CHECKLIST, True, True),
        (replace(CHECKLIST, crew=CREW), True, False),
        (replace(CHECKLIST, crew=CREW, rollback=BACK, roles=ROLES), True, True),
        (replace(CHECKLIST, rollback=replace(BACK, authority=("lead",))), False, False),
    ],
    ids=["anybody", "the lead", "who may roll back", "nobody here"],
)
def test_the_lead_or_who_may_roll_back_moves_it(
    checklist: Checklist, lead_may: bool, dba_may: bool
) -> None:
    for person, may in ((replace(ADA, role=""), lead_may), (CLEO, dba_may)):
        launch = Told(checklist)
        if may:
            launch.does(MoveConductor(BASTION, "bastion1 is gone"), person)
            assert launch.now.home == BASTION
        else:
            with pytest.raises(Refused, match=r"only the lead|no authority"):
                launch.does(MoveConductor(BASTION, "bastion1 is gone"), person)
