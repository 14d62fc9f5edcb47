"""What commands ask, whether an address asks how a service is, and which answers are expected."""

import pytest

from launchpad.checklist.converted.addresses import health_address
from launchpad.checklist.converted.curl import question
from launchpad.checklist.converted.statuses import statuses


@pytest.mark.parametrize(
    ("command", "asks"),
    [
        ("curl https://a.example/health", "GET https://a.example/health"),
        ("curl -s 'https://a.example/health'", "GET https://a.example/health"),
        ("curl -fsSL --max-time 5 a.example/health", "GET a.example/health"),
        ("curl -I https://a.example/health", "HEAD https://a.example/health"),
        ("curl -X GET https://a.example/health", "GET https://a.example/health"),
        ("curl -Xget https://a.example/health", "GET https://a.example/health"),
        ("curl -so /dev/null -w '%{http_code}' http://a/health", "GET http://a/health"),
        ("curl --url http://a/health", "GET http://a/health"),
        ("curl \\\n  -H 'Accept: x' \\\n  http://a/health", "GET http://a/health"),
        ("curl http://a/health | jq .status", "GET http://a/health"),
        ("curl http://a/health && echo up", "GET http://a/health"),
        ("curl -k http://a/health 2>/dev/null", "GET http://a/health"),
        ("curl http://<host>/health", "GET http://<host>/health"),
        ("curl.exe http://a/health", "GET http://a/health"),
        # What changes something, or asks somebody else than the address says.
        ("curl -X POST http://a/health", None),
        ("curl -XDELETE http://a/health", None),
        ("curl -d x=1 http://a/health", None),
        ("curl -sd x=1 http://a/health", None),
        ("curl --json '{}' http://a/health", None),
        ("curl -F file=@x http://a/health", None),
        ("curl -T x http://a/health", None),
        ("curl -x proxy:1 http://a/health", None),
        ("curl --resolve a:1:2 http://a/health", None),
        ("curl -K settings", None),
        # What is not one question.
        ("curl http://a/health http://b/health", None),
        ("curl --unknown value http://a/health", None),
        ("curl", None),
        ("", None),
        ("wget http://a/health", None),
        ("ssh host curl http://a/health", None),
        ("echo curl http://a/health", None),
        ("curl 'http://a/health", None),
        ("curl http://a/health" + " " * 5000, None),
    ],
)
def test_what_a_curl_command_asks(command: str, asks: str | None) -> None:
    asked = question(command)
    assert (f"{asked.method} {asked.address}" if asked else None) == asks


@pytest.mark.parametrize(
    ("text", "origin", "path", "made_up"),
    [
        ("https://shop.io/health", "https://shop.io", "/health", False),
        ("https://shop.io/healthz", "https://shop.io", "/healthz", False),
        ("https://shop.io/api/ops/health", "https://shop.io", "/api/ops/health", False),
        ("https://shop.io/health/ready", "https://shop.io", "/health/ready", False),
        ("https://shop.io/health/", "https://shop.io", "/health/", False),
        ("https://shop.io/actuator/health", "https://shop.io", "/actuator/health", False),
        ("https://shop.io/v1/status", "https://shop.io", "/v1/status", False),
        ("https://shop.io/status.json", "https://shop.io", "/status.json", False),
        ("https://shop.io/PING", "https://shop.io", "/PING", False),
        ("https://shop.io/ready", "https://shop.io", "/ready", False),
        ("http://10.0.0.7:8080/livez", "http://10.0.0.7:8080", "/livez", False),
        ("http://[::1]:80/ping", "http://[::1]:80", "/ping", True),
        ("localhost:3000/health", "http://localhost:3000", "/health", False),
        ("https://shop.io/health?full=1", "https://shop.io", "/health", False),
        ("https://yourdomain.com/health", "https://yourdomain.com", "/health", True),
        ("https://your-app.example.com/health", "https://your-app.example.com", "/health", True),
        ("https://api.yourcompany.com/ping", "https://api.yourcompany.com", "/ping", True),
        ("https://api.example.com/health", "https://api.example.com", "/health", True),
        ("https://shop.example/health", "https://shop.example", "/health", True),
        ("https://<host>/health", "https://<host>", "/health", True),
        ("https://{{host}}/health", "https://{{host}}", "/health", True),
        ("https://[host]/health", "https://[host]", "/health", True),
        ("https://$HOST/health", "https://$HOST", "/health", True),
        ("$BASE_URL/health", "$BASE_URL", "/health", True),
        ("${API}/health", "${API}", "/health", True),
        ("https://API_HOST/health", "https://API_HOST", "/health", True),
        ("https://host:8080/health", "https://host:8080", "/health", True),
        ("https://____.io/health", "https://____.io", "/health", True),
    ],
)
def test_an_address_that_asks_how_a_service_is(
    text: str, origin: str, path: str, made_up: bool
) -> None:
    address = health_address(text)
    assert address
    assert (address.origin, address.path, address.made_up) == (origin, path, made_up)


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.io",
        "https://shop.io/",
        "https://shop.io/orders",
        "https://shop.io/healthy-food",
        "https://shop.io/health-insurance/quote",
        "https://shop.io/status/orders",
        "https://health.shop.io/",
        "https://shop.io/orders?next=/health",
        "https://user:secret@shop.io/health",
        "https://token@shop.io/health",
        "https://shop.io/<tenant>/health",
        "https://shop.io/${TENANT}/health",
        "ftp://shop.io/health",
        "/health",
        "",
    ],
)
def test_an_address_that_is_not_proposed(text: str) -> None:
    assert health_address(text) is None


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("200", (200,)),
        ("200/204", (200, 204)),
        ("HTTP 200", (200,)),
        ("HTTP/1.1 200 OK", (200,)),
        ("should return 200/503", (200, 503)),
        ("200 or 204 with an empty body", (200, 204)),
        ("200, 204", (200, 204)),
        ("200、または 204", (200, 204)),
        ("Status 301 (moved)", (301,)),
        ("(200)", (200,)),
        ("`200`", (200,)),
        ("200 then 200", (200,)),
        ("204 No Content", (204,)),
        # What counts or measures something, and what denies it.
        ("", ()),
        ('{"status":"ok"}', ()),
        ("200 ms", ()),
        ("200ms", ()),
        ("under 250 MB", ()),
        ("500 rows", ()),
        ("200 within 500 ms", (200,)),
        ("200-299", ()),
        ("1.200", ()),
        ("200.5", ()),
        ("2000", ()),
        ("port :443", (443,)),
        ("100%", ()),
        ("200, not 500", ()),
        ("never 404", ()),
        ("no 500", ()),
    ],
)
def test_the_statuses_that_are_expected(expected: str, found: tuple[int, ...]) -> None:
    assert statuses(expected) == found


@pytest.mark.parametrize(
    "text",
    [
        "curl " + "-H x " * 50_000,
        "curl https://" + "your-" * 20_000 + "/health",
        "curl https://a/" + "health/" * 20_000,
        "curl https://" + "a" * 100_000,
    ],
)
def test_hostile_commands_are_passed_over(text: str) -> None:
    assert question(text) is None
    assert health_address(text.removeprefix("curl ")) is None
    assert statuses("200 " * 25_000) == ()
    assert statuses("200, " * 25_000) == ()
