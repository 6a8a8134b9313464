"""Laws of the record, on any documents: what is stored comes back equal, and order and repetition do not count."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.record import (
    Record,
    export_documents,
    export_events,
    export_observations,
    export_statements,
)
from comity.terms import (
    Anchor,
    Block,
    BlockKind,
    Cell,
    Citation,
    Document,
    FiscalCalendar,
    Name,
    Note,
    Observation,
    Passage,
    Period,
    Provenance,
    Quantity,
    Series,
    Stance,
    Table,
    digest,
)
from tests.record.reports import document, figures, position, visit

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
DAYS = st.dates(date(1816, 1, 1), date(2100, 1, 1))
PERIODS = st.one_of(
    DAYS.map(lambda day: Period.of_day(day.year, day.month, day.day)),
    DAYS.map(lambda day: Period.of_month(day.year, day.month)),
    DAYS.map(lambda day: Period.of_decade(day.year)),
    DAYS.map(lambda day: Period.since(Period.of_year(day.year))),
    DAYS.map(lambda day: FiscalCalendar(day.month).named(day.year)),
)
NAMES = st.builds(Name, WORDS, WORDS, WORDS, WORDS)
CITATIONS = st.builds(
    Citation,
    title=WORDS,
    authors=st.lists(NAMES, max_size=2).map(tuple),
    editors=st.lists(NAMES, max_size=2).map(tuple),
    issued=st.none() | PERIODS,
    accessed=st.none() | DAYS,
    text=WORDS,
)
WHOLE = st.integers(0, 10**6)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document: text with any characters, passages verbatim in it, and everything that hangs on them."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
    name = draw(WORDS)
    document_id = f"doc-{digest(text.encode())[:16]}"
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    passages = tuple(
        Passage(
            f"{document_id}#p{number}",
            document_id,
            start,
            end,
            text[start:end],
            draw(st.sampled_from(BlockKind)),
            draw(WORDS),
            number,
            draw(st.none() | WHOLE),
        )
        for number, (start, end) in enumerate(pairwise(cuts), start=1)
    )
    cells = st.builds(Cell, WHOLE, WHOLE, WORDS, WHOLE, WHOLE, st.booleans())
    return Document(
        document_id,
        name,
        draw(WORDS),
        digest(text.encode()),
        text,
        draw(CITATIONS),
        tuple(draw(st.lists(st.builds(Block, st.sampled_from(BlockKind), WHOLE, WHOLE, WHOLE), max_size=3))),
        passages,
        tuple(draw(st.lists(st.builds(Note, WORDS, WORDS, WHOLE, WHOLE, WORDS, st.none(), CITATIONS), max_size=2))),
        tuple(
            draw(
                st.lists(
                    st.builds(Table, WORDS, WORDS, WORDS, WORDS, st.lists(cells, max_size=3).map(tuple), WHOLE, WHOLE),
                    max_size=2,
                )
            )
        ),
        draw(WORDS),
        tuple(draw(st.lists(st.builds(Anchor, WHOLE, WHOLE, WHOLE, st.none() | WHOLE), max_size=3))),
        tuple(draw(st.lists(WORDS, max_size=2))),
    )


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """Return a record that all examples share: each retires what the one before had stored."""
    return Record.open(tmp_path_factory.mktemp("kept") / "record.db", create=True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stored=documents(), name=WORDS.filter(bool))
def test_any_document_comes_back_equal(kept: Record, stored: Document, name: str) -> None:
    """Any document is rebuilt exactly, passages, notes, tables, anchors and all, and its passages can be looked up."""
    with kept.writing() as writer:
        for earlier in writer.source_names():
            writer.retire_source(earlier)
        writer.store(stored, source_name=name)
    with kept.view() as view:
        (back,) = view.documents()
        assert back == replace(stored, name=name)
        assert view.passages(stored.id) == stored.passages


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    figures_=st.lists(
        st.tuples(
            st.decimals(allow_nan=False, allow_infinity=False),
            st.decimals(min_value=Decimal("1e-9"), max_value=Decimal("1e12"), allow_nan=False),
            PERIODS,
            WORDS,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_figure_comes_back_equal(kept: Record, figures_: list[tuple[Decimal, Decimal, Period, str]]) -> None:
    """Any observation comes back equal, the printed digits with it: 1.10 stays 1.10."""
    paper = document("paper.txt", "A table.")
    series = Series("series-1", "FRA", "IND", "exports", "USD")
    stored = [
        Observation(
            f"obs-{row}",
            series,
            when,
            Quantity(number, "USD", scale, text=words),
            Provenance(paper.id, paper.digest, table_id="t", row=row, column=0),
            remark=words,
        )
        for row, (number, scale, when, words) in enumerate(figures_)
    ]
    with kept.writing() as writer:
        writer.store(paper, observations=stored)
    with kept.view() as view:
        back = {each.id: each for each in view.observations()}
    assert back == {each.id: each for each in stored}
    assert all(str(back[each.id].quantity.number) == str(each.quantity.number) for each in stored)


PAPERS = [document(f"{name}.txt", f"{name} tells of a visit.", f"{name} tells more.") for name in "abcdef"]
FACTS: list[tuple[Document, Any, Any, Any]] = [
    (
        paper,
        [
            visit(paper, f"FRA {guest}", "IND", when, "IND New Delhi"),
            visit(paper, "IND", "FRA", "2011", "FRA", sentence=1),
        ],
        [position(paper, "FRA", issue, Stance.WILLING)],
        figures(paper, "FRA", "IND", {2015 + number: f"{number}.5", 2016: "7"}),
    )
    for number, (paper, guest, when, issue) in enumerate(
        zip(
            PAPERS,
            ("Leroux", "Marie Leroux", "", "Dumas", "Leroux", "Dumas"),
            ("2019-03-04", "2019-03", "2019-03-04/2019-03-06", "2019", "2019-03-05", "2018-01-01"),
            ("nuclear", "trade", "nuclear", "trade", "visas", "visas"),
            strict=True,
        )
    )
]


def _exports(record: Record, *forms: str) -> list[bytes]:
    with record.view() as view:
        version = view.version.encode()
        return [
            version,
            *(
                export(view, form)
                for form in forms
                for export in (export_events, export_statements, export_observations, export_documents)
            ),
            export_documents(view, "csl"),
        ]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(FACTS), st.sets(st.integers(0, 5)), st.sets(st.integers(1, 5)))
def test_exports_do_not_know_the_order(
    order: list[tuple[Document, Any, Any, Any]], twice: set[int], cuts: set[int]
) -> None:
    """The same sources in any order, in one build or several, some removed and put back, give the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Record.open(Path(folder) / "plain.db", create=True)
        with plain.writing() as writer:
            for facts in FACTS:
                writer.store(*facts)
        other = Record.open(Path(folder) / "other.db", create=True)
        for number, (paper, *facts) in enumerate(order):
            with other.writing() as writer:
                writer.store(paper, *(reversed(each) for each in facts))
                if number in twice:
                    writer.retire(order[0][0].id)
            if number in cuts:
                with other.writing(reader="another") as writer:
                    writer.store(*order[0])
        with other.writing() as writer:
            writer.store(*order[0])
        assert _exports(plain, "jsonl", "csv") == _exports(other, "jsonl", "csv")


def test_parquet_does_not_know_the_order(tmp_path: Path) -> None:
    """The same sources in another order give the same Parquet, byte for byte."""
    written = []
    for name, facts in (("one", FACTS), ("other", FACTS[::-1])):
        record = Record.open(tmp_path / f"{name}.db", create=True)
        with record.writing() as writer:
            for each in facts:
                writer.store(*each)
        written.append(_exports(record, "parquet"))
    assert written[0] == written[1]
