"""Taking secrets out of a stream of bytes before anything stores or shows it.

A command prints what it was given: in an error message, in a URL, in a header it dumps. So each
secret is looked for as it is, and in the forms in which programs commonly write it: URL-quoted,
JSON-escaped, and in base64, also inside a longer text (`Authorization: Basic …`). Not covered are
base64 that is wrapped inside the secret, hexadecimal, compression and encryption; and of a secret
inside base64 the outermost characters, which it shares with its neighbours, stay: at most four
bits of its first and last byte.

Only the standard library, and of it only what is imported anyway: a keeper and a step runner use
this, and must start in milliseconds.
"""

import json
from binascii import b2a_base64
from collections.abc import Iterator, Mapping
from typing import Final

SHORTEST: Final = 4

_LETTERS: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
# What is left unquoted by: RFC 3986 quoting of everything; of a path; JavaScript's
# encodeURIComponent; encodeURI; the form encoding of the WHATWG.
_UNQUOTED: Final = (b"-._~", b"-._~/", b"-._~!'()*", b"-._~!'()*;,/?:@&=+$#", b"*-._")
# How many leading characters of the base64 of a secret that begins at this byte of a group of
# three are shared with what stands before it (RFC 4648, section 4).
_SHARED: Final = (0, 2, 3)


class SecretTooShort(ValueError):
    """A secret has too few bytes to be told from ordinary text. The message says its name."""


class Redactor:
    """Knows the secrets; replaces each by a mark that says its name, `[redacted: NAME]`.

    secrets: from a name to a value. White space around a value is ignored, because files end in
    newlines. Raises SecretTooShort for values of fewer than SHORTEST bytes: replacing those would
    blot out ordinary text, and showing them would not be redaction. Occurrences that overlap are
    replaced as one, under the name of the first, and of several that begin at one place of the
    longest.
    """

    def __init__(self, secrets: Mapping[str, bytes | str]) -> None:
        self.secrets: Final = {
            name: (value.encode() if isinstance(value, str) else value).strip()
            for name, value in secrets.items()
        }
        marks: dict[bytes, bytes] = {}
        for name, secret in self.secrets.items():
            if len(secret) < SHORTEST:
                raise SecretTooShort(
                    f"the secret {name} has fewer than {SHORTEST} bytes:"
                    " it cannot be told from ordinary text"
                )
            for form in _forms(secret):
                marks.setdefault(form, f"[redacted: {name}]".encode())
        self.marks: Final = tuple(sorted(marks.items(), key=lambda entry: -len(entry[0])))

    def __repr__(self) -> str:
        return f"Redactor({', '.join(self.secrets)})"

    def stream(self) -> "RedactedStream":
        """Return a filter for one stream of bytes."""
        return RedactedStream(self)

    def redacted(self, text: str) -> str:
        """Return text without the secrets."""
        found = text.encode("utf-8", "surrogatepass")
        stream = self.stream()
        left = stream.feed(found) + stream.end()
        return text if left == found else left.decode("utf-8", "replace")


class RedactedStream:
    """One stream of bytes without the secrets, the same whatever pieces it comes in.

    Held back is only an end that may be the beginning of a secret.
    """

    def __init__(self, redactor: Redactor) -> None:
        self._marks = redactor.marks
        self._held = b""
        # So many of the bytes held belong to a secret whose mark was given already; they are kept
        # because another one may begin among them.
        self._hidden = 0

    def feed(self, data: bytes) -> bytes:
        """Return what can be given of the stream once data is known."""
        if not self._marks:
            return data
        known = self._held + data
        decided = self._first_undecided(known)
        return self._give(known, decided)

    def end(self) -> bytes:
        """Return the rest of the stream."""
        return self._give(self._held, len(self._held))

    def _give(self, known: bytes, decided: int) -> bytes:
        given, at = [], self._hidden
        for start, end, mark in self._occurrences(known):
            if start >= decided:
                break
            if start >= at:
                given += [known[at:start], mark]
            at = max(at, end)
        given.append(known[at:decided])
        self._held = known[decided:]
        self._hidden = max(0, at - decided)
        return b"".join(given)

    def _occurrences(self, known: bytes) -> list[tuple[int, int, bytes]]:
        """Return (start, end, mark) in order, the longest of those with one start first."""
        found = []
        for form, mark in self._marks:
            start = known.find(form)
            while start >= 0:
                found.append((start, start + len(form), mark))
                start = known.find(form, start + 1)
        return sorted(found, key=lambda occurrence: (occurrence[0], -occurrence[1]))

    def _first_undecided(self, known: bytes) -> int:
        """Return the first place from which on known is the beginning of a secret, cut short."""
        first = len(known)
        for form, _ in self._marks:
            start = known.find(form[:1], max(0, len(known) - len(form) + 1), first)
            while start >= 0:
                if form.startswith(known[start:]):
                    first = start
                    break
                start = known.find(form[:1], start + 1, first)
        return first


def _forms(secret: bytes) -> Iterator[bytes]:
    yield secret
    yield from _quoted(secret)
    yield from _in_base64(secret)
    yield from _in_json(secret)


def _quoted(secret: bytes) -> Iterator[bytes]:
    # By hand because urllib.parse knows one of these ways, and takes longer to import than all
    # the rest here.
    for unquoted in _UNQUOTED:
        plain = _LETTERS.union(unquoted)
        for form in ("%%%02X", "%%%02x"):
            quoted = "".join(chr(byte) if byte in plain else form % byte for byte in secret)
            yield quoted.encode()
            yield quoted.replace("%20", "+").encode()


def _in_base64(secret: bytes) -> Iterator[bytes]:
    by_itself = b2a_base64(secret, newline=False)
    forms = [by_itself, by_itself.rstrip(b"=")]
    for before, shared in enumerate(_SHARED):
        form = b2a_base64(bytes(before) + secret, newline=False).rstrip(b"=")[shared:]
        forms.append(form if (before + len(secret)) % 3 == 0 else form[:-1])
    for form in forms:
        yield form
        yield form.translate(bytes.maketrans(b"+/", b"-_"))


def _in_json(secret: bytes) -> Iterator[bytes]:
    try:
        text = secret.decode()
    except UnicodeDecodeError:
        return  # JSON is text (RFC 8259, section 8.1)
    for ascii_only in (True, False):
        form = json.dumps(text, ensure_ascii=ascii_only)[1:-1]
        yield form.encode()
        yield form.replace("/", "\\/").encode()  # as PHP writes it
        for sign in "<>&":  # as Go writes it
            form = form.replace(sign, f"\\u{ord(sign):04x}")
        yield form.encode()
