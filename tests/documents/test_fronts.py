"""What is the title, what a field of the front, and what already the body."""

from __future__ import annotations

import pytest

from comity.documents import read_bytes
from comity.terms import BlockKind, Document
from tests.documents.made import docx, paragraph


def document_of(text: str, name: str = "x.txt") -> Document:
    """Read a text."""
    return read_bytes(text.encode(), name=name)


def prose(document: Document) -> list[str]:
    """Return the passages that are coded."""
    return [passage.text for passage in document.passages if passage.kind.is_prose]


SENTENCE = "Chile recalled its envoy to Peru on 3 May 2012."


@pytest.mark.parametrize(
    "above", ["", "SANTIAGO, 3 May 2012\n\n", "3 May 2012\n\n", "SANTIAGO, 3 May 2012\n", "Chile and Peru\n\n"]
)
@pytest.mark.parametrize("sentence", [SENTENCE, "Chilean President Sebastián Roe visited Lima.", "Kenya expels envoy."])
def test_a_sentence_is_body(above: str, sentence: str) -> None:
    """A text of one sentence is body, also below a dateline or a title; it is no title itself."""
    document = document_of(above + sentence + "\n")
    assert prose(document) == [sentence]
    assert document.bibliography.title == ("Chile and Peru" if "and Peru" in above else "")


def test_a_sentence_is_body_in_other_formats() -> None:
    """A page and a Word file of one sentence have it as their body."""
    for content in (f"<html><body><p>{SENTENCE}</p></body></html>".encode(), docx(paragraph(SENTENCE))):
        assert prose(read_bytes(content, name="x")) == [SENTENCE]


@pytest.mark.parametrize(
    "title",
    [
        "Chile and the U.S.",
        "Peru, Chile and Others vs. Roe et al.",
        "Will Chile Recall Its Envoy?",
        "What does the embargo mean for trade?",
        "The Embargo That Failed.",
        "Chile recalls envoy",
    ],
)
def test_titles_that_end_with_a_mark(title: str) -> None:
    """A question, an abbreviation at the end and a headline with capital initials stay titles."""
    document = document_of(
        f"{title}\n\nThe envoy of Chile left Lima on 3 May 2012, and the ministers went on talking.\n"
    )
    assert document.bibliography.title == title
    assert len(prose(document)) == 1


def test_a_sentence_over_its_author_is_a_title() -> None:
    """A sentence with a byline below it, and a Markdown heading, are titles."""
    for text in ("Chile must act now.\n\nBy Jane Roe\n\n", "# Chile must act now.\n\n"):
        document = document_of(
            text + "The envoy of Chile left Lima on 3 May 2012, and the ministers went on talking.\n"
        )
        assert document.bibliography.title == "Chile must act now."


FIELDS = (("Institute", "Andes Institute"), ("Author", "Dr. Jane Roe, Senior Fellow"), ("Date", "3 May 2012"))


@pytest.mark.parametrize(
    "form", ["{}: {}", "**{}:** {}", "**{}**: {}", "__{}:__ {}", "*{}:* {}", "**{}: {}**", "- **{}:** {}"]
)
@pytest.mark.parametrize("between", ["\n", "  \n", "\n\n"])
def test_fields_below_the_title(form: str, between: str) -> None:
    """Keys in bold, or in a list, are read as plain ones are, and do not enter the values."""
    head = between.join(form.format(*field) for field in FIELDS)
    document = document_of(
        f"# Chile and Peru\n\n{head}\n\nThe envoy of Chile left Lima, and the talks went on.\n", "x.md"
    )
    about = document.bibliography
    assert (about.title, about.publisher, [name.full for name in about.authors]) == (
        "Chile and Peru",
        "Andes Institute",
        ["Jane Roe"],
    )
    assert about.issued is not None and about.issued.label == "3 May 2012"
    assert [block.kind for block in document.blocks] == [
        BlockKind.TITLE,
        BlockKind.FRONT,
        BlockKind.FRONT,
        BlockKind.FRONT,
        BlockKind.PARAGRAPH,
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Source: AP reporters in Cairo said Egypt's foreign minister had left Khartoum on 2 May.", BlockKind.PARAGRAPH),
        ("Sources: officials in Cairo confirmed that the talks on the dam had ended without a result.", BlockKind.PARAGRAPH),
        ("Source: Central Bank of Egypt, Monthly Bulletin, May 2018, as reported by partners.", BlockKind.FRONT),
        ("Source: AP", BlockKind.FRONT),
        ("Source: Ministry of Foreign Affairs, said.org.", BlockKind.FRONT),
    ],
)  # fmt: skip
def test_source_line_that_tells_what_was_said_is_prose(line: str, kind: BlockKind) -> None:
    """Behind "Source:" a whole sentence of what somebody said is body; a publication's name is none."""
    body = "The ministers met on Tuesday and spoke of the dam for two hours."
    text = f"# Talks in Cairo\n\nBy Jane Roe\n\n3 May 2018\n\n{body}\n\n{line}\n\n{body}\n"
    document = read_bytes(text.encode(), name="talks.md")
    start = document.text.index(line)
    assert [block.kind for block in document.blocks if block.start == start] == [kind]


def headings(document: Document) -> list[str]:
    """Return the headings."""
    return [document.text[block.start : block.end] for block in document.blocks if block.kind is BlockKind.HEADING]


BODY = f"Chile and Peru\n\n{SENTENCE} The ministers will meet again in the spring of next year, as they did in the year before.\n\n"


def test_the_last_paragraph_is_no_heading() -> None:
    """Also where only notes follow, a short paragraph that ends as a sentence is read as its sentences."""
    document = document_of(
        BODY.replace("spring", "spring[^1]") + "We shall wait. Thank you for coming!\n\n[^1]: A note.\n", "x.md"
    )
    assert not headings(document)
    assert prose(document)[-2:] == ["We shall wait.", "Thank you for coming!"]


def test_headings_above_numbered_paragraphs() -> None:
    """A line in sentence case heads numbered paragraphs below it; one with a verb leads to a list."""
    clause = "The two sides reviewed their relations, which they described as excellent, and noted the progress made."
    document = document_of(
        f"{BODY}Political dialogue\n\n1. {clause}\n\nTrade, roads and energy\n\n2. {clause}\n\nThe two sides also agreed\n\n3. {clause}\n"
    )
    assert headings(document) == ["Political dialogue", "Trade, roads and energy"]


def test_a_numbered_clause_that_goes_on_is_no_heading() -> None:
    """The opening words of a clause stay body where "(a)" goes on with them; a numbered name stays a heading."""
    rest = paragraph("(a) to repeat the exercise of May 2018, and") + paragraph(
        "(b) to open a direct line by March 2019."
    )
    document = read_bytes(
        docx(
            paragraph("Chile and Peru", "Title") + paragraph(SENTENCE) + paragraph("1. Armed forces") + paragraph(SENTENCE)
            + paragraph("2. They instructed the armed forces") + rest + paragraph("3. With regard to each port:") + rest
        ),
        name="x.docx",
    )  # fmt: skip
    assert headings(document) == ["1. Armed forces"]


def test_a_line_that_announces_a_list_is_body() -> None:
    """Below a title, a sentence that ends with a colon above numbered entries is prose; a field above its list is front."""
    entries = "1. How many ships passed in May 2012?\n2. Why did the port close?\n"
    document = document_of(
        f"Ships between Chile and Peru\n\n3 May 2012\n\nMs J. Roe (North) asked the minister in writing:\n\n{entries}"
    )
    assert prose(document)[0] == "Ms J. Roe (North) asked the minister in writing:"
    document = document_of(
        f"Ships between Chile and Peru\n\n3 May 2012\n\nFor the ministers of both states:\n\n{entries}"
    )
    assert "For the ministers of both states:" not in prose(document)
