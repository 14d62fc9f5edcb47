"""How standings are drawn: a box or a glyph, a word and a style, for every one of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from launchpad.launch.operations import ProbeState
from launchpad.launch.state import Standing
from launchpad.launch.step import StepStatus
from launchpad.session.clock_words import Stand


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

LAUNCH_WORDS: Mapping[Stand, str] = {
    "open": "OPEN",
    "counting": "COUNTING",
    "holding": "HOLDING",
    "rolling-back": "ROLLING BACK",
    "launched": "LAUNCHED",
    "rolled-back": "ROLLED BACK",
    "scrubbed": "SCRUBBED",
}


@dataclass(frozen=True, slots=True)
class Word:
    """The name of a glyph of `Ink`, the word and the style of a probe's or a step's state."""

    glyph: str
    word: str
    style: str


PROBE_WORDS: Mapping[ProbeState, Word] = {
    "success": Word("done", "OK", "$text-success"),
    "failed": Word("bad", "FAILED", "bold $text-error"),
    "error": Word("bad", "ERROR", "bold $text-error"),
    "inconclusive": Word("unsure", "NO DATA", "$text-warning"),
    "skipped": Word("minus", "skipped", "$foreground-muted"),
    "flapping": Word("bad", "FLAPPING", "bold $text-error"),
}
# A probe whose newest sample says nothing about now, and one that has none.
STALE = Word("unsure", "STALE", "bold $text-warning")
UNSEEN = Word("untouched", "not yet", "$foreground-muted")

STEP_WORDS: Mapping[StepStatus, Word] = {
    "pending": Word("untouched", "pending", "$foreground-muted"),
    "running": Word("here", "RUNNING", "bold $text-accent"),
    "done": Word("done", "done", "$text-success"),
    "failed": Word("bad", "FAILED", "bold $text-error"),
    "timed-out": Word("bad", "TIMED OUT", "bold $text-error"),
    "skipped": Word("minus", "skipped", "$foreground-muted"),
    "indeterminate": Word("unsure", "INDETERMINATE", "bold $text-error"),
}
