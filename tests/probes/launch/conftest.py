from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpad.probes import tls
from tests.cli.conftest import bare, launchpad
from tests.probes.certificates import Authority, authority
from tests.probes.launch.shop import Shop, serving_shop
from tests.probes.postgres import Postgres

# The command, run in a folder of its own.
__all__ = ["bare", "launchpad"]


@pytest.fixture(scope="package")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return the authority that this machine trusts."""
    return authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="package")
def served(postgres: Postgres, trusted: Authority) -> Iterator[Shop]:
    shop = Shop(postgres, trusted)
    with serving_shop(shop):
        yield shop
    postgres.run("DROP DATABASE storefront")


@pytest.fixture
def open_shop(
    served: Shop, trusted: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shop]:
    """Open the shop after a good launch, its checklist and its host's files in `tmp_path`."""
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted.file))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    served.opens(tmp_path)
    # Authorities are read once.
    _forget_authorities()
    yield served
    _forget_authorities()


def _forget_authorities() -> None:
    for settings in (tls.context, tls.bare_context):
        settings.cache_clear()
