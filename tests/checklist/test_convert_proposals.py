"""Which probes are proposed for what a document names, and what is never put into one."""

from dataclasses import replace

import pytest

from launchpad.checklist.converted.document import convert
from launchpad.checklist.converted.proposals import Proposals, propose
from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.load import Document
from launchpad.checklist.model import (
    Checklist,
    EnvironmentVariable,
    Item,
    Phase,
    Probe,
    Snippet,
)

PLAIN = Checklist("Plan", "markdown", "plan", None, (), (), (), ())


def items(*texts: str, snippets: tuple[str, ...] = ()) -> tuple[Phase, ...]:
    return (
        Phase(
            "a",
            "A",
            1,
            tuple(
                Item(f"i{n}", text, "", False, n, n, 0, "task", None, None, snippets=snippets)
                for n, text in enumerate(texts, 1)
            ),
        ),
    )


def proposed(proposals: Proposals) -> list[str]:
    """Return where each probe is proposed: at an item, or by a name of its own."""
    on_items = [f"{item}: {what(one.probe)}" for item, one in proposals.of_items.items()]
    return on_items + [f"{one.probe.id}: {what(one.probe)}" for one in proposals.others]


def what(probe: Probe) -> str:
    if probe.env:
        return f"{probe.env.name} {probe.env.source}"
    assert probe.http
    return f"{probe.http.method} {probe.http.url} {', '.join(probe.conditions)}"


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (("DB_URL is set",), ["i1: DB_URL conductor"]),
        (("is `DB_URL`, set?", "other"), ["i1: DB_URL conductor"]),
        ((), ["env/db-url: DB_URL conductor"]),
        (("OLD_DB_URL is gone", "DB_URLS too"), ["env/db-url: DB_URL conductor"]),
        (("DB_URL is set", "DB_URL is stored"), ["env/db-url: DB_URL conductor"]),
    ],
)
def test_an_environment_variable_is_observed_where_one_item_names_it(
    texts: tuple[str, ...], places: list[str]
) -> None:
    known = (EnvironmentVariable("DB_URL", 3),)
    assert proposed(propose(replace(PLAIN, phases=items(*texts), env_vars=known))) == places


def test_an_item_has_one_probe() -> None:
    known = (EnvironmentVariable("DB_URL", 3), EnvironmentVariable("DB_KEY", 4))
    found = propose(replace(PLAIN, phases=items("DB_URL and DB_KEY"), env_vars=known))
    assert proposed(found) == ["i1: DB_URL conductor", "env/db-key: DB_KEY conductor"]


def test_an_optional_variable_says_so_to_whom_reviews_it() -> None:
    known = (EnvironmentVariable("DB_URL", 3, optional=True),)
    (proposal,) = propose(replace(PLAIN, env_vars=known)).others
    assert any("optional" in comment for comment in proposal.comments)
    assert all(comment.startswith("review: ") for comment in proposal.comments)


@pytest.mark.parametrize(
    ("snippet", "probe"),
    [
        (
            Snippet("c", 1, "curl https://shop.io/health", expected="200/204"),
            "http/health: GET https://shop.io/health [STATUS] == any(200, 204)",
        ),
        (
            Snippet("c", 1, "curl https://shop.io/health", expected="all is well"),
            "http/health: GET https://shop.io/health [STATUS] == 200",
        ),
        (
            Snippet("c", 1, "curl -I https://shop.io/api/ping"),
            "http/api-ping: HEAD https://shop.io/api/ping [STATUS] == 200",
        ),
        (
            Snippet("c", 1, "curl https://yourdomain.com/health"),
            "http/health: GET ${base-url}/health [STATUS] == 200",
        ),
    ],
)
def test_a_health_address_is_observed(snippet: Snippet, probe: str) -> None:
    assert proposed(propose(replace(PLAIN, snippets=(snippet,)))) == [probe]


def test_a_health_address_is_observed_by_the_one_item_that_asks_it() -> None:
    snippet = Snippet("c", 1, "curl https://shop.io/health")
    on_one = replace(PLAIN, snippets=(snippet,), phases=items("Up?", snippets=("c",)))
    on_two = replace(PLAIN, snippets=(snippet,), phases=items("Up?", "Yes?", snippets=("c",)))
    assert proposed(propose(on_one))[0].startswith("i1: ")
    assert proposed(propose(on_two))[0].startswith("http/health: ")


def test_each_origin_that_is_made_up_gets_a_variable_of_its_own() -> None:
    commands = ("yourapi.com/health", "yourapi.com/ping", "yourweb.com/health", "yourapi.com/ping")
    snippets = tuple(Snippet(f"c{n}", n, f"curl https://{c}") for n, c in enumerate(commands))
    found = propose(replace(PLAIN, snippets=snippets))
    assert [(variable.name, variable.required) for variable, _ in found.vars] == [
        ("base-url", True),
        ("base-url-2", True),
    ]
    assert [one.probe.http.url for one in found.others if one.probe.http] == [
        "${base-url}/health",
        "${base-url}/ping",
        "${base-url-2}/health",
    ]


@pytest.mark.parametrize(
    "command",
    [
        "curl -H 'Authorization: Bearer sesame' https://shop.io/health",
        "curl -H 'X-Job-Token: sesame' https://shop.io/health",
        "curl -u ada:sesame https://shop.io/health",
        "curl --user ada:sesame https://shop.io/health",
        "curl -b session=sesame https://shop.io/health",
        "curl --oauth2-bearer sesame https://shop.io/health",
        "curl 'https://shop.io/health?token=sesame'",
        "curl 'https://shop.io/health#sesame'",
        "curl https://ada:sesame@shop.io/health",
    ],
)
def test_no_secret_of_a_command_gets_into_what_is_proposed(command: str) -> None:
    checklist = replace(PLAIN, snippets=(Snippet("c", 1, command),), phases=items("Up?"))
    source = source_from_bytes("plan.md", b"# Plan\n")
    text, proposals = convert(Document(source, checklist))
    assert text.count("sesame") == 1, "only in the command itself, which the document shows"
    assert "sesame" not in repr(proposals)
    assert proposals.count == ("@" not in command)
