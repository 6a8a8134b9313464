"""Zipped formats (DOCX, XLSX): opened with a limit on what they unpack to, their XML without entities or network."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from comity.terms import UnreadableSource

if TYPE_CHECKING:
    from lxml.etree import _Element

# What the parts may weigh together when unpacked. Word and Excel files shrink tenfold or so; a bomb, a thousandfold.
MAX_UNPACKED_BYTES = 300_000_000
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_AGAIN = "Open it in the program that wrote it and save it again."


def open_archive(content: bytes, name: str) -> zipfile.ZipFile:
    """Open a zipped file.

    Raises:
        UnreadableSource: it is broken, encrypted, or unpacks to more than the limit.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableSource(name, "the file is cut short or damaged", remedy=_AGAIN) from error
    if any(part.flag_bits & 1 for part in parts) or _is_encrypted_opendocument(archive):
        raise UnreadableSource(name, "the file is encrypted", remedy="Save it without a password.")
    if sum(part.compress_size for part in parts) > len(content):
        reason = "its parts overlap, as in a file that is made to fill the memory"
        raise UnreadableSource(name, reason, remedy=_AGAIN)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES:
        raise UnreadableSource(
            name,
            f"the file unpacks to {unpacked / 1e6:,.0f} MB; the limit is {MAX_UNPACKED_BYTES / 1e6:,.0f} MB",
            remedy="Save only the part that you need.",
        )
    return archive


def holds_macros(archive: zipfile.ZipFile) -> bool:
    """Whether a document brings programs along: Visual Basic in Office files, Basic and scripts in OpenDocument."""
    return any(
        part.endswith("vbaProject.bin") or part.startswith(("Basic/", "Scripts/")) for part in archive.namelist()
    )


def _is_encrypted_opendocument(archive: zipfile.ZipFile) -> bool:
    """Whether the manifest names a cipher (OpenDocument 1.3, part 2, 4.8): the parts are then no XML."""
    try:
        with archive.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(1_000_000)
    except Exception:  # no manifest, or a damaged one, which whoever needs it will meet
        return False


def read_part(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """Return a part's bytes; empty where the archive has no such part."""
    try:
        content = archive.read(part)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableSource(name, f"its part {part} is damaged", remedy=_AGAIN) from error
    except Exception as error:  # zlib.error and the like have no common base
        raise UnreadableSource(name, f"its part {part} is damaged", remedy=_AGAIN) from error
    if _DOCTYPE.search(content[:10_000]) or (part.endswith(".xml") and b"<!ENTITY" in content):
        raise UnreadableSource(name, f"its part {part} declares entities, which Office files never do", remedy=_AGAIN)
    return content


def parse_part(archive: zipfile.ZipFile, part: str, name: str) -> _Element | None:
    """Return the root of an XML part; None where the archive has no such part."""
    content = read_part(archive, part, name)
    return parse_xml(content, part, name) if content else None


def parse_xml(content: bytes, part: str, name: str) -> _Element:
    """Return the root of a part's XML; it may not declare entities."""
    from lxml import etree

    if _DOCTYPE.search(content[:10_000]):
        raise UnreadableSource(name, f"its part {part} declares entities, which Office files never do", remedy=_AGAIN)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            reason = f"its part {part} is nested too deep"
            raise UnreadableSource(name, reason, remedy="Take tables out of tables, and save it again.") from error
        raise UnreadableSource(name, f"its part {part} is no well-formed XML", remedy=_AGAIN) from error
