"""Bibliographic data that reference managers leave in the fields of a note: CSL-JSON items (citationstyles.org, CSL 1.0.2).

Zotero and Mendeley write the items of a citation into the field that prints it. They are read where a note has one item.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from comity.documents.composition import merged
from comity.documents.drafts import Draft
from comity.terms import Citation, InvalidTerm, Name, Period

_FIELD = re.compile(r"\s*(?:ADDIN\s+)?(?:ZOTERO_ITEM\s+)?CSL_CITATION\s*(?=\{)")
_MENDELEY = "MENDELEY_CITATION_v3_"
_TAG = re.compile(r"<[^<>]{1,40}>")
_LONGEST = 200_000


def complete_notes(drafts: Iterable[Draft], fields: Mapping[str, Iterable[str]]) -> None:
    """Complete what notes cite by the data in their fields.

    Args:
        drafts: the blocks of a document, its notes among them.
        fields: by the key of a note, the instructions of the fields in it.
    """
    for draft in drafts:
        known = _cited(fields.get(draft.key, ())) if draft.key else None
        if known is None:
            continue
        printed = draft.citations or (Citation(),)
        titles = [known.title.lower() in one.text.lower() for one in printed]
        at = titles.index(True) if any(titles) else 0
        if len(printed) == 1 or any(titles):
            draft.citations = (*printed[:at], _completed(known, printed[at]), *printed[at + 1 :])


def _cited(fields: Iterable[str]) -> Citation | None:
    """Return what the fields of one note cite; None where they hold no item, or more than one."""
    items = [item for field in fields for item in _items(field)]
    if len(items) != 1:
        return None
    data = items[0].get("itemData")
    return _citation(data, items[0]) if isinstance(data, dict) else None


def _completed(known: Citation, printed: Citation) -> Citation:
    """Return the data of a field, completed by what the note prints; where the note prints another date, that one stays.

    Args:
        known: what the field says.
        printed: what is told from the words of the note.
    """
    whole = merged(known, printed)
    if printed.issued is None or printed.issued.start is None or known.issued is None or known.issued.start is None:
        return replace(whole, text=printed.text)
    same = str(known.issued.start.year) in printed.text
    return replace(whole, text=printed.text, issued=known.issued if same else printed.issued)


def _items(field: str) -> list[Mapping[str, Any]]:
    if len(field) > _LONGEST:
        return []
    if field.startswith(_MENDELEY):
        try:
            text = base64.b64decode(field[len(_MENDELEY) :], validate=True).decode("utf-8")
        except (binascii.Error, ValueError):
            return []
    else:
        match = _FIELD.match(field)
        if match is None:
            return []
        text = field[match.end() :]
    try:
        data, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return []
    items = data.get("citationItems") if isinstance(data, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _citation(data: Mapping[str, Any], item: Mapping[str, Any]) -> Citation:
    def said(key: str) -> str:
        value = data.get(key)
        return " ".join(_TAG.sub("", str(value)).split()) if isinstance(value, (str, int)) else ""

    locator = item.get("locator")
    paged = isinstance(locator, (str, int)) and item.get("label") in (None, "", "page")
    issued = data.get("issued")
    return Citation(
        type=said("type") or "document",
        title=said("title"),
        authors=_names(data.get("author")),
        editors=_names(data.get("editor")),
        container_title=said("container-title"),
        publisher=said("publisher"),
        publisher_place=said("publisher-place"),
        issued=_period(issued) if isinstance(issued, dict) else None,
        volume=said("volume"),
        issue=said("issue"),
        page=str(locator).strip() if paged and str(locator).strip() else said("page"),
        url=said("URL"),
        doi=said("DOI"),
        genre=said("genre"),
    )


def _names(value: Any) -> tuple[Name, ...]:
    names = []
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            told = {key: " ".join(str(part).split()) for key, part in one.items() if isinstance(part, str)}
            family = " ".join(filter(None, (told.get("non-dropping-particle"), told.get("family"))))
            given = " ".join(filter(None, (told.get("given"), told.get("dropping-particle"))))
            names.append(Name(family, given, literal="" if family else told.get("literal", "")))
    return tuple(name for name in names if name.full)


def _period(issued: Mapping[str, Any]) -> Period | None:
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list) or len(parts or ()) != 1:
        return None
    try:
        numbers = [int(part) for part in first[:3]]
        if len(numbers) == 1:
            return Period.of_year(*numbers)
        return Period.of_month(*numbers) if len(numbers) == 2 else Period.of_day(*numbers)
    except (InvalidTerm, TypeError, ValueError):
        return None
