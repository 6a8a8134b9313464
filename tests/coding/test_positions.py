"""Positions, contexts and sectors on labelled sentences; and what states a position and what does not."""

from __future__ import annotations

import pytest

from comity.coding import code_text, code_texts
from comity.terms import Event, Statement
from tests.coding.labelled import LABELLED

# Pinned a little below what was reached (docs/rooms/coding.md). A floor falls only by an explicit edit here.
FLOORS = {
    "positions_dev.txt": {"precision": 0.90, "recall": 0.62, "silence": 0.95},
    "positions_test.txt": {"precision": 0.82, "recall": 0.66, "silence": 0.95},
}


def lines_of(name: str) -> list[tuple[str, str]]:
    """The labels and the sentence of each line of a file."""
    lines = (LABELLED / name).read_text(encoding="utf-8").splitlines()
    return [(codes, text) for codes, text in (line.split(" | ") for line in lines if not line.startswith("#"))]


def states(statements: tuple[Statement, ...]) -> set[tuple[str, str, str]]:
    """Holder, issue and stance of each statement."""
    return {(one.holder.code, one.issue, one.stance.value) for one in statements}


def position_scores(name: str) -> dict[str, float]:
    """Of positions with holder, issue and stance: the share found that is right, the share found, and silence without one."""
    labelled = lines_of(name)
    right = found = wanted = empty = silent = 0
    codings = code_texts((str(number), text, None) for number, (_, text) in enumerate(labelled))
    for (codes, _), coding in zip(labelled, codings, strict=True):
        gold = {tuple(part.split(" ")) for part in codes.split(" ; ")} if codes != "-" else set()
        told = states(coding.statements)
        right += len(gold & told)
        found += len(told)
        wanted += len(gold)
        empty += not gold
        silent += not gold and not told
    return {"precision": right / found, "recall": right / wanted, "silence": silent / empty}


def context_scores(half: int) -> dict[str, float]:
    """Precision and recall of contexts, and the share of right sectors, on every second line from `half` (0 or 1) on."""
    labelled = lines_of("contexts.txt")[half::2]
    right = found = wanted = sectors = exact = 0
    codings = code_texts((str(number), text, None) for number, (_, text) in enumerate(labelled))
    for (codes, _), coding in zip(labelled, codings, strict=True):
        if not coding.events:
            continue
        listed, sides = codes.split(" ; ")
        gold = set(listed.split(",")) - {"-"}
        told = {context for event in coding.events for context in event.contexts}
        right, found, wanted = right + len(gold & told), found + len(told), wanted + len(gold)
        for side, code, said in (part.replace("=", ":").split(":") for part in sides.split()):
            for given in _sectors(coding.events, side, code):
                sectors += 1
                exact += given == set(said.split(",")) - {""} or (said in ("", "GOV") and given <= {"GOV"})
    return {"precision": right / found, "recall": right / wanted, "sectors": exact / sectors}


def _sectors(events: tuple[Event, ...], side: str, code: str) -> list[set[str]]:
    return [
        set(actor.sectors)
        for event in events
        for actor in (event.actors if side == "actor" else event.recipients)
        if actor.code == code
    ]


@pytest.mark.parametrize("name", FLOORS)
def test_positions_on_labelled_sentences_do_not_fall(name: str) -> None:
    """Precision, recall and silence stay at or above their floors."""
    reached = position_scores(name)
    assert {measure: reached[measure] for measure, floor in FLOORS[name].items() if reached[measure] < floor} == {}


def test_contexts_and_sectors_on_unseen_sentences_do_not_fall() -> None:
    """Of the half that was not looked at."""
    reached = context_scores(1)
    floors = {"precision": 0.66, "recall": 0.48, "sectors": 0.76}
    assert {measure: reached[measure] for measure, floor in floors.items() if reached[measure] < floor} == {}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Tbilisi frets that a new rail route may divert freight.", {("GEO", "connectivity", "concerned")}),
        (
            "Chile and Peru both attach great importance to the free trade agreement.",
            {("CHL", "trade", "supports"), ("PER", "trade", "supports")},
        ),
        ("The tariff is not acceptable to Kenya.", {("KEN", "trade", "opposes")}),
        ("Oslo would lift the embargo if elections were held.", {("NOR", "sanctions", "conditional")}),
        ("In Rome's view, asylum seekers should be shared out.", {("ITA", "migration", "supports")}),
        ("Ghana's objections to the pipeline are old.", {("GHA", "connectivity", "opposes")}),
        ("Vienna has no difficulty with more permanent seats.", {("AUT", "un-reform", "willing")}),
    ],
)
def test_positions_are_read_in_many_wordings(text: str, stated: set[tuple[str, str, str]]) -> None:
    """Verbs, phrases, nouns of a possessor and conditions state positions."""
    assert states(code_text(text, source_id="s").statements) == stated


@pytest.mark.parametrize(
    "text",
    [
        "Kenya has not expressed interest in joining the corridor.",
        "The Kremlin says London wants nuclear weapons in Poland.",
        "Venezuela's opposition alleges that the president is willing to give away oil.",
        "A Brazilian bank wants lower tariffs on steel.",
        "The Peruvian sol was steady against the dollar as oil exports rose.",
        "Ghana may support the sanctions on Mali.",
        "Chile's exports of copper to Japan rose by a fifth.",
    ],
)
def test_what_is_no_position_of_a_state_states_none(text: str) -> None:
    """What is not said, what others say of a state, what firms want, and facts."""
    assert code_text(text, source_id="s").statements == ()


def test_rebels_named_without_a_word_of_terrorism_are_an_issue() -> None:
    """What is said of them is a position, and no accusation of the state they are in."""
    coding = code_text("Norway expressed concern over the activities of Lashkar-e-Tayyiba in Pakistan.", source_id="s")
    assert states(coding.statements) == {("NOR", "terrorism", "concerned")}
    assert coding.events == ()
