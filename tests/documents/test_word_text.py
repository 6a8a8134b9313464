"""DOCX: what of the format stands in the reading text, and what does not."""

from __future__ import annotations

import io
import zipfile

import pytest

from comity.documents import read_bytes
from comity.terms import BlockKind, Document, UnreadableSource
from tests.documents.made import W, docx, paragraph

SENTENCE = "The ministers of Oman and Kenya met in Muscat on 3 May 2018 for two hours."
_NAMESPACES = (
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)


def run(text: str, properties: str = "") -> str:
    """Return the XML of a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def mark(kind: str, instruction: str = "") -> str:
    """Return the XML of a field's mark, with the instructions that follow it."""
    told = f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>' if instruction else ""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{told}'


def word(*paragraphs: str, styles: str = "") -> Document:
    """A Word document of paragraphs, given as the XML within them, below one sentence."""
    body = "".join(
        one if one.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else f"<w:p>{one}</w:p>" for one in paragraphs
    )
    parts = {"word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>'} if styles else {}
    return read_bytes(
        docx(f"<w:p {_NAMESPACES}>{run(SENTENCE)}</w:p>{body.replace('<w:p>', f'<w:p {_NAMESPACES}>')}", parts),
        name="a.docx",
    )


def texts(document: Document) -> list[str]:
    """The blocks below the first sentence."""
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if document.text[block.start : block.end] != SENTENCE
    ]


def style(name: str, id: str, based: str = "", properties: str = "", kind: str = "paragraph") -> str:  # noqa: A002
    """Return the XML of a style."""
    return f'<w:style w:type="{kind}" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/>{properties}</w:style>'


BOX = "<w:txbxContent><w:p>{}</w:p></w:txbxContent>"
_DRAWN = f"<wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp>"
_OLD = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (run("In the 65") + run("th", '<w:vertAlign w:val="superscript"/>') + run(" session they met."), "In the 65th session they met."),
        (run("It seen") + run("not ", "<w:vanish/>") + run(" well."), "It seen well."),
        (run("Both ") + run("agreed", '<w:vanish w:val="0"/>') + run("."), "Both agreed."),
        (run("They") + "<w:r><w:br/></w:r>" + run("met") + "<w:r><w:tab/></w:r>" + run("again."), "They met again."),
        (run("A Sino") + "<w:r><w:noBreakHyphen/></w:r>" + run("Indian mini") + "<w:r><w:softHyphen/></w:r>" + run("stry."), "A Sino-Indian ministry."),
        (run("The o\ufb03cial co\u00adoper\u200bated Sino\u2011Indian."), "The official cooperated Sino-Indian."),
        (run("Up ") + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 5."), "Up ≥ 5."),
        (run("Oslo ") + '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>' + run(" Muscat."), "Oslo → Muscat."),
        (run("Rose ", "") + run("\uf044", '<w:rFonts w:ascii="Symbol"/>') + run("."), "Rose Δ."),
        (run("A share of ") + "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>12</m:t></m:r></m:den></m:f></m:oMath>" + run(" was paid."), "A share of 1/12 was paid."),
        (run("Growth ") + "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>" + run(" held."), "Growth x^2 held."),
        ("<w:smartTag>" + run("Muscat") + "</w:smartTag><w:customXml>" + run(" hosted") + "</w:customXml><w:hyperlink>" + run(" talks.") + "</w:hyperlink>", "Muscat hosted talks."),
        ("<w:r><w:ruby><w:rt>" + run("tou") + "</w:rt><w:rubyBase>" + run("東") + "</w:rubyBase></w:ruby></w:r>" + run("京 talks."), "東京 talks."),
        (mark("begin", " REF _Ref1 ") + mark("separate") + run("Table 1") + mark("end") + run(" tells."), "Table 1 tells."),
        (mark("begin", " IF ") + mark("begin", " MERGEFIELD x ") + mark("separate") + run("hidden") + mark("end") + mark("separate") + run("Shown") + mark("end") + run(" text."), "Shown text."),
        (mark("begin", " PAGE ") + run("No mark ends this field."), "No mark ends this field."),
        ('<w:fldSimple w:instr=" DATE ">' + run("3 May 2018") + "</w:fldSimple>" + run(" it was."), "3 May 2018 it was."),
        (run("Kept ") + "<w:moveFrom>" + run("away ") + "</w:moveFrom><w:moveTo>" + run("here") + "</w:moveTo>" + run("."), "Kept here."),
        (run("Only ") + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("Click to enter.") + "</w:sdtContent></w:sdt>" + run("this."), "Only this."),
        (run("He ") + '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"/><mc:Fallback><w:t>☺</w:t></mc:Fallback></mc:AlternateContent></w:r>' + run(" left."), "He ☺ left."),
    ],
)  # fmt: skip
def test_what_stands_in_a_paragraph(inner: str, text: str) -> None:
    """Runs, signs, fields, formulas and changes read as Word shows them."""
    assert texts(word(inner)) == [text]


@pytest.mark.parametrize(
    "drawing",
    [
        f"<mc:AlternateContent><mc:Choice>{_DRAWN}</mc:Choice><mc:Fallback>{_OLD}</mc:Fallback></mc:AlternateContent>",
        _OLD,
        f"<w:drawing>{_DRAWN}</w:drawing>",
    ],
)
def test_a_text_box_follows_its_paragraph_once(drawing: str) -> None:
    """It does not cut the sentence that it hangs on, nor is it read in both of its forms; the same in a cell and in a box."""
    box = drawing.format(*[run("Both sides were content with what was agreed.")] * 2)
    inner = f"{run('The talks ')}<w:r>{box}</w:r>{run('went on for days.')}"
    assert texts(word(inner)) == ["The talks went on for days.", "Both sides were content with what was agreed."]
    outer = drawing.format(*[run("An outer box has one within.") + f"<w:r>{box}</w:r>"] * 2)
    assert texts(word(f"<w:r>{outer}</w:r>")) == [
        "An outer box has one within.",
        "Both sides were content with what was agreed.",
    ]
    cells = f"<w:tc><w:p>{inner}</w:p></w:tc><w:tc><w:p>{run('5')}</w:p></w:tc>"
    found = word(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert texts(found) == ["The talks went on for days.\t5", "Both sides were content with what was agreed."]


def test_ends_of_paragraphs_that_were_deleted() -> None:
    """The next paragraph goes on with it; nothing is lost at a table or at the document's end."""
    gone = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    table = f"<w:tbl><w:tr><w:tc>{paragraph('Year')}</w:tc><w:tc>{paragraph('2013')}</w:tc></w:tr></w:tbl>"
    document = word(
        gone + run("They met "), run("in Muscat."), gone + run("Before a table."), table, gone + run("At the end.")
    )
    assert texts(document) == ["They met in Muscat.", "Before a table.", "Year\t2013", "At the end."]
    assert any("tracked changes" in warning for warning in document.warnings)


def test_an_initial_set_as_a_drop_cap_begins_its_word() -> None:
    """Word makes a paragraph of its own of it."""
    cap = '<w:pPr><w:framePr w:dropCap="drop"/></w:pPr>'
    assert texts(word(cap + run("T"), run("he ministers met again in the autumn."))) == [
        "The ministers met again in the autumn."
    ]


def test_lists_of_contents_are_left_out() -> None:
    """By the field, by the styles of their lines, or by the control around them; what follows is read."""
    field = mark("begin", ' TOC \\o "1-3" ') + mark("separate") + run("Trade 4")
    control = "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr><w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>"
    styles = style("toc 2", "Verzeichnis2") + style("TOC Heading", "TH")
    document = word(
        field, run("Ports 9") + mark("end"), control.format(run("Roads 12")), "<w:pPr><w:pStyle w:val='Verzeichnis2'/></w:pPr>" + run("Rails 14"),
        run("The ministers agreed on all of it."), styles=styles,
    )  # fmt: skip
    assert texts(document) == ["The ministers agreed on all of it."]


def test_styles_are_inherited() -> None:
    """A heading by what its style is based on, in any language; body text where a level says so; a circle of styles ends."""
    level = '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>'
    numbered = '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    styles = (
        style("heading 2", "H2") + style("House head", "Own", "H2") + style("Überschrift 3", "U3") + style("Not a head", "No", "H2", level)
        + style("one", "A", "B") + style("two", "B", "A") + style("Intense Quote", "IQ") + style("Ours", "OQ", "IQ")
        + style("List Bullet", "LB", "", numbered) + style("Points", "PP", "LB") + style("Anchor", "An", "", raised, "character")
    )  # fmt: skip

    def styled(id: str, text: str, more: str = "") -> str:  # noqa: A002
        return f'<w:pPr><w:pStyle w:val="{id}"/>{more}</w:pPr>{run(text)}'

    document = word(
        styled("Own", "Trade"), styled("U3", "Roads"), styled("No", "They agreed on the road."), styled("A", "They agreed on rails."),
        styled("OQ", "“We agreed,” he said."), styled("PP", "Fish and salt are free."),
        styled("PP", "This is no point of it.", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
        run("An area of 5 km") + run("2", '<w:rStyle w:val="An"/>') + run(" was ceded."), styles=styles,
    )  # fmt: skip
    kinds = [(block.kind, block.level) for block in document.blocks[1:]]
    assert kinds == [
        (BlockKind.HEADING, 2), (BlockKind.HEADING, 3), (BlockKind.PARAGRAPH, 0), (BlockKind.PARAGRAPH, 0), (BlockKind.QUOTE, 0),
        (BlockKind.LIST_ITEM, 0), (BlockKind.PARAGRAPH, 0), (BlockKind.PARAGRAPH, 0),
    ]  # fmt: skip
    assert "5 km² was" in document.text


def test_pages_are_those_that_word_laid_out() -> None:
    """A paragraph that begins a page is on it; a sentence that runs over to the next page is found on both."""
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    document = word(run("The talks ") + turn + run("went on for days."), turn + run("A third page begins here."))
    assert [block.page for block in document.blocks] == [1, 1, 3]
    assert document.locate(document.text.index("went")).page == 2
    assert [block.page for block in word('<w:r><w:br w:type="page"/></w:r>' + run("They met again.")).blocks] == [
        None,
        None,
    ]


def test_what_is_left_out_is_said() -> None:
    """Comments, charts, embedded objects and files that Word would insert."""
    chart = "<w:r><w:drawing><c:chart/></w:drawing></w:r>"
    comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="1">{paragraph("Check!")}</w:comment><w:comment w:id="2"/></w:comments>'
    body = f"<w:p {_NAMESPACES}>{run(SENTENCE)}{chart}</w:p><w:altChunk/>"
    document = read_bytes(docx(body, {"word/comments.xml": comments}), name="a.docx")
    assert document.text == SENTENCE
    assert document.warnings == ("The document has 2 comments, 1 chart and 1 inserted file, left out here.",)


def packed(parts: dict[str, str]) -> bytes:
    """A package of just these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return out.getvalue()


def test_parts_are_found_by_their_relationships() -> None:
    """Whatever they are called, in both variants of the standard."""
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    relation = (
        '<Relationship Id="r{0}" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/{0}" Target="{1}"/>'
    )
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    note = '<w:footnotes xmlns:w="{0}"><w:footnote w:id="5"><w:p><w:r><w:t>The Post, 4 May 2018.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    types = '<Types><Override PartName="/main/text.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"/></Types>'
    content = {
        "[Content_Types].xml": types,
        "_rels/.rels": rels.format(relation.format("officeDocument", "/main/text.xml")),
        "main/_rels/text.xml.rels": rels.format(relation.format("footnotes", "../notes/f2.xml") + relation.format("styles", "s.xml")),
        "main/text.xml": f'<w:document xmlns:w="{strict}"><w:body><w:p><w:pPr><w:pStyle w:val="x"/></w:pPr><w:r><w:t>Ports</w:t></w:r></w:p><w:p><w:r><w:t>{SENTENCE}</w:t>'
        '<w:footnoteReference w:id="5"/></w:r></w:p></w:body></w:document>',
        "main/s.xml": f'<w:styles xmlns:w="{strict}">{style("Title", "x")}</w:styles>',
        "notes/f2.xml": note.format(strict),
    }  # fmt: skip
    document = read_bytes(packed(content), name="strict.dotx")
    assert document.bibliography.title == "Ports"
    assert [(note.text, note.marker) for note in document.notes] == [
        ("The Post, 4 May 2018.", len("Ports\n\n" + SENTENCE))
    ]
    content["[Content_Types].xml"] = content["[Content_Types].xml"].replace("wordprocessingml", "spreadsheetml")
    with pytest.raises(UnreadableSource, match="another kind"):
        read_bytes(packed(content), name="other.xlsx")


def test_damaged_packages_are_refused_or_read_with_a_word() -> None:
    """A part that is no XML is named; a note whose part is missing is said to be; a target outside the package is not followed."""
    call = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    assert any("No note was found" in warning for warning in word(run("They met.") + call).warnings)
    with pytest.raises(UnreadableSource, match=r"word/styles\.xml is no well-formed XML"):
        read_bytes(docx(paragraph(SENTENCE), {"word/styles.xml": "<w:styles>"}), name="a.docx")
    outside = '<Relationships><Relationship Id="r" Type="x/footnotes" Target="../../../etc/passwd"/></Relationships>'
    document = read_bytes(docx(paragraph(SENTENCE), {"word/_rels/document.xml.rels": outside}), name="a.docx")
    assert document.text == SENTENCE
