"""ODT: raised, hidden and deleted text, shapes, lists of contents, tables that repeat, flat files, what is refused."""

from __future__ import annotations

import io
import json
import zipfile
from html import escape

import pytest

from comity.documents import read_bytes
from comity.terms import BlockKind, Document, UnreadableSource

SENTENCE = "The ministers of Oman and Kenya met in Muscat on 3 May 2018 for two hours."
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"), ("meta", "meta"),
    )
)  # fmt: skip
_STYLES = (
    '<style:style style:name="Up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_2"/>'
    '<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"/>'
    '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="P3"/>'
    '<style:style style:name="P3" style:family="paragraph" style:parent-style-name="P2"/>'
    '<style:style style:name="P4" style:family="paragraph" style:parent-style-name="Quotations"/>'
    '<style:style style:name="P5" style:family="paragraph" style:parent-style-name="Contents_20_1"/>'
)


def content(body: str) -> str:
    """The XML of a text, with its styles."""
    return f"<office:automatic-styles>{_STYLES}</office:automatic-styles><office:body><office:text><text:p>{SENTENCE}</text:p>{body}</office:text></office:body>"


def odt(body: str, parts: dict[str, str] | None = None) -> Document:
    """An ODT whose text holds the given XML below one sentence."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml", f"<office:document-content {_NAMESPACES}>{content(body)}</office:document-content>"
        )
        for path, text in (parts or {}).items():
            archive.writestr(path, text)
    return read_bytes(out.getvalue(), name="a.odt")


def texts(document: Document) -> list[str]:
    """The blocks below the first sentence."""
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if document.text[block.start : block.end] != SENTENCE
    ]


def up(text: str) -> str:
    """Raised text."""
    return f'<text:span text:style-name="Up">{text}</text:span>'


def note(text: str, label: str = "1") -> str:
    """A note."""
    return f"<text:note><text:note-citation>{label}</text:note-citation><text:note-body><text:p>{text}</text:p></text:note-body></text:note>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"In the 65{up('th')} session they ceded 5 km{up('2')}.", "In the 65th session they ceded 5 km²."),
        ('They <text:span text:style-name="Gone">never </text:span>met.', "They met."),
        ("They <text:hidden-text text:is-hidden='true'>never </text:hidden-text>met<text:placeholder>click</text:placeholder>.", "They met."),
        (f"They met.{note('A note.')} They left<text:span text:style-name='Up'><text:note-ref>1</text:note-ref></text:span>.", "They met. They left."),
        ("They met<text:line-break/>in<text:tab/>Muscat<text:s text:c='3'/>again.", "They met in Muscat again."),
        ("<text:ruby><text:ruby-base>東</text:ruby-base><text:ruby-text>tou</text:ruby-text></text:ruby>京 was named.", "東京 was named."),
    ],
)  # fmt: skip
def test_what_stands_in_a_paragraph(inner: str, text: str) -> None:
    """Raised text keeps a power a power; what is hidden, asked for or called twice is no text."""
    assert texts(odt(f"<text:p>{inner}</text:p>"))[0] == text


def test_styles_are_inherited() -> None:
    """A heading, a quote; a circle of styles ends; one that is used but not described is what its name says."""
    body = "".join(
        f'<text:p text:style-name="{name}">{text}</text:p>'
        for name, text in (("P1", "Trade"), ("P2", "They agreed."), ("P4", "“We agreed.”"))
    )
    body += '<text:p text:style-name="Heading_20_3">Fish</text:p>'
    kinds = [(block.kind, block.level) for block in odt(body).blocks[1:]]
    assert kinds == [(BlockKind.HEADING, 2), (BlockKind.PARAGRAPH, 0), (BlockKind.QUOTE, 0), (BlockKind.HEADING, 3)]


def test_boxes_and_shapes_follow() -> None:
    """A frame on the page, a box in a paragraph, a shape with text, a box in a cell; a chart is said to be left out."""
    frame = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    shape = "<draw:g><draw:custom-shape><text:p>A shape tells it.</text:p></draw:custom-shape></draw:g>"
    cells = f"<table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell><text:p>5{frame.format('In a cell.')}</text:p></table:table-cell>"
    body = (
        f"{frame.format('On a page.')}<text:p>The talks {frame.format('In a box.')}{shape}went on.<draw:frame><draw:object/></draw:frame></text:p>"
        f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    )
    document = odt(body)
    assert texts(document) == [
        "On a page.",
        "The talks went on.",
        "In a box.",
        "A shape tells it.",
        "Year\t5",
        "In a cell.",
    ]
    assert document.warnings == ("The document has 1 embedded object, left out here.",)


def test_lists_of_contents_and_hidden_sections_are_left_out() -> None:
    """A bibliography is kept, and so are numbered paragraphs."""
    index = "<text:{0}><text:index-body><text:p>Trade 5</text:p></text:index-body></text:{0}>"
    body = (
        index.format("table-of-content") + index.format("alphabetical-index") + '<text:p text:style-name="P5">Roads 7</text:p>'
        + '<text:section text:display="none"><text:p>Hidden.</text:p></text:section>'
        + "<text:numbered-paragraph><text:p>Fish is free.</text:p></text:numbered-paragraph>"
        + index.format("bibliography").replace("Trade 5", "Roe, Jane: Ports. 2016.")
    )  # fmt: skip
    document = odt(body)
    assert texts(document) == ["Fish is free.", "Roe, Jane: Ports. 2016."]
    assert document.blocks[1].kind is BlockKind.LIST_ITEM


@pytest.mark.parametrize("start", ["<text:change-start text:change-id='c1'/>", ""])
def test_deleted_text_that_stands_in_place_is_left_out(start: str) -> None:
    """As a program writes it that shows the changes; a mark without a partner takes nothing away."""
    region = "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion/></text:changed-region></text:tracked-changes>"
    end = "<text:change-end text:change-id='c1'/>"
    document = odt(f"{region}<text:p>They {start}never {end}met.</text:p>")
    assert texts(document) == ["They met." if start else "They never met."]
    alone = odt(f"{region}<text:p>They <text:change-start text:change-id='c1'/>met.</text:p>")
    assert texts(alone) == ["They met."]


def test_notes_are_linked_in_cells_and_have_their_labels() -> None:
    """A figure with a note keeps its value; what a reference manager left in a note is read."""
    data = json.dumps({"citationItems": [{"itemData": {"title": "Ports", "type": "book"}}]})
    mark = f'<text:reference-mark-start text:name="ZOTERO_ITEM CSL_CITATION {escape(data)} RNDx"/>Roe, Ports.<text:reference-mark-end/>'
    cells = f"<table:table-cell><text:p>2013</text:p></table:table-cell><table:table-cell><text:p>12.4{note('Estimate.', '*')}</text:p></table:table-cell>"
    document = odt(
        f"<table:table><table:table-row>{cells}</table:table-row></table:table><text:p>They met.{note(mark, 'iv')}</text:p>"
    )
    assert [(one.label, document.text[: one.marker or 0][-4:]) for one in document.notes] == [
        ("*", "12.4"),
        ("iv", "met."),
    ]
    assert document.notes[1].citation is not None and document.notes[1].citation.title == "Ports"
    assert [cell.text for cell in document.tables[0].cells] == ["2013", "12.4"]


def test_rows_and_cells_that_repeat() -> None:
    """Empty rows to the end of a sheet cost nothing; a row with text that is repeated stands as often; hidden rows do not."""
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    row = "<table:table-row{}>{}</table:table-row>"
    body = (
        row.format("", cell.format("", "Year") + cell.format("", "Goods"))
        + row.format(' table:number-rows-repeated="3"', cell.format(' table:number-columns-repeated="2"', "5"))
        + row.format(' table:visibility="collapse"', cell.format("", "hidden"))
        + row.format(' table:number-rows-repeated="20000"', '<table:table-cell table:number-columns-repeated="1000"/>')
        + row.format("", cell.format("", "2014") + cell.format("", "7"))
    )
    (table,) = odt(f"<table:table>{body}</table:table>").tables
    assert [cell.text for cell in table.cells if cell.text] == ["Year", "Goods", *["5"] * 6, "2014", "7"]


def test_a_flat_file_is_read() -> None:
    """One file of XML, with its properties."""
    meta = "<office:meta><meta:initial-creator>Jane Roe</meta:initial-creator></office:meta>"
    kind = 'office:mimetype="application/vnd.oasis.opendocument.text"'
    text = f'<?xml version="1.0"?><office:document {_NAMESPACES} {kind}>{meta}{content("<text:p>They met.</text:p>")}</office:document>'
    document = read_bytes(text.encode(), name="a.fodt")
    assert texts(document) == ["They met."] and document.media_type.endswith("opendocument.text")
    assert [name.full for name in document.bibliography.authors] == ["Jane Roe"]
    with pytest.raises(UnreadableSource, match="entities"):
        read_bytes(text.replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>').encode(), name="a.fodt")


@pytest.mark.parametrize(
    ("creator", "literal"),
    [
        ("Ministry of Roads and Transport", True),
        ("Directorate of Border Trade", True),
        ("Port Authority", True),
        ("World Bank", True),
        ("The African Development Bank", True),
        ("Jane Bank", False),
    ],
)
def test_a_body_that_wrote_a_file_is_no_person(creator: str, literal: bool) -> None:
    """A ministry or agency stands whole as the author, its words not turned round; a person has a family name."""
    meta = f"<office:meta><meta:initial-creator>{creator}</meta:initial-creator></office:meta>"
    kind = 'office:mimetype="application/vnd.oasis.opendocument.text"'
    text = f'<?xml version="1.0"?><office:document {_NAMESPACES} {kind}>{meta}{content("<text:p>They met.</text:p>")}</office:document>'
    (name,) = read_bytes(text.encode(), name="a.fodt").bibliography.authors
    assert (name.literal == creator) is literal and name.full == creator


def test_an_encrypted_file_is_refused_and_an_old_manifest_is_not() -> None:
    """By what its manifest says; one with a document type, as OpenOffice wrote, is fine."""
    with pytest.raises(UnreadableSource, match="encrypted"):
        odt("", {"META-INF/manifest.xml": "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"})
    old = '<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><m/>'
    assert texts(odt("<text:p>They met.</text:p>", {"META-INF/manifest.xml": old})) == ["They met."]
