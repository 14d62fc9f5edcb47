"""What doctor finds: how it stands, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. advice: what to do, "" where nothing needs doing."""

    level: Level
    subject: str
    found: str
    advice: str = ""
