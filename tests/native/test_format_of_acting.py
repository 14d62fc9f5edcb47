"""What the format takes: probes, commands and the rollback."""

import pytest

from tests.native.conftest import Problems, Reading

HEAD = "launchpad: 1\ntitle: T\nphases: [{id: a, title: A}]\n"
DURATION = "expected a duration such as 500ms, 30s, 2m, 1h30m or 2d"
NO_DURATION = ["0s", "1m1h", "30", "1.5h", "-5s", "5 s", "1s1s", "\u0665s", "1000000d"]
USER = "user information in an address: give it as a secret, in a header instead"
ADDRESS = "expected an address such as https://api.example.com/health"
ORIGIN = "expected same-origin, or an origin such as https://api.example.com"
SECRET = "only headers, a body and the `secrets` of a command take one"  # noqa: S105 - a message
PROGRAM = "the first word is the program itself: neither empty nor a variable"
IDLE = "`on-timeout` does nothing here"
NO_PROCESS = "only a command or a request can be killed"


@pytest.mark.parametrize(
    ("probe", "message"),
    [
        ("»{conditions: ['[SET] == true']}", "a probe needs `http` or `env` or `command`"),
        ("»{http: {url: 'http://h'}}", "the key `conditions` is missing"),
        ("»{command: {exec: [a]}}", "the key `conditions` is missing"),
        ("{command: {exec: [a]}, conditions: »[]}", "expected at least one entry"),
        (
            "{command: {exec: [a]}, conditions: ['[EXIT_CODE] == »5s']}",
            "[EXIT_CODE] is a number",
        ),
        ("{env: »{name: A}}", "the key `from` is missing"),
        ("{env: »{from: conductor}}", "the key `name` is missing"),
        ("{env: {name: A, from: »{}}}", "an environment needs `file` or `command`"),
        (
            "{env: {name: A, from: »bastion}}",
            "expected conductor, {file: PATH} or {command: [WORDS]}",
        ),
        ("{env: {name: A, from: conductor}, »command: {exec: [a]}}", "a probe is only one of"),
        ("{env: {name: A, from: conductor}, interval: »500ms}", "a probe runs at most once a"),
        ("{env: {name: A, from: conductor}, timeout: »5}", DURATION),
        ("{env: {name: A, from: conductor}, failure-threshold: »0}", "expected a whole number"),
        ("{env: {name: A, from: conductor}, success-threshold: »x}", "expected a whole number"),
    ],
)
def test_probes(told: Problems, probe: str, message: str) -> None:
    (only,) = told(f"{HEAD}probes:\n  p: {probe}")
    assert only.startswith(message)


def test_a_condition_is_told_where_it_goes_wrong(told: Problems) -> None:
    assert (
        told(
            f"{HEAD}probes:\n"
            "  http:\n"
            "    http: {url: http://h}\n"
            "    conditions:\n"
            "    - '»[STAUTS] == 200'\n"
            "    - »[EXIT_CODE]\n"
            "  env:\n"
            "    env: {name: A, from: conductor}\n"
            "    conditions: ['»[EXIT_CODE] == 0']\n"
        )[0]
        == "[STAUTS] is no placeholder; did you mean [STATUS]?"
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("url: »'https://u@h'", USER),
        ("url: »'https://u:p@h/'", USER),
        ("url: »'https://${a}@h/'", USER),
        ("url: »'${a}@h/'", USER),
        ("url: »'ftp://h'", "expected an address that starts with http:// or https://"),
        ("url: »'http://'", ADDRESS),
        ("url: »'http://[/'", ADDRESS),
        ("url: »'http://h:x/'", ADDRESS),
        ("url: »'http://h/a b'", ADDRESS),
        ("url: 'http://»${x}/'", "there is no variable `x`"),
        ("url: 'http://h/?»${k}'", f"`k` is a secret: {SECRET}"),
        ("url: 'http://h', method: »get", "expected a method in capital letters, such as GET"),
        ("url: 'http://h', headers: {A: '»${x}'}", "there is no variable or secret `x`"),
        ("url: 'http://h', body: 'x »${x}'", "there is no variable or secret `x`"),
        ("url: 'http://h', headers: {A: x, »a: y}", "the header `a` is given already, as A"),
        ("url: 'http://h', headers: {»b c: x}", "expected the name of a header, such as Accept"),
        ("url: 'http://h', headers: {A: »\"b\\nc\"}", "expected text on one line"),
        ("url: 'http://h', redirects: »'http://h/x'", ORIGIN),
        ("url: 'http://h', redirects: [same-origin, »x]", ORIGIN),
        ("url: 'http://h', allow-insecure: »yes", "expected true or false, found `yes`"),
    ],
)
def test_http_settings(told: Problems, settings: str, message: str) -> None:
    inputs = "vars: {a: {}}\nsecrets: {k: {env: K}}\n"
    probe = f"probes:\n  p: {{conditions: ['[STATUS] == 200'], http: {{{settings}}}}}"
    assert told(HEAD + inputs + probe) == [message]


@pytest.mark.parametrize(
    "probe",
    [
        "{env: {name: A, from: {file: '/»${a}'}}}",
        "{command: {exec: [a]}, conditions: ['[STDOUT] == »${a}']}",
    ],
)
def test_where_no_variable_is_put_in_none_may_stand(told: Problems, probe: str) -> None:
    (only,) = told(f"{HEAD}vars: {{a: {{}}}}\nprobes:\n  p: {probe}")
    assert only == "no variable is put in here: `${a}` stays as it is"


@pytest.mark.parametrize("name", ["a//b", "A/b", "/a", "a/", "a_b"])
def test_what_is_no_name_of_a_probe(problems: Problems, name: str) -> None:
    assert problems(f"{HEAD}probes:\n  {name}: {{env: {{name: A, from: conductor}}}}") == [
        "5:3: expected the name of a probe, such as smoke/health"
    ]


def test_a_probe_on_an_item_has_the_item_s_id(told: Problems) -> None:
    probe = "{env: {name: A, from: conductor}}"
    item = f"{{id: b, text: t, probe: {probe}}}"
    assert told(
        f"launchpad: 1\ntitle: T\nphases: [{{id: a, title: A, items: [{item}]}}]\n"
        f"probes: {{»b: {probe}}}"
    ) == ["the probe `b` is given already, on line 3"]


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("»{}", "a command needs `exec` or `shell`"),
        ("{exec: [a], »shell: a}", "a command is only one of `exec` and `shell`"),
        ("{exec: »a b}", "expected a list, found text"),
        ("{exec: »[]}", "expected at least one entry"),
        ("{exec: »['']}", PROGRAM),
        ("{exec: »['${a-b}']}", PROGRAM),
        ("{exec: [a, »'${x}']}", "there is no variable `x`"),
        ("{exec: [a, »'${k}']}", f"`k` is a secret: {SECRET}"),
        ("{exec: [a, 'b»${a-b}']}", "a variable is a whole word of a command: `${a-b}` stands"),
        ('{exec: [a, »"b\\u202ec"]}', "a hidden character (U+202E) where a program reads"),
        ("{shell: »''}", "expected a command"),
        ("{shell: 'a »${a-b}'}", 'a variable is never shell text: write "$LAUNCHPAD_VAR_A_B"'),
        ("{exec: [a], secrets: [»a-b]}", "there is no secret `a-b`"),
    ],
)
def test_commands(told: Problems, command: str, message: str) -> None:
    inputs = "vars: {a-b: {}}\nsecrets: {k: {env: K}}\n"
    step = f"rollback: {{steps: [{{id: s, title: S, command: {command}}}]}}"
    (only,) = told(HEAD + inputs + step)
    assert only.startswith(message)


def test_what_is_the_shell_s_own_is_left_alone(reading: Reading) -> None:
    command = "command: {exec: [sh, -c, 'echo ${HOME}']}"
    assert reading(f"{HEAD}rollback: {{steps: [{{id: s, title: S, {command}}}]}}").rollback


@pytest.mark.parametrize(
    ("rollback", "message"),
    [
        ("»{budget: 10m}", "the key `steps` is missing"),
        ("{steps: »[]}", "expected at least one entry"),
        ("{authority: »[], steps: [{id: s, title: S, manual: true}]}", "expected at least one"),
        (
            "{authority: »dba, steps: [{id: s, title: S, manual: true}]}",
            "expected any (any member of the crew) or a list of roles",
        ),
        ("{steps: [{id: s, title: S, manual: true, snippets: [»x]}]}", "there is no snippet `x`"),
        ("{snippets: [»x], steps: [{id: s, title: S, manual: true}]}", "there is no snippet `x`"),
    ],
)
def test_rollback(told: Problems, rollback: str, message: str) -> None:
    (only,) = told(f"{HEAD}rollback: {rollback}")
    assert only.startswith(message)


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("http: »{}", "the key `url` is missing"),
        ("http: {url: »health}", "expected an address that starts with http:// or https://"),
        ("http: {url: 'http://a'}, conditions: »[]", "expected at least one entry"),
        ("manual: true, starts-at: »1", DURATION),
        ("manual: true, starts-at: 2h, »deadline: 2h", "it is to be done before it starts"),
        ("manual: true, »kill-grace: 1h", f"`kill-grace` does nothing here: {NO_PROCESS}"),
        (
            "manual: true, »conditions: ['[STATUS] == 200']",
            "`conditions` does nothing here: only a request is answered",
        ),
        (
            "http: {url: 'http://a'}, timeout: 1s, »on-timeout: kill",
            f"{IDLE}: a request ends at its timeout",
        ),
        (
            "http: {url: 'http://a'}, »idempotent: true",
            "`idempotent` does nothing here: only a command can have it",
        ),
        ("manual: true, deadline: »1", DURATION),
        ("manual: true, »wait: 5s", "a step is only one of `manual` and `wait`"),
        ("manual: »false", "expected true or the instructions"),
        ("wait: {until: »x}", "there is no probe `x`"),
        ("wait: »[]", "expected a duration, or {until: PROBE}"),
        ("manual: true, verify: »x", "there is no probe `x`"),
        ("manual: true, on-failure: »abort", "expected one of ask, continue, stop, found `abort`"),
        (
            "command: {exec: [a]}, timeout: 1s, on-timeout: »die",
            "expected one of ask, continue, kill, found `die`",
        ),
        (
            "command: {exec: [a]}, timeout: 1s, »on-timeout: continue",
            f"{IDLE}: only a wait goes on at its timeout; what runs ends before the next",
        ),
        (
            "manual: true, timeout: 1s, »on-timeout: continue",
            f"{IDLE}: only a wait goes on at its timeout; what runs ends before the next",
        ),
        (
            "manual: true, »on-timeout: kill, timeout: 5s",
            f"{IDLE}: only a command can be killed",
        ),
        (
            "command: {exec: [a]}, »on-timeout: kill",
            f"{IDLE}: without `timeout` it never happens",
        ),
        (
            "manual: true, »idempotent: true",
            "`idempotent` does nothing here: only a command can have it",
        ),
    ],
)
def test_steps(told: Problems, step: str, message: str) -> None:
    assert told(f"{HEAD}rollback: {{steps: [{{id: s, title: S, {step}}}]}}") == [message]


@pytest.mark.parametrize(
    ("written", "milliseconds"),
    [("500ms", 500), ("30s", 30_000), ("2m", 120_000), ("1h30m", 5_400_000), ("2d", 172_800_000)],
)
def test_durations_have_units(reading: Reading, written: str, milliseconds: int) -> None:
    step = f"{{id: s, title: S, manual: true, expected: {written}}}"
    rollback = reading(f"{HEAD}rollback: {{steps: [{step}]}}").rollback
    assert rollback
    assert rollback.steps[0].expected_ms == milliseconds


@pytest.mark.parametrize("written", NO_DURATION)
def test_what_only_looks_like_a_duration_is_refused(told: Problems, written: str) -> None:
    step = f"{{id: s, title: S, manual: true, timeout: »'{written}'}}"
    assert told(f"{HEAD}rollback: {{steps: [{step}]}}") == [DURATION]


def test_steps_beyond_the_budget_are_warned_about(reading: Reading) -> None:
    steps = "[{id: s, title: S, manual: true, expected: 90s}]"
    *_, warning = reading(f"{HEAD}rollback: {{budget: 1m, steps: {steps}}}").warnings
    assert (warning.line, warning.message) == (
        4,
        "the rollback's steps are expected to take 90 s, more than its budget of 60 s",
    )
