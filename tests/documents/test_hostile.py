"""Files that are made to harm: nothing is run, fetched, expanded or waited for, and each is refused or read."""

from __future__ import annotations

import io
import socket
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from comity.documents import read, read_bytes
from comity.documents.apart import Apart
from comity.terms import UnreadableSource
from tests.documents.made import docx, paragraph, xlsx

CORPUS = Path(__file__).parent / "corpus"
WORDS = "The ministers met in Muscat."
DEEP = 100_000


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return an archive with one of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for each in source.namelist():
            if each != name:
                made.writestr(each, source.read(each))
        made.writestr(name, part)
    return out.getvalue()


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A server on this machine: its port, and the connections that it has seen."""
    seen: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)

        def wait() -> None:
            with suppress(OSError):
                while True:
                    connection, address = server.accept()
                    seen.append(address)
                    connection.close()

        threading.Thread(target=wait, daemon=True).start()
        yield server.getsockname()[1], seen


def test_nothing_is_fetched(listener: tuple[int, list[object]], tmp_path: Path) -> None:
    """Templates, pictures, style sheets, frames, entities and document types that lead elsewhere are never asked for."""
    port, seen = listener
    url = f"http://127.0.0.1:{port}/x"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        f'Target="{url}" TargetMode="External"/></Relationships>'
    )
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret", encoding="utf-8")
    entity = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{url}"><!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    page = (
        f'<!DOCTYPE html SYSTEM "{url}"><html><head><link rel=stylesheet href="{url}"><script src="{url}"></script>'
        f'<base href="{url}"></head><body><img src="{url}"><iframe src="{url}"></iframe><p>{WORDS}</p></body></html>'
    )
    files = [
        docx(paragraph(WORDS), {"word/_rels/settings.xml.rels": relations, "word/_rels/document.xml.rels": relations}),
        page.encode(),
        f'<?xml version="1.0"?>{entity}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{WORDS} &e;&f;</p></body></html>'.encode(),
        f"{{\\rtf1 {{\\field{{\\*\\fldinst INCLUDEPICTURE \"{url}\"}}}}{{\\*\\template {url}}} {WORDS}}}".encode(),
        with_part(docx(paragraph(WORDS)), "word/document.xml", f"{entity}<a>&e;&f;</a>".encode()),
        with_part((CORPUS / "ferry.odt").read_bytes(), "content.xml", f"{entity}<a>&e;&f;</a>".encode()),
        with_part(xlsx({"A": [["a", 1]]}), "xl/workbook.xml", f"{entity}<a>&e;&f;</a>".encode()),
        f"From: a@x.org\nMIME-Version: 1.0\nContent-Type: text/html\n\n{page}".encode(),
    ]  # fmt: skip
    for content in files:
        with suppress(UnreadableSource):
            text = read_bytes(content, name="it").text
            assert WORDS in text and "a secret" not in text
    with socket.create_connection(("127.0.0.1", port)) as own:
        ours = own.getsockname()
        while ours not in seen:
            time.sleep(0.01)
    assert seen == [ours]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<div>" * (DEEP // 5) + WORDS.encode() + b"</div>" * (DEEP // 5), "deep.html"),
        (b"{\\rtf1 " + b"{" * DEEP + WORDS.encode() + b"}" * DEEP + b"}", "deep.rtf"),
        (
            docx("<w:p>" + "<w:ins>" * DEEP + f"<w:r><w:t>{WORDS}</w:t></w:r>" + "</w:ins>" * DEEP + "</w:p>"),
            "deep.docx",
        ),
        (b">" * DEEP + WORDS.encode(), "deep.txt"),
    ],
    ids=["html", "rtf", "docx", "text"],
)
def test_endless_nesting_is_read_or_refused(content: bytes, name: str) -> None:
    """A hundred thousand levels, of a page a fifth of that, overflow nothing."""
    try:
        assert WORDS in read_bytes(content, name=name).text
    except UnreadableSource as refused:
        assert "nested" in refused.reason


@pytest.mark.parametrize("name", ["ferry.docx", "ferry.odt", "ferry.rtf", "ferry.html", "ferry.libreoffice.pdf"])
def test_cut_files_are_read_or_refused(name: str) -> None:
    """A file cut at every eighth is refused in words, or read as far as it goes."""
    content = (CORPUS / name).read_bytes()
    for eighth in range(1, 8):
        try:
            read_bytes(content[: len(content) * eighth // 8], name=name)
        except UnreadableSource as refused:
            assert refused.remedy


@pytest.mark.parametrize(
    "name", ["ferry.docx", "ferry.odt", "ferry.rtf", "ferry.html", "ferry.libreoffice.pdf", "ferry.md"]
)
def test_the_content_decides(name: str, tmp_path: Path) -> None:
    """A wrong extension changes nothing."""
    disguised = tmp_path / "it.csv"
    disguised.write_bytes((CORPUS / name).read_bytes())
    assert read(disguised, name="it").text == read(CORPUS / name, name="it").text


def test_overlapping_parts_are_refused() -> None:
    """A directory that names one part many times does not unpack it many times."""
    content = docx(paragraph(WORDS))
    begin, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entries, tail = content[begin:end] * 40, bytearray(content[end:])
    number = int.from_bytes(tail[8:10], "little") * 40
    tail[8:12] = number.to_bytes(2, "little") * 2
    tail[12:16] = len(entries).to_bytes(4, "little")
    with pytest.raises(UnreadableSource, match="overlap"):
        read_bytes(content[:begin] + entries + bytes(tail), name="it.docx")


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        ("EncryptedPackage", "password"),
        ("WordDocument", "old Word"),
        ("__nameid_version1.0", "Outlook"),
        ("x", "old Office"),
    ],
)
def test_ole_files_are_told_apart(stream: str, reason: str) -> None:
    """Encrypted Office files, old ones and mails of Outlook share a format; each is refused with what to do."""
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + stream.encode("utf-16-le") + b"\x00" * 600
    with pytest.raises(UnreadableSource, match=reason) as refused:
        read_bytes(content, name="it.docx")
    assert refused.value.remedy


def test_an_encrypted_opendocument_is_refused_as_such() -> None:
    """Its manifest names the cipher."""
    manifest = b'<m:manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    content = with_part((CORPUS / "ferry.odt").read_bytes(), "META-INF/manifest.xml", manifest)
    with pytest.raises(UnreadableSource, match="encrypted"):
        read_bytes(content, name="it.odt")


@pytest.mark.parametrize(
    "content",
    [
        docx(paragraph(WORDS), {"word/vbaProject.bin": "x"}),
        with_part(xlsx({"A": [["a", 1], ["b", 2]]}), "xl/vbaProject.bin", b"x"),
        with_part((CORPUS / "ferry.odt").read_bytes(), "Basic/Standard/Module1.xml", b"<x/>"),
    ],
    ids=["docm", "xlsm", "odt"],
)
def test_macros_are_said_and_not_run(content: bytes) -> None:
    """A document with programs in it is read, with a warning."""
    assert "The file holds macros; they were not run." in read_bytes(content, name="it").warnings


@pytest.mark.skipif(sys.platform != "linux", reason="the system limits a process's memory")
def test_a_reader_that_fills_the_memory_is_refused(tmp_path: Path) -> None:
    """What runs into the limit of memory is named, and the next file is read by the same reader."""
    code = (
        "import comity.documents.source as source\n"
        "from comity.documents import apart\n"
        "apart.MEMORY = 600 * 1024**2\n"
        "real = source.read\n"
        "def read(path, **more):\n"
        "    return bytearray(2 * 1024**3) if path.name == 'bomb.docx' else real(path, **more)\n"
        "source.read = read\n"
        "apart.serve()"
    )
    reader = Apart([sys.executable, "-P", "-c", code])
    with pytest.raises(UnreadableSource, match="does not fit into memory"):
        reader.read(tmp_path / "bomb.docx", "bomb.docx", 60)
    assert reader.read(CORPUS / "ferry.docx", "ferry.docx", 60).notes
    reader.close()
