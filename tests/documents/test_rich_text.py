r"""RTF: labels of notes, letters of two bytes, columns by their edges, tables in cells, text boxes, fields, titles by their look."""

from __future__ import annotations

import json

import pytest

from comity.documents import read_bytes
from comity.terms import BlockKind, Document

SENTENCE = "The ministers of Oman and Kenya met in Muscat on 3 May 2018 for two hours."


def rtf(body: str, head: str = r"\ansi\ansicpg1252") -> Document:
    """An RTF file with the words of its head."""
    return read_bytes(
        rf"{{\rtf1{head}{{\fonttbl{{\f0\fcharset0 Arial;}}{{\f1\fcharset128 Mincho;}}}}{body}}}".encode("cp1252"),
        name="a.rtf",
    )


def texts(document: Document) -> list[str]:
    """The blocks below the first sentence."""
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if document.text[block.start : block.end] != SENTENCE
    ]


def grid(document: Document, table: int = 0) -> dict[tuple[int, int], tuple[str, int, int]]:
    """The cells of a table: text, and how many rows and columns each covers."""
    return {
        (cell.row, cell.column): (cell.text, cell.row_span, cell.column_span) for cell in document.tables[table].cells
    }


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("", ["1", "2", "i", "ii"]),
        (r"\ftnnalc\aftnnar\aftnstart4", ["a", "b", "4", "5"]),
        (r"\ftnnchi\aftnnruc", ["*", "†", "I", "II"]),
        (r"\ftnrestart\aftnnrlc\aftnstart12", ["1", "1", "xii", "xiii"]),
    ],
)  # fmt: skip
def test_labels_are_those_that_are_printed(words: str, labels: list[str]) -> None:
    """In the format, from the number and with the sections that the file names."""
    note = r"{{\super\chftn{{\footnote{1}\pard {{\super\chftn}} {0}.}}}}"
    ends = [note.format(f"End {n}", r"\ftnalt") for n in (1, 2)]
    body = rf"\pard {SENTENCE}{note.format('One', '')}\sect {SENTENCE}{note.format('Two', '')} They met{ends[0]} again{ends[1]}.\par"
    document = rtf(words + body)
    assert [note.label for note in document.notes] == labels
    assert [note.text for note in document.notes] == ["One.", "Two.", "End 1.", "End 2."]


def test_a_note_may_have_a_mark_of_its_own() -> None:
    """It stands raised before the note and in it; the next note's number does not count it; other raised text stays."""
    body = (
        rf"\pard {SENTENCE}{{\super *{{\footnote\pard {{\super *}} An estimate.}}}} In the 65{{\super th}} session"
        r" they met.{\super\chftn{\footnote\pard {\super\chftn} The Post.}} It has 5 km{\super 2}.\par"
    )
    document = rtf(body)
    assert [(note.label, note.text) for note in document.notes] == [("*", "An estimate."), ("1", "The Post.")]
    assert document.text.startswith(f"{SENTENCE} In the 65th session they met. It has 5 km².\n")


def test_notes_typed_by_hand_are_linked() -> None:
    """Raised numbers and symbols in the text, and paragraphs that begin with them."""
    body = (
        rf"\pard {SENTENCE}{{\super 1}} They met again.{{\super *}}\par They met{{\super 2}} twice.\par"
        r"{\super 1} The Post, 4 May 2018.\par {\super 2} Report, p. 3.\par * Statement of 5 May 2018.\par"
    )
    document = rtf(body)
    assert sorted((note.label, note.text, note.marker is not None) for note in document.notes) == [
        ("*", "Statement of 5 May 2018.", True), ("1", "The Post, 4 May 2018.", True), ("2", "Report, p. 3.", True),
    ]  # fmt: skip
    assert document.text.startswith(f"{SENTENCE} They met again.\n\nThey met twice.\n\n")


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (r"\ansi\ansicpg932", r"\'83\'5c\'83A", "ソア"),  # the second byte is a backslash, then a letter
        (r"\ansi\ansicpg936", r"\'d6\'d0\'b9\'fa", "中国"),
        (r"\ansi\ansicpg949", r"\'c7\'d1\'b1\'b9", "한국"),
        (r"\ansi\ansicpg950", r"\'a4\'a4\'b0\'ea", "中國"),
        (r"\ansi\ansicpg1252", r"{\f1 \'93\'fa\'96\'7b}", "日本"),
        (r"\ansi\ansicpg1252", r"{\uc2\u26085\'93\'fa\u26412\'96\'7b}", "日本"),
        (r"\mac", r"Caf\'8e", "Café"),
        (r"\ansi\ansicpg1252", r"{\upr{Cafe?}{\*\ud{Caf\u233 ?}}}", "Café"),
    ],
)
def test_letters_of_all_code_pages(head: str, body: str, text: str) -> None:
    """Letters of two bytes, in the document's code page or the font's, and what stands beside them for older readers."""
    assert texts(rtf(rf"\pard {SENTENCE}\par {body} was named.\par", head)) == [f"{text} was named."]


def test_columns_are_told_by_their_edges() -> None:
    """A cell as wide as two covers both, and edges that differ by a hair are one; a row may repeat on each page."""
    body = (
        rf"\pard {SENTENCE}\par \trowd\trhdr\clvmgf\cellx1000\cellx3000\pard\intbl Year\cell Power\cell\row "
        r"\trowd\trhdr\clvmrg\cellx1010\cellx2000\cellx3010\pard\intbl \cell Spring\cell Autumn\cell\row "
        r"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl 2013\cell 120\cell 144{\super\chftn{\footnote\pard {\super\chftn} An estimate.}}\cell\row \pard\par"
    )
    document = rtf(body)
    assert grid(document) == {
        (0, 0): ("Year", 2, 1), (0, 1): ("Power", 1, 2), (1, 1): ("Spring", 1, 1), (1, 2): ("Autumn", 1, 1),
        (2, 0): ("2013", 1, 1), (2, 1): ("120", 1, 1), (2, 2): ("144", 1, 1),
    }  # fmt: skip
    (note,) = document.notes
    assert document.text[: note.marker].endswith("144")
    assert not document.warnings


def test_a_row_has_all_its_cells() -> None:
    """Also those beyond two hundred."""
    shapes = "".join(rf"\cellx{100 * n}" for n in range(1, 301))
    cells = "".join(rf"{n}\cell " for n in range(300))
    document = rtf(
        rf"\pard {SENTENCE}\par \trowd{shapes}\pard\intbl {cells}\row \trowd{shapes}\pard\intbl {cells}\row \pard\par"
    )
    assert len(document.tables[0].cells) == 600


def test_a_table_in_a_cell_follows() -> None:
    """The text around it in the cell stays there."""
    inner = r"\pard\intbl\itap2 2013\nestcell 5\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}{\nonesttables\par}"
    body = rf"\pard {SENTENCE}\par \trowd\cellx1000\cellx2000\pard\intbl Fish\cell Before {inner}\pard\intbl after.\cell\row "
    document = rtf(rf"{body}\trowd\cellx1000\cellx2000\pard\intbl Salt\cell None\cell\row \pard {SENTENCE}\par")
    assert grid(document) == {
        (0, 0): ("Fish", 1, 1), (0, 1): ("Before after.", 1, 1), (1, 0): ("Salt", 1, 1), (1, 1): ("None", 1, 1),
    }  # fmt: skip
    assert grid(document, 1) == {(0, 0): ("2013", 1, 1), (0, 1): ("5", 1, 1)}


@pytest.mark.parametrize("define", [r"\trowd\cellx9000", ""])
def test_a_table_of_one_cell_frames_its_paragraphs(define: str) -> None:
    """They are read as text, as in the other formats: with their notes, their labels, and each at its own place."""
    label = r"{\listtext\pard 1.\tab}"
    body = (
        rf"\pard {SENTENCE}\par {define}\pard\intbl Box 1. The quota\par \pard\intbl The quota was halved in 2013."
        rf"{{\super\chftn{{\footnote\pard {{\super\chftn}} An estimate.}}}} Nobody protested.\par "
        rf"\pard\intbl{label}Norway agreed at once.\cell\row \pard {SENTENCE}\par"
    )
    document = rtf(body)
    assert not document.tables
    assert texts(document) == [
        "Box 1. The quota", "The quota was halved in 2013. Nobody protested.", "1. Norway agreed at once.", "An estimate."
    ]  # fmt: skip
    prose = [passage.text for passage in document.passages if passage.kind.is_prose]
    assert prose == [
        SENTENCE, "The quota was halved in 2013.", "Nobody protested.", "Norway agreed at once.", SENTENCE
    ]  # fmt: skip
    (note,) = document.notes
    assert note.marker is not None and document.text[: note.marker].endswith("in 2013.")
    lines = [document.locate(document.text.index(word)).line for word in ("Box", "The quota was", "Norway")]
    assert lines == [2, 3, 4]


def test_a_frame_that_is_not_closed_keeps_its_text() -> None:
    """What stands in a cell whose end the file lacks is text."""
    document = rtf(rf"\pard {SENTENCE}\par \trowd\cellx9000\pard\intbl The quota was halved.\par \pard\intbl It fell.")
    assert texts(document) == ["The quota was halved.", "It fell."]


def test_paragraphs_of_a_first_cell_stay_in_their_table() -> None:
    """A table whose row has a second cell is one, also where nothing says so before its text."""
    label = r"{\listtext\pard 1.\tab}"
    rows = rf"\pard\intbl Fish\par \pard\intbl{label}Salt\cell 4\cell\row \pard\intbl Cod\cell 5\cell\row "
    document = rtf(rf"\pard {SENTENCE}\par {rows}\pard {SENTENCE}\par")
    assert grid(document) == {
        (0, 0): ("Fish 1. Salt", 1, 1), (0, 1): ("4", 1, 1), (1, 0): ("Cod", 1, 1), (1, 1): ("5", 1, 1),
    }  # fmt: skip


def test_a_text_box_follows_its_paragraph() -> None:
    """Once, though older readers have a second form of it."""
    box = (
        r"{\shp{\*\shpinst\shpleft1{\sp{\sn shapeType}{\sv 202}}{\shptxt \pard\plain The box is read.\par}}"
        r"{\shprslt{\*\do\dobxpage{\dptxbxtext\pard The box is read.\par}}}}"
    )
    assert texts(rtf(rf"\pard {SENTENCE}\par\pard The talks {box}went on.\par")) == [
        "The talks went on.",
        "The box is read.",
    ]
    old = r"{\*\do\dobxpage\dptxbx{\dptxbxtext\pard An old box is read.\par}}"
    assert texts(rtf(rf"\pard {SENTENCE}\par\pard The talks {old}went on.\par")) == [
        "The talks went on.",
        "An old box is read.",
    ]


def test_lists_of_contents_and_comments_are_left_out() -> None:
    """A field with a list of contents, the styles of its lines, an annotation; the last is said."""
    contents = r"{\field{\*\fldinst TOC \\o}{\fldrslt Trade 4\par Roads 9}}\par "
    body = rf"{{\stylesheet{{\s7 toc 1;}}}}\pard {SENTENCE}{{\*\annotation Check!}}\par {contents}\pard\s7 Ports 5\par\pard They met.\par"
    document = rtf(body)
    assert texts(document) == ["They met."]
    assert document.warnings == ("The document has 1 comment, left out here.",)


def test_styles_are_inherited() -> None:
    """A heading by what its style is based on; a circle of styles ends; typed bullets are those of a list."""
    styles = r"{\stylesheet{\s1\outlinelevel1 heading 2;}{\s2\sbasedon1 House head;}{\s3\sbasedon4 A;}{\s4\sbasedon3 B;}{\s5 Quote;}}"
    body = rf"{styles}\pard {SENTENCE}\par\pard\s2 Trade\par\pard\s3 They agreed on fish.\par\pard\s5 “We agreed.”\par\pard\fi-360 \bullet\tab Salt\par"
    kinds = [(block.kind, block.level) for block in rtf(body).blocks[1:]]
    assert kinds == [(BlockKind.HEADING, 2), (BlockKind.PARAGRAPH, 0), (BlockKind.QUOTE, 0), (BlockKind.LIST_ITEM, 0)]
    assert texts(rtf(body))[-1] == "Salt"


def test_a_title_is_told_by_its_look() -> None:
    """Centred, first, and in larger letters than the text."""
    body = rf"{{\pard\qc\fs36 Two shores and a ferry between them\par}}{{\pard\qc Jane Roe\par}}{{\pard\outlinelevel0\fs28 Two shores\par}}{{\pard {SENTENCE}\par}}"
    document = rtf(body)
    assert document.bibliography.title == "Two shores and a ferry between them"
    assert [author.full for author in document.bibliography.authors] == ["Jane Roe"]


def test_data_of_reference_managers_are_read() -> None:
    """From the instructions of a note's field."""
    data = json.dumps(
        {"citationItems": [{"itemData": {"title": "Ports", "type": "book", "issued": {"date-parts": [[2016]]}}}]}
    )
    escaped = data.replace("{", r"\{").replace("}", r"\}")
    field = rf"{{\field{{\*\fldinst ADDIN ZOTERO_ITEM CSL_CITATION {escaped}}}{{\fldrslt Roe, Ports.}}}}"
    (note,) = rtf(rf"\pard {SENTENCE}{{\super\chftn{{\footnote\pard {{\super\chftn}} {field}}}}}\par").notes
    assert note.text == "Roe, Ports." and note.citation is not None
    assert (note.citation.type, note.citation.title) == ("book", "Ports")


def test_a_note_that_was_deleted_is_gone() -> None:
    """With the text around it; what comes after it counts on."""
    gone = r"{\deleted it and{\super\chftn{\footnote\pard Gone.}}}"
    document = rtf(
        rf"\pard {SENTENCE} They want {gone} fish.{{\super\chftn{{\footnote\pard {{\super\chftn}} Kept.}}}}\par"
    )
    assert [(note.label, note.text) for note in document.notes] == [("1", "Kept.")]
