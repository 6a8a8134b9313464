"""DOCX: styles, notes at their references, merged cells, tracked changes."""

from __future__ import annotations

import pytest

from comity.documents import read_bytes
from comity.terms import BlockKind, Document, UnreadableSource
from tests.documents.made import W, docx, paragraph

STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Our Heading"/><w:basedOn w:val="Base"/></w:style>
<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
</w:styles>"""
NOTES = f"""<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> "Talks in Hanoi", The Post (Hanoi), 4 May 2016.</w:t></w:r></w:p></w:footnote></w:footnotes>"""
REFERENCE = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>The envoys stayed.</w:t></w:r>'
CHANGED = (
    "<w:p><w:r><w:t xml:space='preserve'>Laos </w:t></w:r><w:del><w:r><w:delText>rejected</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>accepted</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> the offer on Monday.</w:t></w:r></w:p>"
)


def cell(text: str, properties: str = "") -> str:
    """Return the XML of a table cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


TABLE = (
    "<w:tbl><w:tr>" + cell("Year", '<w:vMerge w:val="restart"/>') + cell("Goods", '<w:gridSpan w:val="2"/>') + "</w:tr>"
    "<w:tr>" + cell("", "<w:vMerge/>") + cell("Out") + cell("In") + "</w:tr>"
    "<w:tr>" + cell("2015") + cell("12") + cell("14") + "</w:tr></w:tbl>"
)  # fmt: skip


@pytest.fixture(scope="module")
def word() -> Document:
    """A Word document on Laos and Vietnam."""
    body = (
        paragraph("Roads over the hills", "T")
        + paragraph("By Noy Vong")
        + paragraph("12 June 2016")
        + paragraph("The ministers met in Hanoi on 3 May 2016.", extra=REFERENCE)
        + paragraph("The road", "H1")
        + CHANGED
        + paragraph("Costs", "Own")
        + paragraph("Table 1: Goods over the pass (US$ million)")
        + TABLE
        + paragraph("Source: Road Office.")
    )
    return read_bytes(docx(body, {"word/styles.xml": STYLES, "word/footnotes.xml": NOTES}), name="x.bin")


def test_title_author_date(word: Document) -> None:
    """The styled title, the byline and the date are read; the content decides the type."""
    assert word.media_type.endswith("wordprocessingml.document")
    assert word.bibliography.title == "Roads over the hills"
    assert [name.full for name in word.bibliography.authors] == ["Noy Vong"]
    assert word.published is not None and word.published.isoformat() == "2016-06-12"


def test_headings_by_style(word: Document) -> None:
    """Headings are told by style, and by the outline level of the style that theirs is based on."""
    found = [(word.text[b.start : b.end], b.level) for b in word.blocks if b.kind is BlockKind.HEADING]
    assert found == [("The road", 1), ("Costs", 2)]


def test_notes_at_their_references(word: Document) -> None:
    """A footnote is linked where its reference stood, and a space stays between the sentences."""
    (note,) = word.notes
    assert "on 3 May 2016. The envoys stayed." in word.text
    assert word.text[: note.marker].endswith("3 May 2016.")
    assert note.label == "1" and note.text.startswith('"Talks in Hanoi"')
    assert note.citation is not None and note.citation.container_title == "The Post"


def test_tracked_changes(word: Document) -> None:
    """Of tracked changes the final text is read, and a warning says so."""
    assert "Laos accepted the offer on Monday." in word.text
    assert any("tracked changes" in warning for warning in word.warnings)


def test_merged_cells(word: Document) -> None:
    """Merged cells span rows and columns."""
    (table,) = word.tables
    year, goods = table.cell(1, 0), table.cell(0, 2)
    assert year is not None and (year.text, year.row_span) == ("Year", 2)
    assert goods is not None and (goods.text, goods.column_span) == ("Goods", 2)
    assert (table.unit, table.source) == ("US$ million", "Source: Road Office.")


@pytest.mark.parametrize("number", ["²", "٣", "-1", "99999999999", ""])
def test_odd_numbers_in_attributes(number: str) -> None:
    """A span or level that is no plain number costs nothing but itself."""
    cells = f'<w:tc><w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr>{paragraph("A")}</w:tc><w:tc>{paragraph("B")}</w:tc>'
    level = f'<w:p><w:pPr><w:outlineLvl w:val="{number}"/></w:pPr><w:r><w:t>Talks</w:t></w:r></w:p>'
    row = f'<w:tr><w:trPr><w:gridBefore w:val="{number}"/></w:trPr>{cells}</w:tr>'
    document = read_bytes(docx(f"{level}<w:tbl>{row}</w:tbl>"), name="x")
    assert [cell.text for cell in document.tables[0].cells] == ["A", "B"]
    page = f'<p>Talks</p><table><tr><td colspan="{number}">A</td><td>B</td></tr></table>'
    assert [cell.text for cell in read_bytes(page.encode(), name="x").tables[0].cells] == ["A", "B"]


def test_nested_too_deep() -> None:
    """Tables within tables beyond what the parser follows are refused for that reason."""
    deep = "<w:tbl><w:tr><w:tc>" * 200 + paragraph("Talks") + "</w:tc></w:tr></w:tbl>" * 200
    with pytest.raises(UnreadableSource, match="nested too deep"):
        read_bytes(docx(deep), name="x")
