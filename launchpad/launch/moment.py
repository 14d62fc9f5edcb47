"""Reading an event's time: RFC 3339 in UTC, as the parts that people are shown."""


def day(at: str) -> str:
    """Return the date, such as 2026-11-21."""
    return at[:10]


def minute(at: str) -> str:
    """Return the time to the minute, with its zone: 03:50Z."""
    return f"{at[11:16]}Z"


def second(at: str) -> str:
    """Return the time to the second, with its zone: 03:50:07Z."""
    return f"{at[11:19]}Z"
