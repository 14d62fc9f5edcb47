"""The command was not given what it needs."""


class Misused(Exception):
    """The command cannot be done as it was typed. The message says what would be right."""
