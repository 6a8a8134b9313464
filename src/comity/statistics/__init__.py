"""Tables and files become Series and Observations with provenance to the cell."""

from comity.statistics.catalogue import INDICATORS
from comity.statistics.frames import frame
from comity.statistics.mapping import Orientation, TableMapping, ValueMapping
from comity.statistics.problems import TableProblem, TableReading
from comity.statistics.reading import read_tables
from comity.statistics.services import Service, service, services
from comity.statistics.sourcing import parse_source

__all__ = [
    "INDICATORS",
    "Orientation",
    "Service",
    "TableMapping",
    "TableProblem",
    "TableReading",
    "ValueMapping",
    "frame",
    "parse_source",
    "read_tables",
    "service",
    "services",
]
