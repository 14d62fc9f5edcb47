"""The two lines on top of a screen: which launch, when and who; how it stands."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from launchpad.console.ink import Ink
from launchpad.console.status import Standpoint, identity_line, state_line
from launchpad.console.widgets.pane import Pane
from launchpad.launch.state import LaunchState


class StatusLines(Vertical):
    """Status lines that are drawn by others, and go over the wire in the parts that changed."""

    def compose(self) -> ComposeResult:
        """Lay the lines out."""
        with Horizontal(id="identity-line"):
            yield Pane(id="title")
            yield Pane(id="clock")
            yield Pane(id="people")
        yield Pane(id="state-line")

    def show(self, state: LaunchState, standpoint: Standpoint, ink: Ink) -> None:
        """Show how a launch stands."""
        width = self.size.width
        line = identity_line(state, standpoint, width, ink)
        self.query_one("#title", Pane).show(line.title)
        self.query_one("#clock", Pane).show(line.clock)
        self.query_one("#people", Pane).show(line.people)
        self.query_one("#state-line", Pane).show(state_line(state, standpoint, width, ink))
