"""Observations as a pandas DataFrame, which is what analysts' own tools take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from comity.terms import Observation

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "observation",
    "series",
    "reporter",
    "partner",
    "indicator",
    "flow",
    "product",
    "period",
    "start",
    "end",
    "precision",
    "number",
    "scale",
    "unit",
    "value",
    "low",
    "high",
    "valuation",
    "base_year",
    "status",
    "remark",
    "producer",
    "title",
    "vintage",
    "licence",
    "citation",
    "digest",
    "document",
    "table",
    "row",
    "column",
)


def frame(observations: Iterable[Observation]) -> pd.DataFrame:
    """Return one row an observation, columns as in `COLUMNS`.

    `number` is as printed, `value` in whole units, `low` and `high` what the printed digits allow; `start` and `end`
    are dates; `row` and `column` are the table's cell from 0.
    """
    import pandas as pd

    return pd.DataFrame([_row(observation) for observation in observations], columns=list(COLUMNS))


def _row(observation: Observation) -> tuple[object, ...]:
    series, quantity, place = observation.series, observation.quantity, observation.provenance
    period, source = observation.period, series.source
    return (
        observation.id, series.id, series.reporter, series.partner, series.indicator, series.flow, series.product, period.label, period.start,
        period.end, period.precision.value, float(quantity.number), float(quantity.scale), quantity.unit,
        float(quantity.value), float(quantity.low), float(quantity.high), series.valuation.value, series.base_year,
        observation.status.value, observation.remark, source.producer, source.title, source.vintage, source.licence,
        source.citation, place.digest, place.document_id, place.table_id, place.row, place.column,
    )  # fmt: skip
