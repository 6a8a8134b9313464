"""How notes are numbered: the formats of numbers that word processors print as their markers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_MOST = 20_000
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CHICAGO = "*†‡§"


def roman(number: int) -> str:
    """Return a number in small Roman numerals: 14 is "xiv"."""
    if not 0 < number <= _MOST:
        return str(number)
    parts = []
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        parts.append(sign * count)
    return "".join(parts)


def letters(number: int) -> str:
    """Return a number as Word counts by letters: a to z, then aa, bb (ISO/IEC 29500-1, 17.18.59, "lowerLetter")."""
    if not 0 < number <= _MOST:
        return str(number)
    turn, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (turn + 1)


def symbols(number: int) -> str:
    """Return the symbol of a note after the Chicago Manual of Style: *, †, ‡, §, **, ... (17.18.59, "chicago")."""
    if not 0 < number <= _MOST:
        return str(number)
    turn, sign = divmod(number - 1, len(_CHICAGO))
    return _CHICAGO[sign] * (turn + 1)


# Names of ISO/IEC 29500-1, 17.18.59 (ST_NumberFormat).
FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "chicago": symbols,
    "none": lambda number: "",
}

UNPAGED = "The notes are numbered anew on each page, and the file does not tell where all pages end: some may bear another number in print."


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the notes of one kind are numbered: the format, the first number, and where they begin anew.

    `restart` is "continuous", "eachSect" or "eachPage".
    """

    format: str = "decimal"
    start: int = 1
    restart: str = "continuous"

    def printed(self, number: int) -> str:
        """Return a number as it is printed; in a format that is not known, in figures."""
        return FORMATS.get(self.format, str)(number)


@dataclass(slots=True)
class Counter:
    """Counts the notes of one kind while a document is read."""

    _count: int = 0
    _where: int = 0

    def next(self, numbering: Numbering, section: int, page: int) -> str:
        """Return the label of the next note, which stands in this section and on this page (from 0)."""
        where = {"eachSect": section, "eachPage": page}.get(numbering.restart, 0)
        if where != self._where:
            self._count, self._where = 0, where
        self._count += 1
        return numbering.printed(numbering.start + self._count - 1)
