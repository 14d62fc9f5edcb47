"""Where a command of PowerShell or of cmd ends: not in quotes, in brackets or at a trailing mark.

This follows `about_Parsing` and `about_Quoting_Rules` of PowerShell's documentation
(https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/) only as far as
that takes. Each line is looked at once.
"""

import re

_TOKEN = re.compile(
    r"`.|(?P<comment>(?<!\S)#(?!>))|(?P<remark><#)|@(?P<here>['\"])\s*$|(?P<quote>['\"])|"
    r"(?P<opened>[({\[])|(?P<closed>[)}\]])"
)
_CLOSING = {
    "'": re.compile(r"'"),
    '"': re.compile(r'`.|"'),
    "#>": re.compile(r"#>"),
    "'@": re.compile(r"^\s*'@"),
    '"@': re.compile(r'^\s*"@'),
}
_JOINED = re.compile(r"[`|,]$")
_BRANCH = re.compile(r"\s*(?:else|elseif|catch|finally)\b", re.IGNORECASE)
_BRACKET = re.compile(r"\"[^\"]*(?:\"|$)|\^.|(?P<opened>\()|(?P<closed>\))")


class PowerShellReading:
    """Commands of PowerShell."""

    def __init__(self) -> None:
        self.joined = ""
        self.comment: int | None = None
        self._until = ""
        self._depth = 0
        self._block = False

    def goes_on(self, following: str) -> bool:
        """Tell whether quotes, brackets or the line's end leave it open, or a branch follows."""
        if self.joined or self._until or self._depth:
            return True
        return self._block and _BRANCH.match(following) is not None

    def take(self, line: str) -> None:
        """Read one more line."""
        self.comment, self.joined = None, ""
        place = self._behind(line, 0) if self._until else 0
        while not self._until and (found := _TOKEN.search(line, place)):
            place, kind = found.end(), found.lastgroup
            if kind == "comment":
                self.comment = found.start()
                break
            if kind == "opened":
                self._depth += 1
            elif kind == "closed":
                self._depth = max(self._depth - 1, 0)
            elif kind:
                self._until = _until(kind, found)
                place = self._behind(line, place)
        if not self._until:
            code = line[: self.comment].rstrip()
            self._block = code.endswith("}")
            joined = _JOINED.search(code)
            self.joined = joined.group() if joined else ""

    def _behind(self, line: str, place: int) -> int:
        """Return the place behind what closes the quotation, the line's end without it."""
        for found in _CLOSING[self._until].finditer(line, place):
            if found.group().lstrip() == self._until:
                self._until = ""
                return found.end()
        return len(line)


def _until(kind: str, found: re.Match[str]) -> str:
    if kind == "remark":
        return "#>"
    return f"{found['here']}@" if kind == "here" else found.group()


class CmdReading:
    """Commands of cmd.exe, in which quotes end with their line."""

    def __init__(self) -> None:
        self.joined = ""
        self.comment: int | None = None
        self._depth = 0

    def goes_on(self, following: str) -> bool:
        """Tell whether brackets or the line's end leave it open."""
        del following
        return bool(self.joined or self._depth)

    def take(self, line: str) -> None:
        """Read one more line."""
        for found in _BRACKET.finditer(line):
            self._depth += (found["opened"] is not None) - (found["closed"] is not None)
        self._depth = max(self._depth, 0)
        self.joined = "^" if line.rstrip(" \t").endswith("^") else ""
