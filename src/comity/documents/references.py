"""Documents and what they cite, as CSL-JSON for reference managers and for pandoc."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from comity.documents.short_forms import identity
from comity.terms import Citation, Document


def bibliography(*documents: Document) -> list[dict[str, Any]]:
    """Return CSL-JSON items (citationstyles.org, CSL 1.0.2): the documents themselves first, then each work they cite, once.

    The ids are the documents' and the notes' own, with a number for a note's second work; an entry of a list of references
    has `DOCUMENT_ID#rN`. A note that cites nothing readable (prose, a remark) has no item, nor has a work that is one of
    the documents.
    """
    items: list[dict[str, Any]] = []
    seen: set[tuple[str, ...]] = set()
    for document in documents:
        items.append(_titled(document).to_csl(document.id))
        if document.bibliography.title:
            seen.add(identity(document.bibliography))
    for document in documents:
        for name, cited in _cited(document):
            key = identity(cited)
            if key not in seen:
                seen.add(key)
                items.append(cited.to_csl(name))
    return items


def _titled(document: Document) -> Citation:
    """Return what a document says of itself; one that names no title, as data files do, has its file's name."""
    said = document.bibliography
    return said if said.title or not document.name else replace(said, title=document.name)


def _cited(document: Document) -> Iterator[tuple[str, Citation]]:
    """Yield the works that a document cites, with their ids; what has neither title nor address is no item."""
    for note in document.notes:
        for number, cited in enumerate(note.citations, 1):
            if _is_item(cited):
                yield (note.id if number == 1 else f"{note.id}.{number}"), cited
    for number, cited in enumerate(document.references, 1):
        if _is_item(cited):
            yield f"{document.id}#r{number}", cited


def _is_item(cited: Citation) -> bool:
    return bool(cited.title or cited.url or cited.doi)
