"""Answers in the shape that services were seen to give are kept, known by their headers, and give their figures."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from comity.flow import Workspace
from comity.statistics import dyad_figures, recognise, shelve
from comity.terms import Observation, Status
from tests.flow.data_server import data_server, gives
from tests.flow.fetched import fetched_from

ATTRIBUTES = (
    "SCALE,PRECISION,DECIMALS_DISPLAYED,TRADE_FLOW,VALUATION,UNIT,DERIVATION_TYPE,OVERLAP,STATUS,LICENSE,SERIES_NAME"
)
KEY = "COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE"


def imf(headers: str, lead: str) -> str:
    """An answer of the IMF's service: two figures, an empty one, and the row that describes a series without any."""
    tail = '6,,,XG,FOB,USD,{},OL,,© International Monetary Fund,"Exports of goods, Free on board (FOB), US dollar"'
    rows = [
        f"{lead}FRA,XG_FOB_USD,IND,A,2016,4050000000.25,{tail.format('M')}",
        f"{lead}IND,MG_CIF_USD,FRA,A,2016,3950000000,{tail.format('SE')}",
        f"{lead}IND,MG_CIF_USD,FRA,A,2017,,{tail.format('M')}",
        f'{lead},MG_FOB_USD,,,,,,,,MG,FOB,USD,,,,© International Monetary Fund,"Imports of goods"',
    ]
    return "\ufeff" + "\n".join([headers, *rows]) + "\n"


def figures(
    place: Workspace, tmp_path: Path, source: str, *answers: str, start: int, end: int
) -> tuple[str, list[Observation]]:
    """The layout of what was fetched, and the figures of the pair in it."""
    with data_server(*map(gives, answers)) as data:
        fetched = fetched_from(place, data, source, start=start, end=end)
    path = place.sources / fetched.name
    layout = recognise(path)
    assert layout is not None
    shelf = shelve(path, tmp_path / "shelf")
    assert shelf.cells == shelf.figures + shelf.missing + shelf.repeated + shelf.refused
    return layout.name, dyad_figures([shelf], place.dyad)


@pytest.mark.parametrize(
    ("headers", "lead"),
    [
        (f"DATAFLOW,{KEY},{ATTRIBUTES}", "IMF.STA:IMTS(1.0.0),"),
        (f"STRUCTURE[;],STRUCTURE_ID,ACTION,{KEY},{ATTRIBUTES}", "dataflow,IMF.STA:IMTS(1.0.0),R,"),
    ],
    ids=["SDMX-CSV 1.0", "SDMX-CSV 2.0"],
)
def test_the_imfs_answer_is_in_dollars_whatever_its_scale_says(
    place: Workspace, tmp_path: Path, headers: str, lead: str
) -> None:
    """SCALE says 6 beside figures in whole dollars, and a row without states or period describes a series."""
    layout, found = figures(place, tmp_path, "imf-imts", imf(headers, lead), start=2016, end=2017)
    assert layout == "imf-imts.service"
    assert {(one.series.reporter, one.quantity.value, one.status) for one in found} == {
        ("FRA", Decimal("4050000000.25"), Status.REPORTED),
        ("IND", Decimal(3_950_000_000), Status.IMPUTED),
    }


def test_the_imfs_rates_are_kept_with_their_kind(place: Workspace, tmp_path: Path) -> None:
    """Both kinds of rate of both states are asked for at once; France's of 2016 are the euro area's, and none."""
    answer = (
        "\ufeffDATAFLOW,COUNTRY,INDICATOR,TYPE_OF_TRANSFORMATION,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE\n"
        "IMF.STA:ER(4.0.1),IND,XDC_USD,PA_RT,A,2016,67.195,0\nIMF.STA:ER(4.0.1),IND,XDC_USD,EOP_RT,A,2016,67.955,0\n"
        "IMF.STA:ER(4.0.1),FRA,XDC_USD,PA_RT,A,2016,,0\n"
    )
    layout, found = figures(place, tmp_path, "imf-er", answer, start=2016, end=2016)
    assert layout == "imf-er.service"
    assert {(one.series.indicator, one.series.unit, one.quantity.text) for one in found} == {
        ("exchange-rate", "INR per USD", "67.195"),
        ("exchange-rate-end", "INR per USD", "67.955"),
    }


def test_comtrades_answer_has_every_item_of_a_record(
    place: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record bears 47 items, some of them null; the trade of a pair and the world's total come out of it."""
    monkeypatch.delenv("COMTRADE_KEY", raising=False)
    record = {
        "typeCode": "C",
        "freqCode": "A",
        "refPeriodId": 20160101,
        "refYear": 2016,
        "refMonth": 52,
        "period": "2016",
        "reporterCode": 251,
        "reporterISO": "FRA",
        "reporterDesc": "France",
        "flowCode": "X",
        "flowDesc": "Export",
        "partnerCode": 699,
        "partnerISO": "IND",
        "partnerDesc": "India",
        "partner2Code": 0,
        "partner2ISO": "W00",
        "partner2Desc": "World",
        "classificationCode": "H4",
        "classificationSearchCode": "HS",
        "isOriginalClassification": True,
        "cmdCode": "TOTAL",
        "cmdDesc": "All Commodities",
        "aggrLevel": 0,
        "isLeaf": False,
        "customsCode": "C00",
        "customsDesc": "TOTAL CPC",
        "mosCode": "0",
        "motCode": 0,
        "motDesc": "TOTAL MOT",
        "qtyUnitCode": -1,
        "qtyUnitAbbr": "N/A",
        "qty": None,
        "isQtyEstimated": False,
        "altQtyUnitCode": -1,
        "altQtyUnitAbbr": "N/A",
        "altQty": None,
        "isAltQtyEstimated": False,
        "netWgt": None,
        "isNetWgtEstimated": False,
        "grossWgt": None,
        "isGrossWgtEstimated": False,
        "cifvalue": None,
        "fobvalue": 6804128143.5,
        "primaryValue": 6804128143.5,
        "legacyEstimationFlag": 0,
        "isReported": True,
        "isAggregate": False,
    }
    world = record | {"partnerCode": 0, "partnerISO": "W00", "partnerDesc": "World", "primaryValue": 489000000000.0}
    lists = [
        json.dumps({"more": False, "results": [{name: "FRA", code: 251}, {name: "IND", code: 699}]})
        for name, code in (("reporterCodeIsoAlpha3", "reporterCode"), ("PartnerCodeIsoAlpha3", "PartnerCode"))
    ]
    answer = json.dumps({"elapsedTime": "0.21 secs", "count": 2, "data": [record, world], "error": ""}, indent=4)
    layout, found = figures(place, tmp_path, "un-comtrade", *lists, answer, start=2016, end=2016)
    assert layout == "un-comtrade.trade"
    assert {(one.series.partner, one.quantity.text) for one in found} == {
        ("IND", "6804128143.5"),
        ("WLD", "489000000000.0"),
    }


def test_the_world_banks_answer_leaves_the_code_of_a_group_empty(place: Workspace, tmp_path: Path) -> None:
    """A row of a group of states has no alpha-3 code, and is none of a state."""
    rows = [
        {
            "indicator": {"id": "SP.POP.TOTL", "value": "Population, total"},
            "country": {"id": iso2, "value": name},
            "countryiso3code": iso3,
            "date": "2016",
            "value": value,
            "unit": "",
            "obs_status": "",
            "decimal": 0,
        }
        for iso2, name, iso3, value in (
            ("FR", "France", "FRA", 66724104),
            ("ZH", "Africa Eastern", "", 1),
            ("IN", "India", "IND", None),
        )
    ]
    about = {"page": 1, "pages": 1, "per_page": 1000, "total": 3, "sourceid": "2", "lastupdated": "2026-07-13"}
    layout, found = figures(place, tmp_path, "wdi", json.dumps([about, rows]), start=2016, end=2016)
    assert layout == "wdi.service"
    assert [(one.series.reporter, one.quantity.text) for one in found] == [("FRA", "66724104")]
