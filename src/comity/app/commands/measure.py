"""`comity measure`: measure the relationship."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.app.output import write_csv, write_json, write_line

if TYPE_CHECKING:
    from comity.terms import Measure


@click.command("measure")
@click.argument("keys", nargs=-1)
@click.option(
    "--in",
    "into",
    multiple=True,
    metavar="WHAT",
    help="Bring the lines that the KEYS name (exports-PAK, total-trade) to calendar-years, years-of-IND, a currency (JPY), prices of one year "
    "(constant-prices, prices-of-2015; with :INDEX where there are several) or a unit (kilogram). May be repeated: each goes on from the one before.",
)
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option(
    "--chart",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the chart of the one KEY given as FILE.svg, FILE.png or FILE.json (its Vega-Lite specification).",
)
def command(keys: tuple[str, ...], into: tuple[str, ...], form: str, chart: Path | None) -> None:
    """Measure the relationship from the record: all measures, or only those with the given KEYS.

    Each measure names its method and its inputs; what several share is said once, in numbered notes at the end. `--format json` holds
    every point with its interval and inputs.

    A line is a run of annual figures of one source. `comity measure --in JPY` without a KEY lists the lines; what a line cannot be
    brought to is said with what it can. Nothing is converted but by rates and indices on record, each of the same period, and
    what comes out is a range.
    """
    from comity.flow import Workspace, measure, measure_chart, measure_line, measure_rows, write_whole

    if chart is not None:
        kind = chart.suffix.lower().removeprefix(".")
        if len(keys) != 1 or kind not in ("svg", "png", "json"):
            raise click.UsageError("--chart takes one KEY and a file that ends in .svg, .png or .json.")
        write_whole(chart, measure_chart(Workspace.find(Path()), keys[0], kind, into))
        return
    measures = measure(Workspace.find(Path()), keys, into)
    if form == "json":
        write_json([measure_line(one) for one in measures])
    elif form == "csv":
        write_csv([row for one in measures for row in measure_rows(one)])
    elif keys or into:
        _write(measures)
    else:
        _write([one for one in measures if one.inputs])
        _write_unanswered([one for one in measures if not one.inputs])


def _write(measures: Sequence[Measure]) -> None:
    """Write the measures as text; a method or caution of several stands once below them."""
    said = {one.id: (_sentences(one.method), tuple(dict.fromkeys(one.caveats))) for one in measures}
    counts = Counter(text for method, caveats in said.values() for text in {*method, *caveats})
    numbers: dict[str, int] = {}
    for one in measures:
        method, caveats = said[one.id]
        click.echo(f"{click.style(one.title, bold=True)} ({one.key})")
        write_line(one.summary, indent="  ")
        own = " ".join(sentence for sentence in method if counts[sentence] == 1)
        for word, text in (("Method", own), *(("Note", caveat) for caveat in caveats if counts[caveat] == 1)):
            if text:
                write_line(f"{word}: {text}", indent="  ")
        shared = [numbers.setdefault(text, len(numbers) + 1) for text in (*method, *caveats) if counts[text] > 1]
        if shared:
            numbered = ", ".join(map(str, sorted(shared)))
            write_line(f"See {'note' if len(shared) == 1 else 'notes'} {numbered} below.", indent="  ")
        click.echo()
    if numbers:
        click.echo(click.style("Notes on several measures", bold=True))
    for text, number in numbers.items():
        write_line(f"{number}. {text}", indent="  ")


def _write_unanswered(measures: Sequence[Measure]) -> None:
    """Write why the measures that nothing on record answers have no figure, those that share a reason together."""
    from comity.brief import unmeasured

    if measures:
        click.echo()
        click.echo(click.style("What could not be measured", bold=True))
    for entry in unmeasured(measures):
        write_line(f"{', '.join(one.key for one in entry.measures)}: {entry.why}", indent="  ")


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=\.)\s+(?=[A-Z])", text.strip())
