"""Whether text looks like a pattern, in time that grows with the text alone."""


def matches(pattern: str, text: str) -> bool:
    """Tell whether text is pattern, each * in it standing for any run of characters.

    Every part between two stars is taken where it occurs first: nothing that a later occurrence
    would leave room for is lost by it, so there is nothing to go back to.
    """
    first, *others = pattern.split("*")
    if not others:
        return text == pattern
    *middle, last = others
    if not text.startswith(first):
        return False
    at = len(first)
    for part in middle:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return text.endswith(last) and len(text) - len(last) >= at
