"""The catalogue of sources is complete, and its layouts are told apart by their headers."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from comity.statistics import (
    INDICATORS,
    Layout,
    data_source,
    data_sources,
    dyad_figures,
    figure_view,
    of_indicator,
    recognise,
    shelve,
)
from comity.terms import Dyad, InvalidTerm

WANTED = (
    "imf-imts imf-dip un-comtrade wits wdi oecd-dac2a oecd-fdi oecd-itic unctad cepii-gravity cepii-geodist cow-trade "
    "cow-contiguity cow-nmc atop unga-votes unga-idealpoints archigos reign leader-travel cow-diplomatic-exchange kdiplo "
    "ucdp-conflicts strategic-rivalries imf-er"
).split()


def test_every_source_says_what_a_reader_must_know() -> None:
    """Each source has a publisher, a title, a licence, a citation, an address, a form, and how to get it by hand."""
    assert set(WANTED) <= set(data_sources())
    for one in data_sources().values():
        assert all((one.publisher, one.title, one.licence, one.citation, one.format)), one.key
        assert one.url.startswith("http"), one.key
        assert one.obtain.startswith("Open http") and one.obtain.endswith("."), one.key


def test_an_unknown_source_lists_the_known_ones() -> None:
    """A wrong key is told with the keys that there are."""
    with pytest.raises(InvalidTerm, match="cow-trade"):
        data_source("cow")


@pytest.mark.parametrize(
    "layout", [layout for one in data_sources().values() for layout in one.layouts], ids=lambda one: one.name
)
def test_a_layout_is_known_by_its_headers(tmp_path: Path, layout: Layout) -> None:
    """A file with a layout's headers, in any order and with others beside them, has that layout and no other."""
    years = {"\\d{4}": "2019", "\\d{4} \\[YR\\d{4}\\]": "2019 [YR2019]", "\\d{4}(-[MQ]\\d{1,2})?": "2019-M03"}
    headers = [
        *reversed(layout.headers),
        *(years[value.column] for value in layout.values if value.pattern),
        "something else",
    ]
    path = tmp_path / "data.csv"
    path.write_text(",".join(headers) + "\n" + ",".join("1" for _ in headers) + "\n")
    found = recognise(path)
    assert found is not None
    assert found.name == layout.name


def test_indicators_of_data_sets_are_never_named_by_words() -> None:
    """Distance or an ideal point is an indicator, but no caption is taken for it."""
    from comity.statistics.catalogue import indicators_in

    assert {"distance", "ideal-point", "alliance-defence", "cif-fob-margin"} <= {one.key for one in INDICATORS}
    assert indicators_in("distance, alliance and contiguity") == []


def test_parquet_reads_as_csv_does(tmp_path: Path) -> None:
    """The same rows as CSV and as Parquet give the same figures, though numbers are typed in one of them."""
    csv, parquet = tmp_path / "a.csv", tmp_path / "a.parquet"
    csv.write_text("ccode1,ccode2,year,flow1,flow2\n740,770,2001,12.5,30\n740,770,2002,,1\n")
    duckdb.execute(
        f"COPY (SELECT ccode1::DOUBLE AS ccode1, ccode2::INTEGER AS ccode2, year::DOUBLE AS year, flow1, flow2::DOUBLE AS flow2 "
        f"FROM read_csv('{csv}')) TO '{parquet}'"
    )
    told = [
        [
            (one.series.reporter, one.quantity.number, one.period, one.provenance.row)
            for one in dyad_figures([shelve(path, tmp_path / "shelf")], Dyad("PAK", "JPN"))
        ]
        for path in (csv, parquet)
    ]
    assert told[0] == told[1]
    assert len(told[0]) == 3


def test_panels_read_the_shelf_by_indicator(tmp_path: Path) -> None:
    """The files that hold an indicator are found, and a view over them has the columns of the figure table."""
    trade, distance = tmp_path / "t.csv", tmp_path / "n.csv"
    trade.write_text("ccode1,ccode2,year,flow1,flow2\n740,770,2001,12.5,30\n")
    distance.write_text("ccode,year,milper,tpop,upop,cinc\n740,2001,1,2,3,0.5\n")
    shelf = [shelve(path, tmp_path / "shelf") for path in (trade, distance)]
    assert of_indicator(shelf, ["population", "imports"]) == {"imports": (shelf[0],), "population": (shelf[1],)}
    with duckdb.connect() as connection:
        figure_view(connection, shelf)
        found = connection.execute("SELECT indicator, value, source FROM figures ORDER BY 1, 2").fetchall()
        assert ("population", 2000.0, "cow-nmc") in found
        assert len(found) == 6
        figure_view(connection, [], "nothing")
        assert connection.execute("SELECT * FROM nothing").fetchall() == []
