"""From items to blocks: front, headings, references, notes, tables, and what is left, which is prose."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, replace

from comity.documents.cited_works import cite, find_works
from comity.documents.clauses import ends_as_sentence, has_finite_verb, is_sentence, is_shortened
from comity.documents.drafts import Draft, Reading
from comity.documents.footnotes import NOTES_HEADING, REFERENCES_HEADING
from comity.documents.front import Front, FrontLine, Role, block_kind, is_front_line, read_front
from comity.documents.front_citations import front_citation
from comity.documents.front_words import (
    dateline_of,
    is_byline,
    is_cite_label,
    is_contact,
    is_disclaimer,
    is_form_field,
    is_front_paragraph,
    is_of_blank_page,
)
from comity.documents.furniture import set_apart
from comity.documents.grids import unread_rows
from comity.documents.headings import BOLD_LINE, FULL_STOP, NUMBERED_HEADING, PAUSE, STOP, ends, is_titled
from comity.documents.imprint import imprint_dates
from comity.documents.inline import named_markers, tidy
from comity.documents.items import Item, closed, split
from comity.documents.surroundings import part_sources, table_draft
from comity.documents.trace import Traced
from comity.documents.typed_labels import typed_leads
from comity.documents.units import is_numbered_caption, unit_at_end, unit_in, unit_of_caption
from comity.terms import BlockKind, Citation

_LONGEST_FRONT = 60
_MOST_FRONT_LINES = 200
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_GOES_ON = re.compile(r"\([a-z]{1,4}\)\s|[a-z]")
_COUNTED = re.compile(r"\(?\d")
_GREETING = re.compile(
    r"(?:dear|sirs?|madam|your excellenc\w+|excellenc\w+|colleagues|ladies|mr\.? (?:president|chair\w*|speaker|secretary)|distinguished)\b.*,$",
    re.IGNORECASE,
)


def compose(
    items: Sequence[Item],
    labels: Collection[str] = (),
    acronyms: Collection[str] = (),
    *,
    known: Citation | None = None,
    guess: bool = True,
) -> Reading:
    """Tell front from body, and lay both out as blocks.

    Args:
        items: what the file holds, in reading order.
        labels: the notes that its text calls.
        acronyms: words that stay in capitals.
        known: bibliographic data from the file's own fields; it goes before what the front says.
        guess: whether paragraphs may be headings by their look; not where the file marks its headings.
    """
    items = [item for item in items if (item.text and not is_of_blank_page(item.text)) or item.cells]
    part_sources(items)
    begin = _body_start(items)
    front = read_front(list(_front_lines(items[:begin], labels)), acronyms)
    if guess and _ends_with_heading(front, items[:begin]) and _is_heading(items, begin - 1):
        front.lines.pop()
        begin -= 1
    bibliography = _dateline(front_citation(front, acronyms), items[begin:])
    if known is not None:
        bibliography = merged(known, bibliography)
    reading = Reading("text/plain", [*_front_drafts(front)], bibliography)
    reading.drafts += _notes(items[:begin])
    reading.drafts += _body(set_apart(items, begin), reading.warnings, guess)
    find_works(reading)
    _warn_of_markers(reading, items)
    return reading


def merged(first: Citation, second: Citation) -> Citation:
    """Return the first citation, what it leaves empty taken from the second."""
    names = [one.name for one in fields(Citation) if one.name != "type"]
    changes = {name: getattr(second, name) for name in names if not getattr(first, name)}
    kind = second.type if first.type == "document" else first.type
    return replace(first, type=kind, **changes)


def _body_start(items: list[Item]) -> int:
    """Return the index of the first item of the body; a chunk that holds the front's end and the body is split."""
    titled = False
    cite = False
    years = sum(item.kind is None and _YEAR.fullmatch(item.text) is not None for item in items)
    at = 0
    while at < len(items):
        item = items[at]
        if at > _LONGEST_FRONT:
            return 1  # no front is that long: what looks like one is a list of short lines
        caption = _caption_start(items, at)
        if caption is not None:
            return caption
        if item.kind is BlockKind.HEADING:
            if titled or NOTES_HEADING.fullmatch(item.text) or (at and _is_section(item.text)):
                return at
            titled = titled or item.level == 1 or not item.level
            if not titled:
                return at if any(i.kind is None for i in items[:at]) else at + 1
        elif item.kind is None:
            if cite or is_cite_label(item.parts[0].text.strip()):
                cite = is_cite_label(item.parts[0].text.strip()) and len(item.parts) == 1
                _split_at_prose(items, at, min(2, len(item.parts)))
            elif at and item.text.endswith(":") and _announces(item.text, items[at + 1 : at + 2]):
                return at
            elif not (is_front_paragraph(item.text) or _enclosed(item.text)):
                first = None if not titled and _may_be_title(items, at) else _prose_from(item)
                if first == 0:
                    return at
                if first is not None:
                    split(items, at, first)
                    return at + 1
                if len(item.parts) > _MOST_FRONT_LINES:
                    return at
                if at and years > 1 and _YEAR.fullmatch(item.text):
                    return at  # a chronology's first year
                if (
                    at
                    and len(item.parts) == 1
                    and (_is_section(item.text) or NUMBERED_HEADING.match(item.text))
                    and not is_front_line(item.text)
                ):
                    return at
        elif item.kind is not BlockKind.NOTE and not (titled and _is_listed_field(item)):
            return at
        at += 1
    return _lone_sentence(items)


def _announces(text: str, below: Sequence[Item]) -> bool:
    """Whether a line that ends with a colon is a sentence that the entries of a list below it go on with."""
    listed = bool(below) and below[0].kind is BlockKind.LIST_ITEM and not _is_listed_field(below[0])
    return listed and not is_front_line(text) and has_finite_verb(text)


def _ends_with_heading(front: Front, items: Sequence[Item]) -> bool:
    """Whether the last line, below title and author or date, is of neither: it heads the body that follows."""
    if len(front.lines) < 3 or items[-1].kind is not None or len(items[-1].parts) != 1:
        return False
    *above, last = front.lines
    known = [line.role for line in above]
    told = known[known.index(Role.TITLE) + 1 :] if Role.TITLE in known else []
    return last.role is Role.OPEN and last.group != above[-1].group and bool({Role.AUTHOR, Role.DATE} & set(told))


def _is_listed_field(item: Item) -> bool:
    """Whether an entry of a list is a field of the front: "- **Author:** Jane Roe"."""
    return item.kind is BlockKind.LIST_ITEM and len(item.parts) == 1 and is_form_field(item.text)


def _may_be_title(items: list[Item], at: int) -> bool:
    """Whether a line that reads as prose may yet be the title: a question, an abbreviation at its end, an author below it."""
    item = items[at]
    if len(item.parts) > 1 or len(item.text.split()) > 20 or at + 1 == len(items):
        return False
    if any(earlier.kind is None and not is_front_line(earlier.text) for earlier in items[:at]):
        return False  # an earlier line is the title
    if is_byline(items[at + 1].parts[0].text.strip()) if items[at + 1].parts else False:
        return True
    return item.text.endswith("?") or (is_shortened(item.text) and not is_sentence(item.text))


def _lone_sentence(items: list[Item]) -> int:
    """Return where the body begins in a text of front lines only: at its last line, where that ends as a sentence."""
    last = len(items) - 1
    if last < 0 or items[last].kind is not None or len(items[last].parts) != 1:
        return len(items)
    text = items[last].text
    told = ends_as_sentence(text) and not is_front_line(text) and not is_front_paragraph(text) and not is_byline(text)
    return last if told and not _enclosed(text) else len(items)


def _caption_start(items: list[Item], at: int) -> int | None:
    """Return the index of a table's caption that stands at `at`; an item that ends with a caption is split before it."""
    item = items[at]
    below = [later for later in items[at + 1 : at + 4] if later.kind is not BlockKind.NOTE][:2]
    if item.kind is not None or not below:
        return None
    if not (below[0].cells or (len(below) > 1 and below[1].cells and unit_in(below[0].text))):
        return None
    if is_numbered_caption(item.text):
        return at
    for line in range(1, len(item.parts)):
        if is_numbered_caption(item.parts[line].text.strip()):
            split(items, at, line)
            return at + 1
    named = unit_in(item.text) or unit_at_end(item.text)[0] or unit_of_caption(item.text)
    return at if at and named and len(item.parts) == 1 else None


def _is_section(text: str) -> bool:
    return (
        re.fullmatch(
            r"(?:\d{1,2}\.?\s+)?(?:abstract|summary|executive summary|introduction|background|key (?:points|findings|messages)|overview)\W*",
            text,
            re.IGNORECASE,
        )
        is not None
    )


def _enclosed(text: str) -> bool:
    return text[:1] in "([" and text[-1:] in ")]" and len(text) < 600


def _prose_from(item: Item) -> int | None:
    """Return the index of the line from which an item is running prose: 0 for the whole; None where it is none."""
    texts = [part.text.strip() for part in item.parts]
    for start in range(min(len(texts), _LONGEST_FRONT)):
        rest = texts[start:]
        if is_front_line(texts[start]) or is_byline(texts[start]):
            continue
        if len(rest) > 1 and is_titled(rest[0]) and rest[1][:1].isupper() and is_sentence(" ".join(rest[1:])):
            continue  # a headline right above its report
        widest = max(len(text) for text in rest)
        wrapped = all(len(text) >= 0.6 * widest for text in rest[:-1])
        if wrapped and _is_prose(" ".join(rest) if start else item.text):
            return start
    return None


def _is_prose(text: str) -> bool:
    words = text.split()
    if (dateline_of(text) is not None and len(words) > 8) or is_sentence(text):
        return True
    stop = FULL_STOP.search(text) is not None
    if len(words) < 4 or (not stop and (len(words) < 25 or text[-1:] in ",")):
        return _GREETING.match(text) is not None
    low = sum(word[0].islower() for word in words)
    return 2 * low >= len(words) or len(words) >= 12


def _split_at_prose(items: list[Item], at: int, start: int) -> None:
    """Part the citation below "How to cite" from prose that follows in the same chunk."""
    item = items[at]
    for line in range(start, len(item.parts)):
        rest = " ".join(part.text.strip() for part in item.parts[line:])
        if len(item.parts[line - 1].text) > 60 and len(rest.split()) > 30 and not imprint_dates(rest[:80]):
            split(items, at, line)
            return


def _front_lines(items: Sequence[Item], labels: Collection[str]) -> Iterator[FrontLine]:
    for item in items:
        if item.kind is BlockKind.LIST_ITEM:
            yield FrontLine(item.clean, item.group, markers=item.markers)
        elif item.kind is BlockKind.HEADING:
            yield FrontLine(item.clean, item.group, item.level or 1, markers=item.markers)
        elif item.kind is None:
            whole = len(item.parts) > 1 and (is_disclaimer(item.text) or _enclosed(item.text))
            if whole or len(item.parts) == 1:
                yield FrontLine(item.clean, item.group, 0, whole or len(item.text) > 200, markers=item.markers)
                continue
            for part in item.parts:
                found = tidy(part.strip(), labels, unnoted=item.unnoted)
                yield FrontLine(found.text, item.group, markers=found.markers)


def _front_drafts(front: Front) -> Iterator[Draft]:
    """Yield the lines of the front as blocks; lines that make one title together are one block."""
    titles = [line for line in front.lines if line.role is Role.TITLE]
    for line in front.lines:
        kind = block_kind(line.role)
        if line.role is not Role.TITLE:
            yield Draft(kind, line.text, markers=line.markers)
        elif line is titles[0]:
            markers: list[tuple[int, str]] = []
            shift = 0
            for part in titles:
                markers += [(offset + shift, key) for offset, key in part.markers]
                shift += len(part.text.text) + 1
            yield Draft(kind, Traced.join([part.text for part in titles], " "), level=1, markers=markers)


def _dateline(bibliography: Citation, items: Sequence[Item]) -> Citation:
    """Complete the bibliography from a news report's dateline: "ISLAMABAD, Jan 4, 2018 (Reuters) - ..."."""
    first = next((item for item in items if item.kind is None), None)
    match = dateline_of(first.text) if first is not None else None
    if match is None:
        return bibliography
    agency = match["agency"] or match["wire"] or ""
    dates = imprint_dates(match["day"] or "")
    kind = bibliography.type if bibliography.type != "document" or bibliography.genre else "article-newspaper"
    return replace(
        bibliography,
        type=kind,
        container_title=bibliography.container_title or agency,
        issued=bibliography.issued or (dates[0].period if dates else None),
    )


def _notes(items: Sequence[Item]) -> list[Draft]:
    return [_note(item) for item in items if item.kind is BlockKind.NOTE]


def _note(item: Item) -> Draft:
    return Draft(BlockKind.NOTE, item.clean, key=item.key, label=item.label, cited=_marked(item.raw))


def _marked(raw: Traced) -> str:
    """Return a text as it is read for what it cites: with its marks of emphasis."""
    return tidy(raw, emphasis=True, addresses=True).text.text


def _body(items: list[Item], warnings: list[str], guess: bool) -> Iterator[Draft]:
    """Yield the body's blocks: headings and captions told from paragraphs, tables with what stands around them."""
    drafts: dict[int, Draft] = {}
    done: set[int] = set()
    for index, item in enumerate(items):
        if item.cells:
            drafts[index] = table_draft(items, index, drafts, done, warnings)
    references = False
    tables = 0
    leads = typed_leads(items)
    for index, item in enumerate(items):
        if index in drafts:
            tables += bool(item.cells)
            yield drafts[index]
        elif item.kind is BlockKind.NOTE:
            yield _note(item)
        elif item.kind is BlockKind.HEADING or (guess and item.kind is None and _is_heading(items, index)):
            references = REFERENCES_HEADING.fullmatch(item.text) is not None
            yield Draft(BlockKind.HEADING, item.clean, _level(item), markers=item.markers)
        elif references and item.kind in (None, BlockKind.LIST_ITEM):
            yield from _references(item)
        elif item.kind is None and is_contact(item.text) and len(item.parts) <= 4:
            yield Draft(BlockKind.FRONT, item.clean, markers=item.markers)
        else:
            _warn_of_rows(item, warnings)
            kind = item.kind or (
                BlockKind.CAPTION
                if is_numbered_caption(item.text) and len(item.parts) == 1 and not STOP.search(item.text)
                else BlockKind.PARAGRAPH
            )
            lead = leads.get(index, item.lead) if kind is not BlockKind.CAPTION else 0
            yield Draft(kind, item.clean, markers=item.markers, lead=min(lead, len(item.text)))


def _references(item: Item) -> Iterator[Draft]:
    """Yield the entries of a bibliography; a line that begins an entry begins a block."""
    entries: list[list[Traced]] = []
    margin = _indent(item.parts[0].text) if item.parts else 0
    for part in item.parts:
        text = part.text.strip()
        if not entries or text.startswith("[") or (_indent(part.text) == margin and ends(entries[-1][-1].text)):
            entries.append([part.strip()])
        else:
            entries[-1].append(part.strip())
    if len(entries) <= 1:
        yield Draft(BlockKind.REFERENCE, item.clean, markers=item.markers, cited=_marked(item.raw))
        return
    for entry in entries:
        raw = closed(entry)
        clean = tidy(raw, unnoted=item.unnoted, addresses=True).text
        yield Draft(BlockKind.REFERENCE, clean, cited=_marked(raw))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _is_heading(items: Sequence[Item], index: int) -> bool:
    """Whether a paragraph standing alone is a heading: short, no stop at its end, set as a title, prose or a table below."""
    item = items[index]
    text = item.text
    if len(item.parts) > 2 or not 1 < len(text) <= 120 or not item.starts_chunk:
        return False
    if index + 1 == len(items) or PAUSE.search(text):
        return False
    if BOLD_LINE.fullmatch(item.raw.text):
        return True
    below = next((n for n in range(index + 1, len(items)) if items[n].kind is not BlockKind.NOTE), -1)
    following = items[below] if below >= 0 else None
    if NOTES_HEADING.fullmatch(text) or REFERENCES_HEADING.fullmatch(text):
        return True
    if following is None:
        return STOP.search(text) is None
    if len(text.split()) > 14 or (text[-1] in ":" and len(text.split()) > 6):
        return False
    if NUMBERED_HEADING.match(text) and _GOES_ON.match(following.text) and (text[-1] == ":" or has_finite_verb(text)):
        return False  # "5. They instructed the armed forces" above "(a) to repeat the exercise"
    if is_titled(text) or (_YEAR.fullmatch(text) and following.kind is None):
        return True
    # "The road ahead": in sentence case a heading is told by its shortness and by the paragraph that follows. Below a line that
    # does not end as a sentence either it is the last of a list.
    above = next((items[n] for n in range(index - 1, -1, -1) if items[n].kind is not BlockKind.NOTE), None)
    listed = above is not None and above.kind in (None, BlockKind.LIST_ITEM) and not STOP.search(above.text)
    sentence_case = text[0].isupper() and text[-1].isalnum() and len(text.split()) <= 8
    if (
        sentence_case
        and following.cells
        and any(item.raw.text.startswith(": ") for item in items[below + 1 : below + 2])
    ):
        return True  # the table's caption stands below it
    counted = following.kind is BlockKind.LIST_ITEM and _COUNTED.match(following.text) is not None
    numbered = counted and ":" not in text and not has_finite_verb(text)
    return (
        sentence_case
        and not (listed and index > 1)
        and (following.kind is None or numbered)
        and len(following.text) > 2 * len(text)
        and following.text[following.lead :][:1].isupper()
        and (STOP.search(following.text) is not None or (numbered and has_finite_verb(following.text)))
    )


def _level(item: Item) -> int:
    if item.level:
        return item.level
    number = NUMBERED_HEADING.match(item.text)
    if number and number["number"]:
        return number["number"].count(".") + 1
    return 1


def _warn_of_rows(item: Item, warnings: list[str]) -> None:
    count = unread_rows([part.text for part in item.parts]) if len(item.parts) > 1 else 0
    if count > 1:
        place = item.parts[0].places[0].line if item.parts[0].places else None
        where = f"At line {place} " if place is not None else "In the text "
        warnings.append(f"{where}{count} lines look like rows of a table but could not be read as one.")


def _warn_of_markers(reading: Reading, items: Sequence[Item]) -> None:
    notes = {draft.key for draft in reading.drafts if draft.kind is BlockKind.NOTE}
    called = [key for draft in reading.drafts for _, key in draft.markers]
    called += [key for draft in reading.drafts for cell in draft.cells for _, key in cell.markers]
    called += [name for item in items for name in named_markers(item.text) if name in item.unnoted]
    lost = [key for key in dict.fromkeys(called) if key not in notes]
    if lost:
        reading.warnings.append(
            f"No note was found for the marker{'s' if len(lost) > 1 else ''} {', '.join(lost[:10])}."
        )
    silent = [draft.label for draft in reading.drafts if draft.kind is BlockKind.NOTE and draft.key not in called]
    if silent:
        reading.warnings.append(
            f"No marker was found for the note{'s' if len(silent) > 1 else ''} {', '.join(silent[:10])}."
        )


def compose_tables(items: Sequence[Item], known: Citation | None = None) -> Reading:
    """Lay out a data file: tables with the lines around them, and no front to tell from a body.

    The first line above the first table is the document's title where the file names none.
    """
    kept = [item for item in items if item.text or item.cells]
    bibliography = replace(known or Citation(), type="dataset")
    reading = Reading("text/csv", [], bibliography)
    reading.drafts += _body(kept, reading.warnings, guess=False)
    cite(reading.drafts)
    captions = [draft.text.text for draft in reading.drafts if draft.kind is BlockKind.CAPTION]
    if captions and not bibliography.title:
        reading.bibliography = replace(bibliography, title=captions[0])
    return reading
