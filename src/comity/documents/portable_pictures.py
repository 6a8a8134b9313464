"""Pages of a PDF that are pictures: scans without text, and scans whose text a program has recognised and laid under them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

from comity.documents.portable_glyphs import Box

# Of a page: what pictures cover so much of is one, where it has so few characters of its own, as a stamp has.
_COVERED, FEW = 0.6, 60
# Of a page so many glyphs are asked whether they show; so many things drawn on it, in forms within forms, are looked at.
_ASKED, _MOST_DRAWN, _DEPTH = 16, 2000, 3
_MOST_NAMED = 40


class Shown(Enum):
    """What a page shows that is no text."""

    NOTHING = "nothing"
    DRAWINGS = "drawings"
    PICTURES = "pictures"


def shown_on(page: Any, box: Box) -> Shown:
    """Return what a page shows beside text: pictures where they cover most of it.

    Args:
        page: as pypdfium2 has it.
        box: what shows of the page.
    """
    from pypdfium2 import raw

    covered, drawn = 0.0, False
    sides = [ctypes.c_float() for _ in range(4)]
    for kind, item in _drawn_on(page):
        drawn = drawn or kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)
        if kind == raw.FPDF_PAGEOBJ_IMAGE and raw.FPDFPageObj_GetBounds(item, *sides):
            left, bottom, right, top = (side.value for side in sides)
            width, height = min(right, box.right) - max(left, box.left), min(top, box.top) - max(bottom, box.bottom)
            covered += max(width, 0.0) * max(height, 0.0)
    if covered >= _COVERED * (box.right - box.left) * (box.top - box.bottom):
        return Shown.PICTURES
    return Shown.DRAWINGS if drawn else Shown.NOTHING


def _drawn_on(page: Any) -> Iterator[tuple[int, Any]]:
    """Yield the kind of each thing drawn on a page, and the thing; what stands in forms is looked at, the forms are not."""
    from pypdfium2 import raw

    waiting = [
        (raw.FPDFPage_GetObject(page.raw, n), 0) for n in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_DRAWN))
    ]
    for number, (item, depth) in enumerate(waiting):
        if number >= _MOST_DRAWN:
            return
        kind = raw.FPDFPageObj_GetType(item)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield kind, item
        elif depth < _DEPTH:
            inner = range(min(raw.FPDFFormObj_CountObjects(item), _MOST_DRAWN))
            waiting += [(raw.FPDFFormObj_GetObject(item, n), depth + 1) for n in inner]


def is_laid_under(text_page: Any) -> bool:
    """Whether most glyphs of a page are not drawn (ISO 32000-1, 9.3.6, mode 3), as text that was recognised in a scan."""
    from pypdfium2 import raw

    count = raw.FPDFText_CountChars(text_page.raw)
    asked = hidden = 0
    for glyph in range(0, count, max(1, count // _ASKED)):
        item = raw.FPDFText_GetTextObject(text_page.raw, glyph)
        if item:
            asked += 1
            hidden += raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
    return 2 * hidden > asked


def numbers(pages: Sequence[int]) -> str:
    """Return page numbers as they are named: "3, 5-7"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    named = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    more = f" and {sum(map(len, runs[_MOST_NAMED:]))} more" if len(runs) > _MOST_NAMED else ""
    return ", ".join(named[:_MOST_NAMED]) + more


def without_text(pages: Sequence[int]) -> str:
    """Return the warning that pages are pictures and were not read."""
    are, them = ("Page {} is a picture", "it") if len(pages) == 1 else ("Pages {} are pictures", "them")
    return (
        f"{are.format(numbers(pages))} without text, or with a stamp's alone, and not read. "
        f"Read {them} by text recognition (OCR): comity add --ocr."
    )


def laid_under(pages: Sequence[int]) -> str:
    """Return the warning that the text of pages was recognised by another program."""
    of = f"page {pages[0]}" if len(pages) == 1 else f"pages {numbers(pages)}"
    return f"The text of {of} does not show: a program recognised it in a scan. It may have errors: hold figures against the picture."
