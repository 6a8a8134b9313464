"""`comity export`: the record as files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from comity.app.output import say


@click.command("export")
@click.argument("what", type=click.Choice(["events", "statements", "observations", "documents", "bibliography"]))
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "parquet", "csl", "bibtex", "ris"]),
    help="Default: jsonl; of the bibliography csl (CSL-JSON), bibtex or ris.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout."
)
def command(what: str, form: str | None, output: Path | None) -> None:
    """Write the record's events, statements, observations, documents or bibliography.

    The same sources give the same bytes, in whatever order they were added.
    """
    from comity.flow import Workspace, export, write_whole

    content = export(Workspace.find(Path()), what, form)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        write_whole(output, content)
        say(f"{output}: {len(content):,} bytes")
