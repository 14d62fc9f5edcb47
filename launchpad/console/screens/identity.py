"""The first question: who are you. Nothing is recorded before it is answered."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from launchpad.console.widgets.entry import Entry
from launchpad.launch.person import Person, person


class IdentityScreen(Screen[Person | None]):
    """Asks for initials, name and role; dismissed with the person, or None to leave."""

    BINDINGS = [Binding("escape", "dismiss(None)", "leave", id="identity.leave")]

    def __init__(self, suggestion: Person | None, roles: Sequence[str] = ()) -> None:
        """Ask. roles: the titles that the checklist knows, safe."""
        super().__init__()
        self._roles = roles
        self._suggestion = suggestion or Person("")

    def compose(self) -> ComposeResult:
        """Ask, with whoever sat here last as a suggestion."""
        with Vertical(id="card"):
            yield Static(Content.styled("Who are you?", "bold"), id="card-title")
            yield Static(
                Content("Every tick and sign-off of this console carries these initials."),
            )
            yield Entry(self._suggestion.initials, placeholder="initials", id="initials")
            yield Entry(self._suggestion.name, placeholder="name, printed", id="name")
            yield Entry(self._suggestion.role, placeholder="role, or empty", id="role")
            if self._roles:
                known = f"roles of this launch: {', '.join(self._roles)}"
                yield Static(Content.styled(known, "$foreground-muted"))
            yield Static(id="refusal")
            yield Static(
                Content.styled("enter goes on, tab to the next, esc leaves", "$foreground-muted"),
                id="card-hint",
            )

    @on(Input.Submitted)
    def answer(self) -> None:
        """Take the answer when the initials are initials."""
        initials, name, role = (
            self.query_one(f"#{blank}", Entry).value for blank in ("initials", "name", "role")
        )
        try:
            self.dismiss(person(initials, name, role))
        except ValueError as error:
            self.query_one("#refusal", Static).update(
                Content.styled(str(error), "bold $text-error")
            )
