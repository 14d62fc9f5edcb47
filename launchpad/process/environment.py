"""What of an environment a command gets to see."""

from collections.abc import Iterable, Mapping
from typing import Final

# Where programs, files and the person are, and in which language and time zone to speak. All else
# stays away: proxies carry passwords, LD_PRELOAD and PYTHONPATH change what runs, SSH_AUTH_SOCK and
# cloud credentials lend a person's rights; who needs one of those says so. The LC_ names are
# spelled out (locale(7)) because ssh hands on any LC_*, and people smuggle variables in them.
KEPT: Final = frozenset(
    {
        *("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "XDG_RUNTIME_DIR", "TZ"),
        *("LANG", "LANGUAGE", "LC_ALL", "LC_ADDRESS", "LC_COLLATE", "LC_CTYPE"),
        *("LC_IDENTIFICATION", "LC_MEASUREMENT", "LC_MESSAGES", "LC_MONETARY", "LC_NAME"),
        *("LC_NUMERIC", "LC_PAPER", "LC_TELEPHONE", "LC_TIME"),
    }
)


def clean_environment(
    environment: Mapping[str, str],
    *,
    keep: Iterable[str] = (),
    extra: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the variables of environment that are in KEPT or in keep, and those of extra.

    keep: exact names; those that environment does not have are left out. extra: wins over both.
    """
    names = KEPT.union(keep)
    kept = {name: value for name, value in environment.items() if name in names}
    return {**kept, **(extra or {})}
