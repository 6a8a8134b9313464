"""Dates are found, valued in TimeML and placed; figures that are no dates are left alone."""

from __future__ import annotations

import calendar
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.language import DateMention, find_dates, find_durations, find_sets, find_timexes
from comity.terms import FiscalCalendar, FiscalNaming, Precision

GOLD = Path(__file__).with_name("dates_gold.tsv")
PUBLISHED = date(2018, 1, 10)
DAYS = st.dates(min_value=date(1700, 1, 1), max_value=date(2099, 12, 31))


def _gold() -> list[tuple[str, date | None, list[tuple[str, str]]]]:
    rows = []
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            published, sentence, mentions = line.split("\t")
            pairs = [tuple(pair.split("=", 1)) for pair in mentions.split("; ")] if mentions else []
            day = None if published == "-" else date.fromisoformat(published)
            rows.append((sentence, day, [(words, value) for words, value in pairs]))
    return rows


def _only(text: str, published: date | None = PUBLISHED) -> DateMention:
    mentions = find_dates(text, published)
    assert len(mentions) == 1, mentions
    return mentions[0]


def test_the_hand_made_list_holds_enough() -> None:
    """The list has 150 expressions and more, and sentences without any."""
    rows = _gold()
    assert sum(len(mentions) for _, _, mentions in rows) >= 150
    assert sum(not mentions for _, _, mentions in rows) >= 25


@pytest.mark.parametrize(("sentence", "published", "mentions"), _gold(), ids=[row[0][:50] for row in _gold()])
def test_each_expression_has_its_value(sentence: str, published: date | None, mentions: list[tuple[str, str]]) -> None:
    """Exactly the expected words are found, with the expected TimeML values."""
    assert [(one.text, one.timex) for one in find_dates(sentence, published)] == mentions


@given(DAYS)
def test_days_come_back_from_every_form(day: date) -> None:
    """However a day is written, it is read as that day."""
    month, short = calendar.month_name[day.month], calendar.month_abbr[day.month]
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day // 10 != 1 else 0, "th")
    forms = [
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.day}{suffix} {month} {day.year}",
        f"{day.day}{suffix} of {month}, {day.year}",
        f"{month} {day.day}{suffix}, {day.year}",
        f"{short}. {day.day}, {day.year}" if day.month != 5 else f"May {day.day}, {day.year}",
        f"{calendar.day_name[day.weekday()]}, {month} {day.day}, {day.year}",
        day.isoformat(),
        f"{day.day:02d}.{day.month:02d}.{day.year}",
    ]
    for form in forms:
        mention = _only(f"The accord was signed on {form} in Lima.")
        assert (mention.text, mention.timex) == (form, day.isoformat())
        assert (mention.earliest, mention.latest, mention.precision) == (day, day, Precision.DAY)


@given(DAYS, st.integers(min_value=1, max_value=60))
def test_ranges_of_days_come_back(first: date, length: int) -> None:
    """A range of days keeps both ends, within a month, across months and across years."""
    last = first + timedelta(days=length)
    start = f"{first.day} {calendar.month_name[first.month]}"
    end = f"{last.day} {calendar.month_name[last.month]} {last.year}"
    mention = _only(f"They met from {start} to {end}.")
    assert (mention.earliest, mention.latest) == (first, last)
    if (first.year, first.month) == (last.year, last.month):
        mention = _only(f"They met on {calendar.month_name[first.month]} {first.day}-{last.day}, {first.year}.")
        assert mention.timex == f"{first.isoformat()}/{last.isoformat()}"


@given(st.integers(1, 12), st.integers(1700, 2099))
def test_months_and_years_come_back(month: int, year: int) -> None:
    """A month is the whole month, a year the whole year."""
    mention = _only(f"Trade grew in {calendar.month_name[month]} {year}.")
    assert (mention.timex, mention.precision) == (f"{year}-{month:02d}", Precision.MONTH)
    assert (mention.latest, mention.earliest) == (
        date(year, month, calendar.monthrange(year, month)[1]),
        date(year, month, 1),
    )
    mention = _only(f"Trade grew in {year}.")
    assert (mention.earliest, mention.latest) == (date(year, 1, 1), date(year, 12, 31))


_WORDS = st.sampled_from(
    """the last past next this two 3 31 2018 1947 16 May March Tuesday years ago in of from to until since - , . ( ) and
    between early late mid first half quarter day same following later earlier century 1990s 19th Q1 FY2017 summer end
    week months now today at 3 p.m. a few several 12/10/2009 2018-02-30 0 \n\n \t on before after by January Sept . year
    'last 29 February 99 00 2016-17 weekend decade twenty fifth Sunday morning ’90s noon 24:00 midnight 10:30 pm""".split(
        " "
    )
)


@given(st.lists(_WORDS, max_size=25).map(" ".join), st.none() | st.dates())
def test_any_order_of_words_is_read_without_harm(text: str, published: date | None) -> None:
    """Offsets are verbatim, mentions do not overlap, ends are in order, periods can be made, and reading twice is the same."""
    mentions = find_dates(text, published)
    place = 0
    for one in mentions:
        assert text[one.start : one.end] == one.text != ""
        assert one.start >= place
        place = one.end
        if one.earliest is not None and one.latest is not None:
            assert one.earliest <= one.latest
        assert (one.period is None) == (one.earliest is None and one.latest is None)
        assert one.timex
    assert find_dates(text, published) == mentions
    spans = [(one.start, one.end) for one in find_timexes(text, published)]
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@given(st.text(max_size=300), st.none() | st.dates())
def test_any_text_is_read_without_harm(text: str, published: date | None) -> None:
    """No text, however odd, stops the finders."""
    for one in (*find_dates(text, published), *find_durations(text), *find_timexes(text, published)):
        assert text[one.start : one.end] == one.text


@pytest.mark.parametrize(
    ("text", "relation", "earliest", "latest"),
    [
        ("Friends since 1947.", "since", date(1947, 1, 1), None),
        ("Closed until 2010.", "until", None, date(2010, 12, 31)),
        ("Quiet after 2013.", "after", date(2014, 1, 1), None),
        ("Quiet before 2013.", "before", None, date(2012, 12, 31)),
        ("Due by March 2019.", "by", None, date(2019, 3, 31)),
        ("Open from 2015 onwards.", "since", date(2015, 1, 1), None),
        ("Open from 2015 to date.", "since", date(2015, 1, 1), None),
        ("Calm after the 2008 crisis.", "", date(2008, 1, 1), date(2008, 12, 31)),
    ],
)
def test_prepositions_open_a_period(text: str, relation: str, earliest: date | None, latest: date | None) -> None:
    """A preposition that leaves an end open is kept, and what the words name is kept beside it."""
    mention = _only(text)
    assert (mention.relation, mention.earliest, mention.latest) == (relation, earliest, latest)
    assert mention.named is not None
    assert mention.named.start is not None


def test_weeks_run_from_monday_to_sunday() -> None:
    """Last week is the whole week before that of the publication."""
    mention = _only("The envoy left last week.")
    assert (mention.earliest, mention.latest) == (date(2018, 1, 1), date(2018, 1, 7))
    assert mention.precision is Precision.WEEK


def test_the_past_years_reach_back_from_the_publication() -> None:
    """The past five years begin on the same day five years before."""
    mention = _only("In the past five years trade doubled.")
    assert (mention.earliest, mention.latest, mention.timex) == (date(2013, 1, 10), PUBLISHED, "P5Y")


def test_without_a_publication_date_nothing_is_guessed() -> None:
    """Words that count from the publication have no place without it."""
    for text in ("It ended last year.", "It ended on Tuesday.", "It ended in December.", "It ended yesterday."):
        assert _only(text, None).period is None
    assert find_dates("It ended the same day.", None) == []


def test_fiscal_forms_take_their_states_calendar() -> None:
    """2016-17 and FY2017 become fiscal years once the caller says whose."""
    pakistan = FiscalCalendar(7, naming=FiscalNaming.END)
    japan = FiscalCalendar(4, naming=FiscalNaming.START)
    mention = _only("Investment in 2016-17 fell.")
    assert mention.fiscal_form
    period = mention.in_calendar(pakistan)
    assert period is not None
    assert (period.start, period.end) == (date(2016, 7, 1), date(2017, 6, 30))
    mention = _only("Investment in FY2017 fell.")
    period = mention.in_calendar(japan)
    assert period is not None
    assert (period.start, period.end) == (date(2017, 4, 1), date(2018, 3, 31))
    assert _only("Investment in 2012-2017 fell.").in_calendar(pakistan) is None


def test_a_named_weekday_is_kept_beside_its_date() -> None:
    """A weekday printed beside a date is kept as printed, so that a check can hold it against the calendar."""
    mention = _only("He landed on Monday, January 3, 2018.")
    assert (mention.weekday, mention.timex) == (0, "2018-01-03")
    mention = _only("He landed on 3 January 2018 (Wednesday).")
    assert mention.weekday == 2


def test_a_paragraph_ends_what_later_dates_lean_on() -> None:
    """A month leans on the year of its own paragraph, and on the publication in the next one."""
    text = "In 1998, tests took place in May.\n\nIn June, talks began."
    assert [one.timex for one in find_dates(text, PUBLISHED)] == ["1998", "1998-05", "2017-06"]


def test_table_cells_are_no_dates() -> None:
    """Rows of figures between tabs hold no year, and phrases do not run across cells."""
    assert find_dates("4\t45\n12\t1,860\t2016\n3\tMay\t2017\n") == []


@pytest.mark.parametrize(
    "piece", ["1,", "2018, ", "January 3, ", "last year ", "twenty ", "Tuesday ", "1/1/", "3 and ", "a@", "2018 ", "1("]
)
def test_long_lines_take_linear_time(piece: str) -> None:
    """A hundred thousand characters of one pattern are read within seconds."""
    begin = time.process_time()
    find_dates(piece * (100_000 // len(piece)), PUBLISHED)
    assert time.process_time() - begin < 8


def test_sets_and_durations_join_the_dates() -> None:
    """The four kinds of TimeML stand in one list without overlaps."""
    text = "They meet every year for three days; on Monday they met twice a month in the past two years."
    assert [(one.kind, one.value) for one in find_timexes(text, PUBLISHED)] == [
        ("SET", "P1Y"),
        ("DURATION", "P3D"),
        ("DATE", "2018-01-08"),
        ("SET", "P1M"),
        ("DURATION", "P2Y"),
    ]
    assert [one.value for one in find_sets("Talks on Mondays, every two weeks and annually.")] == [
        "XXXX-WXX-1",
        "P2W",
        "P1Y",
    ]


@pytest.mark.shared
def test_the_real_brief_holds_no_false_date(shared: Path) -> None:
    """In the real brief no cell, ordinal or phone number becomes a date, and the ranges are whole."""
    text = (shared / "seeds/issi-brief-2018.txt").read_text(encoding="utf-8")
    values = [one.timex for one in find_dates(text, PUBLISHED)]
    assert {"2018-01-03/2018-01-04", "2012-05-24/2012-05-26", "2009-10-12", "2017-12-19", "2016-SU"} <= set(values)
    assert not {"1945", "1965", "2000", "1860", "1561"} & set(values)
