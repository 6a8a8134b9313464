"""The coder held to sentences written for it: acts of all sixteen types, and sentences that tell none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.coding import code_text
from comity.terms import EventType

DATA = Path(__file__).parent / "data"
PUBLISHED = date(2024, 6, 5)


def lines(name: str) -> list[str]:
    """Return the lines of a data file without remarks."""
    return [
        line
        for line in (DATA / name).read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]


ACTS = [line.split("\t") for line in lines("acts.tsv")]


MISSED = [line.split("\t") for line in lines("missed.tsv")]


def is_coded(type_: str, mode: str, actors: str, recipients: str, text: str) -> bool:
    """Whether a sentence gives the one event, with type, mode and sides, and nothing else; "-" as type: no event."""
    wanted = set() if recipients == "-" else set(recipients.split(","))
    events = code_text(text, source_id="s", published=PUBLISHED).events
    if type_ == "-":
        return events == ()
    found = [
        event
        for event in events
        if event.type.value == type_
        and {a.code for a in event.actors} == set(actors.split(","))
        and ({r.code for r in event.recipients} or wanted) <= (wanted or set(actors.split(",")))
        and {r.code for r in event.recipients} >= wanted
        and (mode == "-" or mode in event.modes)
    ]
    return len(found) == 1 and events == (found[0],)


@pytest.mark.parametrize("row", ACTS, ids=[row[4][:60] for row in ACTS])
def test_an_act_is_coded_with_its_sides(row: list[str]) -> None:
    """The act of the sentence is coded with type, mode, actors and recipients, and nothing else is."""
    assert is_coded(*row)


@pytest.mark.xfail(strict=True, reason="known to be read wrongly; docs/rooms/coding.md, Measured")
@pytest.mark.parametrize("row", MISSED, ids=[row[4][:60] for row in MISSED])
def test_a_known_miss_is_still_one(row: list[str]) -> None:
    """What the coder is known to miss is held in a list; a line that it comes to read rightly has to leave it."""
    assert is_coded(*row)


@pytest.mark.parametrize("text", lines("silence.txt"))
def test_a_sentence_without_an_act_is_left_alone(text: str) -> None:
    """Sport, markets, negation, supposition and states of affairs yield no event."""
    assert code_text(text, source_id="s", published=PUBLISHED).events == ()


def test_the_sentences_cover_every_type() -> None:
    """Each of PLOVER's sixteen types is tried by at least two sentences."""
    counts = {type_.value: sum(row[0] == type_.value for row in ACTS) for type_ in EventType}
    assert min(counts.values()) >= 2
    assert len(ACTS) >= 100
    assert len(lines("silence.txt")) >= 60


@pytest.mark.parametrize(
    "text",
    [
        "Q: Has Turkey threatened to close the border with Georgia?",
        "Turkey denied it had threatened Georgia.",
        "Kenya denied having attacked Uganda's boats.",
        "Japan lent Georgia no money in 2020.",
        "Turkey lent Georgia nothing for the railway.",
        "Japan sent no aid to Kenya in 2019.",
        "Turkey may join the port project with Georgia.",
    ],
)
def test_what_is_asked_denied_or_done_to_nothing_is_no_act(text: str) -> None:
    """A question, a denial, an object that is nothing, and what may yet be done."""
    assert not {event.type for event in code_text(text, source_id="s").events} - {EventType.REJECT}


def test_an_act_beside_a_denial_stands() -> None:
    """What is told in a clause of its own is no content of the denial."""
    text = "The army denied that its planes had bombed Kenya, and Kenya expelled the Ugandan ambassador."
    assert [event.type for event in code_text(text, source_id="s").events] == [EventType.SANCTION]
