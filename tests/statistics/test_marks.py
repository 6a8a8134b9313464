"""Marks of notes beside figures and years do not hide them."""

from __future__ import annotations

import pytest

from comity.statistics.figures import Figure, read_figure
from comity.statistics.labels import read_label
from comity.statistics.units import TwoUnits, Unit, read_unit


@pytest.mark.parametrize(
    ("cell", "number", "mark"),
    [("1,335 a", "1335", "a"), ("1,335a", "1335", "a"), ("98.4 p", "98.4", "p"), ("1 280 r", "1280", "r")],
)
def test_a_letter_apart_is_a_note_mark(cell: str, number: str, mark: str) -> None:
    """A small letter behind a figure that is no unit is the mark of a note."""
    read = read_figure(cell)
    assert isinstance(read, Figure)
    assert (str(read.number), read.mark, read.unit) == (number, mark, "")


@pytest.mark.parametrize("cell", ["1.2 b", "1.2 m", "3 t", "7 k", "45 F"])
def test_letters_that_may_be_units_are_no_marks(cell: str) -> None:
    """A letter that may stand for a scale, a weight or a currency stays beside the figure as its unit."""
    read = read_figure(cell)
    assert isinstance(read, Figure)
    assert read.unit == cell.split()[1]


@pytest.mark.parametrize(
    "label", ["2019 p", "2019p", "2019 (p)", "2019 prov.", "2019 r/", "2019 1/", "2019 preliminary"]
)
def test_a_marked_year_is_a_year(label: str) -> None:
    """A year that carries the mark of a note or of provisional figures is still that year."""
    read = read_label(label)
    assert read is not None
    assert (read.year, bool(read.mark)) == (2019, True)


@pytest.mark.parametrize(
    ("words", "parties", "unit"),
    [
        ("In millions of birr", ("ETH", "EGY"), "ETB"),
        ("Billions of dollars", ("USA", "MEX"), "USD"),
        ("million dirhams", ("MAR", "ESP"), "MAD"),
        ("million dirhams", ("ARE", "IND"), "AED"),
        ("bn roubles", ("RUS", "CHN"), "RUB"),
    ],
)
def test_a_currency_is_that_of_the_state_in_the_pair(words: str, parties: tuple[str, str], unit: str) -> None:
    """A name that several currencies bear is that of the one state in the pair that has it."""
    read = read_unit(words, parties)
    assert isinstance(read, Unit)
    assert read.unit == unit


@pytest.mark.parametrize(
    ("words", "parties"),
    [("million dirhams", ("FRA", "IND")), ("mln dinars", ("KWT", "IRQ")), ("Billions of dollars", ("USA", "CAN"))],
)
def test_a_currency_of_nobody_or_of_both_is_refused(words: str, parties: tuple[str, str]) -> None:
    """A name that no state of the pair, or each of them, has for its own money names no unit."""
    assert isinstance(read_unit(words, parties), TwoUnits)
