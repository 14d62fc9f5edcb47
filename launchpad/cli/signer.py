"""Who a command records, as the other rooms know them."""

import os

from launchpad.cli.configuration import state_folder
from launchpad.cli.identity import Claim, claimed_by, claimed_in, identified, merged
from launchpad.cli.output import narrate
from launchpad.cli.suggestions import remember, suggested
from launchpad.cli.terminal import ask, somebody_answers, somebody_reads
from launchpad.launch.person import Person
from launchpad.session.participant import Participant, participant


def signer(initials: str | None, name: str | None, role: str | None) -> Participant:
    """Return who acts: by the flags, the environment, or on a terminal who sat here last.

    Raises Misused where nobody can be named.
    """
    return participant(whoever(Claim(initials, name, role)), "command", os.environ)


def whoever(flags: Claim) -> Person:
    """Return the person; asked for on a terminal that knows nobody, and then remembered."""
    said = merged([flags, claimed_in(os.environ)])
    # A suggestion is only as good as the chance to see it and to say otherwise.
    if somebody_reads():
        last = claimed_by(suggested(state_folder(), os.environ))
        if said.initials is None and last.initials is not None:
            narrate(f"recording as {last.initials}; --initials says otherwise")
        said = merged([said, last])
    person, asked = identified(said, ask if somebody_answers() else None)
    if asked:
        remember(state_folder(), os.environ, person)
    return person
