"""Where an answer redirects to, and what may be sent there."""

from collections.abc import Set as AbstractSet
from typing import Final

from launchpad.probes.exchange import Answer, Request
from launchpad.probes.observed import CannotObserve
from launchpad.probes.url import Url

# RFC 9110, 15.4: those that keep the method and the body, and those after which people expect GET.
_AS_IT_WAS: Final = frozenset({307, 308})
_AS_GET: Final = frozenset({301, 302, 303})


def redirected(
    url: Url, request: Request, answer: Answer, allowed: AbstractSet[str]
) -> tuple[Url, Request] | None:
    """Return the next request, None where the answer is no redirect.

    allowed: the origins that may be redirected to. What was written for one origin, headers and
    body, is not sent to another. Raises CannotObserve.
    """
    location = answer.headers.get("location")
    if location is None or answer.status not in _AS_IT_WAS | _AS_GET:
        return None
    onward = url.joined(location)
    if onward.origin not in allowed:
        raise CannotObserve("redirect-refused", f"it redirects to {onward.origin}")
    if answer.status in _AS_GET and request.method != "HEAD":
        about_body = {"content-type", "content-length", "content-encoding"}
        kept = tuple(header for header in request.headers if header[0].lower() not in about_body)
        request = Request("GET", kept, b"")
    if onward.origin != url.origin:
        if request.body:
            raise CannotObserve("redirect-refused", f"the body would go to {onward.origin}")
        request = request._replace(headers=())
    return onward, request
