"""`comity measure`: measure the relationship."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.app.output import complain, progress, say, write_csv, write_json, write_line

if TYPE_CHECKING:
    from comity.flow import GravityAnswer, GravityProgress, Workspace
    from comity.terms import Measure

# How often a long estimation is heard of where no bar shows it.
_SECONDS_BETWEEN_WORDS = 30.0


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
@click.option(
    "--from",
    "source",
    metavar="SOURCE",
    help="Take the lines of the KEYS from this source: a data set (cow-trade), one side's reports in it (imports_cow_trade), or words of its name (IMF).",
)
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option(
    "--chart",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the chart of the one KEY given as FILE.svg, FILE.png or FILE.json (its Vega-Lite specification).",
)
@click.option(
    "--trade-from",
    metavar="SOURCE",
    help="For gravity: the one source of trade, such as cow-trade, or one side's reports, such as imports_wits.",
)
@click.option("--year", type=int, help="For gravity: the year asked about; the last with figures by default.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=1),
    metavar="SECONDS",
    help="For gravity: stop the whole of it then, with what is estimated so far; 300 by default.",
)
def command(
    keys: tuple[str, ...],
    into: tuple[str, ...],
    source: str | None,
    form: str,
    chart: Path | None,
    trade_from: str | None,
    year: int | None,
    time_limit: float | None,
) -> int:
    """Measure the relationship from the record: all measures, or only those with the given KEYS.

    Each measure names its method and its inputs; what several share is said once, in numbered notes at the end. `--format json` holds
    every point with its interval and inputs.

    A line is a run of annual figures of one source. `comity measure --in JPY` without a KEY lists the lines; what a line cannot be
    brought to is said with what it can. Nothing is converted but by rates and indices on record, each of the same period, and
    what comes out is a range.

    Of several sources of a line a stated rule takes one and the notes tell the others. `--from SOURCE` takes another, for a line
    and for its measures: `comity measure exports-PAK growth-exports-PAK --from IMF`. A source that does not hold the line is
    answered with those that do, and their years.

    `comity measure gravity` is computed only when it is asked for: how many times its gravity expectation the dyad's trade is,
    from the data sets among the sources. It needs trade and distances of all pairs, and pip install "comity[models]".
    """
    # Loading what follows may take a second of the limit.
    began = time.monotonic()
    from comity.flow import GRAVITY, Workspace, measure, measure_chart, measure_line, measure_rows, write_whole

    on_demand = [key for key in keys if key in GRAVITY]
    if not on_demand and (trade_from, year, time_limit) != (None, None, None):
        raise click.UsageError("--trade-from, --year and --time-limit go with the KEY gravity.")
    if on_demand and into:
        raise click.UsageError("--in goes with the KEYS of lines, not with gravity.")
    if on_demand and source is not None:
        raise click.UsageError("--from goes with the KEYS of lines and their measures; gravity has --trade-from.")
    if source is not None and not source.strip():
        raise click.UsageError("--from names no source.")
    if chart is not None:
        kind = chart.suffix.lower().removeprefix(".")
        if len(keys) != 1 or kind not in ("svg", "png", "json"):
            raise click.UsageError("--chart takes one KEY and a file that ends in .svg, .png or .json.")
    workspace = Workspace.find(Path())
    recorded = [key for key in keys if key not in GRAVITY]
    # What is quick comes first: a misspelt key is told before anything is estimated.
    measures = (
        list(measure(workspace, recorded, into, source or "")) if chart is None and (recorded or not keys) else []
    )
    answer = _gravity(workspace, trade_from, year, time_limit, began) if on_demand else None
    if chart is not None:
        drawn = (
            _chart_of(answer, kind)
            if answer is not None
            else measure_chart(workspace, keys[0], kind, into, source or "")
        )
        write_whole(chart, drawn)
        return _code_of(answer)
    if answer is not None:
        measures = [measures.pop(0) if key not in GRAVITY else answer.measure for key in keys]
    if form == "json":
        write_json([measure_line(one) for one in measures])
    elif form == "csv":
        write_csv([row for one in measures for row in measure_rows(one)])
    elif keys or into:
        _write(measures)
    else:
        _write([one for one in measures if one.inputs])
        _write_unanswered([one for one in measures if not one.inputs])
    return _code_of(answer)


def _gravity(
    workspace: Workspace, trade_from: str | None, year: int | None, time_limit: float | None, began: float
) -> GravityAnswer:
    """Compute the measure, and tell how far it is: on a bar, or line by line where there is none."""
    from comity.flow import GRAVITY_SECONDS, GravityAsked, measure_gravity

    with progress("Looking for data sets", 1) as bar:
        said: tuple[str, float] = ("", 0.0)

        def on_step(words: str) -> None:
            bar.at(0, 1, words)
            if not bar.shown:
                say(words)

        def on_progress(heard: GravityProgress) -> None:
            nonlocal said
            words = f"Estimating {heard.running}" if heard.running else "Estimating"
            bar.at(heard.done, heard.total, f"{words}, {heard.seconds:.0f} s")
            if not bar.shown and heard.running:
                before, when = said
                if words != before or heard.seconds - when >= _SECONDS_BETWEEN_WORDS:
                    said = (words, heard.seconds)
                    say(f"{words} ({heard.done + 1} of {heard.total}), {heard.seconds:.0f} s")

        limit = GRAVITY_SECONDS if time_limit is None else time_limit
        answer = measure_gravity(workspace, GravityAsked(trade_from or "", year, limit, on_step, on_progress, began))
    for error in answer.errors:
        complain(f"not read: {error}")
    if answer.unfinished:
        complain(answer.unfinished)
    return answer


def _chart_of(answer: GravityAnswer, kind: str) -> bytes:
    from comity.flow import chart_of

    return chart_of(answer.measure, answer.citations, kind)


def _code_of(answer: GravityAnswer | None) -> int:
    """Return the exit code: 1 where a file could not be read or something was left undone."""
    return int(answer is not None and bool(answer.errors or answer.unfinished))


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
    return re.split(r"(?<=\.)\s+(?=[A-Z])", text.strip()) if text.strip() else []
