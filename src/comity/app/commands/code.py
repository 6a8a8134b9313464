"""`comity code`: code events in files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from comity.app import options
from comity.app.output import complain, say, write_csv, write_lines, write_table

# Of a large run so many texts that cannot be read are named on stderr; a file in the folder names all.
_NAMED = 20


@click.command("code")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl", "csv", "parquet"]),
    help="Default: text, or jsonl with --out; parquet needs --out.",
)
@options.leaders
@click.option("--positions", is_flag=True, help="Statements of position instead of events; --out writes both.")
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write shards into FOLDER, on all cores; the same command goes on with a run that was stopped.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="Workers; by default one a core.")
@click.option("--shard", type=click.IntRange(min=1), help="Lines or rows in a shard; by default 2000.")
@click.option("--cluster", metavar="ADDRESS|local", help="Work on a Ray cluster (the extra [cluster]).")
def command(
    files: tuple[Path, ...],
    form: str | None,
    leaders: tuple[Path, ...],
    positions: bool,
    folder: Path | None,
    jobs: int | None,
    shard: int | None,
    cluster: str | None,
) -> int:
    """Code political events in FILES: any readable document, or texts in .jsonl or .parquet.

    A line of .jsonl is {"id", "text", "date"}, a row of .parquet has these columns; date is the day of publication and
    may be missing. One line out per event, with actors, recipients, date, place, modes, contexts and the evidence.
    Works without a workspace and writes nothing, unless --out names a folder for many texts.
    """
    if folder is not None:
        if form in ("text", "csv"):
            raise click.UsageError(f"--out writes jsonl or parquet, not {form}.")
        if positions:
            raise click.UsageError("--out writes statements of position beside the events; leave --positions out.")
        return _code_into(folder, files, form or "jsonl", _Power(jobs, shard, cluster), leaders)
    if form == "parquet":
        raise click.UsageError("--format parquet needs --out FOLDER.")
    for name, value in (("--jobs", jobs), ("--shard", shard), ("--cluster", cluster)):
        if value is not None:
            raise click.UsageError(f"{name} needs --out FOLDER.")
    return _code_to_stdout(files, form or "text", positions, leaders)


@dataclass(frozen=True, slots=True)
class _Power:
    """What a large run may use, and how it is cut."""

    jobs: int | None
    shard: int | None
    cluster: str | None


def _code_into(folder: Path, files: tuple[Path, ...], form: str, power: _Power, leaders: tuple[Path, ...]) -> int:
    """Code into shards in a folder, or go on with that."""
    from comity.app.pace import pace
    from comity.flow import SHARD, corpus_run, counted, left_out, runner_of

    runner = runner_of(power.jobs, power.cluster or "")
    named = 0
    with corpus_run(files, folder, form=form, size=power.shard or SHARD, leaders=leaders) as run:
        if run.done:
            say(f"{run.done:,} of {run.total:,} were done before.")
        try:
            with pace("Coding", total=run.total, done=run.done) as step:
                for receipt in run.code(runner):
                    for place, reason in receipt.problems[: max(0, _NAMED - named)]:
                        complain(f"not read: {receipt.file}{', ' if place else ''}{place}: {reason}")
                    named += len(receipt.problems)
                    step(receipt.count)
        except KeyboardInterrupt:
            complain(f"comity: stopped; the same command goes on from there, with what is in {folder}.")
            return 130
        done = run.finish()
    if done.problems:
        listed = folder / "problems.jsonl"
        complain(f"{counted(done.problems, 'text was', 'texts were')} not read; {listed} names each with the reason.")
    if done.unread:
        say(left_out(done.unread.items()))
    found = f"{counted(done.events, 'event')} and {counted(done.statements, 'statement')}"
    say(f"{found} in {counted(done.texts, 'text')}, {counted(done.shards, 'shard')} in {folder}.")
    if not done.problems:
        return 0
    return 2 if not done.texts else 1


def _code_to_stdout(files: tuple[Path, ...], form: str, positions: bool, leaders: tuple[Path, ...]) -> int:
    """Code and write what is found as it comes; a table of text, which must know all its rows, at the end."""
    from comity.flow import code_files, counted, hold_to_one_thread, leaders_for, left_out

    hold_to_one_thread()
    failed = done = found = 0
    rows: list[dict[str, Any]] = []
    unread: list[tuple[str, int]] = []
    for source in code_files(list(files), leaders=leaders_for(None, leaders)):
        if source.error is not None:
            failed += 1
            complain(f"not read: {source.error}")
            continue
        done += 1
        unread += source.unread
        for warning in source.warnings:
            say(f"{source.source}: {warning}")
        lines = source.statements if positions else source.events
        if form == "jsonl":
            write_lines(lines)
        elif form == "csv":
            write_csv(lines, heading=not found)
        else:
            rows.extend(lines)
        found += len(lines)
    if form == "text":
        _write_text(rows, positions)
    if unread:
        say(left_out(unread))
    say(f"{counted(found, 'statement' if positions else 'event')} in {counted(done, 'text')}.")
    if not failed:
        return 0
    return 2 if not done else 1


def _write_text(rows: list[dict[str, Any]], positions: bool) -> None:
    if not rows:
        return
    if positions:
        headings = ["date", "holder", "stance", "issue", "toward", "evidence"]
        cells = [
            [_date(r), _codes([r["holder"]]), str(r["stance"]), str(r["issue"]), _codes(r["toward"]), str(r["text"])]
            for r in rows
        ]
    else:
        headings = ["date", "type", "actors", "recipients", "place", "evidence"]
        cells = [
            [
                _date(r),
                "/".join([str(r["type"]), *r["modes"]]),
                _codes(r["actors"]),
                _codes(r["recipients"]),
                _place(r),
                str(r["text"]),
            ]
            for r in rows
        ]
    write_table(headings, cells)


def _codes(actors: object) -> str:
    assert isinstance(actors, list)
    return " ".join(str(actor["code"]) for actor in actors)


def _date(row: dict[str, Any]) -> str:
    date = row["date"]
    if not isinstance(date, dict):
        return "-"
    ends = [str(date[end]) for end in ("start", "end") if date[end]]
    return "/".join(dict.fromkeys(ends))


def _place(row: dict[str, Any]) -> str:
    place = row["place"]
    return str(place["text"]) if isinstance(place, dict) else "-"
