"""What launches ask of probes: each question finds its good answer good, and every bad one bad.

It is `checklists/probes.yaml` itself that asks, through `launchpad probe`, over real connections.
"""

import asyncio
import os

import pytest

from launchpad.checklist.load import load
from launchpad.cli.configuration import state_folder
from launchpad.cli.probe_attempts import Limits, attempted
from launchpad.conductor.means import Given, Means
from launchpad.probes.result import Result, told
from launchpad.session.participant import os_user
from launchpad.steps.trust import trust
from tests.cli.conftest import Done, Shell
from tests.probes.launch.breaks import BREAKS, breaks_everything
from tests.probes.launch.shop import CHECKLIST, VALUE, Shop

pytestmark = pytest.mark.thorough

DOCUMENT = load(CHECKLIST)
ASKED = tuple(probe.id for probe in DOCUMENT.checklist.probes)


class Asking:
    """Asks a shop."""

    def __init__(self, launchpad: Shell, shop: Shop) -> None:
        self._launchpad = launchpad
        self._shop = shop

    def __call__(self, *words: str) -> Done:
        """Ask everything, by the command."""
        given = [f"--var={name}={value}" for name, value in self._shop.variables.items()]
        done = self._launchpad("probe", CHECKLIST.name, "--trust", *given, *words)
        assert VALUE not in done.out + done.err
        return done

    def one(self, id_: str) -> Result:
        """Ask one question, as the command does."""
        folder, checklist, source = self._shop.folder, DOCUMENT.checklist, DOCUMENT.source
        trust(state_folder(), source, checklist, folder, os_user())
        given = Given(checklist, source, self._shop.variables, folder)
        means = Means(given, state_folder(), os.environ)
        (probe,) = (probe for probe in checklist.probes if probe.id == id_)
        (attempt,) = asyncio.run(attempted([probe], means, Limits(), lambda _attempt: None))
        assert VALUE not in repr(attempt)
        return attempt.result


@pytest.fixture
def asking(launchpad: Shell, open_shop: Shop) -> Asking:
    return Asking(launchpad, open_shop)


def test_after_a_good_launch_every_answer_is_good(asking: Asking, open_shop: Shop) -> None:
    done = asking("--verbose")
    assert done.status == 0, done.out + done.err
    assert f"{len(ASKED)} of {len(ASKED)} OK" in done.out
    assert b"Origin: https://elsewhere.example" in open_shop.asked_by_browser


def test_where_everything_is_broken_no_answer_is_good(asking: Asking, open_shop: Shop) -> None:
    breaks_everything(open_shop)
    done = asking("--format", "json")
    assert done.status == 1
    assert {each["id"] for each in done.json["probes"]} == set(ASKED)
    assert [each["id"] for each in done.json["probes"] if each["state"] == "success"] == []


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_not_so_is_never_good_and_says_what_it_is(
    asking: Asking, open_shop: Shop, name: str
) -> None:
    break_, found = BREAKS[name]
    break_(open_shop)
    result = asking.one(name.partition(":")[0])
    assert (result.state, result.reason) == found, result
    assert told(result)


def test_every_question_has_a_bad_answer() -> None:
    assert {name.partition(":")[0] for name in BREAKS} == set(ASKED)


@pytest.mark.parametrize(
    ("id_", "asked", "status"),
    [
        ("health", "GET /health", "204 No Content"),
        ("readiness", "GET /ready", "503 Service Unavailable"),
        ("redirect", "plain GET /", "308 Permanent Redirect"),
    ],
)
def test_a_question_may_have_two_good_answers(
    asking: Asking, open_shop: Shop, id_: str, asked: str, status: str
) -> None:
    open_shop.says(asked, b"", "Location: https://x.example/", status=status)
    assert asking.one(id_).state == "success"
