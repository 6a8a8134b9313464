"""A header that says more than its indicator is another figure, and is refused with the word that says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from comity.statistics import read_tables
from tests.statistics.conftest import DocumentMaker

Maker = Callable[..., DocumentMaker]


def _figures(make: Maker, header: str, caption: str = "Ghana's trade with Togo") -> list[tuple[str, str, str, str]]:
    rows = [["Year", header], ["2012", "318"], ["2013", "402"], ["2014", "377"]]
    made = (
        make()
        .block("The neighbours trade.")
        .table(rows, caption=caption, unit="US$ million", source="Ghana Statistical Service")
    )
    found = read_tables(made.document()).observations
    return sorted({(o.series.reporter, o.series.partner, o.series.indicator, o.quantity.unit) for o in found})


@pytest.mark.parametrize(
    "header",
    [
        "Trade deficit",
        "Trade gap",
        "Trade in services",
        "Net imports",
        "Exports y/y",
        "Exports (+/-)",
        "Δ exports",
        "Exports, real",
        "Exports, 3-year average",
        "Exports per month",
        "Exports (first half)",
        "Exports Jan-Jun",
        "Exports (Q1-Q3)",
        "Exports excl. gold",
        "Exports incl. services",
        "Exports (quantity)",
        "Volume of exports",
        "Unit value of exports",
        "Exports to the world",
        "Exports to EU",
        "Exports reported by Togo",
        "Exports (mirror data)",
        "Export credits",
        "FDI approved",
        "Imports for transit",
        "Total imports of Ghana",
        "Trade agreements",
        "Trade/GDP",
    ],
)
def test_other_figures_are_not_taken_for_the_indicator(make: Maker, header: str) -> None:
    """A deficit, a part of a year, a rate, an average or another partner is never recorded as exports or trade."""
    assert _figures(make, header) == []


@pytest.mark.parametrize(
    ("header", "indicator"),
    [
        ("Exports (US$ million)", "exports"),
        ("Value of exports", "exports"),
        ("Exports FOB", "exports"),
        ("Exports 1/", "exports"),
        ("Ghana's exports", "exports"),
        ("Imports from Togo", "imports"),
        ("Total imports", "imports"),
        ("Two-way trade", "total-trade"),
        ("Net exports", "trade-balance"),
        ("Net trade", "trade-balance"),
        ("Balance", "trade-balance"),
        ("Services exports", "services-exports"),
        ("Exports, fiscal year", "exports"),
    ],
)
def test_plain_headers_are_taken(make: Maker, header: str, indicator: str) -> None:
    """Units, valuations, note marks and states beside an indicator do not narrow it."""
    assert _figures(make, header) == [("GHA", "TGO", indicator, "USD")]


@pytest.mark.parametrize(("name", "code"), [("the Netherlands", "NLD"), ("the United States", "USA")])
def test_the_article_of_a_state_is_no_product(make: Maker, name: str, code: str) -> None:
    """What the Netherlands export is read whole; what the textile sector exports is a part, article or not."""
    assert _figures(make, f"Exports of {name} to Togo", caption="Trade") == [(code, "TGO", "exports", "USD")]
    assert _figures(make, "Exports of the textile sector", caption="Ghana's trade with Togo") == []


def test_a_part_of_a_year_in_the_caption_is_no_annual_figure(make: Maker) -> None:
    """Figures of half a year under the label of a year are refused; twelve months of a fiscal year are taken."""
    assert _figures(make, "Exports", "Ghana's trade with Togo, January-June") == []
    assert _figures(make, "Exports", "Ghana's trade with Togo, January-December") != []


def test_the_same_figure_twice_leaves_only_the_plain_column(make: Maker) -> None:
    """Beside "Exports", a column of "Total exports" is the sum over all partners and is left out."""
    rows = [["Year", "Exports", "Total exports"], ["2012", "318", "9,100"], ["2013", "402", "9,800"]]
    made = make().table(rows, caption="Ghana's trade with Togo", unit="US$ million", source="Ghana Statistical Service")
    reading = read_tables(made.document())
    assert [str(one.quantity.number) for one in reading.observations] == ["318", "402"]
    assert any("the same figure" in problem.message for problem in reading.problems)


def test_a_scale_belongs_to_its_own_unit(make: Maker) -> None:
    """The scale of a unit line counts for its own currency and not for another one in a header."""
    rows = [["Year", "Exports (cedi)"], ["2012", "318,000"], ["2013", "402,000"]]
    made = make().table(rows, caption="Ghana's trade with Togo", unit="US$ million", source="Ghana Statistical Service")
    assert {(one.quantity.unit, int(one.quantity.scale)) for one in read_tables(made.document()).observations} <= {
        ("GHS", 1)
    }
