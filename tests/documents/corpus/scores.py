"""How much of a brief of the corpus the reader found in a file: counts of what is right, of what there is, and what is wrong."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from comity.documents import read
from comity.terms import BlockKind, Document, Table, UnreadableSource
from tests.documents.corpus.truth import FOLDER, Brief, TrueTable, briefs, normalised

MADE = FOLDER / "made"
SHEETS = (".xlsx", ".ods", ".csv", ".tsv")
MEASURES = ("sentences", "notes", "cells", "units", "sources", "headings", "references", "front", "places")


@dataclass(slots=True)
class Score:
    """What was found in one file. `wrong` says for each failure which measure it is of and what was read.

    `right` and `there` count by measure. `extra` counts passages of prose, headings, notes and cells that the brief does not have.
    """

    name: str
    right: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    @property
    def format(self) -> str:
        """The file's ending."""
        return Path(self.name).suffix[1:]

    @property
    def unruled(self) -> bool:
        """Whether it is a PDF whose tables have no lines around their cells."""
        return self.format == "pdf" and "ruled" not in self.name

    def count(self, measure: str, right: bool, wrong: str) -> None:
        """Count one thing."""
        self.there[measure] += 1
        self.right[measure] += right
        if not right:
            self.wrong.append((measure, wrong))

    def surplus(self, measure: str, text: str) -> None:
        """Count a thing that is too many."""
        self.extra[measure] += 1
        self.wrong.append((f"extra {measure}", text))


def names() -> list[str]:
    """The files of the corpus."""
    return sorted(path.name for path in MADE.iterdir())


@cache
def known() -> dict[str, Brief]:
    """The briefs, read once."""
    return briefs()


@cache
def pages() -> dict[str, list[int]]:
    """The page of each sentence in each PDF."""
    found: dict[str, list[int]] = json.loads((FOLDER / "pages.json").read_text(encoding="utf-8"))
    return found


def score(name: str) -> Score:
    """Read a file of the corpus and hold it against its brief."""
    brief, result = known()[name.split(".")[0]], Score(name)
    try:
        document = read(MADE / name)
    except UnreadableSource as refused:
        document = Document(id="refused", name=name, media_type="", digest="refused", text="")
        result.wrong.append(("refused", str(refused)))
    _offsets(document, result)
    tables = _expected_tables(brief, name)
    if name.endswith(SHEETS):
        _tables(document, tables, result)
        return result
    _sentences(document, brief, result)
    _headings(document, brief, result)
    _notes(document, brief, result)
    _tables(document, tables, result)
    _front(document, brief, result)
    for reference in brief.references:
        found = [
            p
            for p in document.passages
            if normalised(p.text).replace("*", "") == normalised(reference).replace("*", "")
        ]
        kinds = [p.kind.value for p in found]
        result.count("references", BlockKind.REFERENCE.value in kinds, f"{reference[:60]} is {kinds or 'not verbatim'}")
    return result


def _expected_tables(brief: Brief, name: str) -> list[TrueTable]:
    one = {"bulletin.comma.csv": 0, "returns.office.xlsx": 1, "returns.tabs.tsv": 1}.get(name)
    return list(brief.tables) if one is None else [brief.tables[one]]


def _offsets(document: Document, result: Score) -> None:
    """Each passage, note and cell stands verbatim at its offsets, and leads to its place in the file."""
    stretches = [*document.passages, *document.notes, *(cell for table in document.tables for cell in table.cells)]
    for stretch in stretches:
        exact = normalised(document.text[stretch.start : stretch.end]) == normalised(stretch.text)
        result.count("places", exact, f"{stretch.start} to {stretch.end} is not {stretch.text[:60]!r}")
    if not result.name.endswith((".md", ".txt")):
        return
    lines = (MADE / result.name).read_text(encoding="utf-8").split("\n")
    for passage in document.passages:
        place, word = document.locate(passage.start), passage.text.split()[0]
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        # Emphasis, links and escapes are the file's, not the text's.
        there = line[place.column - 1 :].lstrip("*_[").replace("\\", "")
        exact = there.startswith(word[:1] if len(word) > len(line) else word[: len(line)])
        result.count("places", exact, f"line {place.line}, column {place.column} is not {passage.text[:50]!r}")


def _sentences(document: Document, brief: Brief, result: Score) -> None:
    expected = brief.sentences()
    given = [(normalised(passage.text), passage) for passage in document.passages if passage.kind.is_prose]
    left = Counter(text for text, _ in given)
    where = pages().get(result.name, [0] * len(expected))
    labelled = brief.labelled()
    for number, sentence in enumerate(expected):
        read_as = sentence if left[sentence] else labelled.get(sentence, sentence)
        if left[read_as]:
            left[read_as] -= 1
            result.count("sentences", True, "")
            if where[number]:
                passage = next(passage for text, passage in given if text == read_as)
                page = document.locate(passage.start).page
                result.count("places", page == where[number], f"page {page}, not {where[number]}: {sentence[:60]!r}")
        else:
            result.count("sentences", False, _how(sentence, document))
    pieces = [*expected, *(normalised(reference).replace("*", "") for reference in brief.references)]
    pieces += [*labelled.values(), *brief.lines()]
    for text in left.elements():
        # What is a piece of a true sentence or holds one has been counted with it.
        if not any(text in one or one in text for one in pieces):
            result.surplus("sentences", text[:160])


def _how(sentence: str, document: Document) -> str:
    """In which way a sentence is not right."""
    half = sentence[: max(20, len(sentence) // 2)]
    for passage in document.passages:
        text = normalised(passage.text)
        if text == sentence:
            return f"is {passage.kind.value}: {sentence[:100]!r}"
        if sentence in text:
            return f"joined: {text[:240]!r}"
    for passage in document.passages:
        text = normalised(passage.text)
        if half in text or (len(text) > 12 and text in sentence):
            return f"broken or changed: {sentence!r} read as {text[:240]!r}"
    return f"lost: {sentence!r}"


def _bare(heading: str) -> str:
    return re.sub(r"^(\d+\.)*\d*\.?\s+(?=\D)", "", heading)


def _headings(document: Document, brief: Brief, result: Score) -> None:
    found = [document.text[block.start : block.end] for block in document.blocks if block.kind is BlockKind.HEADING]
    left = [_bare(normalised(text)) for text in found]
    for heading in brief.headings():
        result.count("headings", heading in left, f"{heading!r} is no heading")
        if heading in left:
            left.remove(heading)
    for text in left:
        if text not in ("Notes", "References", *brief.lines()):
            result.surplus("headings", text[:100])


def _close(text: str) -> str:
    """Text without spaces and marks of emphasis."""
    return re.sub(r"[\s*_]", "", normalised(text))


def _notes(document: Document, brief: Brief, result: Score) -> None:
    left = list(document.notes)
    for before, text in brief.linked():
        same = [note for note in left if _close(note.text) == _close(text)]
        linked = [
            note for note in same
            if note.marker is not None and _close(document.text[: note.marker]).endswith(_close(before))
        ]  # fmt: skip
        behind = [document.text[max(0, note.marker - 40) : note.marker] for note in same if note.marker is not None]
        how = f"behind {behind}" if behind else "without its marker" if same else "not verbatim"
        result.count("notes", bool(linked), f"{how}: {text[:100]!r}")
        for note in (linked or same)[:1]:
            left.remove(note)
    remarks = [_close(remark) for table in brief.tables for remark in table.remarks]
    for note in left:
        # A mark in a cell leads to what is remarked below its table: to read it as a note is right, too.
        if not any(_close(note.text) in remark for remark in remarks):
            result.surplus("notes", note.text[:100])


def _match(expected: TrueTable, tables: list[Table]) -> Table | None:
    caption = _close(re.sub(r"^Table [\w.]+?[.:] ", "", expected.caption))
    return next((table for table in tables if caption in _close(table.caption)), None)


def _tables(document: Document, expected: list[TrueTable], result: Score) -> None:
    left = list(document.tables)
    for table in expected:
        found = _match(table, left)
        if found is None:
            result.wrong.append(("cells", f"no table is captioned {table.caption!r}"))
            result.there["cells"] += len(table.cells())
            result.there["units"] += bool(table.unit)
            result.there["sources"] += 1
            continue
        left.remove(found)
        for cell in table.cells():
            got = found.cell(cell.row, cell.column)
            text = None if got is None else got.text
            result.count(
                "cells", text is not None and _same(text, cell.text, result.format),
                f"{table.caption[:24]!r} row {cell.row}, column {cell.column}: {cell.text!r} is {text!r}",
            )  # fmt: skip
        filled = sum(bool(cell.text.strip()) for cell in found.cells)
        if filled > len(table.cells()):
            result.extra["cells"] += filled - len(table.cells())
            result.wrong.append(
                ("extra cells", f"{table.caption[:30]!r} has {filled} with text, not {len(table.cells())}")
            )
        if table.unit:
            unit = normalised(found.unit).strip("()").casefold()
            result.count(
                "units", unit == table.unit.casefold(), f"{table.unit!r} is {found.unit!r} of {table.caption[:40]!r}"
            )
        elif found.unit:
            result.surplus("units", found.unit)
        right = _close(found.source).endswith(_close(table.source))
        result.count("sources", right, f"{table.source!r} is {found.source!r}")
    for surplus in left:
        result.surplus("tables", f"{surplus.caption!r} {[cell.text for cell in surplus.cells[:6]]}")


def _same(got: str, expected: str, ending: str) -> bool:
    """Whether a cell reads as it should; a workbook holds numbers, without the commas and zeros that its format shows."""
    got, expected = normalised(got), normalised(expected)
    if ending in ("xlsx", "ods") and re.fullmatch(r"-?[\d,]+(\.\d+)?", expected):
        expected = expected.replace(",", "")
        return got.replace(",", "") == expected or got == re.sub(r"\.0+$", "", expected)
    return got == expected


def _front(document: Document, brief: Brief, result: Score) -> None:
    about = document.bibliography
    result.count("front", normalised(about.title) == normalised(brief.title), f"title {about.title!r}")
    authors = tuple(normalised(author.full) for author in about.authors)
    result.count("front", authors == tuple(map(normalised, brief.authors)), f"authors {authors}")
    issued = "" if about.issued is None or about.issued.start is None else about.issued.start.isoformat()
    end = "" if about.issued is None or about.issued.end is None else about.issued.end.isoformat()
    right = (
        issued.startswith(brief.issued)
        and end.startswith(brief.issued)
        and (len(brief.issued) == 10) == (issued == end)
    )
    result.count("front", right, f"date {issued} to {end}, not {brief.issued}")
