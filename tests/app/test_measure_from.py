"""`comity measure KEY --from SOURCE`: the account of a line that a person names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.app.conftest import Run

BRIEF = """# Pakistan and Japan

Table 1. Pakistan's trade with Japan (US$ million)

| Year | Exports | Imports |
|---|---|---|
| 2010 | 400.5 | 1,500.5 |
| 2011 | 410.5 | 1,600.5 |
| 2012 | 430.5 | 1,700.5 |

Source: International Monetary Fund, Direction of Trade Statistics, 2014.
"""
BANK = """# Trade

Table 1. Pakistan's exports to Japan (US$ million)

| Year | Exports |
|---|---|
| 2012 | 380.5 |
| 2013 | 390.5 |

Source: World Bank, Country Profile, 2014.
"""
COW = "ccode1,ccode2,year,flow1,flow2,smoothflow1,smoothflow2\n" + "".join(
    f"740,770,{year},{year - 1500},{year},{year - 1500},{year}\n770,740,{year},{year},{year - 1500},{year},{year - 1500}\n"
    for year in range(2001, 2011)
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with two quoted tables and a published data set."""
    from comity.flow import Workspace, add, build, dyad_of

    folder = tmp_path_factory.mktemp("analyst")
    for name, text in (("brief.md", BRIEF), ("bank.md", BANK), ("cow.csv", COW)):
        (folder / name).write_text(text, encoding="utf-8")
    workspace = Workspace.create(tmp_path_factory.mktemp("home"), dyad_of("PAK", "JPN"))
    add(workspace, [folder])
    build(workspace)
    return workspace.root


def measured(inside: Run, home: Path, *arguments: str) -> list[dict[str, Any]]:
    """Return the measures that `comity measure` gives."""
    found = inside("measure", *arguments, "--format", "json", cwd=home)
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)  # type: ignore[no-any-return]


def test_a_line_comes_from_the_source_that_is_named(inside: Run, home: Path) -> None:
    """By its key, one side's reports, a publisher's short name or words of the citation; without a name by the rule."""
    for source, value, named in (
        ((), 430_500_000, "International Monetary Fund"),
        (("--from", "IMF"), 430_500_000, "International Monetary Fund"),
        (("--from", "cow-trade"), 510_000_000, "Correlates of War"),
        (("--from", "imports_cow_trade"), 510_000_000, "Correlates of War"),
        (("--from", "country PROFILE"), 390_500_000, "World Bank, Country Profile, 2014"),
    ):
        (line,) = measured(inside, home, "exports-PAK", *source)
        assert line["value"] == value and line["caveats"][0].startswith("Source: ") and named in line["caveats"][0]
        others = {"International Monetary Fund", "Correlates of War", "World Bank, Country Profile"} - {
            named[:27],
            named,
        }
        assert all(any(other in caveat for caveat in line["caveats"][1:]) for other in others)


def test_measures_and_conversions_of_the_line_follow(inside: Run, home: Path) -> None:
    """Growth and total trade are the named source's, and so is the line in other years."""
    growth, total, line = measured(
        inside, home, "growth-exports-PAK", "total-trade", "exports-PAK", "--from", "cow-trade"
    )
    assert len(growth["inputs"]) == 10 and len(total["inputs"]) == 20 and len(line["inputs"]) == 10
    assert "over 2001-2010" in growth["summary"] and "Correlates of War" in growth["caveats"][0]
    (years,) = measured(inside, home, "exports-PAK", "--in", "years-of-PAK", "--from", "cow-trade")
    assert set(years["inputs"]) == set(line["inputs"]) and any("Correlates of War" in one for one in years["caveats"])
    refused = inside("measure", "exports-PAK", "exports-JPN", "--in", "kilogram", "--from", "IMF", cwd=home).stdout
    assert refused.count("no exact factor") == 2 and "Notes on several" not in refused and "See note" not in refused


def test_what_a_source_does_not_hold_is_answered_with_those_that_do(inside: Run, home: Path) -> None:
    """An unknown source, one that lacks the line, a measure of all sources, no line at all: exit 2 and what there is."""
    for arguments, said in (
        (("exports-PAK", "--from", "OECD"), "exports-PAK is not on record from 'OECD'. On record: "),
        (("exports-PAK", "--from", "OECD"), "International Monetary Fund, Direction of Trade Statistics, 2014 (Pakistan's account in USD, 2010-2012)"),
        (("exports-PAK", "--from", "OECD"), "cow-trade: Barbieri"),
        (("exports-PAK", "--from", "OECD"), "(imports_cow_trade: Japan's account in USD, 2001-2010)"),
        (("exports-JPN", "--from", "World Bank"), "exports-JPN is not on record from 'World Bank'"),
        (("trade-balance", "--from", "World Bank"), "trade-balance is not on record from 'World Bank'"),
        (("growth-exports-PAK", "--from", "2014"), "'2014' names several sources of growth-exports-PAK"),
        (("mirror-exports-PAK", "--from", "IMF"), "The mirror view always has all sources."),
        (("contacts", "--from", "IMF"), "'contacts' is no line on record and no measure of one"),
        (("--from", "IMF"), "no line is named to take from 'IMF'. Lines on record are: exports-JPN, exports-PAK, total-trade."),
        (("gravity", "--from", "IMF"), "gravity has --trade-from"),
        (("exports-PAK", "--from", " "), "--from names no source"),
        (("exports-PAK", "--from", ";"), "exports-PAK is not on record from ';'"),
    ):  # fmt: skip
        refused = inside("measure", *arguments, cwd=home)
        assert refused.returncode == 2 and said in refused.stderr and refused.stdout == ""


def test_the_chart_is_of_the_source_that_is_named(inside: Run, home: Path) -> None:
    """A chart of a line from a named source has its points and its source."""
    assert inside("measure", "exports-PAK", "--from", "cow-trade", "--chart", "line.json", cwd=home).returncode == 0
    drawn = (home / "line.json").read_text(encoding="utf-8")
    assert "Correlates of War" in drawn and '"2001"' in drawn
