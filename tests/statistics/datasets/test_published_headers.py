"""Small files of our own figures under the headers that publishers' files bear, word for word as they were met."""

from __future__ import annotations

from decimal import Decimal

import pytest

from comity.statistics import dyad_figures
from comity.terms import Dyad, Status, Valuation
from tests.statistics.datasets.conftest import is_whole, reasons
from tests.statistics.datasets.test_layouts import DYAD, Shelve, only

COMTRADE = (
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,"
    "partnerCode,partnerISO,partnerDesc,partner2Code,partner2ISO,partner2Desc,classificationCode,"
    "classificationSearchCode,isOriginalClassification,cmdCode,cmdDesc,aggrLevel,isLeaf,customsCode,customsDesc,mosCode,"
    "motCode,motDesc,qtyUnitCode,qtyUnitAbbr,qty,isQtyEstimated,altQtyUnitCode,altQtyUnitAbbr,altQty,isAltQtyEstimated,"
    "netWgt,isNetWgtEstimated,grossWgt,isGrossWgtEstimated,cifvalue,fobvalue,primaryValue,legacyEstimationFlag,"
    "isReported,isAggregate\n"
)


def comtrade(product: str, classification: str, value: str) -> str:
    """Return a row as the site writes it: all in quotation marks, with a comma behind the last cell."""
    cells = (
        f"C A 20220101 2022 52 2022 392 JPN Japan M Import 586 PAK Pakistan 0 W00 World {classification} HS true {product} "
        "Goods 0 false C00 TOTAL 0 0 TOTAL -1 N/A 0 false -1 N/A 0 false 0 true 0 false"
    ).split()
    return ",".join(f'"{cell}"' for cell in [*cells, value, "", value, "4", "false", "true"]) + ",\n"


def test_a_download_of_comtrade_ends_its_rows_with_a_comma(put: Shelve) -> None:
    """The site's rows have one comma more than its headers, and are read all the same."""
    shelf = put(COMTRADE + comtrade("TOTAL", "H6", "1234567") + comtrade("09", "H6", "89"))
    found = {one.series.product: one for one in dyad_figures([shelf], DYAD)}
    assert {product: int(one.quantity.value) for product, one in found.items()} == {"": 1_234_567, "HS:09": 89}
    assert found[""].series.valuation is Valuation.CIF
    assert is_whole(shelf) and shelf.problems == ()


def test_another_classification_is_not_taken_for_the_harmonized_system(put: Shelve) -> None:
    """Division 09 of the SITC is no chapter 09 of the Harmonized System."""
    shelf = put(COMTRADE + comtrade("09", "S4", "89") + comtrade("09", "H6", "5"))
    assert int(only(dyad_figures([shelf], DYAD)).quantity.value) == 5
    assert reasons(shelf) == {"part": 1}


def test_comtrade_before_2023(put: Shelve) -> None:
    """The former site's long download has ISO codes, and no code at all for Other Asia; re-exports are left out."""
    head = (
        "Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,Trade Flow,Reporter Code,"
        "Reporter,Reporter ISO,Partner Code,Partner,Partner ISO,2nd Partner Code,2nd Partner,2nd Partner ISO,"
        "Customs Proc. Code,Customs,Mode of Transport Code,Mode of Transport,Commodity Code,Commodity,Qty Unit Code,"
        "Qty Unit,Qty,Alt Qty Unit Code,Alt Qty Unit,Alt Qty,Netweight (kg),Gross weight (kg),Trade Value (US$),"
        "CIF Trade Value (US$),FOB Trade Value (US$),Flag\n"
    )
    row = 'H5,2017,2017,2017,0,0,{},Flow,392,Japan,JPN,{},,,,,,,,TOTAL,"All, of it",1,,,,,,,,{},,,0\n'
    rows = [(1, "586,Pakistan,PAK", 30), (2, "0,World,WLD", 400), (3, "586,Pakistan,PAK", 5)]
    rows += [(1, '490,"Other Asia, nes",', 6)]
    shelf = put(head + "".join(row.format(*one) for one in rows))
    pair, world = dyad_figures([shelf], DYAD)
    assert (pair.series.indicator, pair.quantity.value, pair.period.first_year) == ("imports", 30, 2017)
    assert (world.series.partner, world.series.indicator, world.quantity.value) == ("WLD", "exports", 400)
    assert reasons(shelf) == {"choice": 1, "empty": 1}
    assert is_whole(shelf)


def test_the_short_download_of_comtrade_names_states_in_words(put: Shelve) -> None:
    """Without ISO codes the names count, and a territory's name is none of a state."""
    head = (
        "Classification,Year,Trade Flow Code,Trade Flow,Reporter Code,Reporter,Partner Code,Partner,Commodity Code,"
        "Commodity,Trade Value (US$),Flag\n"
    )
    shelf = put(
        head
        + "H5,2017,2,Export,392,Japan,586,Pakistan,TOTAL,All,30,0\n"
        + "H5,2017,2,Export,392,Japan,238,Falkland Islands (Malvinas),TOTAL,All,4,0\n"
    )
    assert only(dyad_figures([shelf], DYAD)).quantity.value == 30
    assert reasons(shelf) == {"territory": 1}


IMTS = (
    "DATAFLOW,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE,PRECISION,DECIMALS_DISPLAYED,"
    "TRADE_FLOW,VALUATION,UNIT,DERIVATION_TYPE,OVERLAP,STATUS,DOI\n"
)


def test_the_imfs_service_gives_whole_dollars_at_scale_6(put: Shelve) -> None:
    """SCALE says millions and the figure is in dollars; the kind of a figure is read; the row without a period is missing."""
    row = "IMF.STA:IMTS(1.0.0),{},{},{},{},{},{},6,,,XG,FOB,USD,{},OL,,\n"
    rows = [("JPN", "XG_FOB_USD", "PAK", "A", "2024", "1500250000.25", "M")]
    rows += [
        ("JPN", "MG_CIF_USD", "PAK", "M", "2024-M03", "7", "SE"),
        ("JPN", "MG_CIF_USD", "G001", "Q", "2024-Q1", "9", "SC"),
    ]
    rows += [("JPN", "TBG_USD", "PAK", "A", "2024", "1", "M"), ("", "MG_FOB_USD", "", "", "", "", "")]
    shelf = put(IMTS + "".join(row.format(*one) for one in rows))
    found = {one.status: one for one in dyad_figures([shelf], DYAD)}
    year, month, quarter = found[Status.REPORTED], found[Status.IMPUTED], found[Status.DERIVED]
    assert (year.quantity.value, year.remark) == (Decimal("1500250000.25"), "DERIVATION_TYPE M")
    assert (month.period.label, quarter.period.label) == ("March 2024", "Q1 2024")
    assert (shelf.missing, reasons(shelf)) == (1, {"choice": 1})
    assert is_whole(shelf)


def test_the_imfs_portal_gives_series_with_years_in_columns(put: Shelve) -> None:
    """A series a row: names instead of codes, a scale in words, and months beside the years, which are not read."""
    shelf = put(
        '"DATASET","SERIES_CODE","OBS_MEASURE","COUNTRY","INDICATOR","COUNTERPART_COUNTRY","FREQUENCY","SCALE","UNIT",'
        '"2019","2020","2020-M01"\n'
        '"IMF.STA:IMTS(1.0.0)","KOR.XG_FOB_USD.CHN.A","OBS_VALUE","Korea, Republic of",'
        '"Exports of goods, Free on board (FOB), US dollar","China, People\'s Republic of","Annual","Millions","US dollar",'
        '"136.25","132.5",""\n'
        '"IMF.STA:IMTS(1.0.0)","KOR.XG_FOB_USD.G163.A","OBS_VALUE","Korea, Republic of",'
        '"Exports of goods, Free on board (FOB), US dollar","Euro Area (EA)","Annual","Millions","US dollar","1","2",""\n'
        '"IMF.STA:IMTS(1.0.0)","KOR.XG_FOB_USD.CHN.M","OBS_VALUE","Korea, Republic of",'
        '"Exports of goods, Free on board (FOB), US dollar","China, People\'s Republic of","Monthly","Millions","US dollar",'
        '"","","11"\n'
    )
    found = dyad_figures([shelf], Dyad("KOR", "CHN"))
    assert [(one.period.first_year, int(one.quantity.value)) for one in found] == [
        (2019, 136_250_000),
        (2020, 132_500_000),
    ]
    assert (shelf.layout, shelf.missing, sum(reasons(shelf).values())) == ("imf-imts.series", 2, 2)


RATES = (
    '\ufeff"COUNTRY.ID","COUNTRY","INDICATOR.ID","INDICATOR","TYPE_OF_TRANSFORMATION.ID","TYPE_OF_TRANSFORMATION",'
    '"FREQUENCY.ID","FREQUENCY","TIME_PERIOD","OBS_VALUE","SCALE.ID","SCALE"\n'
)
SERIES = (
    '"DATASET","SERIES_CODE","OBS_MEASURE","COUNTRY","INDICATOR","TYPE_OF_TRANSFORMATION","FREQUENCY","SCALE","UNIT",'
    '"2024","2024-M03"\n'
)


def test_the_imfs_rates_say_whether_they_are_of_the_average_or_the_end(put: Shelve) -> None:
    """A rate is of the state's own currency; the euro area is no state, an inverse is not read, and an empty scale is units."""
    row = '"{}","Name","{}","Words","{}","Words","A","Annual","2016","{}","{}",""\n'
    rows = [("PAK", "XDC_USD", "PA_RT", "104.76", "0"), ("PAK", "XDC_USD", "EOP_RT", "104.81", "")]
    rows += [("JPN", "XDC_EUR", "PA_RT", "120.4", "0"), ("G163", "XDC_USD", "PA_RT", "0.9", "0")]
    rows += [("JPN", "USD_XDC", "PA_RT", "0.009", "0"), ("JPN", "XDC_USD", "PA_RT", "", "0")]
    shelf = put(RATES + "".join(row.format(*one) for one in rows))
    found = {
        (one.series.reporter, one.series.indicator, one.series.unit): one.quantity.value
        for one in dyad_figures([shelf], DYAD)
    }
    assert found == {
        ("PAK", "exchange-rate", "PKR per USD"): Decimal("104.76"),
        ("PAK", "exchange-rate-end", "PKR per USD"): Decimal("104.81"),
        ("JPN", "exchange-rate", "JPY per EUR"): Decimal("120.4"),
    }
    assert (shelf.layout, shelf.missing, reasons(shelf)) == ("imf-er.observations", 1, {"group": 1, "choice": 1})
    assert is_whole(shelf)


def test_the_imfs_rates_as_series_have_years_and_months_in_columns(put: Shelve) -> None:
    """A header that is a year or a month is the period of what stands below it; states and kinds stand in words."""
    row = '"IMF.STA:ER(4.0.1)","{}","OBS_VALUE","{}","Domestic currency per US Dollar","{}","{}","Units","","{}","{}"\n'
    shelf = put(
        SERIES
        + row.format("PAK.XDC_USD.PA_RT.A", "Pakistan", "Period average", "Annual", "278.6", "")
        + row.format("JPN.XDC_USD.EOP_RT.M", "Japan", "End-of-period (EoP)", "Monthly", "", "151.4")
    )
    found = {(one.series.indicator, one.series.unit, one.period.label) for one in dyad_figures([shelf], DYAD)}
    assert found == {
        ("exchange-rate", "PKR per USD", "2024"),
        ("exchange-rate-end", "JPY per USD", "March 2024"),
    }
    assert (shelf.layout, shelf.missing, shelf.problems) == ("imf-er.series", 2, ())


FDI = (
    "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,REF_AREA,Reference area,MEASURE,Measure,UNIT_MEASURE,Unit of measure,"
    "MEASURE_PRINCIPLE,Measurement principle,ACCOUNTING_ENTRY,Accounting entry,TYPE_ENTITY,Type of entity,FDI_COMP,"
    "FDI component,SECTOR,Institutional sector,COUNTERPART_AREA,Counterpart area,LEVEL_COUNTERPART,Level of counterpart,"
    "ACTIVITY,Economic activity,FREQ,Frequency of observation,FDI_COLLECTION_ID,FDI collection,TIME_PERIOD,Time period,"
    "OBS_VALUE,Observation value,OBS_STATUS,Observation status,UNIT_MULT,Unit multiplier,CONF_STATUS,"
    "Confidentiality status,CURRENCY,Currency,DECIMALS,Decimals\n"
)


def fdi(
    measure: str, principle: str, value: str, *, entity: str = "ALL", partner: str = "PAK", status: str = "A"
) -> str:
    """Return a row of the Data Explorer, its labels left empty."""
    cells = f"DATAFLOW OECD.DAF.INV:DSD_FDI@DF(1.0) FDI I JPN _ {measure} _ USD_EXC _ {principle} _ NET_FDI _ {entity} _ D _ S1 _"
    cells += f" {partner} _ IMC _ _T _ A _ CTRY_IND _ 2023 _ {value} _ {status} _ 6 _ F _ USD _ 2 _"
    return ",".join("" if cell in ("_", "-") else cell for cell in cells.split()) + "\n"


def test_the_oecds_investment_is_told_by_measure_and_principle(put: Shelve) -> None:
    """Flows and positions, inward and outward; the figures of special entities are parts of the whole."""
    rows = fdi("LE_FA_F", "DO", "955.6") + fdi("LE_FA_F", "DI", "12") + fdi("T_FA_F", "DO", "-3.25", status="E")
    rows += (
        fdi("T_FA_F", "DI", "-") + fdi("LE_FA_F", "DO", "1", entity="RSP") + fdi("LE_FA_F", "DO", "800", partner="W")
    )
    rows += fdi("LE_FA_F5", "DO", "7") + fdi("LE_FA_F", "DO", "3", partner="A5") + fdi("LE_FA_F", "DI", "2", status="Q")
    shelf = put(FDI + rows)
    found = {(one.series.indicator, one.series.partner): one for one in dyad_figures([shelf], DYAD)}
    assert {key: one.quantity.value for key, one in found.items()} == {
        ("fdi-outward-stock", "PAK"): 955_600_000,
        ("fdi-inward-stock", "PAK"): 12_000_000,
        ("fdi-outflow", "PAK"): -3_250_000,
        ("fdi-outward-stock", "WLD"): 800_000_000,
    }
    assert found["fdi-outflow", "PAK"].status is Status.IMPUTED
    assert (shelf.missing, reasons(shelf)) == (1, {"part": 1, "choice": 1, "group": 1, "status": 1})
    assert is_whole(shelf)


def test_aid_by_the_oecd_has_its_total_and_its_own_code_of_kosovo(put: Shelve) -> None:
    """DPGC is the total of recipients, XKV is Kosovo, and groups of recipients are groups."""
    head = (
        "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,DONOR,Donor,RECIPIENT,Recipient,MEASURE,Measure,UNIT_MEASURE,"
        "Unit of measure,PRICE_BASE,Price base,TIME_PERIOD,Time period,OBS_VALUE,Observation value,BASE_PER,Base period,"
        "UNIT_MULT,Unit multiplier,FLOW_TYPE,Flow type,OBS_STATUS,Observation status\n"
    )
    row = "DATAFLOW,OECD.DCD.FSD:DSD_DAC2@DF_DAC2A(1.6),DAC2A,I,{},,{},,206,,USD,,{},,2015,,{},,,,6,,D,,A,\n"
    rows = [
        ("JPN", "PAK", "V", "-57.25"),
        ("JPN", "DPGC", "V", "900"),
        ("JPN", "XKV", "V", "4"),
        ("JPN", "LDC", "V", "5"),
    ]
    rows += [("JPN", "F4", "V", "6"), ("5WB002", "PAK", "V", "7"), ("JPN", "PAK", "Q", "8"), ("ALLD", "PAK", "V", "9")]
    shelf = put(head + "".join(row.format(*one) for one in rows))
    pair, total = dyad_figures([shelf], DYAD)
    assert (pair.quantity.value, pair.series.indicator) == (-57_250_000, "oda-disbursements")
    assert (total.series.partner, total.quantity.value) == ("WLD", 900_000_000)
    assert reasons(shelf) == {"group": 4, "part": 1}
    assert [one.quantity.value for one in dyad_figures([shelf], Dyad("JPN", "KOS")) if one.series.partner == "KOS"] == [
        4_000_000
    ]


@pytest.mark.parametrize("measure", ["US$ at current prices in millions", "Millions of US$ at current prices"])
def test_unctads_bulk_file_gives_investment_with_the_world(put: Shelve, measure: str) -> None:
    """What a figure is stands in two columns; former states with their years in brackets are none of today's."""
    shelf = put(
        f"Year,Economy,Economy Label,Flow,Flow Label,Direction,Direction Label,{measure}\n"
        '2019,392,"Japan",08,"Flow",1,"Inward",13755.5\n2019,392,"Japan",09,"Stock",2,"Outward",1800\n'
        '2019,0000,"World",08,"Flow",1,"Inward",1\n1990,360,"Indonesia (...2002)",08,"Flow",1,"Inward",2\n'
        '2019,178,"Congo",08,"Flow",1,"Inward",3\n2019,862,"Venezuela (Bolivarian Rep. of)",08,"Flow",1,"Inward",4\n'
    )
    flow, stock = dyad_figures([shelf], DYAD)
    assert (flow.series.indicator, flow.series.partner, flow.quantity.value) == ("fdi-inflow", "WLD", 13_755_500_000)
    assert (stock.series.indicator, stock.status) == ("fdi-outward-stock", Status.DERIVED)
    assert reasons(shelf) == {"group": 1, "unknown": 1}
    others = dyad_figures([shelf], Dyad("COG", "VEN"))
    assert {one.series.reporter: int(one.quantity.number) for one in others} == {"COG": 3, "VEN": 4}


def test_a_table_of_unctads_page_that_says_no_direction_is_not_read(put: Shelve) -> None:
    """The page leaves out columns with one value: such a file does not say whether it has flows or stocks."""
    from comity.terms import UnreadableSource

    with pytest.raises(UnreadableSource, match="no file of a known data set"):
        put(
            "Economy_Label,Year,US_at_current_prices_in_millions_Value,US_at_current_prices_MissingValue\nJapan,2024,1,\n"
        )


def test_unctads_trade_by_partner_and_product(put: Shelve) -> None:
    """The trade matrix has thousands of dollars, names of economies, and the SITC's products."""
    shelf = put(
        "Year,Economy,Economy Label,Partner,Partner Label,Flow,Flow Label,SitcRev3Product,SitcRev3Product Label,"
        "US dollars at current prices in thousands,US dollars at current prices in thousands Footnote\n"
        '2016,392,"Japan",586,"Pakistan",02,"Exports",TOTAL,"Total",1500.5,\n'
        '2016,392,"Japan",586,"Pakistan",01,"Imports",33,"Petroleum",2,\n'
        '2016,392,"Japan",0000,"World",02,"Exports",TOTAL,"Total",9,\n'
    )
    told = {
        (one.series.partner, one.series.indicator, one.series.product): one.quantity.value
        for one in dyad_figures([shelf], DYAD)
    }
    assert told == {
        ("PAK", "exports", ""): 1_500_500,
        ("PAK", "imports", "SITC3:33"): 2_000,
        ("WLD", "exports", ""): 9_000,
    }


def test_ideal_points_by_session(put: Shelve) -> None:
    """The editions of 2021 to 2024 say the session, of which the 78th began in 2023, and bear no year."""
    shelf = put(
        '"","ccode","session","NVotesAll","IdealPointAll","QO%All","Q5%All","Q10%All","Q50%All","Q90%All","Q95%All",'
        '"Q100%All","iso3c","Countryname","USAgree"\n'
        '"1",770,78,87,-0.42,-0.75,-0.59,-0.56,-0.41,-0.27,-0.24,-0.1,"PAK","Pakistan",0.2\n'
    )
    found = {one.series.indicator: one for one in dyad_figures([shelf], DYAD)}
    assert {key: one.quantity.value for key, one in found.items()} == {
        "ideal-point": Decimal("-0.42"),
        "ideal-point-low": Decimal("-0.59"),
        "ideal-point-high": Decimal("-0.24"),
    }
    assert {one.period.first_year for one in found.values()} == {2023}


# The headers of the edition of 2022, in their order, and those of 2020 and 2021 where these have others.
GRAVITY = (
    "year,country_id_o,country_id_d,iso3_o,iso3_d,iso3num_o,iso3num_d,country_exists_o,country_exists_d,gmt_offset_2020_o,"
    "gmt_offset_2020_d,distw_harmonic,distw_arithmetic,distw_harmonic_jh,distw_arithmetic_jh,dist,main_city_source_o,"
    "main_city_source_d,distcap,contig,diplo_disagreement,scaled_sci_2021,comlang_off,comlang_ethno,comcol,col45,legal_old_o,"
    "legal_old_d,legal_new_o,legal_new_d,comleg_pretrans,comleg_posttrans,transition_legalchange,comrelig,heg_o,heg_d,"
    "col_dep_ever,col_dep,col_dep_end_year,col_dep_end_conflict,empire,sibling_ever,sibling,sever_year,sib_conflict,pop_o,"
    "pop_d,gdp_o,gdp_d,gdpcap_o,gdpcap_d,pop_source_o,pop_source_d,gdp_source_o,gdp_source_d,gdp_ppp_o,gdp_ppp_d,gdpcap_ppp_o,"
    "gdpcap_ppp_d,pop_pwt_o,pop_pwt_d,gdp_ppp_pwt_o,gdp_ppp_pwt_d,gatt_o,gatt_d,wto_o,wto_d,eu_o,eu_d,fta_wto,fta_wto_raw,"
    "rta_coverage,rta_type,entry_cost_o,entry_cost_d,entry_proc_o,entry_proc_d,entry_time_o,entry_time_d,entry_tp_o,"
    "entry_tp_d,tradeflow_comtrade_o,tradeflow_comtrade_d,tradeflow_baci,manuf_tradeflow_baci,tradeflow_imf_o,"
    "tradeflow_imf_d"
)
_EARLIER = {"distw_harmonic": "distwces", "distw_arithmetic": "distw", "fta_wto": "rta"}


def of_gravity(**cells: str) -> dict[str, str]:
    """Return a row of Gravity by its headers."""
    return cells


def gravity(rows: list[dict[str, str]], *, earlier: bool = False) -> str:
    """Return a file of Gravity: what a row does not name is empty."""
    headers = [_EARLIER.get(one, one) if earlier else one for one in GRAVITY.split(",")]
    names = GRAVITY.split(",")
    return "\n".join([",".join(headers), *(",".join(row.get(name, "") for name in names) for row in rows)]) + "\n"


@pytest.mark.parametrize("earlier", [False, True])
def test_of_a_code_that_stands_twice_in_gravity_the_state_that_existed_counts(put: Shelve, earlier: bool) -> None:
    """Indonesia stands in Gravity with and without Timor-Leste, under one code; products and populations are each state's own."""
    row = of_gravity(
        year="2010", country_id_o="IDN.1", country_id_d="JPN", iso3_o="IDN", iso3_d="JPN", country_exists_o="0",
        country_exists_d="1", dist="5800", distcap="5790", contig="0", comlang_off="0",
    )  # fmt: skip
    now = row | of_gravity(
        country_id_o="IDN.2", country_exists_o="1", dist="5810", distw_harmonic="5600.5", distw_arithmetic="5700",
        col_dep_ever="1", fta_wto="1", pop_o="241834.2", pop_d="128057", gdp_o="755094157.6", gdp_d="5759072082.9",
        tradeflow_comtrade_o="25.5", tradeflow_comtrade_d="30", tradeflow_baci="28",
    )  # fmt: skip
    shelf = put(gravity([row, now], earlier=earlier))
    found = {
        (one.series.indicator, one.series.reporter, one.status): one.quantity.value
        for one in dyad_figures([shelf], Dyad("IDN", "JPN"))
    }
    told = {
        ("exports", "IDN", Status.REPORTED): 25_500,
        ("imports", "JPN", Status.REPORTED): 30_000,
        ("exports", "IDN", Status.DERIVED): 28_000,
        ("distance", "IDN", Status.DERIVED): 5810,
        ("distance-harmonic", "IDN", Status.DERIVED): Decimal("5600.5"),
        ("distance-weighted", "IDN", Status.DERIVED): 5700,
        ("colonial-tie", "IDN", Status.DERIVED): 1,
        ("trade-agreement", "IDN", Status.DERIVED): 1,
        ("gdp", "IDN", Status.DERIVED): Decimal("755094157600"),
        ("gdp", "JPN", Status.DERIVED): Decimal("5759072082900"),
        ("population", "IDN", Status.DERIVED): 241_834_200,
        ("population", "JPN", Status.DERIVED): 128_057_000,
    }
    assert told.items() <= found.items()
    assert {
        one.series.partner for one in dyad_figures([shelf], Dyad("IDN", "JPN")) if one.series.indicator == "gdp"
    } == {""}
    assert reasons(shelf) == {"part": 4} and is_whole(shelf)


def test_a_pair_without_a_code_is_no_state_alone(put: Shelve) -> None:
    """A flow whose destination has no code is refused, although other columns of the file are of one state alone."""
    row = of_gravity(
        year="2010", iso3_o="JPN", country_exists_o="1", country_exists_d="1", tradeflow_baci="28", gdp_o="5"
    )  # fmt: skip
    shelf = put(gravity([row]))
    (one,) = dyad_figures([shelf], Dyad("IDN", "JPN"))
    assert (one.series.indicator, one.series.partner) == ("gdp", "")
    assert reasons(shelf) == {"empty": 1} and is_whole(shelf)


def test_the_world_banks_trade_is_with_the_world_and_its_population_with_nobody(put: Shelve) -> None:
    """Of one file some indicators are of a state alone, and some of it with all partners."""
    row = '"Pakistan","PAK","Words","{}","{}",\n"World","WLD","Words","{}","9",\n'
    rows = [
        ("TX.VAL.MRCH.CD.WT", "21"),
        ("TM.VAL.MRCH.CD.WT", "45.5"),
        ("BX.TRF.PWKR.CD.DT", "20"),
        ("SP.POP.TOTL", "220"),
    ]
    shelf = put(
        '"Country Name","Country Code","Indicator Name","Indicator Code","2020",\n'
        + "".join(row.format(code, value, code) for code, value in rows),
        name="WDICSV.csv",
    )
    told = [
        (one.series.partner, one.series.indicator, one.quantity.text, one.status) for one in dyad_figures([shelf], DYAD)
    ]
    assert sorted(told) == [
        ("", "population", "220", Status.REPORTED),
        ("WLD", "exports", "21", Status.DERIVED),
        ("WLD", "imports", "45.5", Status.DERIVED),
        ("WLD", "remittances", "20", Status.DERIVED),
    ]
    assert reasons(shelf) == {"group": 4}
    assert is_whole(shelf)
