"""Which characters a file's bytes stand for, and whether they are text at all."""

from __future__ import annotations

import codecs
import re

from comity.terms import UnreadableSource

# The longer mark first: UTF-32's little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_SAVE = "Open it in the program that wrote it and save it as UTF-8 text."


def decode(content: bytes, name: str, declared: str = "") -> tuple[str, list[str]]:
    """Return the text of a file and what had to be assumed to read it; `declared` is the encoding that a page names.

    Raises:
        UnreadableSource: the bytes are no text, or text in an encoding that cannot be told from the bytes.
    """
    text, warnings = _decoded(content, name, declared)
    sample = text[:200_000]
    if len(_CONTROL.findall(sample)) > max(2, len(sample) // 200):
        raise UnreadableSource(
            name,
            "this is binary data, not text",
            remedy="Comity reads text, Markdown, HTML, DOCX, ODT, RTF, PDF, CSV, TSV and XLSX; convert it to one of these.",
        )
    return text, warnings


def _decoded(content: bytes, name: str, declared: str) -> tuple[str, list[str]]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(encoding, errors="replace")
            return text, _replaced(text, encoding)
    unmarked = _unmarked_utf16(content)
    if unmarked:
        text = content.decode(unmarked, errors="replace")
        return text, [f"The file has no byte order mark; it was read as {unmarked.upper()}."]
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 3 and error.reason == "unexpected end of data":
            return content[: error.start].decode("utf-8"), ["The file ends inside a character; it may be cut short."]
    if declared:
        try:
            return content.decode(declared), []
        except (LookupError, UnicodeDecodeError):
            pass
    return _legacy(content, name)


def _legacy(content: bytes, name: str) -> tuple[str, list[str]]:
    tolerant = content.decode("utf-8", errors="replace")
    broken = tolerant.count("\ufffd")
    high = sum(byte >= 0x80 for byte in content[:200_000])
    valid = sum(character > "\x7f" for character in tolerant) - broken
    if valid > 3 * broken:
        line = tolerant.count("\n", 0, tolerant.index("\ufffd")) + 1
        return tolerant, [f"{broken} bytes are not UTF-8 (the first on line {line}); they show as \ufffd."]
    if high > 0.25 * min(len(content), 200_000):
        if _CONTROL.search(content[:200_000].decode("latin-1")):
            return content.decode("latin-1"), []
        raise UnreadableSource(name, "the encoding of its characters cannot be told from its bytes", remedy=_SAVE)
    try:
        return content.decode("cp1252"), ["The file is not UTF-8; it was read as Windows-1252."]
    except UnicodeDecodeError:
        return content.decode("latin-1"), ["The file is not UTF-8; it was read as ISO 8859-1."]


def _unmarked_utf16(content: bytes) -> str:
    sample = content[:4096]
    half = len(sample) // 2
    if half < 8 or len(content) % 2:
        return ""
    even, odd = sample[0 : 2 * half : 2].count(0), sample[1 : 2 * half : 2].count(0)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def _replaced(text: str, encoding: str) -> list[str]:
    count = text.count("\ufffd")
    return [f"{count} characters could not be read as {encoding.upper()}; they show as \ufffd."] if count else []
