"""What the readers of word processors' files share: a paragraph while it is gathered, and the headers of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from comity.documents.drafts import GridCell
from comity.documents.grids import has_stub, header_rows, uneven
from comity.documents.trace import Place, Traced, Tracer


@dataclass(slots=True)
class GatheredLine:
    """The text of a paragraph while it is gathered."""

    trace: Tracer = field(default_factory=Tracer)
    markers: list[tuple[int, str]] = field(default_factory=list)
    marked: bool = False

    def add(self, text: str, place: Place | None) -> None:
        """Append text, white space single; a space stays between two words that only a marker parted."""
        text = re.sub(r"\s+", " ", text.replace("\u00ad", ""))
        if text[:1] == " " and self.trace.last in ("", " "):
            text = text[1:]
        if not text:
            return
        if self.marked and self.trace.last not in ("", " ") and (text[0].isalnum() or text[0] in '"“‘('):
            self.trace.put(" ")
        self.marked = False
        self.trace.put(text, Traced(text, (place,)) if place is not None and not len(self.trace) else None)

    def mark(self, key: str) -> None:
        """Note that a reference to a note stands here."""
        self.markers.append((len(self.trace) - (self.trace.last == " "), key))
        self.marked = True


def mark_headers(cells: list[GridCell]) -> list[str]:
    """Tell header cells by their content where no row is marked; return what is wrong with the table's shape."""
    height = max(cell.row for cell in cells) + 1
    width = max(cell.column + cell.column_span for cell in cells)
    rows = [["" for _ in range(width)] for _ in range(height)]
    widths = [0] * height
    for cell in cells:
        rows[cell.row][cell.column] = cell.text.text
        for row in range(cell.row, min(cell.row + cell.row_span, height)):
            widths[row] = max(widths[row], cell.column + cell.column_span)
    marked = max((cell.row + 1 for cell in cells if cell.header), default=0)
    heads = marked or header_rows(rows)
    stub = has_stub(rows, heads)
    for cell in cells:
        cell.header = cell.row < heads or (stub and cell.column == 0 and bool(cell.text.text))
    return uneven(widths)
