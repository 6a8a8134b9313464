"""A brief as typst's markup, in one or two columns, with footnotes or endnotes, with tables of all kinds of rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.documents.corpus.truth import Brief, TrueTable


@dataclass(frozen=True, slots=True)
class Layout:
    """How typst sets a brief.

    Attributes:
        rules: "all" around each cell, "three" as in books, or "none".
        endnotes: notes are a list at the end, else they stand at the feet.
    """

    columns: int = 1
    rules: str = "all"
    endnotes: bool = False
    font: str = "Libertinus Serif"
    size: float = 10.5
    paper: str = "a4"
    running: bool = False
    justify: bool = True


def escaped(text: str) -> str:
    """Text in which nothing is markup."""
    text = re.sub(r"([\\#$*_@<>\[\]`~/])", r"\\\1", text)
    return re.sub(r"^(\d+)\.", r"\1\\.", text)


def source(brief: Brief, layout: Layout) -> str:
    """The file that typst compiles."""
    head = (
        f'header: align(center)[#text(size: 8pt)[{escaped(brief.running)}]], numbering: "1",' if layout.running else ""
    )
    lines = [
        f'#set page(paper: "{layout.paper}", columns: {layout.columns}, {head})',
        f'#set text(font: "{layout.font}", size: {layout.size}pt, lang: "en", hyphenate: {str(layout.justify).lower()})',
        f"#set par(justify: {str(layout.justify).lower()})",
        '#set heading(numbering: "1.1")' if brief.numbered else "",
        '#set footnote(numbering: "*")' if brief.symbols else "",
    ]
    front = [f'#text(size: 17pt, weight: "bold")[{escaped(brief.title)}]', *map(escaped, brief.authors)]
    front += [escaped(line) for line in (brief.institute, brief.date) if line]
    placed = (
        '#place(top + center, scope: "parent", float: true)[\n{}\n]' if layout.columns > 1 else "#align(center)[\n{}\n]"
    )
    lines.append(placed.format("\n\n".join(front)))
    for part in brief.parts:
        texts = [_inline(brief, layout, line) for line in part.lines]
        if part.kind == "heading":
            lines.append("=" * part.level + " " + texts[0])
        elif part.kind == "table":
            lines.append(_table(brief.tables[part.level - 1], layout))
        elif part.kind == "quote":
            lines.append(f"#quote(block: true)[{' '.join(texts)}]")
        elif part.kind in ("item", "ordered"):
            lines.append("\n".join(("- " if part.kind == "item" else "+ ") + text for text in texts))
        else:
            lines.append("\n".join(texts))
    if brief.references:
        lines += [
            "#heading(level: 1, numbering: none)[References]",
            *(_inline(brief, layout, one) for one in brief.references),
        ]
    if layout.endnotes and brief.notes:
        lines.append("#heading(level: 1, numbering: none)[Notes]")
        lines += [
            f"{label}\\. {_inline(brief, layout, one)}" for label, one in zip(brief.labels, brief.notes, strict=True)
        ]
    return "\n\n".join(lines) + "\n"


def _inline(brief: Brief, layout: Layout, line: str) -> str:
    found = []
    for piece in re.split(r"(\[\^\d+\]|\*[^*]+\*)", line):
        if marker := re.fullmatch(r"\[\^(\d+)\]", piece):
            number = int(marker.group(1)) - 1
            note = _inline(brief, layout, brief.notes[number])
            found.append(f"#super[{brief.labels[number]}]" if layout.endnotes else f"#footnote[{note}]")
        elif len(piece) > 2 and piece.startswith("*") and piece.endswith("*"):
            found.append(f"#emph[{escaped(piece[1:-1])}]")
        else:
            found.append(escaped(piece))
    return "".join(found)


def _table(table: TrueTable, layout: Layout) -> str:
    width, cells = len(table.rows[0]), []
    for cell in table.cells():
        spans = f"colspan: {cell.column_span}, rowspan: {cell.row_span}"
        side = ", align: center" if cell.column_span > 1 else ""
        cells.append(f"table.cell({spans}{side})[{escaped(cell.text)}]")
    count = sum(cell.row < table.headers for cell in table.cells())
    rules = [f"table.hline(y: {y})" for y in (0, table.headers, len(table.rows))] if layout.rules == "three" else []
    stroke = "0.5pt" if layout.rules == "all" else "none"
    parts = [
        f"columns: {width}",
        f"align: ({', '.join(['left'] + ['right'] * (width - 1))})",
        f"stroke: {stroke}",
        f"table.header({', '.join(cells[:count])})",
        *cells[count:],
        *rules,
    ]
    above = "\n\n".join(f"*{escaped(line)}*" for line in (table.printed, table.unit_line) if line)
    return f"#block(breakable: false)[\n{above}\n\n#table({', '.join(parts)})\n\n#text(size: 8.5pt)[{escaped(table.source)}]\n]"
