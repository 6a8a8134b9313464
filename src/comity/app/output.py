"""How the command line speaks: data on stdout, words and progress on stderr, colour only where a person looks."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.progress import Progress


# Control characters, line and paragraph separators, what turns the direction of writing, and bytes that are no text.
_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

# Of a page in Markdown: an item of a list, and a line of prose, an item's too (no heading, table or program text).
_ITEM = re.compile(r"(?:[-*]|\d+\.) +")
_PROSE = re.compile(r"[^#|`\s]")
# A column of words narrower than this is hard to read.
_LEAST = 32


def is_quiet() -> bool:
    """Whether the person asked for silence on stderr."""
    context = click.get_current_context(silent=True)
    return bool(context is not None and context.find_root().ensure_object(dict).get("quiet"))


def one_line(words: str) -> str:
    """Return the words on one line: what would break or hide it (a line break in a file's name) is shown escaped."""
    return words if words.isprintable() else _BREAKING.sub(lambda found: ascii(found.group())[1:-1], words)


def write_line(words: str, *, indent: str = "") -> None:
    """Write one line to stdout; on a terminal it is broken between words, and what follows is set in."""
    click.echo(_wrapped(one_line(words), _columns(sys.stdout), indent, f"{indent}    "))


def write_page(text: str) -> None:
    """Write a page of Markdown to stdout; on a terminal its paragraphs and items are broken anew, between words."""
    width = _columns(sys.stdout)
    lines: list[tuple[str, bool]] = []
    program = False
    for line in text.rstrip().splitlines():
        program ^= line.startswith("```")
        prose = not program and _PROSE.match(line) is not None
        if width is not None and prose and lines and lines[-1][1] and not _ITEM.match(line):
            lines[-1] = (f"{lines[-1][0]} {line}", True)
        else:
            lines.append((line, prose))
    for line, prose in lines:
        mark = _ITEM.match(line)
        click.echo(_wrapped(line, width if prose else None, further=" " * len(mark[0]) if mark else ""))


def say(words: str) -> None:
    """Write a line to stderr, unless --quiet."""
    if not is_quiet():
        complain(words)


def complain(words: str) -> None:
    """Write a line to stderr that --quiet does not silence."""
    # Words that nobody can receive must not stop the work that they tell of.
    with suppress(OSError):
        click.echo(_wrapped(one_line(words), _columns(sys.stderr), further="    "), err=True)


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
    """Write a plain table to stdout: aligned columns, no lines, safe to read aloud and to cut.

    On a terminal whose width leaves the last column too little room, its words stand below their row; elsewhere
    nothing is folded, so that each row stays one line for grep and for a spreadsheet.
    """
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table

    rows = [[one_line(cell) for cell in row] for row in rows]
    width = _columns(sys.stdout)
    first = sum(2 + max(map(cell_len, column)) for column in list(zip(headings, *rows, strict=True))[:-1])
    below = width is not None and width - first < _LEAST
    shown = max(0, len(headings) - 1) if below else len(headings)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings[:shown]:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(cell.replace("[", "\\[") for cell in row[:shown]))
    # Wider than the terminal where a name is: the terminal breaks that line, and the name can still be copied.
    console = Console(width=max(width, first) if width is not None else 10_000)
    with console.capture() as written:
        console.print(table)
    if not below:
        click.echo(written.get(), nl=False)
        return
    heading, *lines = (line.rstrip() for line in written.get().splitlines())
    click.echo(heading)
    for line, row in zip(lines, rows, strict=True):
        click.echo(line)
        if row[-1]:
            click.echo(_wrapped(row[-1], width, "    "))


def _columns(stream: Any) -> int | None:
    """Return how many characters a line of the terminal holds; None where the stream is none."""
    return shutil.get_terminal_size().columns if stream.isatty() else None


def _wrapped(words: str, width: int | None, indent: str = "", further: str | None = None) -> str:
    """Return the words as lines of a terminal, broken between words only; as one line where there is no terminal."""
    if width is None:
        return indent + words
    return textwrap.fill(
        words,
        width=max(width, _LEAST),
        initial_indent=indent,
        subsequent_indent=indent if further is None else further,
        break_long_words=False,
        break_on_hyphens=False,
    )


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

    def at(self, done: int, total: int, words: str) -> None:
        """Show how much is done, where the total is not known beforehand."""
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total, description=words)

    @property
    def shown(self) -> bool:
        """Whether there is a bar that a person sees."""
        return self._bar is not None
