"""What one page says of one thing: events, series, documents and their evidence as plain values for the templates."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from comity import __version__, brief
from comity.app.web.evidence import Evidence
from comity.app.web.holdings import Holdings
from comity.brief import Material
from comity.terms import Document, Dyad, MergedEvent, Observation, Period, Provenance, Series

if TYPE_CHECKING:
    from comity.record import Ruling


def place_href(document_id: str, start: int, end: int) -> str:
    """The address of the very characters of a document."""
    return f"/document/{document_id}?start={start}&end={end}#focus"


def provenance_href(provenance: Provenance) -> str:
    """The address of a fact's place: the characters, or the document where no characters are known."""
    if provenance.start is None or provenance.end is None:
        return f"/document/{provenance.document_id}"
    return place_href(provenance.document_id, provenance.start, provenance.end)


def summary(workspace: str, held: Holdings) -> dict[str, Any]:
    """What the record holds, as the first page and its JSON say it."""
    return {
        "workspace": workspace,
        "dyad": None if held.dyad is None else [held.dyad.first, held.dyad.second],
        "version": held.version,
        "comity": __version__,
        "counts": {
            "documents": len(held.documents),
            "unread": sum(not source.is_read for source in held.sources),
            "events": len(held.events),
            "reports": sum(len(one.reports) for one in held.events),
            "statements": len(held.statements),
            "observations": len(held.observations),
            "findings": sum(len(found) for found in held.findings.values()),
        },
        "problems": list(held.problems),
        "sources": [{"name": one.name, "document_id": one.document_id, "reason": one.reason} for one in held.sources],
        "pages": ["/events", "/statements", "/series", "/documents", "/search"],
    }


def event_card(merged: MergedEvent, held: Holdings) -> dict[str, Any]:
    """One event in a list of events."""
    event = merged.event
    return {
        "id": merged.id,
        "href": f"/event/{merged.id}",
        "title": brief.event_title(event, held.names),
        "people": brief.people_text(event, held.names),
        "place": brief.place_text(event, held.names),
        "date": "No date" if event.date is None else brief.period_text(event.date.period),
        "quote": " ".join(event.text.split()),
        "reports": len(merged.reports),
        "sources": len(merged.source_ids),
        "differ": bool(merged.disagreements),
        "ruling": ruling_text(merged.id, held),
        "proposal": brief.proposal_text(event, held.confirmed),
    }


def ruling_text(fact_id: str, held: Holdings) -> str:
    """What people decided on a fact, in one line: "Accepted by ana, 2 January 2026"; "" where nobody did."""
    ruling = held.rulings.get(fact_id)
    if ruling is None:
        return ""
    last = ruling.decisions[-1]
    words = f"{ruling.judgement.value.capitalize()} by {last.user or 'a person'}, {_day(last.at)}"
    return f"{words}; the correction could not be made" if _not_made(ruling, held) else words


def ruling_lines(fact_id: str, held: Holdings) -> list[str]:
    """Each decision on a fact that still counts, in its order: what, by whom, when, and why; then what failed."""
    ruling = held.rulings.get(fact_id)
    if ruling is None:
        return []
    lines = []
    for one in ruling.decisions:
        words = f"{one.judgement.value.capitalize()} by {one.user or 'a person'}, {_day(one.at)}"
        changes = ", ".join(f"{name} is {value or 'none'}" for name, value in one.changes)
        lines.append("; ".join(part for part in (words, changes, one.reason) if part))
    return lines + _not_made(ruling, held)


def _not_made(ruling: Ruling, held: Holdings) -> list[str]:
    return [words for words in held.problems if ruling.target in words]


def _day(moment: datetime) -> str:
    return brief.period_text(Period.of_day(moment.year, moment.month, moment.day))


def series_groups(held: Holdings) -> list[tuple[Series, list[Observation]]]:
    """Every series with its figures, in the record's order."""
    groups: dict[str, list[Observation]] = defaultdict(list)
    for one in held.observations:
        groups[one.series.id].append(one)
    return [(members[0].series, members) for members in groups.values()]


def one_group(held: Holdings, series_id: str) -> tuple[Series, list[Observation]] | None:
    """The series of that id with its figures; None where the record has none."""
    return next((pair for pair in series_groups(held) if pair[0].id == series_id), None)


def series_line(series: Series, members: list[Observation], held: Holdings) -> dict[str, Any]:
    """What a series is about, for lists and JSON."""
    source = series.source.citation or ", ".join(part for part in (series.source.producer, series.source.title) if part)
    return {
        "id": series.id,
        "indicator": series.indicator,
        "indicator_name": held.indicator_names.get(series.indicator, series.indicator.replace("-", " ").capitalize()),
        "reporter": series.reporter,
        "reporter_name": brief.state_name(series.reporter, held.names),
        "partner": series.partner,
        "partner_name": brief.state_name(series.partner, held.names),
        "unit": series.unit,
        "source": source,
        "count": len(members),
        "first": brief.period_text(members[0].period),
        "last": brief.period_text(members[-1].period),
    }


def charts(members: list[Observation], held: Holdings) -> list[tuple[str, str, str]]:
    """The title, the wide and the narrow drawing of each panel that the series fills."""
    series = members[0].series
    if not series.partner:  # a state's own figures (population, ideal points) are of no pair, which is what panels show
        return []
    material = Material(
        Dyad(series.reporter, series.partner),
        names=held.names,
        documents=tuple(held.documents.values()),
        observations=tuple(members),
        indicator_names=held.indicator_names,
    )
    made = []
    for panel in brief.panels(material):
        wide = brief.drawing(panel, width=brief.WIDE, key=f"{panel.key}-wide")
        if wide:
            made.append((panel.title, wide, brief.drawing(panel, width=brief.NARROW, key=f"{panel.key}-narrow")))
    return made


def document_card(document: Document, held: Holdings) -> dict[str, Any]:
    """What a document is and how much rests on it."""
    cited = document.bibliography
    return {
        "id": document.id,
        "href": f"/document/{document.id}",
        "title": cited.title or document.name or document.id,
        "authors": ", ".join(name.full for name in cited.authors),
        "editors": ", ".join(name.full for name in cited.editors),
        "container": cited.container_title or cited.publisher,
        "issued": "" if cited.issued is None else brief.period_text(cited.issued),
        "name": document.name,
        "tables": len(document.tables),
        "notes": len(document.notes),
        "events": sum(any(report.source_id == document.id for report in one.reports) for one in held.events),
        "figures": sum(one.provenance.document_id == document.id for one in held.observations),
        "warnings": document.warnings,
    }


def evidence_of(document: Document, held: Holdings) -> list[Evidence]:
    """What rests on the document's words: the events and positions they report, and the claims that were checked."""
    found = []
    for merged in held.events:
        for report in merged.reports:
            if report.source_id == document.id:
                named = (brief.event_title(report, held.names), brief.proposal_text(report, held.confirmed))
                title = ", ".join(part for part in named if part)
                found.append(Evidence(report.start, report.end, "event", f"/event/{merged.id}", title))
    for one in held.statements:
        if one.source_id == document.id:
            title = f"{brief.opening(brief.in_text(one.holder.code, held.names))} {brief.stance_text(one.stance)}"
            found.append(Evidence(one.start, one.end, "statement", f"/statements#{one.id}", title))
    for claim in held.claims:
        if claim.document_id == document.id and claim.evidence[0].end > claim.evidence[0].start:
            place = claim.evidence[0]
            words = f"Claim, {claim.verdict.value.replace('_', ' ')}: {claim.reason}"
            found.append(Evidence(place.start, place.end, "claim", "", words))
    return found


def marked(text: str, start: int, found: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    """The text in parts, each with whether it is a word that was searched for."""
    parts: list[tuple[str, bool]] = []
    position = 0
    for left, right in sorted((one - start, other - start) for one, other in found):
        if position <= left < right <= len(text):
            parts += [(text[position:left], False), (text[left:right], True)]
            position = right
    return [*parts, (text[position:], False)]
