"""What the end-to-end tests share: a site of their own each, and both sizes of terminal."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e import shim
from tests.e2e.shim import Clocks
from tests.e2e.site import Site
from tests.e2e.sshd import Sshd, lacking

_BESIDE_THE_REPOSITORY = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Give a site with terminals of 80 by 24; whatever was started on it is ended."""
    site = Site(tmp_path)
    yield site
    site.close()


@pytest.fixture(params=[(80, 24), (120, 40)], ids=["80x24", "120x40"])
def sized_site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """Give a site with terminals of each of the two sizes that the layout is made for."""
    columns, rows = request.param
    site = Site(tmp_path, columns=columns, rows=rows)
    yield site
    site.close()


@pytest.fixture(scope="session")
def seed() -> Callable[[str], Path]:
    """Find a seed document by the number its name starts with."""
    folder = Path(os.environ.get("LAUNCHPAD_SEEDS", _BESIDE_THE_REPOSITORY))

    def find(number: str) -> Path:
        found = sorted(folder.glob(f"{number}_*"))
        if not found:
            pytest.skip(f"seed document {number} is not in {folder} (see LAUNCHPAD_SEEDS)")
        return found[0]

    return find


@pytest.fixture(scope="session")
def signed_seed(seed: Callable[[str], Path]) -> Path:
    """Find the seed document that has sign-offs in its phases."""
    return seed("003")


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """Give a real SSH server on loopback."""
    if missing := lacking():
        pytest.skip(missing)
    server = Sshd(tmp_path_factory.mktemp("ssh") / "server")
    yield server
    server.close()


@pytest.fixture
def clocks(site: Site, clock_library: Path) -> Iterator[Clocks]:
    """Give a site whose programs see clocks and a boot that the test moves."""
    clocks = Clocks(site.folder / "clocks", clock_library)
    site.environment |= clocks.environment
    yield clocks
    clocks.close()


@pytest.fixture(scope="session")
def clock_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile what stands between a program and the kernel's clocks."""
    library = shim.compiled(tmp_path_factory.mktemp("shim"))
    if library is None:
        pytest.skip("there is no C compiler here (cc or gcc)")
    return library
