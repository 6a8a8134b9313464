"""How the command line speaks: data on stdout, words and progress on stderr, colour only where a person looks."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.progress import Progress


# Control characters, line and paragraph separators, what turns the direction of writing, and bytes that are no text.
_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def is_quiet() -> bool:
    """Whether the person asked for silence on stderr."""
    context = click.get_current_context(silent=True)
    return bool(context is not None and context.find_root().ensure_object(dict).get("quiet"))


def one_line(words: str) -> str:
    """Return the words on one line: what would break or hide it (a line break in a file's name) is shown escaped."""
    return words if words.isprintable() else _BREAKING.sub(lambda found: ascii(found.group())[1:-1], words)


def write_line(words: str) -> None:
    """Write one line to stdout."""
    click.echo(one_line(words))


def say(words: str) -> None:
    """Write a line to stderr, unless --quiet."""
    if not is_quiet():
        complain(words)


def complain(words: str) -> None:
    """Write a line to stderr that --quiet does not silence."""
    # Words that nobody can receive must not stop the work that they tell of.
    with suppress(OSError):
        click.echo(one_line(words), err=True)


def write_json(value: Any) -> None:
    """Write one JSON value to stdout, indented for people."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def write_lines(rows: Iterable[Mapping[str, Any]]) -> None:
    """Write JSON Lines to stdout."""
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


def write_csv(rows: Sequence[Mapping[str, Any]], *, heading: bool = True) -> None:
    """Write rows as CSV to stdout; nested values become JSON in their cell. Rows that follow others need no heading."""
    import csv

    if not rows:
        return
    writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n", extrasaction="ignore")
    if heading:
        writer.writeheader()
    for row in rows:
        writer.writerow(
            {k: json.dumps(v, ensure_ascii=False) if isinstance(v, (list, dict)) else v for k, v in row.items()}
        )


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a plain table to stdout: aligned columns, no lines, safe to read aloud and to cut."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(cell.replace("[", "\\[") for cell in row))
    # Off a terminal nothing is folded, so that each row stays one line for grep and for a spreadsheet.
    console = Console(width=None if sys.stdout.isatty() else 10_000)
    with console.capture() as written:
        console.print(table)
    click.echo(written.get(), nl=False)


@contextmanager
def progress(words: str, total: int) -> Iterator[_Steps]:
    """Show a progress bar on stderr while the block runs; silent off a terminal and with --quiet."""
    if is_quiet() or not sys.stderr.isatty():
        yield _Steps(None, 0)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Steps(bar, bar.add_task(words, total=total))


class _Steps:
    """A progress bar's handle; does nothing where there is no bar."""

    def __init__(self, bar: Progress | None, task: Any) -> None:
        self._bar = bar
        self._task = task

    def step(self, words: str) -> None:
        """Advance by one, naming what is done next."""
        if self._bar is not None:
            self._bar.update(self._task, advance=1, description=words)
