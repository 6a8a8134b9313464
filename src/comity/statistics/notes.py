"""What the notes around a table say of all its figures: their unit, and where it is another than the table's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from comity.statistics.units import Unit, read_unit, unknown_words
from comity.terms import Table

# "Note: figures in US$ million", "Unit: EUR thousand", "All values are in KSh million".
_OF_FIGURES = re.compile(
    r"(?:(?:all|the)\s+)*(?:figures|values|amounts|data|numbers)\s+(?:(?:are|is)\s+)?(?:(?:expressed|given|shown|reported|quoted)\s+)?in\s+"
    r"|(?:units?|in)\s*[:=]\s*|in\s+",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\W*(?:notes?|remarks?|n\.?b\.?)\s*[:.–—-]\s*", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.;])\s+")
_EXCEPT = re.compile(r"[\s,(]*\b(?:unless|except|if not)\b.*$", re.IGNORECASE)


def with_unit_of_notes(table: Table, notes: Iterable[str]) -> Table:
    """Return the table with the unit that its notes name; where it has another already, with both, which no figure then has."""
    for note in notes:
        for sentence in _SENTENCES.split(_LABEL.sub("", note, count=1).strip()):
            begin = _OF_FIGURES.match(sentence)
            words = "" if begin is None else sentence[begin.end() :].strip(" .")
            unit = read_unit(_EXCEPT.sub("", words)) if words else None
            if not isinstance(unit, Unit) or unknown_words(_EXCEPT.sub("", words)):
                continue
            if not table.unit:
                table = replace(table, unit=words)
            elif _differ(read_unit(table.unit), unit):
                table = replace(table, unit=f"{table.unit}; {words}")
    return table


def _differ(one: object, other: Unit) -> bool:
    if not isinstance(one, Unit):
        return False
    named = one.unit and other.unit and one.unit != other.unit
    return bool(named or (other.scale or 1) != (one.scale or 1))
