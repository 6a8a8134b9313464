"""Opening a source: what it may weigh, what its content is, and which reader reads it."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

from comity.documents.archive import open_archive, read_part
from comity.documents.assembly import assemble
from comity.documents.decoding import decode
from comity.documents.delimited import read_delimited, separator_of
from comity.documents.drafts import Reading
from comity.documents.package_parts import word_part
from comity.documents.pages import html_encoding, is_archive_head, is_html
from comity.documents.text import read_text
from comity.terms import Document, UnreadableSource, digest

MAX_BYTES = 50_000_000

_KINDS = (
    "Comity reads text, Markdown, HTML, MHTML, DOCX, ODT, RTF, PDF, CSV, TSV, XLSX and ODS; convert it to one of these."
)
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is an old or encrypted Office file (.doc, .xls, .ppt)"),
    (b"\x89PNG", "this is a picture"),
    (b"\xff\xd8\xff", "this is a picture"),
    (b"GIF8", "this is a picture"),
    (b"II*\x00", "this is a picture"),
    (b"MM\x00*", "this is a picture"),
    (b"\x1f\x8b", "this is a compressed file (gzip)"),
    (b"7z\xbc\xaf", "this is a compressed file (7z)"),
    (b"Rar!", "this is a compressed file (RAR)"),
    (b"SQLite format 3", "this is a database"),
    (b"PAR1", "this is a Parquet file"),
)
# Safari's web archive is a property list; its page is in it as data.
_SAFARI = (b"bplist00", b"WebMainResource")


def read(path: Path, *, name: str = "") -> Document:
    """Read a file as a Document. `name` is what the document is called in the record; the path when empty.

    Raises:
        UnreadableSource: the file cannot be read; the message names it, the reason and what to do.
    """
    called = name or str(path)
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise UnreadableSource(called, "this is a folder", remedy="Name the files in it.")
        if not stat.S_ISREG(about.st_mode):
            raise UnreadableSource(called, "this is a device or a pipe, not a file", remedy="Save its content first.")
        _weigh(about.st_size, called)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableSource(called, "there is no such file", remedy="Check its name.") from error
    except PermissionError as error:
        raise UnreadableSource(
            called, "you may not read this file", remedy="Change its permissions, or copy it."
        ) from error
    except OSError as error:
        raise UnreadableSource(called, f"it cannot be opened ({error.strerror})", remedy="Check its path.") from error
    return read_bytes(content, name=called)


def read_bytes(content: bytes, *, name: str) -> Document:
    """Read a file's bytes as a Document; what they are is told from the content, not from the name.

    Raises:
        UnreadableSource: the bytes cannot be read; the message says why and what to do.
    """
    _weigh(len(content), name)
    if not content.strip(b" \t\r\n\f\v\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableSource(name, "the file is empty", remedy="Save it again, or remove it from the sources.")
    return assemble(_reading(content, name), name=name, digest=digest(content))


def _weigh(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise UnreadableSource(
            name,
            f"the file has {size / 1e6:,.0f} MB; the limit is {MAX_BYTES / 1e6:,.0f} MB",
            remedy="Split it into parts, or take only the pages or rows that you need.",
        )


def _reading(content: bytes, name: str) -> Reading:
    for mark, reason in _FOREIGN:
        if content.startswith(mark):
            raise UnreadableSource(name, reason, remedy=_KINDS)
    if b"%PDF-" in content[:1024]:
        from comity.documents.portable import read_pdf

        return read_pdf(content, name)
    if content.lstrip().startswith(b"{\\rtf"):
        from comity.documents.rich_text import read_rich_text

        return read_rich_text(content, name)
    if content.startswith(b"PK"):
        return _zipped(content, name)
    if content.startswith(_SAFARI[0]) or (b"<plist" in content[:1024] and _SAFARI[1] in content[:20_000]):
        raise UnreadableSource(
            name,
            "this is a web archive of Safari",
            remedy='Open it in Safari and save it as "Page Source", or print it as PDF.',
        )
    if is_archive_head(content):
        from comity.documents.web_archive import read_web_archive

        return read_web_archive(content, name)
    if b"<office:document" in content[:4000]:
        from comity.documents.opendocument import is_flat, read_flat

        if is_flat(content):
            return read_flat(content, name)
    text, warnings = decode(content, name, declared=html_encoding(content))
    reading = _of_text(text, name)
    reading.warnings[:0] = warnings
    return reading


def _zipped(content: bytes, name: str) -> Reading:
    archive = open_archive(content, name)
    parts = set(archive.namelist())
    if word_part(archive, name):
        from comity.documents.word import read_word

        return read_word(archive, name)
    if "xl/workbook.xml" in parts:
        from comity.documents.workbook import read_workbook

        return read_workbook(archive, content, name)
    if "content.xml" in parts and b"opendocument.spreadsheet" in read_part(archive, "mimetype", name):
        from comity.documents.opendocument_sheets import read_opendocument_sheets

        return read_opendocument_sheets(archive, name)
    if "content.xml" in parts and _is_opendocument_text(archive, name):
        from comity.documents.opendocument import read_opendocument

        return read_opendocument(archive, name)
    raise UnreadableSource(name, "this is an archive or an Office file of another kind", remedy=_KINDS)


def _is_opendocument_text(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether the archive says that it is an OpenDocument text, as its first part; without one its content decides."""
    kind = read_part(archive, "mimetype", name).strip()
    return kind in (
        b"application/vnd.oasis.opendocument.text",
        b"application/vnd.oasis.opendocument.text-template",
        b"",
    )


def _of_text(text: str, name: str) -> Reading:
    if is_html(text):
        from comity.documents.web import read_html

        return read_html(text, name)
    if text.lstrip().startswith("<?xml"):
        raise UnreadableSource(name, "this is an XML file of no kind that Comity knows", remedy=_KINDS)
    separator = separator_of(text, name)
    return read_delimited(text, separator, name) if separator else read_text(text, name)
