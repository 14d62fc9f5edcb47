"""Commands to copy: which code blocks hold some, in which shell, and what they should answer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.markdown.commands.snippets import FoundSnippet, find_snippets
from launchpad.checklist.markdown.tree import parse


def found(text: str) -> tuple[FoundSnippet, ...]:
    return find_snippets(parse("plan.md", text))[0]


def warned(text: str) -> list[int]:
    return [warning.line for warning in find_snippets(parse("plan.md", text))[1]]


def fence(tag: str, code: str) -> str:
    return f"```{tag}\n{code}\n```\n"


@pytest.mark.parametrize(
    ("tag", "shell"),
    [
        ("bash", "bash"),
        ("Bash", "bash"),
        ("bash title=deploy.sh", "bash"),
        ("{.bash}", "bash"),
        ("bash,ignore", "bash"),
        ("sh", "sh"),
        ("shell", "sh"),
        ("zsh", "zsh"),
        ("fish", "fish"),
        ("powershell", "powershell"),
        ("pwsh", "powershell"),
        ("ps1", "powershell"),
        ("cmd", "cmd"),
        ("bat", "cmd"),
        ("sql", "sql"),
        ("psql", "sql"),
        ("postgresql", "sql"),
    ],
)
def test_a_tag_names_the_shell(tag: str, shell: str) -> None:
    assert [(one.text, one.shell) for one in found(fence(tag, "hostname"))] == [("hostname", shell)]


@pytest.mark.parametrize("tag", ["console", "shell-session", "sh-session", "terminal"])
def test_in_a_session_only_what_has_a_prompt_is_a_command(tag: str) -> None:
    commands = found(fence(tag, "$ hostname\nweb-1"))
    assert [(one.text, one.shell) for one in commands] == [("hostname", "sh")]


def test_a_session_without_prompts_holds_commands_if_all_of_it_clearly_is_one() -> None:
    assert [one.text for one in found(fence("console", "git pull\nmake deploy"))] == [
        "git pull",
        "make deploy",
    ]
    assert found(fence("console", "git pull\nAlready up to date.")) == ()


@pytest.mark.parametrize(
    ("command", "shell"),
    [
        (".\\check.ps1 -Url x", "powershell"),
        ("Get-Service spooler", "powershell"),
        ("$env:MODE = 'live'", "powershell"),
        ("./check.sh x", "bash"),
        ("get-deps --all", "bash"),
    ],
)
def test_powershell_among_other_commands_is_told_by_its_looks(command: str, shell: str) -> None:
    code = f"# Windows\n{command}\n# Linux\n./check.sh"
    assert [one.shell for one in found(fence("bash", code))] == [shell, "bash"]


@pytest.mark.parametrize(
    "tag",
    [
        *("json", "yaml", "yaml launchpad", "python", "js", "text", "diff", "mermaid", "output"),
        *("ini", "markdown", "http", "dockerfile", "env", "plaintext", "log", "hcl"),
    ],
)
def test_other_languages_are_no_commands(tag: str) -> None:
    text = fence(tag, "$ git pull\nmake")
    assert found(text) == ()
    assert warned(text) == []


@pytest.mark.parametrize(
    "code",
    [
        "git pull",
        "curl -s https://shop.example/health",
        "kubectl get pods -n shop",
        "docker compose up -d",
        "sudo systemctl restart shop",
        "python manage.py migrate",
        "./deploy.sh live",
        "../bin/deploy",
        "/usr/bin/env deploy",
        "# first\n\nterraform plan \\\n  -out plan\nterraform apply plan",
        "MODE=live ./deploy.sh",
        "PGPASSWORD='a b' psql -h db",
        "$ anything at all",
        "$ first\n$ second",
        "make build && make test",
        "cd /srv/shop",
        "npm ci",
        "Get-Service spooler",
        "$ kubectl get pods\nNAME   READY\nweb-1  1/1",
        'echo "$MODE"',
        "go test ./...",
        "git for-each-ref",
    ],
)
@pytest.mark.parametrize("indented", [False, True])
def test_without_a_tag_what_is_clearly_a_command_is_one(code: str, indented: bool) -> None:
    text = "    " + code.replace("\n", "\n    ") if indented else fence("", code)
    assert found(f"a\n\n{text}")
    assert warned(f"a\n\n{text}") == []


@pytest.mark.parametrize(
    "code",
    [
        "+-----+     +----+\n| web | --> | db |\n+-----+     +----+",
        "Team, we are live.\nThank you all!",
        "make sure everybody is in",
        "docker must be running",
        "kubectl and helm are there",
        "git is down.",
        "go live at nine",
        "find the operator on duty",
        "echo is what we hear",
        "Node 20",
        "python is ready",
        "1. git pull",
        "src/\n  app.py\n  web/",
        "GET /health\n200 OK",
        "git pull\nand then wait",
        "PORT=80\nHOST=web",
        "- [ ] git pull",
        '{"a": 1}',
        "web --> db",
        "# git pull",
        "> git pull",
        "",
    ],
)
def test_without_a_tag_anything_less_is_none(code: str) -> None:
    assert found(fence("", code)) == ()
    assert warned(fence("", code)) == []


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("$ deploy-it\nall is well", 2),
        ("Then type\n$ deploy-it", 3),
        ("$ 5 for tea\nand cake", 2),
        ("$ git pull\n$ deploy-it\nok", 2),
    ],
)
def test_a_prompt_among_other_words_is_a_warning(code: str, line: int) -> None:
    assert found(fence("", code)) == ()
    assert warned(fence("", code)) == [line]


def test_settings_are_no_commands_even_where_a_shell_is_named() -> None:
    assert found(fence("bash", "# for the shop\nPORT=80\nNAME='the shop'")) == ()
    assert [one.text for one in found(fence("bash", "PORT=80\n./serve"))] == ["PORT=80", "./serve"]
    assert [one.text for one in found(fence("bash", "export PORT=80"))] == ["export PORT=80"]
    assert [one.text for one in found(fence("bash", "NOW=$(date)"))] == ["NOW=$(date)"]


def test_each_command_knows_its_lines_wherever_its_fence_lies() -> None:
    text = (
        "1. a\n\n   ```sh\n   # x\n   b \\\n     c\n\n   d\n   ```\n\n"
        "> quoted\n>\n> ~~~bash\n> e\n> ~~~\n\nf\n\n    git pull\n    make it\n\n"
        "- ```sh\n  g\n  ```\n"
    )
    assert [(one.text, one.line, one.end_line) for one in found(text)] == [
        ("b \\\n  c", 5, 6),
        ("d", 8, 8),
        ("e", 14, 14),
        ("git pull", 19, 19),
        ("make it", 20, 20),
        ("g", 23, 23),
    ]
    assert [one.fence.kind for one in found(text)][-3:] == ["code_block", "code_block", "fence"]


def test_a_comment_s_fence_is_nothing() -> None:
    assert found("<!--\n```sh\na\n```\n-->\n") == ()


def test_hidden_characters_are_shown() -> None:
    assert found(fence("sh", "rm a\u202eb \x1b[0m"))[0].text == "rm a<U+202E>b \u241b[0m"


RUN = fence("sh", "a") + "\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{RUN}**Expected Results**: all green, exit code 0\n", ["all green, exit code 0"]),
        (f"{RUN}**Expected:** 200\n", ["200"]),
        (f"{RUN}Expected output: pong\n", ["pong"]),
        (f"{RUN}- **Expected**: pong\n- Owner: web\n", ["pong"]),
        (f"{RUN}- Owner: web\n- Expected: pong\n", ["pong"]),
        (f"{RUN}\u2705 Expected\uff1apong\n", ["pong"]),
        (f"{RUN}Should return 200.\n", ["200"]),
        (f"{RUN}\u2192 200\n", ["200"]),
        (f"{RUN}Run it twice.\nExpected: pong\n", ["pong"]),
        (f"Expected: pong\n\n{RUN}", ["pong"]),
        ("- b\n\n  ```sh\n  a\n  ```\n\n  - Expected: pong\n", ["pong"]),
        ("- b\n\n  ```sh\n  a\n  ```\n\n  Expected: pong\n", ["pong"]),
        (f"{RUN}Expected: 1\n\n{RUN}", ["1", None]),
        (f"{RUN}Expected: 1\n\n{RUN}Expected: 2\n", ["1", "2"]),
        (f"{RUN}Expected output:\n\n```json\n{{\n 1}}\n```\n", ["{ 1}"]),
        (f"{RUN}Expected output:\n\n```\ngit pull\n```\n", ["git pull"]),
        (f"{RUN}**Expected output:**\n\n```bash\nls\n```\n", ["ls"]),
        (f"{RUN}- Expected output:\n\n  ```\n  ok\n  ```\n", ["ok"]),
        ("```sh\na\nb\n```\n\nExpected: ok\n", ["ok", "ok"]),
        ("```sh\na # Expected: 1\nb\n```\n\nExpected: 2\n", ["1", "2"]),
        (f"{RUN}The old one should return 410.\n", [None]),
        (f"{RUN}Then wait.\n\nExpected: pong\n", [None]),
        (f"{RUN}- [ ] Expected: pong\n", [None]),
        (f"{RUN}- b\n- c\n- d\n- Expected: pong\n", [None]),
        (f"- Expected: pong\n\n{RUN}", ["pong"]),
        (f"{RUN}## Expected: pong\n", [None]),
    ],
)
def test_what_is_expected_may_stand_around_the_fence(text: str, expected: list[str | None]) -> None:
    assert [one.expected for one in found(text)] == expected


def test_the_cutover_document_has_seven_commands(seed: Callable[[str], Path]) -> None:
    path = seed("003")
    tree = parse(path.name, source_from_bytes(path.name, path.read_bytes()).readable)
    commands, warnings = find_snippets(tree)
    assert warnings == ()
    assert len(commands) == 7
    assert len({one.fence for one in commands}) == 5
    assert [one.line for one in commands] == [63, 106, 111, 167, 173, 199, 202]
    assert [one.expected is not None for one in commands] == [
        *(False, True, True, True, False, True, True)
    ]
    assert [one.shell for one in commands] == [*["bash"] * 5, "powershell", "bash"]
