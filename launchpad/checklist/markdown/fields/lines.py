"""Fields beneath an item: its labelled sub-bullets, and the labelled lines of its paragraphs."""

from collections.abc import Iterator

from launchpad.checklist.markdown.blocks import LISTS, Block
from launchpad.checklist.markdown.fields.names import field_kind
from launchpad.checklist.markdown.prose import paragraph_lines

_LONGEST_NAME = 60
_COLONS = (":", "\uff1a")
_DASHES = ("-", "\u2013", "\u2014")


def labelled(text: str, label: str) -> tuple[str, str] | None:
    """Return the name and the value of a field, None for what is a remark and no field.

    label: the bold run the text starts with: followed by a colon, it names a field whatever it
    is; other names are those of `field_names`.
    """
    if label and text.startswith(label) and len(label) <= _LONGEST_NAME:
        rest = text[len(label) :].lstrip()
        if rest.startswith(_COLONS):
            return label, rest[1:].strip()
        if rest.startswith(_DASHES) and rest[1:2] == " " and field_kind(label):
            return label, rest[1:].strip()
    name, colon, value = text.replace("\uff1a", ":").partition(":")
    if not colon or value.startswith("//") or field_kind(name) is None:
        return None
    return name.strip(), value.strip()


def bullet_fields(item: Block) -> Iterator[tuple[str, str]]:
    """Yield the fields that the plain bullets directly beneath an item are."""
    for within in item.children:
        for bullet in within.children if within.kind in LISTS else ():
            said = bullet.said
            # In code it is something's name, and not the author's label.
            if said is None or bullet.box is not None or said.content.startswith("`"):
                continue
            lines = _lines(bullet.children[0])
            found = labelled(*lines[0]) if lines else None
            if found:
                more = (text for text, _ in lines[1:])
                yield found[0], "\n".join(filter(None, (found[1], *more, *_beneath(bullet))))


def line_fields(item: Block) -> tuple[list[tuple[str, str]], str]:
    """Return the fields on the lines below an item's first one, and the words of those lines.

    The words are those at its first paragraph's end which are fields and nothing else, "" for
    none.
    """
    fields: list[tuple[str, str]] = []
    end: list[str] = []
    for number, block in enumerate(item.children):
        if block.kind != "paragraph" or block.inline is None:
            continue
        if not number and "\n" not in block.inline.content:
            continue
        for text, label in _lines(block)[0 if number else 1 :]:
            found = labelled(text, label)
            if found:
                fields.append(found)
            if not number:
                end = [*end, text] if found else []
    return fields, " ".join(end)


def _lines(paragraph: Block) -> list[tuple[str, str]]:
    """Return the words of each line, and the bold run that it starts with."""
    if paragraph.inline is None:
        return []
    if "\n" not in paragraph.inline.content:
        return [(paragraph.text, paragraph.label)]
    return [(line.text, line.label) for line in paragraph_lines(paragraph.inline)]


def _beneath(bullet: Block) -> Iterator[str]:
    """Yield the entries of the lists beneath a bullet; tasks are items of their own."""
    for child in bullet.children[1:]:
        if child.kind == "paragraph":
            yield child.text
        for entry in child.children if child.kind in LISTS else ():
            if entry.box is None:
                if entry.said is not None:
                    yield entry.children[0].text
                yield from _beneath(entry)
