"""The ledger: appends, never overwrites; merges reports into events; gives read-only views.

The names below are the room's door. Those that open a record bring SQLAlchemy with them, which takes a fifth of a
second; they are loaded when they are first asked for, so that `event_line` and `merge` cost nothing of that.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from comity.record.lines import (
    decision_line,
    document_line,
    event_line,
    merged_event_line,
    observation_line,
    statement_line,
)
from comity.record.merging import merge

if TYPE_CHECKING:
    from comity.record.exports import (
        ExportFormat,
        export_documents,
        export_events,
        export_observations,
        export_statements,
    )
    from comity.record.judgements import (
        DecisionFile,
        Docket,
        Ruling,
        append_decision,
        read_decisions,
        sift_decisions,
        weigh,
    )
    from comity.record.ledger import Record
    from comity.record.lock import held
    from comity.record.schema import SCHEMA_VERSION
    from comity.record.search import Hit
    from comity.record.view import Build, Counts, SourceState, View
    from comity.record.writer import Writer

__all__ = [
    "SCHEMA_VERSION",
    "Build",
    "Counts",
    "DecisionFile",
    "Docket",
    "ExportFormat",
    "Hit",
    "Record",
    "Ruling",
    "SourceState",
    "View",
    "Writer",
    "append_decision",
    "decision_line",
    "document_line",
    "event_line",
    "export_documents",
    "export_events",
    "export_observations",
    "export_statements",
    "held",
    "merge",
    "merged_event_line",
    "observation_line",
    "read_decisions",
    "sift_decisions",
    "statement_line",
    "weigh",
]

_ROOMS = {
    "exports": ("ExportFormat", "export_documents", "export_events", "export_observations", "export_statements"),
    "judgements": ("DecisionFile", "Docket", "Ruling", "append_decision", "read_decisions", "sift_decisions", "weigh"),
    "ledger": ("Record",),
    "lock": ("held",),
    "schema": ("SCHEMA_VERSION",),
    "search": ("Hit",),
    "view": ("Build", "Counts", "SourceState", "View"),
    "writer": ("Writer",),
}
_MODULE_OF = {name: module for module, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value
