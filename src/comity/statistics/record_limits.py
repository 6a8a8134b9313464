"""What limits a row of a data file to a part of what its flow names: a product, a month, a sector, other prices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from comity.statistics.accounts import read_account
from comity.statistics.catalogue import indicators_in
from comity.statistics.grid import Grid
from comity.statistics.labels import LabelKind, PeriodLabel, read_label
from comity.statistics.narrowing import narrowed, part_of_a_year, product

_ALL = r"_t|_z|total(?:\b.*)?|all(?:\b.*)?"
# What a cell may say in such a column so that it limits nothing; codes are those of SDMX and of UN Comtrade.
_NOTHING = {
    "product": re.compile(rf"{_ALL}|c|commodities", re.IGNORECASE),
    "sector": re.compile(rf"{_ALL}|s1|all sectors", re.IGNORECASE),
    "way": re.compile(rf"{_ALL}|0|c00", re.IGNORECASE),
    "part": re.compile(rf"{_ALL}|annual|year(?:ly)?|0|13|52|jan(?:uary)?\.?\s*[-–]\s*dec(?:ember)?\.?", re.IGNORECASE),
    "adjustment": re.compile(
        r"_z|n|nsa|no|none|unadjusted|(?:not|non)[- ]seasonally adjusted|neither seasonally.*", re.IGNORECASE
    ),
    "prices": re.compile(r"_z|v|current(?: prices)?|nominal", re.IGNORECASE),
    "transformation": re.compile(r"_z|n|none|levels?|values?", re.IGNORECASE),
    "place": re.compile(rf"{_ALL}|national", re.IGNORECASE),
}
_GOODS = re.compile(r"(?:all |total )?(?:goods|merchandise|merchandise trade|trade in goods)", re.IGNORECASE)
_FREQUENCIES = {
    LabelKind.YEAR: re.compile(r"a|annual(?:ly)?|y|yearly|years?", re.IGNORECASE),
    LabelKind.FISCAL_SPAN: re.compile(r"a|annual(?:ly)?|y|yearly|years?", re.IGNORECASE),
    LabelKind.FISCAL_SINGLE: re.compile(r"a|annual(?:ly)?|y|yearly|years?", re.IGNORECASE),
    LabelKind.QUARTER: re.compile(r"q|quarterly|quarters?", re.IGNORECASE),
    LabelKind.MONTH: re.compile(r"m|monthly|months?", re.IGNORECASE),
}
# Words of the IMF for valuations and partners, which `narrowed` would take for a further limit.
_USUAL = re.compile(
    r"free on board|costs?,? insurance,?(?: and)? freight|(?:to|from) partner (?:countries|economies)", re.IGNORECASE
)


def limit_of(
    grid: Grid,
    row: int,
    columns: Mapping[str, int],
    periods: tuple[int, ...],
    label: PeriodLabel | None,
    of_goods: tuple[int, ...] = (),
) -> tuple[str, str, int] | None:
    """Return what limits a row: why, the words of its cell, and its column; None where nothing does.

    Args:
        grid: the file.
        row: the row.
        columns: the columns by their roles.
        periods: columns of periods beside the one that is read.
        label: the row's period.
        of_goods: columns without a role whose headers say that they name goods.
    """
    is_year = label is None or label.kind not in (LabelKind.QUARTER, LabelKind.MONTH)
    for role, nothing in _NOTHING.items():
        column = columns.get(role)
        words = "" if column is None else _as_written(grid, row, column)
        if column is None or not words or nothing.fullmatch(words) or (role == "part" and not is_year):
            continue
        if role == "part":
            return "the row's period is a year, and its cell here names a part of one", words, column
        return f"the row is about a part only, by the column '{grid.text(grid.top, column)}'", words, column
    for column in of_goods:
        words = _as_written(grid, row, column)
        if (
            words
            and not _NOTHING["product"].fullmatch(words)
            and not _GOODS.fullmatch(words)
            and not indicators_in(words)
        ):
            return f"the row is about a part only, by the column '{grid.text(grid.top, column)}'", words, column
    column = columns.get("frequency")
    words = "" if column is None else grid.text(row, column)
    usual = None if label is None else _FREQUENCIES.get(label.kind)
    if column is not None and words and usual is not None and not usual.fullmatch(words):
        return "the row's frequency is not that of its period", words, column
    for column in periods if is_year else ():
        other = read_label(grid.text(row, column))
        if other is not None and other.kind in (LabelKind.QUARTER, LabelKind.MONTH):
            return "the row's period is a year, and its cell here names a part of one", grid.text(row, column), column
    return None


def _as_written(grid: Grid, row: int, column: int) -> str:
    """Return a cell with its low lines: the code "_T" is a total, and no emphasis."""
    cell = grid.cell(row, column)
    return "" if cell is None else cell.text.strip()


@lru_cache(maxsize=4096)
def flow_of(words: str) -> tuple[tuple[str, ...], str]:
    """Return the indicators that a row's flow names, and why it cannot be taken although it names one ("" if it can)."""
    words = _USUAL.sub(" ", words)
    named = tuple(sorted({one.key for one in indicators_in(words) if not one.loose}))
    account = read_account(words)
    if account.problem:
        return named, account.problem
    if narrower := (part_of_a_year(words) or product(words) or narrowed(words)) if named else "":
        return named, f"it speaks of '{narrower}'"
    return named, ""


__all__ = ["flow_of", "limit_of"]
