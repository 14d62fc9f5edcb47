"""A fence's code as commands: where each ends, and what is none."""

import pytest

from launchpad.checklist.markdown.commands.lines import split_commands
from tests.checklist.soon import soon


def texts(code: str, shell: str | None = "bash") -> list[str]:
    return [one.text for one in split_commands(code, shell)]


WHOLE = [
    ("bash", "curl -X POST https://shop.example \\\n  -H 'A: b' \\\n  -d x"),
    ("bash", "curl https://shop.example -d '{\n  \"a\": 15\n}'"),
    ("bash", 'echo "first\nsecond"'),
    ("bash", "echo $'it\\'s\nopen'"),
    ("bash", "cat > f <<EOF\nit's $HOME (\n\nEOF"),
    ("bash", "cat <<'END' | tee f\n# no comment\nEND"),
    ("bash", "psql <<-SQL\n\tselect 1;\n\tSQL"),
    ("bash", "diff <(cat <<A\na\nA\n) <(cat <<B\nb\nB\n)"),
    ("bash", "cat <<A <<B\na\nA\nb\nB"),
    ("bash", "for pod in a b; do\n  kubectl delete pod $pod\ndone"),
    ("bash", "for pod in a b\ndo\n  echo $pod\ndone | sort"),
    ("bash", "while ! curl -sf localhost; do sleep 1\ndone"),
    ("bash", "while read -r line; do\n  echo $line\ndone < list.txt"),
    ("bash", "until ping -c1 db\ndo\n  sleep 1\ndone"),
    ("bash", "if [ -f a ]; then\n  rm a\nelse\n  touch a\nfi"),
    ("bash", "if a; then\n  if b; then\n    c\n  fi\nfi"),
    ("bash", "case $1 in\n  up) start ;;\n  down | off)\n    stop\n    ;;\nesac"),
    ("bash", "deploy() {\n  git pull\n  make\n}"),
    ("bash", "function deploy {\n  make\n}"),
    ("bash", "{\n  a\n  b\n} > out"),
    ("bash", "(\n  cd app\n  make\n)"),
    ("bash", "NOW=$(\n  date +%F\n)"),
    ("bash", "make build &&\nmake test"),
    ("bash", "make build ||\n  exit 1"),
    ("bash", "kubectl get pods |\n  # only the bad ones\n  grep Crash"),
    ("bash", "git commit -m \"$(cat <<'EOF'\nit's done\nEOF\n)\""),
    ("bash", 'kubectl patch deploy app -p "{\\"a\\":\n1}"'),
    ("zsh", "for f in *.md; do\n  wc $f\ndone"),
    ("sh", "echo a \\\\\\\n  b"),
    (None, "curl https://shop.example \\\n  -v"),
    ("fish", "for f in *.md\n  wc $f\nend"),
    ("fish", "if test -f a\n  rm a\nelse if test -f b\n  rm b\nend"),
    ("fish", "function up\n  docker compose up -d\nend"),
    ("powershell", "Get-Service `\n  -Name spooler `\n  -Verbose"),
    ("powershell", "Get-ChildItem |\n  Remove-Item"),
    ("powershell", 'foreach ($n in 1..3) {\n  Write-Host "it\'s {$n"\n}'),
    ("powershell", '$body = @"\n{ "it\'s: open\n"@'),
    ("powershell", "try {\n  a\n}\ncatch {\n  b\n}"),
    ("powershell", "$names = @(\n  'a',\n  'b'\n)"),
    ("powershell", "<#\nGet-Nothing '\n#> Get-Date"),
    ("powershell", "Copy-Item a,\n  b C:\\new"),
    ("cmd", "robocopy a b ^\n  /MIR ^\n  /R:1"),
    ("cmd", "if exist a (\n  del a\n) else (\n  echo none\n)"),
    ("bash", ".\\check.ps1 `\n  -Url x"),
]


@pytest.mark.parametrize(("shell", "code"), WHOLE)
def test_what_has_to_be_pasted_together_is_one_command(shell: str | None, code: str) -> None:
    assert texts(f"{code}\nhostname", shell) == [code, "hostname"]


@pytest.mark.parametrize(
    ("shell", "code"),
    [
        ("bash", "ls\npwd"),
        ("bash", "echo $(date)\npwd"),
        ("bash", "echo ${NAME:-none}\npwd"),
        ("bash", "echo {{service}}\npwd"),
        ("bash", "kubectl -n <<namespace>> get pods\npwd"),
        ("bash", "cat <<< word\npwd"),
        ("bash", "curl -H 'X: <token>' https://shop.example/<id>\npwd"),
        ("bash", "find . -name '*.tmp' -exec rm {} \\;\npwd"),
        ("bash", "awk '{print $1}' access.log\npwd"),
        ("bash", "echo done if for\npwd"),
        ("bash", "git stash@{0}\npwd"),
        ("bash", "mkdir {a,b}\npwd"),
        ("bash", "sleep 5 &\npwd"),
        ("bash", "echo a;\npwd"),
        ("bash", "echo C:\\\\\npwd"),
        ("bash", "echo a#b $#\npwd"),
        ("bash", "if-up eth0\nformat disk"),
        ("bash", "echo \\( a\npwd"),
        ("bash", "echo :)\npwd"),
        ("fish", "echo end\npwd"),
        ("powershell", "Get-Date # it's\nGet-Volume"),
        ("powershell", 'Write-Host "a `" b"\nGet-Volume'),
        ("powershell", "dir C:\\new\\\nGet-Volume"),
        ("cmd", "echo it's\ndir C:\\new\\"),
        ("cmd", 'echo "(\ndir'),
    ],
)
def test_each_line_that_is_complete_is_a_command(shell: str, code: str) -> None:
    assert texts(code, shell) == code.split("\n")


@pytest.mark.parametrize(
    "code", ["echo it's\nls\npwd", "echo (old\nls\npwd", "for details see\nls\npwd", 'echo "a\nls']
)
def test_an_apostrophe_too_many_does_not_swallow_the_commands_below(code: str) -> None:
    assert texts(code) == code.split("\n")


def test_below_an_apostrophe_too_many_a_continued_line_is_still_one_command() -> None:
    assert texts("echo it's \\\n  here\nls") == ["echo it's \\\n  here", "ls"]
    bad = "echo (old\n" * 5
    assert texts(f"{bad}curl a \\\n  -v\nls")[5:] == ["curl a \\\n  -v", "ls"]


def test_placeholders_are_no_here_documents() -> None:
    code = "kubectl -n <<shop>> get pods\n" * 5 + "cat <<EOF\nit's\nEOF"
    assert texts(code)[4:] == ["kubectl -n <<shop>> get pods", "cat <<EOF\nit's\nEOF"]


def test_blanks_behind_a_continued_line_are_not_copied() -> None:
    assert texts("curl a \\  \n  -v") == ["curl a \\\n  -v"]
    assert texts("cat <<EOF\na  \nEOF") == ["cat <<EOF\na  \nEOF"]


@pytest.mark.parametrize(
    ("shell", "code"),
    [
        ("bash", "# only a remark\n\n#!/bin/sh\n// and one more\n...\n\u2026"),
        ("powershell", "# remark"),
        ("cmd", "REM remark\n:: remark\n@rem remark\nrem"),
        ("sql", "-- remark\n/* more\n; */\n# and more"),
        ("console", "only output\n\nError: none"),
        ("bash", ""),
        ("sql", ""),
        (None, "\n \n"),
    ],
)
def test_comments_blank_lines_and_output_are_no_commands(shell: str | None, code: str) -> None:
    assert texts(code, shell) == []


@pytest.mark.parametrize(
    ("shell", "typed"),
    [
        ("bash", "$ "),
        (None, "$ "),
        ("console", "$ "),
        ("console", "% "),
        ("console", "> "),
        ("console", "\u276f "),
        ("console", "ada@web-1:~/app$ "),
        ("bash", "ada@web-1:~$ "),
        ("bash", "[ada@web-1 app]$ "),
        ("bash", "(venv) ada@web:/srv# "),
        ("powershell", "PS C:\\Users\\ada> "),
        ("powershell", "PS> "),
        ("console", "PS /srv> "),
        ("cmd", "C:\\Users\\ada>"),
    ],
)
def test_a_prompt_is_taken_off_and_what_has_none_is_output(shell: str | None, typed: str) -> None:
    code = f"{typed}hostname\nweb-1\n{typed}whoami"
    assert texts(code, shell) == ["hostname", "whoami"]


def test_root_s_prompt_is_one_where_it_is_no_comment() -> None:
    assert texts("# systemctl stop shop\n# systemctl start shop", "console") == [
        "systemctl stop shop",
        "systemctl start shop",
    ]
    assert texts("# systemctl needs a moment\n$ hostname\nweb", "console") == ["hostname"]
    assert texts("# Take it down first\nshop is down", "console") == []
    assert texts("# systemctl stop shop", "bash") == []


def test_in_a_session_the_second_prompt_is_taken_off() -> None:
    code = "$ curl a \\\n>   -v\nok\n$ cat <<EOF\n> a\n> EOF\na"
    assert texts(code, "console") == ["curl a \\\n  -v", "cat <<EOF\na\nEOF"]


def test_a_dollar_before_one_command_is_not_everywhere_a_session() -> None:
    assert texts("hostname\n$ whoami") == ["hostname", "whoami"]


@pytest.mark.parametrize(
    ("code", "statements"),
    [
        ("select 1;\nselect 2;", ["select 1;", "select 2;"]),
        ("select a\nfrom b\nwhere c = ';';", ["select a\nfrom b\nwhere c = ';';"]),
        ("select 'it''s; --'; select 2", ["select 'it''s; --';", "select 2"]),
        ("select 1 -- one; two\n, 2;", ["select 1 -- one; two\n, 2;"]),
        ("select 1 -- a; b\n;\nselect 2; -- c", ["select 1 -- a; b\n;", "select 2;"]),
        ("select 1 /* ; */;", ["select 1 /* ; */;"]),
        ("do $$ begin a; b; end $$;\nselect 1;", ["do $$ begin a; b; end $$;", "select 1;"]),
        ("do $x$ a; $$ b; $x$;", ["do $x$ a; $$ b; $x$;"]),
        ('alter table "a;b" add c int;', ['alter table "a;b" add c int;']),
        ("\\dt\n\\d+ users\nselect 1;", ["\\dt", "\\d+ users", "select 1;"]),
        ("shop=# select 1;\n 1\n(1 row)\nshop=# \\dt", ["select 1;", "\\dt"]),
        ("mysql> show tables;\n+---+\nmysql> select 1;", ["show tables;", "select 1;"]),
        ("-- first\nselect 1;\n\n-- second\nselect 2;", ["select 1;", "select 2;"]),
        ("select 'never closed;\nselect 2;", ["select 'never closed;\nselect 2;"]),
    ],
)
def test_sql_is_divided_at_its_semicolons(code: str, statements: list[str]) -> None:
    assert texts(code, "sql") == statements


def test_the_line_of_each_command_is_known() -> None:
    code = "# one\n\na \\\n  b\n$ c\nfor x in 1; do\n  d\ndone\ne"
    assert [one.line for one in split_commands(code, "bash")] == [2, 4, 5, 8]
    sql = "-- one\n\nselect\n1;\n/* a\nb */ select 2; select 3;\n\\dt"
    assert [one.line for one in split_commands(sql, "sql")] == [2, 5, 5, 6]


def test_commands_are_not_indented() -> None:
    assert texts("  if a; then\n    b\n  fi\n  c") == ["if a; then\n  b\nfi", "c"]


@pytest.mark.parametrize("shell", ["bash", "fish", "powershell", "cmd", "sql", "console"])
@pytest.mark.parametrize(
    "piece",
    ["(\n", "'", '"\n', "if\n", "<<A\n", "\\\n", "`\n", "${", "$ ", "# Expected:\n", "a@b:", "A="],
)
def test_hostile_code_is_divided_in_time(piece: str, shell: str) -> None:
    """Each of these takes minutes where a line is looked at again and again."""
    with soon():
        split_commands(piece * (30_000 // len(piece)), shell)
