"""Comments and typed values of a PDF: not in its text, and said."""

from __future__ import annotations

from comity.documents import read_bytes
from tests.documents import made

LINES = [
    (72.0, 700.0 - 20 * n, 11.0, f"The ministers met in Muscat in {2001 + n}, and spoke of ports.") for n in range(4)
]
NOTE = "<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (Is this so?) >>"
FIELD = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Jane Roe) /Rect [10 40 90 60] >>"
LINK = "<< /Type /Annot /Subtype /Link /Contents (go) /Rect [10 70 90 80] >>"
BLANK = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (office) /V () /Rect [10 90 90 99] >>"
TICKED = "<< /Type /Annot /Subtype /Widget /FT /Btn /T (yes) /V /Yes /Rect [10 90 90 99] >>"


def test_comments_and_typed_values_are_said() -> None:
    """What a reader of the page has added is counted by its page; links, blank fields and ticked boxes are not."""
    document = read_bytes(made.pdf([LINES, LINES], annotations=NOTE + FIELD + LINK + BLANK + TICKED), name="a.pdf")
    told = [warning for warning in document.warnings if "left out" in warning]
    assert len(told) == 2
    assert told[0].startswith("1 comment (page 1) left out")
    assert told[1].startswith("1 value typed into the form (page 1) left out")
    assert "Is this so" not in document.text


def test_many_comments_are_one_warning() -> None:
    """Comments are told once, with their number."""
    document = read_bytes(made.pdf([LINES], annotations=NOTE * 3), name="a.pdf")
    assert [warning for warning in document.warnings if warning.startswith("3 comments (page 1)")]


def test_a_page_without_any_says_nothing() -> None:
    """Links alone give no warning."""
    assert not read_bytes(made.pdf([LINES], annotations=LINK), name="a.pdf").warnings
