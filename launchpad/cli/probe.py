"""The command that observes without a launch: probe."""

# Typer's ways: \b keeps the examples' lines in the help, a flag is a boolean parameter, and what a
# command needs is imported when it runs, so that the others do not wait for it.
# ruff: noqa: D301, FBT002, PLC0415

from pathlib import Path
from typing import Annotated, Literal

import typer

from launchpad.cli.options import ChecklistPath

Format = Literal["text", "json", "junit", "prometheus"]


def probe(
    checklist: ChecklistPath,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="GLOB",
            help="Only probes of this name or pattern, such as 'smoke/*'. Once for each.",
            show_default=False,
        ),
    ] = None,
    retry_timeout: Annotated[
        str | None,
        typer.Option(
            "--retry-timeout",
            metavar="DURATION",
            help="So long, what is not OK is tried again. An attempt that began is finished.",
            show_default=False,
        ),
    ] = None,
    sleep: Annotated[
        str,
        typer.Option("--sleep", metavar="DURATION", help="How long before a probe is tried again."),
    ] = "1s",
    var: Annotated[
        list[str] | None,
        typer.Option(
            "--var",
            metavar="NAME=VALUE",
            help="The value of a variable of the checklist. Once for each.",
            show_default=False,
        ),
    ] = None,
    answer: Annotated[
        Format,
        typer.Option(
            "--format",
            help="text to read; one JSON document; junit: XML for a pipeline; prometheus: "
            "metrics, with the names of blackbox_exporter.",
        ),
    ] = "text",
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="PATH",
            help="The file to write, at once and whole. Else stdout.",
            show_default=False,
        ),
    ] = None,
    trust: Annotated[
        bool, typer.Option("--trust", help="Trust the checklist's commands, unseen.")
    ] = False,
    concurrency: Annotated[
        int,
        typer.Option("--concurrency", metavar="N", min=1, help="So many at once, 8 of one host."),
    ] = 64,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Text: also phases, address and time of each.")
    ] = False,
) -> int:
    """Run every probe of a checklist once, without a launch; no log is opened.

    OK is what its conditions say; FAILED is a condition that was false, ERROR what could not be
    measured. One sample decides: thresholds do not apply, and a condition on the baseline has no
    data. While a vantage probe among them fails, what else failed has no data either. Where one of
    them runs a command or the checklist has secrets, it has to be trusted, as by launchpad run.

    Exit status 0 if all are OK, 1 if one is not, 2 for a checklist that cannot be read or a
    pattern that matches nothing, 4 if it is not trusted.

    \b
    Examples:
      launchpad probe launch.yaml
      launchpad probe launch.yaml --only 'smoke/*' --retry-timeout 30s
      launchpad probe launch.yaml --var base-url=https://api.example.com --format json
      launchpad probe launch.yaml --format junit -o probes.xml
    """
    from launchpad.cli import probing

    wish = probing.Wish(
        checklist=checklist,
        only=tuple(only or ()),
        values=tuple(var or ()),
        retry_timeout=retry_timeout,
        sleep=sleep,
        answer=answer,
        output=output,
        trust=trust,
        concurrency=concurrency,
        verbose=verbose,
    )
    return probing.run(wish)
