"""The brief as one self-contained HTML file: no script, no font, no picture, no address that a browser would fetch."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any

from comity import __version__
from comity.brief.agreement import checked, confirmed, tally
from comity.brief.answers import MOST_ROWS, Methods, answers, headlines
from comity.brief.bibliography import Reference, reference
from comity.brief.charts import NARROW, WIDE, drawing
from comity.brief.figures import Panel, differences, panels
from comity.brief.gaps import gaps, review_sentence
from comity.brief.material import Material
from comity.brief.notes import Mark, Notebook
from comity.brief.timeline import between, contacts, issues, sure, years
from comity.brief.unmeasured import unmeasured
from comity.brief.wording import counted, in_text, period_text, typeset
from comity.terms import Document, Period

if TYPE_CHECKING:
    from jinja2 import Environment


def compose(material: Material) -> str:
    """Return the brief on a dyad as one self-contained HTML file; the same material gives the same bytes."""
    return "".join(pieces(material))


def pieces(material: Material) -> Iterator[str]:
    """Yield the text that `compose` returns, piece by piece, for who writes it: a long brief is heavy as one text.

    The sections are built in the order in which they are printed, because
    the notes take their numbers from it.
    """
    notebook = Notebook(material.documents)
    dyad = material.dyad
    own = between(material.events, dyad.codes)
    own_ids = {event.id for event in own}
    elsewhere = tuple(event for event in material.events if event.id not in own_ids)
    shown = panels(material)
    methods = Methods(material.measures)
    context: dict[str, Any] = {
        "material": material,
        "title": material.title or f"{material.name(dyad.first)} and {material.name(dyad.second)}",
        "states": (in_text(dyad.first, material.names), in_text(dyad.second, material.names)),
        "coverage": _coverage(material),
        "headlines": tuple(
            (topic, tuple(group)) for topic, group in groupby(headlines(material, notebook), key=lambda one: one.topic)
        ),
        "checked": checked(material, notebook),
        "differences": differences(material, notebook),
        "confirmed": confirmed(material, notebook),
        "tally": tally(material),
        "years": years(own, material, notebook),
        "event_count": len(own),
        "proposed_count": len(own) - len(sure(own, material)),
        "report_count": sum(len(event.reports) for event in own),
        "elsewhere": years(elsewhere, material, notebook),
        "elsewhere_count": len(elsewhere),
        "contacts": contacts(material, notebook),
        "themes": tuple(
            (theme, name, tuple(_figure(panel, notebook) for panel in shown if panel.theme == theme))
            for theme, name in (("trade", "Trade"), ("investment", "Investment"), ("other", "Other figures"))
        ),
        "issues": issues(material, notebook),
        "answers": answers(material, notebook, methods),
        "methods": methods,
        "unmeasured": tuple((entry, typeset(entry.why)) for entry in unmeasured(material.measures)),
        "gaps": gaps(material, shown),
        "review": review_sentence(material),
        "notes": notebook.notes,
        "sources": _sources(material),
        "works": _works(material),
        "version": __version__,
        "style": stylesheet("brief.css"),
        "counted": counted,
    }
    yield from environment().get_template("brief.html.j2").generate(context)


def stylesheet(name: str = "comity.css") -> str:
    """Return one of the style sheets that the brief and the pages share, as text."""
    folder = files("comity.brief") / "templates"
    base = (folder / "comity.css").read_text(encoding="utf-8")
    return base if name == "comity.css" else base + (folder / name).read_text(encoding="utf-8")


@cache
def environment() -> Environment:
    """Return the templates' environment; whatever a document says is escaped before it reaches the page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("comity.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _figure(panel: Panel, notebook: Notebook) -> dict[str, Any]:
    """A panel with its drawings and its table's rows; the marks stand at each figure, or above a line that has one note."""
    rows = []
    earlier = max(0, len(panel.periods) - MOST_ROWS)
    heads: list[tuple[Mark, ...]] = []
    for line in panel.lines:
        behind = [one for figure in line.figures if figure is not None for one in figure.observations]
        heads.append(notebook.cite(*behind) if notebook.is_one_line(behind) else ())
    for index, period in enumerate(panel.periods):
        if index < earlier:
            continue
        cells = []
        for line, head in zip(panel.lines, heads, strict=True):
            figure = line.figures[index]
            cells.append((figure, () if figure is None or head else notebook.cite(*figure.observations)))
        rows.append((period_text(period), cells))
    return {
        "panel": panel,
        "heads": heads,
        "rows": rows,
        "earlier": earlier,
        "letters": _letters(panel),
        "wide": drawing(panel, width=WIDE, key=f"{panel.key}-wide"),
        "narrow": drawing(panel, width=NARROW, key=f"{panel.key}-narrow"),
    }


def _letters(panel: Panel) -> dict[str, str]:
    """The remarks on a panel's figures, each with the letter that refers to it; "" for one that goes for all of them."""
    figures = [figure for line in panel.lines for figure in line.figures if figure is not None]
    remarks = list(dict.fromkeys(figure.remark for figure in figures if figure.remark))
    if len(remarks) == 1 and all(figure.remark for figure in figures):
        return {remarks[0]: ""}
    letters = (chr(ord("a") + index) if index < 26 else f"a{index}" for index in range(len(remarks)))
    return dict(zip(remarks, letters, strict=True))


def _coverage(material: Material) -> str:
    """From when to when the dated events and the figures run."""
    periods: list[Period] = [event.event.date.period for event in material.events if event.event.date is not None]
    periods += [observation.period for observation in material.observations]
    first = [period.first_year for period in periods if period.first_year is not None]
    last = [period.last_year for period in periods if period.last_year is not None]
    if not first or not last:
        return ""
    return str(min(first)) if min(first) == max(last) else f"{min(first)}–{max(last)}"


def _sources(material: Material) -> tuple[tuple[Document, Reference], ...]:
    listed = [(document, reference(document.bibliography, fallback=document.name)) for document in material.documents]
    return tuple(sorted(listed, key=lambda pair: (pair[1].sort_key, pair[0].id)))


def _works(material: Material) -> tuple[Reference, ...]:
    """The works that the documents' notes cite, each once, without those that were read."""
    found: dict[tuple[str, str, str], Reference] = {}  # by author, title and date: notes name different pages of a work
    read = {reference(document.bibliography).text.casefold() for document in material.documents}
    for document in material.documents:
        for note in document.notes:
            for cited in note.citations:
                if cited.title or cited.text:
                    entry = reference(cited)
                    found.setdefault(entry.sort_key, entry)
    others = (entry for entry in found.values() if entry.text.casefold() not in read)
    return tuple(sorted(others, key=lambda entry: (entry.sort_key, entry.text)))
