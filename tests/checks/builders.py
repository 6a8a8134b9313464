"""Documents, observations and events made by hand, so that a rule's test needs no other room."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from comity.terms import (
    Actor,
    Block,
    BlockKind,
    Cell,
    Citation,
    Document,
    Event,
    EventDate,
    EventType,
    Note,
    Observation,
    Passage,
    Period,
    Precision,
    Provenance,
    Quantity,
    Rank,
    Series,
    Table,
    digest,
)

_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"”']?(?=\s+[A-Z\"“]|\s*$)|$)", re.S)
PUBLISHED = date(2019, 6, 14)


def document(
    text: str, *, published: date | None = PUBLISHED, name: str = "brief.md", notes: dict[str, Period] | None = None
) -> Document:
    """Build a document from paragraphs parted by blank lines.

    A paragraph of lines with `|` is a table, "Caption:" before it its caption; "[^1]: ..." is a note whose issue date `notes`
    gives by label; "# ..." is a heading. `[^1]` in the text is left in place and marks the note's marker.
    """
    blocks: list[Block] = []
    passages: list[Passage] = []
    tables: list[Table] = []
    found_notes: list[Note] = []
    identity = f"doc-{digest(text.encode())[:12]}"
    caption, section = "", ""
    for match in re.finditer(r"[^\n].*?(?=\n\s*\n|\Z)", text, re.S):
        start, end, words = match.start(), match.end(), match.group()
        index = len(blocks)
        if words.startswith("[^"):
            label = words[2 : words.index("]")]
            marker = text.find(f"[^{label}]")
            issued = (notes or {}).get(label)
            citation = Citation(issued=issued, text=words) if issued is not None else None
            blocks.append(Block(BlockKind.NOTE, start, end))
            found_notes.append(
                Note(f"{identity}#n{label}", label, start, end, words, marker if marker < start else None, citation)
            )
        elif words.startswith("# "):
            blocks.append(Block(BlockKind.HEADING, start, end, level=words.index(" ")))
            section = words.lstrip("# ")
        elif words.startswith("Caption:"):
            blocks.append(Block(BlockKind.CAPTION, start, end))
            caption = words.removeprefix("Caption:").strip()
        elif words.startswith("|"):
            blocks.append(Block(BlockKind.TABLE, start, end))
            tables.append(_table(f"{identity}#t{len(tables) + 1}", caption, words, start))
        elif words.startswith("Date:"):
            blocks.append(Block(BlockKind.FRONT, start, end))
        else:
            blocks.append(Block(BlockKind.PARAGRAPH, start, end))
            for sentence in _SENTENCE.finditer(words):
                begin = start + sentence.start()
                passages.append(
                    Passage(
                        f"{identity}#p{len(passages) + 1}",
                        identity,
                        begin,
                        begin + len(sentence.group()),
                        sentence.group(),
                        section=section,
                        paragraph=index,
                    )
                )
    issued_on = Period(published, published, Precision.DAY) if published is not None else None
    return Document(
        identity,
        name,
        "text/markdown",
        digest(text.encode()),
        text,
        Citation(issued=issued_on),
        tuple(blocks),
        tuple(passages),
        tuple(found_notes),
        tuple(tables),
    )


def _table(identity: str, caption: str, words: str, offset: int) -> Table:
    unit = re.search(r"\(([^)]*)\)\s*$", caption)
    cells: list[Cell] = []
    row, position = 0, offset
    for line in [f"{line}\n" for line in words.split("\n")]:
        if "|" in line and not re.fullmatch(r"[\s|:-]+", line):
            place = position + line.index("|") + 1
            for column, content in enumerate(line.strip().strip("|").split("|")):
                start = place + len(content) - len(content.lstrip())
                shown = content.strip()
                cells.append(Cell(row, column, shown, start, start + len(shown), header=row == 0))
                place += len(content) + 1
            row += 1
        position += len(line)
    return Table(identity, caption, unit[1] if unit else "", "", tuple(cells), cells[0].start, cells[-1].end)


def observations(
    doc: Document,
    *,
    reporter: str,
    partner: str,
    indicators: dict[int, str],
    scale: int = 1_000_000,
    unit: str = "USD",
    table: int = 0,
) -> tuple[Observation, ...]:
    """Read a table whose first column holds years into observations; `indicators` maps columns to indicator keys."""
    grid = doc.tables[table]
    series = {
        column: Series(f"ser-{reporter}-{partner}-{key}", reporter, partner, key, unit, title=grid.caption)
        for column, key in indicators.items()
    }
    made = []
    for row in range(1, grid.height):
        label = grid.cell(row, 0)
        assert label is not None
        year = int(label.text[:4])
        for column, one in series.items():
            cell = grid.cell(row, column)
            assert cell is not None
            made.append(
                Observation(
                    f"obs-{one.indicator}-{year}",
                    one,
                    Period.of_year(year),
                    Quantity.printed(cell.text, unit, scale=scale),
                    Provenance(doc.id, doc.digest, cell.start, cell.end, grid.id, row, column),
                )
            )
    return tuple(made)


def visit(
    doc: Document,
    words: str,
    actor: str,
    host: str,
    period: Period,
    *,
    rank: Rank | None = Rank.FOREIGN_MINISTER,
    person: str = "",
) -> Event:
    """Return a visit reported by the stretch of the document's text that `words` gives."""
    start = doc.text.index(words)
    return Event(
        f"evt-{start}",
        doc.id,
        EventType.CONSULT,
        (Actor(actor, ("GOV",), words[:4], start, start + 4, person=person, rank=rank),),
        (Actor(host, (), words[-4:], start + len(words) - 4, start + len(words)),),
        start,
        start + len(words),
        words,
        modes=("visit",),
        date=EventDate(period, ""),
    )


def amount(number: str, scale: int = 1_000_000) -> Quantity:
    """Return a quantity of dollars."""
    return Quantity(Decimal(number), "USD", Decimal(scale))
