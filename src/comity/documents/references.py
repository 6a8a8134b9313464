"""A document and what its notes cite, as CSL-JSON for reference managers and for pandoc."""

from __future__ import annotations

from typing import Any

from comity.terms import Document


def bibliography(document: Document) -> list[dict[str, Any]]:
    """Return CSL-JSON items (citationstyles.org, CSL 1.0.2): the document itself first, then each work a note cites.

    The ids are the document's and the notes' own. A note that cites nothing readable (prose, a remark) has no item.
    """
    items = [document.bibliography.to_csl(document.id)]
    for note in document.notes:
        cited = note.citation
        if cited is not None and (cited.title or cited.url or cited.doi):
            items.append(cited.to_csl(note.id))
    return items
