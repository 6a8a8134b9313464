"""`comity check`: hold a text's claims against the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.app import options
from comity.app.output import complain, say, write_json, write_line

if TYPE_CHECKING:
    from comity.terms import Claim


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("--show-confirmed", is_flag=True, help="List the claims that hold, each with its place and why.")
@click.option(
    "--show-unchecked", is_flag=True, help="List the claims that could not be checked, each with its place and why."
)
@options.leaders
def command(
    files: tuple[Path, ...], form: str, show_confirmed: bool, show_unchecked: bool, leaders: tuple[Path, ...]
) -> int:
    """Hold each claim of FILES against their own tables, notes and arithmetic.

    Inside a workspace the record is evidence too, and the leader lists in sources/ are known. Exit 1 if an error or a warning
    was found (an info alone is not counted), 2 if a file could not be read.
    """
    from comity.flow import Workspace, check_file, leaders_for, report_json, report_sarif, report_text
    from comity.terms import ComityError, Severity, Verdict

    listed = {Verdict.CONFIRMED} if show_confirmed else set()
    if show_unchecked:
        listed.add(Verdict.NOT_CHECKABLE)

    workspace = Workspace.find_or_none(Path())
    known = leaders_for(workspace, leaders)
    checked, failed = [], 0
    for path in files:
        try:
            checked.append(check_file(path, workspace, leaders=known))
        except ComityError as error:
            failed += 1
            complain(f"not read: {error}")
    if form == "json":
        reports = [report_json(one.document, one.report) for one in checked]
        if reports:
            write_json(reports[0] if len(files) == 1 else reports)
    elif form == "sarif":
        logs = [report_sarif(one.document, one.report) for one in checked]
        if logs:
            write_json(logs[0] | {"runs": [run for log in logs for run in log["runs"]]})
    else:
        for one in checked:
            for line in report_text(one.document, one.report):
                write_line(line)
            _write_claims(one.document.name, (claim for claim in one.report.claims if claim.verdict in listed))
            for warning in one.warnings:
                say(f"{one.document.name}: {warning}")
            counts = ", ".join(f"{one.report.count(verdict)} {verdict.replace('_', ' ')}" for verdict in Verdict)
            say(f"{one.document.name}: of its claims, {counts}.")
    found = [f for one in checked for f in one.report.findings if f.severity is not Severity.INFO]
    if failed:
        return 2
    return 1 if found else 0


def _write_claims(name: str, claims: Iterable[Claim]) -> None:
    for claim in claims:
        own = claim.evidence[0]
        verdict = claim.verdict.value.replace("_", " ")
        write_line(f"{name}:{own.line}:{own.column} {claim.rule} {verdict}: {claim.reason}")
