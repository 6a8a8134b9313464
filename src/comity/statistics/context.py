"""What surrounds a table that is read: its document, its source, and the words that say what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from comity.terms import Document, Dyad, Source, Table


@dataclass(frozen=True, slots=True)
class TableContext:
    """What surrounds a table that is read; `number` is the table's in its document, from 1."""

    document: Document
    table: Table
    source: Source
    dyad: Dyad | None = None
    number: int = 1

    @property
    def caption(self) -> tuple[str, str]:
        """The words that name the table's subject, and where they stand."""
        if self.table.caption.strip():
            return self.table.caption.strip()[:400], "caption"
        if self.document.media_type not in ("text/plain", "text/markdown", "text/html", "application/pdf"):
            words = re.sub(r"[-_.]+", " ", PurePosixPath(self.document.name).stem)
            return words.title() if words.islower() else words, "file name"
        return "", "caption"
