"""The prompts that people copy along from a terminal."""

import re
from collections.abc import Sequence

from launchpad.checklist.markdown.commands.programs import is_command

_HOST = r"(?:\([\w.-]{1,40}\) ?)?\[?[\w.-]{1,60}@[\w.-]{1,60}(?:[: ][^\s$#%>\]]{0,100})?\]? ?[$#%>]"
_POWERSHELL = r"PS(?: [^\n>]{0,200})?>"
_CMD = r"[A-Za-z]:\\[^\n<>|]{0,200}>"
# What is one in any fence. Not ">" or "#": those are a redirection's and a comment's.
_CLEAR = re.compile(rf"\s*(?:\$ +|(?:{_HOST}|{_POWERSHELL}|{_CMD}) ?(?=\S))")
_OF_SQL = re.compile(
    r"\s*(?:(?:mysql|sqlite|psql|MariaDB \[[^\]\n]{0,60}\])>|\w{1,60}[=-][#>]|[ \t]{0,8}->) ?"
)
_IN_SESSION = re.compile(r"\s*(?:%|>|\u276f|\u279c|\u00bb) +(?=\S)")
_ROOT = re.compile(r"\s*# +(?=\S)")
# Without one of these there is no prompt.
_MARKS = re.compile(r"[$#%>\u276f\u279c\u00bb]")
_SECOND = re.compile(r"\s*(?:>|>>) ?")


def prompt(line: str, marks: Sequence[re.Pattern[str]]) -> int:
    """Return how many characters of a line are a prompt, 0 without one."""
    for mark in marks:
        if found := mark.match(line):
            return found.end()
    return 0


def second_prompt(line: str) -> int:
    """Return how many characters of a continued line are the prompt for the rest of a command."""
    found = _SECOND.match(line)
    return found.end() if found else 0


def prompts_of(lines: Sequence[str], shell: str | None) -> tuple[re.Pattern[str], ...]:
    """Return the prompts that count in a fence.

    In a session `#` is root's prompt only where no other is used and programs follow it: else it
    begins a comment.
    """
    if not any(map(_MARKS.search, lines)):
        return ()
    if shell == "sql":
        return (_OF_SQL,)
    if shell != "console":
        return (_CLEAR,)
    marks = (_CLEAR, _IN_SESSION)
    said = [line for line in lines if line.strip()]
    if any(prompt(line, marks) for line in said):
        return marks
    rooted = [line[end:] for line in said if (end := prompt(line, (_ROOT,)))]
    return (*marks, _ROOT) if rooted and all(map(is_command, rooted)) else marks
