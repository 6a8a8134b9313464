"""The rows of a panel that one specification uses, checked cell by cell: nothing is coerced, nothing missing becomes zero."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from comity.measures.specifications import Estimator, GravitySpecification
from comity.terms import UnreadableTable

PANEL = "the panel of trade"
_LOGARITHM = re.compile(r"log\((.+)\)")
_Floats = np.ndarray[Any, np.dtype[np.float64]]
_Codes = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Sample:
    """The rows that are left to estimate on.

    Attributes:
        names: of the coefficients: the regressors, and "constant" where there are no effects.
        regressors: one column each; effects and clusters as codes.
        rows: the positions of the rows in the panel. They stand in an order of their contents, not of the panel, so that sums
            have the same last digit however the panel is sorted.
        missing, without_trade: how many rows were left out, and why.
    """

    names: tuple[str, ...]
    outcome: _Floats
    regressors: tuple[_Floats, ...]
    effects: tuple[_Codes, ...]
    clusters: tuple[_Codes, ...]
    rows: _Codes
    missing: int
    without_trade: int

    def without(self, positions: Sequence[int]) -> Sample:
        """Return the sample without the rows at these positions of the panel."""
        return self._kept(~np.isin(self.rows, positions))

    def with_regressors(self, names: Sequence[str], columns: Sequence[_Floats]) -> Sample:
        """Return the sample with further regressors, before the constant if it has one."""
        constant = self.names[len(self.regressors) :]
        return Sample(
            (*self.names[: len(self.regressors)], *names, *constant),
            self.outcome,
            (*self.regressors, *columns),
            self.effects,
            self.clusters,
            self.rows,
            self.missing,
            self.without_trade,
        )

    def with_one_effect(self) -> Sample:
        """Return the sample with one effect that all rows share, in the place of the constant."""
        everyone = np.zeros(len(self.outcome), dtype=np.int64)
        return Sample(
            self.names[: len(self.regressors)],
            self.outcome,
            self.regressors,
            (everyone,),
            self.clusters,
            self.rows,
            self.missing,
            self.without_trade,
        )

    def told_by_effects(self, *, separate: bool) -> tuple[_Codes, int]:
        """Return the places of the rows that the effects leave something to tell, and how many they separate.

        A row alone in an effect is fitted by it whatever the rest says, and so is, by PPML, an effect without any trade
        (Correia, Guimarães and Zylkin 2019, proposition 1). Leaving such rows out may leave others alone.

        Args:
            separate: whether effects without trade go.
        """
        kept = np.arange(len(self.outcome))
        separated = 0
        while True:
            before = len(kept)
            for codes in self.effects:
                of_level = codes[kept]
                kept = kept[np.bincount(of_level)[of_level] > 1]
                if separate:
                    of_level = codes[kept]
                    traded = np.bincount(of_level, self.outcome[kept] > 0)[of_level] > 0
                    separated += int((~traded).sum())
                    kept = kept[traded]
            if len(kept) == before:
                return kept, separated

    def _kept(self, kept: np.ndarray[Any, np.dtype[np.bool_]]) -> Sample:
        return Sample(
            self.names,
            self.outcome[kept],
            tuple(column[kept] for column in self.regressors),
            tuple(column[kept] for column in self.effects),
            tuple(column[kept] for column in self.clusters),
            self.rows[kept],
            self.missing,
            self.without_trade,
        )


def sample_of(
    panel: pd.DataFrame,
    specification: GravitySpecification,
    *,
    asked: Sequence[int] = (),
    stand_in: float | None = None,
) -> Sample:
    """Return the rows of a panel that a specification uses.

    Args:
        panel: as `estimate_gravity` takes it.
        specification: what is to be estimated.
        asked: positions of rows that stay whatever their trade is; `stand_in` replaces it.
        stand_in: any figure above zero.

    Raises:
        UnreadableTable: a column is missing, or a cell is not what its column asks for.
    """
    outcome = _numbers(panel, specification.outcome)
    _refuse(outcome < 0, panel, specification.outcome, "trade is negative", outcome)
    regressors = tuple(_regressor(panel, name) for name in specification.regressors)
    is_asked = np.zeros(len(panel), dtype=bool)
    is_asked[list(asked)] = True
    if stand_in is not None:
        outcome = np.where(is_asked, stand_in, outcome)
    used = np.ones(len(panel), dtype=bool)
    if specification.years is not None:
        first, last = specification.years
        years = _numbers(panel, "year")
        used = (years >= first) & (years <= last)
    effects = [_codes(panel, name) for name in specification.effects]
    clusters = [_codes(panel, name) for name in specification.clusters]
    whole = np.isfinite(outcome)
    for column in regressors:
        whole &= np.isfinite(column)
    for codes in (*effects, *clusters):
        whole &= codes >= 0
    zeros = specification.zeros and specification.estimator is Estimator.PPML
    traded = (outcome > 0) | zeros
    rows = np.flatnonzero(used & whole & traded)
    # Both ways between two states may be alike in all else, and what is asked of each is not.
    turns = np.zeros(len(panel), dtype=np.int64)
    turns[list(asked)] = np.arange(1, len(asked) + 1)
    keys = (turns, *clusters, *effects, *regressors, outcome)
    rows = rows[np.lexsort([column[rows] for column in keys])]
    return Sample(
        (*specification.regressors, *(() if effects else ("constant",))),
        outcome[rows],
        tuple(column[rows] for column in regressors),
        tuple(codes[rows] for codes in effects),
        tuple(codes[rows] for codes in clusters),
        rows,
        int((used & ~whole).sum()),
        int((used & whole & ~traded).sum()),
    )


def _regressor(panel: pd.DataFrame, name: str) -> _Floats:
    logarithm = _LOGARITHM.fullmatch(name)
    if logarithm is None:
        return _numbers(panel, name)
    column = logarithm.group(1)
    values = _numbers(panel, column)
    _refuse(values <= 0, panel, column, "has no logarithm, being", values)
    with np.errstate(invalid="ignore"):
        return np.log(values)


def _numbers(panel: pd.DataFrame, name: str) -> _Floats:
    """Return a column as floats, NaN where a cell is missing."""
    column = _column(panel, name)
    if not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column)):
        for row, cell in enumerate(column):
            if not (isinstance(cell, int | float) or cell is pd.NA or cell is None):
                raise _cell(panel, name, row, f"{cell!r} is no number")
    values = column.to_numpy(dtype=float, na_value=np.nan)
    _refuse(np.isinf(values), panel, name, "is infinite:", values)
    return values


def _codes(panel: pd.DataFrame, name: str) -> _Codes:
    """Return the levels of an effect or cluster as codes from 0 in the order of the levels, -1 where a part is missing."""
    if name == "pair" and "pair" not in panel.columns:
        sides = [_column(panel, side).astype(str).to_numpy(dtype=object) for side in ("exporter", "importer")]
        missing = (panel["exporter"].isna() | panel["importer"].isna()).to_numpy()
        swapped = sides[0] > sides[1]
        parts = [np.where(swapped, sides[1], sides[0]), np.where(swapped, sides[0], sides[1])]
        codes = [np.where(missing, -1, pd.factorize(part, sort=True)[0]) for part in parts]
    else:
        codes = [_levels(_column(panel, part)) for part in name.split("^")]
    joined = codes[0].astype(np.int64)
    for part in codes[1:]:
        levels = int(part.max(initial=0)) + 1
        joined = np.where((joined < 0) | (part < 0), -1, joined * levels + part)
    whole = joined >= 0
    joined[whole] = np.unique(joined[whole], return_inverse=True)[1]
    return joined


def _levels(column: pd.Series[Any]) -> _Codes:
    try:
        return pd.factorize(column, sort=True)[0]
    except TypeError:  # levels of kinds that have no order among them
        return pd.factorize(column)[0]


def _column(panel: pd.DataFrame, name: str) -> pd.Series[Any]:
    if name not in panel.columns:
        raise UnreadableTable(
            PANEL, f"there is no column {name}", remedy=f"Its columns are {', '.join(map(str, panel.columns))}."
        )
    column = panel[name]
    if isinstance(column, pd.DataFrame):
        raise UnreadableTable(PANEL, f"two columns are called {name}", remedy="Rename one of them.")
    return column


def _refuse(wrong: np.ndarray[Any, Any], panel: pd.DataFrame, name: str, why: str, values: _Floats) -> None:
    found = np.flatnonzero(wrong)
    if len(found):
        row = int(found[0])
        more = f" (the first of {len(found):,} such rows)" if len(found) > 1 else ""
        raise _cell(panel, name, row, f"{name} {why} {values[row]:g}{more}")


def _cell(panel: pd.DataFrame, name: str, row: int, why: str) -> UnreadableTable:
    column = int(np.flatnonzero(panel.columns == name)[0])
    return UnreadableTable(
        PANEL, why, row=row + 1, column=column + 1, remedy="Correct or leave out the row; nothing was estimated."
    )
