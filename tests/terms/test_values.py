"""Each type refuses what breaks its law, and says what."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import comity.terms
from comity.terms import (
    Actor,
    Anchor,
    Cell,
    Citation,
    Claim,
    Decision,
    Document,
    Dyad,
    Event,
    EventType,
    Finding,
    FindingSpan,
    Interval,
    InvalidTerm,
    Judgement,
    Measure,
    MergedEvent,
    Name,
    Observation,
    Passage,
    Period,
    Provenance,
    Quad,
    Quantity,
    Rank,
    Series,
    Severity,
    Stance,
    State,
    Statement,
    Table,
    UnreadableTable,
    Verdict,
    content_id,
)

FRANCE = Actor("FRA", ("GOV",), "France", 0, 6)
INDIA = Actor("IND", (), "India", 20, 25)
PLACE = Provenance("doc-1", "00", start=0, end=5)


def event(**changes: object) -> Event:
    """Return a valid event with some fields changed."""
    fields: dict[str, object] = {
        "id": "e1",
        "source_id": "doc-1",
        "type": EventType.CONSULT,
        "actors": (FRANCE,),
        "recipients": (INDIA,),
        "start": 0,
        "end": 4,
        "text": "text",
    }
    return Event(**(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", comity.terms.__all__)
def test_every_value_is_frozen_and_slotted(name: str) -> None:
    """No dataclass of the vocabulary can be changed after it was made, or given another field."""
    kind = getattr(comity.terms, name)
    if dataclasses.is_dataclass(kind):
        assert kind.__dataclass_params__.frozen, name  # type: ignore[attr-defined]
        assert "__slots__" in kind.__dict__, name


def test_the_types_have_plovers_classes_and_scores() -> None:
    """Quad classes follow the manual; a mode's score comes before its type's; every score lies within ten."""
    assert EventType.SANCTION.quad is Quad.MATERIAL_CONFLICT
    assert EventType.CONSULT.scale(("visit",)) == 4.0
    assert EventType.PROTEST.scale(("vandalize",)) == EventType.PROTEST.scale() == -5.0
    for kind in EventType:
        assert all(-10 <= kind.scale((mode,)) <= 10 for mode in kind.modes)
        assert (kind.scale() < 0) == (kind.quad >= 3) or kind is EventType.REQUEST


def test_events_refuse_what_plover_does_not_know() -> None:
    """No foreign mode, context or sector, no event without actor, no recipient of a symmetric act, no false evidence."""
    for changes, words in [
        ({"modes": ("riot",)}, "no mode riot"),
        ({"contexts": ("weather",)}, "no context weather"),
        ({"actors": ()}, "no actor"),
        ({"symmetric": True}, "symmetric"),
        ({"text": "longer"}, "characters"),
        ({"confidence": 1.5}, "between 0 and 1"),
    ]:
        with pytest.raises(InvalidTerm, match=words):
            event(**changes)
    with pytest.raises(InvalidTerm, match="no sector XYZ"):
        Actor("FRA", ("XYZ",), "France", 0, 6)


def test_a_merged_event_holds_its_representative() -> None:
    """The report that stands for an act is one of its reports; its sources are counted once each."""
    one, other = event(), event(id="e2", source_id="doc-2")
    merged = MergedEvent("m", one, (one, other, event(id="e3")))
    assert merged.source_ids == ("doc-1", "doc-2")
    with pytest.raises(InvalidTerm, match="does not hold"):
        MergedEvent("m", one, (other,))


def test_a_dyad_is_two_different_states() -> None:
    """A dyad refuses one state twice and knows the other side."""
    dyad = Dyad("FRA", "IND")
    assert dyad.other("IND") == "FRA"
    assert dyad.codes == Dyad("IND", "FRA").codes
    for wrong in (("FRA", "FRA"), ("France", "IND")):
        with pytest.raises(InvalidTerm):
            Dyad(*wrong)
    with pytest.raises(InvalidTerm, match="not part"):
        dyad.other("PAK")


def test_a_state_exists_between_its_dates() -> None:
    """A state exists from its first to its last day."""
    union = State("SUN", "Soviet Union", date(1922, 12, 30), date(1991, 12, 26))
    assert union.exists(date(1991, 12, 26))
    assert not union.exists(date(1991, 12, 27))


def test_ranks_are_ordered() -> None:
    """A head of state stands above a foreign minister, who stands above an ambassador."""
    assert Rank.HEAD_OF_STATE.order < Rank.FOREIGN_MINISTER.order < Rank.AMBASSADOR.order


def test_no_fact_without_a_place() -> None:
    """Provenance needs a document and a span or a cell."""
    with pytest.raises(InvalidTerm, match="place"):
        Provenance("doc-1", "00")
    with pytest.raises(InvalidTerm, match="digest"):
        Provenance("doc-1", "", start=0, end=1)
    with pytest.raises(InvalidTerm, match="both"):
        Provenance("doc-1", "00", start=0)
    assert Provenance("doc-1", "00", table_id="t1", row=1, column=2).start is None


def test_figures_keep_their_series_unit() -> None:
    """An observation in rupees cannot enter a series in dollars, nor can a series lack a unit or have one side twice."""
    series = Series("s", "PAK", "JPN", "exports", "USD")
    with pytest.raises(InvalidTerm, match="PKR"):
        Observation("o", series, Period.of_year(2016), Quantity(Decimal(1), "PKR"), PLACE)
    with pytest.raises(InvalidTerm, match="no unit"):
        Series("s", "PAK", "JPN", "exports", "")
    with pytest.raises(InvalidTerm, match="both sides"):
        Series("s", "PAK", "PAK", "exports", "USD")


def test_a_verdict_names_what_it_rests_on() -> None:
    """A confirmed or contradicted claim needs a second place; a finding needs one; a value needs inputs."""
    place = FindingSpan(0, 5, 1, 1, "rises")
    with pytest.raises(InvalidTerm, match="held against"):
        Claim("c", "doc-1", "TRD001", "trend", Verdict.CONFIRMED, "because", (place,))
    with pytest.raises(InvalidTerm, match="no place"):
        Finding("TRD001", Severity.ERROR, "message", ())
    with pytest.raises(InvalidTerm, match="no input"):
        Measure("m", "k", "t", "s", "USD", "method", (), value=1.0)
    with pytest.raises(InvalidTerm, match="interval"):
        Interval(2, 1, 0.9, "rounding")


def test_a_statement_has_an_issue_and_a_direction() -> None:
    """Concern points down, willingness up, indifference neither way."""
    assert (Stance.CONCERNED.direction, Stance.WILLING.direction, Stance.INDIFFERENT.direction) == (-1, 1, 0)
    with pytest.raises(InvalidTerm, match="no issue"):
        Statement("s", "doc-1", FRANCE, "", Stance.WILLING, 0, 4, "text")


def test_decisions_carry_time_zones_and_partners() -> None:
    """A decision has a time zone, and names another report exactly when it joins or parts."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert Decision("e1", Judgement.MERGED, "ana", now, other="e2").other == "e2"
    with pytest.raises(InvalidTerm, match="time zone"):
        Decision("e1", Judgement.ACCEPTED, "ana", datetime(2026, 1, 1))
    with pytest.raises(InvalidTerm, match="other"):
        Decision("e1", Judgement.MERGED, "ana", now)


def test_passages_stand_verbatim_in_their_document() -> None:
    """A document refuses a passage that is not in its text at that place."""
    passage = Passage("d#p1", "d", 0, 5, "Hello")
    assert Document("d", "a.txt", "text/plain", "00", "Hello.", passages=(passage,)).passage_at(4) == passage
    with pytest.raises(InvalidTerm, match="verbatim"):
        Document("d", "a.txt", "text/plain", "00", "Other.", passages=(passage,))
    with pytest.raises(InvalidTerm, match="characters"):
        Passage("d#p1", "d", 0, 4, "Hello")


@given(st.text(alphabet="ab\n", max_size=40), st.data())
def test_without_anchors_a_place_is_counted_in_the_text(text: str, data: st.DataObject) -> None:
    """Line and column of an offset lead back to the offset."""
    offset = data.draw(st.integers(0, len(text)))
    place = Document("d", "a", "text/plain", "00", text).locate(offset)
    lines = text.split("\n")
    assert sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1 == offset


def test_anchors_lead_back_to_the_file() -> None:
    """An offset is found from the nearest anchor before it."""
    document = Document("d", "a", "text/plain", "00", "one two", anchors=(Anchor(0, 1, 1), Anchor(4, 7, 3, 2)))
    assert (document.locate(2).line, document.locate(2).column) == (1, 3)
    assert (document.locate(5).line, document.locate(5).column, document.locate(5).page) == (7, 4, 2)


def test_a_table_finds_spanning_and_missing_cells() -> None:
    """A cell that spans columns is found at each; a ragged row has no cell at its end."""
    cells = (Cell(0, 0, "Trade", 0, 5, header=True, column_span=2), Cell(1, 0, "1", 6, 7))
    table = Table("t1", "", "", "", cells, 0, 7)
    assert table.cell(0, 1) is table.cell(0, 0)
    assert table.cell(1, 1) is None
    assert (table.height, table.width) == (2, 2)


def test_citations_become_csl() -> None:
    """Dates keep the precision that they were given with; empty fields are left out."""
    citation = Citation(
        "report", "Ties", (Name("Malik", "Ahmad"),), (Name(literal="An institute"),), issued=Period.of_month(2018, 1)
    )
    assert citation.to_csl("x") == {
        "id": "x",
        "type": "report",
        "title": "Ties",
        "author": [{"family": "Malik", "given": "Ahmad"}],
        "editor": [{"literal": "An institute"}],
        "issued": {"date-parts": [[2018, 1]]},
    }
    range_ = Period.between(Period.of_year(2016), Period.of_year(2017))
    assert Citation(issued=range_).to_csl("x")["issued"] == {"date-parts": [[2016], [2017]]}


def test_errors_say_where_and_what_to_do() -> None:
    """A table's error names row and column and ends with the remedy."""
    error = UnreadableTable("trade.csv", "holds words among figures", row=3, column=2, remedy="Move the remark.")
    assert str(error) == "trade.csv, row 3, column 2: holds words among figures. Move the remark."
    assert error.exit_code == 2


@given(st.lists(st.one_of(st.text(), st.integers(), st.none(), st.booleans()), max_size=4))
def test_ids_depend_on_content_alone(parts: list[str | int | bool | None]) -> None:
    """The same parts give the same id, and one part more gives another."""
    assert content_id("x", *parts) == content_id("x", *parts)
    assert content_id("x", *parts) != content_id("x", *parts, "more")


@pytest.mark.parametrize(
    ("actors", "recipients", "symmetric", "acting"),
    [
        ("FRA", "IND", False, "FRA"),
        ("FRA", "IND JPN", False, "FRA"),
        ("FRA JPN", "IND", False, "FRA"),
        ("FRA IND", "", True, "FRA IND"),
        ("FRA IND JPN", "", True, "FRA IND"),
        ("FRA IND", "", False, ""),
        ("FRA IND", "RUS", False, ""),
        ("FRA JPN", "", True, ""),
        ("FRA", "", False, ""),
        ("FRA", "FRA", False, ""),
    ],
)
def test_an_act_between_two_states_is_one_toward_the_other_or_of_both(
    actors: str, recipients: str, symmetric: bool, acting: str
) -> None:
    """Between two states is what one does toward the other or both do together, not what both do toward others."""
    told = event(
        actors=tuple(Actor(code, (), code, 0, 3) for code in actors.split()),
        recipients=tuple(Actor(code, (), code, 0, 3) for code in recipients.split()),
        symmetric=symmetric,
    )
    assert told.acting_between(frozenset({"FRA", "IND"})) == frozenset(acting.split())
