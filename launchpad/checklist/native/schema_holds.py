"""JSON Schema of the holds of a countdown, and of what has to be good for a GO."""

from collections.abc import Mapping

from launchpad.checklist.native.schema_values import Schema, keys, listed, ref, text

HOLDS: Mapping[str, Schema] = {
    "hold": {
        **keys(
            {
                "id": ref("id"),
                "title": text("What the hold is called."),
                "at": ref("launch-time", "Where T- stands, such as T-20m; at T-0 at the latest."),
                "lasts": ref("duration", "How long it is planned to last."),
                "until": ref("awaited"),
            },
            must=("id", "at"),
            description="A hold that is built into the countdown.",
        ),
        "anyOf": [{"required": ["lasts"]}, {"required": ["until"]}],
    },
    "awaited": {
        **keys(
            {
                "phases": listed(ref("id"), "Phases whose items are all done.", some=True),
                "poll": ref("id", "The phase whose poll says go."),
            },
            description="What has to be there before the hold is left, however long it takes.",
        ),
        "anyOf": [{"required": ["phases"]}, {"required": ["poll"]}],
    },
    "commit-criterion": keys(
        {
            "id": ref("id"),
            "text": text("What has to be good."),
            "probes": ref("probe-patterns"),
            "hold": ref("truth", "Whether the countdown is held where it is not met."),
        },
        must=("id", "text", "probes"),
        description="What has to be good for a GO.",
    ),
}
"""The definitions of holds and commit criteria, by name."""
