"""How fast PDF and DOCX are read, what is kept of them, and the memory over a folder of 1,000: Comity and, if given, its peers.

Of the corpus in tests/documents/corpus everything is known, so besides pages a second it is counted whether sentences are whole, notes
are linked and cells stand in their place. Seconds are the processor's, all threads together, with those of the clock behind them: the
median of the rounds with the lowest and highest. Peers are installed by the user in an environment of their own; benchmarks/README.md
says how.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from reading_peers import READERS, Read

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import pypdfium2 as pdfium  # noqa: E402
from tests.documents.corpus.truth import FOLDER, Brief, Part, TrueTable, briefs, normalised  # noqa: E402

MADE = FOLDER / "made"
# Those of the first two rounds, so that the long documents stay the same when the corpus grows.
NEW = frozenset({"answer", "policy", "quarter", "treaty", "weekly"})
BRIEFS = briefs()
MARKED = re.compile(r"\s?(\[\^|\[\[|\[\d|<sup>|\^\d)")


def long_brief(times: int) -> Brief:
    """All briefs after each other, some times, with their notes numbered on."""
    parts: list[Part] = []
    notes: list[str] = []
    tables: list[TrueTable] = []
    for _ in range(times):
        for brief in (brief for name, brief in BRIEFS.items() if name not in NEW):
            first, table = len(notes), len(tables)
            for part in brief.parts:
                lines = [re.sub(r"\[\^(\d+)\]", lambda m: f"[^{int(m[1]) + first}]", line) for line in part.lines]  # noqa: B023
                level = part.level + table if part.kind == "table" else part.level
                parts.append(replace(part, lines=tuple(lines), level=level))
            notes += brief.notes
            tables += brief.tables
    labels = tuple(str(number + 1) for number in range(len(notes)))
    long = replace(BRIEFS["report"], parts=tuple(parts), notes=tuple(notes), tables=tuple(tables), labels=labels)
    return replace(long, references=(), numbered=False)


def long_pdf(target: Path, pages: int) -> str:
    """A PDF of so many pages: set by typst if this Python has it, else the corpus's pages one after the other."""
    with pdfium.PdfDocument.new() as made:
        if importlib.util.find_spec("typst"):
            import typst
            from tests.documents.corpus import typst_source

            layout, source = typst_source.Layout(running=True), target.with_suffix(".typ")
            source.write_text(typst_source.source(long_brief(12), layout), encoding="utf-8")
            typst.compile(str(source), output=str(target))
            given = [target]
        else:
            given = sorted(MADE.glob("*.pdf")) * 2
        for path in given:
            with pdfium.PdfDocument(path) as pdf:
                if room := pages - len(made):
                    made.import_pages(pdf, list(range(min(room, len(pdf)))))
        if len(made) < pages:
            sys.exit(f"only {len(made)} pages were made")
        made.save(target)
    return "typst" if len(given) == 1 else "the corpus's pages, without typst"


def long_docx(target: Path) -> str:
    """A DOCX of 20 pages: by pandoc if it is there, else the body of one of the corpus repeated."""
    if shutil.which("pandoc"):
        from tests.documents.corpus.pandoc_source import Tree

        brief = long_brief(2)
        tree = Tree(replace(brief, parts=brief.parts[:142]))  # 20 pages in LibreOffice 7.4
        command = ["pandoc", "--from", "json", "--to", "docx", "--output", str(target)]
        subprocess.run(command, input=tree.json(), text=True, check=True)
        return "pandoc"
    with (
        zipfile.ZipFile(MADE / "report.pandoc.docx") as given,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            part = given.read(name)
            if name == "word/document.xml":
                part = re.sub(rb"(<w:body>)(.*)(<w:sectPr)", lambda m: m[1] + m[2] * 12 + m[3], part, flags=re.DOTALL)
            made.writestr(name, part)
    return "a DOCX of the corpus repeated, without pandoc"


class Runs:
    """Runs a reader in its interpreter."""

    def __init__(self, place: Path, peers: Path | None, rounds: int) -> None:
        self._place, self._peers, self._rounds = place, peers, rounds

    def python(self, name: str) -> Path | None:
        """The interpreter that has the reader; None where it is not installed."""
        if name == "comity":
            return Path(sys.executable)
        python = Path(sys.executable) if name == "pypdfium2" else self._peers and self._peers / "bin" / "python"
        if not python or not python.exists():
            return None
        found = subprocess.run([python, "-c", f"import {name}"], capture_output=True).returncode == 0
        return python if found else None

    def run(self, name: str, files: list[Path], *, memory: bool = False) -> dict[str, Any]:
        """What a reader read of the files, and its seconds in each round."""
        job, out = self._place / "job.json", self._place / "out.json"
        given = {"files": [str(path) for path in files], "rounds": 1 if memory else self._rounds, "memory": memory}
        job.write_text(json.dumps(given | {"out": str(out)}), encoding="utf-8")
        environment = {"PYTHONPATH": str(ROOT / "src") if name == "comity" else "", "OMP_NUM_THREADS": "1"}
        command = [str(self.python(name)), str(ROOT / "benchmarks" / "reading_peers.py"), name, str(job)]
        done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{name} failed: {done.stderr[-800:]}")
        read: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return read


def kept(name: str, reads: dict[str, Read]) -> str:
    """What a reader kept of the corpus: sentences whole, notes linked, markers glued to a word or figure, cells in their place."""
    sentences = [0, 0]
    notes, glued, cells = [0, 0], 0, [0, 0]
    for path, read in reads.items():
        brief = BRIEFS[Path(path).name.split(".")[0]]
        text = bare(read["text"])
        for sentence in brief.sentences():
            sentences[0] += sentence in text
            sentences[1] += 1
        letters = [(letter, place) for place, letter in enumerate(text) if not letter.isspace()]
        joined = "".join(letter for letter, _ in letters)
        for label, (before, note) in zip(brief.labels, brief.linked(), strict=True):
            notes[1] += 1
            whole, end = close(note) in joined, close(before)[-30:]
            if "notes" in read:
                notes[0] += any(close(b).endswith(end) and close(n) == close(note) for b, n in read["notes"])
            for found in re.finditer(re.escape(end), joined):
                after = text[letters[found.end() - 1][1] + 1 :][:8]
                glued += bool(re.match(re.escape(label) + r"(?!\d)", after))
                if "notes" not in read and MARKED.match(after) and whole:
                    notes[0] += 1
                break
        for table in brief.tables:
            cells[0] += max((placed(table, grid) for grid in read["tables"]), default=0)
            cells[1] += len(table.cells())
    faults = sum("fault" in read for read in reads.values())
    return (
        f"  {name:12} {share(sentences)} sentences whole, {share(notes)} notes linked, {glued} markers glued to the word, "
        f"{share(cells)} cells in their place" + (f", {faults} files not read" if faults else "")
    )


def placed(table: TrueTable, grid: list[list[str]]) -> int:
    """How many cells of a table stand in their place, if up to two rows above it are passed over."""
    best = 0
    for shift in (0, 1, 2, -1):
        right = 0
        for cell in table.cells():
            row, column = cell.row + shift, cell.column
            right += 0 <= row < len(grid) and column < len(grid[row]) and bare(grid[row][column]) == cell.text
        best = max(best, right)
    return best


def bare(text: str) -> str:
    """Text without marks of emphasis and escapes, with plain quotation marks."""
    return normalised(re.sub(r"[*\\]|(?<!\w)_|_(?!\w)", "", text))


def close(text: str) -> str:
    """Text without any space."""
    return "".join(bare(text).split())


def share(counts: list[int]) -> str:
    """A count of a count."""
    return f"{counts[0]:,} of {counts[1]:,}" if counts[1] else "-"


def rate(count: float, rounds: list[list[float]], unit: str, *, each: bool = False) -> str:
    """How many a second, or milliseconds for each, of the processor and of the clock."""
    busy, clock = (sorted(one[n] / count * 1000 if each else count / one[n] for one in rounds) for n in (0, 1))
    low, high = busy[0], busy[-1]
    return f"{statistics.median(busy):9,.1f} {unit} ({low:,.1f} to {high:,.1f}; by the clock {statistics.median(clock):,.1f})"


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--peers", type=Path, help="a virtual environment with the peers")
    words.add_argument("--rounds", type=int, default=3, help="how often all is read (3)")
    words.add_argument("--folder", type=int, default=1000, help="how many documents the memory is watched over (1000)")
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        runs = Runs(place, given.peers, given.rounds)
        names = [name for name in READERS if runs.python(name)]
        absent = [name for name in READERS if name not in names]
        print(
            f"Python {sys.version.split()[0]}, {given.rounds} rounds"
            + (f"; not installed: {', '.join(absent)}" if absent else "")
        )
        if absent:
            print("Peers are skipped without an environment that has them: --peers VENV, as benchmarks/README.md says.")
        for ending in (".pdf", ".docx"):
            files = sorted(MADE.glob(f"*{ending}"))
            count = sum(len(pdfium.PdfDocument(path)) for path in files) if ending == ".pdf" else len(files)
            print(
                f"\nThe corpus's {len(files)} {ending[1:].upper()}" + (f" of {count} pages" if ending == ".pdf" else "")
            )
            told = []
            for name in (name for name in names if ending in READERS[name][1]):
                result = runs.run(name, files)
                print(f"  {name:12} {rate(count, result['rounds'], 'pages/s' if ending == '.pdf' else 'files/s')}")
                told.append(kept(name, result["read"]))
            print("\n".join(told))
        source = long_pdf(place / "long.pdf", 100)
        print(f"\nA PDF of 100 pages ({source})")
        for name in names:
            print(f"  {name:12} {rate(100, runs.run(name, [place / 'long.pdf'])['rounds'], 'pages/s')}")
        source = long_docx(place / "long.docx")
        print(f"\nA DOCX of 20 pages ({source})")
        for name in (name for name in names if ".docx" in READERS[name][1]):
            print(f"  {name:12} {rate(1, runs.run(name, [place / 'long.docx'])['rounds'], 'ms', each=True)}")
        every = sorted(MADE.iterdir())
        memory = runs.run("comity", [every[n % len(every)] for n in range(given.folder)], memory=True)["memory"]
        half = memory[len(memory) // 2 :]
        slope = statistics.linear_regression(range(len(half)), half).slope * 5
        print(f"\nMemory of Comity over {given.folder:,} documents of the corpus, one after the other in one process")
        print(f"  {memory[0]:.0f} MB after the first, {max(memory):.0f} at most, {memory[-1]:.0f} at the end; ", end="")
        print(f"over the second half {slope:+.2f} MB for each 100 documents")


if __name__ == "__main__":
    main()
