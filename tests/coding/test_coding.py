"""What a coded event holds beyond its type: dates, places, persons, evidence, provenance; and positions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.coding import ISSUES, Coding, code, code_text
from comity.language import sentences
from comity.terms import (
    Block,
    BlockKind,
    Document,
    EventType,
    Passage,
    Stance,
    digest,
)

PUBLISHED = date(2019, 3, 20)


def coding(text: str, published: date | None = PUBLISHED) -> Coding:
    """Code a text published in March 2019."""
    return code_text(text, source_id="src-1", published=published)


def test_a_visit_bears_its_dates_place_and_visitor() -> None:
    """A visit told by a noun has visitor, host, range of days and city."""
    (event,) = coding(
        "The visit of French Foreign Minister Jean-Yves Le Drian to New Delhi on March 3-4, 2019 went well."
    ).events
    assert (event.type, event.modes) == (EventType.CONSULT, ("visit",))
    assert event.date is not None and event.place is not None
    assert (event.date.period.start, event.date.period.end) == (date(2019, 3, 3), date(2019, 3, 4))
    assert (event.place.code, event.place.city) == ("IND", "New Delhi")
    assert event.actors[0].person == "Jean-Yves Le Drian"


def test_dates_in_turn_go_to_visits_in_turn() -> None:
    """Of "in 2004 and 2009 when A visited X and B visited Y" the first visit is dated 2004, the second 2009."""
    text = (
        "Visits were exchanged in 2004 and 2009 when Brazilian President Paulo Reis visited Buenos Aires and"
        " Argentine President Marta Sosa visited Brasilia."
    )
    years = {(e.actors[0].code, e.recipients[0].code): e.date.period.first_year for e in coding(text).events if e.date}
    assert years == {("BRA", "ARG"): 2004, ("ARG", "BRA"): 2009}


def test_each_host_of_a_tour_has_an_event_of_its_own() -> None:
    """A tour of three states is three visits, so that each dyad has its own."""
    text = "Kenyan Foreign Minister Amina Mohamed was undertaking a visit to three states including Uganda, Rwanda, and Burundi."
    assert sorted(e.recipients[0].code for e in coding(text).events) == ["BDI", "RWA", "UGA"]


def test_an_undated_visit_takes_the_one_date_that_the_document_gives_it() -> None:
    """The same person's visit to the same host is dated once and known everywhere in the document."""
    text = (
        "Polish Foreign Minister Jacek Nowak visited Oslo on 4 February 2019."
        " During his visit to Oslo, Nowak praised Norway's plans for the sea."
    )
    visits = [e for e in coding(text).events if "visit" in e.modes]
    assert [e.date and e.date.period.start for e in visits] == [date(2019, 2, 4), date(2019, 2, 4)]


def test_rounds_are_counted_and_their_delegates_named() -> None:
    """Consultations bear their ordinal, and those who led the delegations stand for their states."""
    text = (
        "The Fourth France-India Consultations meeting in Paris on January 9 held discussions on shipping."
        " The Indian delegation was led by Ambassador Asha Menon, who met with the National Security Adviser Luc Ferrand in Paris."
    )
    events = coding(text).events
    first = events[0]
    assert (first.type, first.symmetric, first.ordinal) == (EventType.CONSULT, True, 4)
    assert first.date is not None and first.date.period.start == date(2019, 1, 9)
    assert {(a.code, a.person) for a in first.actors} == {("FRA", "Luc Ferrand"), ("IND", "Asha Menon")}
    assert all(event.date is not None for event in events)


def test_persons_met_at_the_host_are_the_hosts() -> None:
    """A person without a state who is met at a visit's place acts for that place's state."""
    text = "Norwegian Foreign Minister Ine Eriksen met with Defence Minister Pavel Kos in Warsaw on Monday."
    (event,) = coding(text).events
    assert ({a.code for a in event.actors}, {r.code for r in event.recipients}) == ({"NOR"}, {"POL"})


def test_a_deal_told_in_passing_is_an_event_of_its_parties() -> None:
    """A deal "struck on ..." is dated and has both parties, whoever the sentence is about."""
    result = coding("Peru voiced concerns over the Chilean-Bolivian water deal struck on May 2, 2018.")
    (event,) = result.events
    assert (event.type, {a.code for a in event.actors}) == (EventType.AGREE, {"CHL", "BOL"})
    assert event.date is not None and event.date.period.start == date(2018, 5, 2)
    (statement,) = result.statements
    assert (statement.holder.code, statement.issue, statement.stance) == ("PER", "water", Stance.CONCERNED)
    assert {a.code for a in statement.toward} == {"CHL", "BOL"}


@pytest.mark.parametrize(
    ("text", "holder", "issue", "stance", "toward"),
    [
        ("India expressed concerns about Pakistan's nuclear program.", "IND", "nuclear", Stance.CONCERNED, {"PAK"}),
        ("Kenya is willing to expand trade with Uganda.", "KEN", "trade", Stance.WILLING, {"UGA"}),
        (
            "Spain remains indifferent on nuclear cooperation with Morocco.",
            "ESP",
            "nuclear",
            Stance.INDIFFERENT,
            {"MAR"},
        ),
        ("Italy supports sanctions on Belarus.", "ITA", "sanctions", Stance.SUPPORTS, {"BLR"}),
        ("Egypt opposes the dam of Ethiopia.", "EGY", "water", Stance.OPPOSES, {"ETH"}),
        (
            "Norway expressed willingness to join the corridor, as long as it is open to all.",
            "NOR",
            "connectivity",
            Stance.CONDITIONAL,
            set(),
        ),
        (
            "Concerns are still prevailing among Chilean officials about the Peruvian-Bolivian gas deal.",
            "CHL",
            "energy",
            Stance.CONCERNED,
            {"PER", "BOL"},
        ),
    ],
)
def test_positions_have_holder_issue_and_direction(
    text: str, holder: str, issue: str, stance: Stance, toward: set[str]
) -> None:
    """A statement of position names who holds it, on what, which way and toward whom."""
    (statement,) = coding(text).statements
    assert (statement.holder.code, statement.issue, statement.stance) == (holder, issue, stance)
    assert {actor.code for actor in statement.toward} == toward


def test_every_position_is_on_an_issue_of_the_catalogue() -> None:
    """The catalogue names the issues, each with words that mark it."""
    assert {"nuclear", "terrorism", "trade", "connectivity", "un-reform"} <= set(ISSUES)
    assert all(issue.words and issue.name for issue in ISSUES.values())


@pytest.mark.parametrize(
    "text",
    [
        "India and France signed an agreement on nuclear energy on 3 May 2019.",
        "An agreement on nuclear energy was signed by India and France on 3 May 2019.",
        "The signing of a treaty between India and France took place on Monday.",
        "India and France established diplomatic relations in 1947.",
        "India and France have renewed their defence pact.",
        "India and Pakistan exchanged fire across the Line of Control on Monday.",
        "India and Pakistan accused each other of shelling on Monday.",
        "India and Pakistan declared a ceasefire on Monday.",
    ],
)
def test_what_two_states_do_with_each_other_is_symmetric(text: str) -> None:
    """An act that two states do with each other has both as actors, nobody as recipient, and is an act between them."""
    (event,) = coding(text).events
    assert event.symmetric and event.recipients == ()
    assert event.acting_between(event.parties) == event.parties and len(event.parties) == 2


@pytest.mark.parametrize(
    "text",
    [
        "India and France condemned Russia on 3 May 2019.",
        "India and France praised the efforts of Japan on Monday.",
        "India and France welcomed the peace plan on Monday.",
        "India and France voted for the UN resolution on Monday.",
        "India and France recognised Palestine on Monday.",
        "India and France signed the Paris climate accord on Monday.",
        "India and France signed the UN convention on Monday.",
        "India and Pakistan condemned the attack on the border between India and Pakistan on Monday.",
        "India and France sent aid to Nepal on Monday.",
        "American and British troops fought in Helmand on Monday.",
        "Troops of India and Pakistan clashed with rebels on Monday.",
        "Qatar and Egypt announced a ceasefire in Gaza on Monday.",
        "France and Germany signed contracts with Airbus on Monday.",
    ],
)
def test_what_two_states_do_side_by_side_is_no_act_between_them(text: str) -> None:
    """What two states do side by side, toward others or for themselves, is no act between the two."""
    for event in coding(text).events:
        assert not event.symmetric
        assert not event.acting_between(frozenset(actor.code for actor in event.actors))


def test_one_act_is_not_coded_twice_in_a_sentence() -> None:
    """A meeting told by verb and noun in one sentence is one event."""
    text = "French officials met Indian officials in Geneva on Monday, and the meeting between France and India took place in private."
    assert len(coding(text).events) == 1


def test_only_prose_is_coded() -> None:
    """Headings and notes of a document are not coded; its paragraphs are, with offsets of the document."""
    heading, body = "France visited India", "French President Emmanuel Macron visited Kenya on 13 March 2019."
    text = f"{heading}\n\n{body}"
    start = len(heading) + 2
    document = Document(
        id="doc-1",
        name="a.txt",
        media_type="text/plain",
        digest=digest(text.encode()),
        text=text,
        blocks=(Block(BlockKind.HEADING, 0, len(heading), 1), Block(BlockKind.PARAGRAPH, start, len(text))),
        passages=(
            Passage("doc-1#p1", "doc-1", 0, len(heading), heading, BlockKind.HEADING),
            Passage("doc-1#p2", "doc-1", start, len(text), body, BlockKind.PARAGRAPH, paragraph=1),
        ),
    )
    (event,) = code(document).events
    assert text[event.start : event.end] == event.text == body
    assert text[event.actors[0].start : event.actors[0].end] == event.actors[0].text
    assert event.provenance is not None and event.provenance.digest == document.digest
    assert code(replace(document, passages=document.passages[:1])) == Coding()


def test_ids_depend_on_content_alone() -> None:
    """The same text under the same id yields the same ids, another source other ones."""
    text = "France accused Turkey of sending fighters."
    first, second = coding(text), coding(text)
    assert [e.id for e in first.events] == [e.id for e in second.events]
    other = code_text(text, source_id="src-2", published=PUBLISHED)
    assert {e.id for e in other.events}.isdisjoint({e.id for e in first.events})


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            """France India Kenya's Macron met visited accused signed agreed will not to with of the a on and , . that which
            talks visit agreement sanctions refused threatened urged by was has been in Paris Monday 2018 if when officials
            said attack their he it both countries - “ ” ( ) must would""".split()
        ),
        max_size=25,
    )
)
def test_any_order_of_words_is_read_and_events_stand_verbatim(words: list[str]) -> None:
    """Whatever the words, the coder does not fail and its evidence stands in the text."""
    text = " ".join(words)
    for event in coding(text).events:
        assert text[event.start : event.end] == event.text
        assert all(text[a.start : a.end] == a.text for a in (*event.actors, *event.recipients))


def test_hostile_text_is_read_in_linear_time() -> None:
    """Text without stops, of 100,000 characters, ends in time and in silence or events."""
    assert sentences("") == []
    assert coding("") == Coding()
    assert coding("\x00\x01 \ufffd <<>>").events == ()
    coding("France and India and " * 5000)
    coding("a" * 100_000)


def test_a_shared_name_is_read_by_a_passage_before() -> None:
    """A short name that two states bear is read by the full name in an earlier passage, and abstained from without."""
    told = coding("The Republic of Korea joined the club. Korea condemned Japan on 3 March 2019.").events
    assert [(e.actors[0].code, e.recipients[0].code) for e in told] == [("KOR", "JPN")]
    assert coding("Korea condemned Japan on 3 March 2019.").events == ()


def test_a_guest_received_is_a_visit_with_day_and_city() -> None:
    """Receiving a counterpart at home is the guest's visit, dated and placed."""
    (event,) = coding(
        "On Wednesday, 6 February 2019, Danish Foreign Minister Anders Holm received his Estonian counterpart"
        " Sven Mikk in Copenhagen."
    ).events
    assert (event.type, event.modes) == (EventType.CONSULT, ("visit",))
    assert ([a.person for a in event.actors], [r.code for r in event.recipients]) == (["Sven Mikk"], ["DNK"])
    assert event.date is not None and event.place is not None
    assert (event.date.period.start, event.place.city) == (date(2019, 2, 6), "Copenhagen")


def test_every_issue_of_position_is_documented() -> None:
    """The page of the coding room lists the key of every issue on which positions are read."""
    page = Path(__file__).parents[2] / "docs" / "rooms" / "coding.md"
    if not page.is_file():
        pytest.skip("docs/ is not in this copy of the sources")
    text = page.read_text(encoding="utf-8")
    assert [key for key in ISSUES if f"`{key}`" not in text] == []
