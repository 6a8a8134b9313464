"""Which characters a file's bytes stand for, and whether they are text at all."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from comity.documents.charsets import codec_of
from comity.terms import UnreadableSource

# The longer mark first: UTF-32's little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A decoding may lose one character in so many beyond ASCII.
_MOST_LOST = 20
_RUNS = re.compile(rb"[\xc0-\xff]{3,}")
_SAMPLE = 2_000_000
# What begins a character of two or three bytes in UTF-8, and what may follow, as Windows-1252 shows them.
_TWICE = re.compile(
    r"[\xc2-\xc5][\xa0-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]|\xe2\u20ac[\xa0-\xbf\u0153\u02dc\u2013-\u2026\u2030\u2039\u203a\u2122]"
)
_MOST_TWICE = 10_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
# What every refusal of a foreign file says.
KINDS = (
    "Comity reads text, Markdown, HTML, MHTML, DOCX, ODT, RTF, PDF, CSV, TSV, XLSX, ODS and mails (.eml); "
    "convert it to one of these."
)
_SAVE = "Open it in the program that wrote it and save it as UTF-8 text."


def decode(content: bytes, name: str, declared: str = "") -> tuple[str, list[str]]:
    """Return the text of a file and what had to be assumed to read it; `declared` is the encoding that a page names.

    Raises:
        UnreadableSource: the bytes are no text, or text in an encoding that cannot be told from the bytes.
    """
    text, warnings = _decoded(content, name, declared)
    sample = text[:200_000]
    if len(_CONTROL.findall(sample)) > max(2, len(sample) // 200):
        raise UnreadableSource(name, "this is binary data, not text", remedy=KINDS)
    return text, warnings


def _decoded(content: bytes, name: str, declared: str) -> tuple[str, list[str]]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(encoding, errors="replace")
            return text, _replaced(text, encoding)
    unmarked = _unmarked_utf16(content)
    if unmarked:
        text = content.decode(unmarked, errors="replace")
        warning = f"The file has no byte order mark; it was read as {unmarked.upper()}."
        return text, [warning, *_replaced(text, unmarked)]
    codec = codec_of(declared)
    if codec == "iso2022-jp" and b"\x1b$" in content:  # its bytes are all ASCII's
        text = content.decode(codec, errors="replace")
        return text, _replaced(text, declared)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 3 and error.reason == "unexpected end of data":
            return content[: error.start].decode("utf-8"), ["The file ends inside a character; it may be cut short."]
    else:
        other = codec not in ("", "utf-8") and not text.isascii()
        told = [f"The page declares {declared}, but its bytes are UTF-8; it was read as UTF-8."] if other else []
        lost = text.count("\ufffd")
        line = text.count("\n", 0, text.index("\ufffd")) + 1 if lost else 0
        return text, [*told, *_twice(text)] + (
            [f"{lost} characters were lost before the file was saved (the first on line {line}); they show as \ufffd."]
            if lost
            else []
        )
    if codec not in ("", "utf-8", "utf-16"):
        text = content.decode(codec, errors="replace")
        # A few bytes that it has no characters for are damage; many say that it is another encoding.
        if _MOST_LOST * text.count("\ufffd") <= sum(character > "\x7f" for character in text):
            return text, [*_replaced(text, declared), *_twice(text)]
    return _legacy(content, name, declared)


def _legacy(content: bytes, name: str, declared: str) -> tuple[str, list[str]]:
    tolerant = content.decode("utf-8", errors="replace")
    broken = tolerant.count("\ufffd")
    high = sum(byte >= 0x80 for byte in content[:200_000])
    valid = sum(character > "\x7f" for character in tolerant) - broken
    if valid > 3 * broken:
        line = tolerant.count("\n", 0, tolerant.index("\ufffd")) + 1
        return tolerant, [f"{broken} bytes are not UTF-8 (the first on line {line}); they show as \ufffd."]
    if high > 0.25 * min(len(content), 200_000) and _CONTROL.search(content[:200_000].decode("latin-1")):
        return content.decode("latin-1"), []
    # In a language of Latin letters three letters beyond ASCII seldom stand together; in another script they make the words.
    runs = sum(map(len, _RUNS.findall(content[:_SAMPLE])))
    if high > 0.25 * min(len(content), 200_000) or (
        runs > 24 and runs > 0.5 * sum(byte >= 0xC0 for byte in content[:_SAMPLE])
    ):
        raise UnreadableSource(name, "the encoding of its characters cannot be told from its bytes", remedy=_SAVE)
    stands = f"The page declares {declared}, which its bytes are not" if declared else "The file is not UTF-8"
    try:
        return content.decode("cp1252"), [f"{stands}; it was read as Windows-1252."]
    except UnicodeDecodeError:
        return content.decode("latin-1"), [f"{stands}; it was read as ISO 8859-1."]


def _twice(text: str) -> list[str]:
    """Say where a text was encoded twice: "â€™" for an apostrophe."""
    found = [match for match in islice(_TWICE.finditer(text), _MOST_TWICE) if _is_twice(match[0])]
    if len(found) < 2:
        return []
    line = text.count("\n", 0, found[0].start()) + 1
    many = "At least " * (len(found) >= _MOST_TWICE // 2)
    return [
        f'{many}{len(found)} characters look as if they were encoded twice ("{found[0][0]}", the first on line {line}); they are left as they stand.'
    ]


def _is_twice(piece: str) -> bool:
    """Whether characters are those that the bytes of one in UTF-8 have in Windows-1252."""
    try:
        return len(piece.encode("cp1252", errors="strict").decode("utf-8")) == 1
    except UnicodeError:
        return False


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
    if not count:
        return []
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    return [
        f"{count} characters could not be read as {encoding.upper()} (the first on line {line}); they show as \ufffd."
    ]
