"""Laws of the record, on any documents: what is stored comes back equal, and order and repetition do not count."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

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


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(), WORDS.filter(bool))
def test_any_document_comes_back_equal(stored: Document, name: str) -> None:
    """Any document is rebuilt exactly, passages, notes, tables, anchors and all, and its passages can be looked up."""
    with tempfile.TemporaryDirectory() as folder:
        record = Record.open(Path(folder) / "record.db", create=True)
        with record.writing() as writer:
            writer.store(stored, source_name=name)
        with record.view() as view:
            (back,) = view.documents()
            assert back.name == name
            assert back == Document(**{**_fields(stored), "name": name})
            assert view.passages(stored.id) == stored.passages


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
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
def test_any_figure_comes_back_equal(figures_: list[tuple[Decimal, Decimal, Period, str]]) -> None:
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
    with tempfile.TemporaryDirectory() as folder:
        record = Record.open(Path(folder) / "record.db", create=True)
        with record.writing() as writer:
            writer.store(paper, observations=stored)
        with record.view() as view:
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


def _exports(record: Record) -> list[bytes]:
    with record.view() as view:
        version = view.version.encode()
        return [
            version,
            *(
                export(view, form)
                for form in ("jsonl", "csv", "parquet")
                for export in (export_events, export_statements, export_observations, export_documents)
            ),
            export_documents(view, "csl"),
        ]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
        assert _exports(plain) == _exports(other)


def _fields(stored: Document) -> dict[str, Any]:
    return {name: getattr(stored, name) for name in Document.__dataclass_fields__}
