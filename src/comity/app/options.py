"""Options that several verbs share, each with one wording."""

from __future__ import annotations

from pathlib import Path

import click

leaders = click.option(
    "--leaders",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, readable=False),
    help="Know the persons of a REIGN or Archigos leader list too; may be given more than once.",
)

jobs = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="Processes that read documents ahead, at most; by default one a core, 8 at most and fewer on a machine of little "
    "memory. The outcome is the same for any number.",
)
