"""Dates as imprints and references print them: "January 10, 2018", "(Summer 2016)", "2014b", "Accessed 3 May 2019".

Prose is another matter and is read by `comity.language.find_dates`; here a bare year is a date, and a range of pages
or the number of a volume is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from comity.terms import InvalidTerm, Period, Precision

_NAMES = {
    1: "january jan janvier enero januar gennaio janeiro",
    2: "february feb février fevrier febrero februar febbraio fevereiro",
    3: "march mar mars marzo märz março",
    4: "april apr avril abril aprile",
    5: "may mai mayo maggio maio",
    6: "june jun juin junio juni giugno junho",
    7: "july jul juillet julio juli luglio julho",
    8: "august aug août aout agosto",
    9: "september sep sept septembre septiembre settembre setembro",
    10: "october oct octobre octubre oktober ottobre outubro okt",
    11: "november nov novembre noviembre novembro",
    12: "december dec décembre decembre diciembre dezember dicembre dezembro dez",
}
MONTHS = {name: number for number, names in _NAMES.items() for name in names.split()}
# The line below a bulletin's name: "No. 12", "Issue 4 | June 2011", "Nr. 3/2019".
_ISSUE = re.compile(
    r"(?:issue\s+(?:no\.?|number)?|number|no\.?|nr\.?|n[°º]|№)\s*#?(?P<issue>\d{1,4}(?:[/&–-]\d{1,4})?)(?:\s*[-–—,;:|•·(]+\s*(?P<date>[^()]{4,40}?)\)?)?",
    re.IGNORECASE,
)
_SEASONS = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}

# Begins like a month; whether it is one, the table above says. (All names in full would take 20 ms to compile.)
_BEGINS = r"jan|ene|gen|f[eé][bv]|m[aä][rigjy]|a[bpv]r|ju[iln]|giu|lug|a[uo][gû]|ago|se[pt]|o[ck]t|out|nov|d[eéi][cz]"
_MONTH = rf"(?:{_BEGINS})[^\W\d_]{{0,7}}\.?"
_YEAR = r"(?:1[6-9]|20)\d\d"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\b\.?,?\s+"
_DASH = r"\s?[-–—]\s?"
_DATE = re.compile(
    rf"""
    (?<!\w)(?=[\djfmasondeglwt])  # a date begins a word, of these letters or a digit: most others fail here,
    (?=\d|{_BEGINS}|mon|tue|wed|thu|fri|sat|sun|spring|summer|autumn|fall|winter)  # and all but a few of the rest here
    (?:{_WEEKDAY})?
    (?:
      (?P<iso>(?P<iy>{_YEAR})-(?P<im>\d\d)-(?P<id>\d\d))(?!\d)
    | (?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:{_DASH}(?:(?P<m1b>{_MONTH})\s+)?(?P<d1b>\d{{1,2}}))?,?\s+(?P<y1>{_YEAR})(?!\d)
    | (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:{_DASH}(?P<d2b>\d{{1,2}}))?(?:\s+of)?[\s-]+(?P<m2>{_MONTH}),?[\s-]+(?P<y2>{_YEAR})(?!\d)
    | (?P<m3>{_MONTH})(?:\s?[-–—/]\s?(?P<m3b>{_MONTH}))?,?\s+(?P<y3>{_YEAR})(?!\d)
    | (?P<y4>{_YEAR}),\s+(?P<m4>{_MONTH})(?:\s+(?P<d4>\d{{1,2}})(?!\d))?
    | (?P<season>spring|summer|autumn|fall|winter),?\s+(?P<y5>{_YEAR})(?!\d)
    | (?P<y6>{_YEAR})(?P<letter>[a-z])?(?![\w])
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ANY_YEAR = re.compile(_YEAR)
# What makes the date after it another than that of publication.
_OTHER_YEAR = re.compile(
    r"\b(?:accessed|retrieved|viewed|visited|consulted|downloaded|reprint(?:ed)?|reissued?)(?:[\s:,]+(?:on|at|in|from|of))?[\s:,]*$",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(
    r"(?:(?-i:\bpp?\.?)|\bpages?|\bvol\.?|\bno\.?|\bnos\.?|\bnumber|\bpaper|\d\s?:)\s*$|(?:[-–—/+.#§€$£]|\d,)$",
    re.IGNORECASE,
)
_PAGES_AFTER = re.compile(r"\s?[-–—]\s?\d|[/:@]\d|\.\d|\s?%|,\d{3}")
_FIRST_WORD = re.compile(r"\w*")
_ADDRESS = re.compile(r"(?:https?://|www\.|doi:\s?|arxiv:)\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ImprintDate:
    """A date of an imprint or reference, with its characters.

    Attributes:
        enclosed: whether it stands alone in brackets, as the year after an author does.
        access: whether it is the day on which a page was looked at.
    """

    start: int
    end: int
    period: Period
    enclosed: bool = False
    access: bool = False


def imprint_dates(text: str) -> list[ImprintDate]:
    """Return the dates of an imprint or reference in the order in which they stand."""
    if _ANY_YEAR.search(text) is None:  # every date has one, many short forms none
        return []
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    found: list[ImprintDate] = []
    at = 0
    while match := _DATE.search(text, at):
        start, end = match.span()
        period = _period(match)
        # What began like a month and is none ("Marine 2016") may still have a date behind its first word.
        at = end if period is not None else start + max(_FIRST_WORD.match(text, start).end() - start, 1)  # type: ignore[union-attr]
        if period is None:
            continue
        if any(first <= start < last for first, last in addresses):
            continue
        before = text[max(0, start - 24) : start]
        if before[-1:].isalnum():
            continue
        bare = match["y6"] is not None or match["y4"] is not None
        if bare and (_NUMBER_BEFORE.search(before) or _PAGES_AFTER.match(text, end)):
            continue
        access = _OTHER_YEAR.search(before) is not None
        enclosed = before.rstrip().endswith(("(", "[")) and text[end : end + 1] in (")", "]", ",", "/")
        found.append(ImprintDate(start, end, period, enclosed, access))
    return found


def imprint_date(text: str) -> Period | None:
    """Return the date that a line consists of; None where it says more, or names no date."""
    bare = text.strip(" \t.,;()[]")
    match = _DATE.fullmatch(bare)
    return None if match is None else _period(match)


def day_of(period: Period) -> date | None:
    """Return the day of a period of one day; None for a longer one."""
    return period.start if period.precision is Precision.DAY and period.start == period.end else None


def _period(match: re.Match[str]) -> Period | None:
    try:
        if match["iso"]:
            return Period.of_day(int(match["iy"]), int(match["im"]), int(match["id"]))
        if match["m1"]:
            return _days(match["y1"], match["m1"], match["d1"], match["m1b"] or match["m1"], match["d1b"])
        if match["m2"]:
            return _days(match["y2"], match["m2"], match["d2"], match["m2"], match["d2b"])
        if match["m3"]:
            first = Period.of_month(int(match["y3"]), _month(match["m3"]))
            return (
                Period.between(first, Period.of_month(int(match["y3"]), _month(match["m3b"])))
                if match["m3b"]
                else first
            )
        if match["m4"]:
            year, month = int(match["y4"]), _month(match["m4"])
            return Period.of_day(year, month, int(match["d4"])) if match["d4"] else Period.of_month(year, month)
        if match["season"]:
            return Period.of_season(int(match["y5"]), _SEASONS[match["season"].lower()])
        return Period.of_year(int(match["y6"]))
    except (InvalidTerm, KeyError):  # "February 30, 2018": printed, but no day
        return None


def _days(year: str, month: str, day: str, last_month: str, last_day: str | None) -> Period:
    first = Period.of_day(int(year), _month(month), int(day))
    return Period.between(first, Period.of_day(int(year), _month(last_month), int(last_day))) if last_day else first


def _month(name: str) -> int:
    return MONTHS[name.rstrip(".").lower()]


def issue_of(text: str) -> tuple[str, Period | None] | None:
    """Return the number and the date that the issue line of a periodical gives; None where a line is no such line."""
    match = _ISSUE.fullmatch(text.strip(" *_()[]"))
    if match is None:
        return None
    dated = imprint_date(match["date"].strip()) if match["date"] else None
    return None if match["date"] and dated is None else (match["issue"], dated)
