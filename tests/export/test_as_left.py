"""The page of an export that says how each attempt at a rollback left its steps."""

from launchpad.export.appendix import appendix
from launchpad.launch.intents import AbandonRollback, PauseRollback, ResumeRollback
from launchpad.launch.operations import AsLeft
from tests.launch.making import CLEO
from tests.launch.rolling import Flight


def page(flight: Flight) -> list[str]:
    """Return the rows of the page, as they are exported."""
    lines = list(appendix(flight.now, flight.events))
    if "### As left" not in lines:
        return []
    behind = lines[lines.index("### As left") + 4 :]
    return behind[: behind.index("")]


def test_every_attempt_says_of_every_step_how_it_was_left_in_whose_words_and_when() -> None:
    flight = Flight()
    flight.starts()
    assert page(flight) == []
    flight.begins("dns")
    flight.does(PauseRollback("shift", (AsLeft(step="dns", text="a | b"),)), CLEO)
    flight.does(ResumeRollback(flight.seen))
    flight.ends("dns")
    flight.does(
        AbandonRollback("by hand", "storefront", (AsLeft(step="jobs", text=""),), kill=False)
    )
    flight.starts()
    flight.does(PauseRollback("again", ()))
    cells = [[cell.strip() for cell in row.strip("|").split(" | ")] for row in page(flight)]
    assert [row[:2] for row in cells] == [
        [attempt, step] for attempt in ("1", "1", "2") for step in ("dns", "jobs", "tell")
    ]
    assert cells[0][-2:] == ["CD, who paused it", "2026-01-01 00:00:05Z"]
    assert "a | b" not in page(flight)[0]  # it cannot leave its cell
    assert cells[1][2:4] == ["not begun", "nobody's: as recorded"]
    assert cells[3][2:4] == ["done", "nobody's: as recorded"]
    assert cells[4][2:4] == ["unknown", "AB, who abandoned it"]
    assert cells[6][2:4] == ["not begun", "nobody's: as recorded"]
