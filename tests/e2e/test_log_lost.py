"""The log goes away under a running console: it says so, and shows nothing as recorded."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.site import Site

SAID_WITHIN_S = 2.0


def delete(log: Path) -> None:
    for path in log.parent.glob(f"{log.name}*"):
        path.unlink()


def move_away(log: Path) -> None:
    log.rename(log.with_name("elsewhere.db"))


def replace(log: Path) -> None:
    """Put a copy in its place, as restoring a backup does."""
    copy = log.with_name("copy.db")
    shutil.copy(log, copy)
    copy.replace(log)


@pytest.mark.parametrize("lose", [delete, move_away, replace])
def test_a_lost_log_is_said_and_nothing_is_shown_as_recorded(
    site: Site, lose: Callable[[Path], None]
) -> None:
    launch = site.opened(site.document())
    console = site.attach(launch)
    console.press("space")
    console.sees("[x]", "Pooler", "passed")
    lose(site.log)
    console.sees("NOT RECORDED", within=SAID_WITHIN_S)
    console.move_to("Migrations")
    console.press("space")
    console.hears("NOT RECORDED")
    assert "[ ]" in console.line_of("Migrations"), console
    console.press("q")
    console.ends(0)
    console.assert_restored()


def test_a_log_that_comes_back_is_recorded_in_again(site: Site) -> None:
    launch = site.opened(site.document())
    console = site.attach(launch)
    away = site.log.with_name("away.db")
    site.log.rename(away)
    console.sees("NOT RECORDED", within=SAID_WITHIN_S)
    away.rename(site.log)
    console.sees_not("NOT RECORDED")
    console.press("space")
    console.sees("[x]", "Pooler")
    assert len(site.events(launch, "item.resulted")) == 1
