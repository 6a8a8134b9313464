"""DOCX: notes are linked wherever they are called, have the labels that are printed, and the data of reference managers."""

from __future__ import annotations

import base64
import json

import pytest

from comity.documents import read_bytes
from comity.terms import Document
from tests.documents.made import W, docx, paragraph

SENTENCE = "The ministers of Oman and Kenya met in Muscat on 3 May 2018 for two hours."
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'


def run(text: str, *, raised: bool = False) -> str:
    """Return the XML of a run."""
    return f'<w:r>{_RAISED if raised else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def call(number: int, kind: str = "footnote", mark: str = "") -> str:
    """Return the XML of a note's call; `mark` is a mark of its own."""
    own = ' w:customMarkFollows="1"' if mark else ""
    return f'<w:r>{_RAISED}<w:{kind}Reference{own} w:id="{number}"/>{f"<w:t>{mark}</w:t>" if mark else ""}</w:r>'


def notes(texts: list[str], kind: str = "footnote") -> str:
    """Return the part with the notes; a text is what stands in the one paragraph of a note, as text or as XML."""
    inner = "".join(
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r>{text if text.startswith("<") else run(" " + text)}</w:p></w:{kind}>'
        for number, text in enumerate(texts, 1)
    )
    return f'<w:{kind}s xmlns:w="{W}"><w:{kind} w:type="separator" w:id="-1"><w:p/></w:{kind}>{inner}</w:{kind}s>'


def labels(document: Document) -> list[tuple[str, str]]:
    """Each note's label, and the words before its marker."""
    return [(note.label, document.text[: note.marker or 0][-8:]) for note in document.notes]


def test_notes_are_linked_wherever_they_are_called() -> None:
    """In a heading, a cell, a caption, a text box, and in a content control; a figure is none the longer for it."""
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('Both sides were content with it.')}{call(4)}</w:p></w:txbxContent></w:pict></w:r>"
    body = (
        paragraph(SENTENCE)
        + f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{run("Trade")}{call(1)}</w:p>'
        + f"<w:p>{run('Table 1: Goods (US$ million)')}{call(2)}</w:p>"
        + f"<w:tbl><w:tr><w:tc>{paragraph('Year')}</w:tc><w:tc>{paragraph('Goods')}</w:tc></w:tr>"
        + f"<w:tr><w:tc>{paragraph('2013')}</w:tc><w:tc><w:p>{run('12.4')}{call(3)}</w:p></w:tc></w:tr></w:tbl>"
        + f"<w:p>{run('They met twice.')}{box}</w:p>"
        + f"<w:p>{run('They met again.')}<w:sdt><w:sdtContent>{call(5)}</w:sdtContent></w:sdt></w:p>"
    )
    document = read_bytes(docx(body, {"word/footnotes.xml": notes([f"Note {n}." for n in range(1, 6)])}), name="a")
    assert [(note.label, note.text) for note in document.notes] == [(str(n), f"Note {n}.") for n in range(1, 6)]
    assert [words[-5:] for _, words in labels(document)] == ["Trade", "lion)", "\t12.4", "h it.", "gain."]
    assert [cell.text for cell in document.tables[0].cells] == ["Year", "Goods", "2013", "12.4"]
    assert not document.warnings


def test_labels_are_those_that_are_printed() -> None:
    """Numbers begin anew with a section, in its format; endnotes count in Roman numerals; a note with a mark of its own is not counted."""
    section = '<w:sectPr><w:footnotePr><w:numFmt w:val="{}"/><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'

    def sentence(inner: str, end: str = "") -> str:
        return f"<w:p><w:pPr>{end}</w:pPr>{run(SENTENCE)}{inner}</w:p>"

    body = (
        sentence(call(1) + run(" So they did.") + call(2, mark="*"))
        + sentence(call(3), section.format("lowerLetter"))
        + sentence(call(4), section.format("chicago"))
        + sentence(call(5) + call(1, "endnote") + call(2, "endnote"))
        + section.format("upperRoman")
    )
    star = run("*", raised=True) + run(" An estimate.")
    parts = {
        "word/footnotes.xml": notes(["One.", star, "Two.", "Three.", "Four."]),
        "word/endnotes.xml": notes(["Five.", "Six."], "endnote"),
    }
    document = read_bytes(docx(body, parts), name="a")
    assert [(note.label, note.text) for note in document.notes] == [
        ("a", "One."), ("*", "An estimate."), ("b", "Two."), ("*", "Three."), ("I", "Four."), ("i", "Five."), ("ii", "Six."),
    ]  # fmt: skip
    assert document.text.count("*") == 0


@pytest.mark.parametrize(
    ("format", "label"), [("decimal", "14"), ("lowerRoman", "xiv"), ("lowerLetter", "n"), ("chicago", "††††")]
)
def test_endnotes_are_numbered_as_the_settings_say(format: str, label: str) -> None:  # noqa: A002
    """The fourteenth note of a document."""
    settings = f'<w:settings xmlns:w="{W}"><w:endnotePr><w:numFmt w:val="{format}"/><w:numStart w:val="12"/></w:endnotePr></w:settings>'
    body = f"<w:p>{run(SENTENCE)}{call(1, 'endnote')}{call(2, 'endnote')}{call(3, 'endnote')}</w:p>"
    parts = {"word/endnotes.xml": notes(["One.", "Two.", "Three."], "endnote"), "word/settings.xml": settings}
    assert read_bytes(docx(body, parts), name="a").notes[2].label == label


def test_a_second_call_of_a_note_is_no_figure() -> None:
    """A field that repeats a note's number above the line is taken out as a marker is."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> NOTEREF _Ref1 \\f </w:instrText><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("1", raised=True)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = f"<w:p>{run(SENTENCE)}{call(1)}</w:p><w:p>{run('They met in 2014')}{field}{run(' and 2015.')}</w:p>"
    document = read_bytes(docx(body, {"word/footnotes.xml": notes(["One."])}), name="a")
    assert document.text.splitlines()[2] == "They met in 2014 and 2015."


def typed(*paragraphs: str) -> Document:
    """A document whose notes were typed by hand; "^1" is a raised 1."""

    def inner(text: str) -> str:
        pieces = text.split("^")
        return run(pieces[0]) + "".join(run(piece[0], raised=True) + run(piece[1:]) for piece in pieces[1:])

    return read_bytes(docx("".join(f"<w:p>{inner(text)}</w:p>" for text in paragraphs)), name="a")


def test_notes_typed_by_hand_are_linked() -> None:
    """Raised numbers that run from 1 and begin paragraphs in turn; powers stay."""
    document = typed(
        f"{SENTENCE}^1 They ceded 5 km^2 of land.^2",
        "They met again in the autumn.^3",
        "^1 The Post, 4 May 2018.",
        "^2 Report, p. 3.",
        "^3 Interview.",
    )
    assert [note.text for note in document.notes] == ["The Post, 4 May 2018.", "Report, p. 3.", "Interview."]
    assert document.text.startswith(f"{SENTENCE} They ceded 5 km² of land.\n\nThey met again in the autumn.\n\n")
    assert [words[-6:] for _, words in labels(document)] == ["hours.", " land.", "utumn."]
    below = typed(f"{SENTENCE}^1 They ceded land.^2", "Notes", "1. The Post, 4 May 2018.", "2. Report, p. 3.")
    assert [note.label for note in below.notes] == ["1", "2"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        (f"{SENTENCE}^1", "They met again.^2", "^1 The Post, 4 May 2018.", "^3 Report, p. 3."),  # a note is missing
        (SENTENCE, "1. The Post, 4 May 2018.", "2. Report, p. 3."),  # a list
        ("They ceded 5 km^2 and 3 km^2 of land.", "^2 Report, p. 3."),
    ],
)
def test_raised_numbers_that_may_be_anything_stay(paragraphs: tuple[str, ...]) -> None:
    """Where not every number has its note, or every note its call, in turn."""
    document = typed(*paragraphs)
    assert "²" in document.text or "1. The Post" in document.text
    assert not document.notes


ITEM = {
    "locator": "12",
    "itemData": {
        "type": "article-journal", "title": "Ports and <i>powers</i>", "container-title": "Gulf Review", "volume": 4, "DOI": "10.1000/x",
        "author": [{"family": "Roe", "given": "Jane"}, {"literal": "Harbour Institute"}], "issued": {"date-parts": [["2016", 5, 3]]},
    },
}  # fmt: skip


def cited(instruction: str, printed: str) -> Document:
    """A document with one note that a field prints."""
    field = (
        f'<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{instruction[:30]}</w:instrText></w:r><w:r><w:instrText>{instruction[30:]}</w:instrText>'
        f'<w:fldChar w:fldCharType="separate"/></w:r>{run(printed)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return read_bytes(docx(f"<w:p>{run(SENTENCE)}{call(1)}</w:p>", {"word/footnotes.xml": notes([field])}), name="a")


@pytest.mark.parametrize("program", ["ADDIN ZOTERO_ITEM CSL_CITATION", "ADDIN CSL_CITATION"])
def test_data_of_reference_managers_are_read(program: str) -> None:
    """The item that the field of a note holds; the text is what the note prints."""
    text = json.dumps({"citationItems": [ITEM]}).replace("<", "&lt;").replace(">", "&gt;")
    (note,) = cited(f" {program} {text}", "Roe et al., Ports and powers, 12.").notes
    about = note.citation
    assert note.text == "Roe et al., Ports and powers, 12." and about is not None
    assert (about.title, about.container_title, about.volume, about.page) == (
        "Ports and powers",
        "Gulf Review",
        "4",
        "12",
    )
    assert [author.full for author in about.authors] == ["Jane Roe", "Harbour Institute"]
    assert about.issued is not None and about.issued.label == "3 May 2016"


def test_data_in_a_control_are_read() -> None:
    """As Mendeley writes them now, encoded in the tag of a content control."""
    tag = "MENDELEY_CITATION_v3_" + base64.b64encode(json.dumps({"citationItems": [ITEM]}).encode()).decode()
    control = (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{run("Roe 2016, 12.")}</w:sdtContent></w:sdt>'
    )
    document = read_bytes(
        docx(f"<w:p>{run(SENTENCE)}{call(1)}</w:p>", {"word/footnotes.xml": notes([control])}), name="a"
    )
    assert document.notes[0].citation is not None and document.notes[0].citation.doi == "10.1000/x"


def test_a_printed_date_stays_where_the_field_has_another() -> None:
    """A writer who changed the note by hand is held to what it prints."""
    text = json.dumps({"citationItems": [ITEM]}).replace("<", "&lt;").replace(">", "&gt;")
    (note,) = cited(f" ADDIN ZOTERO_ITEM CSL_CITATION {text}", 'Jane Roe, "Ports", Gulf Review, 7 June 2017.').notes
    assert (
        note.citation is not None and note.citation.issued is not None and note.citation.issued.label == "7 June 2017"
    )


@pytest.mark.parametrize(
    "text", ["{", "[1]", '{"citationItems": 5}', '{"citationItems": [{"itemData": []}]}', "{" * 5000]
)
def test_damaged_data_leave_the_note_as_it_is_printed(text: str) -> None:
    """And so do fields with several items, of which no one is the note's."""
    (note,) = cited(f" ADDIN ZOTERO_ITEM CSL_CITATION {text}", 'Jane Roe, "Ports", Gulf Review, 7 June 2017.').notes
    assert note.citation is not None and note.citation.title == "Ports"
    two = json.dumps({"citationItems": [{"itemData": {"title": "One"}}, {"itemData": {"title": "Two"}}]})
    (both,) = cited(f" ADDIN ZOTERO_ITEM CSL_CITATION {two}", 'Jane Roe, "Ports", Gulf Review, 7 June 2017.').notes
    assert both.citation is not None and both.citation.title == "Ports"
