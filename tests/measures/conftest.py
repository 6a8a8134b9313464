"""Events and observations made by hand, as the record hands them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd
import pytest

from comity.measures.expected import Job, expected_trade
from comity.terms import (
    Actor,
    Event,
    EventDate,
    EventType,
    MergedEvent,
    Observation,
    Period,
    Provenance,
    Quantity,
    Rank,
    Series,
    Source,
    content_id,
)

SURVEY = Source(producer="Statistics Office", title="Yearbook", citation="Statistics Office, Yearbook, 2017")


@pytest.fixture
def extra() -> None:
    """Skip what estimates where the extra is not installed."""
    pytest.importorskip("pyfixest", reason="needs the extra [models]", exc_type=ImportError)


@pytest.fixture
def in_this_process(extra: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Estimate here, where the library is loaded once; the process of its own has tests that do without this."""

    def expect(limit: float, panel: pd.DataFrame, jobs: Sequence[Job], *rest: object) -> tuple[object, ...]:
        return tuple(expected_trade(panel, job) for job in jobs)

    monkeypatch.setattr("comity.measures.expectation.expect_within", expect)


def observations(
    indicator: str,
    figures: Mapping[int, str],
    *,
    reporter: str = "BRA",
    partner: str = "ARG",
    unit: str = "USD",
    source: Source = SURVEY,
    scale: int = 1_000_000,
    document: str = "doc-1",
    product: str = "",
) -> tuple[Observation, ...]:
    """Return one observation a year from figures as they are printed."""
    series = Series(
        content_id("series", reporter, partner, indicator, unit, source.citation, product),
        reporter,
        partner,
        indicator,
        unit,
        source,
        product=product,
    )
    return tuple(
        Observation(
            content_id("obs", series.id, year, figure, document),
            series,
            Period.of_year(year),
            Quantity(Decimal(figure), unit, Decimal(scale), text=figure),
            Provenance(document, "0" * 64, row=number, column=1, source=source),
        )
        for number, (year, figure) in enumerate(figures.items())
    )


def actor(code: str, person: str = "", rank: Rank | None = None) -> Actor:
    """Return who acts for a state."""
    return Actor(code, ("GOV",), person or code, 0, len(person or code), person, rank.value if rank else "", rank)


def event(
    kind: EventType,
    actors: tuple[Actor, ...],
    recipients: tuple[Actor, ...] = (),
    *,
    when: Period | None = None,
    documents: tuple[str, ...] = ("doc-1",),
    modes: tuple[str, ...] = (),
    symmetric: bool = False,
) -> MergedEvent:
    """Return an act with one report from each of the documents."""
    reports = tuple(
        Event(
            content_id("event", kind.value, str(when), document, [one.text for one in actors + recipients]),
            document,
            kind,
            actors,
            recipients,
            0,
            5,
            "words",
            modes,
            symmetric,
            EventDate(when) if when is not None else None,
        )
        for document in documents
    )
    return MergedEvent(content_id("act", *(one.id for one in reports)), reports[0], reports)


def visit(
    when: Period | None,
    visitor: str,
    host: str,
    *,
    rank: Rank | None = Rank.FOREIGN_MINISTER,
    host_rank: Rank | None = None,
    person: str = "A. Visitor",
) -> MergedEvent:
    """Return a visit of one state's person to the other state."""
    host_actor = actor(host, "B. Host", host_rank) if host_rank else actor(host)
    return event(EventType.CONSULT, (actor(visitor, person, rank),), (host_actor,), when=when, modes=("visit",))
