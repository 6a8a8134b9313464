"""Findings, measures, timelines, charts and notes laid out as one document."""

from comity.brief.charts import NARROW, WIDE, drawing, specification
from comity.brief.compose import compose, pieces, stylesheet
from comity.brief.figures import Line, Panel, panels
from comity.brief.material import Material, Unread
from comity.brief.measure_charts import drawn, measure_specification, sources_of
from comity.brief.unmeasured import Unmeasured, unmeasured
from comity.brief.wording import (
    counted,
    event_title,
    in_text,
    number_text,
    opening,
    people_text,
    period_text,
    place_text,
    proposal_text,
    stance_text,
    state_name,
    unit_text,
)

__all__ = [
    "NARROW",
    "WIDE",
    "Line",
    "Material",
    "Panel",
    "Unmeasured",
    "Unread",
    "compose",
    "counted",
    "drawing",
    "drawn",
    "event_title",
    "in_text",
    "measure_specification",
    "number_text",
    "opening",
    "panels",
    "people_text",
    "period_text",
    "pieces",
    "place_text",
    "proposal_text",
    "sources_of",
    "specification",
    "stance_text",
    "state_name",
    "stylesheet",
    "unit_text",
    "unmeasured",
]
