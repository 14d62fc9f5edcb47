"""How long something took, in as few characters as tell."""

_MILLISECOND, _SECOND = 1_000, 1_000_000


def latency(microseconds: int) -> str:
    """Return a latency with its unit: 640us, 12ms, 1.2s."""
    if microseconds < _MILLISECOND:
        return f"{microseconds}us"
    if microseconds < _SECOND:
        return f"{microseconds // _MILLISECOND}ms"
    return f"{microseconds / _SECOND:.1f}s"
