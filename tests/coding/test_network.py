"""The network's proposals: the same however texts are gathered, and only of what stands in the sentence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from comity.coding import code_text, code_texts
from comity.terms import EventType
from tests.coding.labelled import read

TEXTS = [text for text, _ in read("dev.txt")[:120]]
WORDS = sorted({word for text in TEXTS for word in text.split()})


def facts(text: str, source_id: str) -> list[object]:
    """What is coded of a text that is read alone."""
    return list(code_text(text, source_id=source_id).events)


def test_texts_read_together_are_coded_as_each_alone() -> None:
    """The coding of a text does not depend on the texts beside it."""
    together = list(code_texts((str(number), text, None) for number, text in enumerate(TEXTS)))
    assert [list(coding.events) for coding in together] == [
        facts(text, str(number)) for number, text in enumerate(TEXTS)
    ]
    assert sum(len(coding.events) for coding in together) > 40


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join))
def test_any_row_of_words_is_coded_without_fault(text: str) -> None:
    """Events of words in any order name actors that stand in the text, each side a state or body."""
    for event in code_text(text, source_id="s").events:
        for actor in (*event.actors, *event.recipients):
            assert text[actor.start : actor.end] == actor.text
            assert actor.code
        assert set(event.modes) <= event.type.modes


def test_a_list_that_was_read_as_prose_gives_nothing() -> None:
    """A sentence of thousands of words is left to the grammar."""
    names = "France attacked Spain and Italy accused Greece while Japan visited India, "
    assert len(code_text(names * 200, source_id="s").events) < 400


def test_each_event_says_who_read_it() -> None:
    """Events are marked as the grammar's or the network's, and aid and sanctions of the network have a recipient."""
    events = [
        event for coding in code_texts((str(n), text, None) for n, text in enumerate(TEXTS)) for event in coding.events
    ]
    assert {event.coder for event in events} == {"rules", "network"}
    assert not any(event.proposer for event in events)
    onto = [event for event in events if event.coder == "network" and event.type in (EventType.AID, EventType.SANCTION)]
    assert onto and all(event.recipients for event in onto)


def test_acts_that_the_grammar_has_no_pattern_for_are_read() -> None:
    """Wordings outside the dictionary are coded with their sides."""
    for text, kind, actor, recipient in (
        (
            "Kenyan customs officers at Malaba have impounded eleven Ugandan fuel trucks.",
            EventType.COERCE,
            "KEN",
            "UGA",
        ),
        ("Poland bundled two Belarusian bloggers out of the country on Monday.", EventType.COERCE, "POL", "BLR"),
        ("Chilean engineers are laying water pipes in Haiti free of charge.", EventType.AID, "CHL", "HTI"),
    ):
        (event,) = code_text(text, source_id="s").events
        assert (event.type, [a.code for a in event.actors], [r.code for r in event.recipients]) == (
            kind,
            [actor],
            [recipient],
        )
