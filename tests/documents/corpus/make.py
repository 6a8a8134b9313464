"""Makes the files of made/ from briefs/ by the programs that users have: `python -m tests.documents.corpus.make` from the root of a clone.

Needs pandoc 2.17, LibreOffice 7.4, Chromium, pdfTeX (TeX Live 2022 with booktabs, lmodern, fancyhdr, charter, times), pdftotext (poppler) and,
in this Python, typst 0.15 and openpyxl. Without them the committed files stay as they are. Other versions make other bytes, and the rates of
`test_corpus_rates.py` may change by what they do otherwise.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.documents.corpus import latex_source, typst_source
from tests.documents.corpus.pandoc_source import Tree, curly
from tests.documents.corpus.truth import FOLDER, Brief, briefs, normalised, shown

MADE = FOLDER / "made"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = {
    "plain": "body{font-family:'Liberation Serif';font-size:11pt} table{border-collapse:collapse;margin:1em 0} td,th{padding:2pt 8pt}",
    "ruled": "body{font-family:'Liberation Sans';font-size:10pt} table{border-collapse:collapse} td,th{padding:3pt 7pt;border:1px solid #444}",
    "two": "body{font-family:'Liberation Serif';font-size:9.5pt;column-count:2;column-gap:8mm;text-align:justify;hyphens:auto} "
    "header{column-span:all} table{border-collapse:collapse;font-size:8pt} td,th{padding:1pt 4pt;border:1px solid #888}",
    "bare": "body{font-family:'Liberation Serif';font-size:9.5pt;column-count:2;column-gap:8mm;text-align:justify;hyphens:auto} "
    "header{column-span:all} table{border-collapse:collapse;font-size:8pt;text-align:left;break-inside:avoid} td,th{padding:1pt 3pt}",
    "shaded": "body{font-family:'DejaVu Sans';font-size:9pt} table{border-collapse:collapse;width:100%;margin:1em 0} "
    "td,th{padding:3pt 5pt;vertical-align:top} th{background:#cfd8e3} tbody tr:nth-child(even){background:#eef1f5}",
}
FRAME = " .box{border:1px solid #444;padding:0 8pt;margin:1em 0}"
MARGINS = "@page{{size:A4;margin:22mm;@top-center{{content:'{0}';font-size:8pt}}@bottom-center{{content:counter(page);font-size:8pt}}}}"


def called(*command: str | Path, text: str | None = None, folder: Path | None = None) -> str:
    """What a program printed; it is stopped by the first that fails."""
    done = subprocess.run([str(part) for part in command], input=text, capture_output=True, text=True, cwd=folder)
    if done.returncode:
        sys.exit(f"{command[0]} failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def pandoc(tree: str, to: str, target: Path, *options: str) -> None:
    """Write a tree in one of pandoc's formats."""
    called("pandoc", "--from", "json", "--to", to, "--standalone", "--output", target, *options, text=tree)


def reference(target: Path, *, columns: int = 1, running: str = "", grid: bool = False, small: bool = False) -> Path:
    """The reference.docx of pandoc, with columns, a running head, a page number, lined tables and small type."""
    content = subprocess.run(
        ["pandoc", "--print-default-data-file", "reference.docx"], capture_output=True, check=True
    ).stdout
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            part = given.read(name)
            if name == "word/document.xml":
                heads = (
                    '<w:headerReference w:type="default" r:id="rIdHead"/><w:footerReference w:type="default" r:id="rIdFoot"/>'
                    if running
                    else ""
                )
                section = (
                    f'<w:sectPr xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{heads}'
                )
                section += '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1134" w:bottom="1418" w:left="1134" '
                section += (
                    f'w:header="700" w:footer="700" w:gutter="0"/><w:cols w:num="{columns}" w:space="500"/></w:sectPr>'
                )
                part = re.sub(rb"<w:sectPr\b.*?(/>|</w:sectPr>)", b"", part, flags=re.DOTALL)
                part = part.replace(b"</w:body>", section.encode() + b"</w:body>")
            elif name == "word/theme/theme1.xml":
                part = re.sub(rb'(<a:latin typeface=")[^"]+', rb"\1Liberation Serif", part)
            elif name == "word/styles.xml":
                size = b"18" if small else b"20" if columns > 1 else b"24"
                part = part.replace(b'<w:sz w:val="24"', b'<w:sz w:val="' + size + b'"')
                sides = "".join(
                    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
                    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
                )
                part = (
                    part
                    if not grid
                    else re.sub(
                        rb'(w:styleId="Table">.*?<w:tblPr>)',
                        rb"\1<w:tblBorders>" + sides.encode() + rb"</w:tblBorders>",
                        part,
                        flags=re.DOTALL,
                    )
                )
            elif name == "word/_rels/document.xml.rels" and running:
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
                more = f'<Relationship Id="rIdHead" Type="{kind}/header" Target="header9.xml"/>'
                more += f'<Relationship Id="rIdFoot" Type="{kind}/footer" Target="footer9.xml"/>'
                part = part.replace(b"</Relationships>", more.encode() + b"</Relationships>")
            elif name == "[Content_Types].xml" and running:
                kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
                more = f'<Override PartName="/word/header9.xml" ContentType="{kind}.header+xml"/>'
                more += f'<Override PartName="/word/footer9.xml" ContentType="{kind}.footer+xml"/>'
                part = part.replace(b"</Types>", more.encode() + b"</Types>")
            made.writestr(name, part)
        if running:
            head = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>{running}</w:t></w:r></w:p>'
            foot = '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
            made.writestr("word/header9.xml", f'<w:hdr xmlns:w="{W}">{head}</w:hdr>')
            made.writestr("word/footer9.xml", f'<w:ftr xmlns:w="{W}">{foot}</w:ftr>')
    return target


class Workshop:
    """A folder in which files are made; `made` holds those that stay."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._count = 0

    def office(self, source: Path, to: str) -> Path:
        """LibreOffice's conversion of a file."""
        self._count += 1
        folder = self.place / f"office{self._count}"
        profile = f"-env:UserInstallation=file://{self.place.parent / 'profile'}"
        called("soffice", profile, "--headless", "--convert-to", to, "--outdir", folder, source)
        (found,) = folder.iterdir()
        return found

    def docx(
        self,
        brief: Brief,
        *,
        grid: bool = False,
        columns: int = 1,
        running: bool = False,
        small: bool = False,
        **options: bool,
    ) -> Path:
        """The DOCX of pandoc."""
        self._count += 1
        target = self.place / f"{brief.name}{self._count}.docx"
        style = reference(
            self.place / f"style{self._count}.docx",
            grid=grid,
            columns=columns,
            running=brief.running if running else "",
            small=small,
        )
        tree = Tree(brief, fitted=columns > 1, **options)
        pandoc(tree.json(), "docx", target, "--reference-doc", str(style))
        return target

    def odt(self, brief: Brief, **options: bool) -> Path:
        """The ODT of pandoc."""
        target = self.place / f"{brief.name}.odt"
        pandoc(Tree(brief, **options).json(), "odt", target)
        return target

    def other(self, brief: Brief, to: str, ending: str, *more: str, **options: bool) -> Path:
        """One of pandoc's texts."""
        self._count += 1
        target = self.place / f"{brief.name}{self._count}.{ending}"
        pandoc(Tree(brief, **options).json(), to, target, *more)
        return target

    def chromium(self, brief: Brief, style: str, *, running: bool = False, **options: bool) -> Path:
        """Chromium's print of pandoc's HTML."""
        css = STYLES[style] + FRAME + (MARGINS.format(brief.running) if running else "@page{size:A4;margin:22mm}")
        page = self.other(brief, "html", "html", **options)
        text = re.sub(r"<style>.*?</style>", f"<style>{css}</style>", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        page.write_text(text, encoding="utf-8")
        target = page.with_suffix(".pdf")
        profile = f"--user-data-dir={self.place / 'chromium'}"
        called(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            profile,
            "--no-pdf-header-footer",
            f"--print-to-pdf={target}",
            page,
        )
        return target

    def typst(self, brief: Brief, layout: typst_source.Layout) -> Path:
        """The PDF of typst."""
        import typst

        self._count += 1
        source = self.place / f"{brief.name}{self._count}.typ"
        source.write_text(typst_source.source(brief, layout), encoding="utf-8")
        target = source.with_suffix(".pdf")
        typst.compile(str(source), output=str(target))
        return target

    def latex(self, brief: Brief, layout: latex_source.Layout) -> Path:
        """The PDF of pdfTeX."""
        self._count += 1
        folder = self.place / f"latex{self._count}"
        folder.mkdir()
        (folder / "brief.tex").write_text(latex_source.source(brief, layout), encoding="utf-8")
        for _ in range(2):
            called("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "brief.tex", folder=folder)
        return folder / "brief.pdf"

    def markdown(self, brief: Brief) -> Path:
        """Markdown as people type it: the front in bold lines, pipe tables, notes at the end."""
        lines = [f"# {brief.title}"]
        lines += [f"**Author:** {', '.join(brief.authors)}"] * bool(brief.authors) + [f"**Date:** {brief.date}"]
        for part in brief.parts:
            if part.kind == "heading":
                lines.append("#" * (part.level + 1) + " " + part.lines[0])
            elif part.kind == "table":
                table = brief.tables[part.level - 1]
                rows = [
                    "| " + " | ".join("" if text in "<^" else shown(text) for text in row) + " |" for row in table.rows
                ]
                rows.insert(1, "|" + "---|" * len(table.rows[0]))
                lines += [f"**{line}**" for line in (table.printed, table.unit_line) if line]
                lines += ["\n".join(rows), *table.remarks, table.source]
            elif part.kind in ("item", "ordered"):
                marks = ["- " if part.kind == "item" else f"{n}. " for n in range(1, len(part.lines) + 1)]
                lines.append("\n".join(mark + line for mark, line in zip(marks, part.lines, strict=True)))
            elif part.kind == "lines":
                lines += [
                    "  \n".join(column) for column in zip(*(line.split(" || ") for line in part.lines), strict=True)
                ]
            elif part.label:
                lines.append((part.label if part.level else f"**{part.label}**") + " " + " ".join(part.lines))
            else:
                lines.append(("> " if part.kind == "quote" else "") + " ".join(part.lines))
        lines += [f"[^{number}]: {note}" for number, note in enumerate(brief.notes, 1)]
        target = self.place / f"{brief.name}.md"
        target.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        return target

    def sheet(self, brief: Brief) -> Path:
        """A workbook of the tables, a sheet each, with numbers as numbers."""
        from openpyxl import Workbook

        book = Workbook()
        book.remove(book.worksheets[0])
        for number, table in enumerate(brief.tables, 1):
            sheet = book.create_sheet(f"T{number}")
            for line in (table.printed, table.unit_line):
                if line:
                    sheet.append([line])
            for row in table.rows:
                sheet.append(["" if text in "<^" else _number(shown(text)) for text in row])
            sheet.append([])
            for line in (*table.remarks, table.source):
                sheet.append([line])
            for cells in sheet.iter_rows():
                for cell in cells:
                    if isinstance(cell.value, float):
                        cell.number_format = "#,##0.0"
                    elif isinstance(cell.value, int) and cell.value > 2100:
                        cell.number_format = "#,##0"
        target = self.place / f"{brief.name}.xlsx"
        book.save(target)
        return target

    def separated(self, brief: Brief, number: int, ending: str) -> Path:
        """One table with commas or tabs."""
        table = brief.tables[number - 1]
        target = self.place / f"{brief.name}.{ending}"
        with target.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, delimiter="\t" if ending == "tsv" else ",")
            writer.writerows([line] for line in (table.printed, table.unit_line) if line)
            writer.writerows([["" if text in "<^" else shown(text) for text in row] for row in table.rows])
            writer.writerows([line] for line in (*table.remarks, table.source))
        return target


def _number(text: str) -> str | int | float:
    plain = text.replace(",", "")
    if re.fullmatch(r"-?\d+\.\d", plain):
        return float(plain)
    return int(plain) if re.fullmatch(r"-?\d+", plain) else text


T, L = typst_source.Layout, latex_source.Layout
Route = Callable[[Workshop, Brief], Path]
# pandoc's ODT and RTF drop the second row of a table's header, so briefs with one go through LibreOffice. Each line is a file: brief.route.ending. "ruled" in a route's name: lines run around every cell of its tables.
ROUTES: dict[str, Route] = {
    "fisheries.pandoc.docx": lambda w, b: w.docx(b),
    "fisheries.typed.docx": lambda w, b: w.docx(b, typed=True, captions=False),
    "fisheries.office.docx": lambda w, b: w.office(w.docx(b, grid=True), "docx"),
    "fisheries.pandoc.odt": lambda w, b: w.odt(b),
    "fisheries.office.rtf": lambda w, b: w.office(w.docx(b), "rtf"),
    "fisheries.pandoc.html": lambda w, b: w.other(b, "html", "html"),
    "fisheries.typed-hand.md": lambda w, b: w.markdown(b),
    "fisheries.pandoc.txt": lambda w, b: w.other(b, "plain", "txt", "--columns=80"),
    "fisheries.office-ruled.pdf": lambda w, b: w.office(w.docx(b, grid=True, running=True), "pdf"),
    "fisheries.chromium.pdf": lambda w, b: w.chromium(b, "plain", running=True),
    "fisheries.typst-two-ruled.pdf": lambda w, b: w.typst(b, T(columns=2, running=True)),
    "fisheries.latex-cm.pdf": lambda w, b: w.latex(b, L(font="", running=True)),
    "bulletin.pandoc.docx": lambda w, b: w.docx(b, grid=True),
    "bulletin.office.odt": lambda w, b: w.office(w.docx(b), "odt"),
    "bulletin.office.rtf": lambda w, b: w.office(w.docx(b, grid=True), "rtf"),
    "bulletin.pandoc.html": lambda w, b: w.other(b, "html", "html"),
    "bulletin.office.html": lambda w, b: w.office(w.docx(b), "html"),
    "bulletin.openpyxl.xlsx": lambda w, b: w.sheet(b),
    "bulletin.office.ods": lambda w, b: w.office(w.sheet(b), "ods"),
    "bulletin.comma.csv": lambda w, b: w.separated(b, 1, "csv"),
    "bulletin.office-ruled.pdf": lambda w, b: w.office(w.docx(b, grid=True, running=True), "pdf"),
    "bulletin.chromium-ruled.pdf": lambda w, b: w.chromium(b, "ruled"),
    "bulletin.typst.pdf": lambda w, b: w.typst(b, T(rules="none", running=True)),
    "bulletin.typst-three.pdf": lambda w, b: w.typst(b, T(rules="three")),
    "bulletin.latex.pdf": lambda w, b: w.latex(b, L(font="mathptmx")),
    "press.pandoc.docx": lambda w, b: w.docx(b),
    "press.pandoc.rtf": lambda w, b: w.other(b, "rtf", "rtf"),
    "press.pandoc.txt": lambda w, b: w.other(b, "plain", "txt"),
    "press.office.pdf": lambda w, b: w.office(w.odt(b), "pdf"),
    "press.chromium.pdf": lambda w, b: w.chromium(b, "plain"),
    "report.pandoc.docx": lambda w, b: w.docx(b),
    "report.bold.docx": lambda w, b: w.docx(b, bold=True, captions=False),
    "report.office.odt": lambda w, b: w.office(w.docx(b, running=True), "odt"),
    "report.pandoc.md": lambda w, b: w.other(b, "markdown-simple_tables-multiline_tables-grid_tables", "md"),
    "report.office-two-ruled.pdf": lambda w, b: w.office(w.docx(b, grid=True, columns=2, running=True), "pdf"),
    "report.typst.pdf": lambda w, b: w.typst(b, T(rules="three", paper="a5", running=True)),
    "report.latex-two.pdf": lambda w, b: w.latex(b, L(columns=2, size=10)),
    "report.latex-ruled.pdf": lambda w, b: w.latex(b, L(rules="all", font="charter", running=True)),
    "forty.pandoc.docx": lambda w, b: w.docx(b),
    "forty.word97.docx": lambda w, b: w.office(w.office(w.docx(b), "doc"), "docx"),
    "forty.pandoc.odt": lambda w, b: w.odt(b),
    "forty.pandoc.rtf": lambda w, b: w.other(b, "rtf", "rtf"),
    "forty.pandoc.html": lambda w, b: w.other(b, "html", "html"),
    "forty.pandoc.txt": lambda w, b: w.other(b, "plain", "txt"),
    "forty.typst-two.pdf": lambda w, b: w.typst(b, T(columns=2, running=True, size=10)),
    "forty.typst-end.pdf": lambda w, b: w.typst(b, T(endnotes=True, running=True)),
    "forty.latex.pdf": lambda w, b: w.latex(b, L(running=True)),
    "forty.office.pdf": lambda w, b: w.office(w.docx(b, running=True), "pdf"),
    "memo.typed.docx": lambda w, b: w.docx(b),
    "memo.typst.pdf": lambda w, b: w.typst(b, T()),
    "memo.latex.pdf": lambda w, b: w.latex(b, L()),
    "ties.typed-hand.md": lambda w, b: w.markdown(b),
    "ties.pandoc.docx": lambda w, b: w.docx(b),
    "ties.office.odt": lambda w, b: w.office(w.docx(b), "odt"),
    "ties.office.rtf": lambda w, b: w.office(w.docx(b), "rtf"),
    "ties.pandoc.html": lambda w, b: w.other(b, "html", "html"),
    "ties.office-ruled.pdf": lambda w, b: w.office(w.docx(b, grid=True, running=True), "pdf"),
    "ties.typst.pdf": lambda w, b: w.typst(b, T(rules="three")),
    "ties.latex-two.pdf": lambda w, b: w.latex(b, L(columns=2, size=10)),
    "journal.pandoc.docx": lambda w, b: w.docx(b),
    "journal.office-two.pdf": lambda w, b: w.office(w.docx(b, columns=2, running=True, typed=True), "pdf"),
    "journal.office.rtf": lambda w, b: w.office(w.docx(b), "rtf"),
    "journal.pandoc.html": lambda w, b: w.other(b, "html", "html"),
    "journal.typst-two-end.pdf": lambda w, b: w.typst(b, T(columns=2, endnotes=True, rules="three", running=True)),
    "journal.latex-two.pdf": lambda w, b: w.latex(b, L(columns=2, size=10, endnotes=True)),
    "journal.latex-cm.pdf": lambda w, b: w.latex(b, L(font="")),
    "chronology.pandoc.docx": lambda w, b: w.docx(b),
    "chronology.office.odt": lambda w, b: w.office(w.docx(b), "odt"),
    "chronology.typed-hand.md": lambda w, b: w.markdown(b),
    "chronology.chromium-two-ruled.pdf": lambda w, b: w.chromium(b, "two"),
    "chronology.latex.pdf": lambda w, b: w.latex(b, L()),
    "speech.pandoc.docx": lambda w, b: w.docx(b, straight=True),
    "speech.pandoc.rtf": lambda w, b: w.other(b, "rtf", "rtf"),
    "speech.typst.pdf": lambda w, b: w.typst(b, T(font="DejaVu Serif", justify=False)),
    "speech.office.pdf": lambda w, b: w.office(w.odt(b), "pdf"),
    "returns.pandoc.docx": lambda w, b: w.docx(b),
    "returns.office.odt": lambda w, b: w.office(w.docx(b, grid=True), "odt"),
    "returns.openpyxl.xlsx": lambda w, b: w.sheet(b),
    "returns.office.xlsx": lambda w, b: w.office(w.separated(b, 2, "csv"), "xlsx"),
    "returns.office.ods": lambda w, b: w.office(w.sheet(b), "ods"),
    "returns.tabs.tsv": lambda w, b: w.separated(b, 2, "tsv"),
    "returns.typst-ruled.pdf": lambda w, b: w.typst(b, T()),
    "returns.typst.pdf": lambda w, b: w.typst(b, T(rules="none", running=True)),
    "returns.latex.pdf": lambda w, b: w.latex(b, L()),
    "returns.chromium.pdf": lambda w, b: w.chromium(b, "plain"),
    "returns.office-ruled.pdf": lambda w, b: w.office(w.docx(b, grid=True), "pdf"),
    "working.pandoc.docx": lambda w, b: w.docx(b, running=True),
    "working.office.docx": lambda w, b: w.office(w.office(w.docx(b), "odt"), "docx"),
    "working.office.html": lambda w, b: w.office(w.docx(b), "html"),
    "working.latex.pdf": lambda w, b: w.latex(b, L(running=True)),
    "working.typst-two.pdf": lambda w, b: w.typst(b, T(columns=2, rules="three", size=10)),
    "abbreviations.pandoc.docx": lambda w, b: w.docx(b),
    "abbreviations.pandoc.odt": lambda w, b: w.odt(b),
    "abbreviations.pandoc.md": lambda w, b: w.other(b, "markdown", "md"),
    "abbreviations.chromium.pdf": lambda w, b: w.chromium(b, "plain"),
    "abbreviations.typst-two.pdf": lambda w, b: w.typst(b, T(columns=2, size=10)),
    "abbreviations.latex.pdf": lambda w, b: w.latex(b, L(columns=2, size=10, running=True)),
    "thinktank.pandoc.docx": lambda w, b: w.docx(b),
    "thinktank.framed.docx": lambda w, b: w.docx(b, framed=True, captions=False),
    "thinktank.office.odt": lambda w, b: w.office(w.docx(b, running=True), "odt"),
    "thinktank.office.rtf": lambda w, b: w.office(w.docx(b, framed=True), "rtf"),
    "thinktank.pandoc.html": lambda w, b: w.other(b, "html", "html"),
    "thinktank.typst-three.pdf": lambda w, b: w.typst(b, T(rules="three", running=True)),
    "thinktank.typst-two-end.pdf": lambda w, b: w.typst(b, T(columns=2, rules="none", endnotes=True, size=10)),
    "thinktank.latex.pdf": lambda w, b: w.latex(b, L(running=True)),
    "thinktank.office-ruled.pdf": lambda w, b: w.office(w.docx(b, grid=True, running=True), "pdf"),
    "thinktank.chromium.pdf": lambda w, b: w.chromium(b, "plain", running=True),
    "accounts.pandoc.docx": lambda w, b: w.docx(b),
    "accounts.office.odt": lambda w, b: w.office(w.docx(b, grid=True), "odt"),
    "accounts.office.rtf": lambda w, b: w.office(w.docx(b), "rtf"),
    "accounts.office.html": lambda w, b: w.office(w.docx(b), "html"),
    "accounts.pandoc.html": lambda w, b: w.other(b, "html", "html"),
    "accounts.openpyxl.xlsx": lambda w, b: w.sheet(b),
    "accounts.typst.pdf": lambda w, b: w.typst(b, T(rules="none", running=True)),
    "accounts.typst-three.pdf": lambda w, b: w.typst(b, T(rules="three", font="DejaVu Sans", size=9)),
    "accounts.latex-ruled.pdf": lambda w, b: w.latex(b, L(rules="all", font="charter", running=True)),
    "accounts.office-ruled.pdf": lambda w, b: w.office(w.docx(b, grid=True, running=True), "pdf"),
    "accounts.chromium.pdf": lambda w, b: w.chromium(b, "plain", running=True),
    "statement.pandoc.docx": lambda w, b: w.docx(b),
    "statement.lists.docx": lambda w, b: w.docx(b, lists=True),
    "statement.office.rtf": lambda w, b: w.office(w.docx(b, lists=True), "rtf"),
    "statement.pandoc.html": lambda w, b: w.other(b, "html", "html", lists=True),
    "statement.pandoc.txt": lambda w, b: w.other(b, "plain", "txt", "--columns=76"),
    "statement.typed-hand.md": lambda w, b: w.markdown(b),
    "statement.typst.pdf": lambda w, b: w.typst(b, T(running=True)),
    "statement.latex-two.pdf": lambda w, b: w.latex(b, L(columns=2, size=10)),
    "statement.office.pdf": lambda w, b: w.office(w.docx(b, lists=True, running=True), "pdf"),
    "article.pandoc.docx": lambda w, b: w.docx(b),
    "article.office.odt": lambda w, b: w.office(w.docx(b, running=True), "odt"),
    "article.pandoc.html": lambda w, b: w.other(b, "html", "html"),
    "article.pandoc.md": lambda w, b: w.other(b, "markdown", "md"),
    "article.typst-two.pdf": lambda w, b: w.typst(b, T(columns=2, rules="three", running=True, size=9.5)),
    "article.typst-end.pdf": lambda w, b: w.typst(b, T(rules="none", endnotes=True, running=True)),
    "article.latex-two.pdf": lambda w, b: w.latex(b, L(columns=2, size=10, running=True)),
    "article.latex-cm.pdf": lambda w, b: w.latex(b, L(font="")),
    "article.office-ruled.pdf": lambda w, b: w.office(w.docx(b, grid=True, typed=True, running=True), "pdf"),
    "article.chromium-two-ruled.pdf": lambda w, b: w.chromium(b, "two"),
    "briefing.pandoc.docx": lambda w, b: w.docx(b),
    "briefing.office.odt": lambda w, b: w.office(w.docx(b, running=True), "odt"),
    "briefing.pandoc.rtf": lambda w, b: w.other(b, "rtf", "rtf"),
    "briefing.pandoc.txt": lambda w, b: w.other(b, "plain", "txt"),
    "briefing.typed-hand.md": lambda w, b: w.markdown(b),
    "briefing.typst-two.pdf": lambda w, b: w.typst(b, T(columns=2, size=10)),
    "briefing.latex.pdf": lambda w, b: w.latex(b, L(font="mathptmx", running=True)),
    "briefing.office.pdf": lambda w, b: w.office(w.odt(b), "pdf"),
    "briefing.chromium.pdf": lambda w, b: w.chromium(b, "plain"),
    "quarter.pandoc.docx": lambda w, b: w.docx(b),
    "quarter.office.html": lambda w, b: w.office(w.docx(b), "html"),
    "quarter.openpyxl.xlsx": lambda w, b: w.sheet(b),
    "quarter.typst.pdf": lambda w, b: w.typst(b, T(rules="none", size=9, running=True, ragged=True)),
    "quarter.latex.pdf": lambda w, b: w.latex(b, L(size=10, running=True)),
    "quarter.chromium.pdf": lambda w, b: w.chromium(b, "shaded", running=True),
    "quarter.office.pdf": lambda w, b: w.office(w.docx(b, running=True, small=True), "pdf"),
    "answer.pandoc.docx": lambda w, b: w.docx(b, captions=False),
    "answer.office.odt": lambda w, b: w.office(w.docx(b, running=True), "odt"),
    "answer.typst-three.pdf": lambda w, b: w.typst(b, T(rules="three", running=True)),
    "answer.latex.pdf": lambda w, b: w.latex(b, L(font="mathptmx")),
    "answer.chromium.pdf": lambda w, b: w.chromium(b, "plain", running=True),
    "answer.office.pdf": lambda w, b: w.office(w.docx(b, running=True), "pdf"),
    "policy.pandoc.odt": lambda w, b: w.odt(b),
    "policy.office.rtf": lambda w, b: w.office(w.docx(b), "rtf"),
    "policy.typed-hand.md": lambda w, b: w.markdown(b),
    "policy.typst-two.pdf": lambda w, b: w.typst(b, T(columns=2, rules="three", size=9.5, running=True, ragged=True)),
    "policy.latex-two.pdf": lambda w, b: w.latex(b, L(columns=2, size=10, font="charter", running=True)),
    "policy.chromium-two.pdf": lambda w, b: w.chromium(b, "bare"),
    "policy.office-two.pdf": lambda w, b: w.office(w.docx(b, columns=2, running=True), "pdf"),
    "weekly.office.docx": lambda w, b: w.office(w.office(w.docx(b), "odt"), "docx"),
    "weekly.pandoc.rtf": lambda w, b: w.other(b, "rtf", "rtf"),
    "weekly.pandoc.txt": lambda w, b: w.other(b, "plain", "txt", "--columns=78"),
    "weekly.typst.pdf": lambda w, b: w.typst(b, T(rules="none", font="DejaVu Serif", size=9.5, justify=False, running=True)),
    "weekly.latex.pdf": lambda w, b: w.latex(b, L(running=True)),
    "weekly.chromium.pdf": lambda w, b: w.chromium(b, "shaded"),
    "treaty.typed.docx": lambda w, b: w.docx(b, typed=True),
    "treaty.pandoc.html": lambda w, b: w.other(b, "html", "html"),
    "treaty.typed-hand.md": lambda w, b: w.markdown(b),
    "treaty.typst-end.pdf": lambda w, b: w.typst(b, T(rules="none", endnotes=True, running=True, ragged=True)),
    "treaty.latex-end.pdf": lambda w, b: w.latex(b, L(endnotes=True, running=True)),
    "treaty.office-end.pdf": lambda w, b: w.office(w.docx(b, typed=True, running=True), "pdf"),
}  # fmt: skip


def pages(content: Path, brief: Brief) -> list[int]:
    """The page on which each sentence begins, as pdftotext tells it; 0 where its beginning stands on none or on more than one."""
    found = called("pdftotext", "-enc", "UTF-8", content, "-").split("\f")
    texts = [_joined(page) for page in found]
    answer = []
    for sentence in brief.sentences():
        places = [number for number, text in enumerate(texts, 1) for _ in range(text.count(_joined(sentence)[:24]))]
        answer.append(places[0] if len(places) == 1 else 0)
    return answer


def _joined(text: str) -> str:
    return re.sub(r"[^\w]", "", normalised(curly(text)))


def main() -> None:
    """Make the files whose names hold one of the words given, or all."""
    wanted, every = sys.argv[1:], briefs()
    MADE.mkdir(exist_ok=True)
    places_file = FOLDER / "pages.json"
    places = json.loads(places_file.read_text(encoding="utf-8")) if places_file.exists() else {}
    with tempfile.TemporaryDirectory(prefix="corpus") as base:
        for name, route in ROUTES.items():
            if wanted and not any(word in name for word in wanted):
                continue
            place = Path(base) / name
            place.mkdir()
            brief = every[name.split(".")[0]]
            shutil.copyfile(route(Workshop(place), brief), MADE / name)
            if name.endswith(".pdf"):
                places[name] = pages(MADE / name, brief)
            print(name, (MADE / name).stat().st_size)
    lines = [f" {json.dumps(name)}: {json.dumps(places[name])}" for name in sorted(places) if name in ROUTES]
    places_file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
