"""Charts of measures: valid, with their source and words, and without figures that nobody reported."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import altair
import pytest
from lxml import etree

from comity.brief import drawn, measure_specification
from comity.measures import conversion, flow_lines, in_currency, measures_of, outlook
from comity.states import fiscal_calendar
from comity.terms import Dyad, Interval, Measure, MeasurePoint, Rank, Source
from tests.brief.kenya_uganda import material
from tests.measures.conftest import observations

DYAD = Dyad("BRA", "ARG")


def measures() -> list[Measure]:
    """Return measures with points over years, over ranks and over products, with ranges of several kinds."""
    record = material()
    abroad = Source("Customs Service", "Returns", "Customs Service, Returns, 2018")
    held = [
        *observations("exports", {year: f"{300 + 7 * (year % 5)}.5" for year in range(2005, 2016)}),
        *observations("imports", {2014: "401.6", 2015: "520.3"}, reporter="ARG", partner="BRA", source=abroad),
        *observations("imports", {2014: "180.1", 2015: "190.2"}),
    ]
    return [*measures_of(record.dyad, record.events, record.observations), *measures_of(DYAD, (), held)]


def test_every_specification_is_valid_and_says_what_it_shows() -> None:
    """Altair accepts each; the description holds the answer, and the source note stands below."""
    made = 0
    for one in measures():
        spec = measure_specification(one, sources=["Statistics Office, Yearbook, 2017"])
        if spec is None:
            assert len(one.points) < 2 or len({point.start for point in one.points}) < 2 or not one.inputs
            continue
        altair.Chart.from_dict(spec, validate=True)
        assert one.summary in spec["description"] and one.title in spec["description"]
        assert "Source: Statistics Office, Yearbook, 2017." in json.dumps(spec)
        made += 1
    assert made >= 8


def test_lines_of_several_groups_are_named_in_a_legend() -> None:
    """The drawing names each of two lines, whatever tells them apart."""
    points = tuple(
        MeasurePoint(str(year), float(year % 7 + place), group, date(year, 1, 1), date(year, 12, 31))
        for place, group in enumerate(("Brazilian part", "Argentine part"))
        for year in range(2005, 2015)
    )
    one = Measure("m", "k", "Parts", "A sentence.", "percent", "Made.", ("doc",), points=points)
    spec = measure_specification(one)
    assert spec is not None
    svg = drawn(spec, "svg").decode()
    assert all(f">{group}</text>" in svg for group in ("Brazilian part", "Argentine part"))


def test_codes_of_states_and_ranks_are_words_in_a_chart() -> None:
    """The legend and the description name Brazil and heads of government, not BRA and the rank's key."""
    points = tuple(
        MeasurePoint(str(year), 2.0, group, date(year, 1, 1), date(year, 12, 31))
        for group in ("BRA", Rank.HEAD_OF_GOVERNMENT.value)
        for year in (2014, 2015)
    )
    spec = measure_specification(Measure("m", "k", "Parts", "A sentence.", "events", "Made.", ("doc",), points=points))
    assert spec is not None
    (lines,) = (layer for layer in spec["layer"] if layer["mark"]["type"] == "line")
    named = lines["encoding"]["color"]["scale"]["domain"]
    assert named[0] == "Brazil" and named[1] != Rank.HEAD_OF_GOVERNMENT.value
    assert "Brazil (events)" in spec["description"]


def test_a_range_of_reports_is_drawn_without_a_middle() -> None:
    """Between two reports nobody reported anything: the range is a bar, and no line goes through its middle."""
    (mirror,) = [
        one for one in measures() if one.key == "mirror-exports-BRA" and "Argentina's imports" in str(one.points)
    ]
    spec = measure_specification(mirror)
    assert spec is not None
    drawn_lines = [layer for layer in spec["layer"] if layer["mark"]["type"] in ("line", "point")]
    groups = {row["group"] for layer in drawn_lines for row in layer["data"]["values"]}
    assert groups == {"Argentina's imports", "Brazil's exports"}
    assert any(layer["mark"]["type"] == "rule" for layer in spec["layer"])
    assert "Range of the reports (US$ million): 328.45 to 383.58 in 2014" in spec["description"]


@pytest.mark.parametrize("least", [0.25, 0.0])
def test_ratios_of_several_groups_stand_beside_each_other(least: float) -> None:
    """Each is a dot with its range, on a logarithmic axis where none is zero, with a line at one; nothing is stacked."""
    points = tuple(
        MeasurePoint(label, value, group, interval=Interval(value / 2, value * 2, 0.95, "made"))
        for label in ("one way of asking", "another way")
        for group, value in (("out", least), ("back", 3.0))
    )
    one = Measure("m", "k", "Ratios", "A sentence.", "ratio", "Made.", ("doc",), points=points)
    spec = measure_specification(one, sources=["Statistics Office"])
    assert spec is not None
    altair.Chart.from_dict(spec, validate=True)
    dots = [layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    assert [len(layer["data"]["values"]) for layer in dots] == [4]
    assert not [layer for layer in spec["layer"] if layer["mark"]["type"] == "bar"]
    assert spec["layer"][0]["data"]["values"] == [{"value": 1.0}]
    assert (dots[0]["encoding"]["x"]["scale"].get("type") == "log") is (least > 0)
    assert b"Statistics Office" in drawn(spec, "svg")


def test_probabilities_of_one_label_are_parts_of_one_bar_with_a_colour_each() -> None:
    """The parts follow each other from nought to one, each with its figure; the range over weights is no interval of 100 %."""
    parts = {"improving": 0.5, "steady": 0.2, "worsening": 0.3}
    points = tuple(
        MeasurePoint(label, value, group, interval=Interval(value / 2, value, 1.0, "weights"))
        for label in ("trade", "overall")
        for group, value in parts.items()
    )
    one = Measure("m", "heading", "Heading", "A sentence.", "probability", "Made.", ("doc",), points=points)
    spec = measure_specification(one)
    assert spec is not None
    altair.Chart.from_dict(spec, validate=True)
    (bars,) = [layer for layer in spec["layer"] if layer["mark"]["type"] == "bar"]
    assert bars["encoding"]["color"]["scale"]["domain"] == list(parts)
    ends = [(row["from"], row["to"]) for row in bars["data"]["values"] if row["period"] == "trade"]
    assert ends == [(0.0, 0.5), (0.5, 0.7), (0.7, 1.0)]
    assert "100 %" not in json.dumps(spec) and "improving over other weights" in json.dumps(spec)


def test_of_two_ranges_of_one_figure_the_narrower_is_drawn_thicker() -> None:
    """An 80 % range is told from the 95 % range that lies over it, and the line above the chart says which is which."""
    points = tuple(
        MeasurePoint(
            str(year), 3.0, f"{level:.0%}", date(year, 1, 1), date(year, 12, 31), Interval(1, 5 + level, level, "made")
        )
        for year in (2015, 2016)
        for level in (0.8, 0.95)
    )
    one = Measure("m", "k", "Outlook", "A sentence.", "USD", "Made.", ("doc",), points=points)
    spec = measure_specification(one)
    assert spec is not None
    altair.Chart.from_dict(spec, validate=True)
    thick, thin = (layer for layer in spec["layer"] if layer["mark"]["type"] == "rule")
    assert thick["mark"]["strokeWidth"] > thin["mark"]["strokeWidth"]
    assert {row["group"] for row in thick["data"]["values"]} == {"80%"}
    assert "thick bars: 80 % ranges; thin bars: 95 % ranges" in " ".join(spec["title"]["subtitle"])


def test_several_figures_of_one_year_are_bars_of_their_own() -> None:
    """Shares of exports and imports of one year stand below each other, each with its own length, and are not added up."""
    year = (date(2009, 1, 1), date(2009, 12, 31))
    points = tuple(MeasurePoint("2009", value, group, *year) for group, value in (("exports", 80.0), ("imports", 50.0)))
    spec = measure_specification(
        Measure("m", "k", "Dependence", "A sentence.", "percent", "Made.", ("doc",), points=points)
    )
    assert spec is not None
    altair.Chart.from_dict(spec, validate=True)
    svg = drawn(spec, "svg").decode()
    assert all(f">{group}</text>" in svg for group in ("exports", "imports"))
    assert lengths(svg)[0] / lengths(svg)[1] == pytest.approx(80 / 50, rel=0.01)


def test_two_ranges_of_one_rate_are_drawn_about_it_and_not_added_up() -> None:
    """An 80 and a 95 % range of one figure are a thick and a thin line about one dot."""
    year = (date(2015, 1, 1), date(2015, 12, 31))
    points = tuple(
        MeasurePoint(
            label, 5.0, f"{level:.0%} interval", *year, interval=Interval(5 - wide, 5 + wide, level, "conformal")
        )
        for label in ("2015", "2015 to 2016")
        for level, wide in ((0.8, 10.0), (0.95, 20.0))
    )
    spec = measure_specification(
        Measure("m", "k", "Mean growth", "A sentence.", "percent", "Made.", ("doc",), points=points)
    )
    assert spec is not None
    altair.Chart.from_dict(spec, validate=True)
    thick, dots, thin = spec["layer"]
    assert "bar" not in json.dumps([layer["mark"] for layer in spec["layer"]])
    assert {(row["low"], row["high"]) for row in thick["data"]["values"]} == {(-5.0, 15.0)}
    assert {(row["low"], row["high"]) for row in thin["data"]["values"]} == {(-15.0, 25.0)}
    assert {row["value"] for row in dots["data"]["values"]} == {5.0}


def lengths(svg: str) -> list[float]:
    """Return how long the bars of a drawing are, in its order."""
    marks = etree.fromstring(svg.encode()).xpath("//*[@aria-roledescription='bar']/@d")
    assert marks
    return [float(str(mark).split("h")[1].split("v")[0]) for mark in marks]


def test_probabilities_are_printed_as_the_sentence_has_them() -> None:
    """0.625, 0.228 and 0.147 are 0.62, 0.23 and 0.15, which add up to one."""
    parts = {"improving": 0.6252, "steady": 0.2276, "worsening": 0.1472}
    points = tuple(MeasurePoint("overall", value, group) for group, value in parts.items())
    spec = measure_specification(
        Measure("m", "heading", "Heading", "A.", "probability", "Made.", ("d",), points=points)
    )
    assert spec is not None
    assert [row["shown"] for row in spec["layer"][0]["data"]["values"]] == ["0.62", "0.23", "0.15"]


def test_the_years_with_a_figure_are_marks_in_a_row_for_each_line() -> None:
    """All lines are there, also more than a chart of amounts could tell apart, and a missing year is white."""
    names = [f"Line {number}" for number in range(7)]
    points = tuple(
        MeasurePoint(str(year), 1.0, name, date(year, 1, 1), date(year, 12, 31))
        for name in names
        for year in (2010, 2011, 2014)
    )
    spec = measure_specification(Measure("m", "coverage", "Years", "A.", "years", "Made.", ("d",), points=points))
    assert spec is not None
    altair.Chart.from_dict(spec, validate=True)
    (marks,) = spec["layer"]
    assert {row["group"] for row in marks["data"]["values"]} == set(names)
    assert marks["encoding"]["x"]["scale"]["domain"] == [str(year) for year in range(2010, 2015)]
    assert all(f">{name}</text>" in drawn(spec, "svg").decode() for name in names)


def test_what_rounding_leaves_open_is_drawn_where_it_can_be_seen() -> None:
    """A share of one million has a bar, and the words say what it is; one of billions has none."""
    points = tuple(
        MeasurePoint(
            str(year), 60.0, "", date(year, 1, 1), date(year, 12, 31), Interval(low, 70, 1.0, "printed-digits")
        )
        for year, low in ((1889, 30.0), (1890, 69.9))
    )
    spec = measure_specification(
        Measure("m", "k", "Shares", "A sentence.", "percent", "Made.", ("doc",), points=points)
    )
    assert spec is not None
    drawn_bars = [row for layer in spec["layer"] for row in layer["data"]["values"] if "low" in row]
    assert {row["period"] for row in drawn_bars} == {"1889"}
    assert "thin bars: what the printed digits allow" in " ".join(spec["title"]["subtitle"])
    narrow = points[1]
    exact = Measure(
        "m",
        "k",
        "Shares",
        "A.",
        "percent",
        "Made.",
        ("doc",),
        points=(narrow, replace(narrow, label="1891", start=date(1891, 1, 1))),
    )
    assert "printed digits" not in json.dumps(measure_specification(exact))


def test_an_outlook_is_drawn_with_its_past_its_bands_and_the_naive_forecast() -> None:
    """A year without a figure breaks the past's line; the bands widen from the last figure, and each line has a look of its own."""
    figures = {1990 + year: f"{100 * 1.09**year + 3 * (year % 3):.1f}" for year in range(25) if year != 12}
    (line,) = flow_lines(DYAD, observations("exports", figures))[:1]
    spec = measure_specification(outlook(DYAD, line), sources=["Statistics Office"])
    assert spec is not None
    altair.Chart.from_dict(spec, validate=True)
    wide, near = (layer["data"]["values"] for layer in spec["layer"] if layer["mark"]["type"] == "area")
    for band in (wide, near):
        assert [row["period"] for row in band] == ["2014", "2015", "2016", "2017"]
        assert band[0]["low"] == band[0]["high"] < band[-1]["high"]
    assert wide[-1]["low"] < near[-1]["low"] < near[-1]["high"] < wide[-1]["high"]
    (lines,) = (layer for layer in spec["layer"] if layer["mark"]["type"] == "line")
    rows = lines["data"]["values"]
    assert {row["group"] for row in rows} == {"on record", "forecast", "naive forecast"}
    assert [row["period"] for row in rows if row["value"] is None] == ["2002"]
    assert len({str(dash) for dash in lines["encoding"]["strokeDash"]["scale"]["range"]}) == 3
    assert "dark band: 80 % interval; light band: 95 % interval" in " ".join(spec["title"]["subtitle"])
    svg = drawn(spec, "svg")
    assert b">naive forecast</text>" in svg and b">on record</text>" in svg


def test_a_share_of_too_few_cases_is_hollow_and_no_line_leads_to_it() -> None:
    """A year without a value, or with a share of too few cases, breaks the line; the share is drawn as a ring."""
    points = tuple(
        MeasurePoint(str(year), 60.0, "share", date(year, 1, 1), date(year, 12, 31), cases=cases, too_few=cases < 10)
        for year, cases in ((2010, 90), (2011, 80), (2013, 85), (2014, 1), (2015, 95))
    )
    one = Measure("m", "k", "Agreement", "A sentence.", "percent", "Made.", ("doc",), points=points)
    spec = measure_specification(one)
    assert spec is not None
    altair.Chart.from_dict(spec, validate=True)
    (line,) = (layer["data"]["values"] for layer in spec["layer"] if layer["mark"]["type"] == "line")
    assert [row["period"] for row in line if row["value"] is None] == ["2012", "2014"]
    dots = [layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    assert [row["period"] for row in dots[-1]["data"]["values"]] == ["2014"] and not dots[-1]["mark"]["filled"]
    assert "hollow: of too few cases" in " ".join(spec["title"]["subtitle"])


def test_a_fiscal_year_without_a_figure_breaks_the_line() -> None:
    """Of fiscal years 1997-98 to 2001-02 without 1999-2000 the line breaks at that year, which stands on the axis."""
    years = [fiscal_calendar("IND").begins_in(year) for year in (1997, 1998, 2000, 2001)]
    points = tuple(MeasurePoint(one.label, 5.0, "growth", one.start, one.end) for one in years)
    spec = measure_specification(
        Measure("m", "k", "Growth", "A sentence.", "percent", "Made.", ("doc",), points=points)
    )
    assert spec is not None
    (line,) = (layer["data"]["values"] for layer in spec["layer"] if layer["mark"]["type"] == "line")
    assert [row["period"] for row in line] == ["1997-98", "1998-99", "1999-2000", "2000-01", "2001-02"]
    assert [row["period"] for row in line if row["value"] is None] == ["1999-2000"]


def test_a_range_over_sources_rates_is_drawn_as_that_and_without_its_middle() -> None:
    """A converted year in which rates differ is a grey bar that says what it is, and no line or marker goes through its middle."""
    held = flow_lines(DYAD, observations("exports", {2014: "1.0", 2015: "2.0", 2016: "3.0"}))[0]
    per_dollar = {"reporter": "JPN", "partner": "", "unit": "JPY per USD", "scale": 1}
    rates = [
        *observations("exchange-rate", {2014: "105.0", 2015: "120.0", 2016: "110.2"}, **per_dollar),
        *observations(
            "exchange-rate", {2016: "112.5"}, source=Source("Bank", "Rates", "Bank, Rates, 2018"), **per_dollar
        ),
    ]
    spec = measure_specification(conversion(DYAD, in_currency(held, "JPY", rates)))
    assert spec is not None
    altair.Chart.from_dict(spec, validate=True)
    shown = " ".join(spec["title"]["subtitle"])
    assert "grey bars: from the lowest to the highest by sources' rates or indices that differ" in shown
    assert "border" not in shown
    by_mark = {layer["mark"]["type"]: layer["data"]["values"] for layer in spec["layer"]}
    assert [row["period"] for row in by_mark["rule"]] == ["2016"]
    assert [row["period"] for row in by_mark["line"]] == [row["period"] for row in by_mark["point"]] == ["2014", "2015"]


@pytest.mark.parametrize("form", ["svg", "png", "json"])
def test_a_chart_is_a_file(form: str) -> None:
    """The same chart comes as drawing, as picture and as specification, twice the same bytes."""
    one = next(one for one in measures() if one.key == "total-trade")
    spec = measure_specification(one, sources=["Statistics Office"])
    assert spec is not None
    content = drawn(spec, form)
    if form == "svg":
        assert etree.fromstring(content).tag.endswith("svg") and "Source: Statistics Office." in content.decode()
    elif form == "png":
        assert content.startswith(b"\x89PNG") and drawn(spec, form) == content
    else:
        assert json.loads(content) == spec
