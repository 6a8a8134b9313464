"""Pages of a PDF that hold far more than a page of print."""

from __future__ import annotations

from comity.documents import boxes_of, read_bytes
from tests.documents.made import pdf

WORDS = "the ministers of both states met again in harbour towns on fish".split()


def _page(first: int) -> bytes:
    """A page of 200 lines of 13 words in small type, numbered from `first`."""
    lines = [f"{' '.join(WORDS)} {first + number}." for number in range(200)]
    return pdf([[(60, 830 - 4 * number, 3, line) for number, line in enumerate(lines)]])


def test_every_word_of_a_page_of_thousands_stands_in_its_place() -> None:
    """A page of 2,600 words is read whole and in order, and its last words lead back to the line they stand on."""
    content = _page(5001)
    document = read_bytes(content, name="long.pdf")
    assert " ".join(document.text.split()) == " ".join(f"{' '.join(WORDS)} {5001 + number}." for number in range(200))
    place = document.locate(document.text.index("5199"))
    (box,) = boxes_of(content, 1, place.line, place.column, place.column + 3)
    assert box.bottom < 830 - 4 * 198 + 1 < box.top
