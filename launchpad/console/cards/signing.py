"""The cards for signing a slot and for taking a signature back."""

from collections.abc import Iterator

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from launchpad.checklist.model import SignOff
from launchpad.console.cards.card import Card
from launchpad.console.desk import Desk
from launchpad.console.fitting import fit
from launchpad.console.ink import Ink
from launchpad.console.widgets.entry import Entry
from launchpad.launch.intents import RevokeSignOff, SignOffSlot
from launchpad.launch.kinds import Body, SignoffRecorded, SignoffRevoked
from launchpad.launch.moment import second

_LISTED = 3
_WIDTH = 60


def _on_slot(body: Body, slot: SignOff) -> bool:
    """Say whether an event signed a slot, or revoked its signature."""
    return isinstance(body, SignoffRecorded | SignoffRevoked) and body.slot == slot.id


class SignCard(Card):
    """Asks for the signer's own initials, typed, and for what the signature means."""

    def __init__(self, desk: Desk, slot: SignOff, ink: Ink) -> None:
        super().__init__("Sign off", "type your initials; enter signs, tab goes on, esc leaves")
        self._desk = desk
        self._slot = slot
        self._ink = ink
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also that somebody else signed it."""
        return _on_slot(body, self._slot) or super().concerns(body)

    def parts(self) -> Iterator[Widget]:
        """Yield what is signed, what is missing, and the blanks."""
        waiting = self._desk.state.waits_for(self._slot)
        covered = len(self._slot.items)
        lines = [
            self._ink.line(self._slot.label),
            f"covers {covered} items" if covered else "covers no item: it can be signed any time",
            *self._role(),
        ]
        if self._desk.state.waits_for_rollback(self._slot):
            lines.append("CLOSES A ROLLBACK: none has ended yet")
        if waiting:
            lines.append(f"WAITS FOR {len(waiting)}:")
            lines.extend(
                f"  {fit(self._ink.line(item.text), _WIDTH, self._ink.cut).rstrip()}"
                for item in waiting[:_LISTED]
            )
            lines.extend(["  and more"] if len(waiting) > _LISTED else [])
        yield Static(Content("\n".join(lines)))
        yield Entry(placeholder="your initials", id="initials")
        yield Entry(value=self._slot.meaning, placeholder="meaning", id="meaning")
        yield Entry(placeholder="on behalf of (by phone), else empty", id="behalf")

    def _role(self) -> Iterator[str]:
        """Yield whose signature the document asks for, and who is here."""
        person = self._desk.person
        for role in self._desk.state.checklist.roles:
            if role.id == self._slot.role:
                mine = person.role if person and person.role else "no role"
                yield f"asked of {self._ink.line(role.title)}; you sign as {self._ink.line(mine)}"

    @on(Input.Submitted)
    async def confirm(self) -> None:
        """Record the signature."""
        initials, meaning, behalf = (
            self.query_one(f"#{blank}", Entry).value for blank in ("initials", "meaning", "behalf")
        )
        if not initials.strip():
            self.refuse("type your initials")
            return
        intent = SignOffSlot(self._slot.id, initials, meaning, behalf or None, self._seen)
        await self.record(self._desk, intent)


class RevokeCard(Card):
    """Asks why a signature no longer stands."""

    def __init__(self, desk: Desk, slot: SignOff, ink: Ink) -> None:
        super().__init__("Revoke a sign-off", "enter revokes it, esc leaves it as it is")
        self._desk = desk
        self._slot = slot
        self._ink = ink
        self._seen = desk.state.head.seq

    def concerns(self, body: Body) -> bool:
        """Also that somebody else revoked it."""
        return _on_slot(body, self._slot) or super().concerns(body)

    def parts(self) -> Iterator[Widget]:
        """Yield whose signature it is, and the line for the reason."""
        signature = self._desk.state.slot(self._slot.id).signature
        by = f", signed by {signature.initials} {second(signature.at)}" if signature else ""
        yield Static(Content(f"{self._ink.line(self._slot.label)}{by}"))
        yield Entry(placeholder="why it no longer stands", id="reason")

    @on(Input.Submitted, "#reason")
    async def confirm(self, event: Input.Submitted) -> None:
        """Record the revocation."""
        await self.record(self._desk, RevokeSignOff(self._slot.id, event.value, self._seen))
