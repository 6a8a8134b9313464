"""The table of states agrees with the published lists of the Correlates of War and of Gleditsch and Ward."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from comity.states import all_states, by_cow, by_gw, capital, existence, names_of, resolve, spells, state, states
from comity.terms import DissolvedState, State, StateError, UnknownState

Spans = dict[int, list[tuple[date, date | None]]]

# Numbers that we hold and the shared copy of a list lacks: Gleditsch and Ward publish their microstates apart.
MICROSTATES = {
    54, 55, 56, 57, 58, 60, 221, 223, 232, 331, 403, 591, 935, 970, 971, 972, 973, 983, 986, 987, 990,
}  # fmt: skip

# Spells of a system outside our own days of existence, each with the reason for the difference.
SPELLS_EXPLAINED = {
    ("DDR", "GW"): "the list begins on 5 October 1949, the constitution took force on the 7th",
    ("AUT", "GW"): "the list goes on through the annexation by Germany, 1938-1945",
    ("VUT", "GW"): "the list begins a month before independence, 30 July 1980",
    ("SYR", "GW"): "the list goes on through the United Arab Republic, 1958-1961",
    ("LVA", "GW"): "the list begins with the armistice of 11 November 1918, the state with its declaration on the 18th",
}

# (number, capital there, our capital) where the published capitals differ from ours, with the reason.
CAPITALS_EXPLAINED = {
    (
        255,
        "Berlin",
        "Bonn",
    ): "the published row carries Berlin through 1949-1991 under 255; Bonn stands there under 260",
    (510, "Dodoma", "Dar es Salaam"): "parliament moved in February 1996; the decision of 1973 had stayed on paper",
    (553, "Lilongwe", "Zomba"): "Zomba was the capital until 1974",
    (600, "Rabat", "Fez"): "Rabat became the capital under the protectorate, in 1912",
    (640, "Ankara", "Constantinople"): "Ankara is the capital since 13 October 1923",
    (705, "Almaty", "Astana"): "the capital moved on 10 December 1997; the published day is that of its renaming",
    (817, "Ho Chi Minh City", "Saigon"): "the city was renamed after the state had ended",
    (840, "Quezon City", "Manila"): "Quezon City became the capital on 17 July 1948",
    (986, "Koror", "Ngerulmud"): "the government moved on 1 October 2006",
}


def _held(system: str) -> Spans:
    """Our spells by number, neighbouring spells of different codes joined (COW 345: Serbia, then Yugoslavia)."""
    held: Spans = {}
    for one in all_states():
        for spell in spells(one.code, system):
            held.setdefault(spell.number, []).append((spell.start, spell.end))
    for number, spans in held.items():
        joined: list[tuple[date, date | None]] = []
        for start, end in sorted(spans, key=lambda span: span[0]):
            before = joined[-1][1] if joined else None
            if before is not None and before + timedelta(days=1) == start:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        held[number] = joined
    return held


@pytest.mark.shared
def test_every_spell_of_the_correlates_of_war_is_ours_day_for_day(shared: Path) -> None:
    """Numbers, first and last days equal the published State System Membership List."""
    table = pd.read_parquet(shared / "data" / "cow_states.parquet")
    published: Spans = {}
    for row in table.itertuples():
        start = date(int(row.styear), int(row.stmonth), int(row.stday))
        end = date(int(row.endyear), int(row.endmonth), int(row.endday))
        published.setdefault(int(row.ccode), []).append((start, None if end == date(2016, 12, 31) else end))
    assert _held("COW") == published


@pytest.mark.shared
def test_every_spell_of_gleditsch_and_ward_is_ours_day_for_day(shared: Path) -> None:
    """Numbers, first and last days equal the published list of independent states; only the microstates come on top."""
    table = pd.read_parquet(shared / "data" / "gw_states.parquet")
    published: Spans = {}
    for row in table.itertuples():
        start, end = (date.fromisoformat(str(day)[:10]) for day in (row.startdate, row.enddate))
        published.setdefault(int(row.gwcode), []).append((start, None if end == date(2017, 12, 31) else end))
    held = _held("GW")
    assert {number: spans for number, spans in held.items() if number not in MICROSTATES} == published
    assert set(held) - set(published) == MICROSTATES


@pytest.mark.shared
def test_published_capitals_are_ours_or_the_difference_is_explained(shared: Path) -> None:
    """On five days of every published spell of a capital ours bears that name, unless a reason is given."""
    table = pd.read_parquet(shared / "data" / "cow_capitals.parquet")
    different, compared = set(), 0
    for row in table.itertuples():
        start, end = (date.fromisoformat(str(day)[:10]) for day in (row.stdate, row.enddate))
        for part in (0.02, 0.25, 0.5, 0.75, 0.98):
            on = start + (end - start) * part
            try:
                bearer = by_cow(int(row.ccode), on)
                ours = capital(bearer.code, on)
            except DissolvedState:  # the published capitals begin with a January and go on past a state's end
                continue
            compared += 1
            spellings = {
                name.replace(".", "").replace("-", " ").casefold()
                for one in names_of(bearer.code).capitals
                if one.name == ours
                for name in (one.name, *one.variants)
            }
            if row.capital.replace(".", "").replace("-", " ").casefold() not in spellings:
                different.add((int(row.ccode), row.capital, ours))
    assert compared > 1000
    assert different == set(CAPITALS_EXPLAINED)


def test_a_spell_of_a_system_lies_within_the_days_of_existence() -> None:
    """A member of a system existed, by our table, from the first to the last day of each spell, reasons apart."""
    outside = set()
    for one in all_states():
        for spell in spells(one.code):
            if not any(
                start <= spell.start and (end is None or (spell.end is not None and spell.end <= end))
                for start, end in existence(one.code)
            ):
                outside.add((one.code, spell.system))
    assert outside == set(SPELLS_EXPLAINED)


def test_codes_and_numbers_of_today_are_unique() -> None:
    """No two states of today share a code, an alpha-2 code or a number."""
    today = states()
    for numbers in (
        [one.code for one in today],
        [one.alpha2 for one in today],
        [one.cow for one in today if one.cow is not None],
        [one.gw for one in today if one.gw is not None],
    ):
        assert len(numbers) == len(set(numbers))
    assert len(today) == 193 + len({"VAT", "PSE", "KOS", "TWN", "HKG", "ESH"})


@pytest.mark.parametrize(
    ("number", "on", "code"),
    [
        (345, date(1900, 1, 1), "SRB"),
        (345, date(1930, 1, 1), "YUG"),
        (345, date(2005, 1, 1), "SCG"),
        (345, None, "SRB"),
        (365, date(1900, 1, 1), "RUS"),
        (365, date(1970, 1, 1), "SUN"),
        (365, None, "RUS"),
        (255, date(1900, 1, 1), "DEU"),
        (260, date(1970, 1, 1), "DEU"),
        (678, date(1970, 1, 1), "YEM"),
        (730, date(1900, 1, 1), "XKR"),
        (220, date(1943, 1, 1), "FRA"),
        (770, None, "PAK"),
    ],
)
def test_a_cow_number_leads_to_its_bearer_on_that_day(number: int, on: date | None, code: str) -> None:
    """A number that passed from state to state is read by its date; an occupied state keeps its own."""
    assert by_cow(number, on).code == code


def test_a_gleditsch_ward_number_leads_to_its_bearer() -> None:
    """Gleditsch and Ward number Serbia apart from Yugoslavia, and the Federal Republic of Germany apart from the Reich."""
    assert by_gw(340).code == "SRB"
    assert by_gw(345, date(1995, 1, 1)).code == "YUG"
    assert by_gw(260).code == "DEU"
    assert by_gw(970).code == "KIR"
    assert by_cow(970).code == "NRU"


def test_a_number_without_bearer_is_refused() -> None:
    """An unknown number and a day before the first bearer are refused in different words."""
    with pytest.raises(UnknownState):
        by_cow(1)
    with pytest.raises(DissolvedState) as refused:
        by_cow(770, date(1900, 1, 1))
    assert refused.value.choices == ("PAK",)


def test_spells_tell_the_two_systems_apart() -> None:
    """France left the COW system under occupation and not that of Gleditsch and Ward."""
    assert [(s.start.year, s.end and s.end.year) for s in spells("FRA", "COW")] == [(1816, 1942), (1944, None)]
    assert [(s.start.year, s.end) for s in spells("FRA", "GW")] == [(1816, None)]
    assert state("FRA").start == date(1816, 1, 1)


def test_existence_has_gaps_where_another_state_stood() -> None:
    """Russia and the Soviet Union never exist on the same day, and one of them does on every day since 1816."""
    for year in range(1817, 2024):
        standing = [code for code in ("RUS", "SUN") if any(_in(span, date(year, 1, 1)) for span in existence(code))]
        assert len(standing) == 1


def _in(span: tuple[date, date | None], on: date) -> bool:
    return span[0] <= on and (span[1] is None or on <= span[1])


def test_states_of_a_day_can_be_listed_and_resolved_by_code() -> None:
    """Every state listed for a day resolves by its code on that day."""
    for on in (date(1820, 6, 1), date(1900, 6, 1), date(1950, 6, 1), date(2000, 6, 1)):
        listed = states(on)
        assert listed == tuple(sorted(listed, key=lambda one: one.code))
        assert all(resolve(one.code, on) == one for one in listed)
    assert "SUN" in {one.code for one in states(date(1950, 6, 1))}
    assert "SUN" not in {one.code for one in states()}


def test_withdrawn_codes_lead_to_the_state_of_today() -> None:
    """Zaire's and Burma's old ISO codes, and the other code of Kosovo, still find their state."""
    assert [state(code).code for code in ("ZAR", "BUR", "XKX", "ROM", "KOS")] == ["COD", "MMR", "KOS", "ROU", "KOS"]
    for wrong in ("pak", "QQQ", "", "PK"):
        with pytest.raises(UnknownState):
            state(wrong)


def test_errors_are_state_errors() -> None:
    """Whoever catches StateError catches every refusal of this room."""
    for refusal in (UnknownState, DissolvedState):
        assert issubclass(refusal, StateError)
    assert isinstance(state("PAK"), State)
