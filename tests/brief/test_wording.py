"""Words, figures, dates and references as they are printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.brief import counted, event_title, in_text, number_text, period_text, unit_text
from comity.brief.answers import amount_text, interval_text
from comity.brief.bibliography import reference, short_reference
from comity.brief.wording import listed, ordinal_text, shortened, typeset
from comity.terms import Citation, FiscalCalendar, Interval, Name, Period
from tests.brief.kenya_uganda import BRIEF, NAMES, material


def test_counting() -> None:
    """One event, two events, and thousands with a separator."""
    assert [counted(number, "event") for number in (0, 1, 2, 1200)] == [
        "0 events",
        "1 event",
        "2 events",
        "1,200 events",
    ]
    assert counted(2, "series", "series") == "2 series"


def test_listing() -> None:
    """A list reads as a sentence does."""
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period.between(Period.of_day(2018, 1, 3), Period.of_day(2018, 1, 4)), "3–4 January 2018"),
        (FiscalCalendar(7).begins_in(2016), "2016–17"),
        (Period.since(Period.of_year(1963)), "since 1963"),
        (Period.of_season(2017, "summer"), "Summer 2017"),
        (Period.of_season(2016, "winter"), "Winter 2016"),
    ],
)
def test_periods(period: Period, words: str) -> None:
    """Ranges take an en dash, seasons their name."""
    assert period_text(period) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("from 3-4 March to 2013-2018", "from 3–4 March to 2013–2018"),
        ("on 2018-03-04, not 2018-13-40", "on 4 March 2018, not 2018-13-40"),
        ('"declined": so it says', "“declined”: so it says"),
        ("a two-day visit, COVID-19", "a two-day visit, COVID-19"),
        ("about -3 per cent (-US$ 2.5 million)", "about −3\u00a0per cent (−US$\u00a02.5\u00a0million)"),
        ("the F-16 and 1-2-3", "the F-16 and 1-2-3"),
    ],
)
def test_dashes(text: str, words: str) -> None:
    """A range of two numbers takes a dash, a negative figure a minus; words keep their hyphen."""
    assert typeset(text) == words


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2))
def test_numbers_keep_their_printed_digits(value: Decimal) -> None:
    """Taking the separators out again gives the printed figure."""
    text = number_text(value)
    assert Decimal(text.replace(",", "").replace("−", "-")) == value
    assert "-" not in text


def test_numbers_and_units() -> None:
    """Thousands are parted, minus is a minus, units have their scale."""
    assert number_text(Decimal("2132.60")) == "2,132.60"
    assert number_text(-3.14159) == "−3.14"
    assert number_text(-0.0) == "0"
    assert unit_text("USD", Decimal(1000000)) == "US$ million"
    assert unit_text("percent") == "per cent"


def test_ordinals() -> None:
    """English ordinals, the teens among them."""
    assert [ordinal_text(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == (
        "1st 2nd 3rd 4th 11th 12th 13th 21st 112th".split()
    )


@given(st.text(max_size=400), st.integers(min_value=1, max_value=120))
def test_shortening(text: str, limit: int) -> None:
    """A shortened text is one line and never longer than asked for by more than its ellipsis."""
    line = shortened(text, limit)
    assert "\n" not in line
    assert len(line) <= limit + 2


def test_names_within_sentences_have_their_article() -> None:
    """A state that English calls with an article has it, and so have the bodies; a name of the caller's own stays as it is."""
    names = {"USA": "United States", "NLD": "Holland", "KEN": "Kenya"}
    assert [in_text(code, names) for code in ("USA", "NLD", "KEN")] == ["the United States", "Holland", "Kenya"]
    assert in_text("UNO", {}) == "the United Nations"


def test_event_titles() -> None:
    """A title names the kind of act and both sides, in the direction in which it was done."""
    titles = {event_title(merged.event, NAMES) for merged in material().events}
    assert "Visit: Kenya to Uganda" in titles
    assert "Agreement: Tanzania and Uganda" in titles
    assert "Consultation (2nd round): Kenya and Uganda" in titles
    assert "Halt to cooperation: Uganda against Kenya" in titles
    assert "Aid: Kenya to Uganda" in titles


@pytest.mark.parametrize(
    ("cited", "words"),
    [
        (
            Citation(
                "article-journal",
                "Lake and flag",
                (Name("Mwangi", "James"), Name("Ssali", "Henry")),
                container_title="African Affairs",
                issued=Period.of_season(2016, "summer"),
                volume="2",
                issue="1",
                page="11-29",
                doi="10.1000/x",
            ),
            "Mwangi, James and Henry Ssali. “Lake and flag.” African Affairs 2, no. 1 (Summer 2016): 11–29. "
            "https://doi.org/10.1000/x.",
        ),
        (
            Citation(
                "article-newspaper",
                "Who goes there?",
                container_title="The Post",
                publisher_place="Kisumu",
                issued=Period.of_day(2017, 12, 4),
            ),
            "“Who goes there?” The Post (Kisumu), 4 December 2017.",
        ),
        (
            Citation(
                "book",
                "A History of the Lake",
                (Name("Okot", "Ann"),),
                (Name("Were", "Paul"),),
                publisher="Lake Press",
                publisher_place="Jinja",
                issued=Period.of_year(1999),
            ),
            "Okot, Ann. A History of the Lake. Edited by Paul Were. Jinja: Lake Press, 1999.",
        ),
        (
            Citation(
                "webpage",
                "Trade desk",
                (Name(literal="Ministry of Trade"),),
                url="https://trade.example",
                accessed=date(2020, 5, 2),
            ),
            "Ministry of Trade. “Trade desk.” Undated. https://trade.example. Accessed 2 May 2020.",
        ),
        (Citation(text="Talks of the author,  2011."), "Talks of the author, 2011."),
        (Citation("report", "Plan", url="javascript:alert(1)"), "Plan. Undated."),
    ],
)
def test_references(cited: Citation, words: str) -> None:
    """Each kind of work is given in the full-note style; a reference without a title as its source words it."""
    assert reference(cited).text == words


def test_short_references() -> None:
    """A note names authors, title and year."""
    assert short_reference(BRIEF) == "Naliaka and Ssali, “Kenya and Uganda: a border that trades” (2018)"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (2_132_600_000.0, "USD", "US$ 2,132.6 million"),
        (-1_790_200_000.0, "USD", "−US$ 1,790.2 million"),
        (45_200_000.0, "EUR", "€ 45.2 million"),
        (30.0, "PLOVER score", "30 points on the PLOVER scale"),
        (-1.0, "PLOVER score", "−1 point on the PLOVER scale"),
    ],
)
def test_a_measures_amount_is_worded(value: float, unit: str, words: str) -> None:
    """The sign stands before the currency, millions are not turned to billions, and a score is in points."""
    assert amount_text(value, unit).replace("\u00a0", " ") == words


def test_an_interval_tells_its_ends_apart() -> None:
    """Both ends have the same places, as many as it takes, and the unit stands once."""
    share = Interval(8.0251, 8.0299, 1.0, "printed-digits")
    assert interval_text(share, "percent").replace("\u00a0", " ") == "8.025 to 8.030 per cent by the printed digits"
