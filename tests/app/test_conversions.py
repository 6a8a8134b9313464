"""`comity measure LINE --in WHAT`: from an analyst's folder to figures in other years, money and prices."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.app.conftest import Run

# India's exports by its fiscal years, April to March, as an analyst's brief has them, and the same in rupees for two years.
BRIEF = """# India and Japan

Table 1. India's exports to Japan (US$ million)

| Year | Exports to Japan |
|---|---|
| 2012-13 | 6,100.1 |
| 2013-14 | 6,814.1 |
| 2014-15 | 5,385.6 |
| 2015-16 | 4,662.9 |
| 2016-17 | 3,853.8 |
| 2017-18 | 4,734.1 |

Source: Ministry of Commerce and Industry, Export Import Data Bank, 2018.

Table 2. India's exports to Japan (Rs. crore)

| Year | Exports to Japan |
|---|---|
| 2016-17 | 25,848.2 |
| 2017-18 | 30,513.6 |

Source: Ministry of Commerce and Industry, Export Import Data Bank, 2018.
"""
RATES = """Year,"Exchange rate, rupees per US dollar, average"
2012-13,54.4099
2013-14,60.5019
2014-15,61.1436
2015-16,65.4685
2016-17,67.0720
2017-18,64.4549
"""
PAGE = """"Data Source","World Development Indicators",

"Last Updated Date","2026-01-28",

"Country Name","Country Code","Indicator Name","Indicator Code","2013","2014","2015","2016","2017",
"Japan","JPN","Official exchange rate (LCU per US$, period average)","PA.NUS.FCRF","97.5957","105.9448","121.0440","108.7929","112.1661",
"""
BULK = """Country Name,Country Code,Indicator Name,Indicator Code,2013,2014,2015,2016,2017
India,IND,"Official exchange rate (LCU per US$, period average)",PA.NUS.FCRF,58.5978,61.0295,64.1519,67.1953,65.1216
United States,USA,GDP deflator (base year varies by country),NY.GDP.DEFL.ZS,94.2,95.9,96.8,97.7,99.5
United States,USA,Consumer price index (2010 = 100),FP.CPI.TOTL,106.8,108.6,108.7,110.1,112.4
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace of India and Japan with a brief, the central bank's rates and two of the World Bank's files."""
    from comity.flow import Workspace, add, build, dyad_of

    folder = tmp_path_factory.mktemp("analyst")
    for name, text in (
        ("brief.md", BRIEF),
        ("rbi.csv", RATES),
        ("API_PA.NUS.FCRF_DS2.csv", PAGE),
        ("WDICSV.csv", BULK),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    workspace = Workspace.create(tmp_path_factory.mktemp("home"), dyad_of("IND", "JPN"))
    add(workspace, [folder])
    build(workspace)
    return workspace.root


def measured(comity: Run, home: Path, *arguments: str) -> dict[str, Any]:
    """Return the one measure that `comity measure` gives."""
    (one,) = json.loads(comity("measure", *arguments, "--format", "json", cwd=home).stdout)
    assert isinstance(one, dict)
    return one


def test_fiscal_years_take_the_rate_of_their_own_days(inside: Run, home: Path) -> None:
    """2016-17 in rupees is US$ 3,853.8 million at 67.0720, with both roundings, and holds what the ministry itself printed."""
    found = measured(inside, home, "exports-IND", "--in", "INR")
    points = {point["label"]: point for point in found["points"]}
    assert points["2016-17"]["value"] == pytest.approx(3_853_800_000 * 67.0720)
    assert points["2016-17"]["interval"]["low"] == pytest.approx(3_853_750_000 * 67.07195)
    assert points["2016-17"]["interval"]["high"] == pytest.approx(3_853_850_000 * 67.07205)
    for label, crore in (("2016-17", 25_848.2), ("2017-18", 30_513.6)):
        low, high = (points[label]["interval"][end] for end in ("low", "high"))
        assert low - 500_000 <= crore * 10**7 <= high + 500_000
    assert (found["key"], found["unit"]) == ("exports-IND-in-INR", "INR") and "Rates: rbi.csv." in found["method"]


def test_years_then_money_then_prices(inside: Run, home: Path) -> None:
    """Calendar 2016 is 91 of 366 days of 2015-16 and 275 of 365 of 2016-17, at 108.7929 yen; in dollars of 2013, times 94.2 / 97.7."""
    dollars = (4_662.9 * 91 / 366 + 3_853.8 * 275 / 365) * 1_000_000
    yen = measured(inside, home, "exports-IND", "--in", "calendar-years", "--in", "JPY")
    of_2016 = next(point for point in yen["points"] if point["label"] == "2016")
    assert of_2016["value"] == pytest.approx(dollars * 108.7929)
    interval = of_2016["interval"]
    assert interval["level"] == 0.95 and interval["low"] < of_2016["value"] < interval["high"]
    assert any("LCU per USD: the local currency is taken for JPY" in one for one in yen["caveats"])
    steps = ("--in", "calendar-years", "--in", "prices-of-2013:USA-gdp-deflator", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(inside("measure", "exports-IND", *steps, cwd=home).stdout)))
    real = next(row for row in rows if row["label"] == "2016")
    assert float(real["value"]) == pytest.approx(dollars * 94.2 / 97.7)
    assert real["measure"] == "exports-IND-in-calendar-years-at-2013-prices" and real["unit"] == "USD"


def test_refusals_are_sentences_with_what_is_possible(inside: Run, home: Path) -> None:
    """A rate of other years, one that is not on record, and a unit of another kind: no figure, the reason, and the offers."""
    for what, why in (
        ("JPY", "between USD and JPY is not on record for fiscal years (April to March); on record are rates of calendar years"),
        ("EUR", "between USD and EUR is not on record"),
        ("kilogram", "no exact factor is known from USD to kilogram"),
        ("prices-of-2013:USA-gdp-deflator", "is not on record for 2012-13"),
    ):  # fmt: skip
        found = measured(inside, home, "exports-IND", "--in", what)
        assert found["value"] is None and found["points"] == [] and why in found["summary"]
        assert "INR" in found["summary"] and "calendar-years (5 of 6 periods)" in found["summary"]


def test_lines_choices_and_misspelt_words_are_listed(inside: Run, home: Path) -> None:
    """Without a key or with an unknown one the lines are listed; of several indices none is taken; exit 2 each time."""
    for arguments, said in (
        (("--in", "JPY"), "exports-IND (India's exports to Japan, USD)"),
        (("exports-XXX", "--in", "JPY"), "there is no line 'exports-XXX' to convert. Lines on record are: exports-IND"),
        (("exports-IND", "--in", "constant-prices"), "constant-prices:USA-consumer-prices, prices-of-YEAR:USA-gdp-deflator"),
        (("exports-IND", "--in", "yen"), "a line is not brought to 'yen'. What is on record brings exports-IND to"),
    ):  # fmt: skip
        refused = inside("measure", *arguments, cwd=home)
        assert refused.returncode == 2 and said in refused.stderr and refused.stdout == ""


def test_a_converted_line_is_drawn(comity: Run, home: Path) -> None:
    """The chart of a converted line has its points with their ranges, and names the source of the rates."""
    steps = ("exports-IND", "--in", "calendar-years", "--in", "JPY")
    assert comity("measure", *steps, "--chart", "out/yen.json", cwd=home).returncode == 0
    drawn = json.loads((home / "out" / "yen.json").read_text(encoding="utf-8"))
    note = next(layer["encoding"]["x"]["axis"]["title"] for layer in drawn["layer"])
    assert "World Development Indicators" in " ".join(note)
    assert "in calendar years, in JPY" in " ".join(drawn["title"]["text"])
    assert comity("measure", *steps, "--chart", "out/yen.png", cwd=home).returncode == 0
    assert (home / "out" / "yen.png").read_bytes().startswith(b"\x89PNG")
    text = comity("measure", *steps, cwd=home).stdout
    assert "(exports-IND-in-calendar-years-in-JPY)" in text and "no source prints them" in text


def test_a_refusal_says_no_more_than_its_reason(comity: Run, home: Path) -> None:
    """What is not converted has no method and no remarks on figures; as text each is a title and a sentence."""
    refused = measured(comity, home, "exports-IND", "--in", "kilogram")
    assert (refused["method"], refused["caveats"]) == ("", []) and "no exact factor" in refused["summary"]
    shown = comity("measure", "exports-IND", "--in", "calendar-years", "--in", "EUR", cwd=home).stdout
    title, sentence, *rest = shown.strip().splitlines()
    assert title.endswith("(exports-IND-in-calendar-years-in-EUR)") and "is not on record" in sentence and not rest
