"""Ids that people can type and that stay the same while other lines change."""

import unicodedata
from collections.abc import Iterable, Iterator

_LONGEST = 40


def slug(text: str) -> str:
    """Return the first words of text in lower case, joined by hyphens; "" where there are none.

    Letters and digits of every script are kept. At most 40 characters, cut between words where
    that is possible.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    words = "".join(_words_only(folded)).split()
    chosen = ""
    for word in words:
        longer = f"{chosen}-{word}" if chosen else word
        if len(longer) > _LONGEST:
            return chosen or word[:_LONGEST]
        chosen = longer
    return chosen


def unique_ids(names: Iterable[str], otherwise: str) -> tuple[str, ...]:
    """Return a slug for each name, numbered `-2`, `-3` in order where it is already taken."""
    ids: list[str] = []
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    for name in names:
        stem = slug(name) or otherwise
        candidate, number = stem, numbers.get(stem, 1)
        while candidate in taken:
            number += 1
            candidate = f"{stem}-{number}"
        numbers[stem] = number
        taken.add(candidate)
        ids.append(candidate)
    return tuple(ids)


def _words_only(text: str) -> Iterator[str]:
    """Yield what belongs to words, and a blank for each other character."""
    inside = False
    for character in text:
        # A combining mark belongs to the letter it follows (Hindi or Thai vowels); an emoji's
        # variation selector is a mark too, but follows no letter worth keeping it for.
        if unicodedata.category(character) in {"Mn", "Mc"}:
            inside = inside and not "\ufe00" <= character <= "\ufe0f"
        else:
            inside = character.isalnum()
        yield character if inside else " "
