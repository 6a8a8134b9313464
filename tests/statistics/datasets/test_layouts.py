"""Each layout reads the form that its publisher gives out: states, periods, units, what is reported and what derived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from comity.statistics import Shelved, dyad_figures
from comity.terms import Dyad, Observation, Precision, Status, Valuation
from tests.statistics.datasets.conftest import is_whole, reasons

Shelve = Callable[..., Shelved]
DYAD = Dyad("PAK", "JPN")

WITS = """Nomenclature;ReporterISO3;ProductCode;ReporterName;PartnerISO3;PartnerName;Year;TradeFlowName;TradeFlowCode;TradeValue in 1000 USD
H3;JPN; Total;Japan;PAK;Pakistan;2011;Export;6;1500.25
H3;JPN; Total;Japan;PAK;Pakistan;2011;Import;5;.067
H3;PAK; Total;Pakistan;WLD; World;2011;Export;6;900
H3;JPN;0901;Japan;PAK;Pakistan;2011;Import;5;12.5
"""


def only(found: list[Observation]) -> Observation:
    """Return the one observation that there is."""
    assert len(found) == 1
    return found[0]


def test_wits_gives_both_flows_the_world_and_products(put: Shelve) -> None:
    """A WITS query gives exports free on board, imports with freight, the world's total and single products."""
    shelf = put(WITS)
    found = dyad_figures([shelf], DYAD)
    assert is_whole(shelf) and shelf.problems == ()
    told = [(one.series.reporter, one.series.partner, one.series.indicator, one.series.product) for one in found]
    assert told == [
        ("JPN", "PAK", "exports", ""),
        ("JPN", "PAK", "imports", ""),
        ("PAK", "WLD", "exports", ""),
        ("JPN", "PAK", "imports", "HS:0901"),
    ]
    assert [one.series.valuation for one in found] == [Valuation.FOB, Valuation.CIF, Valuation.FOB, Valuation.CIF]
    assert [one.quantity.value for one in found] == [1_500_250, 67, 900_000, 12_500]
    assert found[1].quantity.text == ".067"


def test_a_figure_names_its_file_its_cell_and_its_source(put: Shelve) -> None:
    """Row and column are those of the file, from 0 with the header's row as 0, and the source is cited."""
    shelf = put(WITS)
    first = dyad_figures([shelf], DYAD)[0]
    place = first.provenance
    assert (place.row, place.column, place.digest) == (1, 9, shelf.digest)
    assert place.document_id == shelf.document_id == f"doc-{shelf.digest[:16]}"
    assert place.source.producer and place.source.licence and place.source.citation and place.source.url
    assert first.period.precision is Precision.YEAR and first.period.first_year == 2011


def test_the_imf_says_what_is_reported_and_what_derived(put: Shelve) -> None:
    """A position that only the counterparts reported is derived; each figure has its own scale; empty is missing."""
    shelf = put(
        '\ufeff"COUNTRY.ID","COUNTRY","DV_TYPE.ID","DV_TYPE","INDICATOR.ID","INDICATOR","COUNTERPART_COUNTRY.ID",'
        '"COUNTERPART_COUNTRY","FREQUENCY.ID","FREQUENCY","TIME_PERIOD","OBS_VALUE","SCALE.ID","SCALE"\n'
        '"JPN","Japan","O","Reported","OTWD_D_NETAL_FALL_ALL","Outward, Net","PAK","Pakistan","A","Annual","2019","","",""\n'
        '"JPN","Japan","SCC","Derived","OTWD_D_NETAL_FALL_ALL","Outward, Net","PAK","Pakistan","A","Annual","2019","-4.5","6","M"\n'
        '"JPN","Japan","O","Reported","OTWD_D_NETAL_FALL_ALL","Outward, Net","G001","World","A","Annual","2019","0","0","U"\n'
        '"JPN","Japan","O","Reported","OTWD_D_NETAL_FALL_ALL","Outward, Net","PAK","Pakistan","A","Annual","2020","7","",""\n'
    )
    derived, world = dyad_figures([shelf], DYAD)
    assert (derived.status, derived.quantity.value, derived.series.indicator) == (
        Status.DERIVED,
        Decimal("-4500000"),
        "fdi-outward-stock",
    )
    assert (world.series.partner, world.quantity.value) == ("WLD", 0)
    assert shelf.missing == 1
    assert reasons(shelf) == {"scale": 1}
    assert is_whole(shelf)


def test_a_file_of_the_imf_without_scales_is_held_against_its_totals(put: Shelve) -> None:
    """Where the column of scales is missing, a pair far above the state's own total is refused, all its years."""
    head = "COUNTRY.ID,DV_TYPE.ID,INDICATOR.ID,COUNTERPART_COUNTRY.ID,TIME_PERIOD,OBS_VALUE\n"
    row = "{},O,INWD_D_NETLA_FALL_ALL,{},{},{}\n"
    rows = [("CHN", "G001", 2019, 1000), ("CHN", "JPN", 2019, 600), ("CHN", "KOR", 2019, 600_000_000)]
    rows += [("CHN", "G001", 2020, 1100), ("CHN", "KOR", 2020, 700), ("USA", "JPN", 2020, 5)]
    shelf = put(head + "".join(row.format(*one) for one in rows))
    assert reasons(shelf) == {"doubtful": 3}
    kept = only([one for one in dyad_figures([shelf], Dyad("CHN", "JPN")) if one.series.partner == "JPN"])
    assert kept.quantity.value == 600_000_000
    assert "names no scale" in kept.remark


def test_cow_trade_takes_each_flow_once(put: Shelve) -> None:
    """A pair that stands twice gives each flow once: imports of the first state from the second, in US$ million."""
    shelf = put("ccode1,ccode2,year,flow1,flow2\n740,770,2001,12.5,30\n770,740,2001,30,12.5\n740,770,2002,-9,0\n")
    found = dyad_figures([shelf], DYAD)
    told = [(one.series.reporter, one.series.indicator, one.quantity.value, one.provenance.row) for one in found]
    assert told == [
        ("JPN", "imports", 12_500_000, 1),
        ("PAK", "imports", 30_000_000, 1),
        ("PAK", "imports", 0, 3),
    ]
    assert (shelf.repeated, shelf.missing) == (2, 1)
    assert is_whole(shelf)


def test_a_spell_of_contiguity_follows_the_states(put: Shelve) -> None:
    """A spell under one number passes from the Soviet Union to Russia, each part with its own years."""
    shelf = put("ccode1,ccode2,conttype,stdate,enddate\n365,710,1,1950-01-01,2016-12-01\n")
    first = only(dyad_figures([shelf], Dyad("SUN", "CHN")))
    second = only(dyad_figures([shelf], Dyad("RUS", "CHN")))
    assert (first.period.start, first.period.end) == (date(1950, 1, 1), date(1991, 12, 31))
    assert (second.period.start, second.period.end) == (date(1992, 1, 1), date(2016, 12, 31))
    assert (shelf.figures, shelf.split) == (2, 1)
    assert is_whole(shelf)


def test_distances_hold_at_all_times(put: Shelve) -> None:
    """GeoDist's distances have no year: they are known since the data set's, and their end is open."""
    shelf = put(
        "iso_o;iso_d;contig;comlang_off;comlang_ethno;colony;comcol;curcol;col45;smctry;dist;distcap;distw;distwces\r\n"
        "PAK;JPN;0;0;0;0;0;0;0;0;5980,15;5980,15;6211,289;6171,059\r\n"
    )
    distances = {one.series.indicator: one for one in dyad_figures([shelf], DYAD)}
    assert shelf.decimal == ","
    assert distances["distance"].quantity.value == Decimal("5980.15")
    assert distances["distance"].series.unit == "kilometre"
    assert distances["distance"].period.end is None


def test_the_oecds_margin_is_a_percentage_that_was_imputed(put: Shelve) -> None:
    """An ITIC margin is a percentage of imports with its way of estimation; a former state is no state."""
    head = (
        "REF_AREA,COUNTERPART_AREA,MEASURE,COMM_HS2017,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,"
        "METHODOLOGY_TYPE,Methodology type\n"
    )
    shelf = put(
        head
        + "JPN,PAK,C_F,_T,PT_IM_CIF,2015,7.9,I,AG,Aggregation\nJPN,SCG_F,C_F,_T,PT_IM_CIF,2015,7.9,I,AG,Aggregation\n"
    )
    margin = only(dyad_figures([shelf], DYAD))
    assert (margin.status, margin.series.unit, margin.quantity.value) == (Status.IMPUTED, "percent", Decimal("7.9"))
    assert margin.remark == "Methodology type Aggregation"
    assert reasons(shelf) == {"group": 1}


def test_the_world_bank_has_years_in_columns_below_a_preamble(put: Shelve) -> None:
    """A World Bank download has four lines above its headers and a year a column; other indicators are left out."""
    shelf = put(
        '"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-01-01",\n\n'
        '"Country Name","Country Code","Indicator Name","Indicator Code","2019","2020",\n'
        '"Pakistan","PAK","GDP (current US$)","NY.GDP.MKTP.CD","320","300.5",\n'
        '"Arab World","ARB","GDP (current US$)","NY.GDP.MKTP.CD","2","",\n'
        '"Pakistan","PAK","Forest area","AG.LND.FRST.K2","1","2",\n',
        name="API_NY.csv",
    )
    found = dyad_figures([shelf], DYAD)
    assert [(one.period.first_year, one.quantity.value, one.series.partner) for one in found] == [
        (2019, 320, ""),
        (2020, Decimal("300.5"), ""),
    ]
    assert [one.provenance.row for one in found] == [1, 1]
    assert reasons(shelf) == {"group": 1, "choice": 2}
    assert is_whole(shelf)


def test_comtrade_leaves_out_the_parts_of_a_figure(put: Shelve) -> None:
    """A trade by sea is a part of the trade by all means, and a month is a month."""
    shelf = put(
        "typeCode,period,reporterISO,partnerISO,flowCode,cmdCode,customsCode,motCode,primaryValue\n"
        "C,202403,JPN,PAK,X,TOTAL,C00,0,1000\nC,202403,JPN,PAK,X,TOTAL,C00,2100,400\nC,2024,JPN,W00,M,TOTAL,C00,0,5000\n"
        "C,2024,JPN,PAK,RX,TOTAL,C00,0,7\n"
    )
    month, year = dyad_figures([shelf], DYAD)
    assert (month.period.precision, month.period.start) == (Precision.MONTH, date(2024, 3, 1))
    assert (year.series.partner, year.series.indicator) == ("WLD", "imports")
    assert reasons(shelf) == {"part": 1, "choice": 1}


def test_koreas_totals_stand_once(put: Shelve) -> None:
    """Kdiplo repeats Korea's totals in each partner's row; they are taken once, and the two sources stay apart."""
    head = (
        "iso3c,country,year,export,import,total_export,total_import,export_kosis,import_kosis,export_cow,import_cow\n"
    )
    shelf = put(head + "PAK,Pakistan,1999,5,6,100,90,5,6,NA,NA\nJPN,Japan,1999,7,8,100,90,NA,NA,7,8\n")
    found = dyad_figures([shelf], Dyad("KOR", "PAK"))
    assert {(one.series.partner, one.series.indicator, int(one.quantity.value)) for one in found} == {
        ("PAK", "exports", 5),
        ("PAK", "imports", 6),
        ("WLD", "exports", 100),
        ("WLD", "imports", 90),
    }
    assert {one.status for one in dyad_figures([shelf], Dyad("KOR", "JPN")) if one.series.partner == "JPN"} == {
        Status.DERIVED
    }
    assert shelf.repeated == 2


_RATE = "Official exchange rate (LCU per US$, period average)"


@pytest.mark.parametrize("layout", ["page", "bulk", "databank", "service"])
def test_the_world_banks_rates_are_of_the_states_currency_where_it_is_sure(put: Shelve, layout: str) -> None:
    """LCU per US$ is rupees or yen, marked as taken so; before the euro, and where several are tender, it stays LCU."""
    states = {"JPN": "108.7929", "PAK": "104.769117", "ZWE": "1.5"}
    if layout == "service":
        text = "indicator.id,countryiso3code,date,value\n" + "".join(
            f"PA.NUS.FCRF,{code},2016,{figure}\n" for code, figure in states.items()
        )
    else:
        name, year = ("Series", "2016 [YR2016]") if layout == "databank" else ("Indicator", "2016")
        text = '"Data Source","World Development Indicators",\n\n' if layout == "page" else ""
        text += f'"Country Name","Country Code","{name} Name","{name} Code","{year}"\n' + "".join(
            f'"{code}","{code}","{_RATE}","PA.NUS.FCRF","{figure}"\n' for code, figure in states.items()
        )
    shelf = put(text, name="rates.csv")
    assert is_whole(shelf)
    found = {one.series.reporter: one for one in dyad_figures([shelf], DYAD)}
    assert {code: one.series.unit for code, one in found.items()} == {"JPN": "JPY per USD", "PAK": "PKR per USD"}
    assert {one.series.indicator for one in found.values()} == {"exchange-rate"}
    assert found["PAK"].remark == "LCU per USD: the local currency is taken for PKR"
    assert found["JPN"].quantity.value == Decimal("108.7929")
    (zimbabwe,) = dyad_figures([shelf], Dyad("ZWE", "ZMB"))
    assert (zimbabwe.series.unit, zimbabwe.remark) == ("LCU per USD", "")


def test_a_rate_of_before_the_euro_keeps_its_publishers_unit(put: Shelve) -> None:
    """Germany's rate of 1998 is in marks, which no column says: it stays in local currency units, those of 1999 on in euros."""
    shelf = put(
        "Country Name,Country Code,Indicator Name,Indicator Code,1998,1999\n"
        f'Germany,DEU,"{_RATE}",PA.NUS.FCRF,1.7597,0.9386\n'
    )
    before, since = dyad_figures([shelf], Dyad("DEU", "FRA"))
    assert (before.series.unit, since.series.unit) == ("LCU per USD", "EUR per USD")


def test_price_indices_of_the_world_bank_come_with_those_of_the_dollar(put: Shelve) -> None:
    """Deflators name no base year, consumer prices 2010; those of the United States come along, its output does not."""
    rows = [
        ("PAK", "NY.GDP.DEFL.ZS", "180.5"),
        ("PAK", "NY.GDP.DEFL.ZS.AD", "181.5"),
        ("JPN", "FP.CPI.TOTL", "103.5"),
        ("USA", "NY.GDP.DEFL.ZS", "105.7"),
        ("USA", "NY.GDP.MKTP.CD", "18e12"),
        ("IND", "NY.GDP.DEFL.ZS", "125.0"),
    ]
    shelf = put(
        "Country Name,Country Code,Indicator Name,Indicator Code,2016\n"
        + "".join(f"{code},{code},name,{indicator},{figure}\n" for code, indicator, figure in rows)
    )
    found = [one.series for one in dyad_figures([shelf], DYAD)]
    assert sorted((one.reporter, one.indicator, one.product, one.base_year, one.unit) for one in found) == [
        ("JPN", "price-index", "Consumer prices", 2010, "index"),
        ("PAK", "price-index", "GDP deflator", None, "index"),
        ("PAK", "price-index", "GDP deflator, linked series", None, "index"),
        ("USA", "price-index", "GDP deflator", None, "index"),
    ]
