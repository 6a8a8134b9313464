"""Balance, shares and totals of trade, with what the printed digits allow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import export_shares, measures_of, mirror, total_trade, trade_balance
from comity.terms import Dyad, Observation, Period, Source, Status

from .conftest import SURVEY, observations

DYAD = Dyad("BRA", "ARG")
OUT = {2014: "389", 2015: "431.5"}
BACK = {2014: "1860", 2015: "1561"}


def account(out: Mapping[int, str], back: Mapping[int, str], scale: int = 1_000_000) -> tuple[Observation, ...]:
    """Return Brazil's exports to and imports from Argentina."""
    return observations("exports", out, scale=scale) + observations("imports", back, scale=scale)


def test_a_line_with_a_gap_says_how_many_years_it_has() -> None:
    """A sum over years of which some are missing is none over the whole span, and a low that is reached again is told."""
    out = {2000: "0", 2001: "0", 2014: "10", 2015: "20"}
    held = account(out, dict.fromkeys(out, "0"))
    balance, whole = trade_balance(DYAD, held), total_trade(DYAD, held)
    assert "over 4 years of 2000-2015 its balance sums to US$ 30 million" in balance.summary
    assert (
        "over 4 years of 2000-2015 it lay between US$ 0 (2000 and 1 other year) and US$ 20 million (2015)"
        in whole.summary
    )
    assert all("No figure for 2002-2013." in one.caveats for one in (balance, whole))


def test_a_share_of_small_figures_says_what_rounding_leaves_open() -> None:
    """One million and none, each rounded, are any share from a half up; of large figures nothing is added."""
    shares = export_shares(DYAD, account({1889: "1", 1914: "500"}, {1889: "0", 1914: "1500"}))
    assert ", after 100.0 per cent in 1889 (50.0 to 100.0 per cent by the printed digits)." in shares.summary
    assert export_shares(DYAD, account(OUT, BACK)).summary.endswith("in 2014.")


def test_the_balance_of_each_year_and_their_sum() -> None:
    """Exports less imports, per year and cumulated, from both figures and no others."""
    held = account(OUT, BACK)
    measure = trade_balance(DYAD, held)
    assert measure.value == -1129.5e6
    assert measure.unit == "USD"
    balance = {point.label: point.value for point in measure.points if point.group == "balance"}
    cumulated = {point.label: point.value for point in measure.points if point.group == "cumulated"}
    assert balance == {"2014": -1471e6, "2015": -1129.5e6}
    assert cumulated == {"2014": -1471e6, "2015": -2600.5e6}
    assert set(measure.inputs) == {one.id for one in held}
    assert measure.interval is not None
    assert round(measure.interval.low) == -1_130_050_000
    assert round(measure.interval.high) == -1_128_950_000
    assert "deficit" in measure.summary


_figures = st.decimals("0", "99999", allow_nan=False, allow_infinity=False, places=1).map(str)
_years = st.dictionaries(st.integers(1990, 1999), _figures, min_size=1, max_size=6)


@given(_years, _years)
def test_the_balance_is_antisymmetric(out: dict[int, str], back: dict[int, str]) -> None:
    """What one side has too much the other has too little."""
    held = account(out, back)
    one, other = trade_balance(DYAD, held), trade_balance(Dyad("ARG", "BRA"), held)
    if one.value is None:
        assert other.value is None
        assert not out.keys() & back.keys()
    else:
        assert other.value is not None
        assert one.value == -other.value
        assert one.interval is not None and other.interval is not None
        assert (one.interval.low, one.interval.high) == (-other.interval.high, -other.interval.low)


@given(_years, _years)
def test_shares_sum_to_one_hundred(out: dict[int, str], back: dict[int, str]) -> None:
    """The two sides' shares of a year make the whole."""
    measure = export_shares(DYAD, account(out, back))
    by_year: dict[str, float] = {}
    for point in measure.points:
        by_year[point.label] = by_year.get(point.label, 0.0) + point.value
    assert all(abs(share - 100) < 1e-9 for share in by_year.values())


@given(_years, _years, st.integers(1, 9))
def test_shares_do_not_depend_on_the_unit(out: dict[int, str], back: dict[int, str], power: int) -> None:
    """The same figures in thousands or billions give the same shares."""
    one = export_shares(DYAD, account(out, back, 1))
    other = export_shares(DYAD, account(out, back, 10**power))
    assert [(point.label, point.group) for point in one.points] == [
        (point.label, point.group) for point in other.points
    ]
    assert all(abs(a.value - b.value) < 1e-9 for a, b in zip(one.points, other.points, strict=True))


@given(
    st.fractions(Fraction(0), Fraction(5000), max_denominator=997),
    st.fractions(Fraction(0), Fraction(5000), max_denominator=997),
)
def test_the_printed_interval_holds_the_exact_result(out: Fraction, back: Fraction) -> None:
    """Round two true values, compute with the rounded ones: the interval holds what the true ones give."""
    printed_out, printed_back = (str(Decimal(round(one * 10)) / 10) for one in (out, back))
    held = account({2000: printed_out}, {2000: printed_back}, 1)
    for measure, exact in (
        (trade_balance(DYAD, held), out - back),
        (total_trade(DYAD, held), out + back),
        (export_shares(DYAD, held), 100 * out / (out + back) if out + back else None),
    ):
        if measure.value is None or exact is None:
            continue
        assert measure.interval is not None
        assert Fraction(measure.interval.low) <= exact <= Fraction(measure.interval.high)


@given(_years, _years, st.randoms())
def test_the_order_of_observations_makes_no_difference(
    out: dict[int, str], back: dict[int, str], order: object
) -> None:
    """The same figures in another order give the same measures, ids included."""
    held = list(account(out, back))
    shuffled = list(held)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert trade_balance(DYAD, held) == trade_balance(DYAD, shuffled)
    assert total_trade(DYAD, held) == total_trade(DYAD, shuffled)


def test_the_total_is_the_sum_and_a_source_that_sums_otherwise_is_told() -> None:
    """The directions' sum is used; a printed total that rounding cannot explain is a caveat."""
    totals = observations("total-trade", {2014: "2249", 2015: "2500"})
    measure = total_trade(DYAD, account(OUT, BACK) + totals)
    assert measure.value == 1992.5e6
    assert sum("as the total of 2015" in caveat for caveat in measure.caveats) == 1
    assert not any("as the total of 2014" in caveat for caveat in measure.caveats)
    alone = total_trade(DYAD, totals)
    assert alone.value == 2500e6


def test_a_flow_reported_by_both_sides_is_told_where_they_differ() -> None:
    """Of two accounts the longer is used for both directions, and the other's disagreement is named."""
    other = Source(producer="Other Office", title="Bulletin", citation="Other Office, Bulletin")
    mirror = observations("imports", {2015: "500"}, reporter="ARG", partner="BRA", source=other)
    mirror += observations("exports", {2015: "1561"}, reporter="ARG", partner="BRA", source=other)
    measure = trade_balance(DYAD, account(OUT, BACK) + mirror)
    assert measure.value == -1129.5e6
    assert any("Other Office" in caveat and "US$ 500 million against" in caveat for caveat in measure.caveats)
    assert any("agrees in the one common year" in caveat for caveat in measure.caveats)
    assert not set(measure.inputs) & {one.id for one in mirror}


def test_a_file_that_names_no_source_comes_behind_one_that_does() -> None:
    """A table of an office is used before a longer file that says nothing of where it comes from, and the choice is told."""
    file = Source(title="trade.csv", citation="trade.csv")
    longer = {year: str(500 + year - 2000) for year in range(2008, 2019)}
    unnamed = observations("exports", longer, source=file) + observations("imports", longer, source=file)
    measure = trade_balance(DYAD, account(OUT, BACK) + unnamed)
    assert measure.value == -1129.5e6
    assert not set(measure.inputs) & {one.id for one in unnamed}
    (told,) = {caveat for caveat in measure.caveats if "names no source" in caveat}
    assert "trade.csv" in told and "2 years against its 11" in told
    # Where there is no other, the file is used, and nothing is said of a choice.
    alone = trade_balance(DYAD, unnamed)
    assert alone.value == 0 and not any("names no source" in caveat for caveat in alone.caveats)


def test_copies_of_one_source_that_disagree_are_left_out_and_told() -> None:
    """Two documents that quote one source with different figures give no figure for that year."""
    copy = observations("exports", {2014: "398", 2015: "431.5"}, document="doc-2")
    measure = trade_balance(DYAD, account(OUT, BACK) + copy)
    assert [point.label for point in measure.points if point.group == "balance"] == ["2015"]
    assert any("389 and 398" in caveat for caveat in measure.caveats)
    agreeing = observations("exports", OUT, document="doc-2")
    both = trade_balance(DYAD, account(OUT, BACK) + agreeing)
    assert both.value == trade_balance(DYAD, account(OUT, BACK)).value
    assert {one.id for one in agreeing} < set(both.inputs)


def test_one_direction_alone_gives_no_balance() -> None:
    """Without the other direction the measure says why it has no value."""
    for measure in (trade_balance(DYAD, observations("exports", OUT)), trade_balance(DYAD, ())):
        assert measure.value is None
        assert "both directions" in measure.summary


def test_other_dyads_do_not_enter() -> None:
    """Figures on other pairs change nothing."""
    foreign = observations("exports", OUT, reporter="FRA", partner="IND")
    assert trade_balance(DYAD, account(OUT, BACK) + foreign) == trade_balance(DYAD, account(OUT, BACK))


def test_all_measures_of_a_dyad_have_unique_keys_and_name_their_inputs() -> None:
    """The panel holds every measure once, and each that has a value rests on inputs that are there."""
    held = (
        account(OUT, BACK)
        + observations("fdi-inflow", {2014: "5"})
        + observations("students", {2014: "100"}, unit="count", scale=1)
    )
    panel = measures_of(DYAD, (), held)
    keys = [measure.key for measure in panel]
    assert len(keys) == len(set(keys))
    assert {
        "trade-balance",
        "export-shares",
        "total-trade",
        "growth-exports-BRA",
        "direction-fdi-ARG",
        "level-students-BRA",
        "coverage",
    } <= set(keys)
    ids = {one.id for one in held}
    assert all(set(measure.inputs) <= ids for measure in panel)
    assert all(measure.summary.endswith(".") and measure.method for measure in panel)
    assert all(measure.value is None for measure in measures_of(DYAD, (), ()))


def test_one_product_is_not_taken_for_all() -> None:
    """A series of one product, however many years it has, is no account of the trade in goods."""
    coffee = observations("exports", dict.fromkeys(range(2000, 2018), "1"), product="HS2017:0901")
    assert trade_balance(DYAD, account(OUT, BACK) + coffee) == trade_balance(DYAD, account(OUT, BACK))
    assert mirror(DYAD, [*account(OUT, BACK), *coffee]) == mirror(DYAD, account(OUT, BACK))


def test_monthly_figures_are_not_taken_for_years() -> None:
    """A month's figure is no year's and does not enter the yearly measures."""
    monthly = [
        type(one)(one.id, one.series, Period.of_month(2015, 1), one.quantity, one.provenance)
        for one in account(OUT, BACK)
    ]
    assert trade_balance(DYAD, monthly).value is None
    assert SURVEY.citation


@pytest.mark.parametrize("figure", ["1e24", "999999999999999999999999", "0"])
def test_amounts_of_any_size_can_be_said(figure: str) -> None:
    """A slip of twenty digits too many, and nothing but zeros, give sentences and no error."""
    years = dict.fromkeys(range(2000, 2018), figure)
    panel = measures_of(DYAD, (), account(years, years))
    assert all(measure.summary.endswith(".") for measure in panel)


def test_a_single_year_is_no_line_beside_a_longer_one() -> None:
    """A report of one year goes behind derived figures of many, and is told beside them; two years of reports go before."""
    derived = [
        replace(one, status=Status.DERIVED)
        for one in account(dict.fromkeys(range(2000, 2010), "5"), dict.fromkeys(range(2000, 2010), "3"))
    ]
    other = Source(producer="Customs", title="Returns", citation="Customs, Returns, 2012")

    def reported(years: range) -> list[Observation]:
        return [
            *observations("exports", dict.fromkeys(years, "9"), source=other, document="doc-2"),
            *observations("imports", dict.fromkeys(years, "4"), source=other, document="doc-2"),
        ]

    alone, longer = (
        trade_balance(DYAD, [*derived, *reported(years)]) for years in (range(2009, 2010), range(2008, 2010))
    )
    assert len({point.label for point in alone.points}) == 10 and "Customs, Returns" in " ".join(alone.caveats)
    assert len({point.label for point in longer.points}) == 2


def test_what_a_source_derived_is_no_copy_of_what_it_reports() -> None:
    """Where a source gives a year's figure as reported and as derived too, the line is the reported one, and the other is named."""
    reported = observations("fdi-inward-stock", {2019: "104", 2020: "118"})
    derived = tuple(
        replace(one, status=Status.DERIVED)
        for one in observations("fdi-inward-stock", {2019: "51", 2020: "63"}, document="doc-2")
    )
    by_key = {one.key: one for one in measures_of(DYAD, (), reported + derived)}
    level = by_key["level-fdi-inward-stock-BRA"]
    assert level.value == 111e6 and level.title.endswith("by Brazil's account")
    assert any("not as reported" in caveat and "disagrees in 2 of 2" in caveat for caveat in level.caveats)
    alone = {one.key: one for one in measures_of(DYAD, (), derived)}["level-fdi-inward-stock-BRA"]
    assert alone.title.endswith("as derived for Brazil")
    assert not any("Brazil's account" in caveat for caveat in alone.caveats)
    assert any(caveat.startswith("All figures are derived by the source") for caveat in alone.caveats)


def test_the_years_that_a_source_imputed_are_named() -> None:
    """Of a line that is reported but for one year, that year is told."""
    out, back = account(OUT, BACK)[:2], account(OUT, BACK)[2:]
    measure = trade_balance(DYAD, (out[0], replace(out[1], status=Status.IMPUTED), *back))
    assert "The figures of 2015 are imputed by the source, not as a state reported them." in measure.caveats


def test_names_with_an_article_have_it_and_sentences_a_capital() -> None:
    """Every measure of the United States and the United Kingdom names them as English does, and begins with a capital."""
    held = observations("exports", OUT, reporter="USA", partner="GBR") + observations(
        "imports", BACK, reporter="USA", partner="GBR"
    )
    held += observations("fdi-inward-stock", OUT, reporter="USA", partner="GBR")
    held += observations("fdi-outward-stock", OUT, reporter="GBR", partner="USA", source=Source("Bank", "Positions"))
    for one in measures_of(Dyad("USA", "GBR"), (), held):
        texts = (one.title, one.summary, *one.caveats)
        assert not [text for text in texts if re.search(r"(?<![Tt]he )United (?:States|Kingdom)", text)]
        assert not [text for text in texts if re.match(r"[a-z]", text)]
