"""A brief as LaTeX's article, with the rules of booktabs or lines around all cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.documents.corpus.truth import Brief, TrueTable

_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True, slots=True)
class Layout:
    """How LaTeX sets a brief.

    Attributes:
        font: a package of a font, "" for Computer Modern in its old encoding, in which accents are set apart.
        rules: "all" around each cell, or "three" as in books.
    """

    columns: int = 1
    rules: str = "three"
    endnotes: bool = False
    font: str = "lmodern"
    size: int = 11
    running: bool = False


def escaped(text: str) -> str:
    """Text in which nothing is a command."""
    text = re.sub(r"[\\~^]|[&%$#_{}]", lambda found: _SPECIAL.get(found.group(), "\\" + found.group()), text)
    text = re.sub(r'(^|[\s(\[])"', r"\1``", text).replace('"', "''")
    return re.sub(r"(https?://[^ ,]+?)(?=[.,]?(?: |$))", r"\\url{\1}", text)


def source(brief: Brief, layout: Layout) -> str:
    """The file that pdflatex compiles."""
    options = f"{layout.size}pt,a4paper" + (",twocolumn" if layout.columns > 1 else "")
    lines = [rf"\documentclass[{options}]{{article}}"]
    if layout.font:
        lines += [r"\usepackage[T1]{fontenc}", rf"\usepackage{{{layout.font}}}"]
    lines += [r"\usepackage{booktabs,url}", r"\usepackage[margin=2.4cm]{geometry}", r"\usepackage{textcomp}"]
    if layout.running:
        lines += [
            r"\usepackage{fancyhdr}",
            r"\pagestyle{fancy}",
            rf"\lhead{{{escaped(brief.running)}}}",
            r"\rhead{\thepage}",
            r"\cfoot{}",
        ]
    if brief.symbols:
        lines.append(r"\renewcommand{\thefootnote}{\fnsymbol{footnote}}")
    if not brief.numbered:
        lines.append(r"\setcounter{secnumdepth}{0}")
    below = rf" \\ {escaped(brief.institute)}" if brief.institute else ""
    lines += [
        rf"\title{{{escaped(brief.title)}}}",
        r"\author{" + r" \and ".join(map(escaped, brief.authors)) + below + "}",
    ]
    lines += [rf"\date{{{escaped(brief.date)}}}", r"\begin{document}", r"\maketitle"]
    abstract = False
    for part in brief.parts:
        texts = [_inline(brief, layout, line) for line in part.lines]
        if part.kind == "heading":
            if abstract:
                lines.append(r"\end{abstract}")
            abstract = part.lines[0] == "Abstract"
            command = "section" if part.level == 1 else "subsection"
            lines.append(r"\begin{abstract}" if abstract else rf"\{command}{{{texts[0]}}}")
        elif part.kind == "table":
            lines.append(_table(brief.tables[part.level - 1], layout))
        elif part.kind == "quote":
            lines.append("\\begin{quote}\n" + "\n".join(texts) + "\n\\end{quote}")
        elif part.kind in ("item", "ordered"):
            name = "itemize" if part.kind == "item" else "enumerate"
            lines.append(f"\\begin{{{name}}}\n" + "\n".join(rf"\item {text}" for text in texts) + f"\n\\end{{{name}}}")
        else:
            lines.append("\n".join(texts))
    if brief.references:
        lines += [r"\section*{References}", *(r"\noindent " + _inline(brief, layout, one) for one in brief.references)]
    if layout.endnotes and brief.notes:
        lines.append(r"\section*{Notes}")
        notes = zip(brief.labels, brief.notes, strict=True)
        lines += [rf"\noindent {label}. {_inline(brief, layout, one)}" for label, one in notes]
    return "\n\n".join([*lines, r"\end{document}", ""])


def _inline(brief: Brief, layout: Layout, line: str) -> str:
    found = []
    for piece in re.split(r"(\[\^\d+\]|\*[^*]+\*)", line):
        if marker := re.fullmatch(r"\[\^(\d+)\]", piece):
            number = int(marker.group(1)) - 1
            note = _inline(brief, layout, brief.notes[number])
            found.append(rf"\textsuperscript{{{brief.labels[number]}}}" if layout.endnotes else rf"\footnote{{{note}}}")
        elif len(piece) > 2 and piece.startswith("*") and piece.endswith("*"):
            found.append(rf"\emph{{{escaped(piece[1:-1])}}}")
        else:
            found.append(escaped(piece))
    return "".join(found)


def _table(table: TrueTable, layout: Layout) -> str:
    width, grid = len(table.rows[0]), layout.rules == "all"
    columns = ("|l|" + "r|" * (width - 1)) if grid else "l" + "r" * (width - 1)
    spans = {(cell.row, cell.column): cell for cell in table.cells()}
    lines = [r"\hline" if grid else r"\toprule"]
    for r, row in enumerate(table.rows):
        texts = []
        for c, text in enumerate(row):
            if text == "<":
                continue
            cell = spans.get((r, c))
            text = "" if cell is None else escaped(cell.text)
            if cell is not None and cell.column_span > 1:
                side = "c|" if grid else "c"
                text = rf"\multicolumn{{{cell.column_span}}}{{{side}}}{{{text}}}"
            texts.append(text)
        lines.append(" & ".join(texts) + r" \\")
        if grid:
            open_cells = r + 1 < len(table.rows) and "^" in table.rows[r + 1]
            closed = [c + 1 for c in range(width) if open_cells and table.rows[r + 1][c] != "^"]
            lines.append(" ".join(rf"\cline{{{c}-{c}}}" for c in closed) if open_cells else r"\hline")
        elif r + 1 == table.headers:
            lines.append(r"\midrule")
    lines += [] if grid else [r"\bottomrule"]
    above = "\n\n".join(rf"\textbf{{{escaped(line)}}}" for line in (table.printed, table.unit_line) if line)
    inside = "\n".join(lines)
    return (
        "\\begin{center}\n\\begin{minipage}{\\linewidth}\\centering\\small\n"
        f"{above}\n\n\\smallskip\n\\begin{{tabular}}{{{columns}}}\n{inside}\n\\end{{tabular}}\n\n\\smallskip\n{escaped(table.source)}\n"
        "\\end{minipage}\n\\end{center}"
    )
