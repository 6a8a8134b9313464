"""What a mark beside a figure stands for: the words that the notes below its table give it."""

from __future__ import annotations

import re
import unicodedata

from comity.terms import BlockKind, Document, Table

_MOST_BLOCKS = 5
_LONGEST = 200


def meaning_of(mark: str, document: Document, table: Table) -> str:
    """Return what a note below the table says of a mark ("*", "a", "(p)"); "" where none does."""
    bare = unicodedata.normalize("NFKC", mark).strip("()[]/. ").lower()
    if not bare:
        return ""
    sign = re.escape(bare)
    opened = rf"{sign}\s*" if not bare.isalnum() else rf"[(\[]?{sign}(?:[)\]/]|\s*[=:])\s*"
    pattern = re.compile(rf"(?:^|(?<=[.;,:]\s)){opened}(?P<words>[^.;\n]{{2,{_LONGEST}}})", re.IGNORECASE)
    for text in _below(document, table):
        match = pattern.search(unicodedata.normalize("NFKC", text))
        if match is not None:
            return match["words"].strip()
    labels = (note for note in document.notes if note.label.strip("()[]. ").lower() == bare)
    return next((note.text[:_LONGEST].rstrip(".") for note in labels), "")


def _below(document: Document, table: Table) -> list[str]:
    """Return the blocks right below a table, up to the next table or heading."""
    texts: list[str] = []
    for block in document.blocks:
        if block.start < table.end:
            continue
        if block.kind in (BlockKind.TABLE, BlockKind.HEADING) or len(texts) == _MOST_BLOCKS:
            break
        texts.append(document.text[block.start : block.end])
    return texts
