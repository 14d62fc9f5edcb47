"""Which shell a fence's tag names, and what is unmistakably a command."""

import re

_SHELLS = {
    "sh": ("sh", "shell", "shellscript", "ash", "dash", "posix"),
    "bash": ("bash", "ksh"),
    "zsh": ("zsh",),
    "fish": ("fish",),
    "powershell": ("powershell", "pwsh", "ps1", "posh"),
    "cmd": ("cmd", "bat", "batch", "batchfile", "dosbatch", "dos"),
    "console": (
        *("console", "shell-session", "shellsession", "sh-session", "bash-session", "terminal"),
        *("session", "command-line", "commandline", "cli"),
    ),
    "sql": (
        *("sql", "psql", "pgsql", "postgres", "postgresql", "plpgsql", "mysql", "mariadb"),
        *("tsql", "t-sql", "plsql", "sqlite", "sqlite3", "cql"),
    ),
}
_BY_TAG = {tag: shell for shell, tags in _SHELLS.items() for tag in tags}
_TAG = re.compile(r"[\s{.]*([\w+-]{1,40})")

_POWERSHELL = re.compile(
    r"(?:&\s{0,3})?[\"']?\.\\|"
    r"(?:Get|Set|New|Remove|Start|Stop|Restart|Test|Invoke|Import|Export|Install|Uninstall|Enable|"
    r"Disable|Add|Clear|Copy|Move|Rename|Resolve|Register|Unregister|Write|Read|Select|Where|"
    r"ForEach|Out|ConvertTo|ConvertFrom|Connect|Disconnect|Update|Wait|Suspend|Resume|Backup|"
    r"Restore|Sync|Grant|Revoke|Publish|Send|Expand|Compress|Measure|Format)-[A-Z][A-Za-z]{1,40}\b|"
    r"\$(?:env:|[A-Za-z_]\w{0,60}\s?=)"
)
_KNOWN = (
    "ansible ansible-playbook alembic apk apt apt-get aws az awk base64 bash brew bundle "
    "cargo cat cd certbot chmod chown composer cp cqlsh crontab curl deno dig diff dnf "
    "docker docker-compose dotnet doctl echo eas env export expo find firebase flux flyway "
    "fly flyctl gcloud gem gh git go gradle grep gsutil gunicorn head helm heroku history "
    "ip java jest journalctl jq k6 kubeadm kubectl kustomize launchctl less ln ls make mix "
    "mkdir mongo mongodump mongosh mv mvn mysql mysqladmin mysqldump nc netlify netstat "
    "nginx ng node nohup npm npx nslookup openssl pg_dump pg_restore pgbench php ping pip "
    "pip3 pipenv pm2 pnpm podman poetry prisma psql pulumi pytest python python3 rails rake "
    "redis-cli rm rsync ruby sam scp screen sed sentry-cli serverless sh sleep snyk source "
    "ss ssh ssh-keygen stripe sudo supabase swaks systemctl tail tar tee telnet terraform "
    "timedatectl tmux top touch traceroute ufw uname unzip uv uvx vault vercel wget which "
    "wrangler xargs yarn yum zip zsh"
)
_PROGRAMS = frozenset(_KNOWN.split())
# What English sentences start with too counts only with more of a command behind it.
_AMBIGUOUS = (
    "cat cd curl diff echo export expo find fly go head history ip less make mix node ping "
    "python rails rake ruby sam screen sleep source ss stripe tail tee top touch vault "
    "which"
)
_WORDS_TOO = frozenset(_AMBIGUOUS.split())
_WITH_ARGUMENT = 2
_ASSIGNED = re.compile(
    r"(?:[A-Za-z_]\w{0,80}=(?:[^\s\"']{0,200}|\"[^\"]{0,200}\"|'[^']{0,200}')\s+){0,9}"
)
_RUN = re.compile(r"(?:\.{1,2}/|~/|/(?:usr|opt|bin|sbin|etc|home|srv|var)/)[\w./@+-]+(?=\s|$)")
_FIRST = re.compile(r"[A-Za-z][\w.+-]{0,40}(?=\s|$|;)")
# An option, a path, a variable, a placeholder, quoting or a redirection.
_MARK = re.compile(r"\s--?[A-Za-z]|[/=$<>|\"'`]|&&|\w\.\w|\w:\w")
_SENTENCE = re.compile(
    r"\S+ (?:is|are|was|must|should|will|can|cannot|has|needs?|and|or|the|for|to)(?=\s|$)|"
    r".*[a-z]{2}[.!?]$"
)


def shell_of_tag(info: str) -> str | None:
    """Return the shell that a fence's info string names, None where it names none.

    "console" stands for a session with prompts and output, "" for a fence without a tag.
    """
    found = _TAG.match(info)
    return _BY_TAG.get(found[1].lower()) if found else ""


def is_powershell(command: str) -> bool:
    """Tell a command that only PowerShell understands."""
    return _POWERSHELL.match(command) is not None


def is_command(line: str) -> bool:
    """Tell whether a line without a prompt is unmistakably a command, rather than prose or output.

    It starts with a program everybody knows, or with the path of one.
    """
    line = line.strip()
    if is_powershell(line):
        return True
    assigned = _ASSIGNED.match(line)
    line = line[assigned.end() :] if assigned else line
    if _RUN.match(line):
        return True
    first = _FIRST.match(line)
    if first is None or first.group() not in _PROGRAMS or _SENTENCE.match(line):
        return False
    if first.group() in _WORDS_TOO:
        return (
            _MARK.search(line, first.end()) is not None
            or len(line.split(maxsplit=3)) == _WITH_ARGUMENT
        )
    return True
