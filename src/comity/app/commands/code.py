"""`comity code`: code events in files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from comity.app.output import complain, say, write_csv, write_lines, write_table


@click.command("code")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("--format", "form", type=click.Choice(["text", "jsonl", "csv"]), default="text", show_default=True)
@click.option("--positions", is_flag=True, help="Statements of position instead of events.")
def command(files: tuple[Path, ...], form: str, positions: bool) -> int:
    """Code political events in FILES: any readable document, or .jsonl with a line {"id", "text", "date"}.

    One line out per event, with actors, recipients, date, place, modes, contexts and the evidence. Works without a
    workspace and writes nothing.
    """
    from comity.flow import code_files, counted

    failed = done = 0
    rows: list[dict[str, Any]] = []
    for source in code_files(list(files)):
        if source.error is not None:
            failed += 1
            complain(f"not read: {source.error}")
            continue
        done += 1
        lines = source.statements if positions else source.events
        if form == "jsonl":
            write_lines(lines)
        rows.extend(lines)
    if form == "csv":
        write_csv(rows)
    elif form == "text":
        _write_text(rows, positions)
    say(f"{counted(len(rows), 'statement' if positions else 'event')} in {counted(done, 'text')}.")
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
