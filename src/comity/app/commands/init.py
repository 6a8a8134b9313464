"""`comity init`: make a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from comity.app.output import say


@click.command("init")
@click.argument("first")
@click.argument("second")
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
def command(first: str, second: str, folder: Path | None) -> None:
    """Make a workspace for the states FIRST and SECOND in FOLDER (default: here).

    States are named by three-letter code or by name: comity init PAK JPN, comity init "South Korea" Mongolia.
    """
    from comity.flow import Workspace, counted, dyad_of, files, state_name

    stood = Workspace.stands_in(folder or Path())
    workspace = Workspace.create(folder or Path(), dyad_of(first, second))
    names = " and ".join(state_name(code) for code in (workspace.dyad.first, workspace.dyad.second))
    if stood:
        held = ["comity.toml", counted(len(files(workspace)), "source")]
        held += [path.name for path in (workspace.decisions, workspace.record) if path.exists()]
        say(f"{workspace.root.resolve()} is the workspace for {names} already. All was kept: {', '.join(held)}.")
        return
    say(f"Workspace for {names} in {workspace.root.resolve()}. Next: comity add FILES, then comity build.")
