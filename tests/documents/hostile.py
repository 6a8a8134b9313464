"""What must hold for any page, however broken, and the pieces of which hostile pages are made."""

from __future__ import annotations

from comity.documents import read_bytes
from comity.terms import Document, UnreadableSource

PIECES = (
    "<html><body>",
    "<p>The envoy left Suva on Monday.",
    "</p>",
    "<div class=nav>",
    "<div class='entry-content'>",
    "<div id=fn1>",
    "</div>",
    "<article>",
    "</article>",
    "<main>",
    "<h1>Talks in Suva</h1>",
    "<table><tr><td>",
    "<td rowspan=0 colspan=7>",
    "<tr><th rowspan=99999999999>",
    "</table>",
    "<caption>Exports (US$ million)",
    '<sup><a href="#fn1" id="r1">1</a></sup>',
    '<li id=fn1>Post, 2 May 2011. <a href="#r1">^</a>',
    "<sup>1</sup>",
    "[1]",
    "<ol>",
    "</ol>",
    "<h2>Notes</h2>",
    "<br><br>",
    "<b>",
    "<span class=sidenote>The treaty.</span>",
    "<label class=margin-toggle>",
    "<figure><figcaption>Figure 1",
    "<svg><foreignObject>",
    "<math><mi>",
    "<plaintext>",
    "<xmp>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<textarea>",
    "<select><option>",
    "<template>",
    "<form>",
    "<blockquote>",
    "<aside>",
    "<footer>",
    "<style>",
    "<title>Talks",
    '<meta name="citation_author" content="Roe, J.">',
    '<meta name="citation_date" content="2019/02/31">',
    '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": ["x"], "author": {"@id": "#a"}}]}</script>',
    "<time datetime=9999-99-99>",
    '<link rel=canonical href="http://[x">',
    "&#0;&#x110000;&nosuch;",
    "\x00",
    "<base href=x>",
    "<frameset><frame>",
)


def hold(content: bytes) -> Document | None:
    """Read a file; it is refused with a remedy, or what is read holds together."""
    try:
        document = read_bytes(content, name="x")
    except UnreadableSource as error:
        assert error.reason
        return None
    for table in document.tables:
        taken: set[tuple[int, int]] = set()
        for cell in table.cells:
            assert document.text[cell.start : cell.end] == cell.text
            assert (cell.row, cell.column) not in taken
            taken.add((cell.row, cell.column))
    for note in document.notes:
        assert document.text[note.start : note.end] == note.text
        assert note.marker is None or 0 <= note.marker <= len(document.text)
    assert "\x00" not in document.text
    return document
