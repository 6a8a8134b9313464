"""A made-up record of Kenya and Uganda: the facts are invented for the tests and stand in no source."""

from __future__ import annotations

import re
from datetime import date

from comity.brief import Material, Unread
from comity.terms import (
    Actor,
    Block,
    BlockKind,
    Cell,
    Citation,
    Claim,
    Disagreement,
    Document,
    Dyad,
    Event,
    EventDate,
    EventPlace,
    EventType,
    Finding,
    FindingSpan,
    FiscalCalendar,
    Interval,
    Measure,
    MeasurePoint,
    MergedEvent,
    Name,
    Note,
    Observation,
    Passage,
    Period,
    Provenance,
    Quantity,
    Rank,
    Series,
    Severity,
    Source,
    Stance,
    Statement,
    Table,
    Verdict,
    content_id,
    digest,
)

KEN, UGA, TZA = "KEN", "UGA", "TZA"
NAMES = {KEN: "Kenya", UGA: "Uganda", TZA: "Tanzania", "UNO": "United Nations", "RWA": "Rwanda"}
JULY = FiscalCalendar(7)

_BRIEF = """Kenya and Uganda: a border that trades
Neighbours on Lake Victoria
Foreign Minister Amina Wekesa of Kenya visited Kampala on 3-4 March 2018 and met President Okello Lubega. It was the first visit of a Kenyan foreign minister in seven years. The two ministers signed a memorandum on the Malaba crossing on 4 March 2018.
President Lubega had visited Nairobi in June 2014. In 2011 the Kenyan foreign minister, Peter Otieno, went to Entebbe. The second joint border commission met in Busia on 19 October 2016. Kenya and Uganda held the first joint border commission in Kisumu on 12 May 2015.
Kenya is concerned about the arrest of fishermen near Migingo Island. Uganda is willing to leave the question to the surveyors of both states. Nairobi protested on 8 August 2016 against the detention of eleven fishermen by the Ugandan marine police. Uganda released the fishermen on 15 August 2016. Kampala accused Kenyan traders in 2017 of undercutting its sugar mills and stopped the import of Kenyan poultry on 2 February 2017.
Tanzania and Uganda agreed on a pipeline to Tanga on 26 May 2017. Kenya supports a common customs territory. Uganda remains indifferent to a common currency before 2024.
Trade
Exports to Uganda have fallen steadily since 2014, while imports from Uganda rose.
Kenya's trade with Uganda (US$ million)
Year\tExports\tImports\tTotal
2013\t660.4\t187\t847
2014\t612\t202.5\t815
2015\t590\t228\t818
2017\t541.3\t301.2\t842.5
2018\t610\t489\t1,099
Kenya National Bureau of Statistics, Economic Survey 2019.
Ugandan investment in Kenya (US$ million)
2013-14\t2014-15\t2015-16\t2016-17
4.1\t6.0\t3.7\t9.25
Kenya Investment Authority, 2018.
1. James Mwangi, "The lake and its two flags", Review of East African Affairs, vol. 4, no. 2 (Summer 2017), pp. 11-29.
2. "Ministers sign at Malaba", The Lakeside Post (Kisumu), 5 March 2018.
"""

_REPORT = """Ministers sign at Malaba
KAMPALA, 5 March 2018. Foreign Minister Amina Wekesa ended a two-day visit to Kampala on Monday, 5 March 2018. She and her host agreed to keep the Malaba crossing open at night.
The two governments have met at ministerial level every year since 2014, officials said. Kenya's defence minister, Rose Achieng, telephoned her counterpart on 1 March 2018. Uganda asked Kenya on 20 February 2018 to lower the port fees at Mombasa. Kenya gave Uganda twelve fire engines in 2015. Kenya rejected a call to withdraw its customs officers in January 2017. Ugandan and Kenyan senior officials held talks on roaming charges in Nairobi on 9 September 2019 and again in Entebbe on 14 April 2020. Legislators of both states met in Jinja in 2019.
"""


def _document(text: str, name: str, cited: Citation, notes: bool = False) -> Document:
    content = digest(text.encode())
    key = f"doc-{content[:16]}"
    blocks, passages, offset = [], [], 0
    rows = [found.start() for found in re.finditer(r"^[^\n]*\t", text, re.M)]
    for index, line in enumerate(text.splitlines()):
        end = offset + len(line)
        kind = BlockKind.PARAGRAPH
        if index == 0:
            kind = BlockKind.TITLE
        elif "\t" in line:
            kind = BlockKind.TABLE
        elif line.startswith(("1. ", "2. ")):
            kind = BlockKind.NOTE
        elif len(line) < 70 and not line.endswith("."):
            kind = BlockKind.CAPTION if "US$" in line else BlockKind.HEADING
        if line:
            blocks.append(Block(kind, offset, end, 1 if kind is BlockKind.HEADING else 0))
        if kind is BlockKind.PARAGRAPH:
            start = offset
            for sentence in re.split(r"(?<=[a-z0-9]\.) (?=[A-Z])", line):
                span = (start, start + len(sentence))
                passages.append(Passage(f"{key}#p{len(passages) + 1}", key, *span, sentence, paragraph=len(blocks) - 1))
                start += len(sentence) + 1
        offset = end + 1
    tables = (_table(text, key, "t1", rows[:6], 0), _table(text, key, "t2", rows[6:], 6)) if rows else ()
    found_notes = []
    if notes:
        for label, citation, after in (("1", _MWANGI, "in seven years."), ("2", _POST, "on 4 March 2018.")):
            start = text.index(f"\n{label}. ") + 1
            end = text.index("\n", start)
            marker = text.index(after) + len(after)
            found_notes.append(Note(f"{key}#n{label}", label, start, end, text[start:end], marker, citation))
    return Document(
        key,
        name,
        "text/plain",
        content,
        text,
        cited,
        tuple(blocks),
        tuple(passages),
        tuple(found_notes),
        tables,
        "en",
    )


def _table(text: str, key: str, name: str, rows: list[int], first: int) -> Table:
    cells = []
    for row, start in enumerate(rows):
        at = start
        for column, words in enumerate(text[start : text.index("\n", start)].split("\t")):
            header = row == 0 or (first == 0 and column == 0)
            cells.append(Cell(row, column, words, at, at + len(words), header))
            at += len(words) + 1
    caption = text[: rows[0] - 1].rsplit("\n", 1)[-1]
    source = text[text.index("\n", rows[-1]) + 1 :].split("\n", 1)[0]
    plain = caption.replace(" (US$ million)", "")
    return Table(f"{key}#{name}", plain, "US$ million", source, tuple(cells), cells[0].start, cells[-1].end)


_MWANGI = Citation(
    "article-journal",
    "The lake and its two flags",
    (Name("Mwangi", "James"),),
    container_title="Review of East African Affairs",
    issued=Period.of_season(2017, "summer"),
    volume="4",
    issue="2",
    page="11-29",
)
_POST = Citation(
    "article-newspaper",
    "Ministers sign at Malaba",
    container_title="The Lakeside Post",
    publisher_place="Kisumu",
    issued=Period.of_day(2018, 3, 5),
    url="https://lakeside.example/malaba",
)
BRIEF = _document(
    _BRIEF,
    "border-that-trades.txt",
    Citation(
        "report",
        "Kenya and Uganda: a border that trades",
        (Name("Naliaka", "Grace", title="Dr"), Name("Ssali", "Henry")),
        (Name("Omondi", "Ruth"),),
        publisher="Institute for the Lake Region",
        publisher_place="Kisumu",
        issued=Period.of_day(2018, 4, 10),
        genre="Policy brief",
    ),
    notes=True,
)
REPORT = _document(_REPORT, "press/ministers-sign.txt", _POST)


def actor(code: str, document: Document, words: str, **more: object) -> Actor:
    """The first mention of those words in the document."""
    start = document.text.index(words)
    return Actor(code, ("GOV",), words, start, start + len(words), **more)  # type: ignore[arg-type]


def event(
    document: Document,
    quote: str,
    kind: EventType,
    actors: tuple[Actor, ...],
    recipients: tuple[Actor, ...] = (),
    *,
    on: Period | None = None,
    said: str = "as said",
    modes: tuple[str, ...] = (),
    place: EventPlace | None = None,
    ordinal: int | None = None,
) -> Event:
    """An event whose evidence is the quoted words."""
    start = document.text.index(quote)
    return Event(
        content_id("ev", document.id, start, kind.value, ordinal),
        document.id,
        kind,
        actors,
        recipients,
        start,
        start + len(quote),
        quote,
        modes,
        not recipients and len(actors) > 1,
        None if on is None else EventDate(on, said),
        place,
        (),
        0.9,
        Provenance(document.id, document.digest, start, start + len(quote)),
        ordinal,
    )


def merged(*reports: Event, disagreements: tuple[Disagreement, ...] = ()) -> MergedEvent:
    """One act with its reports; the first stands for it."""
    return MergedEvent(content_id("act", reports[0].id), reports[0], reports, disagreements, 0.9)


def _events() -> tuple[MergedEvent, ...]:
    b, r = BRIEF, REPORT
    ken, uga = actor(KEN, b, "Kenya"), actor(UGA, b, "Uganda")
    ken_r, uga_r = actor(KEN, r, "Kenya"), actor(UGA, r, "Uganda asked".split()[0])
    wekesa = actor(
        KEN,
        b,
        "Foreign Minister Amina Wekesa",
        person="Amina Wekesa",
        office="Foreign Minister",
        rank=Rank.FOREIGN_MINISTER,
    )
    wekesa_r = actor(
        KEN,
        r,
        "Foreign Minister Amina Wekesa",
        person="Amina Wekesa",
        office="Foreign Minister",
        rank=Rank.FOREIGN_MINISTER,
    )
    lubega = actor(
        UGA, b, "President Okello Lubega", person="Okello Lubega", office="President", rank=Rank.HEAD_OF_STATE
    )
    otieno = actor(KEN, b, "Peter Otieno", person="Peter Otieno", office="Foreign Minister", rank=Rank.FOREIGN_MINISTER)
    achieng = actor(KEN, r, "Rose Achieng", person="Rose Achieng", office="Defence Minister", rank=Rank.MINISTER)
    official = actor(KEN, r, "senior officials", office="Senior officials", rank=Rank.SENIOR_OFFICIAL)
    legislators = actor(KEN, r, "Legislators", office="Legislators", rank=Rank.LEGISLATOR)
    consult, visit = EventType.CONSULT, ("visit",)
    kampala = EventPlace(UGA, "Kampala", "Kampala")
    first = event(
        b,
        "Foreign Minister Amina Wekesa of Kenya visited Kampala on 3-4 March 2018 and met President Okello Lubega.",
        consult,
        (wekesa,),
        (lubega,),
        on=Period.between(Period.of_day(2018, 3, 3), Period.of_day(2018, 3, 4)),
        modes=visit,
        place=kampala,
    )
    second = event(
        r,
        "Foreign Minister Amina Wekesa ended a two-day visit to Kampala on Monday, 5 March 2018.",
        consult,
        (wekesa_r,),
        (uga_r,),
        on=Period.of_day(2018, 3, 5),
        modes=visit,
        place=kampala,
    )
    differ = Disagreement("date", (("3-4 March 2018", (first.id,)), ("5 March 2018", (second.id,))))
    day = Period.of_day
    found = [
        merged(first, second, disagreements=(differ,)),
        merged(
            event(
                b,
                "The two ministers signed a memorandum on the Malaba crossing on 4 March 2018.",
                EventType.AGREE,
                (ken, uga),
                on=day(2018, 3, 4),
            ),
            event(
                r,
                "She and her host agreed to keep the Malaba crossing open at night.",
                EventType.AGREE,
                (ken_r, uga_r),
                on=day(2018, 3, 4),
                said="",
            ),
        ),
        merged(
            event(
                b,
                "President Lubega had visited Nairobi in June 2014.",
                consult,
                (lubega,),
                (ken,),
                on=Period.of_month(2014, 6),
                modes=visit,
                place=EventPlace(KEN, "Nairobi", "Nairobi"),
            )
        ),
        merged(
            event(
                b,
                "In 2011 the Kenyan foreign minister, Peter Otieno, went to Entebbe.",
                consult,
                (otieno,),
                (uga,),
                on=Period.of_year(2011),
                modes=visit,
                place=EventPlace(UGA, "Entebbe", "Entebbe"),
            )
        ),
        merged(
            event(
                b,
                "The second joint border commission met in Busia on 19 October 2016.",
                consult,
                (ken, uga),
                on=day(2016, 10, 19),
                ordinal=2,
                place=EventPlace(UGA, "Busia", "Busia"),
            )
        ),
        merged(
            event(
                b,
                "Kenya and Uganda held the first joint border commission in Kisumu on 12 May 2015.",
                consult,
                (ken, uga),
                on=day(2015, 5, 12),
                ordinal=1,
                place=EventPlace(KEN, "Kisumu", "Kisumu"),
            )
        ),
        merged(
            event(
                b,
                "Nairobi protested on 8 August 2016 against the detention of eleven fishermen by the Ugandan marine police.",
                EventType.ACCUSE,
                (ken,),
                (uga,),
                on=day(2016, 8, 8),
                modes=("disapprove",),
            )
        ),
        merged(
            event(
                b,
                "Uganda released the fishermen on 15 August 2016.",
                EventType.RETREAT,
                (uga,),
                (ken,),
                on=day(2016, 8, 15),
                modes=("release",),
            )
        ),
        merged(
            event(
                b,
                "Kampala accused Kenyan traders in 2017 of undercutting its sugar mills",
                EventType.ACCUSE,
                (uga,),
                (ken,),
                on=Period.of_year(2017),
                modes=("allege",),
            )
        ),
        merged(
            event(
                b,
                "stopped the import of Kenyan poultry on 2 February 2017.",
                EventType.SANCTION,
                (uga,),
                (ken,),
                on=day(2017, 2, 2),
                modes=("discontinue",),
            )
        ),
        merged(
            event(
                b,
                "Tanzania and Uganda agreed on a pipeline to Tanga on 26 May 2017.",
                EventType.AGREE,
                (actor(TZA, b, "Tanzania"), uga),
                on=day(2017, 5, 26),
            )
        ),
        merged(
            event(
                r,
                "Kenya's defence minister, Rose Achieng, telephoned her counterpart on 1 March 2018.",
                consult,
                (achieng,),
                (uga_r,),
                on=day(2018, 3, 1),
                modes=("phone",),
            )
        ),
        merged(
            event(
                r,
                "Uganda asked Kenya on 20 February 2018 to lower the port fees at Mombasa.",
                EventType.REQUEST,
                (uga_r,),
                (ken_r,),
                on=day(2018, 2, 20),
                modes=("change",),
            )
        ),
        merged(
            event(
                r,
                "Kenya gave Uganda twelve fire engines in 2015.",
                EventType.AID,
                (ken_r,),
                (uga_r,),
                on=Period.of_year(2015),
            )
        ),
        merged(
            event(
                r,
                "Kenya rejected a call to withdraw its customs officers in January 2017.",
                EventType.REJECT,
                (ken_r,),
                (uga_r,),
                on=Period.of_month(2017, 1),
                modes=("change",),
            )
        ),
        merged(
            event(
                r,
                "Ugandan and Kenyan senior officials held talks on roaming charges in Nairobi on 9 September 2019",
                consult,
                (official, uga_r),
                on=day(2019, 9, 9),
                place=EventPlace(KEN, "Nairobi", "Nairobi"),
            )
        ),
        merged(
            event(
                r,
                "again in Entebbe on 14 April 2020.",
                consult,
                (official, uga_r),
                on=day(2020, 4, 14),
                place=EventPlace(UGA, "Entebbe", "Entebbe"),
            )
        ),
        merged(
            event(
                r,
                "Legislators of both states met in Jinja in 2019.",
                consult,
                (legislators, uga_r),
                on=Period.of_year(2019),
                place=EventPlace(UGA, "Jinja", "Jinja"),
            )
        ),
        merged(
            event(
                r,
                "The two governments have met at ministerial level every year since 2014, officials said.",
                consult,
                (ken_r, uga_r),
            )
        ),
    ]
    return tuple(found)


def _statements() -> tuple[Statement, ...]:
    def held(quote: str, code: str, words: str, issue: str, stance: Stance, about: str, toward: str = "") -> Statement:
        start = BRIEF.text.index(quote)
        sides = (actor(toward, BRIEF, NAMES[toward]),) if toward else ()
        return Statement(
            content_id("st", start),
            BRIEF.id,
            actor(code, BRIEF, words),
            issue,
            stance,
            start,
            start + len(quote),
            quote,
            about,
            sides,
        )

    return (
        held(
            "Kenya is concerned about the arrest of fishermen near Migingo Island.",
            KEN,
            "Kenya",
            "border",
            Stance.CONCERNED,
            "the arrest of fishermen near Migingo Island",
            UGA,
        ),
        held(
            "Uganda is willing to leave the question to the surveyors of both states.",
            UGA,
            "Uganda",
            "border",
            Stance.WILLING,
            "leaving the question to the surveyors",
            KEN,
        ),
        held(
            "Kenya supports a common customs territory.",
            KEN,
            "Kenya",
            "integration",
            Stance.SUPPORTS,
            "a common customs territory",
        ),
        held(
            "Uganda remains indifferent to a common currency before 2024.",
            UGA,
            "Uganda",
            "integration",
            Stance.INDIFFERENT,
            "a common currency before 2024",
        ),
    )


def _observations() -> tuple[Observation, ...]:
    made = []
    trade, investment = BRIEF.tables
    survey = Source("Kenya National Bureau of Statistics", "Economic Survey 2019", citation=trade.source)
    for cell in trade.cells:
        if cell.header:
            continue
        indicator = ("exports", "imports", "total-trade")[cell.column - 1]
        year = trade.cell(cell.row, 0)
        assert year is not None
        series = Series(content_id("se", indicator), KEN, UGA, indicator, "USD", survey)
        made.append(_observation(series, Period.of_year(int(year.text)), cell, trade))
    board = Source("Kenya Investment Authority", "", citation=investment.source)
    for cell in investment.cells:
        if cell.header:
            continue
        head = investment.cell(0, cell.column)
        assert head is not None
        series = Series(content_id("se", "fdi"), KEN, UGA, "fdi-inflow", "USD", board)
        made.append(_observation(series, JULY.begins_in(int(head.text[:4])), cell, investment))
    return tuple(made)


def _observation(series: Series, period: Period, cell: Cell, table: Table) -> Observation:
    provenance = Provenance(
        BRIEF.id, BRIEF.digest, cell.start, cell.end, table.id, cell.row, cell.column, series.source
    )
    quantity = Quantity.printed(cell.text, "USD", scale=1_000_000, text=cell.text)
    return Observation(content_id("ob", series.id, cell.row, cell.column), series, period, quantity, provenance)


def _measures(events: tuple[MergedEvent, ...], observations: tuple[Observation, ...]) -> tuple[Measure, ...]:
    trade = [o for o in observations if o.series.indicator in ("exports", "imports")]
    last = [o for o in trade if o.period.first_year == 2018]
    exports = [o for o in observations if o.series.indicator == "exports"]
    own = [e for e in events if {KEN, UGA} <= e.event.parties and e.event.date is not None]
    by_year: dict[int, list[MergedEvent]] = {}
    for one in own:
        assert one.event.date is not None and one.event.date.period.first_year is not None
        by_year.setdefault(one.event.date.period.first_year, []).append(one)
    return (
        Measure(
            "ms-balance",
            "trade-balance",
            "Balance of trade",
            "In 2018 Kenya sold Uganda US$ 121 million more than it bought there.",
            "USD",
            "Exports less imports of the same account and year.",
            tuple(o.id for o in last),
            121e6,
            Interval(120e6, 122e6, 1.0, "printed-digits"),
            tuple(
                MeasurePoint(str(y), v, start=date(y, 1, 1))
                for y, v in ((2013, 473.4e6), (2014, 409.5e6), (2015, 362e6), (2017, 240.1e6), (2018, 121e6))
            ),
            ("Exports are free on board and imports include freight, where the source follows the usual practice.",),
        ),
        Measure(
            "ms-gap",
            "longest-gap",
            "Longest gap between contacts",
            "The longest time without a contact in the record ran from 2011 to June 2014.",
            "days",
            "Days between the end of one dated contact and the start of the next.",
            tuple(e.id for e in own[2:4]),
            882.0,
        ),
        Measure(
            "ms-direction",
            "direction-exports",
            "Direction of exports",
            "Kenya's exports to Uganda fell by 3.1 per cent a year over 2013-2018, but the interval also allows a rise.",
            "percent",
            "Theil-Sen slope of the logarithm on the year (Sen 1968); interval by Kendall's tau.",
            tuple(o.id for o in exports),
            -3.1,
            Interval(-6.9, 0.8, 0.95, "theil-sen"),
        ),
        Measure(
            "ms-events",
            "cooperation-conflict",
            "Cooperation and conflict by year",
            "The mean PLOVER score of dated events was lowest in 2017.",
            "PLOVER score",
            "Mean PLOVER score of the events of each year.",
            tuple(e.id for e in own),
            None,
            None,
            tuple(
                MeasurePoint(str(year), sum(e.event.scale for e in group) / len(group), "all events")
                for year, group in sorted(by_year.items())
            ),
        ),
    )


def _findings() -> tuple[dict[str, tuple[Finding, ...]], tuple[Claim, ...]]:
    def span(words: str, label: str, document: Document = BRIEF, other: str = "") -> FindingSpan:
        start = document.text.index(words)
        place = document.locate(start)
        return FindingSpan(start, start + len(words), place.line, place.column, words, other, label)

    claim = span("fallen steadily since 2014", "claim")
    low, high = span("541.3", "table cell, 2017"), span("610", "table cell, 2018")
    gap = span("the first visit of a Kenyan foreign minister in seven years", "claim")
    elsewhere = span("every year since 2014", "statement", REPORT, REPORT.name)
    total = span("847", "total, 2013")
    findings = (
        Finding(
            "TRD001",
            Severity.ERROR,
            "“Fallen steadily since 2014” does not hold: exports rose from 541.3 in 2017 to 610 in 2018.",
            (claim, low, high),
            "cl-1",
        ),
        Finding(
            "GAP001",
            Severity.WARNING,
            "Another source reports ministerial meetings in every year since 2014.",
            (gap, elsewhere),
            "cl-2",
        ),
        Finding(
            "SUM001",
            Severity.INFO,
            "The printed total 847 stands for 847.4.",
            (total, span("660.4", "exports"), span("187", "imports")),
        ),
    )
    claims = (
        Claim(
            "cl-1",
            BRIEF.id,
            "TRD001",
            "trend",
            Verdict.CONTRADICTED,
            "Exports rose in the last year.",
            (claim, low, high),
        ),
        Claim(
            "cl-3",
            BRIEF.id,
            "TRD001",
            "trend",
            Verdict.CONFIRMED,
            "Imports rose in each year: from 187 to 489.",
            (span("imports from Uganda rose", "claim"), span("489", "table cell, 2018")),
        ),
        Claim(
            "cl-4",
            BRIEF.id,
            "DUR001",
            "duration",
            Verdict.NOT_CHECKABLE,
            "No date stands beside the claim.",
            (gap,),
        ),
    )
    return {BRIEF.id: findings}, claims


def material() -> Material:
    """The whole material."""
    events, observations = _events(), _observations()
    findings, claims = _findings()
    return Material(
        dyad=Dyad(KEN, UGA),
        names=NAMES,
        documents=(BRIEF, REPORT),
        events=events,
        statements=_statements(),
        observations=observations,
        measures=_measures(events, observations),
        findings=findings,
        claims=claims,
        unread=(
            Unread("scans/treaty-1964.pdf", "it holds pictures of pages and no text; run a text recognition first"),
        ),
        record_version="r42-5f0c9d1e",
        title="Kenya and Uganda: the record to 2020",
        issue_names={"border": "Border and lake", "integration": "Regional integration"},
        indicator_names={
            "exports": "Merchandise exports",
            "imports": "Merchandise imports",
            "total-trade": "Total trade",
            "fdi-inflow": "FDI inflow",
        },
        reviewed=frozenset({events[0].id}),
    )
