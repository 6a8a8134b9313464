"""Data sets of known sources: the catalogue, and the shelf on which their figures stand (docs/adr/0007-the-shelf.md)."""

from comity.statistics.datasets.problems import DataProblem
from comity.statistics.datasets.recognising import recognise
from comity.statistics.datasets.rollcalls import vote_view
from comity.statistics.datasets.shelving import Shelved, shelve, shelved
from comity.statistics.datasets.slices import figure_view, figures, of_indicator
from comity.statistics.datasets.sources import DataSource, Layout, source, sources

__all__ = [
    "DataProblem",
    "DataSource",
    "Layout",
    "Shelved",
    "figure_view",
    "figures",
    "of_indicator",
    "recognise",
    "shelve",
    "shelved",
    "source",
    "sources",
    "vote_view",
]
