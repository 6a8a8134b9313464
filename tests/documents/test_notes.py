"""Markers of every form are taken out and linked to their notes."""

from __future__ import annotations

import pytest

from comity.documents import read_bytes
from comity.terms import BlockKind, Document

BODY = "Ministers of both states met in Oslo for the first time in ten years{0} and they agreed to meet again{1}\n\n"


def document_of(text: str) -> Document:
    """Read a text."""
    return read_bytes(text.encode(), name="x.txt")


FORMS = {
    "raised": (("¹", ".²"), ("¹ First note.", "² Second note.")),
    "brackets": (("[1]", ".[2]"), ("[1] First note.", "[2] Second note.")),
    "escaped brackets": ((r"\[1\]", r".\[2\]"), (r"\[1\] First note.", r"\[2\] Second note.")),
    "markdown": (("[^1]", ".[^2]"), ("[^1]: First note.", "[^2]: Second note.")),
    "carets": (("^1^", ".^2^"), ("^1^ First note.", "^2^ Second note.")),
    "html": (("<sup>1</sup>", ".<sup>2</sup>"), ("<sup>1</sup> First note.", "<sup>2</sup> Second note.")),
    "symbols": (("†", ".‡"), ("† First note.", "‡ Second note.")),
    "glued": (("1", ".2"), ("1 First note.", "2 Second note.")),
}


@pytest.mark.parametrize("form", FORMS)
def test_forms(form: str) -> None:
    """Each form of marker is linked, leaves no trace, and glues nothing together."""
    (first, second), notes = FORMS[form]
    document = document_of("A Meeting in Oslo\n\n" + BODY.format(first, second) + "\n\n".join(notes))
    assert "ten years and they agreed to meet again." in document.text
    assert [note.text for note in document.notes] == ["First note.", "Second note."]
    before = [document.text[: note.marker][-11:] for note in document.notes]
    assert before == ["n ten years", "meet again."]
    assert document.warnings == ()


def test_a_space_stays_between_words() -> None:
    """Where a marker alone parted two words, a space stays, and the marker stands before it."""
    document = document_of(
        "The minister met General Bello,¹Adeyemi said on Monday.\n\n¹ Interview, Abuja, 2 May 2011.\n"
    )
    assert "General Bello, Adeyemi said" in document.text
    assert document.text[: document.notes[0].marker].endswith("Bello,")


def test_many_notes_inside_a_sentence() -> None:
    """Notes at a page's foot, one of two lines, do not cut the sentence that they interrupt."""
    text = (
        "Over the past decade exports from the north to the south of the region have⁶\n\n"
        '⁶ "Trade", *The Post* (Accra), 4 May 2014.\n\n'
        "⁷ Ministry of Trade, Annual Report, 2014.\nhttp://trade.example.org/report.html\n\n"
        "fallen by a third, as the table shows.⁷ Imports grew.\n"
    )
    document = document_of(text)
    assert "have fallen by a third, as the table shows. Imports grew." in document.text
    assert document.notes[1].text.endswith("2014. http://trade.example.org/report.html")
    citation = document.notes[1].citation
    assert citation is not None and citation.url == "http://trade.example.org/report.html"


def test_endnotes_under_a_heading() -> None:
    """Numbered lines under "Notes" are notes where the text calls them by raised digits."""
    document = document_of(
        "# On Borders\n\nThe border was closed in 1994.¹ It opened again.²\n\n## Notes\n\n1. Law 12 of 1994.\n2. Law 3 of 1999.\n"
    )
    assert [(note.label, note.text) for note in document.notes] == [("1", "Law 12 of 1994."), ("2", "Law 3 of 1999.")]
    assert all(note.marker is not None for note in document.notes)


def test_a_numbered_list_is_no_note() -> None:
    """A list of numbered points stays a list when the text calls none of them."""
    document = document_of(
        "# Plan\n\nThree steps follow from this.\n\n1. Open the road.\n2. Close the camp.\n3. Pay the dues.\n"
    )
    assert document.notes == ()
    assert [b.kind for b in document.blocks].count(BlockKind.LIST_ITEM) == 3


@pytest.mark.parametrize("notes", [("[^2]: Second note.",), ("1 First note.", "2 Second note.")])
@pytest.mark.parametrize("power", ["km^2^", "km<sup>2</sup>", "km²"])
def test_a_power_calls_no_note(power: str, notes: tuple[str, ...]) -> None:
    """The square of a unit stays raised where the text has a note of that number, and the note is called by its own mark."""
    calls = ("^1^", "[^2]") if len(notes) == 1 else ("^1^", "^2^")
    document = document_of(
        f"The zone covers 340 {power} of sea. It was{calls[0]} closed.{calls[1]}\n\n" + "\n\n".join(notes)
    )
    assert document.text.startswith("The zone covers 340 km² of sea. It was")
    second = document.notes[-1]
    assert second.label == "2" and document.text[: second.marker].endswith("closed.")


def test_squares_are_no_markers() -> None:
    """A raised digit behind a unit of measure stays."""
    document = document_of("The zone covers 340 km² on both banks and is closed to trade.\n")
    assert "340 km² on both banks" in document.text
    assert document.warnings == ()


def test_lost_notes_are_reported() -> None:
    """A marker without a note, and a note without a marker, are said in words."""
    document = document_of("The treaty was signed in 1960.³ It is in force.\n\n⁴ Treaty Series, vol. 2.\n")
    assert document.notes[0].marker is None
    assert any("marker 3" in warning for warning in document.warnings)
    assert any("note 4" in warning for warning in document.warnings)


def test_emphasis_is_no_note() -> None:
    """Asterisks of emphasis over two lines are no markers of notes."""
    document = document_of(
        "# Title\n\n*(These are the views of the author, and of\nnobody else)*\n\nThe talks in Doha ended today.\n"
    )
    assert document.notes == ()
    assert "(These are the views of the author, and of nobody else)" in document.text


def test_a_named_marker_without_a_note_stays() -> None:
    """A Markdown marker that leads to no note stays where the author set it, and the warning names it."""
    document = document_of(
        "# On Canals\n\nThe canal opened in 1914.[^1] Tolls rose by half[^4] in 1974. Few ships were turned away.[^4]\n\n"
        "| Year | Ships |\n|---|---|\n| 1974 | 14,033[^4] |\n\n[^1]: Canal Office, Report, 1915.\n"
    )
    assert "opened in 1914. Tolls rose by half[^4] in 1974. Few ships were turned away.[^4]" in document.text
    assert document.tables[0].cells[-1].text == "14,033"
    assert [note.label for note in document.notes] == ["1"]
    assert document.text[: document.notes[0].marker].endswith("in 1914.")
    assert any("marker 4" in warning for warning in document.warnings)
    assert [p.text for p in document.passages if "ships were" in p.text] == ["Few ships were turned away.[^4]"]
