"""The record as files: sorted, without times of day or build numbers, so that the same sources give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable

from comity import documents, record
from comity.flow.views import open_view
from comity.flow.workspace import Workspace
from comity.record import View
from comity.terms import UnknownCode

_WRITERS: dict[str, Callable[[View, str], bytes]] = {
    "events": record.export_events,
    "statements": record.export_statements,
    "observations": record.export_observations,
    "documents": record.export_documents,
}
_BIBLIOGRAPHIES = ("csl", "bibtex", "ris")


def export(workspace: Workspace, what: str, form: str | None = None) -> bytes:
    """Return the record's events, statements, observations, documents or bibliography as the bytes of a file.

    `form` is jsonl (the default), csv or parquet; for the bibliography csl (the default), bibtex or ris.
    """
    with open_view(workspace) as view:
        if what == "bibliography":
            if form not in (None, *_BIBLIOGRAPHIES):
                raise UnknownCode(
                    f"the bibliography is not written as {form}.", remedy="Use --format csl, bibtex or ris."
                )
            items = documents.bibliography(*view.documents())
            if form == "bibtex":
                return documents.to_bibtex(items).encode()
            if form == "ris":
                return documents.to_ris(items).encode()
            return (json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode()
        if form in _BIBLIOGRAPHIES:
            raise UnknownCode(f"{what} are not written as {form}.", remedy="Use --format jsonl, csv or parquet.")
        return _WRITERS[what](view, form or "jsonl")
