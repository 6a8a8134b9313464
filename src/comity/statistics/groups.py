"""Headers that hold for several lines: words over a block of columns, and words in a row of their own over the rows below."""

from __future__ import annotations

import re

from comity.language import MentionKind, find_mentions
from comity.states import region
from comity.statistics.accounts import states_named
from comity.statistics.catalogue import indicators_in
from comity.statistics.figures import Missing, figure_of_any_sign, read_figure
from comity.statistics.grid import Grid
from comity.statistics.labels import names_total
from comity.statistics.narrowing import names_part

_MOST_SUBHEADERS = 2
_GATHERING = re.compile(
    r"\W*(?:of\s+which|thereof|including|(?:(?:main|major|other|selected|partner|trading|top)\s+)*(?:countries|partners|economies|markets)|by\s+(?:country|partner))\W*",
    re.IGNORECASE,
)


class RowGroups:
    """The words that head the rows of a table whose periods stand across it.

    Args:
        grid: the table.
        periods: the row of the periods.
        first: the first column of figures; the columns before it hold labels.
    """

    __slots__ = ("_first", "_grid", "_group_of", "_heads", "_label_above")

    def __init__(self, grid: Grid, periods: int, first: int) -> None:
        self._grid, self._first = grid, first
        self._heads = {row for row in range(periods + 1, grid.height) if heads_rows(grid, row, first)}
        self._group_of: dict[int, int] = {}
        self._label_above: dict[int, str] = {}
        head, label = -1, ""
        for row in range(periods + 1, grid.height if self._heads or first > 1 else 0):
            if row in self._heads:
                head = row
            elif head >= 0:
                self._group_of[row] = head
            label = grid.text(row, 0) or label
            self._label_above[row] = label
        if self._heads:
            self._leave_out_the_last_total()

    def header(self, row: int) -> tuple[str, ...]:
        """Return the words that head a row of figures: the group that it stands in, then its own cells."""
        own = [self._grid.text(row, column) for column in range(self._first)]
        if self._first > 1 and not own[0] and own[1]:
            # "Oman, Exports" above "(empty), Imports": the first column names several rows.
            own[0] = self._label_above.get(row, "")
        label = own[0] if own else ""
        head = self._group_of.get(row)
        group = "" if head is None else self._grid.text(head, 0)
        if (states_named(group) and states_named(label)) or (indicators_in(group) and indicators_in(label)):
            group = ""  # a row that names the same kind of thing stands beside the words, not below them
        if group and states_named(label) and _gathers_states(group):
            group = ""
        return tuple(dict.fromkeys(word for word in (group, *own) if word))

    def _leave_out_the_last_total(self) -> None:
        """Take totals from their groups unless each group has one: the last may be that of all groups."""
        totals = {row: head for row, head in self._group_of.items() if names_total(self._grid.text(row, 0))}
        if set(totals.values()) != self._heads:
            for row in totals:
                del self._group_of[row]


def _gathers_states(words: str) -> bool:
    """Whether words only gather the states below them: a region, an organisation, "of which"."""
    return (
        region(words) is not None
        or _GATHERING.fullmatch(words) is not None
        or any(mention.kind is MentionKind.ORGANISATION for mention in find_mentions(words))
    )


def heads_rows(grid: Grid, row: int, first: int) -> bool:
    """Whether a row holds words in its first column alone, with a row of figures below it."""
    if not grid.text(row, 0) or any(grid.text(row, column) for column in range(1, grid.width)):
        return False
    return row + 1 < grid.height and any(
        figure_of_any_sign(grid.text(row + 1, column)) is not None for column in range(first, grid.width)
    )


def column_headers(grid: Grid, periods: int, columns: range) -> list[tuple[str, ...]]:
    """Return, for each column, the words above the row of its period, and those in rows of headers below it."""
    below = []
    for row in range(periods + 1, min(periods + 1 + _MOST_SUBHEADERS, grid.height)):
        cells = [grid.text(row, column) for column in columns]
        filled = [cell for cell in cells if cell]
        if len(filled) * 2 <= len(cells) or any(_is_figure(cell) for cell in filled):
            break
        below.append(row)
    rows = [*range(grid.top, periods), *below]
    return [tuple(dict.fromkeys(word for row in rows if (word := grid.text(row, column)))) for column in columns]


def _is_figure(text: str) -> bool:
    return not names_part(text) and (figure_of_any_sign(text) is not None or isinstance(read_figure(text), Missing))
