"""Office files without a word, or of a kind that is not read: refused, with what they hold and what to do."""

from __future__ import annotations

import io
import zipfile

import pytest

from comity.documents import read_bytes
from comity.terms import UnreadableSource
from tests.documents.made import W, docx, paragraph
from tests.documents.test_word_text import SENTENCE, run, word

_PICTURE = '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r></w:p>'
_CHART = '<w:p><w:r><w:drawing><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></w:drawing></w:r></w:p>'


def _odt(body: str) -> bytes:
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text"))
    drawing = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names} {drawing}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "held", "remedy"),
    [
        (docx("<w:p/>"), "headers and footers", "remove it"),
        (docx(_PICTURE), "only pictures", "--ocr"),
        (docx(_PICTURE + _CHART), "only charts and pictures", "--ocr"),
        (docx('<w:altChunk xmlns:r="r" r:id="rId1"/>'), "only inserted files", "save it again"),
        (_odt("<text:p><draw:frame><draw:image/></draw:frame></text:p>"), "only pictures", "--ocr"),
        (_odt('<text:p><office:annotation><text:p>Check!</text:p></office:annotation></text:p>'), "only comments", "remove it"),
        (rb"{\rtf1\ansi{\header\pard Ministry\par}{\pict\pngblip 89504e47}\par}", "only pictures", "--ocr"),
        (rb"{\rtf1\ansi{\header\pard Ministry\par}\par}", "headers and footers", "remove it"),
    ],
)  # fmt: skip
def test_a_document_without_text(content: bytes, held: str, remedy: str) -> None:
    """It is refused, with what it has instead; a reader of an empty text would not know that something is missing."""
    with pytest.raises(UnreadableSource) as refused:
        read_bytes(content, name="memo")
    assert held in refused.value.reason
    assert remedy in refused.value.remedy


def test_text_in_a_table_or_a_note_is_text() -> None:
    """A document whose only words stand in a cell is read."""
    assert read_bytes(docx(f"<w:tbl><w:tr><w:tc>{paragraph('Yes')}</w:tc></w:tr></w:tbl>"), name="a").text == "Yes"


def test_prompts_of_form_fields_are_counted() -> None:
    """What a form asks for is no text of its writer; that it was left out is said."""
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    document = word(run("Name: ") + prompt.format(run("Click here.")), prompt.format(paragraph("Enter a date.")))
    assert document.text == f"{SENTENCE}\n\nName:"
    assert document.warnings == ("The document has 2 unfilled form fields, left out here.",)


def test_notes_of_word_that_are_numbered_by_pages() -> None:
    """Where the file does not tell its pages, the reader is told that the printed numbers may be others."""
    body = paragraph(SENTENCE, extra='<w:r><w:footnoteReference w:id="2"/></w:r>')
    settings = f'<w:settings xmlns:w="{W}"><w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr></w:settings>'
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{paragraph("The Post.")}</w:footnote></w:footnotes>'
    parts = {"word/settings.xml": settings, "word/footnotes.xml": notes}
    paged = body.replace("<w:t ", "<w:lastRenderedPageBreak/><w:t ")
    assert any("anew on each page" in said for said in read_bytes(docx(body, parts), name="a").warnings)
    assert not read_bytes(docx(paged, parts), name="a").warnings


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WORDDOCUMENT".encode("utf-16-le"), "old Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "workbook".encode("utf-16-le"), "old Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "A book. PowerPoint Document".encode("utf-16-le"), "PowerPoint"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>', "Word document in XML"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "Excel in XML"),
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>', "Office file in XML"),
    ],
)  # fmt: skip
def test_other_kinds_of_office_files(content: bytes, reason: str) -> None:
    """Each is named, whatever the case of its streams' names, with the kind to save it as."""
    with pytest.raises(UnreadableSource) as refused:
        read_bytes(content, name="memo")
    assert reason in refused.value.reason
    assert "Save" in refused.value.remedy
