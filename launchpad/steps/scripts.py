"""The files that a command names as programs, what they hold, and who else may change them."""

import grp
import hashlib
import itertools
import os
import pwd
import re
import shlex
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from launchpad.checklist.model import Command

_SHELL: Final = re.compile(r"(?:ba|da|z|k|fi|a)?sh")
_PYTHON: Final = re.compile(r"python[0-9.]*")
_OTHER: Final = re.compile(
    r"perl[0-9.]*|ruby[0-9.]*|node(?:js)?|deno|bun|php[0-9.]*|pwsh|Rscript|lua[0-9.]*"
    r"|tclsh[0-9.]*|source|\."
)
# A shell and Python take their program from the next word: -c, -lc, -Ic.
_TEXT_FOLLOWS: Final = re.compile(r"-[A-Za-z]*c")
_MODULE_FOLLOWS: Final = re.compile(r"-[A-Za-z]*m")
# What a package manager installed it also updates, on any night; it belongs to root.
_INSTALLED: Final = ("/usr/bin", "/usr/sbin", "/usr/lib", "/usr/libexec", "/bin", "/sbin")


def named_scripts(command: Command, folder: Path) -> tuple[Path, ...]:
    """Return the files of this machine that a command names to be run, whether they exist or not.

    These are: the program where it is written as a path; what an interpreter is given to run; any
    further word that names an executable file or a script, since programs such as sudo and timeout
    run what follows. Programs of the operating system are none. In the text for a shell they are
    looked for word by word. folder: which relative paths begin at, absolute.
    """
    words = command.argv if command.shell is None else _shell_words(command.shell)
    found: dict[Path, None] = {}
    for word in _named(words, folder, from_path=command.shell is None):
        path = folder / word
        if not _installed(path):
            found[path] = None
    return tuple(found)


def sha256_of(path: Path) -> str | None:
    """Return the SHA-256 of a file's bytes, hexadecimal; None for what is no readable file."""
    try:
        # Without waiting, should it be a pipe.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def writable_by_others(path: Path) -> str | None:
    """Return who else than this account and root may change what a path leads to; None for nobody.

    The file or folder itself counts, all above it, and what a link on the way leads to. Raises
    OSError where that cannot be seen.
    """
    real = path.resolve(strict=True)
    for place in {path, real, path.parent.resolve()}:
        for part in (place, *place.parents):
            if who := _others(part, part.stat(follow_symlinks=False), leaf=part == real):
                return f"{part} {who}"
    return None


def _others(path: Path, found: os.stat_result, *, leaf: bool) -> str | None:
    if found.st_uid not in (0, os.geteuid()):
        return f"belongs to {_user(found.st_uid)}"
    if stat.S_ISLNK(found.st_mode):
        return None  # its mode means nothing
    # What lies in a folder with the sticky bit only its owner may replace.
    if stat.S_ISDIR(found.st_mode) and found.st_mode & stat.S_ISVTX and not leaf:
        return None
    if found.st_mode & stat.S_IWOTH:
        return "can be written by every account"
    if found.st_mode & stat.S_IWGRP and not _own_group(path, found.st_gid):
        return f"can be written by the group {_group(found.st_gid)}"
    return None


def _own_group(path: Path, gid: int) -> bool:
    """Say whether a group is this account's private one, with nobody else in it."""
    try:
        account, group = pwd.getpwuid(os.geteuid()), grp.getgrgid(gid)
    except KeyError:
        return False
    private = account.pw_gid == gid and group.gr_name == account.pw_name
    # With an access control list the group's bits stand for others, too (acl(5)).
    listed = "system.posix_acl_access" in os.listxattr(path)
    return private and not listed and not set(group.gr_mem) - {account.pw_name}


def _named(words: Sequence[str], folder: Path, *, from_path: bool) -> Iterator[str]:
    if from_path and words and "/" in words[0]:
        yield words[0]
    for index, word in enumerate(words):
        name, rest = word.rpartition("/")[2], words[index + 1 :]
        if _SHELL.fullmatch(name):
            yield from _run_by_shell(rest, folder)
        elif _PYTHON.fullmatch(name):
            yield from _run_by_python(rest, folder)
        elif _OTHER.fullmatch(name):
            yield from _first_file(rest, folder)
        elif (index or not from_path) and _looks_run(word, folder):
            yield word


def _run_by_shell(words: Sequence[str], folder: Path) -> Iterator[str]:
    options = _options(words)
    if any(_TEXT_FOLLOWS.fullmatch(option) for option in options):
        for text in words[len(options) : len(options) + 1]:
            yield from _named(_shell_words(text), folder, from_path=False)
    else:
        yield from _first_file(words, folder)


def _run_by_python(words: Sequence[str], folder: Path) -> Iterator[str]:
    for index, word in enumerate(words):
        if not word.startswith("-"):
            break
        if _TEXT_FOLLOWS.fullmatch(word):
            return
        if _MODULE_FOLLOWS.fullmatch(word):
            yield from _module(words[index + 1 : index + 2], folder)
            return
    yield from _first_file(words, folder)


def _options(words: Sequence[str]) -> Sequence[str]:
    return list(itertools.takewhile(lambda word: word.startswith(("-", "+")), words))


def _first_file(words: Sequence[str], folder: Path) -> Iterator[str]:
    """Yield the first word that is no option, and the first file: an option may have a value."""
    plain = [word for word in words if not word.startswith("-")]
    files = (word for word in plain if _is_file(folder / word))
    yield from {*plain[:1], *itertools.islice(files, 1)}


def _module(words: Sequence[str], folder: Path) -> Iterator[str]:
    """Yield the files of a module that lies in the folder, where Python looks first."""
    for name in words:
        path = name.replace(".", "/")
        for place in (f"{path}.py", f"{path}/__init__.py", f"{path}/__main__.py"):
            if _is_file(folder / place):
                yield place


def _looks_run(word: str, folder: Path) -> bool:
    path = folder / word
    if not _is_file(path):
        return False
    if "/" in word and os.access(path, os.X_OK):
        return True
    try:
        with path.open("rb") as file:
            return file.read(2) == b"#!"
    except OSError:
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False  # a word may be anything


def _installed(path: Path) -> bool:
    try:
        real = path.resolve(strict=True)
        return str(real).startswith(tuple(f"{place}/" for place in _INSTALLED)) and (
            real.stat().st_uid == 0
        )
    except (OSError, RuntimeError, ValueError):
        return False


def _shell_words(text: str) -> list[str]:
    lexer = shlex.shlex(text, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        return list(lexer)
    except ValueError:
        return text.split()  # no shell would take it either


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"the account {uid}"


def _group(gid: int) -> str:
    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)
