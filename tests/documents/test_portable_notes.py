"""PDF: notes at the foot of pages and at the end, linked to the marks that call them; what they are is known from the source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from comity.documents import boxes_of, read, read_bytes
from comity.terms import Document
from tests.documents.made import pdf

CORPUS = Path(__file__).parent / "corpus"
SET = sorted(path.name for path in CORPUS.glob("pdf-*.typ"))
_NOTE = re.compile(r"#footnote\[(.*?)\]")


def plain(text: str) -> str:
    """Text with plain quotation marks, which typst makes curly."""
    return text.translate(str.maketrans("“”‘’", "\"\"''")).replace('\\"', '"')


def source(name: str) -> list[str]:
    """The paragraphs of a typst file."""
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#set", "= "))]


def behind(document: Document) -> list[tuple[str, str]]:
    """The word behind which each note's marker stands, and the note."""
    return [
        (document.text[: note.marker].split()[-1] if note.marker is not None else "", plain(note.text))
        for note in document.notes
    ]


def test_the_files_are_there() -> None:
    """Else the tests below would pass with nothing to read."""
    assert len(SET) == 4


@pytest.mark.parametrize("name", SET)
def test_every_note_is_linked_and_whole(name: str) -> None:
    """Numbers, symbols and letters, on pages and in columns, beginning again on each page, and notes that run on to the next."""
    wanted = []
    for paragraph in source(name):
        for match in _NOTE.finditer(paragraph):
            before = _NOTE.sub("", paragraph[: match.start()])
            wanted.append((before.split()[-1], plain(match[1])))
    assert sorted(behind(read(CORPUS / name.replace(".typ", ".pdf")))) == sorted(wanted)


@pytest.mark.parametrize("name", SET)
def test_no_sentence_is_broken_or_joined(name: str) -> None:
    """Neither pages, columns, running heads, hyphens nor notes cut the sentences of the source."""
    document = read(CORPUS / name.replace(".typ", ".pdf"))
    found = [passage.text for passage in document.passages if passage.kind.is_prose]
    wanted = [s for line in source(name) for s in re.split(r"(?<=[.])\s+(?=[A-Z])", _NOTE.sub("", line))]
    assert found == wanted


BODY = [
    (72, 740 - 14 * n, 10, text)
    for n, text in enumerate(
        [
            "The foreign ministers of both states met in Muscat in May and agreed to open a line of",
            "ferries between their ports. Officials said that it would begin to run in the autumn of the",
            "year, and that a second ship would come if the traffic allowed it and the dues were low.",
            "Trade has grown for some years, although from a low level, with cement on the one side.",
        ]
    )
]


def test_a_number_at_the_foot_that_nobody_calls_begins_no_note() -> None:
    """A small line at the foot that begins with a number nobody calls stays in the text."""
    document = read_bytes(
        pdf([[*BODY, (72, 60, 8, "12 March 2014 was the day on which the port was opened.")]]), name="p"
    )
    assert document.notes == ()
    assert "12 March 2014 was the day" in document.text


def test_notes_of_two_chapters_are_told_apart() -> None:
    """Each chapter's notes count from one and stand at the end under their heading."""
    ends = [
        (72, 640, 14, "Notes"),
        (72, 610, 8, "1. Gulf Post, 4 March 2014."),
        (72, 598, 8, "2. Gulf Post, 5 March 2014."),
    ]
    more = [
        (72, 640, 14, "Notes"),
        (72, 610, 8, "1. Horn Daily, 6 March 2014."),
        (72, 598, 8, "2. Horn Daily, 7 March 2014."),
    ]
    marks = [(204, 731, 6, "1"), (478, 703, 6, "2")]
    first = [*BODY[:1], (72, 726, 10, "ferries between the ports."), *BODY[2:], *marks]
    document = read_bytes(pdf([[*first, *ends], [*first, *more]]), name="chapters")
    assert [(note.label, note.text) for note in document.notes] == [
        ("1", "Gulf Post, 4 March 2014."),
        ("2", "Gulf Post, 5 March 2014."),
        ("1", "Horn Daily, 6 March 2014."),
        ("2", "Horn Daily, 7 March 2014."),
    ]
    placed = [note.marker for note in document.notes]
    assert all(marker is not None for marker in placed)
    assert placed == sorted(placed, key=lambda marker: marker or 0)


def turned(content: bytes, matrix: str, page: str = "") -> bytes:
    """A PDF of one page with all its text set by another matrix of the same length, and other entries of its page."""
    content = re.sub(rb"1 0 0 1 (\S+) (\S+) Tm", lambda m: _moved(matrix, float(m[1]), float(m[2])), content)
    return content.replace(b"/MediaBox [0 0 595 842]", page.encode() or b"/MediaBox [0 0 595 842]")


def _moved(matrix: str, x: float, y: float) -> bytes:
    place = {"0 1 -1 0": (842 - y, x), "-1 0 0 -1": (595 - x, 842 - y), "0 -1 1 0": (y, 595 - x)}[matrix]
    return f"{matrix} {place[0]} {place[1]} Tm".encode()


@pytest.mark.parametrize(
    ("matrix", "page"),
    [
        ("0 1 -1 0", "/MediaBox [0 0 842 595] /Rotate 90"),
        ("-1 0 0 -1", "/MediaBox [0 0 595 842] /Rotate 180"),
        ("0 -1 1 0", "/MediaBox [0 0 842 595] /Rotate 270"),
        ("0 1 -1 0", "/MediaBox [0 0 842 595]"),
    ],
)
def test_a_turned_page_reads_as_an_upright_one(matrix: str, page: str) -> None:
    """Text that is set sideways or upside down, on a page that is turned or not, is read in its own direction."""
    upright = pdf([[*BODY, (204, 731, 6, "1"), (72, 60, 8, "1 Gulf Post (Muscat), 4 March 2014.")]])
    assert read_bytes(turned(upright, matrix, page), name="p").text == read_bytes(upright, name="p").text


def test_a_page_that_does_not_begin_at_nought_reads_alike_and_its_boxes_count_from_its_corner() -> None:
    """A crop box with another corner changes neither text nor boxes."""
    content = pdf([BODY])
    moved = content.replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [-90 -90 595 842] /CropBox [20 30 595 842]")
    document = read_bytes(moved, name="p")
    assert document.text == read_bytes(content, name="p").text
    place = document.locate(document.text.index("Trade has"))
    (box,) = boxes_of(moved, place.page or 0, place.line, place.column, place.column + 4)
    assert abs(box.left - 52) < 2
    assert box.bottom < 698 - 30 < box.top


def test_authors_marks_lead_to_their_affiliations_not_to_the_notes() -> None:
    """Marks behind authors' names are those of the lines below them, also where the notes count from one too."""
    head = [
        (72, 780, 16, "Ferries and Their Friends"),
        (72, 760, 11, "Jane Roe"),
        (114, 765, 6, "1"),
        (119, 760, 11, ", Ravi Kumar"),
        (181, 765, 6, "2"),
        (72, 750, 5, "1"),
        (76, 746, 9, "Institute of the Gulf, Muscat"),
        (72, 738, 5, "2"),
        (76, 734, 9, "Centre for the Sea, Suva"),
    ]
    body = [(x, y - 50, size, text) for x, y, size, text in BODY]
    marks = [(72 + 401, body[0][1] + 4, 6, "1"), (72 + 404, body[3][1] + 4, 6, "2")]
    foot = [
        (72, 100, 5, "1"),
        (76, 97, 8, "Gulf Post, 3 May 2018."),
        (72, 88, 5, "2"),
        (76, 85, 8, "Customs of Oman, 2018."),
    ]
    document = read_bytes(pdf([[*head, *body, *marks, *foot]]), name="ferries.pdf")
    assert behind(document) == [
        ("Roe", "Institute of the Gulf, Muscat"),
        ("Kumar", "Centre for the Sea, Suva"),
        ("of", "Gulf Post, 3 May 2018."),
        ("side.", "Customs of Oman, 2018."),
    ]
