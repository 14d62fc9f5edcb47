"""What the end-to-end tests share: a site of their own each, and both sizes of terminal."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.site import Site

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
def signed_seed() -> Path:
    """Find the seed document that has sign-offs in its phases."""
    folder = Path(os.environ.get("LAUNCHPAD_SEEDS", _BESIDE_THE_REPOSITORY))
    found = sorted(folder.glob("003_*"))
    if not found:
        pytest.skip(f"seed document 003 is not in {folder} (see LAUNCHPAD_SEEDS)")
    return found[0]
