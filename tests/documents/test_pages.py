"""HTML pages: the article without its page, notes, tables, bibliographic fields."""

from __future__ import annotations

import pytest

from comity.documents import read_bytes
from comity.terms import BlockKind, Document

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>Chile and Peru reopen the line | Andean Desk</title>
<meta name="citation_title" content="Chile and Peru reopen the line">
<meta name="citation_author" content="Soto, María">
<meta name="citation_publication_date" content="2019/04/02">
<meta name="citation_journal_title" content="Andean Review">
<meta name="citation_volume" content="6">
<script type="application/ld+json">{"@type": "Article", "headline": "Other", "datePublished": "2018-01-01"}</script>
</head><body>
<nav><ul><li><a href="/">Home</a></li><li>Topics</li></ul></nav>
<div class="cookie-banner"><p>We use cookies.</p></div>
<main><article>
<h1>Chile and Peru reopen the line</h1>
<p>By María Soto</p>
<p>The railway between Arica and Tacna was reopened on 28 March 2019<sup><a href="#fn1" id="r1">1</a></sup>after
seven years, and both <em>foreign ministers</em> rode on it.</p>
<h2>Trade</h2>
<ul><li>Copper</li><li>Fish &amp; fruit</li></ul>
<table><caption>Peru's trade with Chile (US$ million)</caption>
<thead><tr><th rowspan="2">Year</th><th colspan="2">Goods</th></tr><tr><th>Exports</th><th>Imports</th></tr></thead>
<tbody><tr><td>2017</td><td>1,027</td><td>1,141</td></tr><tr><td>2018</td><td>1,289</td><td>1,320</td></tr></tbody></table>
<p>Source: Customs Office, 2019.</p>
<blockquote><p>It is a good day.</p></blockquote>
<ol class="footnotes"><li id="fn1">"The line is open", <i>El Faro</i> (Arica), 28 March 2019. <a href="#r1">↩</a></li></ol>
</article></main>
<aside><p>Related: ten other stories that have nothing to do with it.</p></aside>
<footer><p>© Andean Desk</p></footer>
</body></html>"""


@pytest.fixture(scope="module")
def page() -> Document:
    """A page on Chile and Peru."""
    return read_bytes(PAGE.encode(), name="page.txt")


def test_article_without_its_page(page: Document) -> None:
    """Navigation, banners, asides and footers are left out; headings, lists and quotes are told apart."""
    assert page.media_type == "text/html"
    for words in ("Home", "cookies", "Related", "©"):
        assert words not in page.text
    kinds = [(block.kind, page.text[block.start : block.end]) for block in page.blocks]
    assert kinds[0] == (BlockKind.TITLE, "Chile and Peru reopen the line")
    assert (BlockKind.HEADING, "Trade") in kinds
    assert (BlockKind.LIST_ITEM, "Fish & fruit") in kinds
    assert (BlockKind.QUOTE, "It is a good day.") in kinds


def test_fields_of_the_head(page: Document) -> None:
    """The fields that reference managers read go before JSON-LD and the page's title."""
    about = page.bibliography
    assert (about.title, about.container_title, about.volume) == (
        "Chile and Peru reopen the line",
        "Andean Review",
        "6",
    )
    assert about.type == "article-journal"
    assert [name.full for name in about.authors] == ["María Soto"]
    assert page.published is not None and page.published.isoformat() == "2019-04-02"


def test_notes_of_links(page: Document) -> None:
    """A linked marker is taken out, a space stays between the words, and the note loses its way back."""
    (note,) = page.notes
    assert "28 March 2019 after seven years, and both foreign ministers rode on it." in page.text
    assert page.text[: note.marker].endswith("28 March 2019")
    assert note.text == '"The line is open", El Faro (Arica), 28 March 2019.'


def test_table_with_spans(page: Document) -> None:
    """Spanning cells cover their places, the caption gives the unit, the paragraph below the source."""
    (table,) = page.tables
    year, goods = table.cell(1, 0), table.cell(0, 2)
    assert year is not None and year.text == "Year" and goods is not None and goods.text == "Goods"
    value = table.cell(3, 2)
    assert value is not None and value.text == "1,320" and not value.header
    assert (table.unit, table.source) == ("US$ million", "Source: Customs Office, 2019.")


def test_declared_encoding() -> None:
    """A page in the encoding that it declares is read in it."""
    text = '<html><head><meta charset="iso-8859-2"></head><body><p>Minister Łukasz Żak flew to Riga on Monday.</p></body></html>'
    assert "Łukasz Żak" in read_bytes(text.encode("iso-8859-2"), name="x").text


def test_deep_nesting_is_read() -> None:
    """Thousands of nested marks neither hang nor overflow; text too deep to be reached is said to be missing."""
    text = "<html><body>" + "<div><b>" * 3000 + "The envoy left Suva." + "</b></div>" * 3000 + "</body></html>"
    document = read_bytes(text.encode(), name="x")
    assert "envoy" in document.text or any("no running text" in warning for warning in document.warnings)
    shallow = "<html><body>" + "<div><b>" * 100 + "The envoy left Suva." + "</b></div>" * 100 + "</body></html>"
    assert "envoy" in read_bytes(shallow.encode(), name="x").text


def test_external_entities_stay_out() -> None:
    """A page that names a local file as an entity does not get its content."""
    text = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>The talks ended: &x; today.</p></body></html>'
    assert "root:" not in read_bytes(text.encode(), name="x").text


def test_ragged_rows_are_counted_with_the_empty_ones() -> None:
    """The row that a page's warning names is the one of the page, rows without cells counted."""
    rows = "<tr><td>a</td><td>1</td></tr><tr></tr><tr><td>b</td></tr><tr><td>c</td><td>2</td></tr>"
    document = read_bytes(f"<html><body><p>Talks.</p><table>{rows}</table>".encode(), name="x")
    assert document.warnings == ("Table 1: row 3 has 1 cell, where most have 2.",)


def read_page(body: str, head: str = "") -> Document:
    """Read a page of that head and body."""
    return read_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), name="x")


PROSE = "<p>The ministers of Peru and Chile met in Tacna on Monday and signed an accord on water.</p>"


def test_each_field_has_its_own_order_of_trust() -> None:
    """A field that the most trusted source leaves out is taken from the next, whatever else that one says."""
    head = (
        '<meta name="DC.Title" content="Water accord signed"><meta name="dcterms.issued" content="2018-05-03T00:00:00Z">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Other", "datePublished": "2018-06-01", '
        '"dateModified": "2019-01-01", "author": {"@type": "Person", "name": "Ana Díaz"}, "publisher": {"name": "The Tacna Post"}}</script>'
        '<meta property="og:title" content="Third"><meta property="article:author" content="https://social.example/ana">'
    )
    about = read_page(f"<h1>Printed otherwise</h1><p>By Juan Paz</p><p>1 July 2018</p>{PROSE}", head).bibliography
    assert (about.title, about.container_title, about.type) == (
        "Water accord signed",
        "The Tacna Post",
        "article-newspaper",
    )
    assert [name.full for name in about.authors] == ["Ana Díaz"]
    assert about.issued is not None and about.issued.label == "3 May 2018"


def test_the_printed_byline_counts_where_the_head_is_silent() -> None:
    """Author and day of the byline are read where the head gives none; a day of modification is none of publication."""
    head = '<title>Accord signed | The Post</title><meta property="article:modified_time" content="2020-01-01"><meta name="author" content="admin">'
    about = read_page(
        f"<article><h1>Accord signed</h1><p>By Juan Paz</p><p>1 July 2018</p>{PROSE * 3}</article>", head
    ).bibliography
    assert (about.title, [name.full for name in about.authors]) == ("Accord signed", ["Juan Paz"])
    assert about.issued is not None and about.issued.label == "1 July 2018"


@pytest.mark.parametrize("value", ["1970-01-01T00:00:00Z", "0001-01-01", "2019-02-31", "soon"])
def test_dates_that_programs_write_for_none(value: str) -> None:
    """The first day of a clock, a day that is none, and words give no date."""
    assert read_page(PROSE, f'<meta name="citation_date" content="{value}">').bibliography.issued is None


def test_linked_data_refers_within_its_graph() -> None:
    """An author named by reference is found in the graph; broken JSON beside it does no harm."""
    graph = (
        '{"@context": "https://schema.org", "@graph": [{"@type": "Person", "@id": "#p", "name": "Ana Díaz"}, '
        '{"@type": ["Article", "ScholarlyArticle"], "headline": "Water", "author": [{"@id": "#p"}, "Juan Paz"], "pageStart": 3, "pageEnd": 9, '
        '"isPartOf": {"@type": "PublicationIssue", "issueNumber": 2, "isPartOf": {"@type": "PublicationVolume", "volumeNumber": "7", '
        '"isPartOf": {"@type": "Periodical", "name": "Andean Water"}}}}]}'
    )
    head = f'<script type="application/ld+json">{{broken</script><script type="application/ld+json">{graph}</script>'
    about = read_page(PROSE, head).bibliography
    assert [name.full for name in about.authors] == ["Ana Díaz", "Juan Paz"]
    assert (about.type, about.container_title, about.volume, about.issue, about.page) == (
        "article-journal",
        "Andean Water",
        "7",
        "2",
        "3-9",
    )


def test_a_mark_in_a_cell_is_no_digit_of_its_figure() -> None:
    """A raised digit behind a figure in a cell marks a note; a power stays raised, in cells and in prose."""
    table = "<table><tr><th>Year<th>Exports<th>Area<tr><td>2010<td>74.2<sup>1</sup><td>5 km<sup>2</sup></table>"
    document = read_page(
        f"{PROSE}{table}<p>The pact covers 10<sup>6</sup> tonnes, the 19<sup>th</sup> article says.</p>"
    )
    assert [cell.text for cell in document.tables[0].cells[3:]] == ["2010", "74.2", "5 km²"]
    assert "covers 10⁶ tonnes, the 19th article" in document.text


def test_feet_and_spans_of_row_groups() -> None:
    """A foot stands last wherever it is written, and a span of rows ends with its group."""
    table = (
        "<table><thead><tr><th rowspan=5>Year<th>Exports</thead><tfoot><tr><td>All<td>3</tfoot>"
        "<tbody><tr><td rowspan=0>2010<td>1<tr><td>2</tbody></table>"
    )
    (found,) = read_page(PROSE + table).tables
    grid = [[getattr(found.cell(r, c), "text", None) for c in range(2)] for r in range(found.height)]
    assert grid == [["Year", "Exports"], ["2010", "1"], ["2010", "2"], ["All", "3"]]


def test_marks_without_links_call_notes_that_answer_them() -> None:
    """Raised or bracketed marks are markers where a note begins with the same mark, and stay in the text where none does."""
    body = (
        "<p>The envoy left Suva<sup>1</sup> and met the minister in Apia.[2] He praised the accord of 2009.[7]</p>"
        "<p><sup>1</sup> Fiji Post, 2 May 2011.</p><p>[2] Samoa Post, 3 May 2011.</p>"
    )
    document = read_page(body)
    assert [(note.label, note.text) for note in document.notes] == [
        ("1", "Fiji Post, 2 May 2011."),
        ("2", "Samoa Post, 3 May 2011."),
    ]
    assert document.text[: document.notes[0].marker].endswith("left Suva")
    assert document.text[: document.notes[1].marker].endswith("in Apia.")
    assert "2009.[7]" in document.text


def test_a_form_around_the_page_is_no_furniture() -> None:
    """A page within one form, as some servers build it, and a wrapper named after its sidebar keep their text."""
    for wrapper in (
        '<form action="x"><div class="page has-sidebar">{}</div></form>',
        '<div class="sidebar-layout">{}</div>',
    ):
        document = read_page(wrapper.format(f"<h1>Accord signed</h1>{PROSE * 4}"))
        assert sum(block.kind is BlockKind.PARAGRAPH for block in document.blocks) == 4


def test_what_may_be_furniture_is_kept_but_not_coded() -> None:
    """A box within the article is read as what stands around the text; teasers that are all links too."""
    body = f'<article><h1>Accord signed</h1>{PROSE * 4}<aside><p>The accord replaces that of 1950, which Peru denounced.</p></aside><p><a href="x">Chile closes its border to lorries from Peru</a></p>{PROSE}</article>'
    document = read_page(body)
    kinds = {document.text[block.start : block.end][:20]: block.kind for block in document.blocks}
    assert kinds["The accord replaces "] is BlockKind.FRONT
    assert kinds["Chile closes its bor"] is BlockKind.FRONT


def test_lists_of_a_word_processor() -> None:
    """The bullets that Word writes into a page are no text, and its paragraphs of lists are entries."""
    item = "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Chile opens the port;</p>"
    document = read_page(f"<div class=WordSection1>{PROSE}{item}{PROSE}</div>")
    entries = [document.text[block.start : block.end] for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert entries == ["Chile opens the port;"]


TABLE = "<table><caption>Exports of Peru to Chile (US$ million)</caption><tr><th>Year<th>Value<tr><td>2016<td>5<tr><td>2017<td>6</table>"


def kinds_of(document: Document) -> dict[str, BlockKind]:
    """Return the kinds of a document's blocks by their text."""
    return {document.text[block.start : block.end]: block.kind for block in document.blocks}


def test_what_stands_beside_the_longest_part_is_read() -> None:
    """Paragraphs and tables set directly on a page are read, however much longer the part beside them is."""
    above = "Chile recalled its ambassador from Lima on 4 May 2018."
    below = "Peru denounced it."
    document = read_page(
        f'<p><a href="/">Home</a></p><p>{above}</p><div><h1>Accord signed</h1>{PROSE * 20}</div>{TABLE}<p>{below}</p>'
    )
    kinds = kinds_of(document)
    assert kinds[above] is kinds[below] is BlockKind.PARAGRAPH
    assert "Home" not in kinds
    assert [table.unit for table in document.tables] == ["US$ million"]
    assert document.warnings == ()


def test_boxes_beside_the_longest_part_are_set_apart_and_told() -> None:
    """Text in a box beside the longest part is kept but not coded, with a warning; menus and tables of words are no part."""
    menu = '<table><tr><td><a href="a">Ministry</a></td><td><a href="b">Missions</a></td></tr></table>'
    said = "Chile recalled its ambassador from Lima on 4 May 2018."
    for page in (
        f"{menu}<div><h1>Accord signed</h1>{PROSE * 20}</div><div>{said}{TABLE}</div>",
        f"{menu}<div>{said}{TABLE}</div><div><h1>Accord signed</h1>{PROSE * 20}</div>",
        f"<table><caption>x</caption><tr><td>{menu}{said}{TABLE}<td>{PROSE * 20}<h1>Accord signed</h1></table>",
    ):
        document = read_page(page)
        kinds = kinds_of(document)
        assert kinds[said] is BlockKind.FRONT
        assert not any("Missions" in text for text in kinds)
        assert [table.unit for table in document.tables] == ["US$ million"]
        assert len(document.warnings) == 1
        assert "beside the article (54 characters)" in document.warnings[0]


def test_powers_call_no_notes() -> None:
    """Raised digits behind a unit stay raised, where notes of these numbers are called by other marks."""
    zone = "The zone covers 5 km<sup>2</sup>, 7 <i>m</i><sup>3</sup> and 10<sup>3</sup> piers."
    document = read_page(
        f"<p>{zone} Peru met Chile.<sup>1</sup> They signed.<sup>2</sup> They left after 9 km<sup>4</sup>.<sup>3</sup></p>"
        + "".join(f"<p><sup>{number}</sup> Gulf Post, {number} May 2018.</p>" for number in range(1, 5))
    )
    assert document.text.startswith("The zone covers 5 km², 7 m³ and 10³ piers. Peru met Chile. They signed.")
    ends = [document.text[: note.marker][-6:] for note in document.notes]
    assert ends == ["Chile.", "igned.", " 9 km.", "r 9 km"]


def test_what_is_struck_out_is_no_text() -> None:
    """What a page marks as deleted or strikes out is left out of its cells and its text, with a warning."""
    struck = '<span style="text-decoration: line-through">5<s>7</s></span>'
    rows = f"<tr><th>Year<th>Value<tr><td>2016<td><del>50</del><ins>60</ins><tr><td>2017<td>1{struck}2"
    document = read_page(
        f"{PROSE}<del><p>Chile invaded Peru.</p></del><p>They <strike>quarrelled</strike> agreed.</p><table>{rows}</table>"
    )
    assert document.text.endswith("They agreed.\n\nYear\tValue\n2016\t60\n2017\t12")
    assert "invaded" not in document.text
    assert document.warnings == ("Text that the page strikes out (33 characters) was left out.",)


def test_a_linked_mark_in_a_cell_is_no_digit_of_its_figure() -> None:
    """A link to a note behind a figure adds no digit to it; a link that is all of its cell is its text."""
    rows = '<tr><th>Year<th>Value<th>Note<tr><td>2016<td>12<a href="#n1">[1]</a><td><a href="#n1">1</a><tr><td>2017<td>13.5%<a href="#n1">1</a><td>2'
    document = read_page(f"{PROSE}<table>{rows}</table><p id=n1>[1] Gulf Post, 3 May 2018.</p>")
    values = [(cell.row, cell.column, cell.text) for cell in document.tables[0].cells if cell.row and cell.column]
    assert values == [(1, 1, "12"), (1, 2, "1"), (2, 1, "13.5%"), (2, 2, "2")]
