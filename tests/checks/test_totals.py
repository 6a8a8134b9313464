"""The totals of a table are held against their parts as far as the printed digits allow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.checks import check
from comity.terms import Severity, Verdict
from tests.checks.builders import document


def _totals(table: str) -> list[tuple[str, str, str]]:
    report = check(document(table))
    return [(claim.rule, claim.evidence[0].text, claim.verdict.value) for claim in report.claims]


def test_exact_row_totals_are_confirmed_with_their_parts() -> None:
    """A total that equals exports plus imports is confirmed and names both cells."""
    report = check(document("| Year | Exports | Imports | Total |\n|---|---|---|---|\n| 2014 | 310 | 905 | 1,215 |"))
    (claim,) = report.claims
    assert claim.verdict is Verdict.CONFIRMED
    assert [span.text for span in claim.evidence] == ["1,215", "310", "905"]
    assert not report.findings


def test_wrong_row_total_is_an_error_at_its_cell() -> None:
    """One total that is not exports plus imports is an error; its neighbours are confirmed."""
    doc = document(
        "| Year | Exports | Imports | Total |\n|---|---|---|---|\n| 2014 | 310 | 905 | 1,215 |\n| 2015 | 330 | 900 | 1,320 |\n| 2016 | 1 | 2 | 3 |"
    )
    report = check(doc)
    (finding,) = report.findings
    assert (finding.code, finding.severity, finding.spans[0].text) == ("SUM001", Severity.ERROR, "1,320")
    assert (finding.spans[0].line, finding.spans[0].column) == (4, 22)
    assert report.count(Verdict.CONFIRMED) == 2


def test_total_that_was_cut_off_is_at_most_an_info() -> None:
    """A total printed without its decimals and not rounded is an info of its own code."""
    report = check(
        document(
            "| Year | Exports | Imports | Total |\n|--|--|--|--|\n| 2014 | 10.9 | 20.8 | 31 |\n| 2015 | 10 | 20 | 30 |"
        )
    )
    assert [(finding.code, finding.severity) for finding in report.findings] == [("SUM002", Severity.INFO)]


def test_parts_rounded_one_by_one_raise_no_alarm() -> None:
    """A total that is off by the rounding of its parts is confirmed."""
    assert _totals("| Year | Exports | Imports | Total |\n|--|--|--|--|\n| 2014 | 10.4 | 20.4 | 30.9 |") == [
        ("SUM001", "30.9", "confirmed")
    ]


def test_balance_and_share_are_no_parts_of_a_total() -> None:
    """Columns of balances and shares are left out of a sum."""
    table = "| Year | Exports | Imports | Balance | Share (%) | Total |\n|--|--|--|--|--|--|\n| 2014 | 10 | 25 | -15 | 3.1 | 35 |"
    assert _totals(table) == [("SUM001", "35", "confirmed")]


def test_total_row_of_years_is_held_against_the_years() -> None:
    """A wrong total below a column of years is an error, a right one is confirmed."""
    table = "| Year | Aid | Loans |\n|--|--|--|\n| 2014 | 10 | 25 |\n| 2015 | 12 | 20 |\n| Total | 22 | 54 |"
    assert _totals(table) == [("SUM001", "22", "confirmed"), ("SUM001", "54", "contradicted")]


def test_total_over_selected_partners_is_not_checkable() -> None:
    """Where the listed rows need not be all rows, a larger total is no contradiction."""
    table = "| Partner | Imports |\n|--|--|\n| Chile | 10 |\n| Peru | 12 |\n| Total | 95 |"
    assert _totals(table) == [("SUM001", "95", "not_checkable")]


def test_subtotals_are_not_counted_twice() -> None:
    """A grand total over subtotals is read by the interpretation that fits."""
    table = (
        "| Item | 2014 | 2015 | 2016 |\n|--|--|--|--|\n| Rice | 1 | 2 | 3 |\n| Tea | 4 | 5 | 6 |\n| Subtotal | 5 | 7 | 9 |\n"
        "| Steel | 10 | 20 | 30 |\n| Cars | 1 | 1 | 1 |\n| Subtotal | 11 | 21 | 31 |\n| Total | 16 | 28 | 40 |"
    )
    assert {verdict for _, _, verdict in _totals(table)} == {"confirmed"}


def test_missing_part_leaves_the_total_unchecked() -> None:
    """A total with a missing part is not a claim that can be judged."""
    assert _totals("| Year | Exports | Imports | Total |\n|--|--|--|--|\n| 2014 | 10 | n.a. | 35 |") == []


def test_table_without_total_words_raises_nothing() -> None:
    """Years as headers are not summed."""
    assert _totals("| Year | 2012 | 2013 |\n|--|--|--|\n| FDI | 30.1 | 30.1 |") == []


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=8))
def test_true_sums_are_never_contradicted(rows: list[tuple[int, int]]) -> None:
    """Whatever the figures, exact totals are all confirmed."""
    lines = [f"| {1990 + index} | {x:,} | {y:,} | {x + y:,} |" for index, (x, y) in enumerate(rows)]
    report = check(document("| Year | Exports | Imports | Total |\n|--|--|--|--|\n" + "\n".join(lines)))
    assert not report.findings
    assert report.count(Verdict.CONFIRMED) == len(rows)


@given(st.lists(st.tuples(st.decimals(0, 9999, places=3), st.decimals(0, 9999, places=3)), min_size=1, max_size=6))
def test_rounding_every_cell_on_its_own_is_never_an_error(rows: list[tuple[object, object]]) -> None:
    """Independently rounded exports, imports and totals raise no finding."""
    lines = [
        f"| {1990 + index} | {x:.1f} | {y:.1f} | {x + y:.1f} |"  # type: ignore[operator]
        for index, (x, y) in enumerate(rows)
    ]
    report = check(document("| Year | Exports | Imports | Total |\n|--|--|--|--|\n" + "\n".join(lines)))
    assert not [finding for finding in report.findings if finding.severity is Severity.ERROR]


_GRID = """| Year | Exports | Imports | Turnover |
|--|--|--|--|
| 2012 | {a} | 1,823.7 | {b} |
| 2013 | 437.8 | 2,374.9 | {c} |
| 2014 | 325.4 | 2,288.2 | 2,613.6 |
| Total | {d} | 6,486.8 | {e} |"""
_RIGHT = {"a": "321.7", "b": "2,145.4", "c": "2,812.7", "d": "1,084.9", "e": "7,571.7"}


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({}, []),
        ({"b": "2,154.4"}, ["2,154.4"]),
        ({"b": "2,154.4", "c": "2,821.7"}, ["2,154.4", "2,821.7"]),
        ({"d": "1,048.9"}, ["1,048.9"]),
        ({"a": "231.7"}, ["231.7"]),
        ({"e": "7,517.7"}, ["7,517.7"]),
        ({"b": "2,154.4", "e": "7,517.7"}, ["2,154.4", "7,517.7", "7,517.7"]),
    ],
)
def test_one_wrong_cell_is_reported_where_it_stands(wrong: dict[str, str], found: list[str]) -> None:
    """A total or part that is misprinted is the finding, not the right totals beside it; two mistakes stay two."""
    report = check(document(_GRID.format(**_RIGHT | wrong)))
    assert [finding.spans[0].text for finding in report.findings] == found


def test_a_right_total_beside_a_wrong_one_is_confirmed_only() -> None:
    """The grand total that its row bears out is not contradicted for a wrong total above it."""
    report = check(document(_GRID.format(**_RIGHT | {"b": "2,154.4"})))
    verdicts = [claim.verdict for claim in report.claims if claim.evidence[0].text == "7,571.7"]
    assert verdicts == [Verdict.CONFIRMED]


def test_a_misprinted_part_names_both_totals() -> None:
    """A part that neither its row's total nor its column's bears out is reported with both and by how much they differ."""
    (finding,) = check(document(_GRID.format(**_RIGHT | {"a": "231.7"}))).findings
    assert [span.text for span in finding.spans] == ["231.7", "2,145.4", "1,084.9"]
    assert "+90.0" in finding.message


_CELL = st.integers(100, 9999)


@given(st.lists(st.lists(_CELL, min_size=3, max_size=3), min_size=3, max_size=5), st.data())
def test_a_single_changed_cell_is_the_only_place_reported(rows: list[list[int]], data: st.DataObject) -> None:
    """Whichever cell of a table with both totals is changed, every finding stands at that cell."""
    table = [[*row, sum(row)] for row in rows]
    table.append([sum(column) for column in zip(*table, strict=True)])
    row, column = data.draw(st.integers(0, len(rows))), data.draw(st.integers(0, 3))
    table[row][column] += data.draw(st.sampled_from([-90, 9, 27, 1000]))
    labels = [*(str(2001 + index) for index in range(len(rows))), "Total"]
    lines = [f"| {label} | " + " | ".join(map(str, cells)) + " |" for label, cells in zip(labels, table, strict=True)]
    report = check(document("| Year | Food | Metals | Others | Total |\n|--|--|--|--|--|\n" + "\n".join(lines)))
    assert report.findings
    assert {(finding.spans[0].line, finding.spans[0].text) for finding in report.findings} == {
        (row + 3, str(table[row][column]))
    }
