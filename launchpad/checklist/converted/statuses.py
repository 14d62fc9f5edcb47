"""Which HTTP statuses somebody expects, from the words they say it in."""

import re

_FOLLOWING = (
    r"ok|or|and|und|oder|et|ou|y|o|created|accepted|no content|not modified|"
    r"response|status|code|http|with|within|when|if|in|from|for"
)
# A figure is a status where nothing beside it says that it counts or measures something.
_STATUS = re.compile(
    r"(?<![\w.,$#%-])(?P<status>[1-5][0-9]{2})(?![\w%]|[.,-][0-9])"
    rf"(?=\s{{0,3}}(?:$|[/,;:.()\]}}\"'`|\u3001\u3002\uff0c\uff09]|(?:{_FOLLOWING})\b))",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|no(?! content)|except|without|isn't|unless)\b", re.IGNORECASE)
_LONGEST = 500


def statuses(expected: str) -> tuple[int, ...]:
    """Return the statuses that an expected result names, in its order, each once; () for none.

    A text that denies something names none: "200, not 500" is left to a person.
    """
    if len(expected) > _LONGEST or _DENIED.search(expected):
        return ()
    return tuple(dict.fromkeys(int(found["status"]) for found in _STATUS.finditer(expected)))
