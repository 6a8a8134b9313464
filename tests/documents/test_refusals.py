"""What cannot be read is refused with its name, the reason and what to do."""

from __future__ import annotations

import gc
import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from comity.documents import MAX_BYTES, read, read_bytes
from comity.terms import UnreadableSource
from tests.documents.made import docx, paragraph, pdf, xlsx

BOMB = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>'


def unpacked(size: int) -> bytes:
    """Return a DOCX whose body unpacks to many megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(size):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def foreign() -> bytes:
    """Return a zip of no kind that is read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    return out.getvalue()


REFUSED = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t\n", "empty"),
    "binary": (bytes(range(256)) * 40, "binary"),
    "random": (b"\x00\x01\x02\x9f\x88\x07" * 900, "binary"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "picture"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Office"),
    "cut zip": (docx(paragraph("The talks ended today."))[:200], "cut short"),
    "foreign zip": (foreign(), "another kind"),
    "cut PDF": (pdf([[(72, 700, 12, "The talks ended today.")]])[:120], "cut short"),
    "empty PDF": (pdf([[], []]), "empty"),
    "page numbers": (pdf([[(297, 30, 10, "1")], [(297, 30, 10, "2")]]), "numbers"),
    "unknown encoding": ("会談は東京で行われた。".encode("shift_jis") * 20, "encoding|binary"),
    "foreign XML": (b'<?xml version="1.0"?><data><a>1</a></data>', "XML"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_reason_and_remedy(case: str) -> None:
    """Each bad file is refused by name, with a reason and a remedy."""
    content, reason = REFUSED[case]
    with pytest.raises(UnreadableSource, match=reason) as refused:
        read_bytes(content, name="sources/it.bin")
    assert refused.value.path == "sources/it.bin"
    assert refused.value.remedy


def test_entity_bomb() -> None:
    """A part that declares entities is refused before they are expanded."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", BOMB + "<a>&c;</a>")
    with pytest.raises(UnreadableSource, match="entities"):
        read_bytes(out.getvalue(), name="x.docx")


def test_zip_bomb() -> None:
    """A file that unpacks to more than the limit is refused before it is unpacked."""
    content = unpacked(301)
    assert len(content) < 1_000_000
    with pytest.raises(UnreadableSource, match="unpacks to 301 MB"):
        read_bytes(content, name="x.docx")


def test_too_large_is_refused_unread(tmp_path: Path) -> None:
    """A file over the limit is refused by its size, without being read."""
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert path.stat().st_size > MAX_BYTES
    with pytest.raises(UnreadableSource, match="200 MB; the limit is 50 MB"):
        read(path)


def test_folder_missing_and_pipe(tmp_path: Path) -> None:
    """A folder, a missing file and a pipe are refused, the last without waiting."""
    os.mkfifo(tmp_path / "pipe")
    for path, reason in ((tmp_path, "folder"), (tmp_path / "none.txt", "no such file"), (tmp_path / "pipe", "pipe")):
        with pytest.raises(UnreadableSource, match=reason):
            read(path)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is refused in words."""
    path = tmp_path / "secret.txt"
    path.write_text("The talks ended today.")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableSource, match="may not read") as refused:
        read(path, name="sources/secret.txt")
    assert refused.value.path == "sources/secret.txt"


@pytest.mark.parametrize(
    ("content", "words", "warning"),
    [
        ("Café talks in Nîmes ended.".encode("cp1252"), "Café talks in Nîmes", "Windows-1252"),
        ("\ufeffTalks in Łódź ended.".encode("utf-16"), "Talks in Łódź", ""),
        ("Talks in Łódź ended.".encode("utf-8-sig"), "Talks in Łódź", ""),
        ("Talks in Lodz ended on Monday.".encode("utf-16-le"), "Talks in Lodz", "byte order mark"),
        ("Talks in Łódź and Gdańsk and Kraków ended.".encode() + b"\xff\n", "Gdańsk", "not UTF-8"),
        ("Talks in Łódź".encode() + "é".encode()[:1], "Talks in Łódź", "cut short"),
    ],
)
def test_encodings(content: bytes, words: str, warning: str) -> None:
    """Encodings are told from marks and content; what had to be assumed is said."""
    document = read_bytes(content, name="x.txt")
    assert words in document.text
    assert not document.text.startswith("\ufeff")
    assert any(warning in said for said in document.warnings) if warning else document.warnings == ()


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "* ",
        "[1] ",
        "| ",
        "¹",
        "<b>",
        "\t",
        "  x",
        "\\",
        "_a ",
        "(",
        "1. ",
        "\n\nlow word",
        "“",
        "Vol. 1 ",
        "2014 ",
        "A.B. ",
    ],
)
def test_long_repetition_is_linear(piece: str) -> None:
    """Four times as much of one piece takes no more than about four times the work, on one line and on many."""
    for whole in (piece, piece + "\n"):
        small, large = (whole * (size // len(whole)) for size in (10_000, 40_000))
        # A reader that went over the text once for each piece would need sixteen times the work.
        most = 9 * min(_work(small) for _ in range(3)) + 0.1
        # The least of three readings too; those that could only make it less are not needed.
        assert any(_work(large) < most for _ in range(3))


def _work(text: str) -> float:
    """Return the processor's seconds of one reading; what the collector of garbage does is not the reader's."""
    gc.disable()
    begin = time.process_time()
    try:
        read_bytes(text.encode(), name="x.txt")
    except UnreadableSource as refused:
        assert refused.reason
    gc.enable()
    return time.process_time() - begin


def test_workbook_that_is_damaged() -> None:
    """A damaged workbook is refused in words, not with a library's error."""
    content = xlsx({"A": [["a", 1], ["b", 2]]})
    with pytest.raises(UnreadableSource):
        read_bytes(content[: len(content) // 2], name="x.xlsx")
