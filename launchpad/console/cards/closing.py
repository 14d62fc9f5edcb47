"""The card that ends a launch: its outcome, and the code word typed."""

from launchpad.console.cards.choosing import ChoosingCard
from launchpad.console.desk import Desk
from launchpad.console.ink import Ink
from launchpad.launch.intents import CloseLaunch
from launchpad.launch.kinds import OUTCOMES


class CloseCard(ChoosingCard):
    """Asks how the launch ended. Nothing can be recorded afterwards, so the word is typed."""

    def __init__(self, desk: Desk, ink: Ink) -> None:
        progress = desk.state.progress()
        about = (
            f"{ink.line(desk.state.title)}\n"
            f"{progress.items - progress.done} items open, {progress.failed} failed, "
            f"{progress.signoffs - progress.signed} sign-offs open\n"
            f"code word: {ink.line(desk.state.code_word)}"
        )
        super().__init__(
            desk, title="Close the launch", about=about, options=OUTCOMES, line="code word"
        )

    def intent(self, choice: int, text: str) -> CloseLaunch:
        """Return the closing as an intent."""
        return CloseLaunch(OUTCOMES[choice], text)
