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
