"""What of a data set could not be taken, counted by reason, with the first cell and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from comity.statistics.datasets.bearers import Refused


@dataclass(frozen=True, slots=True)
class DataProblem:
    """Cells of a data set that gave no figure for one reason.

    Attributes:
        document: name of the file.
        reason: a word for the reason ("territory", "negative", ...).
        message: what is wrong, in one sentence.
        remedy: what to do about it; "" where nothing needs doing.
        row, column: the first such cell, counted from 0, the header's row being 0.
        count: how many cells with figures were left out.
    """

    document: str
    reason: str
    message: str
    remedy: str
    row: int
    column: int
    count: int

    @property
    def place(self) -> str:
        """The first cell in words, counted from 1: "row 3, column 2"."""
        return f"row {self.row + 1}, column {self.column + 1}"


# By reason: what is wrong, where {cells} is how many figures it concerns and {which} the first names; and the remedy.
_WORDS: Final[dict[str, tuple[str, str]]] = {
    Refused.UNKNOWN: (
        "{cells} of {which}, which {is_are} no code or name of a state",
        "Nothing needs doing if these are groups or territories; else correct the code in a copy of the file.",
    ),
    Refused.DISSOLVED: (
        "{cells} of {which} in years in which no such state existed",
        "Look up in the publisher's notes which state is meant; such figures are not moved to a successor.",
    ),
    Refused.TERRITORY: (
        "{cells} of {which}, {territories}: the figures of a territory are not those of its state",
        "Nothing needs doing.",
    ),
    Refused.GROUP: ("{cells} of {which}: {groups}, or nobody in particular", "Nothing needs doing."),
    Refused.EMPTY: ("{cells} in rows that name no state", "Fill in the state, or leave the rows out."),
    "same": ("{cells} of {which} with itself", "Nothing needs doing: such a figure is none between two states."),
    "choice": (
        "{cells}, or cells without one, of {which}, which {is_are} not read",
        "Nothing needs doing unless you need them; they stay in the file.",
    ),
    "part": ("{cells} in rows with {which}: parts of a figure, or the same in other prices", "Nothing needs doing."),
    "period": ("{cells} in rows whose period reads {which}", "Correct the period: a year, quarter or month is read."),
    "future": (
        "{cells} of periods that have not begun ({which}): a forecast is no figure that was recorded",
        "Correct the period, or leave the rows out.",
    ),
    "unit": ("{cells} in the unit {which}, which is not known", "Get the file in a unit that the layout knows."),
    "scale": ("{cells} at the scale {which}, which is not known", "Get the file with the scale of each figure."),
    "doubtful": (
        "{cells} of {which} in a file without a column of scales, far above the state's own total or without one",
        "Get the file with the column of the scale.",
    ),
    "status": ("{cells} of the status {which}, which is not known", "Look up in the publisher's notes what it means."),
    "product": ("{cells} of the product {which}, which is not known", "Get the file for all products together."),
    "number": (
        "{which} {is_are} no figures ({cells})",
        "Correct the cells, or leave them empty where there is no figure.",
    ),
    "negative": (
        "{cells} below zero ({which}), where the indicator can have none",
        "Check the sign with the publisher.",
    ),
    "conflict": (
        "{cells} that stand twice and differ, so that none was taken ({which})",
        "Find out which is right, and leave the other row out.",
    ),
    "vote": ("{cells} with the vote {which}, which is not known", "Look up in the codebook what it means."),
    "roll-call": (
        "{cells} on roll calls that the list of roll calls lacks ({which})",
        "Get both files of one edition.",
    ),
}


def problem(document: str, reason: str, found: tuple[int, int, int], which: list[str], distinct: int) -> DataProblem:
    """Return the problem for one reason.

    Args:
        document: name of the file.
        reason: a reason of `_WORDS`.
        found: how many cells, and row and column of the first.
        which: some of the names, codes or labels that are meant, the first one first.
        distinct: how many such there are.
    """
    count, row, column = found
    words, remedy = _WORDS[reason]
    shown = ", ".join(which) + (f" and {distinct - len(which):,} more" if distinct > len(which) else "")
    message = words.format(
        cells=f"{count:,} figure{'' if count == 1 else 's'}",
        which=shown or "an empty cell",
        is_are="is" if distinct == 1 else "are",
        territories="a territory" if distinct == 1 else "territories",
        groups="a group of places" if distinct == 1 else "groups of places",
    )
    return DataProblem(document, str(reason), message, remedy, row, column, count)
