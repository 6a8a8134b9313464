"""Charts: valid specifications, drawings whose words are not cut, and figures that are not quietly chosen."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import altair
import pytest
from lxml import etree

from comity.brief import NARROW, WIDE, Panel, compose, drawing, panels, specification
from comity.terms import Period, Quantity, Status
from tests.brief.kenya_uganda import REPORT, material


@pytest.fixture(scope="module")
def shown() -> tuple[Panel, ...]:
    """The panels of the Kenyan-Ugandan record."""
    return panels(material())


def test_panels_join_what_shares_an_axis(shown: tuple[Panel, ...]) -> None:
    """Exports, imports and total of one table are one panel; investment by fiscal year is another."""
    trade, investment = shown
    assert trade.title == "Kenya’s trade with Uganda, 2013–2018"
    assert [line.short_name for line in trade.lines] == ["Merchandise exports", "Merchandise imports", "Total trade"]
    assert trade.unit == "US$ million"
    assert [period.label for period in trade.periods] == ["2013", "2014", "2015", "2016", "2017", "2018"]
    assert investment.title == "FDI inflow from Uganda, as Kenya reports it, 2013–14 to 2016–17"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_specification_is_valid(shown: tuple[Panel, ...], width: int) -> None:
    """Altair, which knows the grammar's schema, accepts every specification."""
    for panel in shown:
        spec = specification(panel, width=width)
        assert spec is not None
        altair.Chart.from_dict(spec, validate=True)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_drawing_fits(shown: tuple[Panel, ...], width: int) -> None:
    """The drawing is not wider than its column, is well-formed, and holds its words as text."""
    for panel in shown:
        svg = drawing(panel, width=width, key="k")
        tree = etree.fromstring(svg)
        assert float(tree.get("viewBox").split()[2]) <= width
        words = [element.text for element in tree.iter("{http://www.w3.org/2000/svg}text")]
        assert len(words) > 6
        assert not re.search(r'id="(?!k-)', svg)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_names_that_begin_alike_are_told_apart(shown: tuple[Panel, ...], width: int) -> None:
    """Lines whose long names differ in their last words bear these; a name is never cut before what sets it apart."""
    names = (
        "Foreign direct investment, inward stock",
        "Foreign direct investment, outward stock",
        "Foreign direct loans",
    )
    lines = tuple(replace(line, short_name=name) for line, name in zip(shown[0].lines, names, strict=True))
    tree = etree.fromstring(drawing(replace(shown[0], lines=lines), width=width, key="k"))
    assert float(tree.get("viewBox").split()[2]) <= width
    words = " ".join("".join(one.itertext()) for one in tree.iter("{http://www.w3.org/2000/svg}text"))
    if width == WIDE:
        assert all(name in words for name in ("Investment, inward stock", "Investment, outward stock", "Loans"))
    both = tuple(replace(line, short_name=name) for line, name in zip(shown[0].lines[:2], names[:2], strict=True))
    tree = etree.fromstring(drawing(replace(shown[0], lines=both), width=width, key="k"))
    said = ["".join(one.itertext()) for one in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert "…" not in "".join(said)
    assert "inward" in "".join(said).casefold() and "outward" in "".join(said).casefold()


def test_the_words_say_what_the_drawing_shows(shown: tuple[Panel, ...]) -> None:
    """The alternative text gives first, last, lowest and highest of each line."""
    assert (
        "Merchandise exports to Uganda: 660.4 in 2013, 610 in 2018; lowest 541.3 (2017), highest 660.4 (2013)."
        in shown[0].description
    )


def test_two_figures_for_one_year_are_both_shown() -> None:
    """Where two documents print different figures for one thing, each is shown with its source and the clash is told."""
    base = material()
    first = next(o for o in base.observations if o.series.indicator == "exports" and o.period.first_year == 2014)
    place = replace(
        first.provenance,
        document_id=REPORT.id,
        digest=REPORT.digest,
        start=0,
        end=5,
        row=None,
        column=None,
        table_id="",
    )
    other = replace(first, id="ob-other", quantity=Quantity.printed("655", "USD", scale=1_000_000), provenance=place)
    changed = replace(base, observations=(*base.observations, other))
    titles = [panel.sources for panel in panels(changed) if panel.theme == "trade"]
    assert len(titles) == 2 and titles[0] != titles[1]
    words = " ".join(re.sub("<[^>]*>", "", compose(changed)).split())
    assert "Merchandise exports to Uganda, Kenya’s account, 2014: US$ 655 million in “Ministers sign" in words
    assert "US$ 612 million in Naliaka and Ssali" in words


def test_other_scales_meet_on_one_axis() -> None:
    """A figure in thousands stands on the axis of millions with its value unchanged."""
    base = material()
    first = base.observations[0]
    odd = replace(
        first,
        id="ob-2019",
        period=Period.of_year(2019),
        quantity=Quantity(Decimal("700500"), "USD", Decimal(1000)),
        status=Status.DERIVED,
    )
    panel = panels(replace(base, observations=(*base.observations, odd)))[0]
    figure = panel.lines[0].figures[-1]
    assert figure is not None
    assert figure.value == Decimal("700.5") and figure.text == "700.5" and figure.remark == "derived"


def test_one_figure_draws_nothing() -> None:
    """A single figure is a table row and no chart."""
    base = material()
    panel = panels(replace(base, observations=base.observations[:1]))[0]
    assert specification(panel) is None
    assert drawing(panel, width=WIDE, key="k") == ""


def test_a_figure_that_its_source_derived_stands_apart_from_the_reported_one() -> None:
    """A source's derived figures have a panel that says so, and are no disagreement between places."""
    base = material()
    model = [one for one in base.observations if one.series.indicator == "exports"]
    twice = [
        replace(
            one,
            id=f"{one.id}-derived",
            status=Status.DERIVED,
            quantity=replace(one.quantity, number=one.quantity.number * 2, text=""),
        )
        for one in model
    ]
    given = replace(base, observations=(*model, *twice))
    alone = replace(base, observations=tuple(model))
    assert compose(given).count("’s account, ") == compose(alone).count("’s account, ")
    titles = [panel.title for panel in panels(given)]
    assert len(titles) == 2 and sum("(derived)" in title for title in titles) == 1
    assert sum("reports it" in title for title in titles) == 1
