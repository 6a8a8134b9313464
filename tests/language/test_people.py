"""Persons learned from a text and recognised by surname later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.language import People, find_mentions, people_among
from comity.language.people import Person, leaders
from comity.terms import Rank

INTRODUCTION = "Norwegian Foreign Minister Ine Eriksen met Polish Foreign Minister Radek Nowak in Oslo."


def test_a_surname_leads_to_the_person_introduced_earlier_in_the_text() -> None:
    """The surnames "Eriksen" and "Mr. Nowak" after their introduction mean the two ministers."""
    text = INTRODUCTION + " Eriksen spoke first; Mr. Nowak followed."
    later = [m for m in find_mentions(text) if m.start > len(INTRODUCTION)]
    assert [(m.code, m.person) for m in later] == [("NOR", "Ine Eriksen"), ("POL", "Radek Nowak")]


def test_people_learned_from_one_text_are_known_in_the_next() -> None:
    """People carry from one passage of a document to another."""
    people = people_among(find_mentions(INTRODUCTION))
    assert [m.code for m in find_mentions("Nowak thanked Eriksen.", people=people)] == ["POL", "NOR"]
    assert find_mentions("Nowak thanked Eriksen.") == []


def test_a_surname_of_two_states_leads_to_nobody() -> None:
    """Where two persons of two states share a surname, the surname alone is left out."""
    people = people_among(
        find_mentions("Indian Foreign Secretary Asha Rao met Fijian Foreign Minister Josefa Rao in Suva.")
    )
    assert [m.code for m in find_mentions("Rao spoke.", people=people)] == []


def test_another_first_name_is_another_person() -> None:
    """A surname behind another first name is not the person who was introduced."""
    people = people_among(find_mentions(INTRODUCTION))
    assert find_mentions("The actress Ada Nowak sang.", people=people) == []


def test_a_leader_by_full_name_is_known_at_any_date() -> None:
    """A full name of the list of leaders leads to the state long after the term."""
    (mention,) = find_mentions("Junichiro Koizumi wrote a book.", on=date(2020, 1, 1))
    assert mention.code == "JPN"


def test_a_counterpart_holds_the_office_of_the_one_who_is_answered() -> None:
    """A foreign minister's counterpart is a foreign minister, named or not."""
    text = "Kenyan Foreign Minister Alfred Mutua met his Ugandan counterpart Jeje Odongo in Kampala."
    ranks = [mention.rank for mention in find_mentions(text) if mention.office]
    assert ranks == [Rank.FOREIGN_MINISTER, Rank.FOREIGN_MINISTER]
    (first, second) = [m for m in find_mentions("The French president called his Polish counterpart.") if m.office]
    assert second.rank is first.rank


@pytest.mark.parametrize(
    ("text", "on", "code"),
    [
        ("King Hussein", date(1990, 1, 1), "JOR"),
        ("King Hussein", date(2010, 1, 1), ""),
        ("Queen Beatrix", date(1990, 1, 1), "NLD"),
        ("Emperor Akihito", date(1995, 1, 1), "JPN"),
        ("Pope John Paul", date(1995, 1, 1), "VAT"),
        ("Pope Francis", date(2015, 1, 1), "VAT"),
        ("Sheikh Hasina", date(2015, 1, 1), "BGD"),
        ("Sheikh Tamim", date(2018, 1, 1), "QAT"),
        ("Sultan Qaboos", date(2003, 1, 1), "OMN"),
        ("King Abdullah", date(2000, 1, 1), "JOR"),
        ("King Abdullah", date(2010, 1, 1), ""),  # of Jordan or of Saudi Arabia
        ("King Abdullah", date(2020, 1, 1), "JOR"),
        ("King Faisal", date(1955, 1, 1), "IRQ"),
        ("King Faisal", date(1970, 1, 1), "SAU"),
        ("King Faisal II", date(1970, 1, 1), "IRQ"),
        ("King Paul", date(1963, 12, 1), "GRC"),
        ("Pope Paul", date(1963, 12, 1), "VAT"),
        ("Queen Elizabeth II", date(2000, 1, 1), "GBR"),
        ("King Harald V", date(2000, 1, 1), "NOR"),
        ("King Harald", date(1985, 1, 1), ""),
    ],
)
def test_title_and_first_name_mean_the_ruler_of_the_day(text: str, on: date, code: str) -> None:
    """A ruler is named by title and first name; of two who reign in two states neither is meant."""
    assert [mention.code for mention in find_mentions(f"Then {text} spoke.", on=on)] == [code]


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (None, "POL"),
        (date(2005, 1, 1), "POL"),
        (date(2010, 1, 1), "POL"),
        (date(2016, 1, 1), "EUR"),
        (date(2021, 1, 1), None),
        (date(2024, 6, 1), "POL"),
    ],
)
def test_a_full_name_means_the_office_of_the_day(on: date | None, code: str | None) -> None:
    """Donald Tusk led Poland, then the European Council, then Poland again; between two of them the name alone tells neither."""
    person = leaders().named("Donald Tusk", on)
    assert (person.code if person else None) == code


_CODES = st.sampled_from(["FRA", "IND", "KEN"])
_SPELLS = st.lists(
    st.tuples(_CODES, st.dates(date(1950, 1, 1), date(2020, 1, 1)), st.integers(0, 3000)), min_size=1, max_size=5
)


@given(_SPELLS, st.dates(date(1945, 1, 1), date(2030, 1, 1)))
def test_a_full_name_never_means_a_state_that_another_office_outweighs(
    spells: list[tuple[str, date, int]], on: date
) -> None:
    """The one state served on a day is the one meant; a name of one state always leads to it."""
    people = People(
        Person("Ada Odartey", code, "President", start=start, end=start + timedelta(days=length))
        for code, start, length in spells
    )
    found = people.named("Ada Odartey", on)
    serving = {person.code for person in people if person.serves(on)}
    codes = {code for code, _, _ in spells}
    if len(codes) == 1:
        assert found is not None
    if found is not None:
        assert found.code in (serving or codes)
    if len(serving) == 1:
        assert found is not None and found.code in serving
