"""The values of a checklist's variables, as they are given with --var."""

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

from launchpad.checklist.load import Document
from launchpad.checklist.model import Variable
from launchpad.cli.misused import Misused
from launchpad.text.safe import one_line, safe


def values(
    document: Document, given: Sequence[str], holds: Callable[[str, str], bool | None]
) -> dict[str, str]:
    """Return the value of every variable that has one: given as NAME=VALUE, or its default.

    holds: whether a pattern is found in a text; None where that takes too much. Raises
    Misused with everything that is wrong, each with its line in the checklist.
    """
    name, variables = document.source.name, document.checklist.vars
    typed, problems = _typed(given)
    known = {variable.name for variable in variables}
    listed = ", ".join(variable.name for variable in variables) or "none"
    problems += [
        f"{name}: there is no variable {one_line(each)!r}; it has {listed}"
        for each in typed
        if each not in known
    ]
    found: dict[str, str] = {}
    for variable in variables:
        value = typed.get(variable.name, variable.default)
        if value is not None:
            found[variable.name] = value
        problems += [f"{name}:{variable.line}: {why}" for why in _wrong(variable, value, holds)]
    if problems:
        raise Misused("\n".join(problems))
    return found


def _typed(given: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    typed: dict[str, str] = {}
    problems = []
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name:
            problems.append(f"--var takes NAME=VALUE, not {one_line(each)!r}")
        elif name in typed:
            problems.append(f"--var gives {one_line(name)} twice")
        else:
            typed[name] = value
    return typed, problems


def _wrong(
    variable: Variable, value: str | None, holds: Callable[[str, str], bool | None]
) -> Iterator[str]:
    name = variable.name
    if value is None:
        if variable.required:
            example = variable.example or "VALUE"
            yield f"variable {name} needs a value, such as --var {name}={one_line(example)}"
        return
    if safe(value) != value or "\n" in value or "\t" in value:
        yield f"variable {name}: its value holds a character that cannot be seen"
    elif _password(value):
        yield f"variable {name}: its address holds a password, which the log would keep"
    elif variable.matches is not None:
        found = holds(variable.matches, value)
        pattern = one_line(variable.matches)
        if found is None:
            yield f"variable {name}: {pattern} takes too long to look for in its value"
        elif not found:
            yield f"variable {name}: {one_line(value)!r} does not match {pattern}"


def _password(value: str) -> bool:
    try:
        return urlsplit(value).password is not None
    except ValueError:
        return False  # no address at all
