"""Pronouns and descriptions: whom they mean where the passage settles it, and nobody where it does not."""

from __future__ import annotations

from datetime import date

import pytest

from comity.coding import code, code_text
from comity.language import sentences
from comity.terms import Block, BlockKind, Citation, Document, Event, Passage

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


_ODUYA = "Kenyan Prime Minister Amos Oduya opened the talks. Trade had grown by a fifth. "
_WENT = "The prime minister visited Kampala on 3 May 2024."


def _visits(text: str, publication: Citation | None = None) -> list[tuple[str, str, str]]:
    """Visitor, person and host of each visit of a text, or of a document that tells it."""
    if publication is None:
        found = events(text)
    else:
        passages = tuple(
            Passage(f"p{sentence.start}", "d", sentence.start, sentence.end, text[sentence.start : sentence.end])
            for sentence in sentences(text)
        )
        block = Block(BlockKind.PARAGRAPH, 0, len(text))
        found = code(Document("d", "d.md", "text/markdown", "0", text, publication, (block,), passages)).events
    return [
        (event.actors[0].code, event.actors[0].person, event.recipients[0].code)
        for event in found
        if "visit" in event.modes and event.recipients
    ]


@pytest.mark.parametrize(
    "text",
    [
        _ODUYA + _WENT,
        _ODUYA + "Uganda buys cement. Prices fell. The premier travelled to Kampala on 3 May 2024.",
        _ODUYA + "Oduya spoke for an hour. Rain fell. " + _WENT,
    ],
)
def test_an_office_stands_for_the_only_holder_that_the_document_names(text: str) -> None:
    """The visit is his, though a sentence or more lies between."""
    assert _visits(text) == [("KEN", "Amos Oduya", "UGA")]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya and Uganda are neighbours. Trade had grown by a fifth. " + _WENT,
        _ODUYA + "Ethiopia watched. " + _WENT,
        _ODUYA + _WENT + " Ethiopian Prime Minister Abiy Ahmed was there too.",
        _ODUYA.replace("Kenyan", "Former Kenyan") + _WENT,
        _ODUYA.replace("Kenyan", "Ugandan") + _WENT,
        _ODUYA + "The prime minister of the region visited Kampala on 3 May 2024.",
        _ODUYA + "The deputy prime minister visited Kampala on 3 May 2024.",
        _ODUYA + "The president visited Kampala on 3 May 2024.",
        _ODUYA + "The prime minister visited no Ugandan town.",
    ],
)
def test_an_office_that_may_be_anothers_stands_for_nobody(text: str) -> None:
    """With no holder named, two of them, a third state in between, or another office, no visit is coded."""
    assert _visits(text) == []


@pytest.mark.parametrize(
    ("publisher", "visits"),
    [
        ("Ministry of Foreign Affairs of Kenya", [("KEN", "", "UGA")]),
        ("Prime Minister's Office, Kenya", [("KEN", "", "UGA")]),
        ("Ministry of Foreign Affairs of Uganda", []),
        ("Nairobi Standard", []),
        ("Ministry of Foreign Affairs", []),
        ("", []),
    ],
)
def test_an_office_in_a_text_of_a_ministry_is_its_own_states(publisher: str, visits: list[object]) -> None:
    """Who publishes as Kenya's ministry means Kenya's prime minister, unless another state's is named."""
    publication = Citation(publisher=publisher)
    assert _visits(_WENT, publication) == visits
    assert _visits(_WENT + " Ethiopian Prime Minister Abiy Ahmed was there too.", publication) == []
