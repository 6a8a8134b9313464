"""The steps in order: the only room that joins the others. Heavy rooms are imported when a step needs them."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.checks import RULES as RULES
    from comity.checks import report_json as report_json
    from comity.checks import report_sarif as report_sarif
    from comity.checks import report_text as report_text
    from comity.checks import rule as rule
    from comity.flow.adding import Added as Added
    from comity.flow.adding import add as add
    from comity.flow.briefing import material_of as material_of
    from comity.flow.briefing import write_brief as write_brief
    from comity.flow.building import BuildReport as BuildReport
    from comity.flow.building import build as build
    from comity.flow.checking import Checked as Checked
    from comity.flow.checking import check_file as check_file
    from comity.flow.checking import leaders_for as leaders_for
    from comity.flow.coding import CodedSource as CodedSource
    from comity.flow.coding import code_files as code_files
    from comity.flow.corpus import SHARD as SHARD
    from comity.flow.corpus import CorpusRun as CorpusRun
    from comity.flow.corpus import Summary as Summary
    from comity.flow.corpus import corpus_run as corpus_run
    from comity.flow.example import Example as Example
    from comity.flow.example import make_example as make_example
    from comity.flow.exporting import export as export
    from comity.flow.fetching import Fetched as Fetched
    from comity.flow.fetching import fetch as fetch
    from comity.flow.fetching import sources_to_fetch as sources_to_fetch
    from comity.flow.gravity_measure import GRAVITY as GRAVITY
    from comity.flow.gravity_measure import GRAVITY_SECONDS as GRAVITY_SECONDS
    from comity.flow.gravity_measure import GravityAnswer as GravityAnswer
    from comity.flow.gravity_measure import GravityAsked as GravityAsked
    from comity.flow.gravity_measure import measure_gravity as measure_gravity
    from comity.flow.inspection import Sign as Sign
    from comity.flow.inspection import examine as examine
    from comity.flow.measuring import chart_of as chart_of
    from comity.flow.measuring import measure as measure
    from comity.flow.measuring import measure_chart as measure_chart
    from comity.flow.measuring import measure_line as measure_line
    from comity.flow.measuring import measure_rows as measure_rows
    from comity.flow.panel_rows import PanelRows as PanelRows
    from comity.flow.panels import PanelReport as PanelReport
    from comity.flow.panels import find_beside as find_beside
    from comity.flow.panels import find_data_sets as find_data_sets
    from comity.flow.panels import make_panel as make_panel
    from comity.flow.panels import panel_offers as panel_offers
    from comity.flow.panels import panel_shelf as panel_shelf
    from comity.flow.panels import put_on_shelf as put_on_shelf
    from comity.flow.panels import read_pairs as read_pairs
    from comity.flow.panels import read_states as read_states
    from comity.flow.reading import Reading as Reading
    from comity.flow.reading import read_source as read_source
    from comity.flow.runner import Runner as Runner
    from comity.flow.runner import hold_to_one_thread as hold_to_one_thread
    from comity.flow.runner import runner_of as runner_of
    from comity.flow.shard_files import Receipt as Receipt
    from comity.flow.sources import files as files
    from comity.flow.standing import Standing as Standing
    from comity.flow.standing import status as status
    from comity.flow.views import open_view as open_view
    from comity.flow.wording import counted as counted
    from comity.flow.wording import left_out as left_out
    from comity.flow.workspace import Workspace as Workspace
    from comity.flow.workspace import dyad_of as dyad_of
    from comity.flow.workspace import state_name as state_name
    from comity.flow.writing import write_whole as write_whole
    from comity.measures import GravityProgress as GravityProgress

# Public name -> the module that defines it. `comity check` must not wait for the charts that `comity brief` draws.
_PLACES = {
    name: module
    for module, names in {
        "comity.checks": ("RULES", "report_json", "report_sarif", "report_text", "rule"),
        "comity.flow.adding": ("Added", "add"),
        "comity.flow.briefing": ("material_of", "write_brief"),
        "comity.flow.building": ("BuildReport", "build"),
        "comity.flow.checking": ("Checked", "check_file", "leaders_for"),
        "comity.flow.coding": ("CodedSource", "code_files"),
        "comity.flow.corpus": ("SHARD", "CorpusRun", "Summary", "corpus_run"),
        "comity.flow.example": ("Example", "make_example"),
        "comity.flow.exporting": ("export",),
        "comity.flow.fetching": ("Fetched", "fetch", "sources_to_fetch"),
        "comity.flow.gravity_measure": (
            "GRAVITY",
            "GRAVITY_SECONDS",
            "GravityAnswer",
            "GravityAsked",
            "measure_gravity",
        ),
        "comity.flow.inspection": ("Sign", "examine"),
        "comity.flow.measuring": ("chart_of", "measure", "measure_chart", "measure_line", "measure_rows"),
        "comity.flow.panel_rows": ("PanelRows",),
        "comity.flow.panels": (
            *(
                "PanelReport",
                "find_beside",
                "find_data_sets",
                "make_panel",
                "panel_offers",
                "panel_shelf",
                "put_on_shelf",
            ),
            *("read_pairs", "read_states"),
        ),
        "comity.flow.reading": ("Reading", "read_source"),
        "comity.flow.runner": ("Runner", "hold_to_one_thread", "runner_of"),
        "comity.flow.shard_files": ("Receipt",),
        "comity.flow.sources": ("files",),
        "comity.flow.standing": ("Standing", "status"),
        "comity.flow.views": ("open_view",),
        "comity.flow.wording": ("counted", "left_out"),
        "comity.flow.writing": ("write_whole",),
        "comity.measures": ("GravityProgress",),
        "comity.flow.workspace": ("Workspace", "dyad_of", "state_name"),
    }.items()
    for name in names
}

__all__ = sorted(_PLACES)


def __getattr__(name: str) -> Any:
    """Import a public name's module on first use."""
    if name not in _PLACES:
        raise AttributeError(f"module 'comity.flow' has no attribute {name!r}")
    value = getattr(importlib.import_module(_PLACES[name]), name)
    globals()[name] = value
    return value
