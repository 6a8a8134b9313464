"""What of a page is its text, where the article that it marks is not all of it, and what it sets in lines as they were typed."""

from __future__ import annotations

import json

import pytest

from comity.documents import read_bytes
from comity.terms import BlockKind, Document

SAID = "Chile and Peru signed an accord on fisheries in Lima on {} May 2018, and will open the port of Arica in June."
MARKED = (
    "<article>" + "".join(f"<p>{SAID.format(day)} The ministers said so.</p>" for day in range(1, 9)) + "</article>"
)
APART = "Peru recalled its ambassador from Santiago on 30 May 2018 after the talks on the border had failed again."


def read_page(body: str, head: str = "") -> Document:
    """Read a page of this content."""
    return read_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(), name="page.html")


def kind_of(document: Document, words: str) -> BlockKind | None:
    """Return the kind of the block that holds these words; None where no block does."""
    for block in document.blocks:
        if words in document.text[block.start : block.end]:
            return block.kind
    return None


def test_a_lead_between_the_title_and_the_article_is_text() -> None:
    """The summary that a page sets with its title, outside of the article that it marks, is coded as the article is."""
    for lead in (
        f"<header><h1>Accord signed</h1><div><p>{APART}</p></div></header>",
        f"<div><h1>Accord signed</h1></div><div class=intro><p>{APART}</p></div>",
        f"<h1>Accord signed</h1><p>{APART}</p>",
    ):
        document = read_page(f"<main>{lead}{MARKED}</main>")
        assert document.bibliography.title == "Accord signed"
        assert kind_of(document, APART) is BlockKind.PARAGRAPH, lead
        assert document.warnings == ()


@pytest.mark.parametrize("name", ["teaser-text", "section--ads", "TOC_TITLE_1"])
def test_text_without_links_is_no_furniture_for_its_name(name: str) -> None:
    """A lead called a teaser, sections with advertisements and a section's anchor are read as text."""
    parts = "".join(
        f'<section class="{name}"><p>{SAID.format(day)}</p><p>It holds.</p></section>' for day in range(10, 30)
    )
    document = read_page(f"<article><h1>Accord signed</h1>{parts}<p>{APART}</p></article>")
    assert all(kind_of(document, SAID.format(day)) is BlockKind.PARAGRAPH for day in range(10, 30))


def test_further_parts_of_the_text_are_read() -> None:
    """Paragraphs one below the other beside the article that a page marks, without a title or day of their own, are text too."""
    part = "".join(f"<p>{SAID.format(day)}</p>" for day in range(20, 24))
    document = read_page(f"<h1>Accord signed</h1>{MARKED}<section><h2>Background</h2>{part}</section>")
    assert all(kind_of(document, SAID.format(day)) is BlockKind.PARAGRAPH for day in range(20, 24))
    assert document.warnings == ()


def test_other_articles_beside_the_article_are_kept_and_not_coded() -> None:
    """Prose that a page sets outside of its article is kept apart from what is coded, and told where it is much; the rest is left out."""
    other = f'<article><h2><a href="/2">Envoy recalled</a></h2><p>{APART}</p><p>Read in 3 minutes</p></article>'
    document = read_page(f"<h1>Accord signed</h1>{MARKED}{other}<div>Weather 21 degrees</div>")
    assert kind_of(document, APART) is BlockKind.FRONT
    assert "Read in 3 minutes" not in document.text
    assert "Weather" not in document.text
    assert [f"({len(APART):,} characters)" in warning for warning in document.warnings] == [True]


def test_notes_and_references_outside_the_article_are_read() -> None:
    """A section of notes, or of works, below the article that a page marks belongs to it."""
    marked = MARKED.replace("</article>", "<p>They met in Tacna.<sup>1</sup></p></article>")
    notes = "<section><h2>Notes</h2><ol><li>Gulf Post, 3 May 2018.</li></ol></section>"
    works = "<div><h2>References</h2><ul><li>Roe, Jane (2016) Ports and Powers. London: Hart.</li></ul></div>"
    document = read_page(f"<h1>Accord signed</h1>{marked}{notes}{works}<footer>All rights reserved by us.</footer>")
    assert [note.text for note in document.notes] == ["Gulf Post, 3 May 2018."]
    assert [work.title for work in document.references] == ["Ports and Powers"]
    inside = marked.replace("<article>", '<article><div itemprop="articleBody">').replace("</article>", "</div>")
    assert [work.title for work in read_page(f"<h1>Accord</h1>{inside}{works}</article>").references]


def test_a_table_outside_the_article_needs_a_caption() -> None:
    """Beside an article that a page marks, a table with a caption is read, and one of a widget is not."""
    rows = "<tr><td>2016<td>12<tr><td>2017<td>13"
    prose = f"<p>{APART}</p>"
    document = read_page(
        f"<h1>Accord</h1>{MARKED}<div>{prose}<table>{rows}</table><table><caption>Trade, US$ million</caption>{rows}</table></div>"
    )
    assert [table.caption for table in document.tables] == ["Trade, US$ million"]


def test_prose_that_the_page_does_not_show_is_told() -> None:
    """Much prose within the article that the page hides is left out, with a warning."""
    document = read_page(
        MARKED.replace("</article>", f'<div style="display:none">{f"<p>{APART}</p>" * 6}</div></article>')
    )
    assert APART not in document.text
    assert [f"({6 * len(APART)} characters) was left out" in warning for warning in document.warnings] == [True]


WIRE = """
MINISTRY OF FISHERIES

Press release No. 45
3 May 2018

Chile and Peru signed an accord on fisheries in Lima on 2 May 2018. The
ministers agreed to open the port of Arica &amp; its roads to Peruvian
vessels.

Table 1: Exports of Chile to Peru (US$ million)

Year      Exports     Imports
2015        120.5        98.1
2016        131.0       101.7

Source: Central Bank of Chile.
"""


def test_a_page_of_typed_lines_is_read_as_a_text_file_is() -> None:
    """A release that a page sets as it was typed has title, date, paragraphs and table, each at its line of the file."""
    document = read_page(f"<pre>{WIRE}</pre>")
    assert document.bibliography.title == "Press release No. 45"
    assert document.published is not None
    assert document.published.isoformat() == "2018-05-03"
    assert kind_of(document, "Arica & its roads to Peruvian vessels.") is BlockKind.PARAGRAPH
    table = document.tables[0]
    assert (table.unit, table.source) == ("US$ million", "Source: Central Bank of Chile.")
    assert [cell.text for cell in table.cells if cell.row == 2] == ["2016", "131.0", "101.7"]
    lines = f"<html><head></head><body><pre>{WIRE}".split("\n")
    assert lines[document.locate(document.text.index("Chile and Peru")).line - 1].startswith("Chile and Peru")
    assert document.warnings == ()


def test_a_typed_table_within_an_article_is_read() -> None:
    """A table drawn with spaces among paragraphs is a table, and the notes of the page keep their markers."""
    drawn = "Year      Exports     Imports\n2015        120.5        98.1\n2016        131.0       101.7\n"
    note = '<p>It holds.<a href="#1"><sup>1</sup></a></p><p id="1"><sup>1</sup> Gulf Post, 3 May 2018.</p>'
    document = read_page(f"<h1>Accord</h1>{MARKED.replace('</article>', f'<pre>{drawn}</pre>{note}</article>')}")
    assert [len(table.cells) for table in document.tables] == [9]
    assert [document.text[: note.marker][-9:] for note in document.notes] == ["It holds."]


def test_the_pages_of_a_typed_text_are_one_text() -> None:
    """A sentence that runs over from one block of typed lines to the next is whole, without the page's number between."""
    first = f"{WIRE}\nThe ambassador of Peru, Jane Roe, said in Santiago on that day that the talks\n\n                    [Page 1]\n"
    document = read_page(f"<pre>{first}</pre><hr><pre>\nwould go on until the two sides have agreed on all.\n</pre>")
    assert kind_of(document, "that the talks would go on until") is BlockKind.PARAGRAPH


def test_code_is_not_coded() -> None:
    """A program's lines are kept, and are neither text nor table."""
    code = "<pre><code>rows = 5\nfor row in rows:\n    print(row)\n</code></pre>"
    document = read_page(MARKED.replace("</article>", f"{code}</article>"))
    assert kind_of(document, "print(row)") is BlockKind.FRONT
    assert document.tables == ()


def test_text_for_browsers_without_scripts_is_read_where_it_is_the_page() -> None:
    """What stands in noscript is the page's text where there is no other, and nothing beside other text."""
    hidden = f"<noscript>{f'<p>{APART}</p>' * 8}</noscript>"
    assert kind_of(read_page(f"<div>Loading</div>{hidden}"), APART) is BlockKind.PARAGRAPH
    assert APART not in read_page(MARKED + hidden).text


def test_a_page_whose_text_only_scripts_hold_says_so() -> None:
    """Text in a script's data is not read; the warning says how much it is and what to do."""
    data = json.dumps({"articleBody": " ".join(SAID.format(day) for day in range(1, 20))})
    for kind in ("application/json", "application/ld+json"):
        document = read_page(
            "<p>Please turn on JavaScript to read what we say here.</p>", f'<script type="{kind}">{data}</script>'
        )
        assert "Arica" not in document.text
        assert [warning.startswith("Most of the page's text (some 2,") for warning in document.warnings] == [True]
        assert "print it as PDF" in document.warnings[0]
        assert read_page(MARKED, f'<script type="{kind}">{data}</script>').warnings == ()


def test_styles_within_a_note_do_not_make_it_long() -> None:
    """A note that holds a long style sheet, as wikis write them, is a note still."""
    style = f"<style>{'.mw-parser-output cite{{font-style:inherit}} ' * 100}</style>"
    document = read_page(
        MARKED.replace("</article>", '<p>They met.<sup id="r1"><a href="#n1">[1]</a></sup></p></article>')
        + f'<ol class="references"><li id="n1"><a href="#r1">^</a> {style} Gulf Post, 3 May 2018.</li></ol>'
    )
    assert [note.text for note in document.notes] == ["Gulf Post, 3 May 2018."]
    assert document.text[: document.notes[0].marker].endswith("They met.")


def test_what_a_page_says_of_itself_is_read_as_it_is_meant() -> None:
    """Entities within entities are characters, a site is no author of its pages, and what stands above a title is none of it."""
    head = (
        '<link rel="canonical" href="https://www.gulfpost.example/1"><meta property="og:title" content="Talks in Lima &amp;ndash; day two">'
        '<meta name="author" content="{}">'
    )
    heading = "<h1><span>Fisheries</span><span>Talks in Lima – day two</span></h1>"
    document = read_page(heading + MARKED, head.format("von María Soto"))
    assert document.bibliography.title == "Talks in Lima – day two"
    assert [name.full for name in document.bibliography.authors] == ["María Soto"]
    assert read_page(heading + MARKED, head.format("gulfpost.example")).bibliography.authors == ()


def test_a_centred_paragraph_in_large_letters_is_the_title() -> None:
    """Pages that a word processor wrote set the title so; the first of their headings is none."""
    large = '<p align="center"><font color="#345a8a"><font size="5"><b>Ports of the coast</b></font></font></p>'
    said = f"<p>{APART}</p>"
    page = f'{large}<p align="center">3 May 2018</p><h1>Main points</h1>{said}<h1>Outlook</h1>{said}'
    document = read_page(page)
    assert document.bibliography.title == "Ports of the coast"
    assert kind_of(document, "Main points") is kind_of(document, "Outlook") is BlockKind.HEADING
    small = read_page(page.replace('size="5"', 'size="3"'))
    assert small.bibliography.title == "Main points"
