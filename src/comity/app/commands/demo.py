"""`comity demo`: the example workspace, built."""

from __future__ import annotations

from pathlib import Path

import click

from comity.app.output import say


@click.command("demo")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("comity-demo"),
    show_default=True,
    help="Where to put the example.",
)
@click.option("--open/--no-open", "show", default=True, help="Open the brief in the browser.")
def command(folder: Path, show: bool) -> None:
    """Copy the example workspace (Pakistan and Japan), build its record, check its brief, and write the brief of the dyad."""
    from comity.flow import make_example

    example = make_example(folder)
    for line in example.lines:
        say(line)
    say("The brief of the example dyad:")
    click.echo(str(example.brief))
    if show:
        click.launch(example.brief.as_uri())
