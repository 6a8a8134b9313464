"""Opening a source: what it may weigh, what its content is, and which reader reads it."""

from __future__ import annotations

import gc
import io
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from comity.documents.archive import holds_macros, open_archive, read_part
from comity.documents.assembly import assemble
from comity.documents.dateline_years import date_by_dateline
from comity.documents.decoding import KINDS, decode
from comity.documents.delimited import read_delimited, separator_of
from comity.documents.drafts import Reading
from comity.documents.mail import is_mail, is_mailbox, mails_in, read_mail
from comity.documents.package_parts import word_part
from comity.documents.pages import html_encoding, is_archive_head, is_html
from comity.documents.text import read_text
from comity.documents.wire import records_in
from comity.terms import Document, UnreadableSource, digest

MAX_BYTES = 50_000_000
READER = 4
"""The number of what reads, which stands in records beside Comity's version: a source that another number read is read again (ADR 2).

Raise it by one with each change after which some file gives another `Document`: another text, other offsets, blocks, notes, tables,
cells, bibliographies or warnings; one of speed alone, or of what a refusal says, leaves it.
"""
_HEAD = 10_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What an OLE file holds is told by the names of its streams, in UTF-16 ([MS-CFB] 2.6, [MS-OXMSG] 2.2, [MS-OFFCRYPTO] 2.3).
_STREAMS = (
    ("EncryptedPackage", "this is an Office file with a password", "Save it without a password."),
    (
        "__nameid_version1.0",
        "this is a mail of Outlook (.msg)",
        "Save it from Outlook as .eml or as HTML, or drag it into a mail program that does.",
    ),
    ("WordDocument", "this is a file of old Word (.doc)", "Save it as .docx."),
    ("Workbook", "this is a workbook of old Excel (.xls)", "Save it as .xlsx or CSV."),
    ("PowerPoint Document", "these are slides of old PowerPoint (.ppt)", "Save their text as .docx or PDF."),
    ("Book", "this is a workbook of old Excel (.xls)", "Save it as .xlsx or CSV."),
)
# XML of Word and Excel in one file: the names of their namespaces.
_XML = (
    ("schemas.microsoft.com/office/word/2003/wordml", "this is a Word document in XML", "Save it as .docx."),
    ("schemas.microsoft.com/office/2006/xmlPackage", "this is an Office file in XML", "Save it as .docx or .xlsx."),
    ("schemas-microsoft-com:office:spreadsheet", "this is a workbook of Excel in XML", "Save it as .xlsx or CSV."),
)
_COUNTED = re.compile(
    rb"(?im)^[ \t]*(?:document[ \t]+\d+[ \t]+of[ \t]+\d|\d+[ \t]+of[ \t]+\d+[ \t]+document|document[ \t]+[a-z0-9]{14,30}[ \t]*\r?$)"
)
_FOREIGN = (
    (b"\x89PNG", "this is a picture"),
    (b"\xff\xd8\xff", "this is a picture"),
    (b"GIF8", "this is a picture"),
    (b"II*\x00", "this is a picture"),
    (b"MM\x00*", "this is a picture"),
    (b"\x1f\x8b", "this is a compressed file (gzip); unpack it"),
    (b"7z\xbc\xaf", "this is a compressed file (7z); unpack it"),
    (b"Rar!", "this is a compressed file (RAR); unpack it"),
    (b"SQLite format 3", "this is a database"),
    (b"PAR1", "this is a Parquet file"),
)
# What an archive has that is an Office file or a book (ECMA-376 part 2, OpenDocument 1.3 part 2).
_OFFICE = frozenset({"[Content_Types].xml", "mimetype", "META-INF/manifest.xml"})
# Safari's web archive is a property list; its page is in it as data.
_SAFARI = (b"bplist00", b"WebMainResource")


def read(path: Path, *, name: str = "", recognise: bool = False) -> Document:
    """Read a file as a Document.

    Args:
        path: the file.
        name: what the document is called in the record; the path when empty.
        recognise: whether a PDF that holds only pictures of pages is read by text recognition.

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
    return read_bytes(content, name=called, recognise=recognise)


def read_bytes(content: bytes, *, name: str, recognise: bool = False) -> Document:
    """Read a file's bytes as a Document, as `read` does; what they are is told from the content, not from the name.

    Raises:
        UnreadableSource: the bytes cannot be read; the message says why and what to do.
    """
    _weigh(len(content), name)
    if not content.strip(b" \t\r\n\f\v\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableSource(name, "the file is empty", remedy="Save it again, or remove it from the sources.")
    with _without_collecting():
        reading = _reading(content, name, recognise)
        date_by_dateline(reading, content, name)
        return assemble(reading, name=name, digest=digest(content))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep Python from looking for cycles of references again and again in all that a reader builds, which has none; a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _weigh(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise UnreadableSource(
            name,
            f"the file has {size / 1e6:,.0f} MB; the limit is {MAX_BYTES / 1e6:,.0f} MB",
            remedy="Split it into parts, or take only the pages or rows that you need.",
        )


def held_in(content: bytes, *, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield what a file holds that is a document by itself, each with a file's name; nothing for most files.

    It is the mails of a mailbox, the attachments of a mail, the articles of a database's download.

    Raises:
        UnreadableSource: the mail is damaged.
    """
    for number, record in enumerate(_records(content), 1):
        yield f"{PurePath(name).stem}-{number:03d}.txt", record.encode("utf-8", "replace")
    yield from mails_in(content, name)


def is_archive(content: bytes) -> bool:
    """Whether a file is a zip of files, and no document that is kept zipped (Word, OpenDocument, e-books)."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _OFFICE.isdisjoint(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def is_download(content: bytes) -> bool:
    """Whether a file is a text of several articles, as databases of newspapers hand them out."""
    return bool(_records(content))


def _records(content: bytes) -> list[str]:
    if len(content) > MAX_BYTES or b"\x00" in content[:4096] or content[:2] in (b"PK", b"%P") or content[:1] in b"<{":
        return []
    if len(_COUNTED.findall(content)) < 2 or is_mail(content) or is_mailbox(content):
        return []
    try:
        return records_in(decode(content, "")[0])
    except UnreadableSource:
        return []


def _reading(content: bytes, name: str, recognise: bool) -> Reading:
    if content.startswith(_OLE):
        raise _old_office(content, name)
    for mark, reason in _FOREIGN:
        if content.startswith(mark):
            raise UnreadableSource(name, reason, remedy=KINDS)
    if b"%PDF-" in content[:1024]:
        from comity.documents.portable import read_pdf

        return read_pdf(content, name, recognise=recognise)
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
    if is_mail(content) or is_mailbox(content):
        return read_mail(content, name)
    text, warnings = decode(content, name, declared=html_encoding(content))
    reading = _of_text(text, name)
    reading.warnings[:0] = warnings
    return reading


def _zipped(content: bytes, name: str) -> Reading:
    archive = open_archive(content, name)
    parts = set(archive.namelist())
    if word_part(archive, name):
        from comity.documents.word import read_word

        return _with_macros(read_word(archive, name), archive)
    if "xl/workbook.xml" in parts:
        from comity.documents.workbook import read_workbook

        return _with_macros(read_workbook(archive, content, name), archive)
    if "content.xml" in parts and b"opendocument.spreadsheet" in read_part(archive, "mimetype", name):
        from comity.documents.opendocument_sheets import read_opendocument_sheets

        return _with_macros(read_opendocument_sheets(archive, name), archive)
    if "content.xml" in parts and _is_opendocument_text(archive, name):
        from comity.documents.opendocument import read_opendocument

        return _with_macros(read_opendocument(archive, name), archive)
    if _OFFICE.isdisjoint(parts):
        raise UnreadableSource(name, "this is an archive", remedy="comity add takes each file in it by itself.")
    raise UnreadableSource(name, "this is an Office file or a book of another kind", remedy=KINDS)


def _with_macros(reading: Reading, archive: zipfile.ZipFile) -> Reading:
    if holds_macros(archive):
        reading.warnings.append("The file holds macros; they were not run.")
    return reading


def _old_office(content: bytes, name: str) -> UnreadableSource:
    """Say what a file of the format before 2007 is, which encrypted files of today and mails of Outlook share."""
    names = content.lower()  # which [MS-CFB] 2.6.4 compares without regard to case
    for stream, reason, remedy in _STREAMS:
        if stream.lower().encode("utf-16-le") in names:
            return UnreadableSource(name, reason, remedy=remedy)
    return UnreadableSource(name, "this is an old Office file", remedy=KINDS)


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
        for namespace, reason, remedy in _XML:
            if namespace in text[:_HEAD]:
                raise UnreadableSource(name, reason, remedy=remedy)
        raise UnreadableSource(name, "this is an XML file of no kind that Comity knows", remedy=KINDS)
    separator = separator_of(text, name)
    return read_delimited(text, separator, name) if separator else read_text(text, name)
