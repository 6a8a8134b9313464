"""`comity brief`: write the sourced brief."""

from __future__ import annotations

from pathlib import Path

import click

from comity.app.output import say


@click.command("brief")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to; default: out/brief.html."
)
def command(output: Path | None) -> None:
    """Write the sourced brief as one self-contained HTML file and print its path.

    Every figure and event in it carries a note that leads to its passage or cell.
    """
    from comity.flow import Workspace, write_brief

    path = write_brief(Workspace.find(Path()), output)
    say("The brief:")
    click.echo(str(path))
