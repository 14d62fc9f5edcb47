"""SQL: which database is asked, as whom, and what."""

import re

from launchpad.checklist.model import SqlSettings
from launchpad.checklist.native.fields import Fields
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.problems import Expected, quoted
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.references import REFERENCE, filled_text
from launchpad.checklist.native.values import exact_line, scalar, used
from launchpad.probes.database import NoDatabase, Sqlite, database

_IN_QUOTES = re.compile(r"'(\$\{[^{}]*\})'")


def sql(node: Node, reading: Reading) -> SqlSettings:
    """Read the settings of an SQL probe."""
    with Fields(node, reading) as fields:
        settings = SqlSettings(
            database=fields.must("database", _database, ""),
            query=fields.must("query", _query, ""),
            password=fields.may("password", used("secret"), None),
        )
        if settings.database.startswith("sqlite:"):
            fields.refuse("password", "`password` does nothing here: a file of SQLite's has none")
    return settings


def _database(node: Node, reading: Reading) -> str:
    exact_line(node, reading)
    text = filled_text(node, reading, ("variable",)).text
    if REFERENCE.match(text):
        return text
    try:
        # A variable can be any part of it; a letter stands for it where the rest is looked at.
        found = database(REFERENCE.sub("v", text))
    except NoDatabase as error:
        raise Expected(node, str(error)) from None
    if not isinstance(found, Sqlite) and re.search(r"\s", text):
        raise Expected(node, "an address has no blanks: write %20")
    return text


def _query(node: Node, reading: Reading) -> str:
    given = filled_text(scalar(node, "a query"), reading, ("variable",))
    if found := _IN_QUOTES.search(given.text):
        raise Expected(
            given.at(found.start()),
            f"a variable is a value of the query, not a part of its text: write {quoted(found[1])}"
            " without the quotes",
        )
    return given.text
