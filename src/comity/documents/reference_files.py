"""CSL-JSON items as BibTeX and RIS, the files that reference managers and LaTeX read.

BibTeX: entry types and fields of "BibTeXing" (Patashnik 1988), with url, urldate, doi and day as biblatex has them. RIS: tags of the
format's specification by its maker (Research Information Systems), as Zotero, EndNote and Mendeley read it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

Item = Mapping[str, Any]

_ENTRIES = {
    "article-journal": "article", "article-newspaper": "article", "article-magazine": "article", "article": "article",
    "book": "book", "chapter": "incollection", "entry-encyclopedia": "incollection", "report": "techreport",
    "thesis": "phdthesis", "paper-conference": "inproceedings",
}  # fmt: skip
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHERS = {"techreport": "institution", "phdthesis": "school"}
_KINDS = {
    "article-journal": "JOUR", "article-newspaper": "NEWS", "article-magazine": "MGZN", "article": "JOUR", "book": "BOOK",
    "chapter": "CHAP", "entry-encyclopedia": "ENCYC", "report": "RPRT", "thesis": "THES", "paper-conference": "CONF",
    "webpage": "ELEC", "post-weblog": "BLOG", "interview": "PCOMM", "personal_communication": "PCOMM", "legislation": "STAT",
    "legal_case": "CASE", "dataset": "DATA", "map": "MAP", "manuscript": "UNPB",
}  # fmt: skip
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_ARTICLES = frozenset("a an the on in of".split())


def to_bibtex(items: Iterable[Item]) -> str:
    """Return the items as a BibTeX file; a key is made of the first author's family name, the year and the title's first word."""
    taken: Counter[str] = Counter()
    return "\n".join(_entry(item, _key(item, taken)) for item in items)


def _entry(item: Item, key: str) -> str:
    kind = _ENTRIES.get(str(item.get("type", "")), "misc")
    fields: list[tuple[str, str]] = []

    def put(name: str, value: str) -> None:
        if value:
            fields.append((name, value))

    for role in ("author", "editor"):
        put(role, " and ".join(_bibtex_name(name) for name in (item.get(role) or ())))
    put("title", f"{{{_escaped(_said(item, 'title'))}}}" if item.get("title") else "")
    put(_CONTAINERS.get(kind, "howpublished"), _escaped(_said(item, "container-title")))
    put(_PUBLISHERS.get(kind, "publisher"), _escaped(_said(item, "publisher")))
    put("address", _escaped(_said(item, "publisher-place")))
    put("volume", _escaped(_said(item, "volume")))
    put("number", _escaped(_said(item, "issue")))
    put("pages", re.sub(r"\s*[-–—]+\s*", "--", _escaped(_said(item, "page"))))
    year, month, day = _date(item, "issued")
    put("year", year)
    if month:
        fields.append(("month", _MONTHS[int(month) - 1]))
    put("day", day.lstrip("0"))
    put("url", re.sub(r"[{}\\]", lambda found: f"%{ord(found[0]):02X}", _said(item, "URL")))  # as RFC 3986 writes them
    put("urldate", "-".join(part for part in _date(item, "accessed") if part))
    put("doi", re.sub(r"[{}\\]", "", _said(item, "DOI")))
    put("type", _escaped(_said(item, "genre")))
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _bibtex_name(name: Mapping[str, str]) -> str:
    if name.get("literal"):
        return f"{{{_escaped(name['literal'])}}}"
    family, given = _escaped(name.get("family") or ""), _escaped(name.get("given") or "")
    return f"{family}, {given}" if given else f"{{{family}}}"


def _key(item: Item, taken: Counter[str]) -> str:
    names = item.get("author") or item.get("editor") or ()
    first = (names[0].get("family") or names[0].get("literal") or "") if names else ""
    words = [word for word in re.findall(r"[^\W\d_]+", _said(item, "title").lower()) if word not in _ARTICLES]
    stem = "".join(
        letter
        for part in (first.lower(), _date(item, "issued")[0], words[0] if words else "")
        for letter in unicodedata.normalize("NFKD", part).lower()
        if letter.isascii() and letter.isalnum()
    ) or "source"  # fmt: skip
    taken[stem] += 1
    while taken[stem] > 1:  # roe2018ports, roe2018ports-2; a stem that is like another's key is counted too
        numbered = f"{stem}-{taken[stem]}"
        if not taken[numbered]:
            taken[numbered] += 1
            return numbered
        taken[stem] += 1
    return stem


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(letter, letter) for letter in " ".join(text.split()))


def _said(item: Item, name: str) -> str:
    return str(item.get(name) or "")


def _date(item: Item, name: str) -> tuple[str, str, str]:
    """Year, month and day of a date, each "" where it is not given; of a span its beginning."""
    parts = (item.get(name) or {}).get("date-parts") or [[]]
    year, month, day = (re.sub(r"\D", "", str(part or "")) for part in ([*parts[0], None, None, None])[:3])
    if not 1 <= int(month or 0) <= 12:  # CSL counts seasons on from 13
        month = day = ""
    return (year.zfill(4) if year else "", month.zfill(2) if month else "", day.zfill(2) if day else "")


def to_ris(items: Iterable[Item]) -> str:
    """Return the items as an RIS file."""
    return "".join(_record(item) for item in items)


def _record(item: Item) -> str:
    lines = [("TY", _KINDS.get(str(item.get("type", "")), "GEN"))]
    for role, tag in (("author", "AU"), ("editor", "ED")):
        for name in item.get(role) or ():
            parts = [name.get("family") or "", name.get("given") or ""]
            lines.append((tag, name.get("literal") or ", ".join(part for part in parts if part)))
    year, month, day = _date(item, "issued")
    first, _, last = re.sub(r"\s*[-–—]+\s*", "-", _said(item, "page")).partition("-")
    lines += [
        ("TI", _said(item, "title")),
        ("T2", _said(item, "container-title")),
        ("PB", _said(item, "publisher")),
        ("CY", _said(item, "publisher-place")),
        ("VL", _said(item, "volume")),
        ("IS", _said(item, "issue")),
        ("SP", first),
        ("EP", last),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if month else ""),
        ("UR", _said(item, "URL")),
        ("Y2", "/".join(part for part in _date(item, "accessed") if part)),
        ("DO", _said(item, "DOI")),
        ("M3", _said(item, "genre")),
        ("ID", _said(item, "id")),
    ]
    told = "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines if value)
    return f"{told}ER  - \r\n\r\n"
