"""A whole checklist in the native format, with the probes that are proposed for it."""

from collections.abc import Iterator

from launchpad.checklist.converted.acting import rollback_keys
from launchpad.checklist.converted.observing import probe_keys
from launchpad.checklist.converted.parts import (
    crew_keys,
    facts,
    planning,
    secret_key,
    variable_keys,
)
from launchpad.checklist.converted.phases import phases_list
from launchpad.checklist.converted.proposals import Proposals, propose
from launchpad.checklist.converted.review import REVIEW
from launchpad.checklist.converted.writing import Key, Keys, keys, write
from launchpad.checklist.load import Document
from launchpad.checklist.markdown.rollback.triggers import not_understood
from launchpad.checklist.model import Checklist


def convert(document: Document) -> tuple[str, Proposals]:
    """Return a document in the native format, and what is proposed in it beside what it says.

    What it means is the same, but for the proposals; each has a comment that starts with
    `review:`, and so has each warning about the document.
    """
    checklist = document.checklist
    proposals = propose(checklist)
    return write(_keys(checklist, proposals), _comments(document, proposals)), proposals


def _comments(document: Document, proposals: Proposals) -> Iterator[str]:
    name, proposed = document.source.name, proposals.triggers.each.values()
    compiled = [not_understood(one.trigger) for one in proposed if one.trigger.probes]
    yield f"Converted from {name}, which this file does not need."
    yield f'What is proposed, or was not understood, is marked "{REVIEW}".'
    for warning in document.checklist.warnings:
        if warning not in compiled:
            yield f"{REVIEW} line {warning.line} of {name}: {warning.message}"


def _keys(checklist: Checklist, proposals: Proposals) -> Keys:
    return (
        *keys(
            launchpad="1",
            title=checklist.title,
            code_word=checklist.code_word,
            log=checklist.log,
        ),
        *planning(checklist, proposals.triggers.baseline),
        *_inputs(checklist, proposals),
        *_probes(checklist, proposals),
        Key("phases", phases_list(checklist, proposals), spaced=True),
        *_rollback(checklist, proposals),
        *facts(checklist),
    )


def _rollback(checklist: Checklist, proposals: Proposals) -> Keys:
    back = checklist.rollback
    return keys(rollback=rollback_keys(back, proposals.triggers.each) if back else None)


def _inputs(checklist: Checklist, proposals: Proposals) -> Keys:
    variables = (
        *(Key(one.name, variable_keys(one)) for one in checklist.vars),
        *(Key(one.name, variable_keys(one), comments) for one, comments in proposals.vars),
    )
    return keys(
        vars=variables or None,
        secrets=tuple(map(secret_key, checklist.secrets)) or None,
        roles=tuple(Key(role.id, role.title) for role in checklist.roles) or None,
        crew=crew_keys(checklist.crew) if checklist.crew else None,
    )


def _probes(checklist: Checklist, proposals: Proposals) -> Keys:
    probes = (
        *(Key(one.id, probe_keys(one)) for one in checklist.probes),
        *(Key(one.probe.id, probe_keys(one.probe), one.comments) for one in proposals.others),
    )
    return keys(probes=probes or None)
