"""`comity export`: the record as files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from comity.app.output import say


@click.command("export")
@click.argument(
    "what", required=False, type=click.Choice(["events", "statements", "observations", "documents", "bibliography"])
)
@click.option(
    "--bibliography",
    "style",
    type=click.Choice(["bibtex", "csl", "ris"]),
    help="Write the documents and the works they cite, each once, for LaTeX or a reference manager.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "parquet", "csl", "bibtex", "ris"]),
    help="Default: jsonl. (`export bibliography --format bibtex` is `export --bibliography bibtex`.)",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout."
)
def command(what: str | None, style: str | None, form: str | None, output: Path | None) -> None:
    """Write the record's events, statements, observations or documents, or with --bibliography what they cite.

    The same sources give the same bytes, in whatever order they were added.
    """
    from comity.flow import Workspace, export, write_whole

    if style is not None:
        if what not in (None, "bibliography") or form not in (None, style):
            raise click.UsageError("--bibliography stands alone: leave out what else to write and its --format.")
        what, form = "bibliography", style
    if what is None:
        raise click.UsageError("Say what to write: events, statements, observations, documents, or --bibliography csl.")
    content = export(Workspace.find(Path()), what, form)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        write_whole(output, content)
        say(f"{output}: {len(content):,} bytes")
