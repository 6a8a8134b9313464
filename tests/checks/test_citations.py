"""What a note cites must have been there when the document was written."""

from __future__ import annotations

from comity.checks import check
from comity.terms import Period, Severity, Verdict
from tests.checks.builders import document

_BODY = "Date: 14 June 2019\n\nThe ministers met.[^1]\n\n"


def test_note_dated_after_the_document_is_an_error_with_both_places() -> None:
    """A newspaper of the next December cannot be cited; the likely slip is named but not assumed."""
    doc = document(
        _BODY + '[^1]: "Ministers meet", *The Herald*, December 4, 2019.', notes={"1": Period.of_day(2019, 12, 4)}
    )
    (finding,) = check(doc).findings
    assert (finding.code, finding.severity) == ("CIT001", Severity.ERROR)
    assert [span.text for span in finding.spans] == ["December 4, 2019", "14 June 2019"]
    assert "4 December 2018" in finding.message


def test_note_dated_before_the_document_is_confirmed() -> None:
    """An earlier paper is confirmed with the document's date as evidence."""
    doc = document(_BODY + "[^1]: *The Herald*, May 4, 2019.", notes={"1": Period.of_day(2019, 5, 4)})
    report = check(doc)
    assert [claim.verdict for claim in report.claims if claim.rule == "CIT001"] == [Verdict.CONFIRMED]


def test_cover_dates_and_forthcoming_works_raise_no_alarm() -> None:
    """A journal's season and a forthcoming book run ahead of a document."""
    text = _BODY + "[^1]: *Journal of Asia* 3 (Summer 2019).\n\n[^2]: A. Writer, *Book*, forthcoming, 2021."
    doc = document(text, notes={"1": Period.of_season(2019, "summer"), "2": Period.of_year(2021)})
    assert not [finding for finding in check(doc).findings if finding.code == "CIT001"]


def test_access_before_issue_is_a_warning() -> None:
    """A page cannot be read a year before it was issued."""
    doc = document(_BODY + "[^1]: *Report*, May 4, 2019, accessed 3 May 2018.", notes={"1": Period.of_day(2019, 5, 4)})
    findings = [finding for finding in check(doc).findings if finding.code == "CIT002"]
    assert [(finding.severity, finding.spans[0].text) for finding in findings] == [(Severity.WARNING, "3 May 2018")]


def test_document_without_date_has_nothing_to_hold_notes_against() -> None:
    """Without a publication date no note is judged."""
    doc = document("One.[^1]\n\n[^1]: *Paper*, May 4, 2030.", published=None, notes={"1": Period.of_day(2030, 5, 4)})
    assert not check(doc).claims
