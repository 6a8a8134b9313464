"""Rows of a data file that give no observation, gathered by reason and told once with their numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

_MOST_NAMED = 5
_MOST_RUNS = 10


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row, or many rows of one kind, that give no observation, with the first place and the words that are meant."""

    reason: str
    row: int
    column: int
    remedy: str = ""
    count: int = 1
    names: tuple[str, ...] = ()
    needs_doing: bool = True

    @property
    def message(self) -> str:
        """What is wrong, in words, with the first names and the number of rows."""
        more = len(self.names) - _MOST_NAMED
        shown = ", ".join(f"'{name[:40]}'" for name in self.names[:_MOST_NAMED])
        shown += f" and {more:,} more" if more > 0 else ""
        rows = f" ({self.count:,} rows)" if self.count > 1 else ""
        return f"{shown}: {self.reason}{rows}" if shown else f"{self.reason}{rows}"


@dataclass(slots=True)
class RefusedRows:
    """The rows refused for one reason so far, and the words that are meant, each once and in their order."""

    row: int
    column: int
    remedy: str
    needs_doing: bool
    rows: set[int] = field(default_factory=set)
    names: dict[str, None] = field(default_factory=dict)

    def told(self, reason: str) -> Refusal:
        """Return what is told of them."""
        where = f"Rows {_in_runs(sorted(self.rows))}. " if len(self.rows) > 1 else ""
        remedy = f"{where}{self.remedy}".strip()
        return Refusal(reason, self.row, self.column, remedy, len(self.rows), tuple(self.names), self.needs_doing)


def _in_runs(rows: list[int]) -> str:
    """Return rows counted from 1, those that follow each other as one run: "2, 5-9, 12 and more"."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown = [f"{first + 1}" if first == last else f"{first + 1}-{last + 1}" for first, last in runs[:_MOST_RUNS]]
    return ", ".join(shown) + (" and more" if len(runs) > _MOST_RUNS else "")
