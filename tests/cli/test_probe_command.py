"""`launchpad probe`: every probe once, in four formats, without a launch."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from prometheus_client.parser import text_string_to_metric_families

from launchpad.checklist.model import Probe
from launchpad.cli.probe_attempts import Attempt
from launchpad.cli.probe_exposition import exposition
from launchpad.cli.probe_junit import junit
from launchpad.cli.probe_report import Report, lines
from launchpad.console.ink import ASCII, UNICODE
from launchpad.probes.result import Result
from launchpad.text.safe import safe
from tests.cli.conftest import Done, Shell
from tests.cli.observing import Harbour, get, harbour

REFUSED = "{http: {url: 'http://127.0.0.1:1/'}, conditions: ['[STATUS] == 200']}"
MIXED = f"""
smoke/ok: {get("/ok")}
smoke/bad: {get("/bad", more=", failure-threshold: 3")}
refused: {REFUSED}
slower: {get("/ok", "[RESPONSE_TIME] <= +50%")}
"""
CANARY = 'canary/5f2a+91="&é"-tail'


@pytest.fixture
def service() -> Iterator[Harbour]:
    with harbour() as served:
        yield served


@pytest.fixture
def probing(launchpad: Shell, service: Harbour) -> Shell:
    launchpad.acting.write_text(service.checklist(MIXED))
    return launchpad


def probe(shell: Shell, *words: str) -> Done:
    return shell("probe", "launch.yaml", *words)


def test_it_succeeds_where_all_is_well_and_no_log_is_opened(probing: Shell) -> None:
    done = probe(probing, "--only", "smoke/ok")
    assert done.status == 0
    assert re.fullmatch(
        r"✓ OK  smoke/ok  \d+\w+  \[STATUS\] \(200\) == 200\n1 of 1 OK in .+s\n", done.out
    )
    assert done.err == ""
    assert sorted(path.name for path in probing.folder.iterdir()) == ["launch.md", "launch.yaml"]


def test_the_worst_comes_first_and_one_sample_decides(probing: Shell) -> None:
    done = probe(probing)
    assert done.status == 1
    first = [line.split("  ")[0] for line in done.out.splitlines()]
    assert first[:4] == ["! FAILED", "! ERROR", "? NO DATA", "✓ OK"]
    assert "(no baseline)" in done.out
    assert "1 of 4 OK, 1 FAILED, 1 ERROR, 1 NO DATA in " in first[4]


def test_verbose_tells_of_phases_address_and_time(probing: Shell, service: Harbour) -> None:
    told = probe(probing, "--only", "smoke/bad", "--verbose").out.splitlines()[1]
    address = service.address.removeprefix("http://")
    assert re.match(rf"    http {address}, at \d\d:\d\d:\d\dZ, resolve \d+\w+, connect ", told)


def test_json_is_one_document_in_the_order_of_the_checklist(probing: Shell) -> None:
    done = probe(probing, "--format", "json")
    whole = done.json
    assert done.status == 1
    assert (whole["checklist"], whole["ok"]) == ("launch.yaml", False)
    counts = {"failed": 1, "error": 1, "inconclusive": 1, "skipped": 0, "success": 1}
    assert whole["counts"] == counts
    assert [each["id"] for each in whole["probes"]] == [
        *("smoke/ok", "smoke/bad", "refused", "slower")
    ]
    good, bad, refused, _ = whole["probes"]
    assert set(good) == {
        *("id", "type", "state", "reason", "shown", "latency_ms", "timings"),
        *("address", "attempts", "at"),
    }
    assert (bad["state"], bad["reason"]) == ("failed", "status-mismatch")
    assert (refused["reason"], refused["latency_ms"]) == ("connection-refused", None)
    assert sum(good["timings"].values()) <= good["latency_ms"] <= whole["duration_ms"]


def test_junit_keeps_failures_and_errors_apart(probing: Shell) -> None:
    done = probe(probing, "--format", "junit")
    suite = validated(done.data)
    assert done.status == 1
    found = {case.get("name"): [(b.tag, b.get("type")) for b in case] for case in suite[1:-2]}
    assert found == {
        "smoke/ok": [],
        "smoke/bad": [("failure", "status-mismatch")],
        "refused": [("error", "connection-refused")],
        "slower": [("error", "no-data")],
    }


def test_metrics_have_the_names_of_blackbox_exporter(probing: Shell) -> None:
    samples = parsed(probe(probing, "--format", "prometheus").data)
    assert samples["probe_success", "smoke/ok", ""] == 1
    assert samples["probe_success", "slower", ""] == 0
    assert samples["probe_http_status_code", "smoke/bad", ""] == 503
    assert ("probe_http_status_code", "refused", "") not in samples
    phases = {phase for name, _, phase in samples if name == "probe_http_duration_seconds"}
    assert phases == {"resolve", "connect", "processing", "transfer"}
    took = samples["probe_duration_seconds", "smoke/ok", ""]
    assert 0 < samples["probe_http_duration_seconds", "smoke/ok", "connect"] < took < 10


def test_what_was_found_is_written_whole_into_a_file(probing: Shell) -> None:
    for answer, begins in (("text", b"\xe2\x9c\x93 OK"), ("json", b"{"), ("junit", b"<?xml")):
        done = probe(probing, "--only", "smoke/ok", "--format", answer, "-o", f"found.{answer}")
        assert (done.status, done.data) == (0, b"")
        assert f"found.{answer}: 1 of 1 OK in " in done.err
        assert (probing.folder / f"found.{answer}").read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--only", "smoke/*", "--only", "smok"], "no probe is called 'smok'; it has smoke/ok"),
        (["--retry-timeout", "soon"], "--retry-timeout takes a duration such as 90s or 5m"),
        (["--var", "region=north"], "there is no variable 'region'"),
        (["--concurrency", "0"], "0 is not in the range"),
        (["--format", "xml"], "'xml' is not one of"),
        (["-o", "nowhere/found.txt"], "nowhere"),
    ],
)
def test_what_cannot_be_meant_is_refused(probing: Shell, words: list[str], said: str) -> None:
    done = probe(probing, *words)
    assert (done.status, done.out) == (2, "")
    assert said in done.err


def test_a_checklist_without_probes_is_no_success(launchpad: Shell) -> None:
    done = launchpad("probe", "launch.md")
    assert (done.status, done.err) == (2, "launchpad: launch.md: it has no probes\n")


def test_the_native_parts_of_a_markdown_checklist_are_observed(
    launchpad: Shell, service: Harbour
) -> None:
    part = f"```yaml launchpad\nprobe: {get('/ok')}\n```\n".replace("URL", service.address)
    indented = part.replace("\n", "\n  ")
    launchpad.checklist.write_text(f"# Cutover\n\n- [ ] **Home**: answers\n\n  {indented}\n")
    assert launchpad("probe", "launch.md").out.startswith("✓ OK  home")


def test_nothing_runs_that_is_not_trusted(launchpad: Shell, service: Harbour) -> None:
    made = "made: {command: {exec: [touch, made]}, conditions: ['[EXIT_CODE] == 0']}"
    text = service.checklist(f"{made}\nok: {get('/ok')}")
    launchpad.acting.write_text(text)
    done = probe(launchpad)
    assert (done.status, done.out) == (4, "")
    assert "--trust trusts it unseen" in done.err
    assert not (launchpad.folder / "made").exists()
    # Whoever runs nothing need not trust what else the checklist could run.
    assert probe(launchpad, "--only", "ok").status == 0
    assert probe(launchpad, "--trust").status == 0
    assert (launchpad.folder / "made").exists()


def test_what_is_not_ok_is_tried_again_until_it_is(probing: Shell, service: Harbour) -> None:
    probing.acting.write_text(service.checklist(f"late: {get('/late')}\nok: {get('/ok')}"))
    done = probe(probing, "--retry-timeout", "10s", "--sleep", "10ms", "--format", "json")
    assert done.status == 0
    assert [each["attempts"] for each in done.json["probes"]] == [3, 1]
    assert dict(service.asked) == {"/late": 3, "/ok": 1}
    assert done.err == "late FAILED, tried again: status-mismatch: [STATUS] (503) == 200\n"


def test_trying_again_ends_with_its_time_and_the_last_result_counts(probing: Shell) -> None:
    only = ["--only", "smoke/bad"]
    done = probe(probing, *only, "--retry-timeout", "100ms", "--sleep", "40ms")
    assert done.status == 1
    assert re.search(r"\(503\) == 200 \(attempt [23]\)\n", done.out)


def test_nothing_is_told_from_where_nothing_is_seen(launchpad: Shell, service: Harbour) -> None:
    probes = f"ok: {get('/ok')}\nbad: {get('/bad')}\nnet: {get('/bad', more=', vantage: true')}"
    launchpad.acting.write_text(service.checklist(probes))
    found = {each["id"]: each for each in probe(launchpad, "--format", "json").json["probes"]}
    assert {id_: each["state"] for id_, each in found.items()} == {
        "ok": "success",
        "bad": "inconclusive",
        "net": "failed",
    }
    assert found["bad"]["reason"] == "vantage-lost"


@pytest.mark.parametrize(("words", "most"), [([], 8), (["--concurrency", "2"], 2)])
def test_one_host_is_not_asked_too_much_at_once(
    launchpad: Shell, service: Harbour, words: list[str], most: int
) -> None:
    probes = "\n".join(f"held-{number}: {get('/held')}" for number in range(16))
    launchpad.acting.write_text(service.checklist(probes))
    assert probe(launchpad, *words).status == 0
    assert service.asked["/held"] == 16
    assert 1 < service.most_at_once <= most


def test_a_probe_that_hangs_delays_no_other(launchpad: Shell, service: Harbour) -> None:
    hangs = "{command: {exec: [sleep, '60']}, conditions: ['[EXIT_CODE] == 0'], timeout: 700ms}"
    launchpad.acting.write_text(service.checklist(f"hangs: {hangs}\nok: {get('/ok')}"))
    done = probe(launchpad, "--trust", "--format", "json")
    hung, good = done.json["probes"]
    assert (hung["state"], hung["reason"]) == ("error", "timeout")
    assert good["state"] == "success"
    assert good["at"] < hung["at"]


def test_a_secret_is_in_no_format(
    launchpad: Shell, service: Harbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARBOUR_TOKEN", CANARY)
    carried = "{url: 'URL/echo', headers: {X-Token: '${token}'}}"
    leak = '{shell: \'echo "$TOKEN"; echo "$TOKEN" >&2; exit 7\', secrets: [token]}'
    probes = (
        f"echo: {{http: {carried}, conditions: ['[BODY] == nope']}}\n"
        f"leak: {{command: {leak}, conditions: ['[STDOUT] == a', '[STDERR] == a']}}"
    )
    head = "secrets: {token: {env: HARBOUR_TOKEN}}\n"
    launchpad.acting.write_text(service.checklist(probes, head))
    assert probe(launchpad).status == 4
    for answer in ("text", "json", "junit", "prometheus"):
        done = probe(
            launchpad, "--trust", "--verbose", "--format", answer, "--retry-timeout", "1ms"
        )
        said = done.data + done.err.encode()
        assert done.status == 1
        assert b"5f2a" not in said
        assert (b"[redacted: token]" in said) == (answer != "prometheus")


HOSTILE = 'a"b\\c\n<&]]>\x00\x1b[31m\ufffe\uffff\ud800\u202e'


def made(state: str = "failed", reason: str = "condition-false") -> Report:
    """Return a report of one probe whose every text is hostile."""
    numbers = {"STATUS": 418, "CERTIFICATE_EXPIRATION": 86_400_000.5}
    result = Result(
        *(state, reason, HOSTILE, 1500, {"tls": 250}, HOSTILE, HOSTILE),  # type: ignore[arg-type]
        numbers=numbers,
    )
    observed = Probe(HOSTILE, 1, "http", (), 1000, 1000)
    attempt = Attempt(observed, result, 2, "2026-11-21T02:00:00.000Z", 1600, final=True)
    return Report(HOSTILE, HOSTILE, "2026-11-21T01:59:59.000Z", 1_234_567, (attempt,))


def test_junit_holds_whatever_was_seen() -> None:
    suite = validated(junit(made()))
    assert suite[1].get("name") == 'a"b\\c <&]]>\u2400\u241b[31m<U+FFFE><U+FFFF><U+D800><U+202E>'
    assert suite[1].get("time") == "0.001600"


def test_metrics_hold_whatever_was_seen() -> None:
    samples = parsed(exposition(made()))
    name = 'a"b\\c <&]]>\u2400\u241b[31m\ufffe\uffff<U+D800><U+202E>'
    assert samples["probe_http_status_code", name, ""] == 418
    # A day after 2026-11-21T02:00:00Z.
    assert samples["probe_ssl_earliest_cert_expiry", name, ""] == 1_795_312_800
    assert samples["probe_http_duration_seconds", name, "tls"] == 0.00025
    assert samples["launchpad_probe_attempts", name, ""] == 2


@pytest.mark.parametrize("state", ["success", "failed", "error", "inconclusive", "skipped"])
def test_every_state_has_a_glyph_and_a_word_in_every_ink(state: str) -> None:
    words = {
        "success": ("✓ OK", "+ OK"),
        "failed": ("! FAILED", "! FAILED"),
        "error": ("! ERROR", "! ERROR"),
        "inconclusive": ("? NO DATA", "? NO DATA"),
        "skipped": ("\u2212 skipped", "- skipped"),
    }[state]
    for ink, word in zip((UNICODE, ASCII), words, strict=True):
        (line, _), *_ = lines(made(state), ink, verbose=True)
        assert line.startswith(f"{word}  ")
        assert safe(line) == line
        assert "\n" not in line
        assert line.isascii() or ink is UNICODE


def validated(data: bytes) -> ET.Element:
    """Return the suite of a JUnit document that keeps the rules of the strictest schema there is.

    Those of https://github.com/windyroad/JUnit-Schema, in words of our own.
    """
    root = ET.fromstring(data)  # noqa: S314 - what the program itself just wrote
    assert (root.tag, root.attrib, len(root)) == ("testsuites", {}, 1)
    suite = root[0]
    tags = [element.tag for element in suite]
    cases = suite[1:-2]
    assert tags == ["properties", *["testcase"] * len(cases), "system-out", "system-err"]
    assert set(suite.attrib) == {
        *("id", "package", "name", "timestamp", "hostname"),
        *("tests", "failures", "errors", "skipped", "time"),
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.attrib["timestamp"])
    assert suite.attrib["name"]
    assert suite.attrib["hostname"]
    assert suite.attrib["tests"] == str(len(cases))
    for tag in ("failure", "error"):
        assert suite.attrib[f"{tag}s"] == str(len(root.findall(f".//{tag}")))
    assert re.fullmatch(r"\d+\.\d{6}", suite.attrib["time"])
    for case in cases:
        assert set(case.attrib) == {"name", "classname", "time"}
        assert re.fullmatch(r"\d+\.\d{6}", case.attrib["time"])
        assert len(case) <= 1
        for bad in case:
            assert bad.tag in {"failure", "error"}
            assert set(bad.attrib) == {"type", "message"}
            assert len(bad) == 0
    return suite


def parsed(data: bytes) -> dict[tuple[str, str, str], float]:
    """Return the samples of an exposition, by name, probe and phase, as Prometheus reads them."""
    found = {}
    for family in text_string_to_metric_families(data.decode()):
        assert family.type == "gauge"
        assert family.documentation
        for sample in family.samples:
            key = (sample.name, sample.labels["probe"], sample.labels.get("phase", ""))
            assert key not in found
            found[key] = sample.value
    return found
