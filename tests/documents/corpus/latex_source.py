"""A brief as LaTeX's article, with the rules of booktabs or lines around all cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from tests.documents.corpus.truth import Brief, Part, TrueTable

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
    if any(table.widths or table.long for table in brief.tables):
        lines.append(r"\usepackage{array,longtable}")
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
    authors = list(map(escaped, brief.authors))
    if brief.affiliations:
        authors = [rf"{a} \\ \small {escaped(b)}" for a, b in zip(authors, brief.affiliations, strict=True)]
    lines += [rf"\title{{{escaped(brief.title)}}}", r"\author{" + r" \and ".join(authors) + below + "}"]
    lines += [rf"\date{{{escaped(brief.date)}}}", r"\begin{document}", r"\maketitle"]
    abstract = False
    for boxed, parts in groupby(brief.parts, lambda part: part.boxed):
        made = []
        for part in parts:
            if part.kind == "heading" and abstract:
                made.append(r"\end{abstract}")
            if part.kind == "heading":
                abstract = part.lines[0] == "Abstract"
            made.append(_part(brief, layout, part))
        frame = r"\begin{center}\fbox{\begin{minipage}{0.94\linewidth}\setlength{\parskip}{4pt}"
        lines += [frame, *made, r"\end{minipage}}\end{center}"] if boxed else made
    if brief.references:
        lines += [r"\section*{References}", *(r"\noindent " + _inline(brief, layout, one) for one in brief.references)]
    if layout.endnotes and brief.notes:
        lines.append(r"\section*{Notes}")
        notes = zip(brief.labels, brief.notes, strict=True)
        lines += [rf"\noindent {label}. {_inline(brief, layout, one)}" for label, one in notes]
    return "\n\n".join([*lines, r"\end{document}", ""])


def _part(brief: Brief, layout: Layout, part: Part) -> str:
    texts = [_inline(brief, layout, line) for line in part.lines]
    if part.kind == "heading":
        command = "section" if part.level == 1 else "subsection"
        return r"\begin{abstract}" if part.lines[0] == "Abstract" else rf"\{command}{{{texts[0]}}}"
    if part.kind == "table":
        return _table(brief.tables[part.level - 1], layout)
    if part.kind == "quote":
        return "\\begin{quote}\n" + "\n".join(texts) + "\n\\end{quote}"
    if part.kind in ("item", "ordered"):
        name = "itemize" if part.kind == "item" else "enumerate"
        return f"\\begin{{{name}}}\n" + "\n".join(rf"\item {text}" for text in texts) + f"\n\\end{{{name}}}"
    if part.kind == "lines" and any(" || " in text for text in texts):
        rows = " \\\\\n".join(text.replace(" || ", " & ") for text in texts)
        return f"\\bigskip\\noindent\n\\begin{{tabular}}{{@{{}}p{{0.47\\linewidth}}p{{0.47\\linewidth}}@{{}}}}\n{rows}\n\\end{{tabular}}"
    if part.kind == "lines":
        return r"\noindent " + " \\\\\n".join(texts)
    if part.kind == "labelled" and part.level:
        entry = rf"\item[{escaped(part.label)}] " + "\n".join(texts)
        inset = rf"\setlength{{\leftmargin}}{{{1.2 + 0.8 * part.level:.1f}em}}"
        return f"\\begin{{list}}{{}}{{{inset}}}\n{entry}\n\\end{{list}}"
    return (rf"\textbf{{{escaped(part.label)}}} " if part.label else "") + "\n".join(texts)


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
    kinds = list(table.aligned)
    if table.widths:
        ragged = {"l": r"\raggedright", "r": r"\raggedleft"}
        pairs = zip(kinds, table.shares, strict=True)
        kinds = [
            rf">{{{ragged[side]}\arraybackslash}}p{{\dimexpr {share:.3f}\linewidth-2\tabcolsep\relax}}"
            for side, share in pairs
        ]
    columns = "|" + "|".join(kinds) + "|" if grid else "".join(kinds)
    spans = {(cell.row, cell.column): cell for cell in table.grid()}
    lines = [r"\hline" if grid else r"\toprule"]
    for r, row in enumerate(table.rows):
        texts = []
        for c, text in enumerate(row):
            if text == "<":
                continue
            cell = spans.get((r, c))
            text = "" if cell is None else escaped(cell.text)
            if cell is not None:
                text = (r"\quad " if cell.inside else "") + text
                text += rf"\textsuperscript{{{cell.mark}}}" if cell.mark else ""
            if cell is not None and cell.column_span > 1:
                side = "c" if r < table.headers else "l"
                side = ("|" if not c and grid else "") + side + ("|" if grid else "")
                text = rf"\multicolumn{{{cell.column_span}}}{{{side}}}{{{text}}}"
            texts.append(text)
        lines.append(" & ".join(texts) + r" \\")
        if grid:
            open_cells = r + 1 < len(table.rows) and "^" in table.rows[r + 1]
            closed = [c + 1 for c in range(width) if open_cells and table.rows[r + 1][c] != "^"]
            lines.append(" ".join(rf"\cline{{{c}-{c}}}" for c in closed) if open_cells else r"\hline")
        elif r + 1 == table.headers:
            lines.append(r"\midrule")
        if r + 1 == table.headers and _runs_on(table, layout):
            lines.append(r"\endhead")
    lines += [] if grid else [r"\bottomrule"]
    above = "\n\n".join(rf"\textbf{{{escaped(line)}}}" for line in (table.printed, table.unit_line) if line)
    inside = "\n".join(lines)
    below = "\n\n\\smallskip\n".join(map(escaped, (*table.remarks, table.source)))
    if _runs_on(table, layout):
        head = rf"\multicolumn{{{width}}}{{p{{0.9\linewidth}}}}{{{above}}} \\ \noalign{{\smallskip}}"
        first = inside.partition(r"\endhead")[0]
        return f"{{\\small\n\\begin{{longtable}}{{{columns}}}\n{head}\n{first}\\endfirsthead\n{inside}\n\\end{{longtable}}\n\n{below}\n\n}}"
    if table.wide and layout.columns > 1:
        inner = f"{above}\n\n\\smallskip\n\\begin{{tabular}}{{{columns}}}\n{inside}\n\\end{{tabular}}\n\n\\smallskip\n{below}"
        return f"\\begin{{table*}}[t]\\centering\\small\n{inner}\n\\end{{table*}}"
    return (
        "\\begin{center}\n\\begin{minipage}{\\linewidth}\\centering\\small\n"
        f"{above}\n\n\\smallskip\n\\begin{{tabular}}{{{columns}}}\n{inside}\n\\end{{tabular}}\n\n\\smallskip\n{below}\n"
        "\\end{minipage}\n\\end{center}"
    )


def _runs_on(table: TrueTable, layout: Layout) -> bool:
    return table.long and layout.columns == 1
