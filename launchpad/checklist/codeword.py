"""The short word that confirms a dangerous act: typed at night, so plain ASCII."""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]{3,16}")
_SEPARATORS = re.compile(r"[\W_]+")

# Words that half of all launch documents have in their titles: they tell no launch from another.
_GENERIC = re.compile(
    r"action|actions|and|application|checklist|cutover|delivery|deploy|deployment|document|"
    r"for|from|final|general|golive|guide|implementation|into|launch|list|live|master|"
    r"migration|new|our|plan|playbook|post|pre|prelaunch|procedure|procedures|prod|"
    r"production|project|readiness|ready|release|review|rollback|rollout|runbook|service|"
    r"steps|system|tasks|template|that|the|this|tasklist|todo|version|with|your"
)


def code_word(title: str) -> str:
    """Return the first telling word of a title, in [a-z0-9]{3,16}; "launch" where there is none."""
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = [word for word in _SEPARATORS.split(plain) if _WORD.fullmatch(word)]
    telling = [word for word in words if not _GENERIC.fullmatch(word) and not word.isdigit()]
    return next(iter([*telling, *words]), "launch")
