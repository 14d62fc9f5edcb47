"""What a word without quotes means: a number, a change, true or false, or else itself."""

import re
from typing import Final

from launchpad.conditions.condition import Literally, Relative, Text, Truth
from launchpad.conditions.quantities import quantity, relative
from launchpad.conditions.scanner import OPERATOR

# Characters that nothing in the language reads as more than themselves, single blanks between;
# "=" and "!" may be among them as long as they make no operator.
_PLAIN: Final = re.compile(r"[\w.:/@*?&#%$+~^{}|;=!-]+(?: [\w.:/@*?&#%$+~^{}|;=!-]+)*")

NULL: Final = "null"


def meaning(word: str) -> Literally | Relative:
    """Return what word means to a placeholder that may hold anything."""
    if word in {"true", "false"}:
        return Truth(word == "true")
    return quantity(word) or relative(word) or Text(word)


def reads_back(text: str) -> bool:
    """Tell whether text, written without quotes, is read as the same text everywhere."""
    plain = _PLAIN.fullmatch(text) and not OPERATOR.search(text)
    return bool(plain) and text != NULL and isinstance(meaning(text), Text)
