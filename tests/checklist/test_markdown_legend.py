"""What the signs beside headings mean, and that they mean nothing without a legend."""

from collections.abc import Callable
from pathlib import Path

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.markdown.outline.legend import declared_state, find_legend
from launchpad.checklist.markdown.tree import parse
from tests.checklist.soon import soon

DONE, DOING, TODO = "\u2705", "\U0001f6a7", "\u23f3"
MEANINGS = {DONE: "done", DOING: "in progress", TODO: "not started"}
LIST = f"- {DONE} Done\n- {DOING} In progress\n- {TODO} Not started\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"## Legend\n{LIST}", {2, 3, 4}),
        (f"## Legend:\n\nWhat the signs say.\n\n{LIST}", {5, 6, 7}),
        (f"# \U0001f511 Status key\n{LIST}", {2, 3, 4}),
        (f"Symbols\n---\n{LIST}", {3, 4, 5}),
        (f"**Legend:**\n\n{LIST}", {3, 4, 5}),
        (f"**Key**\n{LIST}", {2, 3, 4}),
        (f"Legend:\n{LIST}", {2, 3, 4}),
        (f"Legend: {DONE} done | {DOING} in progress | {TODO} not started\n", {1}),
        (f"**Legend**: {DONE} Done, {DOING} In progress, {TODO} Not started\n", {1}),
        (
            f"**Status key:** {DONE}= done \u00b7 {DOING}= in progress \u00b7 {TODO}= not started",
            {1},
        ),
        (f"Legend {DONE} done {DOING} in progress {TODO} not started\n", {1}),
        (f"Key: done {DONE}, in progress {DOING}, not started {TODO}\n", {1}),
        (f"Legend\uff1a {DONE} done\n{DOING} in progress\n{TODO} not started\n", {1, 2, 3}),
        (f"> **Legend:** {DONE} done / {DOING} in progress / {TODO} not started\n", {1}),
        (f"## Legend\n{DONE} Done\\\n{DOING} In progress\\\n{TODO} Not started\n", {2, 3, 4}),
        (
            (
                f"## Legend\n- **{DONE}**: Done (all)\n- `{DOING}` \u2013 In progress: there\n"
                f"- {TODO} - Not started - later\n"
            ),
            {2, 3, 4},
        ),
        (f"## Legend\n- Done: {DONE}\n- In progress: {DOING}\n- Not started: {TODO}\n", {2, 3, 4}),
        (
            (
                f"## Legend\n| Sign | Is |\n|-|-|\n| {DONE} | Done |\n| {DOING} | In progress |\n"
                f"| {TODO} | Not started |\n"
            ),
            {4, 5, 6},
        ),
    ],
)
def test_a_legend_gives_each_sign_its_words(text: str, lines: set[int]) -> None:
    legend = find_legend(parse("plan.md", text))
    assert legend is not None
    assert legend.meanings == MEANINGS
    assert legend.lines == lines


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"## Backend {DONE}\n{LIST}",
        f"{LIST}",
        "## Legend\n- one\n- two\n",
        "## Legend\n- [x] Done\n- [ ] Open\n",
        f"## Key people\n{LIST}",
        f"**Key**: the one under the mat\n\n{LIST.replace('Done', 'a' * 50)[:55]}",
        f"## Legend\n\n## Other\n{LIST}",
        f"**Legend**\n\nIt is elsewhere.\n\n{LIST}",
        f"## Legend\n- {DONE}\n- {DONE}{DOING} both\n",
    ],
)
def test_signs_without_a_legend_mean_nothing(text: str) -> None:
    assert find_legend(parse("plan.md", text)) is None


@pytest.mark.parametrize(
    ("title", "state"),
    [
        (f"Backend {DONE}", "done"),
        (f"Backend: {DOING}", "in progress"),
        (f"{TODO} Backend", "not started"),
        (f"{TODO} 1. Backend", "not started"),
        (f"Backend {DONE} (two days)", "done"),
        (f"Backend ({DONE})", None),
        (f"Backend {DONE}{DONE}", "done"),
        (f"Backend {DONE}\ufe0f", "done"),
        (f"\U0001f680 Backend {DOING}", "in progress"),
        (f"{DONE} Backend {DOING}", None),
        (f"Back {DONE} end", None),
        ("Backend \u26a0\ufe0f", None),
        ("Backend", None),
        ("", None),
    ],
)
def test_a_heading_s_state_is_what_its_sign_means(title: str, state: str | None) -> None:
    legend = find_legend(parse("plan.md", f"## Legend\n{LIST}"))
    assert legend is not None
    assert legend.state(title) == state


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("Backend (done)", "done"),
        ("Backend [DONE]", "done"),
        ("Backend: Complete", "complete"),
        ("Backend (In Progress)", "in progress"),
        ("Backend (in-progress)", "in-progress"),
        ("Backend [not started]", "not started"),
        (f"Backend {DONE}", None),
        ("Definition of done", None),
        ("Backend (done by Friday)", None),
        ("Backend (done) and more", None),
        ("What is not done", None),
        ("(done)", None),
        ("", None),
    ],
)
def test_a_heading_may_say_its_state_in_brackets(title: str, state: str | None) -> None:
    assert declared_state(title, None) == state


def test_a_legend_s_sign_goes_before_words() -> None:
    legend = find_legend(parse("plan.md", f"## Legend\n{LIST}"))
    assert declared_state(f"{DOING} Backend (done)", legend) == "in progress"
    assert declared_state("Backend (done)", legend) == "done"


def test_the_implementation_document_has_a_legend(seed: Callable[[str], Path]) -> None:
    source = source_from_bytes("plan.md", seed("002").read_bytes())
    legend = find_legend(parse(source.name, source.readable))
    assert legend is not None
    assert sorted(legend.meanings.values()) == ["complete", "in progress", "not started"]
    assert len(legend.lines) == 3


@pytest.mark.parametrize("piece", ["(", "[", f"{DONE}", f"{DONE} a", "a ", "- ", "Legend: "])
def test_a_hostile_line_takes_no_longer_than_its_length(piece: str) -> None:
    line = piece * (100_000 // len(piece))
    tree = parse("plan.md", f"Legend: {DONE} a\n")
    legend = find_legend(tree)
    with soon():
        declared_state(line, legend)
        declared_state(f"a {line} a", legend)
