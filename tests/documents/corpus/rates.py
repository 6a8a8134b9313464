"""The corpus's rates as a table: `python -m tests.documents.corpus.rates [--wrong] [--floors] [WORD ...]`.

Briefs are `seen` (looked at while the readers were made), `later` (measured before anyone looked, looked at since) or `blind` (never
looked at). --wrong tells what is wrong but for the blind ones, --floors pins the rates; words choose files by name.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable

from tests.documents.corpus.scores import MEASURES, Score, known, names, score
from tests.documents.corpus.truth import FOLDER

_COLUMNS = (*MEASURES, "extra")


def line(name: str, scores: Iterable[Score]) -> str:
    """A row of the table: right of there by measure, and what is too many."""
    scores = list(scores)
    right = sum((one.right for one in scores), Counter[str]())
    there = sum((one.there for one in scores), Counter[str]())
    extra = sum((one.extra for one in scores), Counter[str]())
    cells = [f"{right[measure]}/{there[measure]}" if there[measure] else "" for measure in MEASURES]
    cells.append(" ".join(f"{count} {what}" for what, count in sorted(extra.items())))
    return f"{name:34}" + "".join(f"{cell:>12}" for cell in cells)


def groups(scores: list[Score]) -> dict[str, list[Score]]:
    """The files by division, format, and for PDF by whether lines run around the cells of its tables."""
    found: dict[str, list[Score]] = {}
    for one in sorted(scores, key=lambda one: (known()[one.name.split(".")[0]].split, one.format, one.unruled)):
        ending = {"tsv": "csv"}.get(one.format, one.format)
        ending = f"pdf {'unruled' if one.unruled else 'ruled'}" if ending == "pdf" else ending
        found.setdefault(f"{known()[one.name.split('.')[0]].split} {ending}", []).append(one)
    return found


def by_brief(scores: list[Score]) -> dict[str, list[Score]]:
    """The files by brief, so that a brief that is read whole stays so whatever joins its group."""
    found: dict[str, list[Score]] = {}
    for one in scores:
        found.setdefault(f"brief {one.name.split('.')[0]}", []).append(one)
    return found


def table(scores: list[Score], *, files: bool = True) -> str:
    """Rows by file, by format and in total, seen, later and blind apart."""
    lines = [f"{'':34}" + "".join(f"{column:>12}" for column in _COLUMNS)]
    if files:
        lines += [line(one.name, [one]) for one in scores]
    lines += [line(name, part) for name, part in groups(scores).items()]
    for split in ("seen", "later", "blind"):
        part = [one for one in scores if known()[one.name.split(".")[0]].split == split]
        lines.append(line(f"{split}: PDF, cells without lines", (one for one in part if one.unruled)))
        lines.append(line(f"{split}: the rest", (one for one in part if not one.unruled)))
        lines.append(line(f"{split}: all", part))
    return "\n".join([*lines, line("all", scores)])


def floors(scores: list[Score]) -> str:
    """What floors.toml holds: each rate rounded down to the hundredth, and the number of things too many."""
    lines = ["# Written by `python -m tests.documents.corpus.rates --floors`; a rate falls only by an explicit change."]
    for name, part in (groups(scores) | by_brief(scores)).items():
        lines.append(f'\n["{name}"]')
        for measure in (measure for measure in MEASURES if measure != "places"):
            right, there = sum(one.right[measure] for one in part), sum(one.there[measure] for one in part)
            if there:
                lines.append(f"{measure} = {100 * right // there / 100}  # {right} of {there}")
        lines.append(f"extra = {sum(one.extra.total() for one in part)}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table, and with --wrong what is wrong where people may look."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    start = time.process_time()
    scores = [score(name) for name in names() if not words or any(word in name for word in words)]
    if "--floors" in sys.argv:
        (FOLDER / "floors.toml").write_text(floors(scores), encoding="utf-8")
    print(table(scores))
    print(f"{len(scores)} files, {time.process_time() - start:.1f} s of the processor's time")
    for one in scores if "--wrong" in sys.argv else ():
        if known()[one.name.split(".")[0]].split != "blind":
            for measure, what in one.wrong:
                print(f"{one.name}: {measure}: {what}")


if __name__ == "__main__":
    main()
