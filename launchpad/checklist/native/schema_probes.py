"""JSON Schema of what is run and observed: commands and probes."""

from collections.abc import Mapping
from typing import get_args

from launchpad.checklist.native.schema_values import (
    Schema,
    either,
    keys,
    listed,
    named,
    one_of,
    ref,
    text,
    words,
)
from launchpad.probes.dns import RecordType

_WORDS = listed(ref("text"), "The program and its arguments, without a shell.", some=True)

PROBES: Mapping[str, Schema] = {
    "words": _WORDS,
    "command": one_of(
        keys(
            {
                "exec": ref(
                    "words",
                    "The program and its arguments, without a shell; ${name} as a whole argument "
                    "stands for a variable.",
                ),
                "shell": text(
                    "A text for `sh -c`; variables are in its environment as LAUNCHPAD_VAR_NAME."
                ),
                "secrets": listed(ref("id"), "The secrets that its environment gets."),
            },
            description="A command, run from the checklist's folder once the file is trusted.",
        ),
        ("exec",),
        ("shell",),
    ),
    "probe": one_of(
        keys(
            {
                "http": ref("http"),
                "env": ref("env"),
                "command": ref("command"),
                "tls": ref("tls"),
                "tcp": ref("tcp"),
                "dns": ref("dns"),
                "file": ref("file"),
                "sql": ref("sql"),
                "prometheus": ref("prometheus"),
                "conditions": listed(
                    text("A condition, such as '[STATUS] == 200' or '[BODY].status == up'."),
                    "What has to hold; where nothing is written, that a variable is set, a "
                    "connection is made, a name is answered for, a file is there.",
                    some=True,
                ),
                "interval": ref("duration", "How often it is observed, 30s unless written."),
                "timeout": ref("duration", "How long one observation may take, 10s."),
                "failure-threshold": ref("count", "Failures in a row that show it as failed, 1."),
                "success-threshold": ref("count", "Successes in a row that show it as good, 1."),
                "vantage": ref(
                    "truth",
                    "Whether it says that anything can be seen from here: while it fails, the "
                    "others are inconclusive.",
                ),
            },
            description="Something that is observed again and again.",
        ),
        ("http", "conditions"),
        ("env",),
        ("command", "conditions"),
        ("tls",),
        ("tcp",),
        ("dns",),
        ("file",),
        ("sql", "conditions"),
        ("prometheus", "conditions"),
    ),
    "headers": {
        "type": "object",
        "propertyNames": {"pattern": r"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},
        "additionalProperties": ref("text"),
        "description": "The request's headers; ${name} stands for a variable or a secret.",
    },
    "http": keys(
        {
            "url": {
                "type": "string",
                "pattern": r"^([Hh][Tt][Tt][Pp][Ss]?://|\$\{)",
                "description": "The address; ${name} stands for a variable.",
            },
            "method": {
                "type": "string",
                "pattern": r"^[!#$%&'*+.^_`|~0-9A-Z-]+$",
                "description": "The method in capital letters, GET unless written.",
            },
            "headers": ref("headers"),
            "body": text("The request's body; ${name} stands for a variable or a secret."),
            "allow-insecure": ref("truth", "Whether a certificate that is not valid will do."),
            "redirects": either(
                "Where it may be sent on to: same-origin or origins; nowhere unless written.",
                text("same-origin, or an origin such as https://api.example.com."),
                listed(ref("text"), some=True),
            ),
        },
        must=("url",),
        description="An HTTP request.",
    ),
    "env": keys(
        {
            "name": ref("environment-name"),
            "from": either(
                "Whose environment: the conductor's own, a file's, or what a command prints.",
                {"const": "conductor"},
                one_of(
                    keys({"file": text("The file's path."), "command": ref("words")}),
                    ("file",),
                    ("command",),
                ),
            ),
            "matches": text("A regular expression that the value has to hold."),
        },
        must=("name", "from"),
        description="An environment variable; its value is never shown.",
    ),
    "tls": keys(
        {
            "address": text("A host and a port, such as shop.example.com:443."),
            "server-name": text("Whom the certificate has to be for, the host unless written."),
            "ca": text("The path of the only authorities that are trusted, certificates in PEM."),
            "allow-insecure": ref("truth", "Whether a certificate that is not valid will do."),
        },
        must=("address",),
        description="A TLS handshake.",
    ),
    "tcp": keys(
        {"address": text("A host and a port, such as db.example.com:5432.")},
        must=("address",),
        description="A TCP connection.",
    ),
    "dns": keys(
        {
            "name": text("The whole name that is asked for; of a PTR also an IP address."),
            "type": words(get_args(RecordType), "The type of its records, A unless written."),
            "server": text("Who is asked: a host, and a port unless it is 53."),
        },
        must=("name",),
        description="A question to a name server.",
    ),
    "file": keys(
        {"path": text("The path, from the checklist's folder.")},
        must=("path",),
        description="A file of the conductor's host; what it holds is never shown.",
    ),
    "sql": keys(
        {
            "database": {
                "type": "string",
                "pattern": r"^(sqlite:|postgres(ql)?://|\$\{)",
                "description": "sqlite:PATH, or postgresql://USER@HOST/NAME without a password.",
            },
            "query": text("One SELECT, VALUES or TABLE; ${name} stands for a variable's value."),
            "password": ref("id", "The secret that is the password of PostgreSQL's user."),
        },
        must=("database", "query"),
        description="One query to a database, which changes nothing, once the file is trusted.",
    ),
    "prometheus": keys(
        {
            "server": {
                "type": "string",
                "pattern": r"^([Hh][Tt][Tt][Pp][Ss]?://|\$\{)",
                "description": "The server's address; ${name} stands for a variable.",
            },
            "query": text("An instant query of one value; ${name} stands for a variable."),
            "headers": ref("headers"),
            "allow-insecure": ref("truth", "Whether a certificate that is not valid will do."),
        },
        must=("server", "query"),
        description="One query to Prometheus.",
    ),
    "probes": named(ref("probe"), "What is observed, by name, such as smoke/health.", "probe-name"),
    "probe-patterns": listed(
        text("The name of a probe, or a pattern such as smoke/*, which has to match one."),
        "Probes by their names, or by patterns of them.",
        some=True,
    ),
}
"""The definitions of commands and probes, by name."""
