"""What names an environment variable, and which headings speak of them."""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum

from markdown_it.token import Token

from launchpad.checklist.markdown.qualities import is_optional

_NAME = re.compile(r"[A-Z][A-Z0-9_]{1,80}[A-Z0-9]")
# In capitals, but no variables: formats, methods, statuses, and what is written to be noticed.
_ABBREVIATIONS = (
    "API APM ARN AWS BETA CDN CHANGELOG CI CLI CORS CPU CRUD CSP CSS CSV DATE DELETE DNS "
    "DONE DRM ENV FAIL FALSE FAQ GCP GDPR GET GIT HEAD HSTS HTML HTTP HTTPS IAM IMPORTANT "
    "INFO JSON JWT LICENSE LTS MFA MUST MVP NONE NOT NOTE NPM NULL OAUTH OIDC OPTIONAL "
    "OPTIONS PASS PATCH PDF PII POST PUT QA RAM RBAC README REQUIRED REST RLS RPC RPO RTO "
    "SAML SDK SELECT SEO SLA SLO SMS SMTP SQL SSH SSL SSO TBD TCP TLS TODO TRUE TTL UDP UI "
    "URI URL USB UTC UTF8 UUID UX VPC VPN WAF WARNING WIP XML XSS YAML YES ZIP"
)
_NO_NAMES = frozenset(_ABBREVIATIONS.split())
_STATUS = re.compile(r"(?:HTTP|STATUS|CVE|RFC|ISO|UTF)_?\d.*|SHA_?\d+")
_WRAPPED = re.compile(
    r"(?:export\s+|set\s+|setx\s+)?(?:\$env:|process\.env\.|\$\{|\$)?(?P<name>[A-Z]\w{1,80})\}?"
    r"\s{0,3}(?P<value>=.*)?$",
    re.DOTALL,
)
_ASSIGNED = re.compile(r"(?:export\s+|set\s+)?(?P<name>[A-Z]\w{1,80})=")
_PLAIN = re.compile(
    r"(?P<name>[A-Z]\w{1,80})(?=\s*$|\s*[:\uff1a(\uff08]|\s+[-\u2013\u2014\u2192]\s)"
)
_BETWEEN = re.compile(r"[\s,/|&+\u3001\uff0c]*(?:and|or|und|oder|et|ou|y|o|e)?[\s,/|&+]*")

_ENVIRONMENT = re.compile(
    r"\benv(?:ironment(?:al)?)?[\s-]?var|\benv\b|environment (?:config|setting|key|secret|value)|"
    r"(?:config|configuration) var|secrets? (?:&|and|\+|/) environment|"
    r"umgebungsvariable|variables? d.environnement|variables? de entorno|"
    r"vari\u00e1veis de ambiente|variabili d.ambiente|omgevingsvariabelen|"
    r"\u73af\u5883\u53d8\u91cf|\u74b0\u5883\u8b8a\u6578|\u74b0\u5883\u5909\u6570|"
    r"\ud658\uacbd ?\ubcc0\uc218|\u043f\u0435\u0440\u0435\u043c\u0435\u043d\u043d\u044b\u0435 "
    r"\u043e\u043a\u0440\u0443\u0436\u0435\u043d\u0438\u044f"
)
_NEAR_IT = re.compile(
    r"\b(?:environments?|secrets?|tokens?|keys?|credentials?|config(?:uration)?s?|settings|"
    r"variables?|konfiguration|einstellungen|configuraci\u00f3n|configura\u00e7\u00e3o|"
    r"configurazione|param\u00e8tres|geheimnisse)\b|\u8bbe\u7f6e|\u8a2d\u5b9a|\uc124\uc815"
)
# Without one of these a heading speaks of none: most need no closer look.
_HINTS = (
    *("env", "var", "secret", "token", "key", "credential", "config", "konfig", "umgebung"),
    *("setting", "einstellung", "ambiente", "omgeving", "param", "geheim"),
    *("\u73af", "\u74b0", "\u8bbe", "\u8a2d", "\ud658", "\uc124", "\u043e\u043a\u0440\u0443\u0436"),
)
_CONDITION = re.compile(
    r"[(\[\uff08][^()\[\]]{0,40}\b(?:if|when|where|unless)\b|(?<!not )(?<!non-)\boptional(?:ly)?\b",
    re.IGNORECASE,
)


class Speaks(IntEnum):
    """How clearly a heading speaks of environment variables."""

    NOT = 0
    NEAR = 1
    OF_THEM = 2


def speaks(title: str) -> Speaks:
    """Return how clearly a heading, a bold line or a table's column speaks of variables."""
    folded = title.casefold()
    # Not `any` over a generator, which takes twice as long; this is asked of every heading.
    for hint in _HINTS:
        if hint in folded:
            break
    else:
        return Speaks.NOT
    if _ENVIRONMENT.search(folded):
        return Speaks.OF_THEM
    return Speaks.NEAR if _NEAR_IT.search(folded) else Speaks.NOT


def is_name(text: str) -> bool:
    """Tell a variable's name from an abbreviation, a status or a word in capitals."""
    return bool(_NAME.fullmatch(text)) and text not in _NO_NAMES and not _STATUS.fullmatch(text)


def is_conditional(text: str) -> bool:
    """Tell whether a line says that its variable is only needed under a condition."""
    return _CONDITION.search(text) is not None or is_optional(text)


def leading_names(tokens: Sequence[Token], *, plainly: bool) -> tuple[str, ...]:
    """Return the variables that an entry or a cell starts with, in code, in bold or assigned to.

    plainly: whether a name counts that nothing sets apart, where something divides it from words.
    """
    return tuple(name for name in _leading(tokens, plainly=plainly) if is_name(name))


def _leading(tokens: Sequence[Token], *, plainly: bool) -> Iterator[str]:
    bold = found = False
    for token in tokens:
        said = token.content.strip()
        if token.type in {"strong_open", "strong_close"}:
            bold = token.type == "strong_open"
        elif token.type == "code_inline" or (token.type == "text" and bold):
            names = _wrapped(said, divided=token.type == "text")
            if names is None:
                return
            found = found or bool(names)
            yield from names
        elif token.type != "text" or (found and not _BETWEEN.fullmatch(said)):
            return
        elif not found and any(map(str.isalnum, said)):
            plain = _ASSIGNED.match(said) or (_PLAIN.match(said) if plainly else None)
            if plain:
                yield plain["name"]
            return


def _wrapped(said: str, *, divided: bool) -> list[str] | None:
    """Return the names in code or in bold, None where it says anything else."""
    pieces = [piece for piece in map(_bare, said.split("/") if divided else [said]) if piece]
    found = list(map(_WRAPPED.match, pieces))
    names = [one["name"] for one in found if one]
    return names if len(names) == len(pieces) else None


def _bare(text: str) -> str:
    return text.strip(" :\uff1a")
