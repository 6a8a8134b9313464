"""News as agencies send it and as databases hand it out: its furniture told by the line, its title and date from its fields.

Lines of an agency's own use ("MORE", "-30-", slugs) and fields of a database's record ("LOAD-DATE: ...", "LENGTH: 512
words", "Document ABCD0000020180104e1") are no prose. A file of several such records is several documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from comity.documents.drafts import Draft, Reading
from comity.documents.front_words import dateline_of
from comity.documents.imprint import imprint_dates
from comity.documents.lines import Line
from comity.documents.names import is_person, parse_names
from comity.terms import BlockKind, Citation, Name, Period

# What an agency writes for its own use, a line of its own wherever it stands.
_SERVICE = re.compile(
    r"""\(?more\)?|\(?MORE\)?|-{1,2}[ ]?30[ ]?-{1,2}|(?:\#[ ]?){3,}|/{1,2}[ ]?(?:ENDS?|ends?)[ ]?/{1,2}|-{1,3}[ ]?ENDS?[ ]?-{1,3}|ENDS|E[Nn][Dd][Ii][Tt][Ee][Mm]
    |\(?(?:ENDS|END)\)?|\((?:AP|AFP|ANI|PTI|IANS|APP|KUNA|SPA|WAM|IRNA|TASS|Xinhua|Reuters|Kyodo|Bernama|Yonhap)\)|/(?:AP|AFP|APP|Xinhua|KUNA)/?
    |\(\(.{3,200}\)\)?|B[CU]-[A-Z]{2,3}--?\S.{0,80}|(?:Eds|EDS|Editors?[ ]Note):[ ].{0,200}|.{2,80}(?:\d(?:st|nd|rd|th)[ ]Ld|Writethru|Take[ ]\d).{0,40}
    |[A-Z]{3,}(?:[A-Z0-9-]*/[A-Z0-9-]+)+(?:[ ]\([A-Z0-9 ,:-]+\))?|(?:URGENT|BULLETIN|FLASH|EMBARGOED[ ].{0,80})
    |Keywords:[ ][A-Z0-9/ ,:()&-]+|Source:[ ]?(?:Xinhua|Reuters|AFP|AP|PTI|ANI|APP)\b.{0,80}|[A-Z]{2,5}[ ]\|[ ](?:Updated|Published)\b.{0,60}|\d{4}[ ]?GMT.{0,40}""",
    re.VERBOSE,
)
# "2 of 20 DOCUMENTS" (Nexis), "Document 1 of 20" (ProQuest); "2 of 20" alone is a page's number.
_COUNT = re.compile(
    r"(?:Document\s+(?P<number>\d{1,5})\s+of\s+(?P<all>\d{1,5})|(?P<nth>\d{1,5})\s+of\s+(?P<of>\d{1,5})\s+DOCUMENTS?)",
    re.IGNORECASE,
)
# The last line of a record of Factiva.
_NUMBER = re.compile(r"Document\s+[A-Z][A-Z0-9]{7,11}20\d{6}[a-z0-9]{5,12}")
_WORDS = re.compile(r"(?P<count>[\d,]{1,7})\s+words", re.IGNORECASE)
_FIELD = re.compile(
    r"""(?P<name>LENGTH|BYLINE|SECTION|DATELINE|HEADLINE|HIGHLIGHT|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|JOURNAL-CODE|DISTRIBUTION|GRAPHIC|SUBJECT|GEOGRAPHIC
    |COUNTRY|STATE|CITY|COMPANY|ORGANIZATION|PERSON|INDUSTRY|TICKER|DOCUMENT-TYPE|TYPE|BODY|ACC-NO|SERIES|CORRECTION(?:-DATE)?|COPYRIGHT
    |Byline|Section|Length|Dateline|Headline|Highlight|Load-Date|Language|Publication-Type|Journal[ ]Code|Graphic|Geographic|Body|Classification
    |Author|Publication[ ](?:info|title|year|date|subject)|Abstract|Full[ ]text|Subject|Location|Title|Publisher|Place[ ]of[ ]publication
    |Country[ ]of[ ]publication|Language[ ]of[ ]publication|Document[ ]type|Source[ ]type|ProQuest[ ]document[ ](?:ID|link)|Document[ ]URL|Copyright
    |Last[ ]updated|Database|ISSN|Identifier[ ]/[ ]keyword|Pages?|Section|Company[ ]/[ ]organization|People|Links|Dateline|Number[ ]of[ ]pages)(?::(?=\s|\Z)|(?<=link)\Z)\s*(?P<value>.*)""",
    re.VERBOSE,
)
# Fields that only a database writes: one of them is needed before any line is taken for a field.
_OWN = frozenset(
    {"load-date", "publication-type", "proquest document id", "acc-no", "language of publication", "full text"}
)
# The codes of Factiva's fields (https://developer.dowjones.com): headline, by-line, words, date, source and so on.
_CODED = re.compile(
    r"(?P<name>SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN)(?:\s{1,}(?P<value>\S.*)|\s*)"
)
_TEXT_CODES = frozenset({"LP", "TD"})
_RIGHTS = re.compile(r"(?:copyright|\(c\)|©)\s.*\b(?:19|20)\d\d\b.*|all rights reserved\.?", re.IGNORECASE)
# So few lines a record has at its top, so long none of them is.
_TOP, _LONG = 40, 250
_FEWEST = 3


@dataclass(slots=True)
class Report:
    """A text parted: the lines to be read as any text, and what was taken from around them.

    Attributes:
        before, after: lines that are no prose, from above and from below the text.
        known: what the record's fields say of it.
    """

    lines: list[Line]
    before: list[Line] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)
    known: Citation | None = None
    title: Line | None = None

    def complete(self, reading: Reading) -> None:
        """Put what was taken from around the text into its reading, and the place of the dateline into its citation."""
        taken = [line for line in self.before if line is not self.title]
        head = [Draft(BlockKind.FRONT, line.trimmed) for line in taken]
        if self.title is not None:
            for draft in reading.drafts:
                if draft.kind is BlockKind.TITLE:
                    draft.kind = BlockKind.FRONT
            head.append(Draft(BlockKind.TITLE, self.title.trimmed, level=1))
        reading.drafts[:0] = head
        reading.drafts += [Draft(BlockKind.FRONT, line.trimmed) for line in self.after]
        if reading.bibliography.issued is None:
            dates = [*_dates({}, self.before)]
            reading.bibliography = replace(reading.bibliography, issued=dates[0] if dates else None)
        first = next((draft for draft in reading.drafts if draft.kind is BlockKind.PARAGRAPH), None)
        dateline = dateline_of(first.text.text) if first is not None else None
        if dateline is not None and (dateline["day"] or dateline["agency"] or dateline["wire"]):
            place = dateline["place"].strip()
            known = reading.bibliography
            place = place.title() if place.isupper() else place
            reading.bibliography = replace(known, publisher_place=known.publisher_place or place)


def records_in(text: str) -> list[str]:
    """Return the records of a text that holds several; what stands above the first is a list of them."""
    lines = text.splitlines(keepends=True)
    begins: list[int] = []
    total, expected = 0, 0
    for index, line in enumerate(lines):
        counted = _COUNT.fullmatch(line.strip()) if len(line) < 120 else None
        if counted is None:
            continue
        number, of = int(counted["number"] or counted["nth"]), int(counted["all"] or counted["of"])
        if number > of or (begins and (of != total or number <= expected)):
            continue
        begins.append(index)
        total, expected = of, number
    if len(begins) < 2:
        ends = [index + 1 for index, line in enumerate(lines) if _NUMBER.fullmatch(line.strip())]
        begins = [0, *ends[:-1]] if len(ends) > 1 else []
    return ["".join(lines[a:b]) for a, b in zip(begins, [*begins[1:], len(lines)], strict=True)] if begins else []


def part_report(lines: Sequence[Line]) -> Report:
    """Part the text of a report from what agencies and databases write around it."""
    report = Report([*lines])
    if not any(_mark(line.text.strip()) for line in lines):
        return report
    fields = _fields(lines)
    if fields:
        _part_record(report, fields)
    kept: list[Line] = []
    begun = False
    for line in report.lines:
        text = line.text.strip()
        if len(text) <= _LONG and text and _SERVICE.fullmatch(text):
            (report.after if begun else report.before).append(line)
            kept.append(replace(line, raw=line.raw.cut(0, 0), text=""))
        else:
            begun = begun or len(text) > 80
            kept.append(line)
    report.lines = kept
    return report


def _mark(text: str) -> bool:
    """Whether a line may be of an agency's or a database's own use: a quick look."""
    return len(text) <= _LONG and bool(
        _SERVICE.fullmatch(text)
        or _FIELD.match(text)
        or _COUNT.fullmatch(text)
        or _CODED.fullmatch(text)
        or _WORDS.fullmatch(text)
    )


def _fields(lines: Sequence[Line]) -> dict[int, tuple[str, str]]:
    """The fields of a database's record by their lines, in small letters with their values; none for any other text."""
    named = {
        index: (match["name"].lower(), (match["value"] or "").strip())
        for index, line in enumerate(lines)
        if len(line.text) < 20_000 and (match := _FIELD.match(line.text.strip()))
    }
    names = {name for name, _ in named.values()}
    if len(names) >= _FEWEST and not _OWN.isdisjoint(names):
        return named
    coded = {
        index: (match["name"], (match["value"] or "").strip())
        for index, line in enumerate(lines)
        if (match := _CODED.fullmatch(line.text.strip()))
    }
    if {"HD", "PD", "AN"} <= {name for name, _ in coded.values()}:
        return coded
    texts = [line.text.strip() for line in lines]
    words = next((index for index, text in enumerate(texts[:_TOP]) if _WORDS.fullmatch(text)), None)
    number = next((index for index in range(len(texts) - 1, -1, -1) if _NUMBER.fullmatch(texts[index])), None)
    if words is not None and number is not None:
        return {words: ("length", texts[words]), number: ("accession", texts[number])}
    return {}


def _part_record(report: Report, fields: dict[int, tuple[str, str]]) -> None:
    """Take a record's fields from its lines, and its title, author, paper and date from them."""
    names = {name for name, _ in fields.values()}
    if "HD" in names:
        begin, end, title = _coded(report.lines, fields)
    elif "accession" in names:
        begin, end, title = _listed(report.lines, fields)
    elif "full text" in names:
        begin, end, title = _proquest(report, fields)
    else:
        begin, end, title = _nexis(report.lines, fields)
    lines = report.lines
    values = {name: value for name, value in reversed(fields.values()) if value}
    top = [line for line in lines[:begin] if not line.blank]
    report.before += top
    inner = [index for index in range(begin, end) if index in fields and fields[index][0] in _TEXT_CODES]
    report.before += [lines[index] for index in inner]
    report.after += [line for line in lines[end:] if not line.blank]
    report.title = lines[title] if title is not None else None
    dates = [*_dates(values, top)]
    author = values.get("byline") or values.get("author") or values.get("BY") or ""
    report.known = Citation(
        type="article-newspaper",
        title=report.title.text.strip().removeprefix("HEADLINE:").strip()
        if report.title is not None
        else values.get("HD", ""),
        authors=_author(author),
        container_title=_paper(values, top, report.title),
        issued=dates[0] if dates else None,
    )
    report.lines = [
        replace(line, raw=line.raw.cut(0, 0), text="") if n in inner or not begin <= n < end else line
        for n, line in enumerate(lines)
    ]


def _nexis(lines: Sequence[Line], fields: dict[int, tuple[str, str]]) -> tuple[int, int, int | None]:
    """Where the text begins and ends, and which line is the headline: the last above the fields that is no date."""
    names = {name: index for index, (name, _) in reversed(fields.items())}
    heads = ("length", "byline", "section", "dateline", "highlight", "headline", "body", "distribution", "graphic")
    above = [index for index, (name, _) in fields.items() if name in heads and index < _TOP + min(fields)]
    begin = max(above, default=-1) + 1
    while 0 < begin < len(lines) and not lines[begin].blank and above:  # a field goes on to the next blank line
        if fields.get(begin - 1, ("", ""))[0] == "body":
            break
        begin += 1
    below = [index for index, (name, _) in fields.items() if index >= begin and name not in heads]
    end = min(below, default=len(lines))
    if "headline" in names:
        return begin, end, names["headline"]
    first = min(above, default=0)
    open_lines = [
        index
        for index in range(first)
        if not lines[index].blank
        and not _COUNT.fullmatch(lines[index].text.strip())
        and not _RIGHTS.fullmatch(lines[index].text.strip())
    ]
    dated = [index for index in open_lines if imprint_dates(lines[index].text)]
    after = [index for index in open_lines if dated and index > dated[0]]
    return begin, end, after[0] if after else None


def _listed(lines: Sequence[Line], fields: dict[int, tuple[str, str]]) -> tuple[int, int, int | None]:
    """The same for Factiva's plain form: headline, author, words, date, paper, code, language, copyright, text."""
    (words, _), (number, _) = sorted(fields.items())
    begin = words + 1
    while begin < number and not lines[begin].blank:
        begin += 1
    title = next((index for index in range(words) if not lines[index].blank), None)
    last = next((index for index in range(number - 1, begin, -1) if not lines[index].blank), number)
    short = len(lines[last].text) < 100 and lines[last].text.rstrip()[-1:] not in '.!?"”'
    return begin, last if short else number, title


def _coded(lines: list[Line], fields: dict[int, tuple[str, str]]) -> tuple[int, int, int | None]:
    """The same for Factiva's form with codes; the text is what the codes LP and TD head."""
    text = sorted(index for index, (name, _) in fields.items() if name in _TEXT_CODES)
    begin = (text[0] if text else max(fields)) + 1
    end = min(
        (index for index, (name, _) in fields.items() if index >= begin and name not in _TEXT_CODES), default=len(lines)
    )
    head = next(index for index, (name, _) in fields.items() if name == "HD")
    value = fields[head][1]
    if value:
        at = lines[head].raw.text.index(value)
        raw = lines[head].raw.cut(at, len(lines[head].raw.text))
        lines[head] = replace(lines[head], raw=raw, text=value)
    title = head if value else next((n for n in range(head + 1, begin) if not lines[n].blank), None)
    return begin, end, title


def _proquest(report: Report, fields: dict[int, tuple[str, str]]) -> tuple[int, int, int | None]:
    """The same for ProQuest: the text follows "Full text:" on its line."""
    lines = report.lines
    at = next(index for index, (name, _) in fields.items() if name == "full text")
    line = lines[at]
    cut = len(line.raw.text) - len(line.raw.text.lstrip()) + len("Full text:")
    raw = line.raw.cut(cut, len(line.raw.text)).strip()
    lines[at] = replace(line, raw=raw, text=raw.text)
    end = min((index for index in fields if index > at), default=len(lines))
    first = min(fields)
    title = next(
        (
            n
            for n in range(first)
            if not lines[n].blank
            and any(map(str.isalpha, lines[n].text))
            and not _COUNT.fullmatch(lines[n].text.strip())
        ),
        None,
    )
    return at, end, title


def _dates(values: dict[str, str], top: Sequence[Line]) -> Iterator[Period]:
    """The dates that may be that of publication, the surest first; the day on which a database took it in comes last."""
    said = [
        values.get("publication date", ""),
        values.get("PD", ""),
        *(line.text for line in top),
        values.get("publication info", ""),
    ]
    for text in (*said, values.get("load-date", "")):
        if len(text) > 120 or _RIGHTS.fullmatch(text.strip()):
            continue
        for dated in imprint_dates(text):
            if dated.end - dated.start > 7:  # a year alone is a volume's or a copyright's
                yield dated.period


def _author(value: str) -> tuple[Name, ...]:
    value = re.sub(r"^by\s+", "", value.strip(), flags=re.IGNORECASE)
    value = value.title() if value.isupper() else value
    family, comma, given = value.partition(", ")
    value = f"{given} {family}" if comma and is_person(f"{given} {family}") and " " not in family else value
    return parse_names(value) if is_person(value) else ()


def _paper(values: dict[str, str], top: Sequence[Line], title: Line | None) -> str:
    """The newspaper: by its field, or the line above the date (Nexis) or below it (Factiva)."""
    named = values.get("publication title") or values.get("SN") or values.get("publication info", "").partition(";")[0]
    if named:
        return named.partition(";")[0].strip()
    texts = [line.text.strip() for line in top if line is not title and not _COUNT.fullmatch(line.text.strip())]
    dated = next(
        (n for n, text in enumerate(texts) if imprint_dates(text) and len(text) < 60 and not _RIGHTS.fullmatch(text)),
        None,
    )
    if dated is None:
        return ""
    counted = dated > 0 and _WORDS.fullmatch(texts[dated - 1]) is not None
    beside = dated + 1 if counted else dated - 1
    return texts[beside] if 0 <= beside < len(texts) and not _FIELD.match(texts[beside]) else ""
