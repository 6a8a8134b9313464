"""SUM001: the totals of a table. SUM002: totals that were cut off instead of rounded.

Sums are held against the interval that the printed digits allow: each part and the total may lie half a unit in its
last place either way, so parts that were rounded one by one raise no alarm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import Enum
from itertools import pairwise

from comity.checks.grid import Figure, Grid, is_period
from comity.checks.reading import Reading
from comity.checks.rule import Rule, Ruling
from comity.terms import Severity, Verdict

_TOTAL = re.compile(
    r"\b(?:grand\s+|sub-?\s?)?(?:totals?|sum|overall|altogether|all\s+(?:countries|partners|sectors|years|items|goods))\b",
    re.I,
)
# "Total trade" and "Trade volume" head a column of exports plus imports; "total population" does not sum its neighbours.
_TRADE_SUM = re.compile(
    r"\b(?:(?:total|bilateral|two-way|overall)\s+)?(?:trade(?:\s+(?:volume|turnover))?|turnover|volume)\b", re.I
)
NOT_ADDITIVE = re.compile(
    r"\b(?:balance|deficit|surplus|share|per\s?cent|percentage|growth|change|rate|ratio|rank|index|stocks?|cumulative|reserves|population|average|mean|median|per\s+capita|price|y-o-y|yoy|difference|net)\b|%|[+-]/-",
    re.I,
)
_WITHIN = re.compile(r"^\s*(?:of\s+which|thereof|including|incl\.?|out\s+of\s+which)\b|^\s*[-–•]\s", re.I)
_REST = re.compile(r"\b(?:others?|rest|remaining|remainder|miscellaneous)\b", re.I)
# A total of exports and imports, and of nothing else: not "Total exports", not "Total (goods and services)".
_TRADE_TOTAL = re.compile(
    r"(?:(?:grand|overall|total|bilateral|two-way|sum|trade|volume|turnover|of|in|and|value)\b\s*)+(?:\([^)]{0,25}\))?",
    re.I,
)
_EXPORTS = re.compile(r"\bexports?\b", re.I)
_IMPORTS = re.compile(r"\bimports?\b", re.I)


class Fit(Enum):
    """How a printed total and the sum of its parts agree."""

    EXACT = "equals the sum of its parts"
    ROUNDED = "agrees with the sum of its parts within rounding"
    TRUNCATED = "cut off"
    WRONG = "differs"


@dataclass(frozen=True, slots=True)
class _Sum:
    """One printed total with the parts that one interpretation gives it."""

    total: Figure
    parts: tuple[Figure, ...]
    label: str

    @property
    def value(self) -> Decimal:
        return sum((part.quantity.number for part in self.parts), Decimal(0))

    @property
    def slack(self) -> Decimal:
        """How far the total may lie from the sum of its parts by their rounding alone."""
        return self.total.half + sum((part.half for part in self.parts), Decimal(0))

    @property
    def missing(self) -> Decimal:
        """What the parts lack of the total."""
        return self.total.quantity.number - self.value

    @property
    def fit(self) -> Fit:
        printed, value = self.total.quantity.number, self.value
        if printed == value:
            return Fit.EXACT
        place = self.total.quantity.resolution
        if abs(printed - value) < self.slack:
            return Fit.ROUNDED
        if _to(value, place, ROUND_DOWN) == printed:
            return Fit.TRUNCATED
        return Fit.WRONG


def _to(value: Decimal, place: Decimal, rounding: str) -> Decimal:
    return (value / place).quantize(Decimal(1), rounding=rounding) * place


@dataclass(frozen=True, slots=True)
class _Interpretation:
    """One way to read a line of totals: the same parts for each of its cells.

    `sure` says that the labels alone establish that the parts are all the parts (exports and imports; consecutive
    years; a row of "others"); otherwise the figures must show it.
    """

    sums: tuple[_Sum, ...]
    sure: bool


def judge(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each printed total whose parts are clear."""
    for table in reading.document.tables:
        grid = Grid.of(table)
        if grid is None:
            continue
        across = [each for c in grid.columns if _heads_total(grid, c) for each in _settled(_row_sums(grid, c))]
        down = [
            each
            for row in grid.rows
            if _TOTAL.search(grid.row_labels[row]) and not NOT_ADDITIVE.search(grid.row_labels[row])
            for each in _settled(_column_sums(grid, row))
        ]
        yield from _rulings(reading, across, down)


def _rulings(
    reading: Reading, across: Sequence[tuple[_Sum, bool]], down: Sequence[tuple[_Sum, bool]]
) -> Iterator[Ruling]:
    """Yield a claim for each total, and one alone where a single cell is what is wrong with two."""
    wrong = {id(one): one for one, settled in (*across, *down) if settled and one.fit is Fit.WRONG}
    at: dict[tuple[int, int], list[_Sum]] = {}
    for one in wrong.values():
        at.setdefault(one.total.place, []).append(one)
    told = {identity for identity, one in wrong.items() if _explained(one, at)}
    open_across, open_down = (
        [one for one, _ in sums if id(one) in wrong and id(one) not in told] for sums in (across, down)
    )
    crossings = [(row, column) for row in open_across for column in open_down]
    told.update(id(column) for row, column in crossings if _same(row, column))
    shared = [(row, column, part) for row, column in crossings for part in _shared(row, column)]
    for row, column, part in shared:
        if sum(row is other or column is beside for other, beside, _ in shared) == 1:
            told.update((id(row), id(column)))
            yield _misprint(reading, row, column, part)
    yield from (_ruling(reading, one, settled) for one, settled in (*across, *down) if id(one) not in told)


def _explained(one: _Sum, at: Mapping[tuple[int, int], Sequence[_Sum]]) -> bool:
    """Whether nothing is wrong with a total but that of its parts some are wrong totals, reported where they stand.

    With what their own parts come to in their place, the sum holds: a row's wrong total leaves the grand total right.
    `at` has the wrong totals by their row and column.
    """
    found = [at[part.place] for part in one.parts if part.place in at]
    if not found or any(len(others) > 1 for others in found):
        return False
    others = [other for (other,) in found]
    slack = one.slack + sum((other.slack - 2 * other.total.half for other in others), Decimal(0))
    return abs(one.missing + sum((other.missing for other in others), Decimal(0))) < slack


def _same(row: _Sum, column: _Sum) -> bool:
    """Whether a total is wrong by as much for its row as for its column."""
    return row.total == column.total and abs(row.missing - column.missing) < row.slack + column.slack


def _shared(row: _Sum, column: _Sum) -> list[Figure]:
    """Return the part that the totals of a row and of a column have in common, where both are off by as much."""
    slack = row.slack + column.slack
    if abs(row.missing - column.missing) >= slack or min(abs(row.missing), abs(column.missing)) < slack:
        return []
    return [part for part in row.parts if part in column.parts]


def _misprint(reading: Reading, row: _Sum, column: _Sum, part: Figure) -> Ruling:
    own = reading.span(part.cell.start, part.cell.end, f"Part, {row.label}" if row.label else "Part")
    totals = [reading.span(one.total.cell.start, one.total.cell.end, "total") for one in (row, column)]
    first, second = (one.total.cell.text.strip() for one in (row, column))
    reason = (
        f"The figure {part.cell.text.strip()} fits the total of neither its row nor its column: {first} differs from the sum "
        f"of its parts by {row.missing:+,}, {second} by {column.missing:+,}."
    )
    return Ruling(reading.claim("SUM001", "total", Verdict.CONTRADICTED, reason, own, *totals))


def _heads_total(grid: Grid, column: int) -> bool:
    label = grid.column_labels[column]
    if NOT_ADDITIVE.search(label):
        return False
    if _TOTAL.search(label):
        return True
    others = " ".join(grid.column_labels[other] for other in grid.columns if other != column)
    return bool(_TRADE_SUM.search(label) and _EXPORTS.search(others) and _IMPORTS.search(others)) and not (
        _EXPORTS.search(label) or _IMPORTS.search(label)
    )


def _row_sums(grid: Grid, total: int) -> list[_Interpretation]:
    """Return the ways to read a column of totals: the parts stand left of it, or right where nothing stands left."""
    before = [column for column in grid.columns if column < total]
    stop = max((column for column in before if _heads_total(grid, column)), default=-1)
    near = [column for column in before if column > stop]
    after = [column for column in grid.columns if column > total and not _heads_total(grid, column)]
    choices: list[list[int]] = []
    for candidates in (near, before, after):
        additive = [c for c in candidates if not NOT_ADDITIVE.search(grid.column_labels[c])]
        parts = [c for c in additive if not _WITHIN.search(grid.column_labels[c])]
        if len(parts) >= 2 and parts not in choices and not any(_heads_total(grid, c) for c in parts):
            choices.append(parts)
        trade = [c for c in parts if _EXPORTS.search(grid.column_labels[c]) or _IMPORTS.search(grid.column_labels[c])]
        if len(trade) == 2 and trade not in choices:
            choices.append(trade)
    interpretations = []
    for parts in choices:
        labels = [grid.column_labels[column] for column in parts]
        trade_pair = (
            len(parts) == 2
            and _TRADE_TOTAL.fullmatch(grid.column_labels[total].strip()) is not None
            and sum(bool(_EXPORTS.search(label)) for label in labels) == 1
            and sum(bool(_IMPORTS.search(label)) for label in labels) == 1
        )
        sure = trade_pair or any(_REST.search(label) for label in labels)
        sums = [_sum(grid, (row, total), [(row, c) for c in parts], grid.row_labels[row]) for row in grid.rows]
        interpretations.append(_Interpretation(tuple(s for s in sums if s is not None), sure))
    return interpretations


def _column_sums(grid: Grid, total: int) -> list[_Interpretation]:
    """Return the ways to read a row of totals: all rows above, those since the last subtotal, or the subtotals."""
    above = [row for row in grid.rows if row < total]
    marked = [row for row in above if _TOTAL.search(grid.row_labels[row])]
    since = [row for row in above if row > max(marked, default=-1)]
    choices: list[list[int]] = []
    for candidates in (since, [row for row in above if row not in marked], marked):
        rows = [
            row
            for row in candidates
            if not _WITHIN.search(grid.row_labels[row]) and not NOT_ADDITIVE.search(grid.row_labels[row])
        ]
        if len(rows) >= 2 and rows not in choices:
            choices.append(rows)
    columns = [column for column in grid.columns if not NOT_ADDITIVE.search(grid.column_labels[column])]
    interpretations = []
    for rows in choices:
        labels = [grid.row_labels[row] for row in rows]
        sure = _consecutive(labels) or any(_REST.search(label) for label in labels)
        sums = [_sum(grid, (total, c), [(row, c) for row in rows], grid.column_labels[c]) for c in columns]
        interpretations.append(_Interpretation(tuple(s for s in sums if s is not None), sure))
    return interpretations


def _consecutive(labels: Sequence[str]) -> bool:
    """Whether the labels are years that follow one another."""
    if not all(is_period(label) for label in labels):
        return False
    years = [int(re.findall(r"(?:1[89]|20)\d\d", label)[0]) for label in labels]
    return all(later - earlier in (1, -1) for earlier, later in pairwise(years))


def _sum(grid: Grid, total: tuple[int, int], parts: Sequence[tuple[int, int]], label: str) -> _Sum | None:
    """Return the sum to check, or None where a part is missing or the units are mixed."""
    figure = grid.figures.get(total)
    found = [grid.figures.get(part) for part in parts]
    present = [part for part in found if part is not None]
    if figure is None or len(present) < len(found) or any(p.quantity.unit != figure.quantity.unit for p in present):
        return None
    return _Sum(figure, tuple(present), label)


def _settled(interpretations: list[_Interpretation]) -> list[tuple[_Sum, bool]]:
    """Return the sums of a line as it is best read, each with whether a wrong one may be called wrong."""
    candidates = [interpretation for interpretation in interpretations if interpretation.sums]
    if not candidates:
        return []
    best = max(candidates, key=lambda candidate: (_fitting(candidate), candidate.sure))
    fitting, size = _fitting(best), len(best.sums)
    # Without labels that settle it, only a reading that most lines bear out may call the others wrong.
    proven = size >= 3 and fitting * 2 > size
    only = len(candidates) == 1 or sum(candidate.sure for candidate in candidates) == 1
    settled = proven or (best.sure and only and (fitting * 2 >= size or size <= 2))
    return [(candidate, settled) for candidate in best.sums]


def _fitting(interpretation: _Interpretation) -> int:
    return sum(candidate.fit is not Fit.WRONG for candidate in interpretation.sums)


def _ruling(reading: Reading, candidate: _Sum, settled: bool) -> Ruling:
    where = f"Total, {candidate.label}" if candidate.label else "Total"
    cell = candidate.total.cell
    own = reading.span(cell.start, cell.end, where)
    parts = [reading.span(part.cell.start, part.cell.end, "part") for part in candidate.parts]
    printed = " + ".join(part.cell.text.strip() for part in candidate.parts[:6])
    if len(candidate.parts) > 6:
        printed = f"the {len(candidate.parts)} parts"
    shown = f"{printed} = {candidate.value:,}"
    fit = candidate.fit
    if fit in (Fit.EXACT, Fit.ROUNDED):
        reason = f"The total {cell.text.strip()} {fit.value}: {shown}."
        return Ruling(reading.claim("SUM001", "total", Verdict.CONFIRMED, reason, own, *parts))
    if not settled:
        reason = f"It is not clear that {printed} are all the parts of the total {cell.text.strip()}."
        return Ruling(reading.claim("SUM001", "total", Verdict.NOT_CHECKABLE, reason, own, *parts))
    if fit is Fit.TRUNCATED:
        rounded = _to(candidate.value, candidate.total.quantity.resolution, ROUND_HALF_UP)
        reason = f"The total {cell.text.strip()} was cut off, not rounded: {shown}, rounded {rounded:,}."
        return Ruling(reading.claim("SUM002", "total", Verdict.CONTRADICTED, reason, own, *parts), Severity.INFO)
    reason = f"The total {cell.text.strip()} is not the sum of its parts: {shown}."
    return Ruling(reading.claim("SUM001", "total", Verdict.CONTRADICTED, reason, own, *parts))


def judge_truncated(reading: Reading) -> Iterator[Ruling]:
    """Yield only the totals that were cut off: `judge` reads totals once for both codes."""
    return (ruling for ruling in judge(reading) if ruling.claim.rule == "SUM002")


def judge_totals(reading: Reading) -> Iterator[Ruling]:
    """Yield all other totals."""
    return (ruling for ruling in judge(reading) if ruling.claim.rule == "SUM001")


TOTAL = Rule("SUM001", "total-of-table", Severity.ERROR, "A printed total is the sum of its parts.", judge_totals)
TRUNCATED = Rule("SUM002", "total-cut-off", Severity.INFO, "A printed total is rounded, not cut off.", judge_truncated)
