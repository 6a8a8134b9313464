"""Mappings are shown, kept in comity.toml and corrected by people."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.statistics import Orientation, TableMapping, ValueMapping, parse_source
from comity.terms import InvalidTerm, Valuation

_codes = st.sampled_from(["", "KEN", "UGA", "FRA", "IND"])
_words = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20)
_common = {
    "reporter": _codes,
    "partner": _codes,
    "indicator": st.sampled_from(["", "exports", "fdi-inflow"]),
    "unit": st.sampled_from(["", "USD", "count"]),
    "scale": st.none() | st.decimals("0.001", "1000000000000", allow_nan=False, allow_infinity=False, places=3),
    "calendar": st.sampled_from(["", "calendar", "fiscal"]),
    "valuation": st.sampled_from(list(Valuation)),
    "decimal": st.sampled_from(["", ".", ","]),
    "skip": st.booleans(),
    "remark": _words,
}
_values = st.lists(
    st.builds(ValueMapping, st.integers(0, 20), label=_words, **_common),
    max_size=3,
    unique_by=lambda value: value.index,
)
_mappings = st.builds(
    TableMapping,
    table=_words,
    orientation=st.none() | st.sampled_from(list(Orientation)),
    periods=st.none() | st.integers(0, 5),
    values=_values.map(lambda values: tuple(sorted(values, key=lambda value: value.index))),
    columns=st.dictionaries(st.sampled_from(["reporter", "value"]), st.integers(0, 9)).map(lambda d: tuple(d.items())),
    basis=st.dictionaries(_words, _words, max_size=2).map(lambda d: tuple(d.items())),
    **_common,
)


@given(_mappings)
def test_a_mapping_survives_its_plain_form(mapping: TableMapping) -> None:
    """What is written to JSON or TOML is read back the same."""
    assert TableMapping.from_dict(json.loads(json.dumps(mapping.to_dict()))) == mapping


@given(_mappings)
def test_a_full_mapping_is_not_changed_by_its_own_guess(mapping: TableMapping) -> None:
    """A mapping laid over itself means the same for every line."""
    merged = mapping.over(mapping)
    for value in mapping.values:
        assert merged.value(value.index) == mapping.value(value.index)


def test_what_a_person_sets_for_the_table_stands_against_a_guess_for_one_line() -> None:
    """A unit set once for the table replaces what was guessed for each line; the rest of the guess stays."""
    guess = TableMapping(values=(ValueMapping(1, unit="EUR", indicator="exports"), ValueMapping(2, unit="EUR")))
    merged = TableMapping(unit="USD", values=(ValueMapping(2, unit="GBP"),)).over(guess)
    assert [merged.value(index).unit for index in (1, 2)] == ["USD", "GBP"]
    assert merged.value(1).indicator == "exports"


@pytest.mark.parametrize(
    "plain",
    [
        {"reporter": "Kenya"},
        {"scale": "many"},
        {"scale": 0},
        {"calendar": "lunar"},
        {"orientation": "diagonal"},
        {"colour": "red"},
        {"values": [{"unit": "USD"}]},
        {"values": [{"index": 1, "colour": "red"}]},
        {"valuation": "EXW"},
        {"decimal": "'"},
    ],
)
def test_a_wrong_item_is_refused_by_name(plain: dict[str, object]) -> None:
    """A mapping with an unknown item or an impossible value is refused with what it may be."""
    with pytest.raises(InvalidTerm):
        TableMapping.from_dict(plain)


def test_a_scale_is_a_whole_number_in_toml() -> None:
    """A million is written as 1000000 and not as text."""
    assert TableMapping(scale=Decimal("1E+6")).to_dict() == {"scale": 1000000}


@pytest.mark.parametrize(
    ("line", "producer", "title", "vintage"),
    [
        (
            "Source: Kenya National Bureau of Statistics, Economic Survey, 2017",
            "Kenya National Bureau of Statistics",
            "Economic Survey",
            "2017",
        ),
        (
            '"Trade by Country", Nairobi: Revenue Authority, 2015-16.',
            "Revenue Authority",
            "Trade by Country",
            "2015-16",
        ),
        ("Source: UN Comtrade, accessed 2018", "United Nations Statistics Division", "", "2018"),
        (
            "Source: IMF, *Direction of Trade Statistics*, 2016",
            "International Monetary Fund",
            "Direction of Trade Statistics",
            "2016",
        ),
        ("Source: Board of Trade, Nairobi, Trade by Country, 2017", "Board of Trade", "Trade by Country", "2017"),
        (
            "Source: Revenue Authority of 1 Town. Years run from July.",
            "Revenue Authority of 1 Town. Years run from July",
            "",
            "",
        ),
        ("", "", "", ""),
    ],
)
def test_source_lines(line: str, producer: str, title: str, vintage: str) -> None:
    """A source line names its publisher, title and edition; the line itself stays the citation."""
    source = parse_source(line)
    assert (source.producer, source.title, source.vintage) == (producer, title, vintage)
    assert source.citation in line


def test_a_source_lines_address_is_kept_apart() -> None:
    """The address in a source line is the source's URL."""
    assert parse_source("Source: Eurostat, https://ec.europa.eu/eurostat.").url == "https://ec.europa.eu/eurostat"
