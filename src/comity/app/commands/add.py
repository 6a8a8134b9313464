"""`comity add`: put files into the workspace's sources."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.app import options
from comity.app.output import complain, one_line, say, write_json, write_table

if TYPE_CHECKING:
    from comity.flow import Added


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--ocr",
    is_flag=True,
    help="Read scanned PDF files by text recognition (the program tesseract), and have comity.toml say so for later builds.",
)
@click.option(
    "--show-text", is_flag=True, help="Print the text as Comity reads it, to which all offsets refer; add nothing."
)
@options.jobs
def command(paths: tuple[Path, ...], form: str, ocr: bool, show_text: bool, jobs: int | None) -> int:
    """Read files or folders, and put what can be read into the workspace's sources.

    Folders are walked, archives (zip), mailboxes and downloads of many articles are opened, and attachments taken out of
    mails. Each file is copied under its own name: one whose bytes are already there is not copied again, another file of the
    same name gets a number. What was read in each file is said on stdout, what could not be read and why on stderr. A list
    of leaders (REIGN, Archigos; CSV, TSV or Parquet) is told by its columns: its persons are known in all other sources.
    The workspace's own files are left
    out of its folder. Exit 1 if some files were refused, 2 if none could be added or there was none.
    """
    if show_text:
        from comity.flow import read_source

        for path in paths:
            reading = read_source(path, recognise=ocr)
            click.echo(reading.document.text)
            for warning in reading.document.warnings:
                say(f"{path}: {warning}")
        return 0
    from comity.flow import Workspace, add

    workspace = Workspace.find(Path())
    if ocr and not workspace.recognise:
        workspace = workspace.recognising()
        say("comity.toml now has [read] ocr = true: comity build reads scanned files by text recognition too.")
    try:
        with ExitStack() as shown:
            outcomes = add(workspace, paths, recognise=workspace.recognise, jobs=jobs, on_file=_Progress(shown).step)
    except KeyboardInterrupt:
        complain("comity: stopped; what was read so far is in sources/. Adding the same again goes on from there.")
        return 130
    if form == "json":
        write_json([added.as_dict() for added in outcomes])
    else:
        _write(outcomes)
    if not outcomes:
        complain(
            f"comity: there is no file to add in {', '.join(map(str, paths))}. Name files, or a folder that holds some."
        )
        return 2
    return _conclude(outcomes)


class _Progress:
    """A bar with its rate that begins at the first file, when it is known how many there are."""

    def __init__(self, shown: ExitStack) -> None:
        self._shown = shown

    def step(self, done: int, total: int) -> None:
        """Say how many files are done."""
        from comity.app.pace import pace

        if done == 0:
            self._advance = self._shown.enter_context(pace("reading", total=total, done=0, noun="files"))
        else:
            self._advance(1)


def _write(outcomes: Sequence[Added]) -> None:
    """Write what was read, a file a line, and say what of a file was not understood."""
    rows = []
    for added in outcomes:
        if added.outcome in ("refused", "opened", "passed over"):
            continue
        told = added.taken_for or (added.contents.summary if added.contents is not None else "")
        told += f"{'; ' if told and _came(added) else ''}{_came(added)}"
        rows.append((added.outcome, one_line(added.name), one_line(told)))
    if rows:
        write_table(("outcome", "source", "what it holds"), rows)
    for added in outcomes:
        for warning in added.contents.warnings if added.contents is not None else ():
            say(f"{added.name}: {warning}")


def _came(added: Added) -> str:
    """Where a file came from, unless it came by itself and under the name that it has now."""
    if added.container:
        return f"in {Path(added.container).name}"
    # Two parts of the path are enough to tell two reports of two folders apart.
    return f"came as {'/'.join(Path(added.path).parts[-2:])}" if added.name != Path(added.path).name else ""


def _conclude(outcomes: Sequence[Added]) -> int:
    """Say what was refused or passed over and how many became what, and return the exit code."""
    for added in outcomes:
        if added.outcome == "refused":
            complain(f"not read: {added.reason}")
    for added in outcomes:
        if added.outcome == "passed over":
            say(f"passed over: {added.reason}")
    number = {
        outcome: sum(added.outcome == outcome for added in outcomes)
        for outcome in ("added", "already there", "refused")
    }
    say(f"{number['added']:,} added, {number['already there']:,} already there, {number['refused']:,} not read.")
    if number["added"]:
        say("Bring the record up to date with: comity build")
    if not number["refused"]:
        return 0
    return 1 if number["added"] or number["already there"] else 2
