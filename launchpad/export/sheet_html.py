"""An emergency sheet as one HTML file: no script, nothing from elsewhere, no markup of others."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from launchpad.export.sheet_lines import Sheet

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    # Whatever a template is called: every text on it came from outside.
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def html_sheet(sheet: Sheet) -> str:
    """Return a sheet as an HTML document."""
    return _ENVIRONMENT.get_template("sheet.html").render(sheet=sheet)
