"""`comity add` and `comity build` over folders of many documents: seconds, and the most memory of parent and worker.

The documents are those of tests/documents/corpus, all formats mixed, each with other years and months, so that no two are the same file and
their events and figures differ; a PDF gets a page of sentences of its own instead. For each size a workspace is made anew. Memory is
the highest resident set of the command and of the process in which documents are read (VmHWM), looked up every tenth of a second, so Linux
only; a command that answers at once may show too little. Usage: building.py [--documents 100 300 1000]
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw
from scale import MONTHS, measured, write_sentences

MADE = Path(__file__).resolve().parent.parent / "tests" / "documents" / "corpus" / "made"
ZIPPED = (".docx", ".odt", ".ods", ".xlsx")
YEAR = re.compile(r"\b(?:19[5-9]|20[01])\d\b")
MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
BETWEEN_TAGS = re.compile(r"(?<=>)[^<>]+(?=<)")


def other_dates(text: str, number: int) -> str:
    """The text with its months moved on, and with them every year that is printed."""
    years, months = divmod(number, 12)
    text = YEAR.sub(lambda found: str(int(found[0]) - years), text)
    return MONTH.sub(lambda found: MONTHS[(MONTHS.index(found[0]) + months) % 12], text)


def variant(path: Path, number: int) -> bytes:
    """The bytes of a document of the corpus, altered so that no other number gives the same."""
    content = path.read_bytes()
    if path.suffix == ".pdf":
        return with_own_page(content, number)
    if path.suffix not in ZIPPED:
        return other_dates(content.decode(), number).encode()
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as given, zipfile.ZipFile(made, "w") as target:
        for part in given.infolist():
            inside = given.read(part)
            if part.filename.endswith(".xml"):
                inside = BETWEEN_TAGS.sub(lambda found: other_dates(found[0], number), inside.decode()).encode()
            target.writestr(part, inside)
    return made.getvalue()


def with_own_page(content: bytes, number: int) -> bytes:
    """The bytes of a PDF with a page behind it that tells of things of this number alone."""
    with tempfile.TemporaryDirectory() as folder, pdfium.PdfDocument(content) as document:
        texts = Path(folder) / "texts.jsonl"
        write_sentences(texts, 12, seed=number)
        page = document.new_page(595, 842)
        font = raw.FPDFText_LoadStandardFont(document, b"Helvetica")
        for line, row in enumerate(texts.read_text(encoding="utf-8").splitlines()):
            text = raw.FPDFPageObj_CreateTextObj(document, font, 9)
            letters = (row.split('"text": "')[1].split('", "date"')[0] + "\0").encode("utf-16-le")
            raw.FPDFText_SetText(text, (raw.FPDF_WCHAR * (len(letters) // 2)).from_buffer_copy(letters))
            raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 60, 760 - 28 * line)
            raw.FPDFPage_InsertObject(page, text)
        raw.FPDFPage_GenerateContent(page)
        made = BytesIO()
        document.save(made)
    return made.getvalue()


def fill(folder: Path, count: int) -> float:
    """Write so many documents into a folder, the formats mixed, and return their MB."""
    files = sorted(MADE.iterdir())
    folder.mkdir()
    size = 0
    for number in range(count):
        # 37 and the number of files share no factor, so that formats come mixed and not one after the other.
        again, path = number // len(files), files[number * 37 % len(files)]
        content = variant(path, again)
        size += len(content)
        (folder / f"{number:04}-{path.name}").write_bytes(content)
    return size / 1024**2


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--documents", type=int, nargs="+", default=[100, 300, 1000])
    given = asked.parse_args()
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, load {load} before")
    print(f"{'documents':>9} {'MB':>5} {'command':>12} {'seconds':>8} {'CPU s':>7} {'parent MB':>9}  worker MB")
    comity = [sys.executable, "-m", "comity", "--quiet"]
    steps: tuple[tuple[str, Callable[[Path], list[str]]], ...] = (
        ("add", lambda folder: ["add", str(folder)]),
        ("build", lambda _: ["build"]),
        ("build again", lambda _: ["build"]),
        ("measure", lambda _: ["measure"]),
        ("brief", lambda _: ["brief"]),
    )
    for count in given.documents:
        with tempfile.TemporaryDirectory() as place:
            folder, workspace = Path(place) / "documents", Path(place) / "workspace"
            size = fill(folder, count)
            measured([*comity, "init", "KEN", "TZA", str(workspace)])
            for name, words in steps:
                seconds, processor, parent, workers = measured([*comity, *words(folder)], place=workspace)
                row = f"{count:>9,} {size:>5.1f} {name:>12} {seconds:>8.1f} {processor:>7.1f} {parent:>9}"
                print(row, "", " ".join(map(str, workers)) or "-", flush=True)
            record = workspace / "record.db"
            print(f"{count:>9,} {'':>5} record.db: {record.stat().st_size / 1024**2:.1f} MB", flush=True)


if __name__ == "__main__":
    main()
