"""What a mark beside a figure stands for: the words that the notes below its table give it."""

from __future__ import annotations

import re
import unicodedata

from comity.statistics.narrowing import names_part, part_of_a_year
from comity.terms import BlockKind, Document, Table

_MOST_BLOCKS = 5
_LONGEST = 200
_LONGEST_NOTE = 60
_CUT_SHORT = re.compile(
    r"\b(?:up\s?to|until|till|partial|incomplete|part\s+of|part-year|\w+\s+months?|\w+\s+quarters?|half)\b",
    re.IGNORECASE,
)
_PROJECTED = re.compile(
    r"\b(?:forecasts?|project(?:ed|ions?)|budget(?:ed)?|targets?|targeted|planned|assumed)\b", re.IGNORECASE
)
# A forecast in the SDMX code list CL_OBS_STATUS, where no note says otherwise.
_FORECAST = "f"


def meaning_of(mark: str, document: Document, table: Table) -> str:
    """Return what a note below the table says of a mark ("*", "a", "(p)"); "" where none does."""
    bare = unicodedata.normalize("NFKC", mark).strip("()[]/. ").lower()
    if not bare:
        return ""
    sign = re.escape(bare)
    opened = rf"{sign}\s*" if not bare.isalnum() else rf"[(\[]?{sign}(?:[)\]/]|\s*[=:])\s*"
    pattern = re.compile(
        rf"(?:^|(?<=[.;,:]\s)){opened}(?P<words>(?:[^.;\n]|(?-i:(?<=\b[A-Z][a-z]{{2}})|(?<=\bSept))\.){{2,{_LONGEST}}})",
        re.IGNORECASE,
    )
    for text in below(document, table):
        match = pattern.search(unicodedata.normalize("NFKC", text))
        if match is not None:
            return match["words"].strip()
    labels = (note for note in document.notes if note.label.strip("()[]. ").lower() == bare)
    return next((note.text[:_LONGEST].rstrip(".") for note in labels), "")


def other_than_a_year(mark: str, meaning: str, *, of_a_year: bool) -> str:
    """Return why a figure with this mark is none of the period beside it: part of a year, or a projection; "" if it is."""
    if _PROJECTED.search(meaning) or (not meaning and mark.strip("()[]/. ").lower() == _FORECAST):
        return "a forecast or a budget is no figure that was recorded"
    if of_a_year and (part_of_a_year(meaning) or names_part(meaning) or _CUT_SHORT.search(meaning)):
        return "it is not of the whole year"
    return ""


def limited_by_note(words: str, *, of_a_year: bool) -> str:
    """Return why a figure beside which a cell of notes stands is none of its period; "" if it is, or where the cell is prose."""
    return "" if len(words) > _LONGEST_NOTE else other_than_a_year("", words, of_a_year=of_a_year)


def below(document: Document, table: Table) -> list[str]:
    """Return the blocks right below a table, up to the next table or heading."""
    texts: list[str] = []
    for block in document.blocks:
        if block.start < table.end:
            continue
        if block.kind in (BlockKind.TABLE, BlockKind.HEADING) or len(texts) == _MOST_BLOCKS:
            break
        texts.append(document.text[block.start : block.end])
    return texts
