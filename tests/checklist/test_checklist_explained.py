"""The JSON shape of `launchpad check`."""

import json
from collections.abc import Callable
from hashlib import sha256

from launchpad.checklist.explain import explain
from launchpad.checklist.load import Document

Reading = Callable[[str], Document]

TEXT = """# Shop launch
## Database
### Schema
- [x] **Applied**: all of it
  - [ ] checked twice

Initials: ____ Date: ____
"""


def test_a_document_is_explained_as_json(reading: Reading) -> None:
    unread: dict[str, object] = {
        "priority": None,
        "owner": None,
        "status": None,
        "fields": {},
        "optional": False,
        "expected_s": None,
        "commands": [],
        "probe": None,
    }
    explained = explain(reading(TEXT))
    assert json.loads(json.dumps(explained)) == explained
    assert explained == {
        "title": "Shop launch",
        "format": "markdown",
        "sha256": sha256(TEXT.encode()).hexdigest(),
        "encoding_repaired": False,
        "code_word": "shop",
        "counts": {
            "phases": 1,
            "sections": 1,
            "items": 2,
            "checked": 1,
            "other_boxes": 0,
            "signoffs": 1,
            "steps": 0,
            "probes": 0,
            "commands": 0,
            "roles": 0,
            "contacts": 0,
            "metrics": 0,
            "criteria": 0,
            "env_vars": 0,
        },
        "phases": [
            {
                "id": "database",
                "title": "Database",
                "at_s": None,
                "line": 2,
                "priority": None,
                "declared_state": None,
                "items": [
                    {
                        "id": "applied",
                        "text": "Applied: all of it",
                        "checked": True,
                        "line": 4,
                        "depth": 0,
                        "kind": "task",
                        **unread,
                    },
                    {
                        "id": "checked-twice",
                        "text": "checked twice",
                        "checked": False,
                        "line": 5,
                        "depth": 1,
                        "kind": "task",
                        **unread,
                    },
                ],
            }
        ],
        "sections": [
            {
                "id": "schema",
                "title": "Schema",
                "phase": "database",
                "line": 3,
                "declared_state": None,
            }
        ],
        "signoffs": [
            {
                "id": "database",
                "label": "Database",
                "role": None,
                "line": 7,
                "fields": ["initials", "date"],
            }
        ],
        "commands": [],
        "env_vars": [],
        "roles": [],
        "contacts": [],
        "metrics": [],
        "criteria": [],
        "rollback": None,
        "warnings": [],
    }


def test_a_repaired_encoding_and_warnings_are_told(reading: Reading) -> None:
    explained = explain(reading("\u2705 text".encode().decode("cp1252")))
    assert explained["encoding_repaired"] is True
    assert [warning["line"] for warning in explained["warnings"]] == [1]
