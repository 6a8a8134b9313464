"""Tables and files become Series and Observations with provenance to the cell."""

from comity.statistics.catalogue import INDICATORS, entry
from comity.statistics.datasets import (
    DataProblem,
    DataSource,
    Layout,
    Shelved,
    agreements,
    counted_rows,
    data_source,
    data_sources,
    dyad_figures,
    extract,
    figure_file,
    figure_view,
    is_current,
    of_indicator,
    recognise,
    shelf_cursor,
    shelve,
    shelved,
    stoppable,
    vote_view,
)
from comity.statistics.frames import frame
from comity.statistics.mapping import Orientation, TableMapping, ValueMapping
from comity.statistics.problems import TableProblem, TableReading
from comity.statistics.reading import read_tables
from comity.statistics.services import Service, service, services
from comity.statistics.source_names import named_by, side_key, source_key
from comity.statistics.sourcing import parse_source

__all__ = [
    "INDICATORS",
    "DataProblem",
    "DataSource",
    "Layout",
    "Orientation",
    "Service",
    "Shelved",
    "TableMapping",
    "TableProblem",
    "TableReading",
    "ValueMapping",
    "agreements",
    "counted_rows",
    "data_source",
    "data_sources",
    "dyad_figures",
    "entry",
    "extract",
    "figure_file",
    "figure_view",
    "frame",
    "is_current",
    "named_by",
    "of_indicator",
    "parse_source",
    "read_tables",
    "recognise",
    "service",
    "services",
    "shelf_cursor",
    "shelve",
    "shelved",
    "side_key",
    "source_key",
    "stoppable",
    "vote_view",
]
