"""What a curl command asks for, as far as it can be asked again and again without harm."""

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Longer ones are no simple questions.
_LONGEST = 2_000
# https://curl.se/docs/manpage.html: the options with a value, by what follows from them. curl
# takes a long option's value as the next word, and a short one's also behind its letter.
_HEADERS = frozenset({"-H", "--header"})
_METHODS = frozenset({"-X", "--request"})
_ADDRESS = "--url"
# They send or write something, or say who asks, or ask somebody else than the address says.
_REFUSED = frozenset(
    {
        *("-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--data-urlencode"),
        *("--json", "-F", "--form", "--form-string", "-T", "--upload-file"),
        *("-x", "--proxy", "-K", "--config", "--unix-socket", "--resolve", "--connect-to"),
        *("-G", "--get"),
    }
)
_NAMING = frozenset({"-u", "--user", "-b", "--cookie", "-E", "--cert", "--key", "--oauth2-bearer"})
_OTHERS = frozenset(
    {
        *("-o", "--output", "-w", "--write-out", "-m", "--max-time", "--connect-timeout"),
        *("--retry", "--retry-delay", "--retry-max-time", "-A", "--user-agent", "-e", "--referer"),
        *("-c", "--cookie-jar", "--cacert", "--capath", "-D", "--dump-header", "--interface"),
        *("-r", "--range", "-y", "-Y", "-z", "-C", "--limit-rate", "--max-redirs", "--stderr"),
    }
)
_VALUED = _HEADERS | _METHODS | _REFUSED - {"-G", "--get"} | _NAMING | _OTHERS | {_ADDRESS}
_HEAD = frozenset({"-I", "--head"})
_SAFE_METHODS = frozenset({"GET", "HEAD"})
# What ends a command in a shell, or sends what it says elsewhere.
_END = re.compile(r"\||&|;|[0-9]?[<>]{1,2}(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Question:
    """What one curl command asks.

    address: as it is written; left_out: what it is asked with beside its address, in words and
    without values.
    """

    address: str
    method: str
    left_out: tuple[str, ...]


def question(command: str) -> Question | None:
    """Return what a command asks, None where it is no curl command that only reads."""
    words = _words(command)
    if not words or words[0] not in {"curl", "curl.exe"}:
        return None
    addresses: list[str] = []
    method, left_out = "GET", []
    for option, value in _options(words[1:]):
        if option in _REFUSED:
            return None
        if option in {"", _ADDRESS}:
            addresses.append(value)
        elif option in _METHODS:
            method = value.upper()
        elif option in _HEAD:
            method = "HEAD"
        elif option in _HEADERS:
            left_out.append(f"the header {value.partition(':')[0].strip()}")
        elif option in _NAMING:
            left_out.append(f"what {option} says")
    if method not in _SAFE_METHODS or len(addresses) != 1:
        return None
    return Question(addresses[0], method, tuple(left_out))


def _words(command: str) -> list[str]:
    if len(command) > _LONGEST or "curl" not in command:
        return []
    try:
        words = shlex.split(command.replace("\\\n", " "))
    except ValueError:
        return []
    end = next((place for place, word in enumerate(words) if _END.match(word)), len(words))
    return words[:end]


def _options(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each option with its value, "" for none; an address is the value of no option."""
    rest = iter(words)
    for word in rest:
        if word.startswith("--"):
            yield word, next(rest, "") if word in _VALUED else ""
        elif word.startswith("-") and len(word) > 1:
            yield from _letters(word, rest)
        else:
            yield "", word


def _letters(word: str, rest: Iterator[str]) -> Iterator[tuple[str, str]]:
    for place, letter in enumerate(word[1:], 2):
        option = f"-{letter}"
        if option in _VALUED:
            yield option, word[place:] or next(rest, "")
            return
        yield option, ""
