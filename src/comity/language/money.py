"""Currencies and units as texts print them: the lexicon that find_quantities looks words up in."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Currencies and units by the words of their names.

    Attributes:
        signs: sign or prefix before a figure, as printed ("US$", "Rs") -> ISO 4217, or "rupee" or "shilling", which
            only the rest of the text can tell.
        codes: the ISO 4217 codes themselves.
        names: name as a tuple of words in lower case ("pakistani", "rupee") -> code.
        units: name as a tuple of words -> unit.
    """

    signs: dict[str, str]
    codes: frozenset[str]
    names: dict[tuple[str, ...], str]
    units: dict[tuple[str, ...], str]


def _rows(name: str) -> list[dict[str, str]]:
    text = files("comity.language").joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once from the package's tables."""
    signs: dict[str, str] = {}
    names: dict[tuple[str, ...], str] = {}
    codes = set()
    for row in _rows("currencies.csv"):
        if len(row["code"]) == 3:
            codes.add(row["code"])
        if row["kind"] == "sign":
            signs[row["text"]] = row["code"]
            continue
        words = tuple(row["text"].split())
        names[words] = row["code"]
        if not words[-1].endswith("s"):
            names[(*words[:-1], words[-1] + "s")] = row["code"]
    units: dict[tuple[str, ...], str] = {}
    for row in _rows("units.csv"):
        forms = row["words"].split("|") if "|" in row["words"] else row["words"].split()
        for form in forms:
            units[tuple(form.replace("/", " / ").replace(".", " .").split())] = row["unit"]
    return Lexicon(signs, frozenset(codes), names, units)
