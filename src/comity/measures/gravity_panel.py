"""The panel of trade that a dyad's expectation rests on, and the specifications that it is asked under."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from comity.measures.samples import PANEL, sample_of
from comity.measures.specifications import Estimator, GravitySpecification
from comity.terms import InvalidTerm, UnreadableTable

_KEYS = ("exporter", "importer", "year")


@dataclass(frozen=True, slots=True, eq=False)
class GravityPanel:
    """Trade of all dyads with what explains it, its unit and its sources.

    Attributes:
        frame: one row a flow and year: `exporter`, `importer` (codes of states/), `year`, `trade` (a missing figure
            stays missing, 0 is no trade) and the covariates.
        covariates: of a pair and year: columns, or "log(column)"; "log(dist)", "contiguity".
        unit: of trade, as `Series.unit`: "USD".
        scale: what one figure of trade stands for: 1,000,000 where the column is in millions.
        inputs: ids of the data sets and observations that the frame was made of.
        sizes: the columns with the exporter's and the importer's product, as they stand (their logarithm is taken);
            None where there are none.
        notes: sentences on how the panel was made, which its measure's caveats begin with.

    Raises:
        UnreadableTable: a column is missing, a key is empty, a year is no whole number, or a flow stands twice in a year.
        InvalidTerm: no unit, no input or no covariate.
    """

    frame: pd.DataFrame
    covariates: tuple[str, ...]
    unit: str
    inputs: tuple[str, ...]
    scale: int = 1
    sizes: tuple[str, str] | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.unit:
            raise InvalidTerm("the panel of trade has no unit; no figure enters without one")
        if not self.inputs:
            raise InvalidTerm("the panel of trade names no input; give the ids of the data sets that it was made of")
        if not self.covariates:
            raise InvalidTerm("the panel of trade names no covariate; gravity needs one at least, the distance")
        for name in (*_KEYS, "trade"):
            if name not in self.frame.columns:
                raise UnreadableTable(
                    PANEL,
                    f"there is no column {name}",
                    remedy=f"Its columns are {', '.join(map(str, self.frame.columns))}.",
                )
        self._see_keys()

    def _see_keys(self) -> None:
        for number, name in enumerate(self.frame.columns, 1):
            empty = np.flatnonzero(self.frame[name].isna())
            if name in _KEYS and len(empty):
                raise UnreadableTable(PANEL, f"{name} is empty", row=int(empty[0]) + 1, column=number)
        years = self.frame["year"]
        if not pd.api.types.is_numeric_dtype(years) or (years != np.floor(years)).any():
            raise UnreadableTable(PANEL, "the column year holds what is no whole number", remedy="Give years as 2006.")
        twice = np.flatnonzero(self.frame.duplicated(list(_KEYS)))
        if len(twice):
            flow = " ".join(str(self.frame[name].iloc[twice[0]]) for name in _KEYS)
            raise UnreadableTable(
                PANEL,
                f"the flow {flow} stands twice ({len(twice):,} such rows)",
                row=int(twice[0]) + 1,
                remedy="Decide which figure holds; nothing is added up or averaged.",
            )

    @property
    def last_year(self) -> int | None:
        """The last year with a figure of trade."""
        years = self.frame.loc[self.frame["trade"].notna(), "year"]
        return int(years.max()) if len(years) else None

    def between_states(self) -> pd.DataFrame:
        """Return the rows without those of a state's trade with itself; the index gives their positions in the frame."""
        return self.frame.reset_index(drop=True)[(self.frame["exporter"] != self.frame["importer"]).to_numpy()]

    def see(self, specification: GravitySpecification) -> None:
        """Check the cells that a specification uses.

        Raises:
            UnreadableTable: one of them is not what its column asks for; its row is that of `frame`.
        """
        frame = self.between_states()
        try:
            sample_of(frame, specification)
        except UnreadableTable as error:
            row = None if error.row is None else int(frame.index[error.row - 1]) + 1
            raise UnreadableTable(
                error.table, error.reason, row=row, column=error.column, remedy=error.remedy
            ) from None


def gravity_specifications(panel: GravityPanel, year: int) -> tuple[GravitySpecification, ...]:
    """Return the specifications that a dyad is held against in a year.

    They vary what analysts disagree on: the estimator, rows without trade, the years, and whether effects or products
    stand for the sides' sizes.
    """
    of_year = (year, year)
    sides = ("exporter", "importer")
    sides_and_years = ("exporter^year", "importer^year")
    found = [
        GravitySpecification(f"PPML, effects, {year}", Estimator.PPML, panel.covariates, sides, years=of_year),
        GravitySpecification(
            f"OLS of logarithms, effects, {year}", Estimator.OLS, panel.covariates, sides, years=of_year
        ),
    ]
    if ((panel.frame["year"] == year) & (panel.frame["trade"] == 0)).any():
        # Where no flow is zero this would be the first one over again.
        name = f"PPML, effects, trade above zero, {year}"
        found.insert(1, GravitySpecification(name, Estimator.PPML, panel.covariates, sides, zeros=False, years=of_year))
    several = panel.frame["year"].nunique() > 1
    if several:
        found += [
            GravitySpecification("PPML, effects, all years", Estimator.PPML, panel.covariates, sides_and_years),
            GravitySpecification(
                "OLS of logarithms, effects, all years", Estimator.OLS, panel.covariates, sides_and_years
            ),
        ]
    if panel.sizes is not None:
        regressors = (*panel.covariates, *(f"log({name})" for name in panel.sizes))
        effects = ("year",) if several else ()
        years = "all years" if several else str(year)
        found += [
            GravitySpecification(f"PPML, products, {years}", Estimator.PPML, regressors, effects),
            GravitySpecification(f"OLS of logarithms, products, {years}", Estimator.OLS, regressors, effects),
        ]
    return tuple(found)
