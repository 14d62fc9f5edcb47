"""Environment variables: which names are some, under which headings, and which are optional."""

from collections.abc import Callable
from pathlib import Path

import pytest

from launchpad.checklist.encoding import source_from_bytes
from launchpad.checklist.markdown.facts.env_vars import find_env_vars
from launchpad.checklist.markdown.tree import parse
from launchpad.checklist.model import EnvironmentVariable


def found(text: str) -> tuple[EnvironmentVariable, ...]:
    return find_env_vars(parse("plan.md", text))


def names(text: str) -> list[str]:
    return [one.name for one in found(text)]


@pytest.mark.parametrize(
    "heading",
    [
        "## Environment Variables",
        "## Environment variables (production)",
        "## Env vars",
        "## ENV",
        "### `.env` file",
        "## Environment Configuration",
        "## Secrets & Environment",
        "## Config vars",
        "## 3. Set environment variables",
        "## \U0001f510 Environment Settings",
        "**Environment Variables**",
        "**Env vars:**",
        "Environment Variables\n---------------------",
        "## Umgebungsvariablen",
        "## Variables d\u2019environnement",
        "## Variables de entorno",
        "## \u73af\u5883\u53d8\u91cf",
        "## \u74b0\u5883\u5909\u6570",
        "## Environment Variables\n\n### Server-only",
        "## Environment Variables\n\nSet these:",
        "## Environment Variables\n\n**Server**",
        "**Env vars**\n\nSet these (on each server):",
    ],
)
def test_under_a_heading_that_speaks_of_them_each_name_counts(heading: str) -> None:
    assert names(f"{heading}\n\n- `PORT`\n\n## More\n\n- `HOST`\n") == ["PORT"]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("- `SHOP_URL`", ["SHOP_URL"]),
        ("* `SHOP_URL` is set", ["SHOP_URL"]),
        ("1. `SHOP_URL`", ["SHOP_URL"]),
        ("- [ ] `SHOP_URL` set", ["SHOP_URL"]),
        ("- [x] **SHOP_URL**: set", ["SHOP_URL"]),
        ("- **SHOP_URL:** set", ["SHOP_URL"]),
        ("- **`SHOP_URL`**: set", ["SHOP_URL"]),
        ("- **SHOP_URL\uff1a** set", ["SHOP_URL"]),
        ("- __SHOP_URL__", ["SHOP_URL"]),
        ("- \u2b1c **SHOP_URL**: set", ["SHOP_URL"]),
        ("- SHOP_URL=https://shop.example", ["SHOP_URL"]),
        ("- export SHOP_URL=x", ["SHOP_URL"]),
        ("- `SHOP_URL=x`", ["SHOP_URL"]),
        ("- `export SHOP_URL=x y`", ["SHOP_URL"]),
        ("- `$SHOP_URL`", ["SHOP_URL"]),
        ("- `${SHOP_URL}`", ["SHOP_URL"]),
        ("- `process.env.SHOP_URL`", ["SHOP_URL"]),
        ("- SHOP_URL: the address", ["SHOP_URL"]),
        ("- SHOP_URL - the address", ["SHOP_URL"]),
        ("- SHOP_URL", ["SHOP_URL"]),
        ("- `SHOP_ID` / `SHOP_KEY`: both", ["SHOP_ID", "SHOP_KEY"]),
        ("- `SHOP_ID`, `SHOP_KEY` and `SHOP_URL` set", ["SHOP_ID", "SHOP_KEY", "SHOP_URL"]),
        ("- **SHOP_ID / SHOP_KEY**: both", ["SHOP_ID", "SHOP_KEY"]),
        ("- `S3_BUCKET`", ["S3_BUCKET"]),
        ("- `PORT`", ["PORT"]),
        ("- Set:\n  - `SHOP_URL`", ["SHOP_URL"]),
        ("> - `SHOP_URL`", ["SHOP_URL"]),
        (
            "| Name | Use |\n|---|---|\n| `SHOP_URL` | a |\n| SHOP_KEY | b |",
            ["SHOP_URL", "SHOP_KEY"],
        ),
        ("```env\nSHOP_URL=a\n# no\nexport SHOP_KEY=b\n```", ["SHOP_URL", "SHOP_KEY"]),
        ("```dotenv\nSHOP_URL=\n```", ["SHOP_URL"]),
        ("```ini\nSHOP_URL = a\n```", ["SHOP_URL"]),
        ("```\nSHOP_URL=a\n```", ["SHOP_URL"]),
        ("    SHOP_URL=a", ["SHOP_URL"]),
        ("```bash\nexport SHOP_URL=a\nmake\n```", ["SHOP_URL"]),
        ("```powershell\n$env:SHOP_URL = 'a'\n```", ["SHOP_URL"]),
        ("- [ ] a\n\n  ```env\n  SHOP_URL=a\n  ```", ["SHOP_URL"]),
        # Traps.
        ("- `SHOP_*`", []),
        ("- `.env` is not committed", []),
        ("- `shop_url`", []),
        ("- `SHOP_URL.md` is written", []),
        ("- the `SHOP_URL`", []),
        ("- See `SHOP_URL`", []),
        ("- **Set SHOP_URL**", []),
        ("- API keys rotated", []),
        ("- **API**: checked", []),
        ("- `GET`", []),
        ("- `HTTP_200`", []),
        ("- **TODO**", []),
        ("- `README`", []),
        ("- `SHOP_`", []),
        ("- `IT`", []),
        ("- `SHOP_URL()`", []),
        ("- `npm run ENV`", []),
        ("- ![SHOP_URL](a.png)", []),
        ("- SHOP_URL has to be there", []),
        ("SHOP_URL", []),
        ('```json\n{"SHOP_URL": 1}\n```', []),
        ("```bash\nSHOP_URL=a make\n```", []),
        ("```bash\nif [ $A == 1 ]; then\n```", []),
        ("<!--\n- `SHOP_URL`\n-->", []),
    ],
)
def test_an_entry_that_starts_with_a_name_names_a_variable(line: str, named: list[str]) -> None:
    assert names(f"## Environment variables\n\n{line}\n") == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("## Server\n\n- `SHOP_URL`\n- `SHOP_KEY`\n", ["SHOP_URL", "SHOP_KEY"]),
        (
            "## Server\n\n- [ ] **SHOP_URL**: a\n- [ ] b\n- [ ] **SHOP_KEY**: c\n",
            ["SHOP_URL", "SHOP_KEY"],
        ),
        ("## Security tokens\n\n- [ ] **SHOP_TOKEN**: made\n", ["SHOP_TOKEN"]),
        ("## API keys\n\n- `SHOP_KEY`\n", ["SHOP_KEY"]),
        ("## Configuration\n\n- `SHOP_MODE`\n", ["SHOP_MODE"]),
        ("## Credentials\n\n| Name |\n|---|\n| `SHOP_KEY` |\n", ["SHOP_KEY"]),
        ("## Server\n\n| Variable | Value |\n|---|---|\n| `SHOP_KEY` | a |\n", ["SHOP_KEY"]),
        ("## Environment\n\n```bash\nexport SHOP_MODE=live\n```\n", ["SHOP_MODE"]),
        ("## Server\n\n```env\nSHOP_MODE=live\n```\n", ["SHOP_MODE"]),
        # Traps.
        ("## Server\n\n- `SHOP_URL`\n- other\n", []),
        ("## Server\n\n- `PORT`\n- `HOST`\n", []),
        ("## Environment\n\n- **DNS**: a\n- **QUEUE**: b\n", []),
        ("## Configuration\n\n- **FEATURE**: a\n", []),
        ("## Configuration\n\n- **FEATURE**: see `SHOP_MODE`\n", []),
        ("## Server\n\n```bash\nexport SHOP_MODE=live\n```\n", []),
        ("## Server\n\n```ini\nSHOP_MODE=live\n```\n", []),
        ("## Keyboards\n\n- `SHOP_URL`\n", []),
        ("## Database\n\n- [ ] `SHOP_MODE` in `settings`\n- [ ] a `SHOP_KEY`\n", []),
    ],
)
def test_elsewhere_only_names_of_several_words_count_in_company(
    text: str, named: list[str]
) -> None:
    assert names(text) == named


@pytest.mark.parametrize(
    ("text", "optional"),
    [
        ("- `SHOP_KEY`", False),
        ("- `SHOP_KEY` (optional)", True),
        ("- **SHOP_KEY** (Optional): a", True),
        ("- `SHOP_KEY` (only if caching is on)", True),
        ("- `SHOP_KEY` set (if the shop has a cache)", True),
        ("- `SHOP_KEY` (required if the cache is on)", True),
        ("- `SHOP_KEY` \uff08if cached\uff09", True),
        ("- `SHOP_KEY` - optional", True),
        ("- `SHOP_KEY` (required for uploads)", False),
        ("- `SHOP_KEY` (not optional)", False),
        ("- `SHOP_KEY` is checked, the service ends if it is missing", False),
        ("### Optional services (503 if missing)\n\n- `SHOP_KEY`", True),
        ("### Extras (optional)\n\n#### Cache\n\n- `SHOP_KEY`", True),
        ("**Optional:**\n\n- `SHOP_KEY`", True),
        ("- Optional:\n  - `SHOP_KEY`", True),
        ("### Optional\n\n- a\n\n### Cache (required)\n\n- `SHOP_KEY`", False),
        ("| Name | Required |\n|---|---|\n| `SHOP_KEY` | No |", True),
        ("| Name | Required |\n|---|---|\n| `SHOP_KEY` | Yes |", False),
        ("| Name | Use |\n|---|---|\n| `SHOP_KEY` | a (optional) |", True),
        ("```env\nSHOP_KEY=a # optional\n```", True),
    ],
)
def test_a_variable_is_optional_if_its_line_or_a_heading_says_so(text: str, optional: bool) -> None:
    assert [one.optional for one in found(f"## Environment variables\n\n{text}\n")] == [optional]


def test_the_document_s_title_makes_nothing_optional() -> None:
    assert [one.optional for one in found("# Optional cache: env vars\n\n- `SHOP_KEY`\n")] == [
        False
    ]


def test_a_variable_counts_once_at_its_first_line_with_its_heading() -> None:
    text = (
        "# Shop\n\n## Environment\n\n### Secret tokens\n\n- [ ] **SHOP_KEY**: made\n"
        "- [ ] **SHOP_KEY**: stored (optional)\n\n**Cache:**\n\n- [ ] **SHOP_CACHE**: on\n\n"
        "```env\nSHOP_KEY=\n\nSHOP_MODE=\n```\n"
    )
    assert found(text) == (
        EnvironmentVariable("SHOP_KEY", 7, optional=False, group="Secret tokens"),
        EnvironmentVariable("SHOP_CACHE", 12, optional=False, group="Cache"),
        EnvironmentVariable("SHOP_MODE", 17, optional=False, group="Cache"),
    )


def test_a_rule_ends_what_stands_under_a_bold_line() -> None:
    assert names("## Server\n\n**Env vars**\n\na\n\n---\n\n- `PORT`\n") == []


@pytest.mark.parametrize(
    ("number", "count", "optional"), [("000", 11, 1), ("001", 3, 1), ("003", 17, 7)]
)
def test_a_seed_document_s_variables_are_found(
    seed: Callable[[str], Path], number: str, count: int, optional: int
) -> None:
    path = seed(number)
    variables = found(source_from_bytes(path.name, path.read_bytes()).readable)
    assert len(variables) == count
    assert sum(one.optional for one in variables) == optional


def test_a_variable_in_a_table_has_the_line_of_its_row() -> None:
    table = "| Name | Use |\n|---|---|\n| `SHOP_URL` | a |\n| `SHOP_KEY` | b |\n"
    told = [(one.name, one.line) for one in found(f"# Plan\n\n## Env vars\n\n{table}")]
    assert told == [("SHOP_URL", 7), ("SHOP_KEY", 8)]
