"""`comity build`: bring the record up to date with the sources."""

from __future__ import annotations

from pathlib import Path

import click

from comity.app import options
from comity.app.output import complain, progress, say


@click.command("build")
@click.option("--fresh", is_flag=True, help="Read every source again, unchanged ones too.")
@click.option(
    "--second-reader",
    is_flag=True,
    help="Send passages to the language model of [second_reader] in comity.toml, and take the events it proposes "
    "where its quotations and codes hold. Off by default; without it nothing is sent anywhere.",
)
@options.jobs
def command(fresh: bool, second_reader: bool, jobs: int | None) -> int:
    """Read what is new or changed in sources/ and bring record.db up to date.

    Unchanged files are not read again; the facts of a removed file are retired. Exit 1 if some files could not be
    read or some lines of decisions.jsonl are no decisions, 2 if no file could be read.
    """
    from comity.flow import Workspace, build, files

    workspace = Workspace.find(Path())
    with progress("reading", len(files(workspace))) as bar:
        report = build(workspace, on_source=bar.step, fresh=fresh, second_reader=second_reader, jobs=jobs, tell=say)
    for name, warning in report.warnings:
        say(f"{name}: {warning}")
    for name, reason in report.unread:
        complain(f"not read: {reason}" if name in reason else f"not read: {name}: {reason}")
    for name, guess in report.guesses:
        say(f"{name}: {guess}")
    for words in report.undecided:
        complain(f"not applied: {words}")
    if report.second is not None:
        for words in report.second.problems:
            complain(words)
        for words in report.second.lines:
            say(words)
    elif report.left_out:
        say("Events that a second reader proposed are left out of this build; with --second-reader they come back.")
    if report.abroad:
        say(report.abroad)
    say(report.summary)
    if not report.unread and not report.undecided:
        return 0
    return 2 if report.unread and report.readable == 0 else 1
