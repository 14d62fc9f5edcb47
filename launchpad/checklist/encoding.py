"""From a document's bytes to its text, and back to the same bytes."""

import codecs
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.mojibake import damage_again, find_damage, repair

Encoding = Literal["utf-8", "utf-16-le", "utf-16-be"]

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it was found.

    name: the file's name without its folder; sha256: of the bytes, in hexadecimal; text: exactly
    what the bytes say, a byte order mark included; damage: "cp1252" or "mac_roman" where the
    whole document was once wrongly decoded with that codec, else None.
    """

    name: str
    sha256: str
    encoding: Encoding
    text: str
    damage: str | None

    @property
    def readable(self) -> str:
        """The text as its author wrote it: damage repaired, without a byte order mark."""
        body = self.text.removeprefix(_BOM)
        if self.damage is None:
            return body
        return repair(body, self.damage).removeprefix(_BOM)

    def to_bytes(self, readable: str) -> bytes:
        """Return a readable text as bytes with this document's encoding, damage and BOM.

        The inverse of `readable`. A character that the encoding or the damage cannot carry
        becomes an ASCII look-alike or a question mark.
        """
        text = readable
        outer = _BOM if self.text.startswith(_BOM) else ""
        if self.damage is not None:
            body = self.text.removeprefix(_BOM)
            inner = _BOM if repair(body, self.damage).startswith(_BOM) else ""
            text = damage_again(inner + text, self.damage)
        return (outer + text).encode(self.encoding, "replace")


def source_from_bytes(name: str, data: bytes) -> Source:
    """Return the document that these bytes are; ChecklistError where they are not text."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text(name, data, error.start) from None
    if "\0" in text:
        raise _not_text(name, data, len(text[: text.index("\0")].encode(encoding)))
    source = source_from_text(name, encoding, text)
    if not source.readable.strip():
        raise ChecklistError(f"{name}: holds nothing but white space" if data else f"{name}: empty")
    return source


def source_from_text(name: str, encoding: Encoding, text: str) -> Source:
    """Return the document again from what a launch's log keeps of it."""
    digest = sha256(text.encode(encoding)).hexdigest()
    return Source(name, digest, encoding, text, find_damage(text.removeprefix(_BOM)))


def _encoding(data: bytes) -> Encoding:
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if data.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    return "utf-8"


def _not_text(name: str, data: bytes, offset: int) -> ChecklistError:
    return ChecklistError(f"{name}: not text: byte 0x{data[offset]:02x} at offset {offset}")
