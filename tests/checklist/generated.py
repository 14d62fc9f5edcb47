"""Markdown checklists made by chance, whose boxes are counted while they are written.

Every part stands under a heading of its own, which closes whatever was open before it: so what
one part holds does not depend on its neighbours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

_VERBS = ("Check", "Move", "Switch", "Warm", "Drain", "Compare", "Announce", "Verify", "Import")
_THINGS = (
    *("the queue", "`config.toml`", "the *old* host", "die Übersicht", "l’accès", "キャッシュ"),
    *("البوابة", "[the page](https://example.org/a)", "{{service}}", "🚦 lights", "DB_DSN"),
    *("<admin-id>", "~~paper~~", "a | b", "[/foo]", "P95", "10 % of users", "\\_x\\_"),
)
_REMARKS = ("", "", "", " (2 minutes)", " (~15m)", " for > 15 minutes", " – see below", " ✅", ".")
_HEADINGS = (
    *("## Before", "## Phase 1: Build (must-have)", "### T-30 min", "## T-0", "#### Deep"),
    *("## ✅ Done", "Underlined\n----------", "**Within 4 hours:**\n\n## After", "## Notes #"),
)
_BULLETS = ("-", "-", "-", "*", "+", "1.", "1)")
_MARKS = "   xX"


@dataclass(frozen=True, slots=True)
class Generated:
    """A document or a part of one.

    items, checked: the task-list items that it holds, and the ticked ones; more_shown,
    more_checked: how many more of them cmark-gfm shows, negative where it shows fewer.
    """

    text: str
    items: int = 0
    checked: int = 0
    more_shown: int = 0
    more_checked: int = 0


def document(chance: Random, parts: int = 8) -> Generated:
    """Return a document of up to so many parts, in LF, CRLF or CR, with front matter or without."""
    chosen = [chance.choice(_PARTS)(chance) for _ in range(chance.randint(1, parts))]
    head = chance.choice(("", "", "", "---\ntitle: Generated\nowner: nobody\n---\n"))
    pieces = [f"{chance.choice(_HEADINGS)}\n\n{part.text}\n" for part in chosen]
    text = f"{head}# Generated {chance.randrange(1000)}\n\n" + "\n".join(pieces)
    if chance.random() < 0.2:
        text = text.rstrip("\n")
    return Generated(
        text.replace("\n", chance.choice(("\n", "\n", "\n", "\r\n", "\r"))),
        sum(part.items for part in chosen),
        sum(part.checked for part in chosen),
        sum(part.more_shown for part in chosen),
        sum(part.more_checked for part in chosen),
    )


def text_of_size(chance: Random, size: int) -> str:
    """Return documents one behind the other, at least so many characters, in LF."""
    texts: list[str] = []
    length = 0
    while length < size:
        texts.append(document(chance).text.replace("\r\n", "\n").replace("\r", "\n"))
        length += len(texts[-1]) + 1
    return "\n".join(texts)


def words(chance: Random) -> str:
    """Return what an item might say."""
    return f"{chance.choice(_VERBS)} {chance.choice(_THINGS)}{chance.choice(_REMARKS)}"


def _tasks(chance: Random) -> Generated:
    """Return a list of tasks, nested, with what people write beneath them."""
    lines: list[str] = []
    items = checked = 0
    indent = " " * chance.choice((0, 0, 0, 1, 2))
    stack = [(indent, chance.choice(_BULLETS))]
    for _ in range(chance.randint(1, 9)):
        margin, bullet = stack[-1]
        mark = chance.choice(_MARKS)
        label = f"**{chance.choice(_VERBS)}**: " if chance.random() < 0.3 else ""
        lines.append(
            f"{margin}{bullet} [{mark}]{chance.choice((' ', ' ', '  '))}{label}{words(chance)}"
        )
        items += 1
        checked += mark != " "
        inner = margin + " " * (len(bullet) + 1)
        lines.extend(inner + line for line in chance.choice(_BENEATH))
        if chance.random() < 0.25:
            stack.append((inner, chance.choice(_BULLETS)))
        elif len(stack) > 1 and chance.random() < 0.4:
            stack.pop()
    return Generated("\n".join(lines) + "\n", items, checked)


_BENEATH: tuple[tuple[str, ...], ...] = (
    *((),) * 12,
    ("over a second line",),
    ("- why it is done", "- Owner: nobody"),
    ("", "```bash", "./run.sh \\", "  --all", "- [ ] no task", "```", ""),
    ("", "Expected: all green", ""),
)


def _told(*texts: str) -> Callable[[Random], Generated]:
    """Return what makes a part without a task."""

    def part(chance: Random) -> Generated:
        return Generated(chance.choice(texts))

    return part


def _known(text: str, items: int, checked: int, shown: tuple[int, int]) -> Generated:
    return Generated(text, items, checked, shown[0] - items, shown[1] - checked)


KNOWN_DIFFERENCES = (
    # An empty box: cmark-gfm shows it where a blank follows; GitHub shows the brackets.
    _known("- [ ] \n- [ ] b\n", 1, 0, (2, 0)),
    _known("- [x] \n", 0, 0, (1, 1)),
    # A task in a quote, or behind a second bullet: cmark-gfm only looks at the line's own start.
    _known("> - [ ] a\n> - [x] b\n", 2, 1, (0, 0)),
    _known("- [x] a\n  > - [ ] b\n", 2, 1, (1, 1)),
    _known("- - [x] a\n", 1, 1, (0, 0)),
    # A tick later in the line: cmark-gfm takes it for the box's own.
    _known("- [ ] mark it with [x] there\n", 1, 0, (1, 1)),
    _known("- [ ] `[X]` in code\n", 1, 0, (1, 1)),
    # A box on a line that continues a quote's paragraph: cmark-gfm gives it to the item around.
    _known("- > a\n      - [x] b\n", 0, 0, (1, 1)),
    # A task that an underline made a heading: cmark-gfm shows its box, GitHub none.
    _known("- [ ] a\n  ---\n- [x] b\n  ===\n", 0, 0, (2, 1)),
    # A tab after the box is white space to both.
    _known("- [ ]\ta\n- [x]\tb\n", 2, 1, (2, 1)),
)
"""Where cmark-gfm's boxes are not the items, on purpose, and by how many."""


def _differing(chance: Random) -> Generated:
    return chance.choice(KNOWN_DIFFERENCES)


_PARTS: tuple[Callable[[Random], Generated], ...] = (
    *(_tasks,) * 8,
    _differing,
    # What looks like a task, and is none.
    _told(
        "```\n- [ ] a\n- [x] b\n```\n",
        "~~~markdown\n* [x] a\n~~~\n",
        "    - [ ] indented code\n",
        "<!-- - [ ] a -->\n",
        "<!--\n\n- [x] a\n\n-->\n",
        "<div>\n- [ ] a\n</div>\n",
        "- [] a\n- [y] b\n- [ ]c\n-[ ] d\n- \\[ ] e\n",
        "[ ] a paragraph\n[x] of boxes\n",
        "- a\n  [ ] b\n  [x] c\n",
    ),
    # Boxes that are no tasks.
    _told(
        "| Check | Result |\n|---|---|\n| Lights | ☐ Pass ☐ Fail |\n| Doors | ☑ Pass ☐ Fail |\n",
        "| Room | Done |\n|:--|:-:|\n| 1 | ⬜ |\n| 2 | [x] |\n| a \\| b | [ ] |\n",
        "| Check | Owner | Status |\n|-|-|-|\n| Keys | Ops | Pending |\n| Maps | QA | Done |\n",
        "- ⬜ **Keys**: turned\n- ✅ **Doors**: closed\n- ☐ Lights\n",
        "Status: ☐ Not Started / ☐ In Progress / ☑ Complete\n\nDecision: ☐ GO / ☐ NO-GO\n",
        "**Crew Present**: [ ] Database [x] Network [ ] Desk\n",
    ),
    _told(
        "**Initial**: _______ **Date**: _______\n",
        "Approved by: ______________  \nDate: __/__/____\n",
        "CTO: ____ Date: ____\n\nQA Lead: ____ Date: ____\n",
        "Approved by: [Name]\nSignature: [Signature]\nDate: [Date]\n",
        "| Role | Name | Signature | Date |\n|---|---|---|---|\n| QA | | | |\n| Ops | ___ | | |\n",
        "Coverage: ___% and P95: ___ ms (threshold: ≤200ms), https://____.example\n",
    ),
    _told(
        "```bash\n# Test it\n./smoke.sh \\\n  --all\n# Expected: 0 failed\n$ echo done\n```\n",
        "1. **Freeze**\n   ```sh\n   cat <<'END' > note\n   - [ ] text\n   END\n   ```\n2. Thaw\n",
        "```powershell\nGet-Service `\n  -Name spooler\n```\n\n**Expected**: running\n",
        "```\n+---+     +---+\n| a | --> | b |\n+---+     +---+\n```\n",
        "```console\n$ dig example.org\n10.0.0.1\n```\n",
    ),
    _told(
        "- `API_URL`\n- `API_KEY` (optional)\n- **API_MODE**: live\n- API_RETRIES=3\n",
        "- **Uptime:** >99.9%\n- **Latency:** <200ms (p95)\n- **Orders:** ≥1,200\n",
        "- **Lead:** [Name] - [Phone]\n- **Desk:** desk@example.org\n",
        "| Role | Name | Phone |\n|---|---|---|\n| Lead | [Name] | 555-0100 |\n",
        "- ✅ Complete\n- 🚧 In Progress\n- ⏳ Not Started\n",
    ),
    _told(
        "## Rollback Plan (≤10 minutes)\n\n1. **Back** (2 minutes)\n   - at once\n2. Tell\n\n"
        "**Rollback Triggers**:\n- Error rate > 5%\n- Somebody shouts\n",
        "## Rollback Procedure\n\n```bash\nkubectl rollout undo deploy/a\n```\n",
        "## If Rollback Required\n\n- Flip the flag\n- Within 1 hour: tell everybody\n",
        "## Rollback testing complete\n\nNothing to add.\n",
    ),
    _told(
        "<details>\n<summary>More</summary>\n\nText.\n\n</details>\n",
        "> Quoted\nand lazily continued\n",
        "[x]: https://example.org\n[ ]: https://example.org\n",
        "A paragraph of `code`, **bold** and &amp; entities\\\nwith a break.\n",
        "***\n",
    ),
)
