"""What could not be read of a document is said by every command that reads it."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest

from comity.documents import read
from tests.app.conftest import Run
from tests.documents.made import pdf
from tests.documents.test_scanned import pictures

PAGE = [
    (72.0, 760.0, 18.0, "Ports of Kenya"),
    (72.0, 720.0, 12.0, "The foreign ministers of Kenya and Uganda met in Kampala on 3 May 2018."),
    (490.0, 725.0, 7.0, "4"),
    (72.0, 704.0, 12.0, "They agreed to raise exports to 4,250 tonnes by 2020."),
]


@pytest.fixture
def partly_scanned(tmp_path: Path) -> Path:
    """A PDF of two pages: the first has a marker whose note is missing, the second is scanned."""
    document = pypdfium2.PdfDocument(pdf([PAGE]))
    document.import_pages(pypdfium2.PdfDocument(pictures(pdf([PAGE]), dots=50)))
    content = io.BytesIO()
    document.save(content)
    path = tmp_path / "ports.pdf"
    path.write_bytes(content.getvalue())
    return path


@pytest.fixture
def told(partly_scanned: Path) -> tuple[str, ...]:
    """What the reader says that it could not read of that PDF."""
    warnings = read(partly_scanned).warnings
    assert any("marker 4" in warning for warning in warnings)
    assert any("Page 2 " in warning and "picture" in warning for warning in warnings)
    return warnings


@pytest.mark.parametrize("verb", ["code", "check"])
def test_a_draft_s_warnings_are_said(comity: Run, partly_scanned: Path, told: tuple[str, ...], verb: str) -> None:
    """`comity code` and `check` say on stderr what they could not read, each thing once."""
    said = comity(verb, partly_scanned).stderr
    assert [said.count(f"ports.pdf: {warning}") for warning in told] == [1] * len(told)


def test_a_source_s_warnings_are_said(comity: Run, partly_scanned: Path, told: tuple[str, ...], tmp_path: Path) -> None:
    """`comity add` and `build` say on stderr what they could not read, and a person can ask for silence."""
    room = tmp_path / "room"
    assert comity("init", "KEN", "UGA", room).returncode == 0
    for verb in (("add", partly_scanned), ("build",)):
        said = comity(*verb, cwd=room).stderr
        assert [said.count(f"ports.pdf: {warning}") for warning in told] == [1] * len(told)
    quiet = comity("--quiet", "build", "--fresh", cwd=room).stderr
    assert not any(warning in quiet for warning in told)


def test_the_text_is_shown_with_what_it_lacks(comity: Run, partly_scanned: Path, told: tuple[str, ...]) -> None:
    """`comity add --show-text` keeps the text on stdout and says on stderr what of the document is not in it."""
    result = comity("add", "--show-text", partly_scanned)
    assert [result.stderr.count(f"ports.pdf: {warning}") for warning in told] == [1] * len(told)
    assert not any(warning in result.stdout for warning in told)
    assert "met in Kampala on 3 May 2018." in result.stdout
