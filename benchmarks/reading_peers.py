"""Readers of PDF and DOCX side by side: each runs over the same files in its own interpreter, through `python reading_peers.py NAME JOB`.

Each is used as its own documentation shows it, in its richest text form; nothing of theirs lies here. JOB is a JSON file with "files",
"rounds" and "out"; out gets the seconds of each round and what was read in the last one.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Read = dict[
    str, Any
]  # "text", "tables" as grids of cells, and "notes" as [text before the marker, note] where a reader has them


def comity() -> Callable[[str], Read]:
    """Comity itself."""
    from comity.documents import read

    def reader(path: str) -> Read:
        document = read(Path(path))
        tables = []
        for table in document.tables:
            grid = [["" for _ in range(table.width)] for _ in range(table.height)]
            for cell in table.cells:
                grid[cell.row][cell.column] = cell.text
            tables.append(grid)
        placed = [(note.marker, note.text) for note in document.notes if note.marker is not None]
        notes = [[document.text[max(0, marker - 200) : marker], text] for marker, text in placed]
        return {"text": document.text, "tables": tables, "notes": notes}

    return reader


def pypdfium2() -> Callable[[str], Read]:
    """The text of PDFium, which Comity stands on, as it comes."""
    import pypdfium2 as pdfium

    def reader(path: str) -> Read:
        with pdfium.PdfDocument(path) as pdf:
            return {"text": "\n".join(page.get_textpage().get_text_bounded() for page in pdf), "tables": []}

    return reader


def markitdown() -> Callable[[str], Read]:
    """The Markdown of Microsoft's markitdown."""
    from markitdown import MarkItDown

    converter = MarkItDown()

    def reader(path: str) -> Read:
        text = converter.convert(path).text_content
        return {"text": text, "tables": pipe_tables(text)}

    return reader


def kreuzberg() -> Callable[[str], Read]:
    """The Markdown and tables of kreuzberg, without its cache."""
    from kreuzberg import ExtractionConfig, extract_file_sync

    options = ExtractionConfig(use_cache=False, output_format="markdown")

    def reader(path: str) -> Read:
        result = extract_file_sync(path, config=options)
        return {
            "text": result.content,
            "tables": [table.cells for table in result.tables] + pipe_tables(result.content),
        }

    return reader


def pdfplumber() -> Callable[[str], Read]:
    """The text and tables of pdfplumber."""
    import pdfplumber as plumber

    def reader(path: str) -> Read:
        texts, tables = [], []
        with plumber.open(path) as pdf:
            for page in pdf.pages:
                texts.append(page.extract_text())
                tables += [[[cell or "" for cell in row] for row in table] for table in page.extract_tables()]
                page.close()
        return {"text": "\n".join(texts), "tables": tables}

    return reader


READERS: dict[str, tuple[Callable[[], Callable[[str], Read]], tuple[str, ...]]] = {
    "comity": (comity, (".pdf", ".docx")),
    "pypdfium2": (pypdfium2, (".pdf",)),
    "pdfplumber": (pdfplumber, (".pdf",)),
    "markitdown": (markitdown, (".pdf", ".docx")),
    "kreuzberg": (kreuzberg, (".pdf", ".docx")),
}


def pipe_tables(text: str) -> list[list[list[str]]]:
    """The tables of Markdown, without the line below the header."""
    tables: list[list[list[str]]] = []
    above = False
    for line in text.splitlines():
        inside = line.strip().startswith("|")
        if inside and not above:
            tables.append([])
        if inside and not re.fullmatch(r"[|\s:-]+", line):
            tables[-1].append([cell.strip() for cell in line.strip().strip("|").split("|")])
        above = inside
    return tables


def resident() -> float:
    """The process's memory in MB."""
    import resource

    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main() -> None:
    """Read the files of a job, in rounds."""
    job = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    reader, files = READERS[sys.argv[1]][0](), job["files"]
    reader(files[0])  # what loads once
    rounds, memory, found = [], [], {}
    for number in range(job["rounds"]):
        start, busy = time.perf_counter(), time.process_time()
        for count, path in enumerate(files):
            try:
                read = reader(path)
            except Exception as fault:
                read = {"text": "", "tables": [], "fault": repr(fault)[:200]}
            if job["memory"] and count % 20 == 0:
                memory.append(resident())
            if number == 0 and not job["memory"]:
                found[path] = read
        rounds.append([time.process_time() - busy, time.perf_counter() - start])
    Path(job["out"]).write_text(json.dumps({"rounds": rounds, "memory": memory, "read": found}), encoding="utf-8")


if __name__ == "__main__":
    main()
