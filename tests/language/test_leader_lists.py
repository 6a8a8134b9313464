"""Lists of leaders as published: REIGN and Archigos, told by their columns, and the persons that they make known."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.language import LeaderList, People, find_mentions, form_of_leaders, known_leaders, read_leaders

REIGN = ["stateabb", "ccode", "leadid", "leader", "sdate", "smonth", "syear", "emonth", "eyear", "notes"]
ARCHIGOS = ["obsid", "leadid", "ccode", "leader", "startdate", "enddate"]


def reign(*rows: str) -> LeaderList:
    """A list of rows "NUMBER;leader;day.month.year;month.year"; without the last field the term is open."""
    cells = []
    for row in rows:
        number, leader, start, end = (*row.split(";"), "")[:4]
        day, month, year = start.split(".")
        last, _, last_year = end.partition(".")
        cells.append(["XXX", number, "id", leader, day, month, year, last, last_year, ""])
    return read_leaders(REIGN, enumerate(cells, start=2))


def archigos(*rows: Sequence[str]) -> LeaderList:
    """A list of rows number, leader, first and last day."""
    return read_leaders(ARCHIGOS, [(at, ["o", "l", *row]) for at, row in enumerate(rows, start=2)])


def known(text: str, on: date | None, *lists: LeaderList) -> list[tuple[str, str]]:
    """Text and code of each person found with the lists alone."""
    people = People(person for each in lists for person in each.persons)
    return [(m.text, m.code) for m in find_mentions(text, on=on, leaders=people) if m.person]


@pytest.mark.parametrize(
    ("columns", "form"),
    [
        (REIGN, "REIGN"),
        ([f' "{name.upper()}" ' for name in REIGN], "REIGN"),
        (ARCHIGOS, "Archigos"),
        (["obsid", "gwcode", "leader", "startdate", "enddate"], "Archigos"),
        (["ccode", "country", "leader", "year", "month", "elected", "age"], ""),
        (["ccode", "statenme", "capital", "stdate", "enddate"], ""),
        (["leader", "startdate", "enddate"], ""),
        (["Year", "Exports", "Imports", "Total"], ""),
        ([], ""),
    ],
)
def test_a_list_is_told_by_its_columns(columns: list[str], form: str) -> None:
    """REIGN's and Archigos' columns make a list, in any case and order; those of other tables do not."""
    assert form_of_leaders(columns) == form
    assert form_of_leaders(columns[::-1]) == form


def test_a_leader_is_known_by_surname_within_the_term() -> None:
    """The day of publication decides: before and after the term, and without a day, the surname leads to nobody."""
    held = reign("452;Odartey;6.3.1957;2.1966")
    for on, found in [
        (date(1957, 3, 5), []),
        (date(1957, 3, 6), [("Odartey", "GHA")]),
        (date(1966, 2, 28), [("Odartey", "GHA")]),
        (date(1966, 3, 1), []),
        (None, []),
    ]:
        assert known("The day before, Odartey spoke at length.", on, held) == found


def test_between_two_terms_a_surname_leads_to_nobody() -> None:
    """A person who comes back is known in both terms and not between them; the full name is known at any time."""
    held = reign("775;Zeya Mintun;1.1.1971;12.1974", "775;Zeya Mintun;1.1.1981;12.1984")
    assert known("Then Mintun spoke.", date(1972, 1, 1), held) == [("Mintun", "MMR")]
    assert known("Then Mintun spoke.", date(1978, 1, 1), held) == []
    assert known("Then Zeya Mintun spoke.", date(1978, 1, 1), held) == [("Zeya Mintun", "MMR")]


def test_one_surname_in_two_states_at_one_time_leads_to_nobody() -> None:
    """While two leaders of a surname serve two states it means neither; before and after that it means the one."""
    held = reign("452;Odartey;1.1.1957;12.1966", "452;Nobody Else;1.1.1990;12.1990", "437;Odartey;1.1.1960;12.1962")
    assert known("Then Odartey spoke.", date(1958, 1, 1), held) == [("Odartey", "GHA")]
    assert known("Then Odartey spoke.", date(1961, 1, 1), held) == []
    assert known("Then Odartey spoke.", date(1964, 1, 1), held) == [("Odartey", "GHA")]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("Odartey, Kofi", "Kofi Odartey"),
        ("Odartey, Kofi", "Odartey"),
        ("Odartey K.", "Odartey"),
        ("K. Odartey", "Odartey"),
        ("K.Odartey", "Odartey"),
        ("Odartey, K", "Odartey"),
        ("Odartey, Jean-", "Odartey"),
        ("Kofi Odartey (2nd time)", "Kofi Odartey"),
        ("Kofi Odartey (1st", "Odartey"),
        ("Odárteÿ", "Odartey"),
        ("Odartey", "Odárteÿ"),
        ("Al-Odartey", "Odartey"),
        ("Ter-Odartey", "Ter-Odartey"),
        ("Ama Mensah and Kofi Odartey", "Odartey"),
    ],
)
def test_names_are_read_as_the_lists_print_them(printed: str, text: str) -> None:
    """Surname first, initials, remarks in brackets and truncated names lead to the name that a text has."""
    held = reign(f"452;{printed};6.3.1957;2.1966")
    assert known(f"Then {text} spoke.", date(1960, 1, 1), held) == [(text, "GHA")]


def test_the_list_itself_tells_a_surname_that_stands_first() -> None:
    """A word by which a state's leader is named alone is the surname where it stands first in another row."""
    held = reign("452;Odartey;1.1.1950;12.1952", "452;Odartey Ama;1.1.1957;12.1960")
    assert known("Then Ama Odartey spoke.", date(1958, 1, 1), held) == [("Ama Odartey", "GHA")]
    assert known("Then Odartey spoke.", date(1958, 1, 1), held) == [("Odartey", "GHA")]


@pytest.mark.parametrize("text", ["King Odalric", "Sultan Odalric"])
@pytest.mark.parametrize("printed", ["Odalric II", "Odalric ibn Tariq", "Odalric Bin Said"])
def test_a_ruler_of_a_list_is_known_by_title_and_first_name(text: str, printed: str) -> None:
    """A numeral or "ibn" tells a ruler, whom title and first name mean while he reigns."""
    held = reign(f"698;{printed};1.1.1970;12.1990")
    assert known(f"The talks with {text} began.", date(1980, 1, 1), held) == [(text, "OMN")]
    assert known(f"The talks with {text} began.", date(1995, 1, 1), held) == [(text, "")]


def test_common_words_and_common_names_are_no_leaders() -> None:
    """A surname that is a common word or name counts only behind the first name."""
    held = reign("452;Grace Fisher;6.3.1957;2.1966")
    assert known("In May the talks began; Fisher said so.", date(1960, 5, 1), held) == []
    assert known("Then Grace Fisher spoke.", date(1960, 5, 1), held) == [("Grace Fisher", "GHA")]


def test_a_number_that_passed_on_means_the_bearer_of_the_day() -> None:
    """COW 345 was Yugoslavia and then Serbia; 365 stands under Russia's code, as texts on the Soviet Union do."""
    held = reign("345;Odartey;1.1.2005;12.2008", "365;Mintunov;1.1.1950;12.1952")
    assert {(p.name, p.code) for p in held.persons} == {
        ("Odartey", "SCG"),
        ("Odartey", "SRB"),
        ("Mintunov", "RUS"),
    } or {(p.name, p.code) for p in held.persons} == {("Odartey", "YUG"), ("Odartey", "SRB"), ("Mintunov", "RUS")}
    assert known("Then Odartey spoke.", date(2008, 1, 1), held) == [("Odartey", "SRB")]
    assert known("Then Mintunov spoke.", date(1951, 1, 1), held) == [("Mintunov", "RUS")]


def test_archigos_numbers_states_after_gleditsch_and_ward() -> None:
    """Germany after 1990 is 260 there, also under the heading ccode, and dates may carry a time."""
    held = archigos(["260", "Odartey", "1998-10-27", "2005-11-22 00:00:00"])
    assert known("Then Odartey spoke.", date(2000, 1, 1), held) == [("Odartey", "DEU")]
    assert held.summary == "Archigos leader list: 1 leader of 1 state, 1998-2005"


def test_an_open_term_ends_when_the_own_list_says_so() -> None:
    """A list of 2021 does not know that Angela Merkel's term ended; the own list does."""
    held = reign("255;Merkel;22.11.2005", "452;Odartey;1.1.2017")
    people = known_leaders([held])
    found = [people.surnamed(*each) for each in [("Merkel", date(2015, 1, 1)), ("Odartey", date(2024, 1, 1))]]
    assert [person.code for person in found if person] == ["DEU", "GHA"]
    assert people.surnamed("Merkel", date(2024, 1, 1)) is None


def test_the_own_list_goes_before() -> None:
    """Who is on both lists keeps the office and full name of the own list."""
    held = reign("770;Musharraf;12.10.1999;8.2008")
    (mention,) = find_mentions("Then Musharraf spoke.", on=date(2004, 1, 1), leaders=known_leaders([held]))
    assert (mention.code, mention.person, mention.office) == ("PAK", "Pervez Musharraf", "President")


def test_bad_rows_are_named_and_the_rest_is_used() -> None:
    """An unknown number, a term that ends before it begins, a day that there is not: named by row, nothing more is lost."""
    held = read_leaders(
        REIGN,
        enumerate(
            [
                ["GHA", "452", "1", "Odartey", "6", "3", "1957", "2", "1966", ""],
                ["XXX", "9999", "2", "Nowhere", "6", "3", "1957", "2", "1966", ""],
                ["GHA", "452", "3", "Backward", "6", "3", "1957", "2", "1950", ""],
                ["GHA", "452", "4", "Neverday", "31", "2", "1957", "2", "1966", ""],
                ["GHA", "452", "5", "", "6", "3", "1957", "2", "1966", ""],
                ["GHA", "many", "6", "Uncounted", "6", "3", "1957", "2", "1966", ""],
                ["GHA", "452", "7", "Military Council", "6", "3", "1957", "2", "1966", ""],
                ["GHA", "452", "8", "Undated", "", "", "", "", "", ""],
                ["GHA", "452"],
                [],
                ["", "", "", "", "", "", "", "", "", ""],
            ],
            start=2,
        ),
    )
    assert [person.name for person in held.persons] == ["Odartey"]
    problems = dict(held.problems)
    assert list(problems) == [3, 4, 5, 6, 7, 8, 9, 10]
    assert "9999" in problems[3] and "before it begins" in problems[4] and "31.2.1957" in problems[5]
    assert held.summary == "REIGN leader list: 1 leader of 1 state, 1957-1966"


def test_the_last_year_of_the_calendar_is_no_end() -> None:
    """A term that ends in 9999 is open; a cell that says more than a day is no date."""
    columns = ["obsid", "gwcode", "leader", "startdate", "enddate"]
    rows = [
        ["A", "452", "Odartey", "2001-02-03", "9999-12-31"],
        ["B", "452", "Quansah", "2001-02-03x", "2005-12-31"],
        ["C", "452", "Tetteh", "2001-02-03 00:00:00", "2005-12-31"],
    ]
    held = read_leaders(columns, enumerate(rows, start=2))
    assert [(one.name, one.end) for one in held.persons] == [("Odartey", None), ("Tetteh", date(2005, 12, 31))]
    assert held.years == (2001, 2005) and list(dict(held.problems)) == [3]


_DAYS = st.dates(date(1961, 1, 1), date(1999, 12, 31))
_NUMBERS = st.sampled_from([(452, "GHA"), (770, "PAK"), (740, "JPN"), (501, "KEN")])
_TERMS = st.lists(st.tuples(_NUMBERS, _DAYS, st.integers(0, 4000)), min_size=1, max_size=4)


@given(_TERMS, _DAYS)
def test_a_surname_means_the_one_state_that_a_bearer_leads_on_the_day(
    terms: list[tuple[tuple[int, str], date, int]], on: date
) -> None:
    """Of any list, a surname leads to the state whose leaders of that name serve on the day, if that is one state."""
    rows, serving = [], set()
    for (number, code), start, length in terms:
        end = start + timedelta(days=length)
        rows.append(f"{number};Odartey;{start.day}.{start.month}.{start.year};{end.month}.{end.year}")
        if start <= on <= end.replace(day=monthrange(end.year, end.month)[1]):
            serving.add(code)
    found = People(reign(*rows).persons).surnamed("Odartey", on)
    assert (found.code if found else None) == (serving.pop() if len(serving) == 1 else None)


@given(st.lists(st.lists(st.text(max_size=12), max_size=12), max_size=4), st.sampled_from([REIGN, ARCHIGOS]))
def test_any_rows_are_read(rows: list[list[str]], columns: list[str]) -> None:
    """No row, whatever stands in it, stops the reading; each is a leader, a problem, or empty."""
    held = read_leaders(columns, enumerate(rows, start=2))
    assert len(held.problems) <= len(rows)
    assert all(person.code and person.start is not None for person in held.persons)
