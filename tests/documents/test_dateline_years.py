"""Reports whose dateline names day and month alone: the year is inferred where the file tells it, and told as inferred."""

from __future__ import annotations

from datetime import date

import pytest

from comity.coding import code
from comity.documents import read_bytes
from comity.terms import Document
from tests.documents.made import docx, paragraph

# 3 May 2018 was a Thursday.
_REPORT = "KAMPALA, {day} (Reuters) - Kenyan Foreign Minister Anna Wekesa arrived in Kampala on {weekday} for talks, officials said.\n\nTrade was discussed.\n"


def _read(
    *, day: str = "3 May", weekday: str = "Thursday", name: str = "report.txt", below: str = "", above: str = ""
) -> Document:
    text = f"{above}{_REPORT.format(day=day, weekday=weekday)}{below}"
    return read_bytes(text.encode(), name=name)


@pytest.mark.parametrize(
    ("below", "name", "words"),
    [
        ("\n© 2018 Thomson Reuters. All rights reserved.\n", "report.txt", "© 2018"),
        ("\n(c) Copyright Thomson Reuters 2018.\n", "report.txt", "2018"),
        ("", "2018-05-04 kampala.txt", "file's name"),
        ("", "reuters_20180503.txt", "file's name"),
        ("\n© 2018 Thomson Reuters. All rights reserved.\n", "reuters_20180503.txt", "2018"),
    ],
)
def test_year_of_a_dateline_is_inferred_and_told(below: str, name: str, words: str) -> None:
    """The line of rights or a date in the file's name gives the year, a warning says so, and the visit has its day."""
    document = _read(below=below, name=name)
    assert document.published == date(2018, 5, 3)
    (warning,) = (warning for warning in document.warnings if "inferred" in warning)
    assert '"3 May"' in warning and "2018" in warning and words in warning
    (event,) = code(document).events
    assert event.date is not None and event.date.period.start == date(2018, 5, 3)


@pytest.mark.parametrize(
    ("day", "weekday", "name", "below"),
    [
        ("3 May", "Thursday", "report.txt", ""),
        ("3 May", "Sunday", "2018-05-04.txt", ""),
        ("3 May", "Thursday", "2018-06-20.txt", ""),
        ("3 May", "Thursday", "2018-05-02.txt", ""),
        ("3 May", "Thursday", "2018-05-04.txt", "\n© 2012 Thomson Reuters.\n"),
        ("3 May", "Thursday", "report.txt", "\n© 2012-2018 Thomson Reuters.\n"),
        ("30 February", "Thursday", "report.txt", "\n© 2018 Thomson Reuters.\n"),
    ],
)
def test_year_that_nothing_tells_surely_is_not_inferred(day: str, weekday: str, name: str, below: str) -> None:
    """No year, a weekday that does not fit, a file saved long after, or two years: the report stays undated."""
    document = _read(day=day, weekday=weekday, name=name, below=below)
    assert document.published is None
    assert not any("inferred" in warning for warning in document.warnings)


def test_dateline_of_last_december_takes_the_year_before_the_files() -> None:
    """A report of 30 December that was saved on 2 January is the old year's."""
    document = _read(day="Dec 30", weekday="Sunday", name="2019-01-02.txt")
    assert document.published == date(2018, 12, 30)


def test_year_that_the_dateline_names_is_not_touched() -> None:
    """A dateline with its year is not inferred from anything."""
    document = _read(day="3 May 2018", name="2018-05-04.txt", below="\n© 2019 Thomson Reuters.\n")
    assert document.published == date(2018, 5, 3)
    assert not any("inferred" in warning for warning in document.warnings)


@pytest.mark.parametrize(("created", "published"), [("2018-05-04", date(2018, 5, 3)), ("2019-11-20", None)])
def test_day_of_creation_of_a_word_file_gives_the_year_where_it_fits(created: str, published: date | None) -> None:
    """A report saved the day after it came has that day's year; one saved long after has none."""
    body = "".join(paragraph(part) for part in _REPORT.format(day="3 May", weekday="Thursday").split("\n\n"))
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}T09:12:00Z</dcterms:created></cp:coreProperties>'
    )
    document = read_bytes(docx(body, {"docProps/core.xml": core}), name="report.docx")
    assert document.published == published
    assert any("day of creation" in warning for warning in document.warnings) is (published is not None)
