"""The block of fields at the top of a Markdown file is its front."""

from __future__ import annotations

import pytest

from comity.documents import read_bytes
from comity.terms import BlockKind, Document

BODY = "The ministers of Oman and Djibouti met in Muscat on 2 May 2018. They will meet again.\n"


def paper(fields: str, body: str = BODY) -> Document:
    """A Markdown file with these fields at its top."""
    return read_bytes(f"---\n{fields}---\n\n{body}".encode(), name="paper.md")


@pytest.mark.parametrize(
    "fields",
    [
        "title: Ports\nauthor: Jane Roe and Omar Ali\ndate: 3 May 2018\n",
        'author:\n- Jane Roe\n- Omar Ali\ndate: 2018-05-03\nlang: en-GB\ntitle: "Ports"\n',
        "title: 'Ports'\nauthors:\n  - name: Jane Roe\n    affiliation: Nile Institute\n  - name: Omar Ali\ndate: May 3, 2018\n",
        '# who wrote it\ntitle: Ports\nauthor: [Jane Roe, "Omar Ali"]\ndate: 2018-05-03\nformat:\n  html:\n    toc: true\n',
    ],
)
def test_title_authors_and_date_are_read_in_the_shapes_people_write(fields: str) -> None:
    """And nothing of the block is prose."""
    document = paper(fields)
    about = document.bibliography
    assert (about.title, [name.full for name in about.authors]) == ("Ports", ["Jane Roe", "Omar Ali"])
    assert document.published is not None and document.published.isoformat() == "2018-05-03"
    prose = [passage.text for passage in document.passages if passage.kind.is_prose]
    assert prose == ["The ministers of Oman and Djibouti met in Muscat on 2 May 2018.", "They will meet again."]
    title = next(block for block in document.blocks if block.kind is BlockKind.TITLE)
    place = document.locate(title.start)
    assert fields.splitlines()[place.line - 2][place.column - 1 :].startswith("Ports")


def test_an_abstract_in_the_block_is_prose() -> None:
    """Its lines are one paragraph, ahead of the body."""
    document = paper("title: Ports\nabstract: |\n  Oman opened a port. Djibouti\n  protested.\n")
    paragraphs = [
        document.text[block.start : block.end] for block in document.blocks if block.kind is BlockKind.PARAGRAPH
    ]
    assert paragraphs[0] == "Oman opened a port. Djibouti protested."


def test_a_title_that_the_text_repeats_stands_once() -> None:
    """The heading of the text, which may have more of it, is the title."""
    document = paper("title: Ports\nauthor: Jane Roe\n", f"# Ports and Power\n\n{BODY}")
    titles = [document.text[block.start : block.end] for block in document.blocks if block.kind is BlockKind.TITLE]
    assert titles == ["Ports and Power"]


def test_a_rule_above_prose_begins_no_block() -> None:
    """Nothing is lost where a text only begins with a rule."""
    document = read_bytes(
        b"---\n\nNote: the ministers of Oman and Djibouti met in Muscat.\n\n---\n\nThey agreed on a plan.\n",
        name="x.md",
    )
    assert "met in Muscat" in document.text
    assert "They agreed" in document.text


def test_numbered_lines_below_each_other_are_a_list() -> None:
    """Also where each alone might be a numbered heading; a heading over prose stays one."""
    document = read_bytes(
        b"# Ports\n\n1. Introduction\n\nFour questions stood between Oman and Djibouti in the spring of 2018:\n\n"
        b"1.  Who pays for the crane?\n2.  Which port takes the first ship?\n\nOman gave way in May 2018 after two meetings.\n",
        name="x.md",
    )
    kinds = {document.text[block.start : block.end]: block.kind for block in document.blocks}
    assert kinds["1. Who pays for the crane?"] is BlockKind.LIST_ITEM
    assert kinds["2. Which port takes the first ship?"] is BlockKind.LIST_ITEM
    assert BlockKind.LIST_ITEM not in {kind for text, kind in kinds.items() if "Introduction" in text}


def test_the_line_between_a_front_and_the_body_is_a_heading() -> None:
    """Where title and author or date are known above it, and it stands alone."""
    document = read_bytes(
        f"A Line in the Sea\nTomás Rivas\n22 September 2017\n\nTwo shores\n\n{BODY}".encode(), name="x.txt"
    )
    assert document.bibliography.title == "A Line in the Sea"
    assert [document.text[block.start : block.end] for block in document.blocks if block.kind is BlockKind.HEADING] == [
        "Two shores"
    ]
    headless = read_bytes(f"A Line in the Sea\n\nChile and Peru after The Hague\n\n{BODY}".encode(), name="x.txt")
    assert BlockKind.HEADING not in {block.kind for block in headless.blocks}


def test_fields_that_tell_what_happened_are_text() -> None:
    """A list of who did what between rules is no block of fields: nothing of it is lost."""
    document = paper("Date: 3 May 2018\nIndia: recalled its ambassador.\nOman: expelled three diplomats.\n")
    assert "Oman: expelled three diplomats." in document.text
    assert document.published is not None


def test_a_comment_behind_a_value_is_left_out() -> None:
    """As YAML has it."""
    assert paper("title: Ports # not final\nauthor: Jane Roe\n").bibliography.title == "Ports"


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_quoted_title_may_run_over_lines(quote: str) -> None:
    """As pandoc writes a long title with a colon; the marks around it are no part of it."""
    about = paper(f"title: {quote}Ports: what the ministers\n  said in Muscat{quote}\ndate: 2018-05-03\n").bibliography
    assert about.title == "Ports: what the ministers said in Muscat"


def test_marks_of_two_quotations_in_a_text_stay() -> None:
    """Only marks that go around the whole text are taken off."""
    document = paper('title: Ports\nabstract: |\n  "Come soon" is what they\n  said, and "go".\n')
    assert '"Come soon" is what they said, and "go".' in document.text
