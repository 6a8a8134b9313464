"""All expressions of time in TimeML's four kinds: dates and times, durations, and sets of times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from comity.language.calendar_words import DAY_PARTS, TIMEX_UNITS, UNITS, WEEKDAYS
from comity.language.date_mentions import DateMention
from comity.language.dates import find_dates
from comity.language.durations import find_durations
from comity.language.numerals import cardinal_at
from comity.language.tokens import Tokens, token_lists


@dataclass(frozen=True, slots=True)
class Timex:
    """An expression of time as TimeML annotates it (TimeML 1.2.1, TIMEX3); `text == whole[start:end]`.

    Attributes:
        kind: "DATE", "TIME", "DURATION" or "SET".
        value: TimeML's value: "2018-01-03", "2018-01-02TMO", "P8Y"; for a set its period ("P1Y": every year).
    """

    start: int
    end: int
    text: str
    kind: str
    value: str


_ADVERBS = {
    "annually": "P1Y", "yearly": "P1Y", "annual": "P1Y", "monthly": "P1M", "weekly": "P1W", "daily": "P1D",
    "quarterly": "P1Q", "biennial": "P2Y", "fortnightly": "P2W", "hourly": "PT1H", "biannual": "P6M", "nightly": "P1D",
}  # fmt: skip
_TIME = re.compile(r"[\dX]T(?:\d|[A-Z]{2})")
_JOINT = re.compile(r"\s+(?:to|and|through|thru|until|till|up to)\s+(?:the\s+)?|(?<=months) of ", re.I)
_DASH = re.compile(r"\s*[-–—/]\s*")
_RATED = frozenset("percent cent people times barrels tons tonnes dollars euros yen pounds rupees".split())
_OFTEN = frozenset({"once", "twice", "times", "thrice"})


def find_sets(text: str) -> list[Timex]:
    """Return the repeated times of a text: "every year", "annually", "each Friday", "twice a month", "Mondays"."""
    tokens = token_lists(text)
    found: list[Timex] = []
    floor = 0
    for index, word in enumerate(tokens.words):
        if index < floor:
            continue
        read = _set_at(tokens, index, word)
        if read is not None:
            last, value = read
            start, end = tokens.starts[index], tokens.ends[last]
            found.append(Timex(start, end, text[start:end], "SET", value))
            floor = last + 1
    return found


def _set_at(tokens: Tokens, index: int, word: str) -> tuple[int, str] | None:
    if word in _ADVERBS:
        named = tokens.capital(index) and (tokens.capital(index - 1) or tokens.capital(index + 1))
        return None if named else (index, _ADVERBS[word])
    if word in ("every", "each"):
        return _every(tokens, index)
    if word in ("a", "per", "an") and (tokens.word(index - 1) in _OFTEN or word == "per" or _rate(tokens, index)):
        unit = UNITS.get(tokens.word(index + 1))
        if unit in ("day", "week", "month", "year", "quarter"):
            return index + 1, f"P1{TIMEX_UNITS[unit]}"
        return None
    if word.endswith("s") and word[:-1] in WEEKDAYS and tokens.capital(index):
        return index, f"XXXX-WXX-{WEEKDAYS[word[:-1]] + 1}"
    return None


def _rate(tokens: Tokens, index: int) -> bool:
    """Whether "a day" is the unit of a rate: "9,000 passengers a day", "20 percent a year"."""
    if tokens.word(index + 2) in ("ago", "earlier", "later", "before", "after", "from", "-", "of"):
        return False
    before = tokens.word(index - 1)
    counted = before in _RATED or (before.endswith("s") and not before.endswith(("ss", "us", "is")))
    return (counted and any(tokens.kind(index - back) == "number" for back in (2, 3))) or (
        tokens.kind(index - 1) == "number" and tokens.word(index - 2) in ("$", "€", "£", "¥")
    )


def _every(tokens: Tokens, index: int) -> tuple[int, str] | None:
    step, amount = index + 1, 1
    if tokens.word(step) in ("other", "second"):
        step, amount = step + 1, 2
    else:
        count = cardinal_at(tokens, step)
        if count is not None and count.value < 1000 and count.value % 1 == 0:
            step, amount = count.after, int(count.value)
    noun = tokens.word(step)
    unit = UNITS.get(noun)
    if unit is not None and unit in TIMEX_UNITS:
        letter = "T" if unit in ("hour", "minute") else ""
        return step, f"P{letter}{amount}{TIMEX_UNITS[unit]}"
    if noun in WEEKDAYS:
        return step, f"XXXX-WXX-{WEEKDAYS[noun] + 1}"
    if noun in DAY_PARTS:
        return step, f"XXXX-XX-XXT{DAY_PARTS[noun]}"
    return None


def find_timexes(text: str, published: date | None = None) -> list[Timex]:
    """Return dates, times, durations and sets in order; where two finders claim the same words, the date counts."""
    found = [timex for one in find_dates(text, published) for timex in _of_date(one)]
    found += find_sets(text)
    found += [Timex(one.start, one.end, one.text, "DURATION", one.timex) for one in find_durations(text)]
    kept: list[Timex] = []
    taken: list[tuple[int, int]] = []
    for one in sorted(found, key=lambda timex: timex.start):  # stable: a date before a set before a duration
        if taken and one.start < taken[-1][1]:
            continue
        kept.append(one)
        taken.append((one.start, one.end))
    return kept


def _of_date(one: DateMention) -> list[Timex]:
    """The timexes of one mention: two for the ends of a range, the plain year for a fiscal one (TimeML has no other)."""
    value = one.timex
    first, _, last = value.partition("/")
    joint = None if not last else _JOINT.search(one.text) or _DASH.search(one.text)
    if joint is None:
        if value.startswith("FY"):
            value = value[2:]
        return [Timex(one.start, one.end, one.text, _kind(value), value)]
    left, right = one.text[: joint.start()], one.text[joint.end() :]
    if joint.group().strip() == "of":  # "the first nine months of 2017"
        months = int(last[5:7]) - int(first[5:7]) + 1
        first, last = f"P{months}M", first[:4]
    return [
        Timex(one.start, one.start + len(left), left, _kind(first), first),
        Timex(one.end - len(right), one.end, right, _kind(last), last),
    ]


def _kind(value: str) -> str:
    if value.startswith("P") and not value.endswith("_REF"):
        return "DURATION"
    return "TIME" if _TIME.search(value) is not None else "DATE"
