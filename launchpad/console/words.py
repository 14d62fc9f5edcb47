"""How standings are drawn: a box, a word and a style, for every one of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from launchpad.launch.state import LaunchPhase, Standing


@dataclass(frozen=True, slots=True)
class Mark:
    """The box, the word and the style of a standing."""

    box: str
    word: str
    style: str


MARKS: Mapping[Standing, Mark] = {
    "open": Mark("[ ]", "", ""),
    "passed": Mark("[x]", "passed", "$text-success"),
    "failed": Mark("[!]", "FAILED", "bold $text-error"),
    "not-applicable": Mark("[-]", "n/a", "$foreground-muted"),
    "blocked": Mark("[#]", "BLOCKED", "bold $text-warning"),
    "in-progress": Mark("[>]", "in progress", "$text-accent"),
    "from-document": Mark("[x]", "unverified", "$text-warning"),
}

LAUNCH_WORDS: Mapping[LaunchPhase, str] = {
    "open": "OPEN",
    "launched": "LAUNCHED",
    "rolled-back": "ROLLED BACK",
    "scrubbed": "SCRUBBED",
}
