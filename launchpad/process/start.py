"""Starting a command: what it is given, and why it could not be started."""

import errno
import os
import subprocess
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

Cause = Literal["executable", "directory", "arguments", "system"]

_INTERPRETER: Final = "its first line names an interpreter that is not there"
_FORMAT: Final = "neither a program of this machine nor a script with a #! line"


class StartError(Exception):
    """A command could not be started.

    cause: what has to be put right; subject: the program, directory or word that it is about.
    """

    def __init__(self, cause: Cause, subject: str, reason: str) -> None:
        super().__init__(f"{subject}: {reason}")
        self.cause: Final = cause
        self.subject: Final = subject
        self.reason: Final = reason


class Command(NamedTuple):
    """A program with its arguments, and all it is given.

    argv: never a shell's text, but ["/bin/sh", "-c", text] where a shell is wanted. cwd: an
    absolute path. env: all of its environment, in whose PATH the program is looked for. stdin:
    what it reads from standard input, None for nothing at all.
    """

    argv: Sequence[str]
    cwd: str
    env: Mapping[str, str]
    stdin: bytes | None = None


def start(command: Command, stdout: int, stderr: int) -> subprocess.Popen[bytes]:
    """Start a command in a session and process group of its own.

    stdout, stderr: descriptors to write into. Raises StartError.
    """
    if not command.argv or not command.argv[0]:
        raise StartError("arguments", "the command", "has no words")
    stdin = _readable(command.stdin)
    try:
        return subprocess.Popen(
            list(command.argv),
            cwd=command.cwd,
            env=dict(command.env),
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise _explained(command, error) from error
    finally:
        os.close(stdin)


def _readable(content: bytes | None) -> int:
    """Return a descriptor to read content from, whenever the command gets to it."""
    if content is None:
        return os.open(os.devnull, os.O_RDONLY)
    # In memory rather than in a pipe: nobody has to feed it, and no disk sees it.
    descriptor = os.memfd_create("stdin")
    with os.fdopen(os.dup(descriptor), "wb") as file:
        file.write(content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _explained(command: Command, error: OSError | ValueError) -> StartError:
    if isinstance(error, ValueError):
        return StartError("arguments", command.argv[0], str(error))
    if error.errno == errno.E2BIG:
        return StartError("arguments", command.argv[0], "its arguments are too long")
    if error.filename == command.cwd != command.argv[0]:
        return StartError("directory", command.cwd, f"no working directory: {error.strerror}")
    if error.filename is None:
        return StartError("system", command.argv[0], error.strerror or str(error))
    reason = error.strerror or str(error)
    program = os.path.join(command.cwd, command.argv[0])  # noqa: PTH118 - importing pathlib takes 8 ms
    if error.errno == errno.ENOENT:
        named = "/" in command.argv[0]
        there = named and os.path.lexists(program)
        reason = _INTERPRETER if there else "not found" if named else "not found on the PATH"
    elif error.errno == errno.ENOEXEC:
        reason = _FORMAT
    elif error.errno == errno.EACCES:
        reason = "not executable"
    return StartError("executable", command.argv[0], reason)
