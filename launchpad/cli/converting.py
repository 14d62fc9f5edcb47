"""`launchpad convert`: a Markdown checklist written in the native format."""

import os
import shlex
from contextlib import suppress
from pathlib import Path

from launchpad.checklist.converted.document import convert
from launchpad.checklist.converted.review import REVIEW
from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.errors import ChecklistError
from launchpad.checklist.load import load, read
from launchpad.cli.misused import Misused
from launchpad.cli.output import narrate, say_bytes
from launchpad.text.safe import one_line


def write(path: Path, output: Path | None) -> None:
    """Write a checklist in the native format; output None is stdout.

    Raises ChecklistError, Misused where it is in the native format already, cannot be written in
    it, or the file to write is there already, and OSError.
    """
    document = load(path)
    name = one_line(document.source.name)
    if document.checklist.format != "markdown":
        raise Misused(f"{name}: is in the native format already")
    text, proposals = convert(document)
    data = text.encode()
    _require_readable(name, data)
    if output is None:
        say_bytes([data])
        return
    _write_new(output, data)
    compiled = proposals.triggers.compiled
    triggers = f" and {compiled} triggers compiled to them" if compiled else ""
    proposed = f'{proposals.count} probes proposed{triggers}; look at each "{REVIEW}" in it, then'
    then = proposed if proposals.count else "no probe to propose; look at it"
    narrate(f"{one_line(str(output))}: {then}: launchpad check {shlex.quote(str(output))}")


def _require_readable(name: str, data: bytes) -> None:
    """Raise Misused where the native format has no place for what a document holds."""
    try:
        read(source_from_bytes(f"{name}.yaml", data))
    except ChecklistError as error:
        problems = [one_line(line) for line in str(error).splitlines()]
        raise Misused(f"{name}: the native format cannot hold it: {problems[-1]}") from None


def _write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, durably and whole or not at all. Raises OSError."""
    try:
        file = path.open("xb")
    except FileExistsError:
        raise Misused(f"{one_line(str(path))}: is there already; nothing is overwritten") from None
    try:
        with file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
