"""Names, offices, organisations, regions and fiscal calendars hold what the other rooms rely on."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from itertools import pairwise

import pytest

from comity.states import (
    DesignationKind,
    all_states,
    capital,
    designations,
    fiscal_calendar,
    in_text,
    members,
    memberships,
    names_of,
    national_currency,
    office_title,
    office_titles,
    organisation,
    organisations,
    region,
    regions,
    states,
)
from comity.terms import SECTORS, DissolvedState, FiscalNaming, Rank, UnknownCode, UnknownState


def test_every_state_has_a_name_and_a_capital_and_every_one_of_today_a_demonym() -> None:
    """No row of the table of names is empty."""
    for one in all_states():
        names = names_of(one.code)
        assert names.short == one.name
        assert names.capitals
        assert names.demonyms or one.end is not None


def test_a_capital_is_dated() -> None:
    """Capitals that moved are told by the day, and a state that did not exist had none."""
    assert capital("PAK", date(1950, 1, 1)) == "Karachi"
    assert capital("PAK") == "Islamabad"
    assert capital("BRA", date(1960, 4, 20)) == "Rio de Janeiro"
    assert capital("BRA", date(1960, 4, 21)) == "Brasília"
    assert capital("DEU", date(1970, 1, 1)) == "Bonn"
    assert capital("SUN") == "Moscow"
    with pytest.raises(DissolvedState):
        capital("PAK", date(1900, 1, 1))
    with pytest.raises(UnknownState):
        capital("QQQ")


def test_every_state_has_a_capital_on_every_day_of_its_existence() -> None:
    """Between a state's first and last day its capitals follow one another without a gap."""
    for one in all_states():
        spells = names_of(one.code).capitals
        for earlier, later in pairwise(spells):
            assert earlier.end is not None
            assert later.start is not None
            assert earlier.end < later.start
        assert spells[-1].end is None
        assert capital(one.code, one.start)


def test_designations_are_well_formed() -> None:
    """No text is blank, no interval runs backwards, and every code is a state's or PLOVER's."""
    codes = {one.code for one in all_states()} | {"EUR", "UNO", "IGO"}
    for one in designations():
        assert one.text == one.text.strip()
        assert one.text
        assert one.code in codes
        assert one.start is None or one.end is None or one.start <= one.end
        assert (one.kind is DesignationKind.ORGANISATION) <= bool(one.body)
        assert not one.sector or one.sector in SECTORS


def test_the_lexicon_holds_each_kind() -> None:
    """Names, demonyms in singular and plural, capitals, metonyms and organisations are all there."""
    held = {(one.text, one.code, one.kind) for one in designations()}
    for text, code, kind in (
        ("Kenya", "KEN", DesignationKind.NAME),
        ("Republic of Kenya", "KEN", DesignationKind.FORMAL),
        ("Ceylon", "LKA", DesignationKind.FORMER),
        ("Kenyan", "KEN", DesignationKind.DEMONYM),
        ("Kenyans", "KEN", DesignationKind.DEMONYM),
        ("Nairobi", "KEN", DesignationKind.CAPITAL),
        ("Blue House", "KOR", DesignationKind.METONYM),
        ("ASEAN", "IGO", DesignationKind.ORGANISATION),
        ("European Union", "EUR", DesignationKind.ORGANISATION),
        ("United Nations", "UNO", DesignationKind.ORGANISATION),
    ):
        assert (text, code, kind) in held


@pytest.mark.parametrize(
    ("body", "on", "count"),
    [
        ("UN", None, 193),
        ("UN", date(1945, 12, 31), 51),
        ("UN", date(1970, 12, 31), 127),
        ("UN", date(1989, 12, 31), 159),
        ("UN", date(2000, 12, 31), 189),
        ("EU", None, 27),
        ("EU", date(2019, 1, 1), 28),
        ("EC", date(1980, 1, 1), 9),
        ("NATO", None, 32),
        ("NATO", date(1990, 1, 1), 16),
        ("AU", None, 55),
        ("OIC", None, 57),
        ("Commonwealth of Nations", None, 56),
        ("OECD", None, 38),
        ("APEC", None, 21),
        ("LAS", None, 22),
        ("ASEAN", date(2000, 1, 1), 10),
        ("SAARC", date(2000, 1, 1), 7),
        ("GCC", None, 6),
        ("G20", None, 19),
    ],
)
def test_membership_counts_are_the_published_ones(body: str, on: date | None, count: int) -> None:
    """The number of members is the one that the organisation itself gives for that day."""
    assert len(members(body, on)) == count


def test_members_belong_to_states_and_bodies_that_exist() -> None:
    """Each listed body has members at some time, and each member is a state of the table."""
    codes = {one.code for one in all_states()}
    for body in organisations():
        if body.lists_members:
            year = (body.founded.year if body.founded is not None else 2000) + 8
            on = body.dissolved or date(min(year, 2024), 6, 1) if body.code != "QUAD" else date(2020, 1, 1)
            assert members(body.code, on) <= codes
            assert members(body.code, on)
        else:
            with pytest.raises(UnknownCode):
                members(body.code)


def test_memberships_and_members_agree() -> None:
    """A state's memberships are the bodies that list it."""
    on = date(2018, 1, 3)
    for one in states(on):
        assert memberships(one.code, on) == {
            body.code for body in organisations() if body.lists_members and one.code in members(body.code, on)
        }
    assert {"SAARC", "SCO", "COMMONWEALTH", "OIC"} <= memberships("PAK", on)


def test_an_organisation_is_found_by_any_of_its_names() -> None:
    """Abbreviations count in capitals only; other names in any case."""
    assert organisation("african union").code == organisation("AU").code == "AU"
    assert organisation("Organization of the Islamic Conference").code == "OIC"
    assert organisation("EEC").plover_code == "EUR"
    with pytest.raises(UnknownCode):
        organisation("who")
    with pytest.raises(UnknownCode):
        organisation("Hanseatic League")


def test_codes_of_organisations_are_not_codes_of_states() -> None:
    """A three-letter code means a state or an organisation, never both."""
    assert not {body.code for body in organisations()} & {one.code for one in all_states()}


def test_regions_are_known_by_noun_and_adjective() -> None:
    """M49's regions are sets of states of today; sub-regions lie within their continent."""
    assert region("South Asia") == region("south asian") == region("South Asian")
    assert region("South Asia") == {"AFG", "BGD", "BTN", "IND", "LKA", "MDV", "NPL", "PAK"}
    asia, europe, africa = region("Asia"), region("European"), region("Africa")
    assert asia is not None
    assert europe is not None
    assert africa is not None
    assert (region("South-East Asia") or {"?"}) <= asia
    assert not asia & europe
    assert len(africa) == 55
    assert region("Atlantis") is None
    today = {one.code for one in states()}
    for name in regions():
        assert region(name)
        assert (region(name) or set()) <= today


def test_the_continents_hold_every_state_of_today_once() -> None:
    """Africa, the Americas, Asia, Europe and Oceania part the states of today among them."""
    parts = [region(name) or frozenset() for name in ("Africa", "Americas", "Asia", "Europe", "Oceania")]
    assert frozenset().union(*parts) == {one.code for one in states()}
    assert sum(map(len, parts)) == len(states())


def test_fiscal_years_start_and_are_named_as_the_states_do() -> None:
    """Pakistan's FY2017 ends in June 2017, Japan's begins in April 2017; an unlisted state has the calendar year."""
    pakistan = fiscal_calendar("PAK").named(2017)
    assert (pakistan.start, pakistan.end) == (date(2016, 7, 1), date(2017, 6, 30))
    japan = fiscal_calendar("JPN").named(2017)
    assert (japan.start, japan.end) == (date(2017, 4, 1), date(2018, 3, 31))
    india = fiscal_calendar("IND").named(2017)
    assert (india.start, india.end) == (date(2016, 4, 1), date(2017, 3, 31))
    assert fiscal_calendar("FRA").named(2017).start == date(2017, 1, 1)
    assert fiscal_calendar("USA").start_month == 10
    assert fiscal_calendar("USA", date(1970, 1, 1)).start_month == 7
    assert fiscal_calendar("JPN").naming is FiscalNaming.START
    with pytest.raises(UnknownState):
        fiscal_calendar("QQQ")


@pytest.mark.parametrize(
    ("text", "code", "rank"),
    [
        ("President", "FRA", Rank.HEAD_OF_STATE),
        ("Prime Minister", "IND", Rank.HEAD_OF_GOVERNMENT),
        ("Chancellor", "DEU", Rank.HEAD_OF_GOVERNMENT),
        ("foreign minister", "BRA", Rank.FOREIGN_MINISTER),
        ("External Affairs Minister", "IND", Rank.FOREIGN_MINISTER),
        ("Secretary of State", "USA", Rank.FOREIGN_MINISTER),
        ("Foreign Secretary", "GBR", Rank.FOREIGN_MINISTER),
        ("Foreign Secretary", "IND", Rank.SENIOR_OFFICIAL),
        ("Defence Secretary", "GBR", Rank.MINISTER),
        ("Defence Secretary", "IND", Rank.SENIOR_OFFICIAL),
        ("Crown Prince", "SAU", Rank.HEAD_OF_GOVERNMENT),
        ("Minister for Defence", "KEN", Rank.MINISTER),
        ("Minister of Ports and Blue Economy", "ARG", Rank.MINISTER),
        ("National Security Adviser", "USA", Rank.SENIOR_OFFICIAL),
        ("Chief of Army Staff", "PAK", Rank.MILITARY_CHIEF),
        ("High Commissioner", "GBR", Rank.AMBASSADOR),
        ("Deputy Foreign Minister", "CHN", Rank.SENIOR_OFFICIAL),
        ("Speaker of the National Assembly", "KOR", Rank.LEGISLATOR),
    ],
)
def test_a_title_has_its_rank_in_its_state(text: str, code: str, rank: Rank) -> None:
    """A title's rank can depend on the state whose officer bears it."""
    title = office_title(text)
    assert title is not None
    assert title.rank_in(code) is rank


def test_titles_are_known_once_with_a_sector_of_plover() -> None:
    """Each text stands in one row; a phrase that is no title is none."""
    texts = [title.text for title in office_titles()]
    assert len(texts) == len(set(texts))
    assert all(title.sector in SECTORS for title in office_titles())
    codes = {one.code for one in all_states()}
    assert all(code in codes for title in office_titles() for code, _ in title.exceptions)
    for phrase in ("", "Table", "the Minister of", "Minister of sound mind", "Former Ports Minister", "A " * 50_000):
        assert office_title(phrase) is None


def test_the_room_loads_lightly() -> None:
    """A fresh process reads the whole lexicon without pandas or a database."""
    program = (
        "import sys; import comity.terms;"
        "import comity.states as s; s.designations(); s.office_titles(); s.resolve('South Korea');"
        "s.region('Asia'); s.memberships('PAK'); s.fiscal_calendar('PAK');"
        "print('pandas' in sys.modules, 'sqlalchemy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_currencies_are_named_only_for_years_in_which_they_are_sure() -> None:
    """A state's one legal tender has a first whole year; before it, and where several are tender, there is none."""
    assert (national_currency("IND"), national_currency("JPN", 1960), national_currency("PAK", 2016)) == (
        "INR",
        "JPY",
        "PKR",
    )
    # Years of the euro's adoption (European Central Bank, "Our money").
    adopted = {"DEU": 1999, "GRC": 2001, "SVN": 2007, "CYP": 2008, "MLT": 2008, "SVK": 2009, "EST": 2011, "LVA": 2014}
    for code, year in (adopted | {"LTU": 2015, "HRV": 2023, "BGR": 2026}).items():
        assert (national_currency(code, year - 1), national_currency(code, year)) == ("", "EUR")
    assert not any(national_currency(code) for code in ("ZWE", "PAN", "LSO", "SUN"))
    with pytest.raises(UnknownState):
        national_currency("XYZ")


def test_a_currency_of_one_s_own_begins_with_the_state_s_letters() -> None:
    """Codes follow ISO 4217: they begin with the state's two letters, but for unions and shared currencies."""
    shared = {"EUR", "XOF", "XAF", "XCD", "USD", "AUD", "CHF", "RUB", "MAD", "ILS"}
    for one in all_states():
        currency = national_currency(one.code)
        assert not currency or currency in shared or currency.startswith(one.alpha2), (one.code, currency)


def test_names_in_text_have_their_article() -> None:
    """English calls some states with an article within a sentence, former ones too, and most without."""
    named = {code: in_text(code) for code in ("USA", "GBR", "NLD", "SUN", "JPN", "SDN", "NER")}
    assert named == {
        "USA": "the United States",
        "GBR": "the United Kingdom",
        "NLD": "the Netherlands",
        "SUN": "the Soviet Union",
        "JPN": "Japan",
        "SDN": "Sudan",
        "NER": "Niger",
    }
    every = [in_text(one.code) for one in all_states()]
    assert all(
        name.startswith("the ") for name in every if name.endswith((" Islands", " Republic")) or "United" in name
    )
    with pytest.raises(UnknownState):
        in_text("QQQ")
