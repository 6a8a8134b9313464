"""`comity doctor`: check the installation."""

from __future__ import annotations

import click


@click.command("doctor")
def command() -> int:
    """Check the installation: Python, the libraries, the store, the extras. Exit 1 if something needed is missing."""
    from comity.flow import examine

    findings = examine()
    for finding in findings:
        click.echo(
            f"{'ok     ' if finding.sound else 'missing' if finding.needed else 'absent '} {finding.subject}: {finding.words}"
        )
    return 1 if any(finding.needed and not finding.sound for finding in findings) else 0
