"""`comity panel`: a table of dyad-years or state-years."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.app.output import complain, progress, say, write_table

if TYPE_CHECKING:
    from comity.flow import PanelRows


@click.command("panel")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path, readable=False))
@click.option("--dyads", metavar="all|PAIRS", help="Rows are dyad-years: of all pairs, or of PAK-JPN,FRA-IND.")
@click.option("--states", metavar="all|STATES", help="Rows are state-years: of all states, or of PAK,JPN.")
@click.option(
    "--system",
    type=click.Choice(["cow", "gw"]),
    default="cow",
    show_default=True,
    help="Whose list of states: Correlates of War's, or Gleditsch and Ward's.",
)
@click.option("--directed/--undirected", default=True, show_default=True, help="Each pair twice a year, or once.")
@click.option("--years", metavar="A-B", help="First and last year.")
@click.option(
    "--with",
    "names",
    multiple=True,
    metavar="NAMES",
    help="Families or keys of variables, such as trade,votes,distance,leaders,events.",
)
@click.option(
    "--extend/--no-extend",
    default=True,
    show_default=True,
    help="Count members at the close of the published list (cow 2016, gw 2017) as members ever after.",
)
@click.option("--microstates/--no-microstates", default=True, show_default=True, help="Of Gleditsch and Ward's list.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A name that ends in .parquet or .csv.",
)
@click.option("--list", "listing", is_flag=True, help="Only list the variables that the data sets offer.")
def command(
    files: tuple[Path, ...],
    dyads: str | None,
    states: str | None,
    system: str,
    directed: bool,
    years: str | None,
    names: tuple[str, ...],
    extend: bool,
    microstates: bool,
    out: Path | None,
    listing: bool,
) -> int:
    """Write a table of dyad-years or state-years from published data sets, with a codebook beside it.

    The data sets are the FILEs given (or folders of them), else those in the workspace's sources. Each source has columns
    of its own: figures of two sources are never mixed, and what is missing stays empty. Events are those on the workspace's
    record, of its own two states, and those in a folder that `comity code --format parquet --out` wrote.

    For example: comity panel --dyads all --years 1990-2020 --with trade,votes,alliances --out panel.parquet
    """
    if listing:
        return _list(files)
    rows = _rows(dyads, states, years, system, directed, extend, microstates)
    if out is None or out.suffix.lower() not in (".parquet", ".csv"):
        raise click.UsageError("Give --out FILE, a name that ends in .parquet or .csv.")
    return _write(files, rows, [name for part in names for name in re.split(r"[,\s]+", part) if name], out)


def _rows(
    dyads: str | None,
    states: str | None,
    years: str | None,
    system: str,
    directed: bool,
    extend: bool,
    microstates: bool,
) -> PanelRows:
    from comity.flow import PanelRows, read_pairs, read_states

    if (dyads is None) == (states is None):
        raise click.UsageError("Say what a row is: --dyads all (or PAK-JPN), or --states all (or PAK).")
    found = re.fullmatch(r"(\d{4})(?:[-–](\d{4}))?", (years or "").strip())
    if found is None:
        raise click.UsageError("Give --years as two years: --years 1990-2020.")
    span = (int(found[1]), int(found[2] or found[1]))
    return PanelRows(
        span,
        system.upper(),
        by_state=states is not None,
        directed=directed,
        dyads=() if dyads is None else read_pairs(dyads, span),
        states=() if states is None else read_states(states, span),
        extend=extend,
        microstates=microstates,
    )


def _write(files: tuple[Path, ...], rows: PanelRows, names: list[str], out: Path) -> int:
    from comity.flow import Workspace, counted, find_beside, find_data_sets, make_panel, panel_shelf, put_on_shelf

    workspace = Workspace.find_or_none(Path())
    found = find_data_sets(files, workspace)
    beside, others = find_beside(found, workspace, names)
    with (
        progress("Reading data sets", len(found.files) + 3) as steps,
        panel_shelf(workspace, out) as folder,
    ):
        shelf, errors = put_on_shelf(found, folder, lambda name: steps.step(f"Reading {name}"))
        errors = [*found.errors, *others, *errors]
        for error in errors:
            complain(f"not read: {error}")
        report = make_panel(rows, names, shelf, out, beside=beside, on_step=steps.step)
    for warning in report.warnings:
        say(warning)
    say(f"{report.title}: {counted(report.rows, 'row')}, {counted(report.columns, 'column')} in {out}.")
    say(f"What each column holds: {out}.codebook.md")
    return 1 if errors else 0


def _list(files: tuple[Path, ...]) -> int:
    from comity.flow import Workspace, find_beside, find_data_sets, panel_offers, panel_shelf, put_on_shelf

    workspace = Workspace.find_or_none(Path())
    found = find_data_sets(files, workspace)
    beside, others = find_beside(found, workspace)
    with progress("Reading data sets", len(found.files)) as steps, panel_shelf(workspace, Path("panel")) as folder:
        shelf, errors = put_on_shelf(found, folder, lambda name: steps.step(f"Reading {name}"))
        offers = panel_offers(shelf, beside)
    for error in (*found.errors, *others, *errors):
        complain(f"not read: {error}")
    if offers:
        write_table(list(offers[0]), [list(row.values()) for row in offers])
    else:
        say("No data set is given, or none holds figures.")
    return 1 if found.errors or others or errors else 0
