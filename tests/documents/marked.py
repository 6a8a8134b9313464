"""Pages whose truth stands in them: between marks that are taken out before a page is read.

`[[p:...:p]]` is a paragraph that is to be coded, `[[m1:...:m]]` the marker of note 1, `[[n1:...:n]]` the text of note 1,
`[[x:...:x]]` what belongs to neither, `[[h:...:h]]` what may be kept or not. A comment at the end has the bibliographic data and
the tables, a row a list, each cell at every place that it covers.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comity.terms import BlockKind, Document

_MARK = re.compile(r"\[\[(?P<open>[pmnxh])(?P<label>\w*):|:(?P<close>[pmnxh])\]\]")
_TRUTH = re.compile(r"<!--truth (.*?)-->", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(slots=True)
class Marked:
    """A page as a reader gets it, and what is true of it."""

    page: str
    paragraphs: list[str] = field(default_factory=list)
    either: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    markers: dict[str, str] = field(default_factory=dict)  # by note: the words of its paragraph before its first marker
    fields: dict[str, Any] = field(default_factory=dict)
    tables: list[list[list[str]]] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """How much of what is there was found, of what was asked."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def note(self, what: str, good: bool, said: str) -> None:
        """Count one question."""
        self.asked[what] += 1
        self.right[what] += good
        if not good:
            self.wrong.append(f"{what}: {said}")

    def rate(self, what: str) -> float:
        """The share that is right."""
        return self.right[what] / self.asked[what] if self.asked[what] else 1.0


def load(path: Path) -> Marked:
    """Take a page's marks out, and return what they say beside it."""
    text = path.read_text(encoding="utf-8")
    said = _TRUTH.search(text)
    assert said is not None, path
    truth = json.loads(said[1])
    text = _TRUTH.sub("", text).rstrip() + "\n"
    marked = Marked(_MARK.sub("", text), fields=truth["meta"], tables=truth["tables"])
    open_marks: list[tuple[str, str, list[str]]] = []
    at = 0
    for match in _MARK.finditer(text):
        for _, _, parts in open_marks[-1:]:
            parts.append(text[at : match.start()])
        at = match.end()
        if match["open"]:
            if match["open"] == "m":
                before = next(parts for kind, _, parts in reversed(open_marks) if kind == "p")
                marked.markers.setdefault(match["label"], plain("".join(before)))
            open_marks.append((match["open"], match["label"], []))
            continue
        kind, label, parts = open_marks.pop()
        assert kind == match["close"], (path, match.start())
        if kind == "p":
            marked.paragraphs.append(plain("".join(parts)))
        elif kind == "h":
            marked.either.append(plain("".join(parts)))
        elif kind == "n":
            number = label.rstrip("b")
            marked.notes[number] = " ".join([*filter(None, [marked.notes.get(number)]), plain("".join(parts))])
    assert not open_marks, path
    return marked


def plain(markup: str) -> str:
    """Return the words of a piece of a page."""
    return " ".join(html.unescape(_TAG.sub(" " if "<br" in markup else "", markup)).split())


def judge(marked: Marked, document: Document, tally: Tally, name: str) -> None:
    """Hold a document against what is true of its page."""
    prose = [document.text[b.start : b.end] for b in document.blocks if b.kind.is_prose]
    found, wanted = Counter(map(_bare, prose)), Counter(map(_bare, marked.paragraphs))
    for text in marked.paragraphs:
        tally.note("recall", found[_bare(text)] > 0, f"{name}: {text[:70]}")
    for text in prose:
        if _bare(text) not in map(_bare, marked.either):
            tally.note("precision", wanted[_bare(text)] > 0, f"{name}: {text[:70]}")
    notes = {_bare(note.text): note for note in document.notes}
    for label, text in marked.notes.items():
        note = notes.get(_bare(text))
        tally.note("notes", note is not None, f"{name}: {label} {text[:50]}")
        if label in marked.markers:
            before = document.text[: note.marker] if note is not None and note.marker is not None else ""
            tally.note(
                "markers",
                _bare(before).endswith(_bare(marked.markers[label])[-40:]) and bool(before),
                f"{name}: {label}",
            )
    for text in notes:
        tally.note("notes only", text in map(_bare, marked.notes.values()), f"{name}: {text[:60]}")
    for cell, good, said in _cells(marked, document):
        tally.note("cells", good, f"{name}: {cell} {said}")
    about = document.bibliography
    read = {
        "type": about.type,
        "title": about.title,
        "authors": [one.full for one in about.authors],
        "container": about.container_title,
        "publisher": about.publisher,
        "issued": about.issued.label if about.issued is not None else "",
        "volume": about.volume,
        "issue": about.issue,
        "page": about.page,
        "doi": about.doi,
        "url": about.url,
    }
    if about.issued is not None:
        read["issued"] = (about.issued.start or about.issued.end).isoformat()  # type: ignore[union-attr]
    for key, value in marked.fields.items():
        good = read[key] in value.split("|") if key == "type" else read[key] == value
        if key == "issued" and len(value) < 10:
            good = str(read[key]).startswith(value)
        tally.note("fields", good, f"{name}: {key} {read[key]!r}, not {value!r}")
    for title in (b for b in document.blocks if b.kind is BlockKind.TITLE):
        assert document.text[title.start : title.end]


def _cells(marked: Marked, document: Document) -> Iterator[tuple[str, bool, str]]:
    """Yield each cell of the true tables, whether it is read right, and what is read there."""
    for number, rows in enumerate(marked.tables):
        table = max(
            document.tables,
            key=lambda one: sum(_at(one, r, c) == text for r, row in enumerate(rows) for c, text in enumerate(row)),
            default=None,
        )
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                got = _at(table, r, c)
                yield f"table {number + 1} row {r} column {c}", got == text, f"{got!r}, not {text!r}"


def _at(table: Any, row: int, column: int) -> str | None:
    cell = table.cell(row, column) if table is not None else None
    return None if cell is None else cell.text


def _bare(text: str) -> str:
    """Return a text without its spaces, which a marker taken out may leave or not."""
    return re.sub(r"\s", "", text)
