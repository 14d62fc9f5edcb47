"""`launchpad schema`: one JSON document, for editors."""

from launchpad.checklist.native.schema import schema
from tests.cli.conftest import Shell


def test_the_schema_of_the_native_format_is_printed(launchpad: Shell) -> None:
    done = launchpad("schema")
    assert (done.status, done.err) == (0, "")
    assert done.json == schema()
    assert done.data.isascii()
    assert {"title", "phases", "rollback"} <= set(done.json["properties"])
