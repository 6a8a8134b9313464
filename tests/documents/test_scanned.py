"""Pictures of pages are read only where that is asked for, and a figure that is not recognised surely is left out."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from comity.documents import read_apart, read_bytes, scanned
from comity.terms import UnreadableSource
from tests.documents.made import pdf

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
LINES = [
    (72.0, 760.0, 18.0, "Ports of Oman"),
    (72.0, 720.0, 12.0, "The foreign ministers of Oman and Yemen met in Muscat on 3 May 2018."),
    (72.0, 704.0, 12.0, "They agreed to raise exports to 4,250 tonnes by 2020."),
]


def pictures(content: bytes, dots: float = 200) -> bytes:
    """Return a PDF whose pages are pictures of another's, at so many dots an inch."""
    import pypdfium2

    source, made = pypdfium2.PdfDocument(content), pypdfium2.PdfDocument.new()
    for page in source:
        width, height = page.get_size()
        image = pypdfium2.PdfImage.new(made)
        image.set_bitmap(page.render(scale=dots / 72))
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        target = made.new_page(width, height)
        target.insert_obj(image)
        target.gen_content()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_scan_is_refused_unless_recognition_is_asked_for() -> None:
    """The refusal says what to do."""
    with pytest.raises(UnreadableSource, match="only pictures") as refused:
        read_bytes(pictures(pdf([LINES]), dots=50), name="scan.pdf")
    assert "comity add --ocr" in str(refused.value)


def test_without_the_program_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where tesseract is missing, the error has the lines for Debian and macOS."""
    monkeypatch.setattr(scanned, "PROGRAM", "no-such-program")
    with pytest.raises(UnreadableSource, match="not installed") as refused:
        read_bytes(pictures(pdf([LINES]), dots=50), name="scan.pdf", recognise=True)
    assert "apt install tesseract-ocr" in str(refused.value) and "brew install tesseract" in str(refused.value)


@needs_tesseract
def test_a_scan_is_read_with_its_confidence(tmp_path: Path) -> None:
    """In the process apart too; the text is that of the page, its place is kept, and how sure it is is said."""
    (tmp_path / "scan.pdf").write_bytes(pictures(pdf([LINES])))
    document = read_apart(tmp_path / "scan.pdf", recognise=True)
    assert "The foreign ministers of Oman and Yemen met in Muscat" in document.text
    assert document.bibliography.title == "Ports of Oman"
    assert any("1 page was scanned" in said and "confidence" in said for said in document.warnings)
    assert document.locate(document.text.index("They")).page == 1


@needs_tesseract
def test_a_figure_that_is_not_sure_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a demand that nothing meets, no figure is left in the text, and their number is said; words stay."""
    monkeypatch.setattr(scanned, "SURE", 101.0)
    document = read_bytes(pictures(pdf([LINES])), name="scan.pdf", recognise=True)
    assert not any(character.isdigit() for character in document.text)
    assert "exports to [?] tonnes" in document.text
    assert any("4 figures are not recognised surely" in said for said in document.warnings)


@needs_tesseract
def test_noise_is_no_text() -> None:
    """A page in which hardly anything is recognised is refused, not guessed."""
    import random

    chance = random.Random(5)
    letters = "".join(chance.choice("|/\\-~^_.,;") for _ in range(400))
    lines = [(72.0 + chance.random() * 9, 780.0 - 9 * n, 9.0, letters[8 * n : 8 * n + 60]) for n in range(40)]
    with pytest.raises(UnreadableSource, match="no text"):
        read_bytes(pictures(pdf([lines]), dots=60), name="noise.pdf", recognise=True)


def test_a_page_with_text_is_never_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF that has its text, hidden behind a scan or not, is read as it is."""
    monkeypatch.setattr(scanned, "PROGRAM", "no-such-program")
    document = read_bytes(pdf([LINES]), name="text.pdf", recognise=True)
    assert "4,250" in document.text and document.warnings == ()


def beside(*contents: bytes) -> bytes:
    """Return a PDF of the pages of others, one after the other."""
    import pypdfium2

    made = pypdfium2.PdfDocument.new()
    for content in contents:
        made.import_pages(pypdfium2.PdfDocument(content))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def unseen(content: bytes) -> bytes:
    """Return a PDF whose text is there and not drawn, as programs that recognise text lay it under a scan."""
    import pypdfium2
    from pypdfium2 import raw

    made = pypdfium2.PdfDocument(content)
    for page in made:
        for drawn in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
            raw.FPDFTextObj_SetTextRenderMode(drawn.raw, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        page.gen_content()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_scanned_pages_among_others_are_named() -> None:
    """What was not read is told by its pages, and how to read it."""
    text, scan = pdf([LINES]), pictures(pdf([LINES]), dots=30)
    (warning,) = read_bytes(beside(text, scan, text, scan, scan, scan), name="mixed.pdf").warnings
    assert "Pages 2, 4-6 are pictures" in warning and "--ocr" in warning


@needs_tesseract
def test_scanned_pages_among_others_are_recognised_where_they_stand() -> None:
    """Only the pages without text are recognised, and stand in their place; how many is told."""
    other = [(72.0, 720.0, 12.0, "The envoys of Peru left for Quito on the day after the vote of the assembly.")]
    document = read_bytes(beside(pictures(pdf([LINES])), pdf([other])), name="mixed.pdf", recognise=True)
    assert document.text.index("met in Muscat") < document.text.index("The envoys of Peru")
    assert document.warnings[0].startswith("1 of its pages (1) was scanned; the text is recognised")


def test_text_that_another_program_recognised_is_told() -> None:
    """Text that is laid under a scan and does not show may be wrong: the pages are named."""
    document = read_bytes(unseen(pdf([LINES, LINES])), name="layer.pdf")
    assert "4,250" in document.text
    assert any(warning.startswith("The text of pages 1-2 does not show") for warning in document.warnings)
