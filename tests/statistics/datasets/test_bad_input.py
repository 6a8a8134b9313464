"""What is wrong in a data file is refused with its row and column, or the file is, and nothing is coerced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.statistics import Shelved, dyad_figures, recognise, shelve
from comity.terms import Dyad, UnreadableSource, UnreadableTable
from tests.statistics.datasets.conftest import is_whole, reasons

Shelve = Callable[..., Shelved]
DYAD = Dyad("PAK", "JPN")
HEAD = "ReporterISO3,ProductCode,PartnerISO3,Year,TradeFlowName,TradeValue in 1000 USD\n"


def file(tmp_path: Path, content: str | bytes, name: str = "data.csv") -> Path:
    """Write a file."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("row", "reason", "column"),
    [
        ("JPN,Total,PAX,2011,Export,5", "unknown", 2),
        ("JPN,Total,,2011,Export,5", "empty", 2),
        ("SUN,Total,PAK,2011,Export,5", "dissolved", 0),
        ("RUS,Total,PAK,1985,Export,5", "dissolved", 0),
        ("JPN,Total,GRL,2011,Export,5", "territory", 2),
        ("JPN,Total,EUN,2011,Export,5", "group", 2),
        ("WLD,Total,PAK,2011,Export,5", "group", 0),
        ("JPN,Total,JPN,2011,Export,5", "same", 2),
        ("JPN,Total,PAK,2011,Export,-5", "negative", 5),
        ("JPN,Total,PAK,2011,Export,five", "number", 5),
        ("JPN,Total,PAK,2011,Export,5 000", "number", 5),
        ("JPN,Total,PAK,2011,Export,5kg", "number", 5),
        ("JPN,Total,PAK,2011,Export,inf", "number", 5),
        ("JPN,Total,PAK,11/12,Export,5", "period", 3),
        ("JPN,Total,PAK,2099,Export,5", "future", 3),
        ("JPN,Total,PAK,2011,Export,1e300", "number", 5),
        ("JPN,Total,PAK,2011,Export,1e-400", "number", 5),
        ("JPN,,PAK,2011,Export,5", "product", 1),
        ("JPN,Total,PAK,2011,Re-Export,5", "choice", 4),
    ],
)
def test_a_bad_row_is_refused_with_its_place(put: Shelve, row: str, reason: str, column: int) -> None:
    """Wrong, dissolved and grouped states, negative trade, text and unknown flows are each refused by row and column."""
    shelf = put(f"{HEAD}JPN,Total,PAK,2011,Import,7\n{row}\n{row}\n")
    (problem,) = shelf.problems
    assert (problem.reason, problem.count) == (reason, 2)
    assert (problem.row, problem.column) == (2, column)
    assert problem.place == f"row 3, column {column + 1}"
    assert problem.message and problem.remedy
    assert [one.quantity.value for one in dyad_figures([shelf], DYAD)] == [7000]
    assert is_whole(shelf)


def test_zero_is_a_figure_and_a_mark_is_none(put: Shelve) -> None:
    """Zero stays zero; an empty cell and a mark such as NA are missing and no zero."""
    shelf = put(
        HEAD + "".join(f"JPN,Total,PAK,{2000 + n},Export,{said}\n" for n, said in enumerate(["0", "", "NA", ".."]))
    )
    assert [one.quantity.value for one in dyad_figures([shelf], DYAD)] == [0]
    assert shelf.missing == 3


def test_rows_that_differ_are_both_refused(put: Shelve) -> None:
    """Two rows of one figure that agree are one figure; two that differ are none, and both rows are named."""
    rows = "JPN,Total,PAK,2011,Export,5\nJPN,Total,PAK,2011,Export,6\nJPN,Total,PAK,2012,Export,7\nJPN,Total,PAK,2012,Export,7.0\n"
    shelf = put(HEAD + rows)
    assert [(one.period.first_year, one.provenance.row) for one in dyad_figures([shelf], DYAD)] == [(2012, 3)]
    (problem,) = shelf.problems
    assert (problem.reason, problem.count) == ("conflict", 2)
    assert "rows 2 and 3" in problem.message
    assert shelf.repeated == 1


def test_units_of_one_column_stay_apart(put: Shelve) -> None:
    """Two scales in one column each keep their own, and a unit that is not known is refused."""
    head = "DONOR,RECIPIENT,MEASURE,UNIT_MEASURE,PRICE_BASE,TIME_PERIOD,OBS_VALUE,UNIT_MULT\n"
    rows = "JPN,PAK,206,USD,V,2011,5,6\nJPN,PAK,206,USD,V,2012,5,3\nJPN,PAK,206,XDC,V,2013,5,6\nJPN,PAK,206,USD,Q,2013,5,6\n"
    shelf = put(head + rows)
    assert [one.quantity.value for one in dyad_figures([shelf], DYAD)] == [5_000_000, 5_000]
    assert reasons(shelf) == {"unit": 1, "part": 1}


def test_a_column_that_was_renamed_is_named_with_the_nearest(tmp_path: Path) -> None:
    """A file that has all of a layout but one column is refused with that column and the header nearest to it."""
    path = file(tmp_path, HEAD.replace("TradeFlowName", "Trade Flow Name") + "JPN,Total,PAK,2011,Export,5\n")
    with pytest.raises(UnreadableTable) as caught:
        recognise(path)
    assert "'TradeFlowName'" in str(caught.value)
    assert "'Trade Flow Name'" in str(caught.value)
    assert (caught.value.row, caught.value.column) == (1, 5)


@pytest.mark.parametrize("header", ["COUNTRY.ID", "INDICATOR.ID", "COUNTERPART_COUNTRY.ID", "TIME_PERIOD", "OBS_VALUE"])
def test_any_renamed_column_of_a_portals_download_is_refused(tmp_path: Path, header: str) -> None:
    """A publisher's portal writes the same headers over several data sets; a file that lacks one of them is told all the same."""
    headers = [
        "COUNTRY.ID",
        "COUNTRY",
        "DV_TYPE.ID",
        "DV_TYPE",
        "INDICATOR.ID",
        "INDICATOR",
        "COUNTERPART_COUNTRY.ID",
        "COUNTERPART_COUNTRY",
        "FREQUENCY",
        "TIME_PERIOD",
        "OBS_VALUE",
    ]
    row = "JPN,Japan,O,Reported,INWD_D_NETLA_FALL_ALL,Inward,USA,United States,Annual,2020,63.3\n"
    renamed = [f"X_{one}" if one == header else one for one in headers]
    assert recognise(file(tmp_path, ",".join(headers) + "\n" + row, "whole.csv")) is not None
    with pytest.raises(UnreadableTable, match=f"has no column '{header}'; the nearest header is 'X_{header}'"):
        recognise(file(tmp_path, ",".join(renamed) + "\n" + row))


@pytest.mark.parametrize(
    "text", ["year,exports,imports\n2011,1,2\n", "reporter,partner,period,value\nJPN,PAK,2011,5\n", "just words\n"]
)
def test_other_tables_are_no_data_sets(tmp_path: Path, text: str) -> None:
    """An ordinary table has no layout, and is left to the reader of tables."""
    assert recognise(file(tmp_path, text)) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "empty"), ("\n  \n", "empty"), ("<!DOCTYPE html><html><body>503, try later</body></html>", "web page")],
)
def test_a_page_or_nothing_instead_of_data_is_said(tmp_path: Path, content: str, words: str) -> None:
    """A download that is empty or a web page is told as such."""
    with pytest.raises(UnreadableSource, match=words):
        recognise(file(tmp_path, content))


def test_a_download_that_broke_off_is_refused(tmp_path: Path) -> None:
    """A last row that is cut short makes the file unreadable; half a file is not taken for the whole."""
    path = file(tmp_path, HEAD + "JPN,Total,PAK,2011,Export,5\nJPN,Total,PA")
    with pytest.raises(UnreadableSource, match="broken"):
        shelve(path, tmp_path / "shelf")
    assert not (tmp_path / "shelf").exists()


def test_headers_without_rows_are_refused(tmp_path: Path) -> None:
    """A file of headers alone is no data."""
    with pytest.raises(UnreadableSource, match="no rows"):
        shelve(file(tmp_path, HEAD), tmp_path / "shelf")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_do_not_matter(put: Shelve, encoding: str, newline: str, separator: str) -> None:
    """The same rows in any common encoding, line end and separator give the same figures."""
    text = HEAD.strip() + ",ReporterName\nJPN,Total,PAK,2011,Export,5.5,Japón\n"
    shelf = put(text.replace(",", separator).replace("\n", newline), encoding=encoding)
    (found,) = dyad_figures([shelf], DYAD)
    assert (found.quantity.value, found.provenance.row, found.provenance.column) == (5500, 1, 5)


def test_grouped_figures_are_read_where_the_comma_parts_cells(put: Shelve) -> None:
    """In a file of commas a quoted 1,234.5 is one figure; between semicolons a comma beside points is none."""
    assert [
        one.quantity.value for one in dyad_figures([put(HEAD + 'JPN,Total,PAK,2011,Export,"1,234.5"\n')], DYAD)
    ] == [1_234_500]
    rows = "JPN;Total;PAK;2011;Export;1,5\nJPN;Total;PAK;2012;Export;2.5\n"
    assert reasons(put(HEAD.replace(",", ";") + rows, name="other.csv")) == {"number": 1}


@pytest.mark.parametrize(
    ("figures", "values", "refused"),
    [
        (["1.234,5", "2,5", "1.234"], [2500], 2),  # the comma is proved, and no thousand's point is guessed at
        (["1,234", "2,567"], [], 2),
        (["1.234", "2.567"], [], 2),
        (["1.234", "2.56"], [1234, 2560], 0),
        (["1.234", "2,5", "3.5"], [3500], 2),
        (["1234", "0"], [1_234_000, 0], 0),
    ],
)
def test_between_semicolons_a_sign_must_be_proved(
    put: Shelve, figures: list[str], values: list[int], refused: int
) -> None:
    """Where semicolons part cells, "1.234" and "1,234" are thousands or fractions until another figure proves which."""
    rows = "".join(f"JPN;Total;PAK;{2001 + number};Export;{one}\n" for number, one in enumerate(figures))
    shelf = put(HEAD.replace(",", ";") + rows)
    assert [one.quantity.value for one in dyad_figures([shelf], DYAD)] == values
    assert sum(reasons(shelf).values()) == refused
    assert is_whole(shelf)


def test_a_quoted_decimal_comma_makes_quoted_thousands_doubtful(put: Shelve) -> None:
    """In a file of commas with a quoted 2,5 a quoted 1,234 is no sure thousand."""
    shelf = put(
        HEAD + 'JPN,Total,PAK,2011,Export,"2,5"\nJPN,Total,PAK,2012,Export,"1,234"\nJPN,Total,PAK,2013,Export,7\n'
    )
    assert [one.quantity.value for one in dyad_figures([shelf], DYAD)] == [7000]
    assert reasons(shelf) == {"number": 2}


def test_a_header_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """Two columns of one header leave open which is meant; a header of another case beside it does not."""
    row = "JPN,Total,PAK,2011,Export,5"
    with pytest.raises(UnreadableTable, match="stands twice, over columns 6 and 7") as caught:
        recognise(file(tmp_path, f"{HEAD.strip()},TradeValue in 1000 USD\n{row},9\n"))
    assert (caught.value.row, caught.value.column) == (1, 7)
    beside = shelve(file(tmp_path, f"year,{HEAD.strip()}\n1999,{row}\n"), tmp_path / "shelf")
    assert [one.period.first_year for one in dyad_figures([beside], DYAD)] == [2011]


def test_a_mark_for_missing_figures_may_be_written_as_a_fraction(put: Shelve) -> None:
    """The Correlates of War's -9 is missing as -9.0 too, as statistical programs write it."""
    shelf = put("ccode1,ccode2,year,flow1,flow2\n740,770,2010,-9.0,6\n", name="trade.csv")
    assert (shelf.missing, shelf.figures, shelf.problems) == (1, 1, ())


def test_the_shelf_is_made_once(tmp_path: Path) -> None:
    """The same bytes give the same file, under any name, and it is not written twice."""
    first = shelve(file(tmp_path, HEAD + "JPN,Total,PAK,2011,Export,5\n"), tmp_path / "shelf")
    written = first.path.stat().st_mtime_ns
    again = shelve(file(tmp_path, HEAD + "JPN,Total,PAK,2011,Export,5\n", "copy.csv"), tmp_path / "shelf")
    assert again == first
    assert again.path.stat().st_mtime_ns == written
    assert [one.name for one in (tmp_path / "shelf").iterdir()] == [first.path.name]


def test_the_vintage_is_the_folders(tmp_path: Path) -> None:
    """A file that `comity fetch` put into sources/SOURCE/VINTAGE has that vintage."""
    folder = tmp_path / "wits" / "2026-01-31"
    folder.mkdir(parents=True)
    shelf = shelve(file(folder, HEAD + "JPN,Total,PAK,2011,Export,5\n"), tmp_path / "shelf")
    assert shelf.vintage == "2026-01-31"
    assert dyad_figures([shelf], DYAD)[0].provenance.source.vintage == "2026-01-31"


CELL = st.sampled_from(["JPN", "PAK", "USA", "WLD", "EUN", "GRL", "SUN", "", "XYZ"])
ROW = st.tuples(
    CELL,
    st.sampled_from(["Total", "0901", ""]),
    CELL,
    st.sampled_from(["1985", "2011", "soon"]),
    st.sampled_from(["Export", "Import", "Re-Export"]),
    st.sampled_from(["0", "5", "5.0", "-5", "x", "", "NA", "1e3", ".5"]),
)


@settings(max_examples=15)
@given(rows=st.lists(ROW, min_size=1, max_size=40))
def test_no_cell_gets_lost(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]) -> None:
    """Every row is a figure, missing, said before, or refused; and the order of rows changes no figure."""
    folder = tmp_path_factory.mktemp("law")
    shelves = []
    for number, order in enumerate((rows, rows[::-1])):
        path = file(folder, HEAD + "".join(",".join(row) + "\n" for row in order), f"{number}.csv")
        shelves.append(shelve(path, folder / "shelf"))
    assert all(is_whole(one) and one.rows == len(rows) for one in shelves)
    told = [
        sorted(
            (one.series.reporter, one.series.partner, one.period.label, one.quantity.value)
            for one in dyad_figures([each], DYAD)
        )
        for each in shelves
    ]
    assert told[0] == told[1]
    assert reasons(shelves[0]) == reasons(shelves[1])


def test_a_file_that_is_as_near_to_two_data_sets_is_told_of_both(tmp_path: Path) -> None:
    """A portal's download without the one column that tells two of its data sets apart is not called the one of them alone."""
    headers = "COUNTRY.ID,INDICATOR.ID,COUNTERPART_COUNTRY.ID,TIME_PERIOD,OBS_VALUE\n"
    path = file(tmp_path, f"{headers}PAK,XG_FOB_USD,JPN,2011,5.5\n")
    with pytest.raises(UnreadableTable) as caught:
        recognise(path)
    assert "no column 'DV_TYPE.ID'" in str(caught.value)
    assert "Merchandise Trade" in str(caught.value) and "no column 'SCALE.ID'" in str(caught.value)
