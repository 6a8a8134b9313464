"""News as agencies send it and as databases hand it out: its furniture told by the line, its title and date from its fields.

Lines of an agency's own use ("MORE", "-30-", slugs) and fields of a database's record ("LOAD-DATE: ...", "LENGTH: 512
words", "Document ABCD0000020180104e1") are no prose. Any text may hold a line that looks like one: they are taken out only of
a report with a dateline that names its agency, and of a record with the head and the end of its database's form.
A file of several such records is several documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from comity.documents.drafts import Draft, Reading
from comity.documents.front_words import dateline_of
from comity.documents.imprint import imprint_dates
from comity.documents.lines import Line, split_lines
from comity.documents.names import is_person, parse_names
from comity.terms import BlockKind, Citation, Name, Period

_AGENCIES = (
    "AP|AFP|ANI|PTI|UNI|IANS|APP|KUNA|SPA|WAM|IRNA|ISNA|TASS|ITAR-TASS|Xinhua|XINHUA|Reuters|REUTERS|Kyodo|KYODO|Bernama|BERNAMA"
    "|Yonhap|YONHAP|UPI|DPA|dpa|EFE|ANSA|MENA|SANA|SABA|BNA|QNA|ONA|INA|NNA|KCNA|VNA|ANTARA|Antara|Interfax|RIA Novosti|Jiji"
)
_AGENCY = re.compile(_AGENCIES)
# "May 3 (Reuters) - ", a dateline without a place.
_PLACELESS = re.compile(rf"(?:[A-Z][a-z]{{2,8}}\.? \d{{1,2}} )?\((?:{_AGENCIES})\)\s*[-–—]{{1,2}}\s+\S")
# What an agency writes below or between its paragraphs for its own use: an end, a turn, a credit with an address.
_END = (
    r"-{1,2}[ ]?30[ ]?-{1,2}|(?:\#[ ]?){3,}|/{1,2}[ ]?(?:ENDS?|ends?)[ ]?/{1,2}|-{1,3}[ ]?ENDS?[ ]?-{1,3}"
    r"|ENDS|E[Nn][Dd][Ii][Tt][Ee][Mm]|\(?(?:ENDS|END)\)?"
)
_LAST = re.compile(_END, re.VERBOSE)
_SERVICE = re.compile(
    rf"""{_END}|\(?more\)?|\(?MORE\)?|\((?:{_AGENCIES.replace(" ", "[ ]")})\)|/(?:AP|AFP|APP|Xinhua|KUNA)/?
    |\(\((?=.*(?:\S@\S|\+\d|(?:[Rr]eporting|[Ww]riting|[Ee]diting)[ ]by)).{{3,200}}\)\)?|Keywords:[ ][A-Z0-9/ ,:()&-]+""",
    re.VERBOSE,
)
_CREDIT = re.compile(r"\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by\b.{0,300}")
# What it writes above the dateline: slugs, notes to editors, the hour, the source with the hour.
_SLUG = re.compile(
    rf"""B[CU]-[A-Z]{{2,3}}--?\S.{{0,80}}|(?:Eds|EDS|Editors?[ ]Note):[ ].{{0,200}}
    |[A-Z]\S*[-/,]\S.{{0,60}}(?:\d(?:st|nd|rd|th)[ ]Ld|Writethru|,[ ]?Take[ ]\d).{{0,40}}
    |[A-Z]{{3,}}(?:[A-Z0-9-]*/[A-Z0-9-]+)+(?:[ ]\([A-Z0-9 ,:-]+\))?|(?:URGENT|BULLETIN|FLASH|EMBARGOED[ ].{{0,80}})
    |Source:[ ]?(?:{_AGENCIES.replace(" ", "[ ]")})[ ]*(?:\|.{{0,80}})?|[A-Z]{{2,5}}[ ]\|[ ](?:Updated|Published)\b.{{0,60}}
    |\d{{4}}[ ]?GMT(?:[ ,]+[A-Za-z0-9 ,]{{0,30}}(?:19|20)\d\d)?""",
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
# Fields of Nexis above the text, and those that do not go on to another line.
_HEADS = frozenset(
    {"length", "byline", "section", "dateline", "highlight", "headline", "body", "distribution", "graphic"}
)
_ON_ONE_LINE = frozenset({"length", "body", "section", "dateline"})
# Those that only Nexis writes, below the text, and those that stand there with them.
_OWN = frozenset({"load-date", "publication-type"})
_BELOW = (
    _OWN
    | frozenset(
        """language journal-code distribution graphic subject geographic country state city company organization person industry
    ticker document-type type acc-no series correction correction-date copyright""".split()
    )
    | {"journal code"}
)
# The same of ProQuest.
_DEPOSITED = frozenset({"proquest document id", "proquest document link"})
_PUBLISHED = frozenset({"publication info", "publication title", "publication date", "publication year"})
_DESCRIBED = _DEPOSITED | _PUBLISHED | frozenset(
    {"subject", "publication subject", "location", "title", "publisher", "place of publication", "country of publication",
     "language of publication", "document type", "source type", "document url", "copyright", "last updated", "database", "issn",
     "identifier / keyword", "page", "pages", "section", "company / organization", "people", "links", "dateline",
     "number of pages", "language", "author", "abstract"}
)  # fmt: skip
_FREE = frozenset({"graphic", "copyright"})
_FRAME = re.compile(r"Classification|End of Document|_{3,}|-{3,}", re.IGNORECASE)
# The codes of Factiva's fields (https://developer.dowjones.com): headline, by-line, words, date, source and so on.
_CODED = re.compile(
    r"(?P<name>SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN)(?:\s{1,}(?P<value>\S.*)|\s*)"
)
_TEXT_CODES = frozenset({"LP", "TD"})
# The fields on whose own line the text or the headline may begin.
_LABELS = _TEXT_CODES | {"HD", "headline", "body", "full text"}
_RIGHTS = re.compile(r"(?:copyright|\(c\)|©)\s.*\b(?:19|20)\d\d\b.*|all rights reserved\.?", re.IGNORECASE)
# So few lines a record has at its top, so long none of them is.
_TOP, _LONG = 40, 250
# So many words and a stop make a sentence.
_SENTENCE = 5


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


@dataclass(frozen=True, slots=True)
class _Record:
    """A database's record in lines: where its text begins and ends, its headline, its fields by their lines, codes in the text."""

    begin: int
    end: int
    title: int | None
    fields: dict[int, tuple[str, str]]
    inner: tuple[int, ...] = ()


def records_in(text: str) -> list[str]:
    """Return the records of a text that holds several, with nothing lost; none of a text whose parts are merely numbered.

    What stands above the first is of the first where it is a list, and comes by itself where it is prose.
    """
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
    if not begins:
        return []
    pieces = ["".join(lines[a:b]) for a, b in zip(begins, [*begins[1:], len(lines)], strict=True)]
    if 2 * sum(_record(split_lines(piece)) is not None for piece in pieces) <= len(pieces):
        return []
    above = lines[: begins[0]]
    if any(_is_sentence(paragraph) for paragraph in "".join(above).split("\n\n")):
        return ["".join(above), *pieces]
    return ["".join(above) + pieces[0], *pieces[1:]]


def part_report(lines: Sequence[Line]) -> Report:
    """Part the text of a report from what agencies and databases write around it."""
    report = Report([*lines])
    record = _record(report.lines)
    if record is not None:
        _part_record(report, record)
    begin = _dateline_at(report.lines)
    if begin is None:
        return report
    kept: list[Line] = []
    for index, line in enumerate(report.lines):
        if _is_service(report.lines, index, begin):
            (report.before if index < begin else report.after).append(line)
            kept.append(replace(line, raw=line.raw.cut(0, 0), text=""))
        else:
            kept.append(line)
    report.lines = kept
    return report


def _dateline_at(lines: Sequence[Line]) -> int | None:
    """The line of the dateline that names an agency; None for what is no agency's report."""
    written = [index for index, line in enumerate(lines) if not line.blank][:_TOP]
    for index in written:
        text = lines[index].text.strip()
        dateline = dateline_of(text[:_LONG])
        agency = (dateline["agency"] or dateline["wire"] or "").strip() if dateline is not None else ""
        if _AGENCY.fullmatch(agency) or _PLACELESS.match(text):
            return index
    return None


def _is_service(lines: Sequence[Line], index: int, begin: int) -> bool:
    """Whether a line of an agency's report is for the agency's own use: above the dateline, or apart from all prose."""
    text = lines[index].text.strip()
    if not text or len(text) > _LONG:
        return False
    if index < begin and _SLUG.fullmatch(text):
        return True
    if not _SERVICE.fullmatch(text):
        return False
    first, last = index, index + 1
    while first > 0 and not lines[first - 1].blank and _SERVICE.fullmatch(lines[first - 1].text.strip()):
        first -= 1
    while last < len(lines) and not lines[last].blank and _SERVICE.fullmatch(lines[last].text.strip()):
        last += 1
    if last < len(lines) and not lines[last].blank:
        return False
    above = lines[first - 1].text.strip() if first else ""
    return (
        not above or _CREDIT.match(above) is not None or (_LAST.fullmatch(text) is not None and above[-1] in '.!?"”)')
    )


def _is_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does and is as long as one."""
    return text.rstrip().rstrip('"”’)')[-1:] in tuple(".!?") and len(text.split(None, _SENTENCE)) >= _SENTENCE


def _record(lines: Sequence[Line]) -> _Record | None:
    """The record of a database that the lines are; None for any other text, though it may have a few such lines."""
    named = {
        index: (match["name"].lower(), (match["value"] or "").strip())
        for index, line in enumerate(lines)
        if len(line.text) < 20_000 and (match := _FIELD.match(line.text.strip()))
    }
    return (_nexis(lines, named) or _proquest(lines, named) if named else None) or _coded(lines) or _listed(lines)


def _part_record(report: Report, record: _Record) -> None:
    """Take a record's fields from its lines, and its title, author, paper and date from them."""
    begin, end = record.begin, record.end
    for at in (record.begin, record.title, *record.inner):
        # The text, or the headline, may begin on the line of its label.
        if at is not None and at in record.fields and record.fields[at][0] in _LABELS and record.fields[at][1]:
            _cut_label(report.lines, at, record.fields[at][1])
    lines = report.lines
    values = {
        name: value
        for index, (name, value) in sorted(record.fields.items(), reverse=True)
        if value and not begin < index < end
    }
    top = [line for line in lines[:begin] if not line.blank]
    inner = [index for index in record.inner if not record.fields[index][1]]
    report.before += [*top, *(lines[index] for index in inner)]
    report.after += [line for line in lines[end:] if not line.blank]
    report.title = lines[record.title] if record.title is not None else None
    dates = [*_dates(values, top)]
    author = values.get("byline") or values.get("author") or values.get("BY") or ""
    report.known = Citation(
        type="article-newspaper",
        title=report.title.text.strip() if report.title is not None else values.get("HD", ""),
        authors=_author(author),
        container_title=_paper(values, top, report.title),
        issued=dates[0] if dates else None,
    )
    report.lines = [
        replace(line, raw=line.raw.cut(0, 0), text="") if n in inner or not begin <= n < end else line
        for n, line in enumerate(lines)
    ]


def _cut_label(lines: list[Line], at: int, value: str) -> None:
    raw = lines[at].raw
    raw = raw.cut(raw.text.index(value), len(raw.text)).strip()
    lines[at] = replace(lines[at], raw=raw, text=raw.text)


def _tail(lines: Sequence[Line], fields: dict[int, tuple[str, str]], begin: int, names: frozenset[str]) -> int:
    """Where the paragraphs at the end begin that are fields, one below the other, and no sentence of the text."""
    end = at = len(lines)
    while at > begin:
        stop = at
        while stop > begin and lines[stop - 1].blank:
            stop -= 1
        first = stop
        while first > begin and not lines[first - 1].blank:
            first -= 1
        if first == stop:
            break
        texts = [line.text.strip() for line in lines[first:stop]]
        name, _ = fields.get(first, ("", ""))
        described = name in names and (name in _FREE or not _is_sentence(" ".join(texts)))
        if not described and not all(_RIGHTS.fullmatch(text) or _FRAME.fullmatch(text) for text in texts):
            break
        end = at = first
    return end


def _nexis(lines: Sequence[Line], fields: dict[int, tuple[str, str]]) -> _Record | None:
    """A record of Nexis: a number of words among the fields above the text, and its own fields below it or a count above."""
    counted = next(
        (index for index, (name, value) in fields.items() if name == "length" and _WORDS.fullmatch(value)), None
    )
    if counted is None or sum(not line.blank for line in lines[:counted]) > _TOP:
        return None
    loud = lines[counted].text.strip().startswith("LENGTH")
    mine = {n: told for n, told in fields.items() if lines[n].text.strip().partition(":")[0].isupper() == loud}
    begin, goes_on = counted + 1, False
    while begin < len(lines):
        name, value = mine.get(begin, ("", ""))
        if name in _HEADS:
            goes_on = name not in _ON_ONE_LINE
            if name == "body":
                begin += not value
                break
        elif not lines[begin].blank and not (goes_on and not lines[begin - 1].blank):
            break
        begin += 1
    end = _tail(lines, mine, begin, _BELOW)
    first = min(index for index, (name, _) in mine.items() if name in _HEADS)
    numbered = any(_COUNT.fullmatch(line.text.strip()) for line in lines[:first])
    if not numbered and _OWN.isdisjoint(name for index, (name, _) in mine.items() if index >= end):
        return None
    headline = next((index for index, (name, _) in mine.items() if name == "headline" and index < begin), None)
    return _Record(begin, end, _headline(lines, first) if headline is None else headline, mine)


def _headline(lines: Sequence[Line], first: int) -> int | None:
    """The line of the headline: the first below the day that is above the fields, and above no count or right."""
    counts = [index for index in range(first) if _COUNT.fullmatch(lines[index].text.strip())]
    open_lines = [
        index
        for index in range(counts[-1] + 1 if counts else 0, first)
        if not lines[index].blank and not _RIGHTS.fullmatch(lines[index].text.strip())
    ]
    dated = [index for index in open_lines if imprint_dates(lines[index].text)]
    return next((index for index in open_lines if dated and index > dated[0]), None)


def _proquest(lines: Sequence[Line], fields: dict[int, tuple[str, str]]) -> _Record | None:
    """A record of ProQuest: the text follows "Full text:", and around it stand ProQuest's number and the publication."""
    at = next((index for index, (name, _) in fields.items() if name == "full text"), None)
    if at is None or sum(not line.blank for line in lines[:at]) > _TOP:
        return None
    end = _tail(lines, fields, at + 1, _DESCRIBED)
    names = {name for index, (name, _) in fields.items() if index < at or index >= end}
    if names.isdisjoint(_DEPOSITED) or names.isdisjoint(_PUBLISHED):
        return None
    title = next(
        (
            n
            for n in range(min(fields))
            if any(map(str.isalpha, lines[n].text)) and not _COUNT.fullmatch(lines[n].text.strip())
        ),
        None,
    )
    return _Record(at if fields[at][1] else at + 1, end, title, fields)


def _coded(lines: Sequence[Line]) -> _Record | None:
    """A record of Factiva with codes, in their order; its text is what LP and TD head, and its number follows AN."""
    fields = {
        index: (match["name"], (match["value"] or "").strip())
        for index, line in enumerate(lines)
        if len(line.text) < 20_000 and (match := _CODED.fullmatch(line.text.strip()))
    }
    order = [next((n for n, (name, _) in fields.items() if name == code), None) for code in ("HD", "PD")]
    text = [n for n, (name, _) in fields.items() if name in _TEXT_CODES]
    number = max((n for n, (name, _) in fields.items() if name == "AN"), default=None)
    head, day = order
    if head is None or day is None or number is None or not text or not head < day < text[0] < number:
        return None
    told = [line.text.strip().removeprefix("AN").strip() for line in lines[number:]]
    told = [line for line in told if line]
    if not told or not _NUMBER.fullmatch(told[0]) or any(map(_is_other, told[1:])):
        return None
    end = number
    for index in sorted((n for n in fields if text[0] < n < number), reverse=True):
        between = " ".join(line.text for line in lines[index:end])
        if fields[index][0] in _TEXT_CODES or _is_sentence(between):
            break
        end = index
    begin = text[0] if fields[text[0]][1] else text[0] + 1
    title = head if fields[head][1] else next((n for n in range(head + 1, day) if not lines[n].blank), None)
    return _Record(begin, end, title, fields, tuple(n for n in text[1:2] if begin < n < end))


def _listed(lines: Sequence[Line]) -> _Record | None:
    """A record of Factiva's plain form: headline, author, words, date, paper, code, language, copyright, text, number."""
    texts = [line.text.strip() for line in lines]
    words = next((index for index, text in enumerate(texts[:_TOP]) if _WORDS.fullmatch(text)), None)
    number = next((index for index in range(len(texts) - 1, -1, -1) if _NUMBER.fullmatch(texts[index])), None)
    if words is None or number is None or number < words or any(map(_is_other, texts[number + 1 :])):
        return None
    begin = words + 1
    while begin < number and texts[begin] and not _is_other(texts[begin]):
        begin += 1
    if not any(imprint_dates(text) for text in texts[words + 1 : begin][:3]):
        return None
    title = next((index for index in range(words) if texts[index]), None)
    last = next((index for index in range(number - 1, begin, -1) if texts[index]), number)
    short = len(texts[last]) < 100 and texts[last][-1:] not in '.!?"”'
    fields = {words: ("length", texts[words]), number: ("accession", texts[number])}
    return _Record(begin, last if short else number, title, fields)


def _is_other(text: str) -> bool:
    """Whether a line beside a record's fields is a sentence of some text, and no note of rights."""
    return _is_sentence(text) and not _RIGHTS.fullmatch(text)


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
