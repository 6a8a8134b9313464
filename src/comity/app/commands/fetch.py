"""`comity fetch`: get a published data set from its publisher's service."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.app.output import complain, is_quiet, one_line, say, write_json, write_line, write_table

if TYPE_CHECKING:
    from comity.flow import Fetched

_SECONDS_BETWEEN_LINES = 30.0


@click.command("fetch")
@click.argument("source", required=False)
@click.option(
    "--from", "start", type=int, metavar="YEAR", help="The first year; by default as far back as the service goes."
)
@click.option("--to", "end", type=int, metavar="YEAR", help="The last year; by default this one.")
@click.option("--all-pairs", is_flag=True, help="Ask for all pairs of states, where the service allows it.")
@click.option(
    "--list", "listing", is_flag=True, help="List the sources, with their licence and whether they can be fetched."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(source: str | None, start: int | None, end: int | None, all_pairs: bool, listing: bool, form: str) -> int:
    """Get the data of SOURCE about the two states into sources/SOURCE/VINTAGE/, with a note of where they came from.

    Asked for are both directions and each state's totals with the world, where the service has them. What comes is checked
    first: a web page, a cut answer or changed columns are refused. Nothing is overwritten: the same content adds nothing,
    other content becomes a new vintage, and what changed is said. An interrupted download goes on where it broke off. This
    is the one verb that gets anything from elsewhere; where it cannot, it says how to get the file by hand. Exit 2 if
    nothing could be had.
    """
    if listing:
        _list(form)
        return 0
    if source is None:
        raise click.UsageError("Name a SOURCE; the sources are listed by: comity fetch --list")
    from comity.flow import Workspace, fetch

    workspace = Workspace.find(Path())
    try:
        with _progress(f"fetching {source}") as step:
            fetched = fetch(workspace, source, start=start, end=end, all_pairs=all_pairs, on_bytes=step, tell=say)
    except KeyboardInterrupt:
        complain("comity: stopped; what came is kept. The same command goes on from there where the service allows it.")
        return 130
    if form == "json":
        write_json(fetched.as_dict())
    else:
        _write(fetched)
    if fetched.outcome != "unchanged":
        say("Bring the record up to date with: comity build")
    return 0


def _list(form: str) -> None:
    from comity.flow import sources_to_fetch

    found = sources_to_fetch()
    if form == "json":
        write_json(found)
        return
    rows = []
    for one in found:
        key = f"; a key in {one['key']} raises its limits" if one["key"] else ""
        how = f"comity fetch {one['source']}{key}" if one["fetch"] == "yes" else one["by_hand"]
        rows.append((one["source"], one["fetch"], f"{one['title']}. Licence: {one['licence']}. {how}"))
    write_table(("source", "fetch", "what it is"), rows)


def _write(fetched: Fetched) -> None:
    if fetched.outcome != "unchanged":
        write_line(f"{fetched.name}: {fetched.rows:,} rows, {fetched.bytes:,} bytes. Licence: {fetched.licence}")
    else:
        write_line(fetched.name)
    changes = fetched.changes
    if changes is not None:
        since = f"Since {changes.since}: {changes.added:,} rows added, {changes.gone:,} gone"
        since += " (rows compared as wholes)." if changes.whole_rows else f", {changes.revised:,} revised."
        write_line(since, indent="  ")
        for words, columns in (("New columns", changes.new_columns), ("Columns gone", changes.lost_columns)):
            if columns:
                write_line(f"{words}: {', '.join(columns)}.", indent="  ")
        for one in changes.largest:
            write_line(
                one_line(f"{one.key}, {one.column}: {one.before or 'nothing'} became {one.after or 'nothing'}"),
                indent="  ",
            )
    for remark in fetched.remarks:
        say(remark)


@contextmanager
def _progress(words: str) -> Iterator[Callable[[int, int | None], None]]:
    """Show how many bytes have come: a bar on a terminal, else a line now and then."""
    if is_quiet():
        yield lambda done, of: None
        return
    if not sys.stderr.isatty():
        told = time.monotonic()

        def line(done: int, of: int | None) -> None:
            nonlocal told
            if time.monotonic() - told >= _SECONDS_BETWEEN_LINES:
                told = time.monotonic()
                say(f"{words}: {done:,} bytes" + (f" of {of:,}" if of else ""))

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
