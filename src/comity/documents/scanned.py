"""Pictures of pages: their words as the program tesseract recognises them, each with its box and how sure it is.

A figure that is not recognised surely stands as "[?]": a wrong figure costs more than a missing one. The program runs on this
machine; https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html has its options and the columns of its TSV.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any

from comity.documents.portable_pictures import numbers
from comity.documents.portable_rows import Row, rows_of
from comity.documents.portable_words import Frame, Words
from comity.terms import UnreadableSource

PROGRAM = "tesseract"
# What tesseract is trained on, in dots an inch; a larger page is rendered coarser, down to so many dots in all.
_DPI, _MOST_DOTS = 300, 60_000_000
_POINTS = 72  # an inch, as PDF counts (ISO 32000-1, 8.3.2.3)
_SECONDS_A_PAGE = 90
_MOST_PAGES = 500
# In percent, as tesseract says it of each word: a figure below is left out; of a page below on average is warned, and
# one below half is left out, for what is recognised in noise are no words.
SURE, GOOD, NOISE = 90.0, 80.0, 50.0
DOUBTFUL = "[?]"
_LINE, _WORD = "4", "5"  # levels of the TSV
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's words, and how sure they are on average; `doubtful` counts the figures that are not sure."""

    words: Words
    confidence: float
    doubtful: int


def recognised_rows(content: bytes, name: str, only: Sequence[int] = ()) -> tuple[list[Row], list[str]]:
    """Return the lines of a PDF's pages as recognised, and what is to be said of that; `only` are those to read, all where none is named.

    Raises:
        UnreadableSource: tesseract is not installed or fails, the file has too many pages, or no text is found.
    """
    import pypdfium2

    program = shutil.which(PROGRAM)
    if program is None:
        raise UnreadableSource(
            name,
            "it is scanned, and the program that recognises text (tesseract) is not installed",
            remedy="Install it: apt install tesseract-ocr (Debian, Ubuntu), brew install tesseract (macOS); "
            "or run the file through OCRmyPDF.",
        )
    rows: list[Row] = []
    pages: dict[int, _Page] = {}
    failed: list[int] = []
    gutter: float | None = None
    pdf = pypdfium2.PdfDocument(content)
    try:
        asked = only or range(1, len(pdf) + 1)
        if len(asked) > _MOST_PAGES:
            reason = f"it has {len(asked):,} scanned pages; at most {_MOST_PAGES} are recognised"
            raise UnreadableSource(name, reason, remedy="Split it, or run it through OCRmyPDF.")
        for number in asked:
            page = pdf[number - 1]
            try:
                read = _recognised(page, program, name)
                if read.words.start and read.confidence < NOISE:
                    failed.append(number)
                elif read.words.start:
                    pages[number] = read
                    found, gutter = rows_of(read.words, range(len(read.words.start)), [], number, gutter)
                    rows += found
            except (subprocess.TimeoutExpired, pypdfium2.PdfiumError):
                failed.append(number)
            finally:
                page.close()
    finally:
        pdf.close()
    if not pages and not only:
        reason = "no text could be recognised in its pictures" if failed else "its pictures hold no text"
        raise UnreadableSource(name, reason, remedy="Scan it anew, at 300 dpi." if failed else "Leave it out.")
    return rows, _said(pages, failed, only)


def _recognised(page: Any, program: str, name: str) -> _Page:
    """Render a page and have it recognised."""
    width, height = page.get_size()
    dots = width * height * (_DPI / _POINTS) ** 2
    scale = _DPI / _POINTS * min(1.0, (_MOST_DOTS / max(dots, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    picture = bitmap.to_numpy()
    graymap = b"P5 %d %d 255\n" % (picture.shape[1], picture.shape[0]) + picture.tobytes()
    bitmap.close()
    command = [program, "stdin", "stdout", "--dpi", str(round(scale * _POINTS)), "-l", "eng", "tsv"]
    done = subprocess.run(
        command,
        input=graymap,
        capture_output=True,
        timeout=_SECONDS_A_PAGE,
        check=False,
        env={
            **os.environ,
            "OMP_THREAD_LIMIT": "1",
        },  # pages wait for one another; its threads only get in each other's way
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = f"tesseract failed on it ({said[-1] if said else f'exit code {done.returncode}'})"
        raise UnreadableSource(name, reason, remedy="See that tesseract works: tesseract --list-langs")
    return _words(done.stdout.decode("utf-8", "replace"), scale, Frame(0, width, height))


def _words(table: str, scale: float, frame: Frame) -> _Page:
    """The words of tesseract's TSV in points from the page's lower left corner; lines and sizes as its lines and blocks."""
    rows = [*csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)]
    lines: dict[tuple[str, ...], tuple[float, float]] = {}
    sizes: defaultdict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row["level"] == _LINE:
            top = float(row["top"]) / scale
            size = float(row["height"]) / scale
            lines[_line_of(row)] = (frame.height - top, frame.height - top - size)
            sizes[row["block_num"]].append(size)
    words = Words("", frame, [], [], [], [], [], [], [], [], frozenset())
    parts: list[str] = []
    length = 0
    sure: list[float] = []
    doubtful = 0
    before: tuple[str, ...] | None = None
    for row in rows:
        text = (row["text"] or "").strip()
        if row["level"] != _WORD or not text:
            continue
        line = _line_of(row)
        confidence = float(row["conf"])
        sure.append(confidence)
        if confidence < SURE and _FIGURE.search(text):
            doubtful += 1
            text = DOUBTFUL
        top, bottom = lines[line]
        left = float(row["left"]) / scale
        words.start.append(length)
        words.end.append(length + len(text))
        words.left.append(left)
        words.bottom.append(bottom)
        words.right.append(left + float(row["width"]) / scale)
        words.top.append(top)
        words.size.append(max(median(sizes[row["block_num"]]), 1.0))
        words.follows.append(int(line == before))
        parts.append(text)
        length += len(text) + 1
        before = line
    words.page = " ".join(parts)
    return _Page(words, fmean(sure) if sure else 0.0, doubtful)


def _line_of(row: dict[str, str]) -> tuple[str, ...]:
    return (row["block_num"], row["par_num"], row["line_num"])


def _said(pages: dict[int, _Page], failed: list[int], only: Sequence[int]) -> list[str]:
    """What a reader of the document must know: that it was recognised, how surely, and what was left out."""
    counts = {number: len(page.words.start) for number, page in pages.items()}
    mean = sum(page.confidence * counts[number] for number, page in pages.items()) / max(sum(counts.values()), 1)
    said = []
    if pages:
        noun = "page was" if len(pages) == 1 else "pages were"
        which = (
            f"{len(pages)} of its pages ({numbers(sorted(pages))}) {noun.split()[1]}"
            if only
            else f"Its {len(pages)} {noun}"
        )
        said.append(f"{which} scanned; the text is recognised (tesseract), with {mean:.0f} % confidence on average.")
    empty = [number for number in only if number not in pages and number not in failed]
    if empty:
        said.append(f"Pages that are pictures without text: {numbers(empty)}.")
    poor = [f"{number} ({page.confidence:.0f} %)" for number, page in pages.items() if page.confidence < GOOD]
    if poor:
        said.append(f"Pages whose text is recognised poorly: {', '.join(poor[:20])}. Hold them against the scan.")
    doubtful = sum(page.doubtful for page in pages.values())
    if doubtful:
        are = "figure is" if doubtful == 1 else "figures are"
        said.append(
            f"{doubtful:,} {are} not recognised surely (below {SURE:.0f} %) and left out: {DOUBTFUL} stands in the text."
        )
    if failed:
        said.append(f"Pages that could not be recognised: {numbers(failed)}.")
    return said
