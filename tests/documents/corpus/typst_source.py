"""A brief as typst's markup, in one or two columns, with footnotes or endnotes, with tables of all kinds of rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from tests.documents.corpus.truth import Brief, Part, TrueTable


@dataclass(frozen=True, slots=True)
class Layout:
    """How typst sets a brief.

    Attributes:
        rules: "all" around each cell, "three" as in books, or "none".
        endnotes: notes are a list at the end, else they stand at the feet.
        ragged: lines of cells end where their words do, else they are as wide as the column.
    """

    columns: int = 1
    rules: str = "all"
    endnotes: bool = False
    font: str = "Libertinus Serif"
    size: float = 10.5
    paper: str = "a4"
    running: bool = False
    justify: bool = True
    ragged: bool = False


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
    front = [f'#text(size: 17pt, weight: "bold")[{escaped(brief.title)}]', *_authors(brief)]
    front += [escaped(line) for line in (brief.institute, brief.date) if line]
    placed = (
        '#place(top + center, scope: "parent", float: true)[\n{}\n]' if layout.columns > 1 else "#align(center)[\n{}\n]"
    )
    lines.append(placed.format("\n\n".join(front)))
    for boxed, parts in groupby(brief.parts, lambda part: part.boxed):
        made = [_part(brief, layout, part) for part in parts]
        lines += ["#block(width: 100%, stroke: 0.6pt, inset: 8pt)[", *made, "]"] if boxed else made
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


def _authors(brief: Brief) -> list[str]:
    if not brief.affiliations:
        return [escaped(author) for author in brief.authors]
    named = ", ".join(f"{escaped(author)}#super[{n}]" for n, author in enumerate(brief.authors, 1))
    return [named, *(f"#text(size: 9pt)[#super[{n}] {escaped(one)}]" for n, one in enumerate(brief.affiliations, 1))]


def _part(brief: Brief, layout: Layout, part: Part) -> str:
    texts = [_inline(brief, layout, line) for line in part.lines]
    if part.kind == "heading":
        return "=" * part.level + " " + texts[0]
    if part.kind == "table":
        return _table(brief.tables[part.level - 1], layout)
    if part.kind == "quote":
        return f"#quote(block: true)[{' '.join(texts)}]"
    if part.kind in ("item", "ordered"):
        return "\n".join(("- " if part.kind == "item" else "+ ") + text for text in texts)
    if part.kind == "lines" and any(" || " in text for text in texts):
        cells = "".join(f"[{piece}]" for text in texts for piece in text.split(" || "))
        return f"#grid(columns: (1fr, 1fr), column-gutter: 2em, row-gutter: 0.7em){cells}"
    if part.kind == "lines":
        return f"#par(justify: false)[{' #linebreak() '.join(texts)}]"
    if part.kind == "labelled" and part.level:
        entry = f"#enum(numbering: (..n) => [{escaped(part.label)}])[{' '.join(texts)}]"
        return f"#pad(left: {1.8 * (part.level - 1):.1f}em)[{entry}]"
    return (f"*{escaped(part.label)}* " if part.label else "") + "\n".join(texts)


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
    for cell in table.grid():
        spans = f"colspan: {cell.column_span}, rowspan: {cell.row_span}"
        side = ", align: center" if cell.column_span > 1 and cell.row < table.headers else ""
        text = ("#h(1em)" if cell.inside else "") + escaped(cell.text) + (f"#super[{cell.mark}]" if cell.mark else "")
        cells.append(f"table.cell({spans}{side})[{text}]")
    count = sum(cell.row < table.headers for cell in table.grid())
    rules = [f"table.hline(y: {y})" for y in (0, table.headers, len(table.rows))] if layout.rules == "three" else []
    stroke = "0.5pt" if layout.rules == "all" else "none"
    parts = [
        f"columns: ({', '.join(f'{share}fr' for share in table.widths)})" if table.widths else f"columns: {width}",
        f"align: ({', '.join('left' if side == 'l' else 'right' for side in table.aligned)})",
        f"stroke: {stroke}",
        f"table.header({', '.join(cells[:count])})",
        *cells[count:],
        *rules,
    ]
    above = "\n\n".join(f"*{escaped(line)}*" for line in (table.printed, table.unit_line) if line)
    if table.long:
        above = f"#block(sticky: true)[{above}]"
    below = "\n\n".join(f"#text(size: 8.5pt)[{escaped(line)}]" for line in (*table.remarks, table.source))
    ragged = "#set par(justify: false)\n" if layout.ragged else ""
    inside = f"[\n{ragged}{above}\n\n#table({', '.join(parts)})\n\n{below}\n]"
    if table.wide and layout.columns > 1:
        return f'#place(top + center, scope: "parent", float: true)[#align(left){inside}]'
    return f"#block(breakable: {str(table.long).lower()}){inside}"
