import subprocess
import sys

import pytest

from launchpad.conditions.parse import parse
from launchpad.conditions.placeholders import PLACEHOLDERS
from launchpad.probes.env import Conductor, EnvSpec
from launchpad.probes.probe_type import ProbeType
from launchpad.probes.registry import TYPES, type_of

CLIENTS = {"asyncio", "ssl", "h11", "dns", "idna", "httpx", "dataclasses", "subprocess"}


@pytest.mark.parametrize("of_type", TYPES.values(), ids=TYPES)
def test_a_type_asks_by_default_what_it_offers(of_type: ProbeType) -> None:
    assert of_type.offered <= set(PLACEHOLDERS)
    assert of_type.default
    for text in of_type.default:
        parse(text, of_type.offered)


def test_settings_know_their_type() -> None:
    assert type_of(EnvSpec("A", Conductor({}))) is TYPES["env"]
    with pytest.raises(LookupError):
        type_of(())


def test_knowing_the_types_imports_none_of_their_clients() -> None:
    code = "import launchpad.probes.registry, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not {name.partition(".")[0] for name in done.stdout.split()} & CLIENTS
    assert "launchpad.conditions" not in done.stdout
