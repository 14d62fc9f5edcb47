"""Checklists made up by hypothesis: whatever a Markdown document could be understood as."""

from collections.abc import Callable, Sequence
from typing import TypeVar, get_args

from hypothesis import strategies as st

from launchpad.checklist.codeword import code_word
from launchpad.checklist.model import (
    Blank,
    BlankKind,
    Checklist,
    Comparator,
    Contact,
    Criterion,
    EnvironmentVariable,
    Field,
    Item,
    ItemKind,
    Metric,
    Phase,
    Role,
    Rollback,
    Section,
    SignOff,
    Snippet,
    Span,
    Step,
    Trigger,
)
from launchpad.checklist.slug import unique_ids
from launchpad.text.safe import one_line

T = TypeVar("T")

# What YAML, a shell or this program might take for something else, among ordinary words.
_TRAPS = (
    *("no", "true", "~", "null", "1.10", "0x1F", "11:30", "- a", "a: b", "a #b", "#", "&a", "*a"),
    *("!tag", "%", "@x", "`x`", "{a}", "[a, b]", "a, b", "? a", "|", ">", "'", '"', "''", "\\n"),
    *(
        "<<",
        "=",
        "---",
        "...",
        "${base-url}",
        "{{x}}",
        "T-0",
        "キャッシュ 🚀",
        "‘quoted’",
        ":",
        "a:",
    ),
)
_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Cn"))
LINES = (
    st.one_of(st.sampled_from(_TRAPS), st.text(_CHARACTERS, min_size=1, max_size=120))
    .map(one_line)
    .filter(bool)
)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
_LENGTHS = st.none() | st.integers(1, 200_000_000)
_MOMENTS = st.none() | st.integers(-900_000, 900_000).map(lambda seconds: seconds * 1000)
_NOWHERE = Span(0, 0)


def _several(values: st.SearchStrategy[T], most: int = 3) -> st.SearchStrategy[list[T]]:
    return st.lists(values, max_size=most)


@st.composite
def _named(
    draw: st.DrawFn, make: Callable[[str, str], st.SearchStrategy[T]], kind: str
) -> tuple[T, ...]:
    """Return up to three values with ids of their own. make: from an id and a title."""
    titles = draw(_several(LINES))
    return tuple(
        draw(make(name, title))
        for name, title in zip(unique_ids(titles, kind), titles, strict=True)
    )


def _of(ids: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return _several(st.sampled_from(ids)).map(dict.fromkeys).map(tuple) if ids else st.just(())


@st.composite
def _items(
    draw: st.DrawFn, ids: Sequence[str], sections: Sequence[str], snippets: Sequence[str]
) -> tuple[Item, ...]:
    items: list[Item] = []
    path: list[str | None] = []
    for name in ids:
        depth = draw(st.integers(0, min(len(path), 3)))
        del path[depth:]
        # An item lies in its section, and so does what lies in the item.
        above = path[-1] if path else None
        section = draw(st.sampled_from([above] if above else [None, *sections]))
        path.append(section)
        fields = draw(st.dictionaries(LINES, TEXTS, max_size=2))
        items.append(
            Item(
                id=name,
                text=draw(LINES),
                label=draw(st.just("") | LINES),
                checked=draw(st.booleans()),
                line=0,
                end_line=0,
                depth=depth,
                kind=draw(st.sampled_from(get_args(ItemKind))),
                section=section,
                box=None,
                priority=draw(st.none() | LINES),
                owner=draw(st.none() | LINES),
                status=draw(st.none() | LINES),
                fields=tuple(Field(*entry) for entry in fields.items()),
                optional=draw(st.booleans()),
                expected_ms=draw(_LENGTHS),
                snippets=draw(_of(snippets)),
            )
        )
    return tuple(items)


def _snippet(name: str, title: str) -> st.SearchStrategy[Snippet]:
    return st.builds(
        Snippet,
        id=st.just(name),
        line=st.just(0),
        text=TEXTS,
        shell=st.sampled_from((None, "bash", title)),
        expected=st.none() | TEXTS,
    )


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    """Return a checklist of one to three phases."""
    snippets = draw(_named(_snippet, "command"))
    commands = [snippet.id for snippet in snippets]
    roles = draw(_named(lambda name, title: st.just(Role(name, title, 0)), "role"))
    titles = draw(st.lists(LINES, min_size=1, max_size=3))
    ids = iter(unique_ids(["x"] * 30, "x"))
    phases, sections, signoffs = [], [], []
    for phase_id, title in zip(unique_ids(titles, "phase"), titles, strict=True):
        own = [
            Section(next(ids), draw(LINES), phase_id, 0, draw(st.none() | LINES))
            for _ in range(draw(st.integers(0, 2)))
        ]
        names = [next(ids) for _ in range(draw(st.integers(1, 4)))]
        items = draw(_items(names, [section.id for section in own], commands))
        at_ms, until_ms = draw(_MOMENTS), draw(_MOMENTS)
        if at_ms is not None and until_ms is not None and until_ms <= at_ms:
            until_ms = None
        priority, state = draw(st.none() | LINES), draw(st.none() | LINES)
        phases.append(Phase(phase_id, title, 0, items, at_ms, until_ms, priority, state))
        sections += own
        signoffs += [
            draw(_signoffs(f"sign-{next(ids)}", phase_id, names, [role.id for role in roles]))
            for _ in range(draw(st.integers(0, 2)))
        ]
    title = draw(LINES)
    return Checklist(
        title=title,
        format="markdown",
        code_word=code_word(title),
        damage=None,
        phases=tuple(phases),
        sections=tuple(sections),
        signoffs=tuple(signoffs),
        warnings=(),
        roles=roles,
        rollback=draw(st.none() | _rollbacks(commands, [role.id for role in roles])),
        snippets=snippets,
        env_vars=draw(_environments),
        contacts=draw(_tuples(st.builds(Contact, LINES, _MAYBE, _MAYBE, st.just(0)))),
        metrics=draw(_tuples(_METRICS)),
        criteria=draw(_tuples(st.builds(Criterion, LINES, st.just("") | LINES, st.just(0)))),
    )


def _tuples(values: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return _several(values).map(tuple)


_MAYBE = st.none() | LINES
_METRICS = st.builds(
    Metric,
    LINES,
    st.sampled_from(get_args(Comparator)),
    st.sampled_from(("0", "-3", "99.99", "1000000", "0.50")),
    st.just("") | LINES,
    st.just(0),
)
_environments = st.dictionaries(
    st.from_regex(r"[A-Z_][A-Z0-9_]{0,20}", fullmatch=True),
    st.tuples(st.booleans(), st.just("") | LINES),
    max_size=3,
).map(
    lambda found: tuple(
        EnvironmentVariable(name, 0, optional, group) for name, (optional, group) in found.items()
    )
)


def _signoffs(
    name: str, phase: str, items: Sequence[str], roles: Sequence[str]
) -> st.SearchStrategy[SignOff]:
    blanks = _several(st.sampled_from(get_args(BlankKind))).map(dict.fromkeys)
    return st.builds(
        SignOff,
        id=st.just(name),
        label=LINES,
        phase=st.just(phase),
        line=st.just(0),
        items=_of(items),
        blanks=blanks.map(lambda kinds: tuple(Blank(kind, "", _NOWHERE) for kind in kinds)),
        role=st.sampled_from([None, *roles]),
        meaning=LINES,
    )


def _rollbacks(commands: Sequence[str], roles: Sequence[str]) -> st.SearchStrategy[Rollback]:
    def step(name: str, title: str) -> st.SearchStrategy[Step]:
        return st.builds(
            Step,
            id=st.just(name),
            title=st.just(title),
            line=st.just(0),
            kind=st.just("manual"),
            instructions=st.just("") | TEXTS.filter(lambda text: text not in {"true", "false"}),
            expected_ms=_LENGTHS,
            deadline_ms=_LENGTHS | st.just(0),
            snippets=_of(commands),
        )

    def trigger(name: str, title: str) -> st.SearchStrategy[Trigger]:
        healthy = st.none() | st.just("[RESPONSE_TIME] <= +50%")
        return st.builds(Trigger, st.just(name), st.just(0), st.just(title), healthy_when=healthy)

    return st.builds(
        Rollback,
        line=st.just(0),
        steps=_named(step, "step").filter(bool),
        budget_ms=_LENGTHS,
        authority=_of(roles),
        authority_text=st.just("") | LINES,
        instructions=st.just("") | TEXTS,
        triggers=_named(trigger, "trigger"),
        snippets=_of(commands),
    )
