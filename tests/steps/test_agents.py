"""Which commands would ask an SSH agent, and what is said about it."""

import pytest

from launchpad.checklist.model import Checklist, Command, Rollback, Secret, Step
from launchpad.steps.agents import agent_warnings

FORWARDED = {"SSH_CONNECTION": "a b c d", "SSH_AUTH_SOCK": "/run/agent.1"}
AGENT = Secret("agent", 1, "env", ("SSH_AUTH_SOCK",))


def checklist(command: Command, *secrets: Secret) -> Checklist:
    step = Step(id="dns", title="Back", line=3, kind="command", command=command)
    return Checklist(
        title="A",
        format="yaml",
        code_word="a",
        damage=None,
        phases=(),
        sections=(),
        signoffs=(),
        warnings=(),
        secrets=secrets,
        rollback=Rollback(line=2, steps=(step,)),
    )


@pytest.mark.parametrize(
    ("command", "reaches"),
    [
        (Command(4, ("ssh", "edge", "switch")), True),
        (Command(4, ("/usr/bin/scp", "a", "edge:b")), True),
        (Command(4, ("ansible-playbook", "back.yml")), True),
        (Command(4, ("git", "-C", "app", "push")), True),
        (Command(4, ("git", "log", "-1")), False),
        (Command(4, ("rsync", "-a", "a/", "edge:a/")), True),
        (Command(4, ("rsync", "-a", "a/", "b/")), False),
        (Command(4, ("echo", "ssh")), False),
        (Command(4, (), "tar c app | ssh edge tar x"), True),
        (Command(4, (), "systemctl restart app"), False),
    ],
)
def test_a_command_that_reaches_another_machine_is_named(command: Command, reaches: bool) -> None:
    warnings = agent_warnings(checklist(command), {})
    assert [warning.partition(":")[0] for warning in warnings] == ["rollback/dns"] * reaches


@pytest.mark.parametrize(
    ("environment", "warned"),
    [
        (FORWARDED, True),
        ({**FORWARDED, "SSH_AGENT_PID": "7"}, False),
        ({"SSH_AUTH_SOCK": "/run/agent.1"}, False),
        ({"SSH_CONNECTION": "a b c d"}, False),
    ],
)
def test_an_agent_that_ends_with_the_connection_is_a_warning(
    environment: dict[str, str], warned: bool
) -> None:
    command = Command(4, ("ssh", "edge", "switch"), None, ("agent",))
    warnings = agent_warnings(checklist(command, AGENT), environment)
    assert [("forwarded" in warning) for warning in warnings] == [True] * warned
