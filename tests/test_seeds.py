"""The two real texts, read as they are: what an analyst would find in them by hand is found."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from comity.flow import Workspace, build, check_file, dyad_of, open_view
from comity.record import View
from comity.terms import Document, EventType, MergedEvent, Period, Severity, Stance, Verdict

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def workspace(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with both texts, built."""
    made = Workspace.create(tmp_path_factory.mktemp("seeds"), dyad_of("PAK", "JPN"))
    for seed in sorted((shared / "seeds").glob("*.txt")):
        shutil.copyfile(seed, made.sources / seed.name)
    report = build(made)
    assert len(report.read) == 2 and not report.unread
    return made


@pytest.fixture(scope="module")
def view(workspace: Workspace) -> View:
    """A view of that workspace's record."""
    return open_view(workspace)


def document(view: View, word: str) -> Document:
    """Return the document whose name holds the word."""
    (found,) = [document for document in view.documents() if word in document.name]
    return found


def test_the_brief_has_its_bibliographic_data(view: View) -> None:
    """Title, author, editor, institute and date of the brief are its own."""
    data = document(view, "issi").bibliography
    assert data.title.casefold() == "pakistan-japan ties: moving towards a positive trajectory"
    assert [name.full for name in data.authors] == ["Ahmad Rashid Malik"]
    assert [name.full for name in data.editors] == ["Najam Rafique"]
    assert "institute of strategic studies" in data.publisher.casefold()
    assert data.issued == Period.of_day(2018, 1, 10)


def test_the_journal_page_has_its_bibliographic_data(view: View) -> None:
    """Title, author, journal, volume, issue, pages, address and date come from the page and its own citation."""
    data = document(view, "ciss").bibliography
    assert data.title == "Pakistan Japan Relations and Prospects for Peace and Development in South Asia"
    assert [name.full for name in data.authors] == ["Salma Malik"]
    assert (data.type, data.container_title, data.volume, data.issue) == (
        "article-journal",
        "CISS Insight Journal",
        "2",
        "2&3",
    )
    assert (data.page, data.issued) == ("01-15", Period.of_day(2014, 10, 6))
    assert data.url.endswith("/article/view/171")


def test_nine_notes_are_linked_to_nine_markers(view: View) -> None:
    """Every note has its marker after the word it belongs to."""
    brief = document(view, "issi")
    assert [note.label for note in brief.notes] == [str(number) for number in range(1, 10)]
    before = [brief.text[: note.marker][-12:] for note in brief.notes]
    expected = [
        "Bajwa,",
        "Afghanistan.",
        "measures.",
        "nuclear deal.",
        'Pyongyang."',
        "Pakistan.",
        "months.",
        'community."',
        'available to all."',
    ]
    assert all(note.marker is not None for note in brief.notes)
    assert all(text.rstrip().endswith(end[-12:]) for text, end in zip(before, expected, strict=True))


def test_the_sentence_that_the_pages_foot_breaks_is_whole(view: View) -> None:
    """The sentence on trade is one passage, and no note stands in it."""
    (sentence,) = [p for p in document(view, "issi").passages if "plummeted" in p.text]
    assert sentence.text.startswith("In the past five years, bilateral trade")
    assert sentence.text.endswith("as explained in Table below.")
    assert "US$ 2 billion" in sentence.text


def test_both_tables_are_observations(view: View) -> None:
    """Fifteen trade figures of 2012-2016 and five of FDI in Pakistan's fiscal years, in millions of dollars, with their sources."""
    figures = view.observations()
    trade = [o for o in figures if o.series.indicator in ("exports", "imports", "total-trade")]
    fdi = [o for o in figures if o.series.indicator.startswith("fdi")]
    assert (len(trade), len(fdi), len(figures)) == (15, 5, 20)
    values = {(o.series.indicator, o.period.first_year): o.quantity for o in trade}
    assert {year for _, year in values} == set(range(2012, 2017))
    assert values["exports", 2016].number == Decimal("171.2")
    assert values["imports", 2012].value == 1_860_000_000
    assert {(o.series.reporter, o.series.partner, o.series.unit) for o in trade} == {("PAK", "JPN", "USD")}
    assert all("Direction of Trade" in o.provenance.source.citation for o in trade)
    assert {o.series.reporter for o in fdi} | {o.series.partner for o in fdi} == {"PAK", "JPN"}
    assert [o.period.label for o in sorted(fdi, key=lambda o: o.period.sort_key)] == [
        "2012-13",
        "2013-14",
        "2014-15",
        "2015-16",
        "2016-17",
    ]
    assert all(o.period.start is not None and (o.period.start.month, o.period.start.day) == (7, 1) for o in fdi)
    assert sorted(float(o.quantity.value) for o in fdi) == [30.1e6, 30.1e6, 35.4e6, 45.2e6, 71.1e6]
    assert all("Board of Investment" in o.provenance.source.citation for o in fdi)


def test_figures_lead_back_to_their_cells(view: View) -> None:
    """The characters of each figure's place are the figure."""
    documents = {document.id: document for document in view.documents()}
    for figure in view.observations():
        place = figure.provenance
        assert place.start is not None
        shown = documents[place.document_id].text[place.start : place.end]
        assert Decimal(shown.replace(",", "")) == figure.quantity.number


def visits(view: View) -> list[MergedEvent]:
    """Return the visits."""
    return [m for m in view.events() if m.event.type is EventType.CONSULT and "visit" in m.event.modes]


@pytest.mark.parametrize(
    ("visitor", "person", "host", "period"),
    [
        ("JPN", "Kono", "PAK", "3-4 January 2018"),
        ("JPN", "Okada", "PAK", "12 October 2009"),
        ("PAK", "Khar", "JPN", "24-26 May 2012"),
        ("JPN", "Koizumi", "PAK", "2005"),
        ("PAK", "Zardari", "JPN", "2011"),
    ],
)
def test_the_contacts_are_there_once_each(view: View, visitor: str, person: str, host: str, period: str) -> None:
    """Each visit is one event with its visitor, host, place and date."""
    found = [
        m
        for m in visits(view)
        if any(actor.code == visitor and person in actor.person for actor in m.event.actors)
        and {actor.code for actor in m.event.recipients} == {host}
        and m.event.date is not None
        and m.event.date.period.label == period
    ]
    assert len(found) == 1
    assert found[0].event.place is not None and found[0].event.place.code == host


def test_the_third_consultations_are_there(view: View) -> None:
    """The round of 19 December 2017 in Islamabad has its number and the persons of both sides."""
    (found,) = [m for m in view.events() if m.event.ordinal == 3]
    event = found.event
    assert event.type is EventType.CONSULT and event.parties == {"JPN", "PAK"}
    assert event.date is not None and event.date.period == Period.of_day(2017, 12, 19)
    assert event.place is not None and (event.place.code, event.place.city) == ("PAK", "Islamabad")
    persons = " ".join(a.person for report in found.reports for a in report.actors + report.recipients)
    assert "Yamamoto" in persons and "Janjua" in persons


def test_other_dyads_have_their_events(view: View) -> None:
    """Kono's visits to Sri Lanka and Maldives and the deal of India and Japan are events, but not of this dyad."""
    hosts = {
        a.code
        for m in visits(view)
        if any("Kono" in actor.person for actor in m.event.actors)
        for a in m.event.recipients
    }
    assert {"LKA", "MDV"} <= hosts
    deals = [m for m in view.events() if m.event.parties == {"IND", "JPN"}]
    assert any(m.event.date is not None and m.event.date.period == Period.of_day(2016, 11, 11) for m in deals)


def test_demand_accusation_and_concerns_have_the_right_sides(view: View) -> None:
    """Japan demands of Pakistan, the United States accuse Pakistan, and each side's concerns are its own."""
    sides = {(m.event.type, a.code, r.code) for m in view.events() for a in m.event.actors for r in m.event.recipients}
    assert (EventType.REQUEST, "JPN", "PAK") in sides
    assert (EventType.ACCUSE, "USA", "PAK") in sides
    assert (EventType.REQUEST, "PAK", "JPN") not in sides and (EventType.ACCUSE, "PAK", "USA") not in sides
    concerns = {(s.holder.code, s.issue) for s in view.statements() if s.stance is Stance.CONCERNED}
    assert {("PAK", "nuclear"), ("JPN", "nuclear"), ("JPN", "terrorism")} <= concerns


def test_the_check_finds_the_four_defects_and_nothing_else(shared: Path) -> None:
    """Hiatus, anniversary, footnote 5 and FDI are found, each with both places; the cut total is at most a note."""
    report = check_file(shared / "seeds" / "issi-brief-2018.txt").report
    grave = [f for f in report.findings if f.severity is not Severity.INFO]
    texts = {f.code: " | ".join(span.text for span in f.spans) for f in grave}
    assert len(grave) == len(texts) == 4
    joined = list(texts.values())
    assert any("eight years" in text and "2011" in text and "2012" in text for text in joined)
    assert any("65th" in text and "1947" in text for text in joined)
    assert any("December 4, 2018" in text and "January 10, 2018" in text for text in joined)
    assert any("declined" in text and "30.1" in text and "45.2" in text for text in joined)
    assert all(len(f.spans) >= 2 for f in grave)
    notes = [f for f in report.findings if f.severity is Severity.INFO]
    assert len(notes) <= 1 and all("2,132" in f.message for f in notes)


def test_the_check_confirms_what_holds(shared: Path) -> None:
    """The four exact totals and the claims that the table bears out are confirmed with their evidence."""
    claims = check_file(shared / "seeds" / "issi-brief-2018.txt").report.claims
    held = [c for c in claims if c.verdict is Verdict.CONFIRMED]
    assert sum(c.kind == "total" for c in held) == 4
    words = [" | ".join(span.text for span in c.evidence) for c in held]
    for claim in ("plummeted", "slightly increasing", "US$ 2 billion", "three South Asian countries"):
        assert any(claim in text for text in words), claim


def test_the_abstract_is_clean(shared: Path) -> None:
    """Nothing is found in the abstract."""
    assert check_file(shared / "seeds" / "ciss-abstract-2014.txt").report.findings == ()
