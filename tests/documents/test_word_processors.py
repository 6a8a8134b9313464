"""ODT and RTF: what stands in paragraphs, lists, tables and notes, what is left out, and files that are no good."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.documents import read_bytes
from comity.terms import BlockKind, Document, UnreadableSource

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
    )
)  # fmt: skip
SENTENCE = "The ministers of Oman and Kenya met in Muscat on 3 May 2018 for two hours."


def odt(body: str, kind: str = "text") -> bytes:
    """An ODT whose text holds the given XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        content = f"<office:document-content {_NAMESPACES}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        archive.writestr("content.xml", content)
    return out.getvalue()


def rtf(body: str) -> bytes:
    """An RTF file with a Western code page."""
    return (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"
        + body.encode("cp1252")
        + b"}"
    )


def texts(document: Document, kind: BlockKind) -> list[str]:
    """The blocks of one kind."""
    return [document.text[block.start : block.end] for block in document.blocks if block.kind is kind]


def grid(document: Document) -> dict[tuple[int, int], tuple[str, int, int]]:
    """The cells of the one table: text, and how many rows and columns each covers."""
    (table,) = document.tables
    return {(cell.row, cell.column): (cell.text, cell.row_span, cell.column_span) for cell in table.cells}


def test_an_odt_has_lists_boxes_and_what_was_not_deleted() -> None:
    """Nested lists are entries, a text box follows its paragraph; annotations and deleted text are left out."""
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>It was deleted.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        f"<text:h text:outline-level='2'>The<text:s/>talks</text:h><text:p>{SENTENCE}<office:annotation><text:p>Check!</text:p>"
        "</office:annotation><draw:frame><draw:text-box><text:p>A box tells that both sides were content with it.</text:p>"
        "</draw:text-box></draw:frame></text:p><text:list><text:list-item><text:p>Fish and cement</text:p><text:list>"
        "<text:list-item><text:p>Hides and salt</text:p></text:list-item></text:list></text:list-item></text:list>"
    )
    document = read_bytes(odt(body), name="talks.odt")
    assert texts(document, BlockKind.LIST_ITEM) == ["Fish and cement", "Hides and salt"]
    assert texts(document, BlockKind.PARAGRAPH) == [SENTENCE, "A box tells that both sides were content with it."]
    assert not {"deleted", "Check"} & set(document.text.replace(".", " ").split())
    assert any("tracked changes" in warning for warning in document.warnings)


def test_cells_of_an_odt_span_and_repeat() -> None:
    """Covered cells have no place of their own; rows and columns that a file repeats to the sheet's edge are left out."""
    cell = '<table:table-cell table:number-columns-repeated="{}"><text:p>{}</text:p></table:table-cell>'
    body = (
        f"<text:p>{SENTENCE}</text:p><table:table><table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2"><text:p>Exports</text:p></table:table-cell><table:covered-table-cell/>'
        "</table:table-row></table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-rows-spanned="2"><text:p>2013</text:p></table:table-cell>'
        f'{cell.format(1, "12.4")}<table:table-cell table:number-columns-repeated="900"/></table:table-row>'
        f"<table:table-row><table:covered-table-cell/>{cell.format(1, '14.0')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="900"><table:table-cell/></table:table-row></table:table>'
    )
    found = grid(read_bytes(odt(body), name="table.odt"))
    assert found == {
        (0, 0): ("Exports", 1, 2), (1, 0): ("2013", 2, 1), (1, 1): ("12.4", 1, 1), (2, 1): ("14.0", 1, 1),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (odt("<text:section>" * 80 + "<text:p>x</text:p>" + "</text:section>" * 80), "nested too deep"),
        (odt("<text:p>x</text:h>"), "no well-formed XML"),
        (odt("", "presentation"), "another kind"),
        (b"{\\rtf1 " + b"{" * 2000 + b"x", "nested too deep"),
    ],
)
def test_files_that_are_no_good_are_refused(content: bytes, reason: str) -> None:
    """With the file's name, the reason and what to do."""
    with pytest.raises(UnreadableSource, match=reason) as told:
        read_bytes(content, name="bad file")
    assert "bad file" in str(told.value)


def test_characters_of_an_rtf_file() -> None:
    """Code pages by font, Unicode with its stand-in passed over, surrogates, hidden text, special characters."""
    body = (
        rf"\pard {SENTENCE} Caf\'e9 {{\f1 \'cc\'e8\'f0}} \u8364?5\~million, \u-10179?\u-8704? {{\v secret }}a\emdash b"
        r" {\uc2\u233 ??t\u233 ??} l\_r\par"
    )
    document = read_bytes(rtf(body), name="letters.rtf")
    assert document.text == f"{SENTENCE} Café Мир €5 million, \U0001f600 a—b été l-r"


def test_an_rtf_file_keeps_notes_fields_and_what_was_not_deleted() -> None:
    """A footnote and an endnote, a link's text, the final text; not what a field is made of, pictures, nor headers."""
    body = (
        rf"{{\header Secret head\par}}\pard\outlinelevel0 The talks\par\pard {SENTENCE}{{\super\chftn{{\footnote\pard"
        r" {\super\chftn} Gulf Post, 4 May 2018.\par Second line.}} They agreed{\super{\*\footnote\ftnalt\pard An endnote.}}"
        r" on {\field{\*\fldinst{HYPERLINK \"http://x\"}}{\fldrslt fish}} {\deleted and cement }{\revised and hides}."
        r"{\pict\bin5 }}{{x}\par\pard{\listtext\pard 1.\tab}\ls1 Salt and livestock\par"
    )
    document = read_bytes(rtf(body), name="notes.rtf")
    assert texts(document, BlockKind.PARAGRAPH) == [f"{SENTENCE} They agreed on fish and hides."]
    assert texts(document, BlockKind.LIST_ITEM) == ["1. Salt and livestock"]
    assert [(note.label, note.text) for note in document.notes] == [
        ("1", "Gulf Post, 4 May 2018. Second line."), ("i", "An endnote."),
    ]  # fmt: skip
    assert [document.text[: note.marker or 0][-6:] for note in document.notes] == ["hours.", "agreed"]
    assert any("tracked changes" in warning for warning in document.warnings)


def test_a_table_of_an_rtf_file_keeps_merged_cells() -> None:
    """Cells merged across and down."""
    row = r"\trowd{}\cellx1000{}\cellx2000\pard\intbl {}\cell {}\cell\row "
    body = (
        rf"\pard {SENTENCE}\par "
        + row.format(r"\clmgf", r"\clmrg", "Exports", "")
        + row.format(r"\clvmgf", "", "2013", "12.4")
        + row.format(r"\clvmrg", "", "", "14.0")
        + rf"\pard {SENTENCE}\par"
    )
    document = read_bytes(rtf(body), name="table.rtf")
    assert grid(document) == {
        (0, 0): ("Exports", 1, 2), (1, 0): ("2013", 2, 1), (1, 1): ("12.4", 1, 1), (2, 1): ("14.0", 1, 1),
    }  # fmt: skip
    assert len(texts(document, BlockKind.PARAGRAPH)) == 2


def test_a_cell_of_an_rtf_table_may_have_paragraphs() -> None:
    """In any row; only what stands behind a row with no new one begun is no cell."""
    row = r"\trowd\cellx1\cellx2\pard\intbl {}\cell {}\cell\row "
    body = (
        rf"\pard {SENTENCE}\par "
        + row.format("Year", "Exports")
        + row.format(r"2013\par of which", "12.4")
        + rf"\pard {SENTENCE}\par"
    )
    assert grid(read_bytes(rtf(body), name="cells.rtf"))[1, 0] == ("2013 of which", 1, 1)


_PIECES = [
    b"{", b"}", b"\\par ", b"\\cell ", b"\\row ", b"\\trowd ", b"\\cellx100 ", b"\\intbl ", b"\\footnote ", b"\\*", b"\\'e9", b"\\u233 ?",
    b"\\bin99 ", b"\\pard ", b"text. ", b"\\uc5 ", b"\\super ", b"\\fonttbl ", b"\\stylesheet ", b"\\s1 ", b"\\info ", b"\\title ", b"\\",
    b"\\clvmrg ", b"\\clmrg ", b"\\ftnalt ", b"\xff", b"\\f3 ", b"\\fcharset204 ", b"\\ansicpg99999 ", b"\\u-10179 ", b"\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=60))
def test_any_rtf_is_read_or_refused(pieces: list[bytes]) -> None:
    """In any order of its words: a document whose passages are verbatim, or a refusal."""
    try:
        document = read_bytes(b"{\\rtf1 " + b"".join(pieces), name="any.rtf")
    except UnreadableSource:
        return
    assert all(document.text[passage.start : passage.end] == passage.text for passage in document.passages)


@pytest.mark.parametrize(
    "body",
    [
        rf"\pard {SENTENCE}{{\footnote outer {{\footnote inner}} rest}} They agreed.\par {SENTENCE}\par",
        rf"\pard {SENTENCE}{{\footnote\footnote one}} They agreed.\par {SENTENCE}\par",
        rf"\trowd\cellx1\cellx2\pard\intbl A\cell 5\cell\row They agreed.\par {SENTENCE}\par",
        rf"\pard They agreed.\par {SENTENCE}{{\footnote cut within the note",
    ],
)
def test_no_text_of_an_rtf_file_is_lost_where_it_is_not_well_made(body: str) -> None:
    """Notes in notes, a table that is not ended, a file cut within a note."""
    document = read_bytes(rtf(body), name="odd.rtf")
    assert "They agreed." in document.text
    assert SENTENCE in document.text


def test_a_stand_in_for_a_letter_ends_with_its_group() -> None:
    """What follows is kept, whatever the letter was written with."""
    body = (
        rf"\pard {SENTENCE} It{{\u8217}}Hello \u8217{{}}s \u8217\par Text and more of it.\par {{\deleted\plain gone}}"
    )
    assert read_bytes(rtf(body), name="letters.rtf").text == f"{SENTENCE} It’Hello ’s ’\n\nText and more of it."


def test_notes_and_annotations_in_a_cell_are_no_part_of_its_figure() -> None:
    """A note within a note is left out, and such a file is read as quickly as any other."""
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>{}</text:p></text:note-body></text:note>"
    nested = "The end."
    for _ in range(40):
        nested = f"So. {note.format(nested)}"
    annotation = "<office:annotation><text:p>Check!</text:p></office:annotation>"
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "".join(
        f"<table:table-row>{cell.format(year)}{cell.format(value)}</table:table-row>"
        for year, value in (
            ("Year", "Exports"),
            ("2013", f"5{note.format('Estimate.')}"),
            ("2014", f"6{annotation}"),
        )
    )
    document = read_bytes(
        odt(f"<text:p>{SENTENCE}{note.format(nested)}</text:p><table:table>{rows}</table:table>"), name="n.odt"
    )
    assert [cell.text for cell in document.tables[0].cells] == ["Year", "Exports", "2013", "5", "2014", "6"]
    assert "Check" not in document.text
