"""A small shop that can be broken: what it answers, and how its queue moves. Pure.

The newer of its two releases has a fault, which shows while the demo is in its failing mode. What
the rollback's steps do is what mends it: traffic goes back to the older release, the newer one's
jobs are turned off, and the queue drains.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeAlias

from launchpad.launch.operations import DemoMode

Release: TypeAlias = Literal["new", "old"]
Jobs: TypeAlias = Literal["on", "off"]

VERSIONS: Final[Mapping[Release, str]] = {"new": "2026.11", "old": "2026.10"}

TICK_S: Final = 0.1
"""How often `ticked` is to be called."""

_SLOW_S: Final = 0.9
_QUEUE_AT_REST: Final = 4
_QUEUE_FULL: Final = 420
_QUEUED_A_TICK: Final = 25
_DRAINED_A_TICK: Final[Mapping[Jobs, int]] = {"on": 10, "off": 30}


@dataclass(frozen=True, slots=True)
class Shop:
    """How the shop stands. jobs: whether the newer release's run; queue: orders that wait."""

    release: Release = "new"
    jobs: Jobs = "on"
    mode: DemoMode = "healthy"
    queue: int = _QUEUE_AT_REST

    @property
    def failing(self) -> bool:
        """Whether customers meet the fault."""
        return self.mode == "failing" and self.release == "new"


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks. allowed: whether they showed the token; body: as it was sent."""

    method: str
    path: str
    allowed: bool
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What they are told, as JSON, and after how long."""

    status: int
    body: Mapping[str, Any]
    delay_s: float = 0.0


def ticked(shop: Shop) -> Shop:
    """Return the shop a tick later."""
    if shop.failing:
        return replace(shop, queue=min(shop.queue + _QUEUED_A_TICK, _QUEUE_FULL))
    return replace(shop, queue=max(shop.queue - _DRAINED_A_TICK[shop.jobs], _QUEUE_AT_REST))


def answered(shop: Shop, request: Request) -> tuple[Shop, Answer]:
    """Return the shop after a request, and its answer."""
    ask = _ASKED.get((request.method, request.path))
    if ask:
        return shop, ask(shop, request)
    change = _CHANGED.get((request.method, request.path))
    if change is None:
        return shop, Answer(404, {"error": "there is nothing here"})
    if not request.allowed:
        return shop, _NO_TOKEN
    try:
        changed = change(shop, json.loads(request.body))
    except (ValueError, LookupError, TypeError):
        return shop, Answer(400, {"error": "that is not understood"})
    return changed, Answer(200, _standing(changed))


_NO_TOKEN: Final = Answer(401, {"error": "this needs a token"})


def _health(shop: Shop, _request: Request) -> Answer:
    told = {"release": VERSIONS[shop.release], "queue": shop.queue}
    if shop.failing:
        reason = f"release {VERSIONS['new']} cannot reach the payment provider"
        return Answer(503, {"status": "failing", "reason": reason, **told})
    return Answer(200, {"status": "ok", **told})


def _checkout(shop: Shop, _request: Request) -> Answer:
    if shop.failing:
        return Answer(500, {"error": "payment timed out; nothing was charged"}, _SLOW_S)
    return Answer(200, {"basket": 2, "total": "31.50", "currency": "EUR"})


def _orders(_shop: Shop, request: Request) -> Answer:
    if not request.allowed:
        return _NO_TOKEN
    return Answer(200, {"orders": [{"number": 1041, "state": "paid"}]})


def _standing(shop: Shop) -> Mapping[str, Any]:
    version = VERSIONS[shop.release]
    return {"release": version, "jobs": shop.jobs, "queue": shop.queue, "migrations": 0}


def _release(shop: Shop, body: Any) -> Shop:
    to: Mapping[str, Release] = {"new": "new", "old": "old"}
    return replace(shop, release=to[body["to"]])


def _jobs(shop: Shop, body: Any) -> Shop:
    to: Mapping[str, Jobs] = {"on": "on", "off": "off"}
    return replace(shop, jobs=to[body["new"]])


_ASKED: Final[Mapping[tuple[str, str], Callable[[Shop, Request], Answer]]] = {
    ("GET", "/health"): _health,
    ("GET", "/checkout"): _checkout,
    ("GET", "/api/orders"): _orders,
    ("GET", "/status"): lambda shop, _request: Answer(200, _standing(shop)),
}
_CHANGED: Final[Mapping[tuple[str, str], Callable[[Shop, Any], Shop]]] = {
    ("POST", "/release"): _release,
    ("POST", "/jobs"): _jobs,
}
