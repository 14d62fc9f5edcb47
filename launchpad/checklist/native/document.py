"""The keys at the top of a checklist, which front matter takes too."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from launchpad.checklist.codeword import code_word
from launchpad.checklist.model import Checklist
from launchpad.checklist.native.fields import Fields
from launchpad.checklist.native.figures import criteria, metrics
from launchpad.checklist.native.holds import commit_criteria, holds
from launchpad.checklist.native.inputs import (
    environment_variables,
    secrets,
    variables,
    without_password,
)
from launchpad.checklist.native.messages import messages
from launchpad.checklist.native.nodes import Node
from launchpad.checklist.native.people import contacts, crew, roles
from launchpad.checklist.native.probes import probes
from launchpad.checklist.native.problems import Expected
from launchpad.checklist.native.reading import Reading
from launchpad.checklist.native.rollback import rollback_over
from launchpad.checklist.native.snippets import snippets
from launchpad.checklist.native.values import scalar
from launchpad.checklist.native.window import baseline, window

VERSION = "1"

_Named = TypeVar("_Named")


def document_over(fields: Fields, known: Checklist) -> Checklist:
    """Read what can be written of a whole checklist, but for its title and phases.

    known: what a key that is missing leaves as it is. What others refer to by name is added to
    what is known, in place of one of the same name; any other value takes the place of what is
    known as a whole.
    """
    checklist = replace(
        known,
        code_word=fields.may("code-word", _code_word, known.code_word),
        log=fields.may("log", without_password, known.log),
        vars=fields.may("vars", variables, known.vars),
        secrets=fields.may("secrets", secrets, known.secrets),
        roles=_added(known.roles, fields.may("roles", roles, ()), lambda role: role.id),
        crew=fields.may("crew", crew, known.crew),
        probes=_added(known.probes, fields.may("probes", probes, ()), lambda probe: probe.id),
        rollback=fields.may("rollback", rollback_over(known.rollback), known.rollback),
        snippets=_added(
            known.snippets, fields.may("snippets", snippets, ()), lambda snippet: snippet.id
        ),
        env_vars=_added(
            known.env_vars,
            fields.may("env-vars", environment_variables, ()),
            lambda variable: variable.name,
        ),
        contacts=fields.may("contacts", contacts, known.contacts),
        metrics=fields.may("metrics", metrics, known.metrics),
        criteria=fields.may("criteria", criteria, known.criteria),
        window=fields.may("window", window, known.window),
        baseline=fields.may("baseline", baseline, known.baseline),
        messages=fields.may("messages", messages, known.messages),
        holds=fields.may("holds", holds, known.holds),
        commit_criteria=fields.may("commit-criteria", commit_criteria, known.commit_criteria),
    )
    fields.keep("messages", "this version sends none: tell people yourselves")
    return checklist


def version(node: Node, _reading: Reading) -> None:
    """Read the version of the format."""
    if scalar(node, VERSION).text != VERSION:
        raise Expected(node, f"expected {VERSION}, the version of the format that is read here")


def _added(
    known: Iterable[_Named], given: Iterable[_Named], name: Callable[[_Named], str]
) -> tuple[_Named, ...]:
    return tuple({name(one): one for one in (*known, *given)}.values())


def _code_word(node: Node, _reading: Reading) -> str:
    text = scalar(node, "a word").text
    if code_word(text) != text:
        raise Expected(node, "expected one word of 3 to 16 characters, a to z and digits")
    return text
