"""What is missing: what a careful reader must know is not in the brief."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.brief.bibliography import document_title
from comity.brief.figures import Panel
from comity.brief.material import Material
from comity.brief.timeline import between, sure
from comity.brief.wording import counted, listed, number_text, period_text
from comity.measures import runs
from comity.terms import EventType, MergedEvent


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing, with its details one by one."""

    sentence: str
    details: tuple[str, ...] = ()


def gaps(material: Material, shown: Sequence[Panel]) -> tuple[Gap, ...]:
    """Return what is missing: figures, files, dates, reviews, second sources."""
    made: list[Gap] = []
    made += _figures(material, shown)
    made += _contact_years(material)
    made += _files(material)
    made += _dates(material)
    made += _reviews(material)
    made += _proposals(material)
    made += _single_sources(material)
    return tuple(made)


def review_sentence(material: Material) -> str:
    """Return who stands behind the coding: how many events and positions a person has reviewed."""
    total = len(material.events) + len(material.statements)
    if total == 0:
        return "No events or positions were coded."
    done = _reviewed(material)
    proposed = sum(bool(event.event.proposer) for event in material.events)
    if done == 0:
        coders = " by Comity"
        if proposed:
            coders = f", {total - proposed:,} by Comity and {proposed:,} by a second reader"
        return (
            f"{counted(total, 'event or position', 'events and positions')} "
            f"{'was' if total == 1 else 'were'} coded{coders}; none has been reviewed by a person."
        )
    share = number_text(100 * (total - done) / total, 0)
    coders = "Coded by Comity"
    if proposed:
        coders = f"{total - proposed:,} coded by Comity and {proposed:,} by a second reader"
    return (
        f"{coders}; of {counted(total, 'event or position', 'events and positions')}, {done:,} "
        f"{'has' if done == 1 else 'have'} been reviewed by a person and {total - done:,} ({share} %) "
        f"{'has' if total - done == 1 else 'have'} not."
    )


def _reviewed(material: Material) -> int:
    events = sum(
        event.id in material.reviewed or any(report.id in material.reviewed for report in event.reports)
        for event in material.events
    )
    return events + sum(statement.id in material.reviewed for statement in material.statements)


def _figures(material: Material, shown: Sequence[Panel]) -> list[Gap]:
    about = [panel for panel in shown if panel.about_dyad]
    made = [
        Gap(f"The record holds no {name} between the two states.")
        for theme, name in (("trade", "trade figures"), ("investment", "investment figures"))
        if not any(panel.theme == theme for panel in about)
    ]
    details = []
    for panel in about:
        if panel.missing:
            details.append(f"{panel.title}: no figures for {listed(period_text(period) for period in panel.missing)}")
        for line in panel.lines:
            holes = [
                period_text(period)
                for period, figure in zip(panel.periods, line.figures, strict=True)
                if figure is None and period not in panel.missing
            ]
            if holes:
                details.append(f"{line.name} ({panel.title}): no figure for {listed(holes)}")
    if details:
        made.append(Gap("Some series have no figure for part of their span:", tuple(details)))
    return made


def _contact_years(material: Material) -> list[Gap]:
    """Years between the first and the last dated event of the dyad in which the sources report nothing at all."""
    own = between(material.events, material.dyad.codes)
    # A proposal neither opens nor closes the span, but of a year that has one nothing is said.
    ends, seen = _years(sure(own, material)), _years(own)
    if len(ends) < 2:
        return []
    missing = [year for year in range(min(ends), max(ends)) if year not in seen]
    if not missing:
        return []
    words = listed([run.replace("-", "–") for run in runs(missing)])
    return [
        Gap(
            f"The sources report no dated event between the two states for {words}. "
            "That they report none does not mean that there was none."
        )
    ]


def _years(events: Sequence[MergedEvent]) -> set[int]:
    seen: set[int] = set()
    for merged in events:
        date = merged.event.date
        if date is None or date.period.first_year is None or date.period.last_year is None:
            continue
        if date.period.last_year - date.period.first_year <= 1:
            seen |= {date.period.first_year, date.period.last_year}
    return seen


def _files(material: Material) -> list[Gap]:
    made = []
    if material.unread:
        details = tuple(f"{one.name}: {one.reason}" for one in sorted(material.unread, key=lambda one: one.name))
        verb = "was" if len(details) == 1 else "were"
        made.append(Gap(f"{counted(len(details), 'file')} {verb} not read:", details))
    if material.abroad:
        made.append(Gap(material.abroad))
    warned = tuple(
        f"{document_title(document)}: {warning}" for document in material.documents for warning in document.warnings
    )
    if warned:
        made.append(Gap("Parts of these documents could not be read:", warned))
    return made


def _dates(material: Material) -> list[Gap]:
    undated = sum(event.event.date is None for event in material.events)
    made = []
    if undated:
        made.append(
            Gap(
                f"{counted(undated, 'event')} of {len(material.events):,} {'has' if undated == 1 else 'have'} "
                "no date that was found in the sources; they stand at the end of the timeline."
            )
        )
    inferred = sum(event.event.date is not None and not event.event.date.text for event in material.events)
    if inferred:
        made.append(
            Gap(
                f"The {'date' if inferred == 1 else 'dates'} of {counted(inferred, 'event')} "
                f"{'is' if inferred == 1 else 'are'} inferred from the context, not stated beside the event."
            )
        )
    return made


def _reviews(material: Material) -> list[Gap]:
    return [Gap(review_sentence(material))] if material.events or material.statements else []


def _proposals(material: Material) -> list[Gap]:
    proposed = len(material.events) - len(sure(material.events, material))
    if not proposed:
        return []
    one = proposed == 1
    return [
        Gap(
            f"{counted(proposed, 'event')} {'was' if one else 'were'} proposed by a language model and confirmed by "
            f"nobody; {'it is' if one else 'they are'} marked, {'counts' if one else 'count'} in no measure and "
            f"{'stands' if one else 'stand'} behind no checked claim."
        )
    ]


def _single_sources(material: Material) -> list[Gap]:
    contacts = [
        merged
        for merged in sure(between(material.events, material.dyad.codes), material)
        if merged.event.type is EventType.CONSULT and len(merged.source_ids) == 1
    ]
    if not contacts or len(material.documents) < 2:
        return []
    return [
        Gap(
            f"{counted(len(contacts), 'contact')} between the two states {'rests' if len(contacts) == 1 else 'rest'} on a single document."
        )
    ]
