"""Who acts: from flags, the environment, who sat here last, or by asking."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from launchpad.cli.misused import Misused
from launchpad.launch.person import Person, person


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says about who acts; None for what it leaves open."""

    initials: str | None
    name: str | None
    role: str | None


def claimed_in(environment: Mapping[str, str]) -> Claim:
    """Return what the environment says."""
    return Claim(
        *(environment.get(f"LAUNCHPAD_{part}") or None for part in ("INITIALS", "NAME", "ROLE"))
    )


def claimed_by(who: Person | None) -> Claim:
    """Return a remembered person as a claim."""
    return Claim(who.initials, who.name or None, who.role or None) if who else _NOTHING


def merged(claims: Iterable[Claim]) -> Claim:
    """Return the first word on each part.

    A name and a role belong to the initials they came with: once the initials are known, a claim
    to other initials says nothing about them.
    """
    whole = _NOTHING
    for claim in claims:
        if whole.initials and claim.initials and not _same(whole.initials, claim.initials):
            continue
        whole = Claim(
            whole.initials or claim.initials, whole.name or claim.name, whole.role or claim.role
        )
    return whole


def identified(claim: Claim, ask: Callable[[str], str] | None) -> tuple[Person, bool]:
    """Return who acts, and whether they were asked.

    ask: None where nobody could answer. Raises Misused where the initials stay unknown, or are no
    initials.
    """
    initials, name, role = claim.initials, claim.name, claim.role
    asked = initials is None
    if initials is None:
        if ask is None:
            raise Misused("who is this recorded for? say --initials AB (or set LAUNCHPAD_INITIALS)")
        initials = ask("Your initials:")
        name = name or ask("Your name, as it is printed (may stay empty):")
        role = role or ask("Your role (may stay empty):")
    try:
        return person(initials, name or "", role or ""), asked
    except ValueError as error:
        raise Misused(str(error)) from None


_NOTHING = Claim(None, None, None)


def _same(one: str, other: str) -> bool:
    return one.strip().upper() == other.strip().upper()
