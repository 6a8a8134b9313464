"""`comity status`: what the record holds."""

from __future__ import annotations

from pathlib import Path

import click

from comity.app.output import write_json, write_line


@click.command("status")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(form: str) -> None:
    """Say what the record holds, which files were not read or not added and why, and what waits for a build."""
    from comity.flow import Workspace, status

    state = status(Workspace.find(Path()))
    if form == "json":
        write_json(state.as_dict())
    else:
        for line in state.lines():
            write_line(line)
