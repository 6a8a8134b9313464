"""Silencing, and the report's forms: JSON, SARIF and lines of text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.checks import Evidence, Ignore, check, read_ignores, report_json, report_sarif, report_text
from tests.checks.builders import document, observations

_WRONG = "They met on Tuesday, January 3, 2018."


def test_comment_on_the_line_or_the_line_before_silences_with_its_reason() -> None:
    """A silenced finding is not reported but counted, and keeps the reason."""
    for text in (
        f"{_WRONG} <!-- comity: ignore DAT001 the source has it so -->",
        f"<!-- comity: ignore DAT001: the source has it so -->\n{_WRONG}",
    ):
        report = check(document(text))
        assert not report.findings
        assert [(each.finding.code, each.reason) for each in report.silenced] == [("DAT001", "the source has it so")]


@pytest.mark.parametrize(
    "comment", ["<!-- comity: ignore SUM001 other -->", "<!-- comity ignore DAT001 -->", "<!-- comity: ignore -->"]
)
def test_other_comments_silence_nothing(comment: str) -> None:
    """A comment for another code, or one that is not well formed, leaves the finding."""
    assert [finding.code for finding in check(document(f"{comment}\n{_WRONG}")).findings] == ["DAT001"]


def test_comment_two_lines_before_silences_nothing() -> None:
    """The comment must stand on the claim's line or right above it."""
    report = check(document(f"<!-- comity: ignore DAT001 x -->\n\n{_WRONG}"))
    assert [finding.code for finding in report.findings] == ["DAT001"]


def test_comments_of_the_file_count_where_the_reader_left_them_out() -> None:
    """`read_ignores` reads a file's own text, for documents whose text has no comments."""
    ignores = read_ignores("# Title\n<!-- comity: ignore DAT001, SUM001 because -->\n")
    assert ignores == (Ignore(2, frozenset({"DAT001", "SUM001"}), "because"),)
    assert check(document(_WRONG), ignores=(Ignore(1, frozenset({"DAT001"}), "because"),)).silenced


def test_json_has_the_shape_of_the_contract() -> None:
    """The JSON has the document, findings with spans that stand verbatim in the text, and the count of claims."""
    doc = document(f"{_WRONG} They met on Wednesday, January 3, 2018.")
    shape = json.loads(json.dumps(report_json(doc, check(doc))))
    assert set(shape) >= {"document", "findings", "claims"}
    assert shape["claims"] == {"confirmed": 1, "contradicted": 1, "not_checkable": 0}
    (finding,) = shape["findings"]
    assert (finding["code"], finding["severity"]) == ("DAT001", "error")
    assert len(finding["spans"]) >= 2
    for span in finding["spans"]:
        assert doc.text[span["start"] : span["end"]] == span["text"]
        assert {"line", "column"} <= set(span)


def test_text_lines_name_file_line_column_and_code() -> None:
    """A line of text reads `file:line:column CODE message`."""
    doc = document(_WRONG)
    first = next(iter(report_text(doc, check(doc))))
    assert first.startswith("brief.md:1:13 DAT001 3 January 2018 was a Wednesday")


def test_sarif_names_every_rule_and_places_every_result() -> None:
    """The SARIF log lists the rules, points each result at its rule, and marks silenced results as suppressed in source."""
    doc = document(f"{_WRONG}\n\n{_WRONG} <!-- comity: ignore DAT001 known -->")
    log = report_sarif(doc, check(doc))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    shown, suppressed = run["results"]
    for result in (shown, suppressed):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "DAT001"
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] in (1, 3)
    assert "suppressions" not in shown
    assert suppressed["suppressions"] == [{"kind": "inSource", "justification": "known"}]


def test_checking_twice_gives_the_same_report() -> None:
    """A check is a function of document and evidence, ids included."""
    doc = document(f"{_WRONG} Of three countries, namely Kenya and Uganda, none came.")
    assert check(doc) == check(doc)


@given(st.text(max_size=300))
def test_no_text_makes_a_check_fail(text: str) -> None:
    """Whatever stands in a document, the check ends without an error and points inside the text."""
    doc = document(f"x {text}")
    for claim in check(doc).claims:
        for span in claim.evidence:
            assert doc.text[span.start : span.end] == span.text


def test_very_long_lines_are_checked_in_time() -> None:
    """A line of 100,000 characters full of near-matches is read without hanging."""
    for piece in (
        "Kenyan exports to Uganda only also nearly roughly broadly ",
        "exports to Kenya and ",
        "three countries including Kenya, ",
        "anniversary of since 1950 ",
        "from US$ 3 billion to ",
    ):
        table = "\n\n| Year | Exports |\n|--|--|\n| 2013 | 10 |\n| 2014 | 20 |"
        doc = document(piece * (100_000 // len(piece)) + table)
        figures = observations(doc, reporter="KEN", partner="UGA", indicators={1: "exports"})
        check(doc, Evidence(observations=figures))
