"""The shop that the demo breaks, and what mends it."""

import json
from typing import Any

import pytest

from launchpad.cli.demo.shop import Answer, Request, Shop, answered, ticked

BROKEN = Shop(mode="failing")


def asks(shop: Shop, path: str, *, token: bool = False) -> Answer:
    return answered(shop, Request("GET", path, allowed=token))[1]


def posts(shop: Shop, path: str, body: Any, *, token: bool = True) -> tuple[Shop, Answer]:
    return answered(shop, Request("POST", path, token, json.dumps(body).encode()))


def later(shop: Shop, ticks: int) -> Shop:
    for _ in range(ticks):
        shop = ticked(shop)
    return shop


def test_a_healthy_shop_says_so_and_sells() -> None:
    health = asks(Shop(), "/health")
    assert (health.status, health.body["status"], health.body["release"]) == (200, "ok", "2026.11")
    assert asks(Shop(), "/checkout").status == 200
    assert asks(Shop(), "/checkout").delay_s == 0


def test_a_broken_one_says_why_and_keeps_customers_waiting_for_nothing() -> None:
    health = asks(BROKEN, "/health")
    assert (health.status, health.body["status"]) == (503, "failing")
    assert "payment" in health.body["reason"]
    checkout = asks(BROKEN, "/checkout")
    assert checkout.status == 500
    assert checkout.delay_s > 0.5


def test_the_older_release_does_not_have_the_fault() -> None:
    shop, answer = posts(BROKEN, "/release", {"to": "old"})
    assert answer.body["release"] == "2026.10"
    assert asks(shop, "/health").status == asks(shop, "/checkout").status == 200
    assert asks(posts(shop, "/release", {"to": "new"})[0], "/health").status == 503


def test_the_queue_grows_while_it_is_broken_and_drains_sooner_without_the_new_jobs() -> None:
    full = later(BROKEN, 10)
    assert full.queue > 100
    assert later(full, 1000).queue < 1000
    back = posts(full, "/release", {"to": "old"})[0]
    without = posts(back, "/jobs", {"new": "off"})[0]
    assert later(without, 3).queue < later(back, 3).queue < full.queue
    assert later(without, 100).queue == Shop().queue


def test_nothing_is_shown_or_changed_without_the_token() -> None:
    assert asks(Shop(), "/api/orders").status == 401
    assert asks(Shop(), "/api/orders", token=True).body["orders"]
    for path, body in (("/release", {"to": "old"}), ("/jobs", {"new": "off"})):
        shop, answer = posts(Shop(), path, body, token=False)
        assert (shop, answer.status) == (Shop(), 401)


@pytest.mark.parametrize("body", [{}, [], {"to": "newest"}, {"to": ["old"]}, "old", None])
def test_what_is_not_understood_changes_nothing(body: Any) -> None:
    shop, answer = posts(Shop(), "/release", body)
    assert (shop, answer.status) == (Shop(), 400)


def test_what_is_not_there_is_not_there() -> None:
    assert asks(Shop(), "/admin").status == 404
