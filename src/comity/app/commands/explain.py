"""`comity explain`: what a finding's code means."""

from __future__ import annotations

import click


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Say what the finding CODE means, why it matters and how to silence it; without CODE, list all rules."""
    from comity.app.output import write_page, write_table
    from comity.flow import RULES, rule

    if code is None:
        write_table(
            ["code", "severity", "name", "what it checks"], [(r.code, r.severity, r.name, r.summary) for r in RULES]
        )
        return
    write_page(rule(code.upper()).page)
