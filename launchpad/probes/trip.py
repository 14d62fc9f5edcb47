"""What is known of an HTTP request while it is under way."""

from launchpad.probes.connecting import shown_address
from launchpad.probes.exchange import Answer
from launchpad.probes.observed import CannotObserve, Observed, Value
from launchpad.probes.phases import Phases
from launchpad.probes.url import Url


class Trip(Phases):
    """How far a request got, for who wants to know when it gets no further."""

    def __init__(self) -> None:
        super().__init__("resolve")
        self.values: dict[str, Value] = {}
        self._at = ""
        self._address: str | None = None

    def set_out(self, method: str, url: Url) -> None:
        """Begin with a request."""
        self._at, self._address, self.values = f"{method} {url.shown}", None, {}

    def arrived(self, address: str, port: int) -> None:
        """Remember where it is connected to."""
        self._address = shown_address(address, port)
        self.values = {"CONNECTED": True, "IP": address}

    def first_byte(self) -> None:
        """Go from processing to transfer."""
        self.end()
        self.begin("transfer")

    def cut_short(self, error: CannotObserve) -> CannotObserve:
        """Return why it got no further, with all that is known."""
        values = dict(self.values)
        if self.turned_away(error):
            values["CONNECTED"] = False
        observed = Observed(values, None, self.timings, self._address)
        detail = f"{self._at}: {error.detail}" if self._at else error.detail
        return CannotObserve(error.reason, detail, observed)

    def observed(self, answer: Answer, note: str) -> Observed:
        """Return what an answer tells. Raises CannotObserve where its body could not be read."""
        latency_us = self.taken_us()
        self.values |= {"STATUS": answer.status, "HEADER": answer.headers}
        if answer.flaw is None:
            self.values |= {"RESPONSE_TIME": latency_us / 1000, "BODY": answer.body}
            return Observed(self.values, latency_us, self.timings, self._address, note)
        reason, detail = answer.flaw
        raise CannotObserve(
            reason,
            f"{self._at}: {detail}",
            Observed(self.values, None, self.timings, self._address, note),
        )
