"""A brief with long lines of published data sets: one note for a line, and charts where tables would be long."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import html

from comity.brief import compose
from comity.measures import measures_of
from comity.terms import Cell, Citation, Document, Observation, Period, Provenance, Quantity, Status, Table, digest
from tests.brief.kenya_uganda import material
from tests.brief.selecting import select

YEARS = range(2001, 2013)


def data_set(wide: bool, gap: int = 1) -> tuple[Document, tuple[Observation, ...]]:
    """Return a data set of Kenya's exports to Uganda: a row for each year, `gap` rows apart, or a column for each."""
    key = digest(b"wide" if wide else b"long")
    model = next(one for one in material().observations if one.series.indicator == "exports")
    text, cells, found = "", [], []
    for index, year in enumerate(YEARS):
        row, column = (41, 3 + index) if wide else (700 + gap * index, 5)
        printed = f"{300 + 7 * index}.25"
        if wide or index == 0:
            header = str(year) if wide else "flow1"
            cells.append(Cell(0, column, header, len(text), len(text) + len(header), header=True))
            text += header + "\t"
        cells.append(Cell(row, column, printed, len(text), len(text) + len(printed)))
        place = Provenance("doc-set", key, len(text), len(text) + len(printed), "doc-set#t1", row, column)
        text += printed + "\n"
        quantity = Quantity(Decimal(printed), "USD", Decimal(1_000_000), text=printed)
        found.append(replace(model, id=f"one-{year}", period=Period.of_year(year), quantity=quantity, provenance=place))
    table = Table("doc-set#t1", "Trade of pairs", "", "Office", tuple(cells), 0, len(text))
    cited = Citation("dataset", "Trade of pairs", publisher="Office")
    return Document("doc-set", "pairs.csv", "text/csv", key, text, cited, tables=(table,), language="en"), tuple(found)


def page_of(document: Document, observations: tuple[Observation, ...]) -> html.HtmlElement:
    """Return the brief on these figures alone."""
    base = material()
    measures = measures_of(base.dyad, (), observations)
    given = replace(
        base,
        documents=(document,),
        events=(),
        statements=(),
        observations=observations,
        measures=measures,
        findings={},
        claims=(),
        reviewed=frozenset(),
        confirmed=frozenset(),
    )
    return html.document_fromstring(compose(given))


def words_of(element: html.HtmlElement) -> str:
    """Return an element's text in one line."""
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize(
    ("wide", "gap", "told"),
    [
        (False, 1, "column “flow1”, rows 701 (2001) to 712 (2012)"),
        (False, 50, "column “flow1”, 12 rows from 701 (2001) to 1251 (2012); comity export names each"),
        (True, 1, "row 42, columns “2001” to “2012”"),
    ],
)
def test_a_line_of_a_data_set_has_one_note(wide: bool, gap: int, told: str) -> None:
    """The note tells the rows or columns of all its figures, and stands above the line instead of at each figure."""
    tree = page_of(*data_set(wide, gap))
    (note,) = select(tree, "ol.notes > li")
    assert told in words_of(note)
    (head,) = select(tree, "#trade thead th.number")
    assert [one.get("href") for one in select(head, "a")] == ["#note-1"]
    assert len(select(tree, "#trade tbody tr")) == len(YEARS) and not select(tree, "#trade tbody sup.ref")


def test_what_a_source_derived_no_state_reports() -> None:
    """Of figures that the source itself derived or counted it is not said that the state reports them."""
    document, observations = data_set(wide=False)
    reported = words_of(page_of(document, observations))
    derived = words_of(page_of(document, tuple(replace(one, status=Status.DERIVED) for one in observations)))
    assert "to Uganda, as Kenya reports it, 2001–2012" in reported
    assert "to Uganda, from Kenya’s side (derived), 2001–2012" in derived and "Kenya reports it" not in derived


def test_a_single_figure_of_a_data_set_keeps_its_quotation() -> None:
    """Of one figure the note names row, period and column, and quotes it."""
    document, (first, *_) = data_set(wide=False)
    (note,) = select(page_of(document, (first,)), "ol.notes > li")
    assert "column “flow1”, row 701 (2001)" in words_of(note) and words_of(select(note, "q")[0]) == "300.25"


def test_a_measure_with_many_years_is_drawn() -> None:
    """Where a measure's table would be long its chart stands above the last rows, described in words, with its source."""
    tree = page_of(*data_set(wide=False))
    (article,) = select(tree, "#measure-mirror-exports-KEN")
    (drawing,) = select(article, ".chart.wide svg")
    assert drawing.get("role") == "img" and "last 377.25 in 2012" in words_of(select(drawing, "desc")[0])
    assert "Source: " in words_of(drawing)
    assert [words_of(row) for row in select(article, "tbody th")] == [str(year) for year in range(2005, 2013)]
    assert "4 earlier rows: in the chart" in words_of(article)
    ids = [element.get("id") for element in select(tree, "[id]")]
    assert len(ids) == len(set(ids))
