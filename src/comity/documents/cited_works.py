"""The works that a document cites: short forms in notes led back to the work, entries of its list of references read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from comity.documents.citations import parse_citations, parse_each
from comity.documents.drafts import Draft, Reading
from comity.documents.short_forms import CitingNote, parts_of_mixed, resolve
from comity.terms import BlockKind, Citation

_MOST_LABELS = 10
# "———. 2014. Title": the author of the entry above again.
_SAME_AUTHOR = re.compile(r"\s*(?:[—–―]{2,}|_{3,}|-{3,})\s*[.,]?\s*")


def find_works(reading: Reading) -> None:
    """Read the list of references, lead the short forms of notes back to their works, and warn of those that could mean two."""
    # The front's "How to cite" is no entry of a list: it is the document itself, and has no `cited`.
    entries = [draft.cited for draft in reading.drafts if draft.kind is BlockKind.REFERENCE and draft.cited]
    notes = [draft for draft in reading.drafts if draft.kind is BlockKind.NOTE]
    texts = [draft.cited or draft.text.text for draft in notes]
    # All that cites is read at once, which takes a fraction of the time.
    whole = [text for text in entries if _SAME_AUTHOR.match(text) is None]
    known = _read([*whole, *(draft.cited for draft in notes), *parts_of_mixed(texts)])
    reading.references = _listed(entries, known)
    citing = [CitingNote(draft.label, text, known[draft.cited]) for draft, text in zip(notes, texts, strict=True)]
    resolved, unclear = resolve(citing, known, reading.references)
    for draft, works in zip(notes, resolved, strict=True):
        draft.citations = works
    if unclear:
        named = ", ".join(unclear[:_MOST_LABELS]) + (" and others" if len(unclear) > _MOST_LABELS else "")
        reading.warnings.append(
            f"Which work the short form in {'notes' if len(unclear) > 1 else 'note'} {named} means is not certain; "
            "nothing is cited there. Give the work in full, or its author with a short title."
        )


def cite(drafts: Iterable[Draft]) -> None:
    """Give each note among the drafts the works that it cites, short forms as they stand."""
    notes = [draft for draft in drafts if draft.kind is BlockKind.NOTE]
    known = _read([draft.cited for draft in notes])
    for draft in notes:
        draft.citations = known[draft.cited]


def _read(texts: Sequence[str]) -> dict[str, tuple[Citation, ...]]:
    return dict(zip(texts, parse_each(texts), strict=True))


def _listed(entries: Iterable[str], known: Mapping[str, tuple[Citation, ...]]) -> tuple[Citation, ...]:
    """Return the works of a list of references; dashes for a name stand for the author of the entry above."""
    found: list[Citation] = []
    for text in entries:
        again = _SAME_AUTHOR.match(text)
        if again is None:
            found += known[text][:1]
            continue
        if not found or not (found[-1].authors or found[-1].editors):
            continue
        above = found[-1]
        named = (above.authors or above.editors)[0]
        # A name in the place of the dashes: what follows is read as it is read behind a name.
        stand_in = named.literal or f"{named.family}, {named.given or 'A.'}"
        for work in parse_citations(f"{stand_in}{'' if stand_in.endswith('.') else '.'} {text[again.end() :]}")[:1]:
            found.append(
                replace(
                    work,
                    authors=above.authors,
                    editors=work.editors or (() if above.authors else above.editors),
                    text=text,
                )
            )
    return tuple(found)
