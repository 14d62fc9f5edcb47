"""JSON Schema of what is worked through: phases, items and sign-offs."""

from collections.abc import Mapping

from launchpad.checklist.native.items import KINDS
from launchpad.checklist.native.schema_values import (
    Schema,
    either,
    keys,
    listed,
    ref,
    text,
    words,
)
from launchpad.checklist.native.signoffs import BLANKS, REQUIRES

PHASES: Mapping[str, Schema] = {
    "phase": keys(
        {
            "id": ref("id"),
            "title": text("What the phase is called."),
            "at": ref("launch-time", "When it begins, such as T-1h."),
            "until": ref("launch-time", "By when it ends."),
            "priority": text("How much it matters, in your own words."),
            "state": text("How far it is, in your own words."),
            "poll": keys(
                {
                    "roles": listed(ref("id"), "The roles that are asked.", some=True),
                    "closes-in": ref("duration", "How long votes are taken."),
                    "valid-for": ref("duration", "How long a Go holds."),
                },
                must=("roles",),
                description="Whose go or no-go it takes.",
            ),
            "sections": listed(ref("section"), "What its items are grouped under."),
            "items": listed(ref("item"), "What is done and verified."),
            "sign-off": either(
                "Who signs the phase: one entry, or a list of them.",
                ref("sign-off"),
                listed(ref("sign-off"), some=True),
            ),
        },
        must=("id", "title"),
        description="A group of items that is worked through and signed as one.",
    ),
    "section": keys(
        {
            "id": ref("id"),
            "title": text("What the section is called."),
            "state": text("How far it is, in your own words."),
        },
        must=("id", "title"),
        description="A group of items within a phase.",
    ),
    "item": keys(
        {
            "id": ref("id"),
            "text": text("What is done or verified."),
            "label": text("A few words that stand for it."),
            "checked": ref("truth", "Whether it comes ticked; it then counts as unverified."),
            "kind": words(KINDS, "What it looks like, task unless written."),
            "section": ref("id", "The section it lies in."),
            "items": listed(ref("item"), "The items that lie within it."),
            "priority": text("How much it matters, in your own words."),
            "owner": text("Who is to do it."),
            "status": text("How it stands, in your own words."),
            "optional": ref("truth", "Whether it is only done if somebody wants it."),
            "expected": ref("duration", "An estimate of how long it takes."),
            "fields": {
                "type": "object",
                "additionalProperties": ref("text"),
                "description": "Remarks by name, such as why it is done.",
            },
            "snippets": listed(ref("id"), "The commands to copy that belong to it."),
            "probe": either(
                "What observes it: a probe that is written here, or the name of one.",
                ref("probe-name"),
                ref("probe"),
            ),
            "step": ref("item-step"),
            "point-of-no-return": ref("truth", "Whether nobody goes back after it."),
            "waiver": keys(
                {"role": ref("id", "The role that may waive it.")},
                must=("role",),
                description="Who may waive it.",
            ),
        },
        must=("id", "text"),
        description="One thing to do or to verify.",
    ),
    "sign-off": keys(
        {
            "id": ref("id", "Of an entry with at most one role."),
            "label": text("What is signed, the phase unless written."),
            "roles": listed(ref("id"), "Who signs, each role for itself.", some=True),
            "items": listed(ref("id"), "The phase's items it covers, all unless written."),
            "closes-rollback": ref("truth", "Whether it says that a rollback is complete."),
            "meaning": text("What a signature says, verified unless written."),
            "fields": listed(words(BLANKS, "A blank."), "What is asked for.", some=True),
            "requires": words(REQUIRES, "What has to be done before."),
        },
        description="A place where somebody signs.",
    ),
}
"""The definitions of phases and what they hold, by name."""
