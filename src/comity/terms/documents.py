"""Documents as Comity reads them: one running text, with everything else addressed by its characters.

`Document.text` is the reading text: paragraphs whole (a page's foot does not cut a sentence), footnote markers
taken out, running heads and page furniture left out, notes after the body, tables in place with a tab between
cells. Every offset in Comity counts characters of this text. `Document.locate` leads back to the line of a plain
text file or to the page of a paged one.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from comity.terms.errors import InvalidTerm
from comity.terms.periods import Period, Precision


class BlockKind(StrEnum):
    """What a block of text is in its document."""

    TITLE = "title"
    FRONT = "front"  # byline, institute, imprint, disclaimer, date line: what stands around the title
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    CAPTION = "caption"
    TABLE = "table"
    TABLE_NOTE = "table-note"  # the source line or remark below a table
    NOTE = "note"
    REFERENCE = "reference"  # an entry of a bibliography, a "How to cite"

    @property
    def is_prose(self) -> bool:
        """Whether sentences of this kind report what happened, and so are coded."""
        return self in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text of one kind. `level` is the depth of a heading, 1 for the top; 0 otherwise."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or a whole heading, caption or note: the unit that is coded, cited and highlighted.

    Attributes:
        id: `DOCUMENT_ID#pN`, N counting from 1 in reading order.
        section: the text of the nearest heading above; empty before the first.
        paragraph: index of the block in `Document.blocks`.
    """

    id: str
    document_id: str
    start: int
    end: int
    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    section: str = ""
    paragraph: int = 0
    page: int | None = None

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text):
            raise InvalidTerm(f"passage {self.id} has {len(self.text)} characters but spans {self.start} to {self.end}")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's or institution's name. An institution has only `literal`."""

    family: str = ""
    given: str = ""
    title: str = ""  # "Dr", "Ambassador": as printed, kept apart from the name
    literal: str = ""

    @property
    def full(self) -> str:
        """The name as it is read aloud, without the title."""
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


@dataclass(frozen=True, slots=True)
class Citation:
    """Bibliographic data of a document or of what a note cites; the fields are CSL's (citationstyles.org, CSL 1.0.2).

    `type` is a CSL type ("article-journal", "article-newspaper", "report", "book", "webpage", ...).
    """

    type: str = "document"
    title: str = ""
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    container_title: str = ""
    publisher: str = ""
    publisher_place: str = ""
    issued: Period | None = None
    volume: str = ""
    issue: str = ""
    page: str = ""
    url: str = ""
    doi: str = ""
    accessed: date | None = None
    genre: str = ""
    text: str = ""  # the reference verbatim

    def to_csl(self, id: str) -> dict[str, Any]:  # noqa: A002 (CSL's own word)
        """Return this item as CSL-JSON under the given id; empty fields are left out."""
        item: dict[str, Any] = {"id": id, "type": self.type}
        plain = {
            "title": self.title,
            "container-title": self.container_title,
            "publisher": self.publisher,
            "publisher-place": self.publisher_place,
            "volume": self.volume,
            "issue": self.issue,
            "page": self.page,
            "URL": self.url,
            "DOI": self.doi,
            "genre": self.genre,
        }
        item |= {key: value for key, value in plain.items() if value}
        for role, names in (("author", self.authors), ("editor", self.editors)):
            if names:
                item[role] = [_csl_name(name) for name in names]
        if self.issued is not None:
            item["issued"] = _csl_date(self.issued)
        if self.accessed is not None:
            item["accessed"] = {"date-parts": [[self.accessed.year, self.accessed.month, self.accessed.day]]}
        return item


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote. `label` is the marker as printed without its raising ("1", "*").

    `citation` is the work it cites, None where it cites none; `further` are the other works of a note that cites several.

    `marker` is the offset in the document's text at which the marker stood (a position between characters, since
    markers are taken out); None for a note whose marker was not found.
    """

    id: str
    label: str
    start: int
    end: int
    text: str
    marker: int | None = None
    citation: Citation | None = None
    further: tuple[Citation, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The works that the note cites, in its order."""
        return () if self.citation is None else (self.citation, *self.further)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; rows and columns count from 0, headers included; `start` == `end` for an empty cell.

    Attributes:
        numeric: whether the file holds a number there, not text; `text` then has it with a point before its decimals.
    """

    row: int
    column: int
    text: str
    start: int
    end: int
    header: bool = False
    row_span: int = 1
    column_span: int = 1
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its surroundings, as printed: every cell addressable, nothing interpreted.

    Attributes:
        caption: the title above or below the table, without the unit line.
        unit: what the caption, the header or a line beside it says of the unit, verbatim ("US$ Million"); "" where nothing does.
        source: the source line below, verbatim.
        start, end: from the first to the last cell in the document's text.
        separator: the character that parts its cells in a delimited file (CSV, TSV); "" elsewhere.
    """

    id: str
    caption: str
    unit: str
    source: str
    cells: tuple[Cell, ...]
    start: int
    end: int
    page: int | None = None
    caption_start: int | None = None
    source_start: int | None = None
    separator: str = ""

    def cell(self, row: int, column: int) -> Cell | None:
        """Return the cell at that place, or the spanning cell that covers it; None where the row is too short."""
        for cell in self.cells:
            if cell.row <= row < cell.row + cell.row_span and cell.column <= column < cell.column + cell.column_span:
                return cell
        return None

    @property
    def height(self) -> int:
        """The number of rows, headers included."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Anchor:
    """From `start` on, the document's text stands at this line and column (from 1) of the file, or on this page."""

    start: int
    line: int
    column: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A place for a person to go to: line and column (from 1) of the file where it has lines, and the page where it has pages."""

    line: int
    column: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source as read: see the module's docstring for what `text` holds.

    Attributes:
        id: `doc-` and digits of the file's digest; the same bytes are the same document.
        name: the file's name within the workspace's sources, with forward slashes.
        media_type: IANA media type found from the content.
        digest: SHA-256 of the file's bytes.
        language: BCP 47 tag of the main language; "und" where there is too little text to tell.
        anchors: sorted by `start`; empty where the file has neither lines nor pages.
        warnings: what the reader could not do, in plain words.
        references: the works of its list of references, in the list's order.
    """

    id: str
    name: str
    media_type: str
    digest: str
    text: str
    bibliography: Citation = Citation()
    blocks: tuple[Block, ...] = ()
    passages: tuple[Passage, ...] = ()
    notes: tuple[Note, ...] = ()
    tables: tuple[Table, ...] = ()
    language: str = "und"
    anchors: tuple[Anchor, ...] = field(default=(), repr=False)
    warnings: tuple[str, ...] = ()
    references: tuple[Citation, ...] = ()

    def __post_init__(self) -> None:
        if not self.id or not self.digest:
            raise InvalidTerm("a document needs an id and the digest of its file")
        for passage in self.passages:
            if self.text[passage.start : passage.end] != passage.text:
                raise InvalidTerm(f"passage {passage.id} does not stand verbatim in {self.name}")

    @property
    def published(self) -> date | None:
        """The day from which relative dates count: the last day of the issue date's period."""
        issued = self.bibliography.issued
        return None if issued is None else issued.end

    def locate(self, offset: int) -> FilePlace:
        """Return where the character at `offset` stands in the file; without anchors, in the text itself."""
        index = bisect_right(self.anchors, offset, key=lambda anchor: anchor.start) - 1
        if index < 0:
            before = self.text[:offset]
            return FilePlace(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)
        anchor = self.anchors[index]
        return FilePlace(anchor.line, anchor.column + offset - anchor.start, anchor.page)

    def passage_at(self, offset: int) -> Passage | None:
        """Return the passage that covers the character at `offset`."""
        for passage in self.passages:
            if passage.start <= offset < passage.end:
                return passage
        return None


def _csl_name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    return {key: part for key, part in (("family", name.family), ("given", name.given)) if part}


# CSL 1.0.2 counts the seasons from 1, spring.
_CSL_SEASONS = {3: 1, 6: 2, 9: 3, 12: 4}


def _csl_date(period: Period) -> dict[str, Any]:
    if period.precision is Precision.SEASON and period.start is not None and period.end is not None:
        # "Winter 2006" is of 2006, whichever of its two years the season begins in.
        return {"date-parts": [[period.end.year]], "season": _CSL_SEASONS[period.start.month]}
    parts: list[list[int]] = []
    for end in (period.start, period.end):
        if end is None:
            continue
        full = [end.year, end.month, end.day]
        if period.precision in (Precision.DAY, Precision.WEEK):
            parts.append(full)
        elif period.precision.fineness < Precision.YEAR.fineness:
            parts.append(full[:2])
        else:
            parts.append(full[:1])
    return {"date-parts": parts[:1] if parts[0] == parts[-1] else parts}
