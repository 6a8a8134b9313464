"""ANN001: "the 65th anniversary of diplomatic relations" held against the founding year that the text itself gives.

Both must be about the same thing: diplomatic relations, a strategic partnership, independence. A bare "ties since
1947" is no founding of diplomatic relations; it is one of relations, if the anniversary is called no more than that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from comity.checks.reading import Reading
from comity.checks.rule import Rule, Ruling
from comity.language import find_ordinals
from comity.terms import Event, FindingSpan, Passage, Severity, Verdict

_SUBJECTS = {
    "diplomatic relations": r"(?:diplomatic|official|formal)\s+(?:relations|ties|links|relationship)|(?:establishment|establishing|opening)\s+of\s+(?:bilateral\s+)?(?:relations|ties)",
    "strategic partnership": r"strategic\s+partnership",
    "independence": r"independence",
    "friendship treaty": r"treaty\s+of\s+(?:peace\s+and\s+)?friendship|friendship\s+treaty",
    "peace treaty": r"peace\s+treaty|treaty\s+of\s+peace",
    "relations": r"(?:relations|ties|relationship)\b",
}
# What begins with a year, said of relations without a word for their kind: "relations have improved since 2015" does not.
_LOOSE = "relations"
_ANNIVERSARY = re.compile(r"^[\s-]+(?:anniversary|birthday)\b")
_CENTENARY = re.compile(r"\b(?P<name>centenary|bicentenary|centennial)\b")
_Y = r"(?P<year>1[89]\d\d|20\d\d)"
_SINCE = re.compile(
    rf"\b(?:since|established\s+in|established\s+[a-z ]{{0,30}}?in|founded\s+in|began\s+in|opened\s+in|signed\s+in|set\s+up\s+in|go(?:es|ing)?\s+back\s+to|went\s+back\s+to|dat(?:e|es|ed|ing)\s+(?:back\s+to|from)|(?:established|proclaimed|gained|won|signed|concluded|agreed)\s+(?:on\s+)?(?:\d{{1,2}}\s+)?(?:[a-z]+\s+)?(?:\d{{1,2}},\s+)?)\s*(?:[a-z]+\s+)?{_Y}\b"
)
# Relations that were broken off, resumed or normalised were founded in another year.
_BROKEN = re.compile(
    r"\b(?:br[eo]\w+|sever\w*|suspen\w+|resum\w+|restor\w+|re-?establish\w*|normali[sz]\w+|cut|downgrad\w+|full)\b"
)
_LOOSE_SINCE = re.compile(
    r"(?:\s+(?:with|between)\s+[\w’' -]{1,60}?)?,?(?:\s+(?:which|that))?\s+(?:(?:have|has|had)\s+existed\s+since|exist\s+since|began\s+in"
    r"|dat(?:e|es|ed|ing)\s+(?:back\s+to|from)|go(?:es|ing)?\s+back\s+to|went\s+back\s+to|were\s+(?:first\s+)?(?:established|opened)\s+in)"
    rf"\s+(?:the\s+year\s+)?(?:[a-z]+\s+)?{_Y}\b"
)
_HELD = re.compile(r"\b(?:had|maintained|enjoyed)\s+(?:[a-z-]+\s+){0,2}$")
_HELD_SINCE = re.compile(rf"(?:\s+with\s+[\w’' -]{{1,40}}?)?\s+since\s+(?:[a-z]+\s+)?{_Y}\b")
_YEARS_OF = re.compile(r"\b(?:celebrat|mark|commemorat)\w*\s+(?P<span>(?P<number>\d{2,3})\s+years\s+of)\s+(?=[a-z]+\b)")
_KEPT_IN = re.compile(rf"\b(?:celebrated|marked|commemorated|observed)\s+in\s+(?:[a-z]+\s+)?{_Y}\b")
_YEAR_OF = re.compile(rf"\b(?:in|during|of)\s+(?:the\s+year\s+)?{_Y}\b")


@dataclass(frozen=True, slots=True)
class _Founding:
    """A place that says in which year something began."""

    subject: str
    year: int
    codes: frozenset[str]
    place: FindingSpan
    plain: bool  # says "established" or "diplomatic relations since"


def judge(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each anniversary whose year and subject are clear."""
    celebrated = [(passage, found) for passage in reading.prose for found in _anniversaries(passage)]
    if not celebrated:
        return
    foundings = [found for passage in reading.prose for found in _foundings(reading, passage)]
    for passage, (start, end, number) in celebrated:
        ruling = _ruled(reading, passage, (start, end), number, foundings)
        if ruling is not None:
            yield ruling


def _anniversaries(passage: Passage) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and number of each anniversary in a sentence."""
    plain = passage.text.lower()
    if "anniversary" in plain or "birthday" in plain:
        for ordinal in find_ordinals(passage.text):
            word = _ANNIVERSARY.match(plain[ordinal.end :])
            if word is not None:
                yield ordinal.start, ordinal.end + word.end(), ordinal.value
    for match in _YEARS_OF.finditer(plain):
        yield match.start("span"), match.end("span"), int(match["number"])
    for match in _CENTENARY.finditer(plain):
        yield match.start(), match.end(), 200 if match["name"].startswith("bi") else 100


def _ruled(
    reading: Reading, passage: Passage, where: tuple[int, int], number: int, foundings: list[_Founding]
) -> Ruling | None:
    text = passage.text.lower()
    start, end = where
    subject = _subject(text, end)
    if subject is None:
        return None
    year = _year(reading, text, passage.start, start, end)
    own = reading.span(passage.start + start, passage.start + end, "claim")
    if year is None:
        reason = "It is not clear in which year this anniversary fell."
        return Ruling(reading.claim("ANN001", "anniversary", Verdict.NOT_CHECKABLE, reason, own))
    founded = year - number
    codes = _codes(reading, passage)
    if reading.pair is not None and codes - reading.pair:
        reason = "The sentence names a state that is not of the document's pair."
        return Ruling(reading.claim("ANN001", "anniversary", Verdict.NOT_CHECKABLE, reason, own))
    same = [f for f in foundings if f.subject == subject and (codes <= f.codes or f.codes <= codes)]
    known = _events(reading, subject, founded)
    remark = f" The record has an event of {founded}: {known[0].text}" if known else ""
    if not same and not known:
        reason = f"An anniversary numbered {number} in {year} means {founded}; the document gives no year of its own."
        return Ruling(reading.claim("ANN001", "anniversary", Verdict.NOT_CHECKABLE, reason, own))
    agreeing = [founding for founding in same if founding.year == founded]
    if agreeing or not same:
        reason = f"{year} less {number} is {founded}, the year that is given for it."
        places = [founding.place for founding in agreeing] + [
            reading.span_of_event(event, f"event of {founded}") for event in known[:1]
        ]
        return Ruling(reading.claim("ANN001", "anniversary", Verdict.CONFIRMED, reason, own, *places))
    if subject == _LOOSE and re.search(rf"\b{founded}\b", reading.document.text):
        reason = f"The document names {founded} too; it is not clear from which year the relations are counted."
        return Ruling(reading.claim("ANN001", "anniversary", Verdict.NOT_CHECKABLE, reason, own))
    other = same[0]
    reason = (
        f"An anniversary numbered {number} in {year} means that it began in {founded}, "
        f"but the document has {other.subject} since {other.year}.{remark}"
    )
    severity = Severity.ERROR if other.plain and abs(other.year - founded) > 1 and not known else Severity.WARNING
    places = [founding.place for founding in same] + [
        reading.span_of_event(event, f"event of {founded}") for event in known[:1]
    ]
    return Ruling(reading.claim("ANN001", "anniversary", Verdict.CONTRADICTED, reason, own, *places), severity)


def _subject(text: str, start: int) -> str | None:
    """Return what is celebrated: the first known thing that is named soon after the word."""
    after = re.split(r"[.;]|\bin\s+\d{4}\b", text[start : start + 140])[0]
    found = [
        (named.start(), subject)
        for subject, pattern in _SUBJECTS.items()
        if (named := re.search(pattern, after)) is not None
    ]
    return min(found)[1] if found else None


def _last_year(reading: Reading, offset: int) -> int | None:
    """Return the year that the text named last before `offset`."""
    years = re.findall(r"\b(?:1[89]|20)\d\d\b", reading.document.text[max(0, offset - 600) : offset])
    return int(years[-1]) if years else None


def _year(reading: Reading, text: str, offset: int, start: int, end: int) -> int | None:
    """Return the year in which the anniversary fell, as far as the sentence says it."""
    published = reading.document.published
    before = text[max(0, start - 140) : start]
    if published is not None:
        for words, years in (("last year", 1), ("this year", 0), ("next year", -1)):
            if words in before:
                return published.year - years
        relative = re.search(
            r"\b(?:the\s+(?:year\s+before|previous\s+year|preceding\s+year)|a\s+year\s+(?:earlier|before))\b", before
        )
        if relative is not None:
            # counts from the year that was spoken of last; only where that is the document's own
            return published.year - 1 if _last_year(reading, offset + start) == published.year else None
    named = list(_YEAR_OF.finditer(before))
    if named:
        return int(named[-1]["year"])
    kept = _KEPT_IN.search(text[end : end + 140])
    if kept is not None:
        return int(kept["year"])
    after = re.match(r"[^.;]{0,80}?\bin\s+(?P<year>20\d\d|19\d\d)\b", text[end : end + 110])
    if after is not None and not re.search(r"\b(?:established|since|founded|signed|began)\b", after.group()):
        return int(after["year"])
    if published is not None and re.search(
        r"\b(?:celebrates?|marks?|celebrating|marking|commemorates?)\s+(?:[a-z]+\s+){0,3}$", before
    ):
        return published.year
    return None


def _foundings(reading: Reading, passage: Passage) -> Iterator[_Founding]:
    text = passage.text.lower()
    if not any(character.isdigit() for character in text):
        return
    for subject, pattern in _SUBJECTS.items():
        for named in re.finditer(pattern, text):
            if _BROKEN.search(text[max(0, named.start() - 45) : named.start()]):
                continue
            if subject == _LOOSE:
                found = _loose_founding(text, named)
                if found is not None and not _about_others(reading, passage):
                    words = reading.span(passage.start + named.start(), passage.start + found.end(), "founding year")
                    yield _Founding(subject, int(found["year"]), _codes(reading, passage), words, False)
                continue
            after = text[named.end() : named.end() + 75]
            since = _SINCE.search(after)
            place: tuple[int, int] | None = None
            year = 0
            if (
                since is not None
                and not re.search(r"[.;]", after[: since.start()])
                and "anniversary" not in after[: since.start()]
            ):
                year, place = int(since["year"]), (named.start(), named.end() + since.end())
            else:
                before = re.search(
                    r"\b(?:established|opened|entered\s+into|signed|concluded|gained|won|achieved|proclaimed)\s+(?:[a-z]+\s+){0,3}$",
                    text[max(0, named.start() - 60) : named.start()],
                )
                in_year = re.match(rf"(?:\s+with\s+[\w ]{{1,30}}?)?\s+in\s+(?:[a-z]+\s+)?{_Y}\b", after)
                if before is not None and in_year is not None:
                    year, place = int(in_year["year"]), (named.start(), named.end() + in_year.end())
            if place is None or _about_others(reading, passage):
                continue
            plain = bool(re.search(r"establish|diplomatic|formal|official", text[max(0, place[0] - 40) : place[1]]))
            yield _Founding(
                subject,
                year,
                _codes(reading, passage),
                reading.span(passage.start + place[0], passage.start + place[1], "founding year"),
                plain,
            )


def _loose_founding(text: str, named: re.Match[str]) -> re.Match[str] | None:
    """Return where a sentence says since when there are relations: "which date back to 1861", "have had ties since 1861"."""
    found = _LOOSE_SINCE.match(text, named.end())
    if found is None and _HELD.search(text[max(0, named.start() - 50) : named.start()]):
        found = _HELD_SINCE.match(text, named.end())
    return found


def _about_others(reading: Reading, passage: Passage) -> bool:
    """Whether the sentence names a state that is not of the document's pair, so that other relations may be meant."""
    pair = reading.pair
    if pair is None:
        return False
    return bool(_codes(reading, passage) - pair)


def _codes(reading: Reading, passage: Passage) -> frozenset[str]:
    return frozenset(state.code for state in reading.marked(passage).states.values())


def _events(reading: Reading, subject: str, year: int) -> list[Event]:
    """Return events of the record that found what is celebrated in that year."""
    pattern = re.compile(_SUBJECTS[subject])
    return [
        event
        for event in reading.evidence.events
        if event.date is not None
        and event.date.period.first_year == year == event.date.period.last_year
        and re.search(r"establish|opened|signed|entered", event.text.lower())
        and pattern.search(event.text.lower())
        and (reading.pair is None or reading.pair <= event.parties)
    ]


ANNIVERSARY = Rule(
    "ANN001",
    "anniversary-against-founding",
    Severity.ERROR,
    "An anniversary counts from the founding year that the text gives.",
    judge,
)
