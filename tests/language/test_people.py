"""Persons learned from a text and recognised by surname later."""

from __future__ import annotations

from datetime import date

from comity.language import find_mentions, people_among
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
