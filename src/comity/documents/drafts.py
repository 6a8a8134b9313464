"""What the readers of all formats hand to the assembly: blocks in reading order, with notes and tables still loose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from comity.documents.trace import Traced
from comity.terms import BlockKind, Citation


@dataclass(slots=True)
class GridCell:
    """A cell before it has its place in the running text; `markers` as those of a Draft."""

    row: int
    column: int
    text: Traced
    header: bool = False
    row_span: int = 1
    column_span: int = 1
    markers: Sequence[tuple[int, str]] = ()


@dataclass(slots=True)
class Draft:
    """A block before it has its place in the running text.

    Attributes:
        markers: where in `text` a note's marker stood, and which note (its key) it names.
        key: for a note: what a marker calls it by.
        label: for a note: the marker as printed, without its raising.
        lead: how many characters at the start (a list's "(a) ") stand before the first sentence.
        cells: for a table: its cells.
        caption, source: for a table: the blocks that hold them; `caption_end` and `source_start` are where in them.
        unit: for a table: what is said of its unit.
        separator: for a table of a delimited file: what parts its cells.
        citations: for a note: the works it cites.
        cited: for a note or an entry of a list of references: its text with marks of emphasis.
    """

    kind: BlockKind
    text: Traced
    level: int = 0
    page: int | None = None
    markers: Sequence[tuple[int, str]] = ()
    key: str = ""
    label: str = ""
    lead: int = 0
    cells: list[GridCell] = field(default_factory=list)
    caption: Draft | None = None
    caption_end: int | None = None
    source: Draft | None = None
    source_start: int = 0
    unit: str = ""
    separator: str = ""
    citations: tuple[Citation, ...] = ()
    cited: str = ""


@dataclass(slots=True)
class Reading:
    """What a reader made of a file.

    Attributes:
        drafts: blocks in reading order; notes may stand anywhere among them.
        bibliography: what the file says of itself.
        warnings: what could not be done, in plain words.
        references: the works of its list of references.
    """

    media_type: str
    drafts: list[Draft]
    bibliography: Citation = field(default_factory=Citation)
    warnings: list[str] = field(default_factory=list)
    references: tuple[Citation, ...] = ()
