"""`comity measure`: measure the relationship."""

from __future__ import annotations

from pathlib import Path

import click

from comity.app.output import write_csv, write_json


@click.command("measure")
@click.argument("keys", nargs=-1)
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
def command(keys: tuple[str, ...], form: str) -> None:
    """Measure the relationship from the record: all measures, or only those with the given KEYS.

    Each measure names its method and its inputs; `--format json` holds every point with its interval and inputs.
    """
    from comity.flow import Workspace, measure, measure_line, measure_rows

    measures = measure(Workspace.find(Path()), keys)
    if form == "json":
        write_json([measure_line(one) for one in measures])
    elif form == "csv":
        write_csv([row for one in measures for row in measure_rows(one)])
    else:
        for one in measures:
            click.echo(f"{click.style(one.title, bold=True)} ({one.key})")
            click.echo(f"  {one.summary}")
            click.echo(f"  Method: {one.method}")
            for caveat in one.caveats:
                click.echo(f"  Note: {caveat}")
            click.echo()
