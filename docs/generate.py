"""Writes what the documentation takes from the program: the help of every verb, and the pages of the rules.

Run by `make docs`; a test fails when a page is out of step.
"""

from __future__ import annotations

from pathlib import Path

import click

from comity.app.cli import VERBS, comity
from comity.flow import RULES

DOCS = Path(__file__).resolve().parent


def commands() -> str:
    """Return the page of all verbs with their help."""
    parts = ["# Commands", "", "Written by `make docs` from the program's own help.", ""]
    settings = comity.context_settings | {"max_content_width": 100}
    group = click.Context(comity, info_name="comity", terminal_width=100, **settings)
    parts += ["```", comity.get_help(group), "```", ""]
    for verb in VERBS:
        command = comity.get_command(group, verb)
        assert command is not None
        context = click.Context(command, info_name=verb, parent=group, terminal_width=100, max_content_width=100)
        parts += [f"## comity {verb}", "", "```", command.get_help(context), "```", ""]
    return "\n".join(parts)


def pages() -> dict[Path, str]:
    """Return every generated page: path -> content."""
    written = {DOCS / "commands.md": commands()}
    index = ["# Rules", "", "What `comity check` looks for. `comity explain CODE` prints a page.", ""]
    index += ["| code | severity | name | what it checks |", "|---|---|---|---|"]
    for rule in RULES:
        written[DOCS / "rules" / f"{rule.code}.md"] = rule.page.rstrip() + "\n"
        index.append(f"| [{rule.code}]({rule.code}.md) | {rule.severity} | {rule.name} | {rule.summary} |")
    written[DOCS / "rules" / "README.md"] = "\n".join(index) + "\n"
    return written


if __name__ == "__main__":
    for path, content in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
