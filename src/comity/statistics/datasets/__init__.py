"""Data sets of known sources: the catalogue, and the shelf on which their figures stand (docs/adr/0007-the-shelf.md)."""

from comity.statistics.datasets.agreements import agreements
from comity.statistics.datasets.extracts import extract
from comity.statistics.datasets.problems import DataProblem
from comity.statistics.datasets.recognising import recognise
from comity.statistics.datasets.rollcalls import vote_view
from comity.statistics.datasets.shelving import Shelved, is_current, shelve, shelved
from comity.statistics.datasets.slices import (
    counted_rows,
    dyad_figures,
    figure_file,
    figure_view,
    of_indicator,
    shelf_cursor,
)
from comity.statistics.datasets.sources import DataSource, Layout, data_source, data_sources
from comity.statistics.datasets.table import stoppable

__all__ = [
    "DataProblem",
    "DataSource",
    "Layout",
    "Shelved",
    "agreements",
    "counted_rows",
    "data_source",
    "data_sources",
    "dyad_figures",
    "extract",
    "figure_file",
    "figure_view",
    "is_current",
    "of_indicator",
    "recognise",
    "shelf_cursor",
    "shelve",
    "shelved",
    "stoppable",
    "vote_view",
]
