"""Where a fact comes from: the source as published, and the exact place in the copy that was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.terms.errors import InvalidTerm


class Processing(StrEnum):
    """How far a figure was changed on its way from the source."""

    AS_PUBLISHED = "as-published"
    UNIT_CONVERTED = "unit-converted"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Source:
    """A publication or data set, as it would be cited.

    Attributes:
        producer: who made it ("International Monetary Fund").
        title: what it is called ("Direction of Trade Statistics").
        citation: the full citation as the source or the document words it.
        vintage: which edition or release ("2016 & 2017", "v6.0").
    """

    producer: str = ""
    title: str = ""
    citation: str = ""
    url: str = ""
    licence: str = ""
    vintage: str = ""
    accessed: date | None = None

    @property
    def is_stated(self) -> bool:
        """Whether it is told whose figures these are; False for a file that says no more than its own name."""
        return bool(self.producer or self.url) or self.citation not in ("", self.title)


@dataclass(frozen=True, slots=True)
class Provenance:
    """The exact place of a fact: document, and character span, table cell, or both.

    Attributes:
        document_id: id of the Document or data file.
        digest: SHA-256 of the file's bytes as it was read.
        start, end: characters of the document's text; both None for a cell of a data file.
        table_id, row, column: the cell; rows and columns count from 0; None where the fact is prose.
        source: the statistical source behind a figure, where the document names one.
    """

    document_id: str
    digest: str
    start: int | None = None
    end: int | None = None
    table_id: str = ""
    row: int | None = None
    column: int | None = None
    source: Source = Source()
    processing: Processing = Processing.AS_PUBLISHED

    def __post_init__(self) -> None:
        if not self.document_id or not self.digest:
            raise InvalidTerm("provenance needs a document and its digest; nothing enters the record without them")
        if (self.start is None) != (self.end is None):
            raise InvalidTerm("a span needs both a start and an end")
        if self.start is None and self.row is None:
            raise InvalidTerm("provenance needs a place: a span of characters or a table cell")
        if self.start is not None and self.end is not None and not 0 <= self.start < self.end:
            raise InvalidTerm(f"a span cannot run from {self.start} to {self.end}")
