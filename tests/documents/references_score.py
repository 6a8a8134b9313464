"""How well references are read: precision and recall of each field, on labelled references of all fields and on notes of the genre.

`python -m tests.documents.references_score --weights half.npz` prints the tables of the halves that nothing was tuned on. The weights
that ship know all of the core set, so that its figures are those of weights from the other half (`training/references.py --half`).
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from comity.terms import Citation, Name

NOTES = Path(__file__).parent / "references" / "notes.txt"
FIELDS = (
    "author", "editor", "year", "title", "container", "publisher", "location", "volume", "issue", "pages", "doi", "url",
    "accessed", "type",
)  # fmt: skip
_TAGS = {
    "a": "author", "e": "editor", "t": "title", "c": "container", "d": "date", "v": "volume", "i": "issue", "p": "pages",
    "b": "publisher", "l": "location", "u": "url", "x": "doi", "s": "accessed", "g": "genre", "k": "edition",
}  # fmt: skip
_KINDS = {
    "newspaper": "article-newspaper", "journal": "article-journal", "book": "book", "chapter": "chapter", "report": "report",
    "treaty": "treaty", "speech": "speech", "webpage": "webpage", "interview": "interview", "statute": "legislation",
    "thesis": "thesis", "conference": "paper-conference", "personal": "personal_communication",
}  # fmt: skip
_TAGGED = re.compile(r"\{([a-z]):([^{}]*)\}")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_VOLUME = re.compile(
    r"\W*(?:vol(?:ume)?s?\.?\s*|v\.\s*)?(?P<volume>[A-Z]?\d+|[IVXLC]+)(?:\s*[(,:.]\s*(?:no|nr|issue|number|n)?s?[.°]?\s*"
    r"(?P<issue>\d+(?:[/–-]\d+)?)\s*\)?)?\W*",
    re.IGNORECASE,
)
_SMALL = frozenset("and et al in eds ed editors editor hrsg the others by edited redigert".split())


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with the fields of each work it cites; a field of `FIELDS` that is absent cannot be told from the labels."""

    text: str
    works: tuple[dict[str, str], ...]
    spans: tuple[tuple[int, int, str], ...] = ()

    @property
    def held_out(self) -> bool:
        """Whether it is in the half that nothing was tuned on: by the digest of its letters, the same on all machines."""
        return self.fold(2) == 1

    def fold(self, count: int) -> int:
        """Return in which of so many parts it is, from 0; one that is printed twice is twice in the same part."""
        letters = re.sub(r"\W+", "", self.text)
        return hashlib.sha256(letters.encode()).digest()[0] % count


def core(path: Path) -> list[Labelled]:
    """Return anystyle's labelled references; each label's text ends where the next begins."""
    found = []
    for sequence in etree.parse(path).getroot():
        parts: list[tuple[str, str]] = [(part.tag, " ".join("".join(part.itertext()).split())) for part in sequence]
        text, spans = "", []
        for tag, words in parts:
            text += " " if text else ""
            spans.append((len(text), len(text) + len(words), tag))
            text += words
        found.append(Labelled(text, (_core_fields(parts),), tuple(spans)))
    return found


def notes(path: Path = NOTES) -> list[Labelled]:
    """Return the notes of the genre, written for Comity."""
    return labelled_notes(path.read_text(encoding="utf-8").splitlines())


def labelled_notes(lines: Iterable[str]) -> list[Labelled]:
    """Return the notes that lines of `references/notes.txt` hold."""
    found = []
    for line in lines:
        if line.startswith("#"):
            continue
        kinds, _, tagged = line.partition(" | ")
        text, spans = "", []
        works: list[dict[str, str]] = []
        for number, work in enumerate(tagged.split("¦")):
            fields: dict[str, str] = {}
            at = 0
            for match in _TAGGED.finditer(work):
                name = _TAGS[match[1]]
                text += work[at : match.start()]
                spans.append((len(text), len(text) + len(match[2]), name))
                text += match[2]
                at = match.end()
                fields[name] = f"{fields[name]}; {match[2]}" if name in fields else match[2]
            text += work[at:]
            kind = kinds.split(" ; ")[number]
            if kind == "prose":
                continue
            years = _YEAR.findall(fields.pop("date", ""))
            works.append(
                fields
                | ({"year": years[0]} if years else {"year": ""})
                | ({"type": _KINDS[kind]} if kind in _KINDS else {})
            )
        found.append(Labelled(text, tuple(works), tuple(spans)))
    return found


def _core_fields(parts: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the fields that the labels tell; a volume whose parts have no common form is left out."""
    first: dict[str, str] = {}
    for tag, words in parts:
        first.setdefault(tag, words)
    fields = {
        name: first.get(name, "") for name in ("author", "editor", "title", "publisher", "location", "doi", "url")
    }
    if not re.search(r"[^\W\d_]", fields["author"]):
        fields["author"] = ""  # dashes for the author above
    if "doi.org/" in fields["url"] and not fields["doi"]:
        fields |= {"doi": fields["url"], "url": ""}
    fields["container"] = first.get("journal") or first.get("container-title", "")
    years = _YEAR.findall(first.get("date", ""))
    if years:
        fields["year"] = years[0]
    elif "date" not in first:
        fields["year"] = ""
    volume = _VOLUME.fullmatch(first["volume"]) if "volume" in first else None
    if volume is not None:
        fields |= {"volume": volume["volume"], "issue": volume["issue"] or ""}
    elif "volume" not in first:
        fields |= {"volume": "", "issue": ""}
    if "pages" in first:
        pages = re.search(r"[A-Za-z]{0,2}\d+(?:\s?[-–—]+\s?[A-Za-z]{0,2}\d+)?", first["pages"])
        if pages is not None:
            fields["pages"] = pages.group()
    else:
        fields["pages"] = ""
    kind = _core_type(first)
    return fields | ({"type": kind} if kind else {})


def _core_type(first: dict[str, str]) -> str:
    genre = first.get("genre", "").lower()
    if re.search(r"thesis|dissertation", genre):
        return "thesis"
    if "report" in genre or "working paper" in genre:
        return "report"
    if genre or "note" in first or "medium" in first or "director" in first:
        return ""
    if "journal" in first:
        return "article-journal"
    container = first.get("container-title", "")
    if re.search(r"\b(?:proc|conference|symposium|workshop|congress)", container, re.IGNORECASE):
        return "paper-conference"
    if container:
        return "chapter" if "editor" in first else ""
    return "book" if "publisher" in first and "title" in first and "url" not in first else ""


def fields_of(citation: Citation) -> dict[str, str]:
    """Return what was read, under the names of `FIELDS`."""
    return {
        "author": _listed(citation.authors),
        "editor": _listed(citation.editors),
        "year": "" if citation.issued is None else str(citation.to_csl("x")["issued"]["date-parts"][0][0]),
        "title": citation.title,
        "container": citation.container_title,
        "publisher": citation.publisher,
        "location": citation.publisher_place,
        "volume": citation.volume,
        "issue": citation.issue,
        "pages": citation.page,
        "doi": citation.doi,
        "url": citation.url,
        "accessed": "" if citation.accessed is None else citation.accessed.isoformat(),
        "type": citation.type if citation.type != "document" else "",
    }


def _listed(names: Iterable[Name]) -> str:
    return "; ".join(name.literal or f"{name.given} {name.family}" for name in names)


def same(field: str, gold: str, read: str) -> bool:
    """Whether a field was read rightly: exact after normalisation of case, quotation marks and outer punctuation."""
    if field in ("author", "editor"):
        return _words(gold) == _words(read)
    if field == "accessed":
        return read[:4] in gold and str(int(read[8:] or 0)) in gold
    if field in ("pages", "issue", "volume"):
        return re.sub(r"[^\w]+", "-", gold).strip("-").lower() == re.sub(r"[^\w]+", "-", read).strip("-").lower()
    if field == "doi":
        return re.sub(r"^.*?(?=10\.)", "", gold).strip(" .,").lower() == read.strip(" .,").lower()
    if field == "url":
        address = re.search(r"(?:https?://|www\.|ftp://|[\w.]+/)\S*", gold)
        return (address.group() if address else gold).strip(" .,;()<>") == read.strip(" .,;()<>")
    return _plain(gold) == _plain(read)


def _words(text: str) -> Counter[str]:
    text = re.sub(r"\(.*?\)", "", unicodedata.normalize("NFKC", text))
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
    return Counter(
        letter
        for word in words
        if word.lower() not in _SMALL
        for letter in ([word.lower()] if len(word) > 3 or not word.isupper() else list(word.lower()))
    )


def _plain(text: str) -> str:
    text = re.sub(r"^\W*(?:in\b|presented at|paper presented at)?:?\s*", "", text, flags=re.IGNORECASE)
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


Read = Callable[[str], Sequence[Citation]]


@dataclass(slots=True)
class Tally:
    """Counts of a field: what is labelled, what was read, and what of that is right."""

    labelled: int = 0
    read: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of what was read that is right."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """The share of what is labelled that was read rightly."""
        return self.right / self.labelled if self.labelled else 1.0


def score(labelled: Iterable[Labelled], read: Read, misses: list[str] | None = None) -> dict[str, Tally]:
    """Return the tally of each field; "works" counts texts whose works were counted rightly (prose cites none)."""
    tallies = {field: Tally() for field in (*FIELDS, "works")}
    for one in labelled:
        found = list(read(one.text))
        tallies["works"].labelled += 1
        tallies["works"].read += 1
        tallies["works"].right += len(found) == len(one.works)
        if misses is not None and len(found) != len(one.works):
            misses.append(f"works: {len(one.works)} / {len(found)} :: {one.text}")
        for number, gold in enumerate(one.works):
            got = fields_of(found[number]) if number < len(found) else dict.fromkeys(FIELDS, "")
            _count(gold, got, tallies, one.text, misses)
        for extra in found[len(one.works) :]:
            _count({}, fields_of(extra), tallies, one.text, None)
    return tallies


def _count(
    gold: dict[str, str], got: dict[str, str], tallies: dict[str, Tally], text: str, misses: list[str] | None
) -> None:
    for field in FIELDS:
        if field not in gold and field == "type":
            continue
        if gold and field not in gold and field in ("year", "volume", "issue", "pages"):
            continue
        expected, value = gold.get(field, ""), got[field]
        right = bool(expected and value) and same(field, expected, value)
        tally = tallies[field]
        tally.labelled += bool(expected)
        tally.read += bool(value)
        tally.right += right
        if misses is not None and not right and (expected or value):
            misses.append(f"{field}: {expected!r} / {value!r} :: {text}")


def table(tallies: dict[str, Tally]) -> str:
    """Return the tallies as lines of text."""
    lines = ["field      precision  recall   labelled"]
    lines += [
        f"{field:10} {tally.precision:8.3f} {tally.recall:8.3f} {tally.labelled:8d}"
        for field, tally in tallies.items()
        if tally.labelled
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Print the tables of both sets, held-out halves; `--tuned` the other halves with what was read wrongly."""
    from comity.documents import parse_citations, reference_labels

    tuned = "--tuned" in arguments
    if "--weights" in arguments:
        reference_labels.WEIGHTS = Path(arguments[arguments.index("--weights") + 1]).resolve()
    shared = Path(__file__).resolve().parents[3] / "shared" / "gold" / "citations_core.xml"
    for name, labelled in (("core", core(shared)), ("notes", notes())):
        misses: list[str] = []
        print(name, "tuned" if tuned else "held out")
        print(table(score([one for one in labelled if one.held_out != tuned], parse_citations, misses)), "\n")
        if tuned:
            print("\n".join(misses), "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
