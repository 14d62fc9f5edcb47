"""Of several addresses, whichever answers first is connected to."""

import socket
import time

import pytest

from launchpad.probes.connecting import connected
from launchpad.probes.observed import CannotObserve

DEAF, GOOD, CLOSED = "127.0.0.2", "127.0.0.1", "127.0.0.3"


async def test_an_address_that_refuses_is_passed_over() -> None:
    with socket.create_server((GOOD, 0)) as server:
        port = server.getsockname()[1]
        with await connected([CLOSED, GOOD], port) as connection:
            assert connection.getpeername() == (GOOD, port)


async def test_an_address_that_is_silent_is_passed_over_soon() -> None:
    with socket.create_server((GOOD, 0)) as server:
        port = server.getsockname()[1]
        with socket.create_server((DEAF, port), backlog=0):
            fillers = [socket.socket() for _ in range(3)]
            for filler in fillers:
                filler.setblocking(False)
                filler.connect_ex((DEAF, port))
            began = time.monotonic()
            with await connected([DEAF, GOOD], port) as connection:
                assert connection.getpeername() == (GOOD, port)
            assert 0.2 < time.monotonic() - began < 1.0
            for filler in fillers:
                filler.close()


async def test_where_all_refuse_the_first_refusal_is_told() -> None:
    with socket.create_server((GOOD, 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(CannotObserve, match=f"{DEAF}:{port} refused"):
            await connected([DEAF, CLOSED], port)


async def test_link_local_addresses_are_passed_over_though_others_are_there() -> None:
    with socket.create_server((GOOD, 0)) as server:
        port = server.getsockname()[1]
        with await connected(["169.254.0.1", GOOD], port) as connection:
            assert connection.getpeername() == (GOOD, port)


async def test_addresses_without_a_route_come_last() -> None:
    """Or are soon passed over, where there is IPv6."""
    with socket.create_server((GOOD, 0)) as server:
        port = server.getsockname()[1]
        began = time.monotonic()
        with await connected(["2001:db8::1", GOOD], port) as connection:
            assert connection.getpeername() == (GOOD, port)
        assert time.monotonic() - began < 1.0
