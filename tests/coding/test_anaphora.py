"""Pronouns and descriptions: whom they mean where the passage settles it, and nobody where it does not."""

from __future__ import annotations

from datetime import date

import pytest

from comity.coding import code_text
from comity.terms import Event

PUBLISHED = date(2024, 6, 5)


def events(text: str) -> tuple[Event, ...]:
    """The events of a text of June 2024."""
    return code_text(text, source_id="s", published=PUBLISHED).events


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan Foreign Minister Alfred Mutua landed in Kampala on Monday. He condemned Rwanda for arming the rebels.",
        "Kenyan President William Ruto landed in Kampala on Monday. The visiting president condemned Rwanda for arming the rebels.",
        "Kenyan envoy Amina Mohamed left for Kampala on Monday. “She condemned Rwanda for arming the rebels.",
    ],
)
def test_a_pronoun_or_office_stands_for_the_one_person_named_before(text: str) -> None:
    """Who condemns in the second sentence is the person of the first, and the actor keeps the words as they stand."""
    found = [event for event in events(text) if event.type.value == "ACCUSE"]
    assert [[actor.code for actor in event.actors] for event in found] == [["KEN"]]
    actor = found[0].actors[0]
    assert actor.person
    assert text[actor.start : actor.end] == actor.text


@pytest.mark.parametrize(
    "text",
    [
        "The road to Kampala is long. He condemned Rwanda.",
        "Kenyan President William Ruto landed in Kampala on Monday. The minister condemned Rwanda.",
    ],
)
def test_a_pronoun_that_could_mean_two_or_none_means_nobody(text: str) -> None:
    """Where two persons, or none of that office, stand before, no state is made the accuser."""
    assert not [
        event
        for event in events(text)
        if event.type.value == "ACCUSE" and {"KEN", "UGA"} & {actor.code for actor in event.actors}
    ]


@pytest.mark.parametrize("words", ["general strike", "general's house", "president of the bank", "chief demand"])
def test_an_office_within_another_phrase_means_nobody(words: str) -> None:
    """A word of office that only begins another phrase does not stand for the officer named before."""
    text = f"Kenyan General Francis Ogolla, Kenya's president, landed in Kampala on Monday. The {words} angered Rwanda."
    assert not [a for event in events(text) if event.start > 20 for a in event.actors if a.text.startswith("The")]


@pytest.mark.parametrize("words", ["The two countries", "Both sides", "The two foreign ministers", "Both governments"])
def test_a_description_of_two_stands_for_both_states_in_sight(words: str) -> None:
    """What the two countries sign is signed by the two states that the sentence before names."""
    text = f"Chile and Peru have disputed the border for a century. {words} signed an agreement on Tuesday."
    found = [event for event in events(text) if event.type.value == "SUPPORT"]
    assert [sorted(actor.code for actor in event.actors) for event in found] == [["CHL", "PER"]]


def test_a_description_of_two_among_three_stands_for_nobody() -> None:
    """With three states in sight the two countries are not known."""
    text = "Chile, Peru and Bolivia share the lake. The two countries signed an agreement on Tuesday."
    assert events(text) == ()


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("The European Union and Russia began talks in Vienna on Monday. Both sides signed a treaty on gas.", "AUT"),
        ("Japan voiced concern on Monday. Brazil warned the two countries against war.", "JPN"),
        ("Chile and Peru met in Bonn on Monday. Both sides signed an agreement on fish.", "DEU"),
    ],
)
def test_places_and_single_states_are_no_side_of_two(text: str, never: str) -> None:
    """Neither a mere place nor a state that only one sentence names is made a party of "both sides"."""
    second = [event for event in events(text) if event.start > 20]
    assert not [event for event in second if never in {a.code for a in event.actors + event.recipients}]


def test_another_office_is_another_person() -> None:
    """The foreign minister of the second sentence is not the defence minister of the first."""
    text = "Kenyan Defence Minister Aden Duale landed in Kampala on Monday. The foreign minister condemned Rwanda."
    assert not [event for event in events(text) if event.type.value == "ACCUSE" and event.actors[0].code == "KEN"]


@pytest.mark.parametrize(
    "text",
    [
        "Chile and Peru quarrelled for years. Brazil imposed sanctions on the two countries on Friday.",
        "Kenyan President William Ruto landed in Kampala on Monday. His visit to Uganda ended on Tuesday.",
    ],
)
def test_what_stands_for_another_keeps_its_own_words(text: str) -> None:
    """Every actor and recipient is verbatim at its offsets, also where a pronoun or description names it."""
    found = events(text)
    assert found
    assert all(text[side.start : side.end] == side.text for event in found for side in event.actors + event.recipients)
