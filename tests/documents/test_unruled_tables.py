"""Tables without rules on the pages of a PDF: which words are a cell, which lines a row, and where a table begins and ends."""

from __future__ import annotations

from comity.documents import read_bytes
from comity.terms import Document, Table
from tests.documents.made import pdf
from tests.documents.test_portable_tables import Words, grid, page, row

PROSE = "The harbour master wrote again to"


def pages(*made: list[Words]) -> Document:
    """Read pages of lines: x, y, size, text."""
    return read_bytes(pdf(list(made)), name="port.pdf")


def only(document: Document) -> Table:
    """Return the one table of a document."""
    (table,) = document.tables
    return table


def test_words_that_a_justified_line_sets_far_apart_are_one_cell() -> None:
    """A name that is set from edge to edge of its column has white in it, and yet is one cell with its next line."""
    document = page(
        (72, 700, 10, "Table 1. Dues of the port (million shillings)"),
        *row(675, "Item", "2015", "2016"),
        *row(658, "Berths leased to lines", "41.0", "39.5"),
        *[(72, 641, 10, "Receipts,"), (130, 641, 10, "of"), (157, 641, 10, "which"), *row(641, "", "12.4", "13.1")],
        (72, 629, 10, "pilots"),
        *row(612, "Payments to the state", "20.6", "21.2"),
        *row(595, "Balance of the year", "32.8", "31.4"),
    )
    assert grid(only(document)) == [
        ["Item", "2015", "2016"],
        ["Berths leased to lines", "41.0", "39.5"],
        ["Receipts, of which pilots", "12.4", "13.1"],
        ["Payments to the state", "20.6", "21.2"],
        ["Balance of the year", "32.8", "31.4"],
    ]


def test_words_that_begin_alike_on_most_lines_are_a_column() -> None:
    """Where one long surname touches the name behind it, the names of the other rows are not joined with their surnames."""
    names = [
        "Mwangi Peter",
        "Otieno Grace",
        "Kamau Joseph",
        "Njeri Alice",
        "Hassan Omar",
        "Wanjiru Ruth",
        "Kibet Samuel",
    ]
    places = (72, 130, 250, 310)
    lines = [(x, 676, 10, text) for x, text in zip(places, ("Surname", "Name", "2015", "2016"), strict=True)]
    for n, name in enumerate(names):
        cells = (*name.split(), f"{n + 3}.4", f"{n + 5}.1")
        lines += [(x, 660 - 16 * n, 10, text) for x, text in zip(places, cells, strict=True)]
    lines += [(72, 548, 10, "Ndung'u wa Kabera Jane"), (250, 548, 10, "1.1"), (310, 548, 10, "1.9")]
    texts = {cell.text for table in page(*lines).tables for cell in table.cells}
    assert not texts & set(names)


def test_names_of_columns_edge_below_edge_are_one_row() -> None:
    """Lines of names as far apart as the rows are one row of names, though each begins with a capital."""
    document = page(
        (72, 700, 10, "Table 1. Debt of the port (million shillings)"),
        *row(675, "", "Reserves", "Debt"),
        *row(662, "Year", "Abroad", "Service"),
        *row(649, "North", "4,310", "74"),
        *row(636, "South", "3,902", "81"),
        *row(623, "East", "5,118", "80"),
        *row(610, "West", "4,407", "96"),
    )
    assert grid(only(document))[:2] == [["Year", "Reserves Abroad", "Debt Service"], ["North", "4,310", "74"]]


def test_years_above_their_states_stay_rows_of_their_own() -> None:
    """What stands below years tells how they are meant, and is none of their names."""
    document = page(
        (72, 700, 10, "Table 1. Debt of the port (million shillings)"),
        *row(675, "", "2015", "2016"),
        *row(662, "Port", "Actual", "Revised"),
        *row(649, "North", "4,310", "74"),
        *row(636, "South", "3,902", "81"),
        *row(623, "East", "5,118", "80"),
        *row(610, "West", "4,407", "96"),
    )
    assert grid(only(document))[:2] == [["", "2015", "2016"], ["Port", "Actual", "Revised"]]


def test_a_column_that_holds_only_a_word_of_a_name_is_none() -> None:
    """White between the words of a column's name makes no column where nothing stands below one of them."""
    document = page(
        (72, 700, 10, "Table 1. Measures of the port"),
        *[*row(675, "Measure"), (190, 675, 10, "Net"), (215, 675, 10, "effect"), (310, 675, 10, "Cost")],
        *[*row(658, "Dues on sugar"), (222, 658, 10, "6.4"), (310, 658, 10, "1.0")],
        *[*row(641, "Refund of tax"), (217, 641, 10, "12.7"), (310, 641, 10, "2.5")],
        *[*row(624, "Test of grain"), (222, 624, 10, "3.1"), (310, 624, 10, "0.2")],
    )
    assert grid(only(document)) == [
        ["Measure", "Net effect", "Cost"],
        ["Dues on sugar", "6.4", "1.0"],
        ["Refund of tax", "12.7", "2.5"],
        ["Test of grain", "3.1", "0.2"],
    ]


def test_lines_of_a_cell_are_told_where_no_row_has_one_line() -> None:
    """A name's second line stands nearer to the first than to the next row, though it begins with a capital."""
    names = (
        ("Flights between", "Mombasa and Zanzibar"),
        ("Posts opened for", "travellers and lorries"),
        ("Visas dropped for", "stays of thirty days"),
        ("Fees for lorries", "lowered by a third"),
    )
    lines: list[Words] = []
    for n, (first, second) in enumerate(names):
        lines += [*row(650 - 30 * n, first, f"{n + 3} May 2015", f"7{n}.6"), (72, 637 - 30 * n, 10, second)]
    document = page((72, 700, 10, "Table 1. Traffic (per cent)"), *row(667, "Measure", "Opened", "Share"), *lines)
    assert [cells[0] for cells in grid(only(document))[1:]] == [" ".join(name) for name in names]


def test_narrow_white_parts_whole_figures_from_words() -> None:
    """Figures that reach out of their column as far as a name's last letters are cells of their own."""
    names = ("Balance on", "Berths in", "Dues", "Pilots", "Receipts of")
    figures = ((154.3, "(1,118.6)"), (165.5, "(118.6)"), (170, "19.7"), (170, "20.7"), (165.5, "(121.8)"))
    lines = [(72.0, 658.0 - 17 * n, 10.0, name.split()[0]) for n, name in enumerate(names)]
    ends = {"on": 140, "in": 143.3, "of": 142.8}  # flush with the edge of the column
    lines += [(ends[name.split()[1]], 658 - 17 * n, 10, name.split()[1]) for n, name in enumerate(names) if " " in name]
    lines += [(x, 658 - 17 * n, 10, figure) for n, (x, figure) in enumerate(figures)]
    lines += [(250, 658 - 17 * n, 10, f"{n}.3") for n in range(5)]
    document = page((72, 700, 10, "Table 1. Balance of the port"), *row(675, "Item", "2015", "2016"), *lines)
    assert [cells[:2] for cells in grid(only(document))[1:]] == [
        [name, figure] for name, (_, figure) in zip(names, figures, strict=True)
    ]


def test_figures_with_stars_stand_apart() -> None:
    """A figure with three raised stars is no part of the figure close behind it."""
    figures = (("-4.871", "-5.220"), ("-2.418", "-2.965"), ("-3.102", "-2.876"))
    lines = [*row(675, "Cause"), (190, 675, 10, "First"), (233, 675, 10, "Second")]
    for n, pair in enumerate(figures):
        lines += row(658 - 17 * n, ("Rain", "Wind", "Strikes")[n])
        for x, figure in zip((190, 233), pair, strict=True):
            lines += [(x, 658 - 17 * n, 10, figure), (x + 28.5, 662 - 17 * n, 6, "***")]
    document = page((72, 700, 10, "Table 1. Models of delay"), *lines)
    assert [cells[1:] for cells in grid(only(document))[1:]] == [[f"{a}***", f"{b}***"] for a, b in figures]


def test_a_captions_next_line_is_none_of_the_rows() -> None:
    """A caption's second line, nearer to the first than to the table, is read with the caption."""
    document = page(
        (72, 700, 10, "Table 1. Goods landed at the northern ports of Kenya by"),
        (72, 688, 10, "internationally recognised establishments"),
        *row(666, "Good", "2015", "2016"),
        *row(650, "Cotton", "1,845", "31.4"),
        *row(634, "Vehicles", "512", "8.7"),
        *row(618, "Cereals", "403", "6.9"),
    )
    table = only(document)
    assert table.caption.endswith("Kenya by internationally recognised establishments")
    assert grid(table)[0] == ["Good", "2015", "2016"]


def two_columns(top: float) -> list[Words]:
    """Return the lines of a page's two columns of prose, from a height downwards."""
    return [(x, top - 13 * n, 10, PROSE + " the town.") for n in range(14) for x in (60, 310)]


def test_a_narrow_table_below_a_caption_across_both_columns_is_whole() -> None:
    """A table in the middle of a page of two columns is one with its caption, and both columns follow it."""
    lines: list[Words] = [(170, 760, 10, "Table 1. Causes of delay on the northern line, by model")]
    for n, name in enumerate(("Cause", "Rain", "Wind", "Strikes", "Customs")):
        cells = (name, "First", "Second", "Third") if n == 0 else (name, f"{n}.412", f"{n}.388", "weak")
        lines += [(x, 740 - 16 * n, 10, cell) for x, cell in zip((170, 262, 330, 390), cells, strict=True)]
    lines += [(170, 650, 8, "Source: own data.")]
    document = pages([*lines, *two_columns(620)])
    table = only(document)
    assert (table.caption[:24], table.source) == ("Table 1. Causes of delay", "Source: own data.")
    assert grid(table)[:2] == [["Cause", "First", "Second", "Third"], ["Rain", "1.412", "1.388", "weak"]]


HEAD = ("Month", "Landed", "Shipped")


def months(top: float, names: tuple[str, ...]) -> list[Words]:
    """Return a head and rows of figures from a height downwards."""
    lines = row(top, *HEAD)
    for n, name in enumerate(names):
        lines += row(top - 17 * (n + 1), name, f"4{n}.8", f"56{n}.1")
    return lines


def test_rows_below_a_head_at_a_pages_foot_are_of_the_table() -> None:
    """The head of a table and the year of its first rows, alone at a page's foot, go on with the rows on the next page."""
    first = [(72, 760 - 14 * n, 10, PROSE + " the ministry of the islands about the dues.") for n in range(44)]
    first += [(72, 100, 10, "Table 2. Cargo of the port (tonnes)"), *row(78, *HEAD), (72, 60, 10, "2015")]
    second = [*months(760, ("January", "February", "March", "April")), (72, 660, 8, "Source: harbour masters.")]
    table = only(pages(first, second))
    assert table.caption == "Table 2. Cargo of the port"
    assert [cells[0] for cells in grid(table)] == ["Month", "2015", "January", "February", "March", "April"]


def test_a_row_below_a_repeated_head_is_of_the_table() -> None:
    """One row below the head that is printed again at the top of the next page is the last of the table."""
    first = [(72, 760 - 14 * n, 10, PROSE + " the ministry of the islands about the dues.") for n in range(40)]
    first += [(72, 180, 10, "Table 2. Cargo of the port (tonnes)"), *months(158, ("May", "June", "July", "August"))]
    second = [*months(760, ("September",)), (72, 720, 8, "Source: harbour masters.")]
    table = only(pages(first, second))
    assert [cells[0] for cells in grid(table)] == ["Month", "May", "June", "July", "August", "September"]


def test_a_name_that_goes_on_over_a_pages_end_is_one_cell() -> None:
    """The rest of a name, alone below the repeated head at the top of the next page, is no row."""
    first = [(72.0, 760.0 - 14 * n, 10.0, PROSE + " the ministry of the islands about the dues.") for n in range(40)]
    first += [(72, 180, 10, "Table 2. Cargo of the port (tonnes)"), *months(158, ("May", "June", "July", "August"))]
    second = [*row(760, *HEAD), (72, 746, 10, "(revised)")]
    second += [
        *row(729, "September", "4.8", "5.1"),
        *row(712, "October", "4.9", "5.3"),
        *row(695, "November", "6", "7"),
    ]
    table = only(pages(first, [*second, (72, 675, 8, "Source: harbour masters.")]))
    assert [cells[0] for cells in grid(table)][4:6] == ["August (revised)", "September"]


def test_a_name_that_goes_on_in_lower_case_is_one_cell() -> None:
    """Names below a group are set in, and go on at the column's edge, not all equally near: their next lines are no rows."""
    years = (165, 213, 260, 307, 355, 402)
    lines: list[tuple[float, float, float, str]] = [(57, 762, 9, "Table 1. Exports of the coast (million shillings)")]
    lines += [(236, 736, 9, "2021"), (378, 736, 9, "2022"), (489, 732, 9, "Change on"), (497, 721.6, 9, "year (%)")]
    lines += [(57, 721.6, 9, "Group of products"), *((x + 16, 721.6, 9, f"Q{n % 3 + 1}") for n, x in enumerate(years))]
    names = (
        ["Food, drink and tobacco"],
        ["  Fresh vegetables, of", "which tomatoes about a", "half"],
        ["  Fish, crustaceans and", "molluscs, fresh, chilled", "or frozen"],
        ["  Fruit, fresh or dried"],
        ["Manufactures"],
        ["  Wires, cables and", "other conductors of", "electricity"],
        ["  Clothing, knitted or", "not"],
        ["Raw materials"],
    )
    y = 707.0
    for n, name in enumerate(names):
        lines += [(x, y, 9, f"{n + 2},{place}48.4") for place, x in enumerate(years)] + [(512, y, 9, f"+{n}.1")]
        for part in name:
            # A mark of a note reaches below its line: the next one stands nearer to it than those of other names do.
            low = 1.9 if part.endswith("vegetables, of") else 0.0
            lines.append((57 + 9 * part.startswith(" "), y - low, 9, part.strip()))
            y -= 10.35
        y -= 3.65
    table = grid(only(pages(lines)))
    assert [cells[0] for cells in table[2:]] == [" ".join(name).strip() for name in names]


def test_a_name_over_more_lines_than_the_others_is_one_cell() -> None:
    """Where "Change on year (%)" takes three lines beside names over two, the line that it has alone is no row of names."""
    years = (190, 235, 280, 325)
    lines: list[tuple[float, float, float, str]] = [(74, 722, 8, "Table 1. Exports of the coast (million shillings)")]
    lines += [(74, 704, 8, "Group of products"), (212, 704, 8, "2021"), (302, 704, 8, "2022"), (400, 704, 8, "Change")]
    lines += [(400, 693, 8, "on year"), (406, 682, 8, "(%)")]
    lines += [(x, 671, 8, f"Q{n % 2 + 1}") for n, x in enumerate(years)]
    names = (
        ["Food, drink"],
        ["Fresh vegetables, of", "which tomatoes"],
        ["Fish"],
        ["Wires and other", "conductors"],
        ["All"],
    )
    y = 655.0
    for n, name in enumerate(names):
        lines += [(x - 6, y, 8, f"{n + 2},10{place}.4") for place, x in enumerate(years)]
        lines.append((410, y, 8, f"+{n}.1"))
        for part in name:
            lines.append((74, y, 8, part))
            y -= 11
    table = grid(only(pages(lines)))
    assert len(table) == 7
    assert table[0][-1] == "Change on year (%)"
    assert [cells[0] for cells in table[2:]] == [" ".join(name) for name in names]
