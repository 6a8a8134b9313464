"""What a line or paragraph of a document's front tells by its own words alone: a disclaimer, a contact, a dateline, a byline."""

from __future__ import annotations

import re

from comity.documents.names import is_person
from comity.documents.wording import (
    BODY_LABEL,
    BY,
    CITE,
    CONTACT,
    CONTACT_END,
    DATELINE,
    DISCLAIMER,
    EDITED,
    FIELD,
    KIND_LABEL,
)

_BLANK_PAGE = re.compile(
    r"\W*(?:this page (?:is |was |has been )?|page )?intentionally (?:left )?blank(?: page)?\W*", re.IGNORECASE
)


def is_of_blank_page(text: str) -> bool:
    """Whether a line says nothing but that its page has been left blank."""
    return _BLANK_PAGE.fullmatch(text) is not None


def is_front_paragraph(text: str) -> bool:
    """Whether a whole paragraph belongs to the front: a disclaimer, keywords, a field of a form."""
    return DISCLAIMER.match(text) is not None or FIELD.match(text) is not None or CONTACT.match(text) is not None


def is_form_field(text: str) -> bool:
    """Whether a line is a key, a colon and a value, as the head of a brief has them."""
    key, _, value = text.partition(":")
    labels = (FIELD, BODY_LABEL, KIND_LABEL, BY, EDITED)
    return bool(value.strip()) and len(key) <= 40 and any(label.match(text) for label in labels)


def is_disclaimer(text: str) -> bool:
    """Whether a paragraph only says whose views a document holds, or who may copy it."""
    return DISCLAIMER.match(text) is not None


def is_contact(text: str) -> bool:
    """Whether a few short lines say whom to call or write to."""
    return len(text) <= 160 and CONTACT_END.search(text) is not None


def is_cite_label(text: str) -> bool:
    """Whether a line announces how to cite the document."""
    return CITE.match(text) is not None


def dateline_of(text: str) -> re.Match[str] | None:
    """Return the dateline with which a report begins: a place and a day or an agency, then a dash."""
    match = DATELINE.match(text)
    if match is None or len(match.group()) > 90:
        return None
    return match if match["day"] or match["agency"] or match["wire"] or match["place"].isupper() else None


def is_byline(text: str) -> bool:
    """Whether "By ..." is followed by a person and at most an office."""
    match = BY.match(text)
    rest = text[match.end() :] if match else ""
    first = re.split(r"[,;]| and | & |\||\(| in ", rest)[0].strip(" *")
    return bool(first) and is_person(first) and not re.search(r"[.?!]$", text)
