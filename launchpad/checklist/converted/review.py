"""How what is proposed, or was not understood, is marked for whoever looks at it."""

from typing import Final

REVIEW: Final = "review:"
"""What a comment on it starts with."""
