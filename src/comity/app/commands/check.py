"""`comity check`: hold a text's claims against the evidence."""

from __future__ import annotations

from pathlib import Path

import click

from comity.app.output import complain, say, write_json


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("--show-confirmed", is_flag=True, help="List the claims that hold, with their evidence.")
def command(files: tuple[Path, ...], form: str, show_confirmed: bool) -> int:
    """Hold each claim of FILES against their own tables, notes and arithmetic.

    Inside a workspace the record is evidence too. Exit 1 if an error or a warning was found (an info alone is not
    counted), 2 if a file could not be read.
    """
    from comity.flow import Workspace, check_file, report_json, report_sarif, report_text
    from comity.terms import ComityError, Severity

    workspace = Workspace.find_or_none(Path())
    checked, failed = [], 0
    for path in files:
        try:
            checked.append((path, check_file(path, workspace)))
        except ComityError as error:
            failed += 1
            complain(f"not read: {error}")
    if form == "json":
        reports = [report_json(one.document, one.report) for _, one in checked]
        if reports:
            write_json(reports[0] if len(files) == 1 else reports)
    elif form == "sarif":
        write_json(report_sarif([(str(path), one.document, one.report) for path, one in checked]))
    else:
        for path, one in checked:
            for line in report_text(str(path), one.document, one.report, show_confirmed=show_confirmed):
                click.echo(line)
            for warning in one.warnings:
                say(f"{path}: {warning}")
    found = [f for _, one in checked for f in one.report.findings if f.severity is not Severity.INFO]
    if failed:
        return 2
    return 1 if found else 0
