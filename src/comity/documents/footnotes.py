"""Which lines of a plain text are notes, and which marks in it are their markers.

A raised digit, `[^1]`, `^1^` or `<sup>1</sup>` at the start of a line begins a note. `[1]`, a symbol or a plain digit
can be other things: they begin a note only where the same mark stands in the text before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from comity.documents.inline import RAISED, is_power, plain_label, unpaired_symbols
from comity.documents.lines import Line
from comity.documents.trace import Traced

_SURE = re.compile(
    rf"\s*(?:(?P<raised>[{RAISED}]+)\s*|\\?\[\^(?P<named>[^\]\s]{{1,40}})\]:?\s+|\^(?P<caret>\d{{1,3}})\^\s*"
    r"|<sup>\s*[\[(]?(?P<sup>\d{1,3}|[*†‡§]{1,3})[\])]?\s*</sup>\s*)(?=\S)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*\\?\[(?P<label>\d{1,3})\\?\]:?\s+(?=\S)")
_SYMBOL = re.compile(r"\s*\\?(?P<label>[*†‡§]{1,3})\s?(?=[^\s*])")
_PLAIN = re.compile(r"\s*(?P<label>\d{1,3})[.)]?\s+(?=[\"“'‘*_A-Z(\[])")
_CITED_BRACKET = re.compile(r"(?<=\S)\s?\\?\[(\d{1,3})\\?\](?!\()")
_CITED_SURE = re.compile(
    rf"(?<=\S)(?:([{RAISED}]+)|\[\^([^\]\s]{{1,40}})\](?!:)|\^(\d{{1,3}})\^|<sup>\s*(\d{{1,3}})\s*</sup>)",
    re.IGNORECASE,
)
# Only where one of these stands can a sure mark.
_MAY_CITE = re.compile(rf"[{RAISED}^<]")
# A digit set close behind a word or its stop, as when raising was lost: "have plummeted.7 Incentives".
_GLUED = re.compile(r"(?:(?<=[a-z])|(?<=[a-z][.,;:?!)\"”’'])|(?<=[.,?!][\"”’']))(?P<label>\d{1,3})(?=\s|$|[A-Z\"“])")
# The number of a section: "7.", "IV.", "A.".
_SECTION = r"\W*(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[ivx]{1,5}[.:)]|[a-h][.)])\s+)?"
NOTES_HEADING = re.compile(
    rf"{_SECTION}(?:end\s?notes?|foot\s?notes?|notes?|notes and references|references and notes)\W*", re.IGNORECASE
)
REFERENCES_HEADING = re.compile(
    rf"{_SECTION}(?:references?|bibliography|works cited|sources|literature|further reading|select(?:ed)? bibliography)\W*",
    re.IGNORECASE,
)
_RAISE = str.maketrans("0123456789", RAISED)


@dataclass(frozen=True, slots=True)
class NoteMarks:
    """The marks by which this text calls its notes.

    Attributes:
        labels: every label for which a note and, save for sure forms, a marker was found.
        plain: the lines (by place) that begin a note with a plain digit, with the label.
    """

    labels: frozenset[str]
    brackets: frozenset[str]
    symbols: frozenset[str]
    plain: dict[tuple[int, int], str]

    def note_at(self, line: Line, *, starts_chunk: bool, after_note: bool) -> tuple[str, int] | None:
        """Return the label of the note that begins on a line, and where its text begins; None where none does."""
        text = line.raw.text
        sure = _SURE.match(text)
        if sure:
            named = sure["named"]
            if named is None or starts_chunk or after_note or text[: sure.end()].rstrip().endswith(":"):
                raised = sure["raised"]
                label = plain_label(raised) if raised else (named or sure["caret"] or sure["sup"])
                return label, sure.end()
        if not (starts_chunk or after_note):
            return None
        for pattern, known in ((_BRACKET, self.brackets), (_SYMBOL, self.symbols)):
            match = pattern.match(text)
            # The same mark again on the line makes it emphasis: "*Source:* ...".
            if match and match["label"] in known and not (pattern is _SYMBOL and match["label"] in text[match.end() :]):
                return match["label"], match.end()
        label = self.plain.get(_key(line), "")
        if label:
            match = _PLAIN.match(text)
            return (label, match.end()) if match else None
        return None


def find_notes(chunks: Sequence[Sequence[Line]], *, flat: bool = True) -> tuple[list[list[Line]], NoteMarks]:
    """Return the chunks, markers of plain digits raised, and the marks by which they call their notes.

    `flat` says that what was raised may have been lost: digits set close behind a word may be markers.
    """
    text_chunks = ["\n".join(line.raw.text for line in chunk) for chunk in chunks]
    cited = {label for text in text_chunks if "[" in text for label in _CITED_BRACKET.findall(text)}
    sure = {label for text in text_chunks if _MAY_CITE.search(text) for label in _cited(text)}
    lines = (line for chunk in chunks for line in chunk) if cited else ()
    brackets = frozenset(cited & {match["label"] for line in lines if (match := _BRACKET.match(line.raw.text))})
    symbols = frozenset(_symbols(chunks, text_chunks))
    plain = _under_heading(chunks, sure | brackets) or _at_end(chunks, sure)
    raised = [list(chunk) for chunk in chunks]
    if flat and not plain:
        raised, plain = _glued(chunks)
    labels = brackets | symbols | sure | set(plain.values())
    return raised, NoteMarks(frozenset(labels), brackets, symbols, plain)


def _cited(text: str) -> Iterator[str]:
    """Yield the labels that sure marks of a text cite; powers ("km^2^") are none."""
    for match in _CITED_SURE.finditer(text):
        label = next(filter(None, match.groups()))
        if match[2] is not None or not is_power(text[max(0, match.start() - 8) : match.start()], label):
            yield plain_label(label)


def _key(line: Line) -> tuple[int, int]:
    return (line.number, line.raw.places[0].column if line.raw.places else 0)


def _symbols(chunks: Sequence[Sequence[Line]], texts: Sequence[str]) -> set[str]:
    """Return the symbols that both end a word and begin a line, seldom enough not to be a list's bullets."""
    marking = [mark for text in texts if any(s in text for s in "*†‡§") for mark in unpaired_symbols(text)]
    found = set()
    for mark in set(marking):
        starts = sum(
            1
            for chunk in chunks
            for line in chunk
            if (match := _SYMBOL.match(line.raw.text))
            and match["label"] == mark
            and mark[0] not in line.raw.text[match.end() :]  # "*Source:* ..." is emphasis
        )
        if 1 <= starts <= marking.count(mark):
            found.add(mark)
    return found


def _under_heading(chunks: Sequence[Sequence[Line]], cited: set[str] | frozenset[str]) -> dict[tuple[int, int], str]:
    """Return the numbered lines below a heading "Notes" whose numbers the text cites by a sure mark."""
    plain: dict[tuple[int, int], str] = {}
    if not cited:
        return plain
    below = False
    for chunk in chunks:
        for line in chunk:
            heading = NOTES_HEADING.fullmatch(line.text) or REFERENCES_HEADING.fullmatch(line.text)
            below = below or heading is not None
            match = _PLAIN.match(line.raw.text)
            if below and match and match["label"] in cited:
                plain[_key(line)] = match["label"]
    return plain


def _at_end(chunks: Sequence[Sequence[Line]], cited: set[str]) -> dict[tuple[int, int], str]:
    """Return the numbered lines with which a text ends, where their numbers are just those that it cites by sure marks."""
    if not cited or any(_SURE.match(line.raw.text) for chunk in chunks for line in chunk):
        return {}
    wanted = {label for label in cited if label.isdecimal()}
    lines = [(line, at == 0) for chunk in chunks for at, line in enumerate(chunk)]
    found: dict[tuple[int, int], str] = {}
    expected = len(wanted)
    for line, starts in reversed(lines):
        match = _PLAIN.match(line.raw.text)
        if match and int(match["label"]) == expected and (starts or expected > 1 or found):
            found[_key(line)] = match["label"]
            expected -= 1
        if not expected or any(_cited(line.raw.text)):
            break
    return found if not expected and wanted == {str(number) for number in range(1, len(wanted) + 1)} else {}


def _glued(chunks: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], dict[tuple[int, int], str]]:
    """Find notes that a plain digit begins: 1, 2, 3, ... in turn, each called in the text before by a digit set close.

    Only the whole run counts; a list of numbered points has no such digits in the text, and stays a list.
    """
    untouched = [list(chunk) for chunk in chunks]
    defining: list[tuple[int, int, Line]] = []
    expected = 1
    for c, chunk in enumerate(chunks):
        after_note = False
        for i, line in enumerate(chunk):
            match = _PLAIN.match(line.raw.text)
            if match and int(match["label"]) == expected and (i == 0 or after_note):
                defining.append((c, i, line))
                expected += 1
                after_note = True
    if len(defining) < 2:
        return untouched, {}
    notes = {(c, i) for c, i, _ in defining}
    positions: dict[int, tuple[int, int, int, int]] = {}
    wanted = 1
    for c, chunk in enumerate(chunks):
        in_note = False
        for i, line in enumerate(chunk):
            in_note = in_note or (c, i) in notes
            if in_note:
                continue
            for match in _GLUED.finditer(line.raw.text):
                if int(match["label"]) == wanted:
                    positions[wanted] = (c, i, *match.span("label"))
                    wanted += 1
    if wanted <= len(defining):
        return untouched, {}
    for order, (c, i, _) in enumerate(defining, 1):
        if positions[order][:2] > (c, i):
            return untouched, {}
    for _, (c, i, start, end) in sorted(positions.items(), reverse=True):
        if int(chunks[c][i].raw.text[start:end]) <= len(defining):
            untouched[c][i] = _raised(untouched[c][i], start, end)
    return untouched, {_key(line): str(order) for order, (_, _, line) in enumerate(defining, 1)}


def _raised(line: Line, start: int, end: int) -> Line:
    text = line.raw.text
    changed = text[:start] + text[start:end].translate(_RAISE) + text[end:]
    raw = Traced(changed, line.raw.places)
    return replace(line, raw=raw, text=changed.strip(" \r\v"))
