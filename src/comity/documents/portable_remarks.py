"""What people have added to the pages of a PDF and the text does not hold: comments, and values typed into forms."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from typing import Any

from comity.documents.portable_pictures import numbers

# Of a page so many annotations are looked at.
_MOST = 2000
# What is counted on a page, in the order of its counts: one of them, many, and what a person can do.
_KINDS = (
    ("comment", "comments", "put what matters into the text"),
    (
        "value typed into the form",
        "values typed into the form",
        "print the PDF to a new one to have such values in its text",
    ),
)


def remarks_on(page: Any) -> tuple[int, int]:
    """Return how many comments with words, and how many filled text fields and choices, a page of pypdfium2 has.

    A comment's words are its Contents, a field's its value (ISO 32000-1, 12.5.2 and 12.7.3); ticked boxes do not count.
    """
    from pypdfium2 import raw

    comments = fields = 0
    for number in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        one = raw.FPDFPage_GetAnnot(page.raw, number)
        if not one:
            continue
        kind = raw.FPDFAnnot_GetSubtype(one)
        if kind == raw.FPDF_ANNOT_WIDGET:
            fields += raw.FPDFAnnot_GetValueType(one, b"V") == raw.FPDF_OBJECT_STRING and bool(_words(one, b"V"))
        elif kind not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP):
            comments += bool(_words(one, b"Contents"))
        raw.FPDFPage_CloseAnnot(one)
    return comments, fields


def _words(annotation: Any, key: bytes) -> str:
    from pypdfium2 import raw

    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    letters = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(annotation, key, letters, size)
    return bytes(letters)[:size].decode("utf-16-le", "replace").strip("\0 \r\n\t")


def left_out(remarks: Mapping[int, tuple[int, int]]) -> list[str]:
    """Say which pages' comments and typed values are not in the text, given their numbers by page."""
    told = []
    for place, (one, many, remedy) in enumerate(_KINDS):
        pages = [page for page, counts in sorted(remarks.items()) if counts[place]]
        if not pages:
            continue
        count = sum(counts[place] for counts in remarks.values())
        of = f"page {numbers(pages)}" if len(pages) == 1 else f"pages {numbers(pages)}"
        told.append(f"{count} {one if count == 1 else many} ({of}) left out: {remedy}.")
    return told
