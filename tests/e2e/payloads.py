"""Texts that try to have something run: each would leave a file where somebody obeyed it."""

from collections.abc import Iterator
from pathlib import Path

# "@" stands for the file that is made where the text is obeyed.
_SHELL = (
    "$(touch @)",
    "`touch @`",
    "; touch @ ;",
    "| touch @",
    "|| touch @",
    "&& touch @",
    "& touch @ &",
    "> @",
    ">> @",
    "<(touch @)",
    ">(touch @)",
    "$(<@)$(touch @)",
    "${x:-$(touch @)}",
    "${IFS};touch${IFS}@",
    ";{touch,@}",
    "$((x[$(touch @)]))",
    "#\ntouch @\n#",
    "\r\ntouch @\r\n",
    "!touch @",
)
_OPTIONS = (
    "--log=@",
    "--output @",
    "-o@",
    "--",
    "-oProxyCommand=touch @",
    "--checkpoint-action=exec=touch @",
    "--exec=touch @",
    "-delete",
)
_TEMPLATES = (
    "{{ lookup('pipe', 'touch @') }}",
    "{{ cycler.__init__.__globals__.os.system('touch @') }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "${{ env.touch }}",
    "#{`touch @`}",
    "<%= `touch @` %>",
    "${p000}",
    "${jndi:file://@}",
)
_FORMATS = (
    "%(touch @)s",
    "%s%s%n",
    "{0.__class__.__init__.__globals__[os]}",
    "{touch!r:>@}",
    "__import__('os').system('touch @')",
    "!!python/object/apply:os.system ['touch @']",
    "*a &a <<: touch @",
    "%0Atouch @",
)
_MARKUP = (
    "[@click=app.action_quit]x[/]",
    "[link=file://@]x[/link]",
    "[/touch]",
    "[bold",
    "<script src=file://@></script>",
    "![x](file://@)",
    "| touch @ |",
)
_CONTROLS = (
    "\x1b]52;c;dG91Y2ggQA==\x07",
    "\x1b]0;touch @\x1b\\",
    "\x1bPtouch @\x1b\\",
    "\x1b_touch @\x1b\\",
    "\x1b[2J\x1b[1;1H",
    "\x9b31m\x9d52;c;x\x9c",
    "\x7f\x08\x08touch @",
    "\u202etouch @\u2066",
    "\u200btouch @\ufeff",
    "\x01\\0; touch @",
    "%00; touch @",
    "＄（touch @）；",
    "\\x00$(touch @)",
)
_ALL = (*_SHELL, *_OPTIONS, *_TEMPLATES, *_FORMATS, *_MARKUP, *_CONTROLS)
# As they are, ending a quoted text, and within a word.
_AROUND = ("{}", "x'{}'x", 'x"{}"x', "x{}x")

COUNT = 200


def payloads(folder: Path) -> list[str]:
    """Return the texts. folder: where each, obeyed, makes a file of its own."""
    found = _every(folder)
    return [next(found) for _ in range(COUNT)]


def _every(folder: Path) -> Iterator[str]:
    for around in _AROUND:
        for number, text in enumerate(_ALL):
            name = f"{_AROUND.index(around)}-{number}"
            yield around.replace("{}", text.replace("@", str(folder / name)))
