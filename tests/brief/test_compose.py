"""The brief as a reader, a printer and a hostile document meet it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from comity.brief import Material, compose, unmeasured
from comity.measures import ideal_point_distance
from comity.terms import Block, BlockKind, Citation, Dyad, InvalidTerm, Measure, Name, Observation, Passage, Source
from tests.brief.kenya_uganda import BRIEF, NAMES, material
from tests.brief.selecting import select
from tests.measures.conftest import observations


@pytest.fixture(scope="module")
def page() -> str:
    """The brief on Kenya and Uganda."""
    return compose(material())


@pytest.fixture(scope="module")
def tree(page: str) -> html.HtmlElement:
    """The same, parsed."""
    return html.document_fromstring(page)


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_same_material_gives_the_same_bytes(page: str) -> None:
    """Composing twice gives the same file, though the drawing library numbers its parts anew each time."""
    assert compose(material()) == page


def test_every_section_stands_once_in_order(tree: html.HtmlElement) -> None:
    """The sections of a brief come in one order, and the contents lead to each of them."""
    heads = [_text(head) for head in select(tree, "h2")]
    assert heads == [
        "Contents",
        "At a glance",
        "What does not agree",
        "Timeline",
        "Contacts by rank",
        "Trade",
        "Investment",
        "Positions by issue",
        "Measures",
        "What is missing",
        "Notes",
        "Bibliography",
        "How this brief was made",
    ]
    assert [_text(link) for link in select(tree, "nav a")] == heads[1:]


def test_structure_for_screen_readers(tree: html.HtmlElement) -> None:
    """One h1, landmarks, no skipped heading level, captions and scopes on tables, names on drawings, a skip link."""
    assert tree.get("lang") == "en"
    assert len(select(tree, "h1")) == 1
    assert len(select(tree, "main")) == 1 and select(tree, "header") and select(tree, "footer")
    assert select(tree, "a.skip")[0].get("href") == "#main"
    levels = [int(head.tag[1]) for head in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in select(tree, "table"):
        assert _text(select(table, "caption")[0])
        assert all(head.get("scope") for head in select(table, "th"))
    for drawing in select(tree, "svg"):
        assert drawing.get("role") == "img"
        named = [tree.get_element_by_id(name) for name in drawing.get("aria-labelledby").split()]
        assert all(_text(one) for one in named)


def test_every_internal_link_has_its_target(tree: html.HtmlElement) -> None:
    """No link leads nowhere, no id stands twice, and every note leads back to each place that refers to it."""
    ids = [element.get("id") for element in select(tree, "[id]")]
    assert len(ids) == len(set(ids))
    for link in select(tree, "a[href^='#']"):
        assert link.get("href")[1:] in ids
    for note in select(tree, "ol.notes > li"):
        assert select(note, "a[role='doc-backlink']")


def test_notes_are_numbered_in_the_order_of_reading(tree: html.HtmlElement) -> None:
    """A reader meets the notes' numbers for the first time in rising order."""
    numbers = [int(link.text) for link in select(tree, "sup.ref a")]
    first = list(dict.fromkeys(numbers))
    assert first == sorted(first)
    assert first == list(range(1, len(select(tree, "ol.notes > li")) + 1))


def test_nothing_is_fetched(page: str, tree: html.HtmlElement) -> None:
    """The file holds no script and nothing that a browser would fetch."""
    assert not select(tree, "script, link, img, iframe, object, embed, base, form")
    style = "".join(select(tree, "style")[0].itertext())
    assert "url(" not in style and "@import" not in style
    assert "default-src 'none'" in page
    assert not re.search(r"\son\w+=", page)


def test_a_figure_leads_to_its_table_cell(tree: html.HtmlElement) -> None:
    """The note at a figure names document, table, row and column, and quotes the cell."""
    cell = next(cell for cell in select(tree, "#trade td") if cell.text == "541.3")
    note = tree.get_element_by_id(select(cell, "a")[0].get("href")[1:])
    words = _text(note)
    assert "“Kenya and Uganda: a border that trades” (2018)" in words
    assert "table “Kenya's trade with Uganda”, row “2017”, column “Exports”" in words
    assert select(note, "q")[0].text == "541.3"


def test_an_event_leads_to_its_passage(tree: html.HtmlElement) -> None:
    """The note at an event names the document and the line, and quotes the words."""
    item = next(item for item in select(tree, ".event") if "released the fishermen" in _text(item))
    note = tree.get_element_by_id(select(item, "sup a")[0].get("href")[1:])
    assert "line 5" in _text(note)
    assert select(note, "q")[0].text == "Uganda released the fishermen on 15 August 2016."


def test_reports_are_not_events(tree: html.HtmlElement) -> None:
    """Two reports of one visit are one entry with two notes, and what they differ on is said, not settled."""
    visits = [item for item in select(tree, ".event") if "Amina Wekesa" in _text(item)]
    assert len(visits) == 1
    words = _text(visits[0])
    assert "1 event, 2 reports in 2 documents" in words
    assert re.search(r"Sources differ on the date: 3–4 March 2018\d+; 5 March 2018\d+\.", words)
    assert len(select(visits[0], "blockquote sup a")) == 2


def test_dates_say_how_exact_they_are(tree: html.HtmlElement) -> None:
    """A date that is known to the year only is printed as a year, with a word on it."""
    item = next(item for item in select(tree, ".event") if "Peter Otieno" in _text(item))
    assert _text(select(item, ".when")[0]) == "2011date known to the year only"


def test_events_of_others_stand_apart(tree: html.HtmlElement) -> None:
    """An event without one of the two states is not counted among theirs."""
    timeline = _text(tree.get_element_by_id("timeline"))
    assert timeline.index("Events with others") < timeline.index("Tanzania and Uganda agreed")
    assert "18 events between Kenya and Uganda, in 20 reports" in timeline


def test_findings_show_both_places(tree: html.HtmlElement) -> None:
    """A finding quotes every place that it points at, in the sentence or cell around it."""
    finding = select(tree, "article.finding.error")[0]
    words = _text(finding)
    assert "Contradiction TRD001" in words
    assert "Exports to Uganda have fallen steadily since 2014, while imports from Uganda rose." in words
    assert [mark.text for mark in select(finding, "mark")] == ["fallen steadily since 2014", "541.3", "610"]
    other = select(tree, "article.finding.warning")[0]
    assert "“Ministers sign at Malaba” (2018), line 3" in _text(other)


def test_claims_that_hold_are_told(tree: html.HtmlElement) -> None:
    """What was confirmed stands beside what was not."""
    words = _text(tree.get_element_by_id("disagreements"))
    assert "3 claims of the documents were held" in words
    assert "1 confirmed, 1 contradicted, 1 not checkable" in words
    assert "Imports rose in each year: from 187 to 489." in words


def test_a_year_without_figures_is_said(tree: html.HtmlElement) -> None:
    """A missing year breaks the line, is named in the drawing's words, in the table, and among what is missing."""
    trade = tree.get_element_by_id("trade")
    assert "No figures for 2016." in _text(select(trade, "svg desc")[0])
    row = next(row for row in select(trade, "tbody tr") if _text(select(row, "th")[0]) == "2016")
    assert [_text(cell) for cell in select(row, "td")] == ["no figure"] * 3
    assert "Kenya’s trade with Uganda, 2013–2018: no figures for 2016" in _text(tree.get_element_by_id("missing"))


def test_what_is_missing(tree: html.HtmlElement) -> None:
    """Unread files, undated events, silent years and the share that no person reviewed are all named."""
    words = _text(tree.get_element_by_id("missing"))
    assert "1 file was not read:scans/treaty-1964.pdf: it holds pictures" in words
    assert "1 event of 19 has no date" in words
    assert "no dated event between the two states for 2012–2013" in words
    assert "of 23 events and positions, 1 has been reviewed by a person and 22 (96 %) have not" in words


def test_headlines_are_sentences_with_notes(tree: html.HtmlElement) -> None:
    """The latest trade is told as printed, with its three cells."""
    first = select(tree, ".headlines dd")[0]
    assert _text(first).startswith(
        "In 2018, Kenya’s trade with Uganda came to US$ 1,099 million: "
        "exports of US$ 610 million and imports of US$ 489 million."
    )
    assert len(select(first, "sup")) == 3


def test_measures_show_interval_method_and_inputs(tree: html.HtmlElement) -> None:
    """A measure prints its value, its interval, its method and the notes of what it rests on."""
    words = _text(tree.get_element_by_id("measure-direction-exports"))
    assert "−3.1 per cent, 95 % interval from −6.9 to 0.8 per cent (Theil–Sen)" in words
    (link,) = select(tree, "#measure-direction-exports a[href^='#method-']")
    assert _text(tree.get_element_by_id(str(link.get("href"))[1:])).startswith("Theil-Sen")
    assert re.search(r"Rests on5 figures: notes \d+, \d+", words)


def test_the_colophon_says_how_to_get_it_again(tree: html.HtmlElement) -> None:
    """The record's version, the command and the files' digests stand at the end."""
    words = _text(tree.get_element_by_id("colophon"))
    assert "r42-5f0c9d1e" in words and "comity build" in words and BRIEF.digest[:16] in words


def test_an_empty_record_is_an_honest_brief() -> None:
    """With nothing in the record every section stands and says so."""
    words = _text(html.document_fromstring(compose(Material(Dyad("KEN", "UGA"), NAMES))))
    for empty in (
        "No trade figures in the record.",
        "No investment figures in the record.",
        "No events between Kenya and Uganda in the record.",
        "No meetings, visits or calls between the two states in the record.",
        "No statements of position by either state in the record.",
        "No measure could be computed from the record.",
        "No claim of the documents was checked.",
        "No documents.",
        "The record holds no trade figures between the two states.",
    ):
        assert empty in words
    assert "None" not in words


HOSTILE = (
    '<script>alert("x")</script>\'"><img src=x onerror=alert(1)>&amp; {{ 7*7 }} ]]> </style></svg> javascript:alert(1)'
)


def test_a_hostile_document_cannot_write_html() -> None:
    """Whatever a document, a name, a caption or a figure says is printed as words."""
    base = material()
    text = f"{HOSTILE} visited Kampala."
    cited = Citation("report", HOSTILE, (Name(literal=HOSTILE),), publisher=HOSTILE, url="javascript:alert(1)")
    document = replace(
        BRIEF,
        id="doc-hostile",
        name=HOSTILE,
        text=text,
        bibliography=cited,
        blocks=(Block(BlockKind.PARAGRAPH, 0, len(text)),),
        passages=(Passage("p", "doc-hostile", 0, len(text), text),),
        notes=(),
        tables=(),
    )
    report = replace(base.events[0].event, source_id="doc-hostile", start=0, end=len(text), text=text, provenance=None)
    event = replace(base.events[0], event=report, reports=(report,), disagreements=())
    series = replace(base.observations[0].series, indicator="exports")
    source = replace(series.source, citation=HOSTILE)
    figures = tuple(replace(o, series=replace(o.series, source=source), remark=HOSTILE) for o in base.observations)
    page = compose(
        replace(
            base,
            names={"KEN": HOSTILE, "UGA": "Uganda"},
            documents=(*base.documents, document),
            events=(event,),
            observations=figures,
            title=HOSTILE,
            record_version=HOSTILE,
            indicator_names={"exports": HOSTILE, "imports": HOSTILE},
            issue_names={"border": HOSTILE},
            unread=(),
        )
    )
    tree = html.document_fromstring(page)
    assert not select(tree, "script, img, iframe")
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert not select(tree, "a[href^='javascript']")
    assert len(select(tree, "style")) == 1 and len(select(tree, "main")) == 1
    assert "49" not in _text(select(tree, "h1")[0])
    assert _text(select(tree, "h1")[0]) == HOSTILE


def test_the_same_document_twice_is_refused() -> None:
    """Two documents of one id would make notes lead to the wrong one."""
    with pytest.raises(InvalidTerm, match="same document twice"):
        Material(Dyad("KEN", "UGA"), documents=(BRIEF, BRIEF))


def test_what_several_measures_share_is_said_once() -> None:
    """A method, one of its sentences and a caution that several measures share stand once, and each measure leads there."""
    made = material()
    rule = "Of several sources the longest is used."
    shared = [
        replace(
            made.measures[0],
            id=f"measure-{key}",
            key=f"growth-{key}",
            method=f"{method} {rule}",
            caveats=("Few years.", f"Only {key}."),
        )
        for key, method in (("one", "A rate."), ("two", "A rate."), ("three", "A mean."))
    ]
    made_tree = html.document_fromstring(compose(replace(made, measures=tuple(shared))))
    listed = [_text(one) for one in select(made_tree, "ol.methods li")]
    assert listed == ["A rate.", rule, "Few years.", "A mean."]
    for key, numbers in (("one", "1, 2, 3"), ("two", "1, 2, 3"), ("three", "2, 3, 4")):
        words = _text(made_tree.get_element_by_id(f"measure-growth-{key}"))
        assert f"methods {numbers}" in words and f"Only {key}." in words


def test_measures_without_a_figure_for_one_reason_are_one_entry() -> None:
    """What four measures lack for one reason is told once, each led to by its name; what lacks another reason stands alone."""
    reason = "4 years are on record, and 8 are needed"
    lacking = [
        Measure(
            f"ms-{key}-{line}",
            f"{key}-{line}",
            f"{title}: {name}",
            f"No {key} of {name}: {reason}.",
            "USD",
            "A rate.",
            (),
        )
        for line, name in (("exports", "Exports of Kenya"), ("imports", "Imports of Kenya"))
        for key, title in (("growth", "Mean growth"), ("outlook", "Outlook"))
    ]
    alone = Measure(
        "ms-votes", "votes", "Votes", "How they vote cannot be told: no roll calls are on record.", "", "A share.", ()
    )
    made_tree = html.document_fromstring(compose(replace(material(), measures=(*lacking, alone))))
    shared, own = (one for one in select(made_tree, "ul.gaps > li") if select(one, "span[id^='measure-']"))
    assert (
        _text(shared)
        == "Mean growth and Outlook: Exports of Kenya, Imports of Kenya: 4 years are on record, and 8 are needed."
    )
    assert _text(own) == "Votes: How they vote cannot be told: no roll calls are on record."
    for one in (*lacking, alone):
        assert made_tree.get_element_by_id(f"measure-{one.key}") is not None


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from(("", "few years.", "no votes."))), max_size=12))
def test_each_measure_without_a_figure_stands_in_one_entry(drawn: list[tuple[str, str]]) -> None:
    """However measures share their reasons, each stands in one entry, and no two entries of several have one reason."""
    lacking = [
        Measure(f"ms-{place}", f"key-{place}", title, f"Nothing of {title}: {reason}" if reason else title, "", "", ())
        for place, (title, reason) in enumerate(drawn)
    ]
    entries = unmeasured(lacking)
    assert sorted(one.id for entry in entries for one in entry.measures) == sorted(one.id for one in lacking)
    reasons = [entry.measures[0].summary.partition(": ")[2] for entry in entries]
    assert len([one for one in reasons if one]) == len({one for one in reasons if one})


def _figures_of(made: Material, remarks: tuple[str, str]) -> html.HtmlElement:
    """The brief in which one figure of a series stands in two documents with these remarks."""
    first, second = made.observations[0], made.observations[1]
    twin = replace(
        first,
        id="ob-twin",
        remark=remarks[1],
        provenance=replace(first.provenance, row=(first.provenance.row or 0) + 40),
    )
    return html.document_fromstring(
        compose(replace(made, observations=(replace(first, remark=remarks[0]), twin, second), measures=()))
    )


@pytest.mark.parametrize(
    ("remarks", "marks"),
    [
        (("unit inferred: the text says US$ 2 billion", ""), 0),
        (("", "unit inferred: the text says US$ 2 billion"), 0),
        (("unit inferred: the text says US$ 2 billion", "unit inferred: the text says US$ 2 billion"), 1),
        (("unit inferred: the text says US$ 2 billion; marked 'p' in the table", ""), 1),
    ],
)
def test_a_mark_stands_on_a_figure_only_if_its_remark_holds_for_it(remarks: tuple[str, str], marks: int) -> None:
    """A unit that one document infers and another prints is no remark; a provisional figure stays one."""
    made_tree = _figures_of(material(), remarks)
    assert len(select(made_tree, "td sup.letter")) == marks
    assert ("unit inferred" in _text(made_tree)) == all("inferred" in remark for remark in remarks)


def test_a_table_without_a_source_names_its_document_once() -> None:
    """Where the document stands in as the source, the line under the chart does not say it twice."""
    made = material()
    own = replace(made.observations[0].series.source, producer="", title=BRIEF.name, citation=BRIEF.name, vintage="")
    observed = tuple(
        replace(one, series=replace(one.series, source=own), provenance=replace(one.provenance, document_id=BRIEF.id))
        for one in made.observations
    )
    words = _text(html.document_fromstring(compose(replace(made, observations=observed, measures=()))))
    assert "names no other source" in words
    assert f"{BRIEF.name}. As printed in" not in words


def test_headline_of_trade_rests_on_a_source_that_is_named() -> None:
    """A later year that only a file without a source gives is told, and does not stand as the latest figure."""
    file = Source(title="trade.csv", citation="trade.csv")
    named = observations("exports", {2015: "310", 2016: "325"}, reporter="KEN", partner="UGA")
    unnamed = observations("exports", {2016: "999", 2018: "888"}, reporter="KEN", partner="UGA", source=file)
    page = html.document_fromstring(compose(Material(Dyad("KEN", "UGA"), names=NAMES, observations=named + unnamed)))
    words = _text(select(page, ".headlines dd")[0])
    assert "In 2016" in words and "325" in words
    assert "888" not in words and "999" not in words
    assert "Figures up to 2018 stand in files that name no source." in words


def _positions(indicator: str, figures: dict[int, str], reporter: str) -> tuple[Observation, ...]:
    return observations(indicator, figures, reporter=reporter, partner="", unit="index", scale=1)


def test_a_group_of_ideal_points_is_not_named_as_a_distance_of_cities() -> None:
    """The brief's names of indicators include a distance between cities; that of ideal points stands under its own."""
    years = range(2000, 2004)
    held = [
        one
        for side, middle in (("KEN", 1.0), ("UGA", -1.0))
        for key, shift in (("ideal-point", 0.0), ("ideal-point-low", -0.2), ("ideal-point-high", 0.2))
        for one in _positions(key, dict.fromkeys(years, f"{middle + shift:.2f}"), side)
    ]
    made = replace(
        material(),
        measures=(ideal_point_distance(Dyad("KEN", "UGA"), held),),
        observations=tuple(held),
        indicator_names={"distance": "Distance between the most populous cities"},
    )
    shown = _text(html.document_fromstring(compose(made)))
    assert "Distance of ideal points" in shown and "populous" not in shown


def test_one_source_in_two_currencies_does_not_differ() -> None:
    """Exports printed in dollars and in shillings are one report, and the headline does not call it a disagreement."""
    held = [
        *observations("exports", {2015: "401.3"}, reporter="KEN", partner="UGA"),
        *observations("exports", {2015: "39000"}, reporter="KEN", partner="UGA", unit="KES"),
    ]
    shown = _text(html.document_fromstring(compose(replace(material(), observations=tuple(held), measures=()))))
    assert "also given as" in shown and "(sources differ)" not in shown
