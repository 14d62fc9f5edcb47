"""The address of a database: SQLite's file, or where PostgreSQL listens.

PostgreSQL's is written as libpq reads it (PostgreSQL, 32.1.1.2), with the few settings that a probe
takes; SQLite's as `sqlite:` and a path.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

SETTINGS: Final = ("host", "sslmode", "sslrootcert", "sslcert", "sslkey", "passfile")
"""What may stand in the query of an address; host is the folder of a socket there."""

SSL_MODES: Final = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
"""From no encryption to a certificate that is valid for the host."""

_SQLITE: Final = "sqlite:"
_POSTGRES: Final = ("postgresql", "postgres")
_PORT: Final = 5432
_EXAMPLE: Final = "sqlite:PATH or postgresql://USER@HOST/NAME"


class NoDatabase(ValueError):
    """It is no address of a database. The message says why, and repeats nothing of it."""


class Sqlite(NamedTuple):
    """A file of SQLite's; path: absolute, or from the checklist's folder."""

    path: str


class Postgres(NamedTuple):
    """A database of PostgreSQL's.

    host: a name, an IP address, or the absolute path of the folder with its socket. user, name:
    None for what libpq takes by itself. settings: those of SETTINGS that are written, but host.
    """

    host: str
    port: int
    user: str | None
    name: str | None
    settings: Mapping[str, str]

    @property
    def local(self) -> bool:
        """Whether it is reached through a socket in the file system."""
        return self.host.startswith("/")


Database: TypeAlias = Sqlite | Postgres


def database(text: str) -> Database:
    """Read an address. Raises NoDatabase."""
    if text.startswith(_SQLITE):
        path = text.removeprefix(_SQLITE)
        if not path or "\0" in path or path.startswith(":memory:"):
            raise NoDatabase("expected the path of a file, such as sqlite:/srv/shop.db")
        return Sqlite(path)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise NoDatabase("its host or port is none") from None
    if parts.scheme not in _POSTGRES or not text[len(parts.scheme) :].startswith("://"):
        raise NoDatabase(f"expected {_EXAMPLE}")
    if parts.password is not None:
        raise NoDatabase("a password in an address: name a secret in `password` instead")
    settings = _settings(parts.query)
    host = unquote(parts.hostname or "")
    folder = settings.pop("host", "")
    if bool(host) == bool(folder) or (folder and not folder.startswith("/")):
        raise NoDatabase("expected one host, or ?host=/FOLDER of its socket")
    if port == 0 or parts.fragment or any(character in host for character in ", \0%"):
        raise NoDatabase("its host or port is none")
    return Postgres(
        host=host or folder,
        port=port or _PORT,
        user=unquote(parts.username) if parts.username else None,
        name=unquote(parts.path.removeprefix("/")) or None,
        settings=settings,
    )


def _settings(query: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError:
        raise NoDatabase("what follows the question mark is no list of settings") from None
    settings = dict(pairs)
    if "password" in settings:
        raise NoDatabase("a password in an address: name a secret in `password` instead")
    if len(settings) < len(pairs) or not settings.keys() <= set(SETTINGS):
        raise NoDatabase(f"its settings are some of {', '.join(SETTINGS)}, each once")
    if settings.get("sslmode", SSL_MODES[0]) not in SSL_MODES:
        raise NoDatabase(f"its sslmode is one of {', '.join(SSL_MODES)}")
    return settings
