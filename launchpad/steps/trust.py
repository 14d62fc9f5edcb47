"""Which exact checklists an account lets run commands in its name.

Trust lies in the account's own state folder and never in a log: whoever may write the log must not
thereby be able to run commands as somebody else. So nothing is believed that a log says about a
checklist but its bytes' digest: the commands that were read from those bytes are kept here too, and
so is the digest of every script that they name.
"""

import difflib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import msgspec

from launchpad.checklist.commands import commands
from launchpad.checklist.model import Checklist, Command, HttpSettings
from launchpad.checklist.requests import requests, secrets_carried, secrets_of
from launchpad.steps.claim import sync_folder
from launchpad.steps.folder import make_private
from launchpad.steps.scripts import named_scripts, sha256_of, writable_by_others
from launchpad.text.safe import one_line, safe

_ENDING: Final = ".json"


class Text(Protocol):
    """A checklist's document: its file's name, the SHA-256 of its bytes (hexadecimal), its text."""

    @property
    def name(self) -> str:
        """The file's name without its folder."""

    @property
    def sha256(self) -> str:
        """The digest."""

    @property
    def text(self) -> str:
        """The text."""


class NotTrusted(Exception):
    """Nothing of this checklist may be run by this account. The message says why; it is safe."""


class Distrusted(Exception):
    """This checklist cannot be trusted: another account may change what it runs. Safe."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """What is known of a checklist that is trusted: the scripts' digests, by their paths."""

    scripts: Mapping[Path, str]


class _Record(msgspec.Struct, frozen=True):
    """A trusted checklist as it is kept. scripts: None for one that was not there."""

    name: str
    folder: str
    user: str
    sha256: str
    runs: str
    scripts: dict[str, str | None]
    text: str


def trust(state: Path, text: Text, checklist: Checklist, folder: Path, user: str) -> None:
    """Trust a checklist: these bytes, in this folder, run by this user. Raises OSError.

    Raises Distrusted where another account may write the folder or a script.
    """
    if why := _open_to_others(folder, checklist):
        raise Distrusted(why)
    record = _Record(
        name=text.name,
        folder=str(folder),
        user=user,
        sha256=text.sha256,
        runs=_digest(checklist),
        scripts=_scripts(checklist, folder),
        text=text.text,
    )
    place = _place(state, folder)
    make_private(place)
    _write(place / f"{text.sha256}{_ENDING}", msgspec.json.encode(record))


def check(state: Path, text: Text, checklist: Checklist, folder: Path, user: str) -> Trusted:
    """Return what is trusted of a checklist, as it lies on this machine now.

    text: `SourceText` of the log, or a document that was read; checklist: as read from it. Raises
    NotTrusted: for what was never trusted, for bytes, a command or a script that changed since,
    for another user, and where another account may write any of it.
    """
    try:
        return _check(state, text, checklist, folder, user)
    except OSError as error:
        place = one_line(str(error.filename or folder))
        raise NotTrusted(f"{place} cannot be read: {error.strerror}") from error


def earlier(state: Path, folder: Path, name: str) -> str | None:
    """Return the text of the checklist of this name that was trusted last; None for none."""
    known: list[tuple[int, str]] = []
    for path in _place(state, folder).glob(f"*{_ENDING}"):
        try:
            record = _read(path)
            known.append((path.stat().st_mtime_ns, record.text if record.name == name else ""))
        except (OSError, msgspec.DecodeError):
            continue
    texts = [text for _, text in sorted(known) if text]
    return texts[-1] if texts else None


def difference(old: str, new: str) -> list[str]:
    """Return the lines of a unified difference between two texts. All of it is safe."""
    lines = difflib.unified_diff(
        old.splitlines(), new.splitlines(), "trusted before", "now", lineterm=""
    )
    return [safe(line) for line in lines]


def _check(state: Path, text: Text, checklist: Checklist, folder: Path, user: str) -> Trusted:
    path = _place(state, folder) / f"{text.sha256}{_ENDING}"
    try:
        record = _read(path)
    except FileNotFoundError:
        known = earlier(state, folder, text.name) is not None
        why = "changed since it was trusted" if known else "was never trusted by this account"
        raise NotTrusted(f"{one_line(text.name)} {why}") from None
    except msgspec.DecodeError as error:
        raise NotTrusted(f"{path} cannot be read: {error}") from None
    if record.user != user or record.sha256 != text.sha256 or record.folder != str(folder):
        raise NotTrusted(f"it was trusted for {one_line(record.user)} in {one_line(record.folder)}")
    if record.runs != _digest(checklist):
        raise NotTrusted("the commands in the log are not those of the text that was trusted")
    if who := writable_by_others(path) or _open_to_others(folder, checklist):
        raise NotTrusted(who)
    return Trusted(_unchanged(record, _scripts(checklist, folder)))


def _unchanged(record: _Record, now: Mapping[str, str | None]) -> dict[Path, str]:
    for path in sorted({*now, *record.scripts}):
        found = now.get(path) or sha256_of(Path(path))
        if path not in record.scripts or record.scripts[path] != found:
            raise NotTrusted(f"{one_line(path)} changed since it was trusted")
    return {Path(path): digest for path, digest in record.scripts.items() if digest is not None}


def _open_to_others(folder: Path, checklist: Checklist) -> str | None:
    places = [folder, *(Path(path) for path in _scripts(checklist, folder))]
    for place in places:
        try:
            if who := writable_by_others(place):
                return f"{one_line(str(place))} may be changed by another account: {one_line(who)}"
        except FileNotFoundError:
            continue  # what is not there is run by nobody, and what appears there was not trusted
    return None


def _scripts(checklist: Checklist, folder: Path) -> dict[str, str | None]:
    return {
        str(path): sha256_of(path)
        for each in commands(checklist)
        for path in named_scripts(each.command, folder)
    }


def _digest(checklist: Checklist) -> str:
    """Return a digest over all that a checklist runs and where it takes and sends secrets.

    Field by field, so that a field that a later program adds does not end trust during a launch.
    """
    said: list[Any] = [[each.id, _words(each.command)] for each in commands(checklist)]
    said += [["secret", each.name, each.source, each.origin] for each in checklist.secrets]
    for probe in checklist.probes:
        if probe.http and secrets_carried(probe.http, checklist.secrets):
            said.append(["http", probe.id, *_request(probe.http)])
        if probe.prometheus and secrets_of(probe, checklist.secrets):
            asked = probe.prometheus
            said.append(["prometheus", probe.id, asked.server, asked.headers, asked.allow_insecure])
        if probe.sql:
            said.append(["sql", probe.id, probe.sql.database, probe.sql.query, probe.sql.password])
    said += [["sends", each.id, *_request(each.http)] for each in requests(checklist)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _words(command: Command) -> list[Any]:
    return [command.argv, command.shell, command.secrets]


def _request(http: HttpSettings) -> list[Any]:
    request = [http.url, http.method, http.headers, http.body]
    return [request, http.allow_insecure, http.redirects]


def _place(state: Path, folder: Path) -> Path:
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()
    return state.absolute() / "trust" / name


def _read(path: Path) -> _Record:
    return msgspec.json.decode(path.read_bytes(), type=_Record)


def _write(path: Path, data: bytes) -> None:
    new = path.with_suffix(".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)
    new.rename(path)
    sync_folder(str(path.parent))
