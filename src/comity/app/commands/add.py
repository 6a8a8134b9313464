"""`comity add`: put files into the workspace's sources."""

from __future__ import annotations

from pathlib import Path

import click

from comity.app.output import complain, say


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--show-text", is_flag=True, help="Print the text as Comity reads it, to which all offsets refer; add nothing."
)
def command(paths: tuple[Path, ...], show_text: bool) -> int:
    """Put files or folders into the workspace's sources.

    Files are copied. A file whose bytes are already there is not copied again; another file of the same name gets
    a number. A list of leaders (REIGN, Archigos; CSV, TSV or Parquet) is told by its columns: its persons are known in
    all other sources. Exit 1 if some files were refused, 2 if none could be added.
    """
    if show_text:
        from comity.flow import read_source

        for path in paths:
            click.echo(read_source(path).document.text)
        return 0
    from comity.flow import Workspace, add

    outcomes = add(Workspace.find(Path()), paths)
    for added in outcomes:
        if added.outcome == "refused":
            complain(f"refused: {added.reason}")
        else:
            say(f"{added.outcome}: {added.name}{f' ({added.taken_for})' if added.taken_for else ''}")
    refused = sum(added.outcome == "refused" for added in outcomes)
    new = sum(added.outcome == "added" for added in outcomes)
    say(f"{new} added, {len(outcomes) - new - refused} already there, {refused} refused.")
    if not refused:
        return 0
    return 2 if refused == len(outcomes) else 1
