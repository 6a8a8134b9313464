"""A name leads to one state, or is refused with the choices."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.states import Designation, DesignationKind, dependency, designations, existence, resolve, successors
from comity.terms import AmbiguousState, DissolvedState, StateError, UnknownState

OF_STATES = tuple(
    one
    for one in designations()
    if one.kind is not DesignationKind.ORGANISATION and one.code not in {"EUR", "UNO", "IGO"}
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("South Korea", "KOR"),
        ("the Republic of Korea", "KOR"),
        ("KOREA, REPUBLIC OF", "KOR"),
        ("Korea, Dem. People's Rep.", "PRK"),
        ("China", "CHN"),
        ("Republic of China", "TWN"),
        ("Guinea", "GIN"),
        ("Georgia", "GEO"),
        ("Sudan", "SDN"),
        ("Niger", "NER"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("ivory coast", "CIV"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Gambia, The", "GMB"),
        ("St. Lucia", "LCA"),
        ("Trinidad & Tobago", "TTO"),
        ("Turkey", "TUR"),
        ("türkiye", "TUR"),
        ("U.K.", "GBR"),
        ("UAE", "ARE"),
        ("the UK", "GBR"),
        ("The U.S.", "USA"),
        ("PAK", "PAK"),
        ("PK", "PAK"),
        ("PAKISTAN", "PAK"),
        ("IRAN", "IRN"),
        ("Holy See", "VAT"),
        ("Kosovo", "KOS"),
        ("Japanese", "JPN"),
        ("Frenchmen", "FRA"),
        ("Nairobi", "KEN"),
        ("Kremlin", "RUS"),
        ("Puerto Rico", "USA"),
        ("Greenland", "DNK"),
        ("GRL", "DNK"),
        ("Somaliland", "SOM"),
        ("  South \t Africa ", "ZAF"),
    ],
)
def test_a_name_of_today_leads_to_its_state(name: str, code: str) -> None:
    """Case, accents, punctuation, "the" and the order around a comma do not count."""
    assert resolve(name).code == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Burma", "MMR"),
        ("Ceylon", "LKA"),
        ("Persia", "IRN"),
        ("Swaziland", "SWZ"),
        ("Macedonia", "MKD"),
        ("Zaire", "COD"),
        ("Upper Volta", "BFA"),
        ("Siam", "THA"),
        ("Rhodesia", "ZWE"),
        ("Czech Republic", "CZE"),
    ],
)
def test_a_former_name_of_a_living_state_still_leads_to_it(name: str, code: str) -> None:
    """A state that was only renamed is found by its old name, with and without a date."""
    assert resolve(name).code == code
    assert resolve(name, date(2020, 1, 1)).code == code


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        ("Korea", date(1900, 1, 1), "XKR"),
        ("Germany", date(1938, 1, 1), "DEU"),
        ("Germany", date(2000, 1, 1), "DEU"),
        ("West Germany", date(1970, 1, 1), "DEU"),
        ("GDR", date(1970, 1, 1), "DDR"),
        ("Russia", date(1970, 1, 1), "SUN"),
        ("Russia", date(1900, 1, 1), "RUS"),
        ("Congo", date(1980, 1, 1), "COG"),
        ("Vietnam", date(1990, 1, 1), "VNM"),
        ("Vietnam", date(1850, 1, 1), "XVN"),
        ("Yugoslavia", date(1980, 1, 1), "YUG"),
        ("Republic of China", date(1930, 1, 1), "CHN"),
        ("Ottoman Empire", date(1900, 1, 1), "TUR"),
        ("Austria", date(1900, 1, 1), "AUH"),
        ("Republic of Colombia", date(1825, 1, 1), "GCL"),
        ("Rome", date(1850, 1, 1), "PAP"),
        ("Rome", date(1950, 1, 1), "ITA"),
    ],
)
def test_a_date_tells_bearers_of_one_name_apart(name: str, on: date, code: str) -> None:
    """A name means the state that bore it on that day."""
    assert resolve(name, on).code == code


@pytest.mark.parametrize(
    ("name", "on", "choices"),
    [
        ("Korea", None, {"KOR", "PRK"}),
        ("Korean", date(2018, 1, 1), {"KOR", "PRK"}),
        ("Congo", None, {"COG", "COD"}),
        ("Germany", date(1970, 1, 1), {"DEU", "DDR"}),
        ("Vietnam", date(1960, 1, 1), {"VNM", "VDR"}),
        ("Yemen", date(1980, 1, 1), {"YEM", "YMD"}),
        ("Dominican", None, {"DMA", "DOM"}),
    ],
)
def test_a_name_of_several_states_is_refused(name: str, on: date | None, choices: set[str]) -> None:
    """The refusal lists all bearers; none is picked."""
    with pytest.raises(AmbiguousState) as refused:
        resolve(name, on)
    assert set(refused.value.choices) == choices
    assert all(code in str(refused.value) for code in choices)


@pytest.mark.parametrize(
    ("name", "on", "choices"),
    [
        ("Yugoslavia", date(2020, 1, 1), {"SVN", "HRV", "BIH", "MKD", "SRB", "MNE"}),
        ("Yugoslavia", None, {"SVN", "HRV", "BIH", "MKD", "SRB", "MNE"}),
        ("YUG", None, {"SVN", "HRV", "BIH", "MKD", "SRB", "MNE"}),
        ("Czechoslovakia", None, {"CZE", "SVK"}),
        ("East Germany", date(2000, 1, 1), {"DEU"}),
        ("Austria-Hungary", date(1930, 1, 1), {"AUT", "HUN", "CSK"}),
        ("Austria-Hungary", None, {"AUT", "HUN", "CZE", "SVK"}),
        ("Korea", date(1930, 1, 1), {"KOR", "PRK"}),
        ("Germany", date(1947, 1, 1), {"DEU", "DDR"}),
        ("Pakistan", date(1900, 1, 1), {"PAK"}),
    ],
)
def test_a_state_that_did_not_exist_is_refused(name: str, on: date | None, choices: set[str]) -> None:
    """A dissolved state names its successors on that day or today; one yet to come names itself."""
    with pytest.raises(DissolvedState) as refused:
        resolve(name, on)
    assert set(refused.value.choices) == choices


def test_the_soviet_union_has_fifteen_successors() -> None:
    """The end of the Soviet Union left fifteen states, Russia first."""
    assert len(successors("SUN")) == 15
    assert successors("SUN")[0].code == "RUS"
    assert successors("PAK") == ()


@pytest.mark.parametrize(
    "name", ["us", "it", "pak", "pk", "Pakistn", "Sydney", "ASEAN", "European Union", "", "   ", "Qzx"]
)
def test_what_is_no_name_is_unknown(name: str) -> None:
    """Lower-case codes, misspellings, organisations and cities that are no capitals lead nowhere."""
    with pytest.raises(UnknownState):
        resolve(name)


def test_a_misspelling_is_answered_with_close_names_only() -> None:
    """A typing error is not put right silently; the names spelt alike are offered."""
    with pytest.raises(UnknownState) as refused:
        resolve("Kazahkstan")
    assert "Kazakhstan" in refused.value.choices
    assert "Kazakhstan" in str(refused.value)


def test_names_spelt_alike_are_left_out_where_they_are_not_wanted() -> None:
    """Without suggestions the same name is refused in the same class, with no choices."""
    with pytest.raises(UnknownState) as refused:
        resolve("Kazahkstan", suggest=False)
    assert refused.value.choices == ()


def test_a_dependency_is_told_apart_from_its_state() -> None:
    """Tables of figures can see that Greenland is not Denmark itself."""
    found = dependency("greenland")
    assert found is not None
    assert (found.code, found.code3, found.breakaway) == ("DNK", "GRL", False)
    somaliland = dependency("Somaliland")
    assert somaliland is not None
    assert somaliland.breakaway
    assert dependency("Denmark") is None


@pytest.mark.parametrize(
    ("written", "code"), [("Falkland Islands (Malvinas)", "FLK"), ("Virgin Islands, British", "VGB")]
)
def test_a_territory_is_found_however_its_name_is_turned(written: str, code: str) -> None:
    """A name that `resolve` would give to the state it belongs to is told as a territory's: its figures are not the state's."""
    found = dependency(written)
    assert found is not None and found.code3 == code
    assert resolve(written).code == found.code
    assert dependency("Korea, Republic of") is None
    assert dependency("Myanmar (Burma)") is None


def _day_of(one: Designation) -> date | None:
    """A day on which the designation held and its state existed; None where there was none (a colonial name)."""
    for start, end in reversed(existence(one.code)):
        first = max(start, one.start or start)
        last = min(end or date(2024, 1, 1), one.end or date(2024, 1, 1))
        if first <= last:
            return first + (last - first) // 2
    return None


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(OF_STATES))
def test_every_designation_leads_to_its_state_or_is_refused_with_it(one: Designation) -> None:
    """On a day when it held, a designation resolves to its state or is refused with the state among the choices."""
    on = _day_of(one)
    try:
        assert resolve(one.text, on).code == one.code
    except AmbiguousState as refused:
        assert one.code in refused.choices
    except DissolvedState as refused:
        assert on is None
        assert refused.choices


def test_no_designation_at_all_is_lost() -> None:
    """The law of the designations holds for each of them, not only for those drawn at random."""
    for one in OF_STATES:
        on = _day_of(one)
        if on is not None:
            try:
                assert resolve(one.text, on).code == one.code, (one, on)
            except AmbiguousState as refused:
                assert one.code in refused.choices, (one, on)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        [one for one in OF_STATES if one.kind is DesignationKind.NAME and not one.text.replace(".", "").isupper()]
    )
)
def test_spelling_does_not_change_the_answer(one: Designation) -> None:
    """A name in other case, without accents, with "the" and more spaces leads to the same answer."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", one.text) if not unicodedata.combining(c))
    answers = {_answer(form) for form in (one.text, plain.lower(), f"the  {one.text} ", one.text.replace("-", " "))}
    assert len(answers) == 1


def _answer(name: str) -> tuple[str, ...]:
    try:
        return (resolve(name).code,)
    except StateError as refused:
        return (type(refused).__name__, *sorted(refused.choices))


@settings(max_examples=150, deadline=timedelta(seconds=2))
@given(st.text(max_size=60), st.one_of(st.none(), st.dates()))
def test_any_text_is_answered_or_refused(name: str, on: date | None) -> None:
    """Whatever is asked, the answer is a state or a StateError."""
    try:
        assert resolve(name, on).code
    except StateError as refused:
        assert str(refused)


def test_a_very_long_name_is_refused_at_once() -> None:
    """A text of a hundred thousand characters is no name and costs no time."""
    for hostile in ("a" * 100_000, "Korea, " * 20_000, "(" * 100_000, "\x00" * 1000):
        with pytest.raises(UnknownState):
            resolve(hostile)
