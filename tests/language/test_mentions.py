"""Mentions of states, organisations, groups and persons, found at the language room's door."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.language import Mention, MentionKind, find_mentions
from comity.terms import Rank


def codes(text: str, on: date | None = None) -> list[str]:
    """Return the codes of the mentions in a text."""
    return [mention.code for mention in find_mentions(text, on=on)]


def only(text: str) -> Mention:
    """Return the single mention of a text."""
    (mention,) = find_mentions(text)
    return mention


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Niger and Nigeria share a border.", ["NER", "NGA"]),
        ("Guinea-Bissau, Equatorial Guinea and Papua New Guinea voted.", ["GNB", "GNQ", "PNG"]),
        ("North Korea wrote to South Korea.", ["PRK", "KOR"]),
        ("France-India ties", ["FRA", "IND"]),
        ("Brazilian-Argentine trade", ["BRA", "ARG"]),
        ("Sino-Vietnamese talks", ["CHN", "VNM"]),
        ("Franco-German and Russo-Turkish plans", ["FRA", "DEU", "RUS", "TUR"]),
        ("They told us that the US would answer.", ["USA"]),
        ("The U.S. and the U.K. agreed.", ["USA", "GBR"]),
        ("The UN and the EU met.", ["UNO", "EUR"]),
        ("KENYA-UGANDA TIES: A NEW START", ["KEN", "UGA"]),
        ("kenya and uganda", ["KEN", "UGA"]),
    ],
)
def test_states_and_bodies_are_found_by_name_and_demonym(text: str, expected: list[str]) -> None:
    """Each state or body that a text names is found once, in order."""
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan scored.",
        "Chad Smith plays the drums.",
        "He read the China Daily and The Japan Times.",
        "A ship in the South China Sea and the Indian Ocean.",
        "The Korean War began in 1950.",
        "She moved from New Jersey to New Mexico.",
        "The Washington Post and the Indian Express wrote about it.",
        "A Brazil nut fell.",
        "The Delhi Declaration was read out.",
        "People's Daily carried it.",
        "The University of Georgia is old.",
        "Atlanta, Georgia, is warm.",
        "a turkey in the yard with china on the table",
    ],
)
def test_look_alikes_are_no_states(text: str) -> None:
    """A name that only contains or resembles a state's is not read as that state."""
    assert codes(text) == []


def test_a_capital_is_told_apart_from_a_name() -> None:
    """A capital bears its state's code and the form that lets a reader see a place."""
    mention = only("She travelled to Nairobi.")
    assert (mention.code, mention.form, mention.kind) == ("KEN", "capital", MentionKind.STATE)


def test_a_state_that_only_qualifies_is_a_modifier() -> None:
    """Words like "Syrian-backed" and "pro-Iranian" name a state without letting it act."""
    forms = {
        mention.text: mention.form for mention in find_mentions("The Syrian-backed party and the pro-Iranian paper")
    }
    assert forms == {"Syrian": "modifier", "Iranian": "modifier"}


def test_armed_groups_count_under_the_state_they_act_in() -> None:
    """A group bears the code of its state and the sector of rebels."""
    mention = only("Boko Haram is named in the report.")
    assert (mention.kind, mention.code, mention.sectors) == (MentionKind.GROUP, "NGA", ("REB",))


@pytest.mark.parametrize(
    ("text", "code", "person", "rank"),
    [
        ("French Foreign Minister Jean-Yves Le Drian spoke.", "FRA", "Jean-Yves Le Drian", Rank.FOREIGN_MINISTER),
        ("Ugandan Foreign Minister, Sam Kutesa, spoke.", "UGA", "Sam Kutesa", Rank.FOREIGN_MINISTER),
        ("Brazil's President Getulio Vargas spoke.", "BRA", "Getulio Vargas", Rank.HEAD_OF_STATE),
        ("King Felipe of Spain spoke.", "ESP", "King Felipe VI", Rank.HEAD_OF_STATE),
        ("Amina Mohamed, Kenya's foreign minister, spoke.", "KEN", "Amina Mohamed", Rank.FOREIGN_MINISTER),
        (
            "the Indian Government of Prime Minister Lal Bahadur Shastri",
            "IND",
            "Lal Bahadur Shastri",
            Rank.HEAD_OF_GOVERNMENT,
        ),
        ("The Kenyan delegation was led by Ambassador Joseph Otieno.", "KEN", "Joseph Otieno", Rank.AMBASSADOR),
        ("the president of Armenia", "ARM", "", Rank.HEAD_OF_STATE),
    ],
)
def test_persons_bear_office_and_state(text: str, code: str, person: str, rank: Rank) -> None:
    """A person with an office is one mention that holds the name, the rank and the state that the text gives."""
    mention = next(m for m in find_mentions(text) if m.kind is MentionKind.PERSON)
    assert (mention.code, mention.person, mention.rank) == (code, person, rank)


def test_a_person_without_a_state_is_not_given_one() -> None:
    """An office and a name alone do not tell the state, so the code stays empty."""
    mention = only("Foreign Minister Ana Beltran spoke.")
    assert (mention.code, mention.person) == ("", "Ana Beltran")


def test_a_surname_counts_for_a_leader_only_in_the_term() -> None:
    """A bare surname leads to a serving leader on that day and to nobody on another."""
    assert codes("Macron spoke.", date(2019, 5, 1)) == ["FRA"]
    assert codes("Macron spoke.", date(2012, 5, 1)) == []


def test_the_sector_of_those_named_right_after_a_state_is_kept() -> None:
    """The names in "Kenyan police" and "Syrian rebels" bear the sector of police and of rebels."""
    assert only("Kenyan police came.").sectors == ("COP",)
    assert only("Syrian rebels came.").sectors == ("REB",)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "France",
                "Indian",
                "President",
                "U.S.",
                "Jean-Yves",
                "Le",
                "Drian",
                ",",
                ".",
                "'s",
                "-",
                "of",
                "the",
                "foreign",
                "minister",
                "Mr.",
                "Kono",
                "\t",
                "\n\n",
                "(",
                "“",
                "Guinea",
                "Bissau",
                "led",
                "by",
                "delegation",
                "é",
                "\x00",
                "日本",
            ]
        ),
        max_size=30,
    )
)
def test_offsets_are_verbatim_and_mentions_do_not_overlap(words: list[str]) -> None:
    """Whatever the text, each mention stands verbatim at its offsets and none overlaps the next."""
    text = " ".join(words)
    end = 0
    for mention in find_mentions(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= end
        end = mention.end


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_failing(text: str) -> None:
    """No text makes the finder fail."""
    assert all(text[m.start : m.end] == m.text for m in find_mentions(text))


def test_a_very_long_line_is_read_in_linear_time() -> None:
    """A line of 100,000 characters is read without a stop, and its mentions are all there."""
    text = "France met India, and " * 5000
    assert len(find_mentions(text)) == 10000


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("UK Foreign Secretary Jane Smith arrived.", Rank.FOREIGN_MINISTER),
        ("Indian Foreign Secretary Asha Rao arrived.", Rank.SENIOR_OFFICIAL),
        ("US Secretary of State John Doe arrived.", Rank.FOREIGN_MINISTER),
        ("Former French President Jean Petit arrived.", Rank.OTHER),
        ("The ex-Peruvian President Luis Paz arrived.", Rank.OTHER),
        ("Ex-Danish Prime Minister Mette Holm arrived.", Rank.OTHER),
    ],
)
def test_an_offices_rank_depends_on_its_state(text: str, rank: Rank) -> None:
    """The same title ranks differently from state to state, and a former office gives no rank."""
    assert [mention.rank for mention in find_mentions(text) if mention.person] == [rank]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Republic of Korea has signed. Korea then ratified.", ["KOR", "KOR"]),
        ("South Korea gained, and Korea spent less.", ["KOR", "KOR"]),
        ("The Democratic Republic of the Congo borders Zambia, and Congo is larger.", ["COD", "ZMB", "COD"]),
        ("Korea then ratified, before the Republic of Korea signed.", ["KOR"]),
        ("South Korea and North Korea differ, and Korea is divided.", ["KOR", "PRK"]),
        ("Seoul hopes that Korea will grow.", ["KOR"]),
        ("Equatorial Guinea joined, and Guinea did not.", ["GNQ", "GIN"]),
    ],
)
def test_a_shared_name_is_read_by_the_state_named_in_full_before(text: str, expected: list[str]) -> None:
    """A short name that two states bear means the only one of them that the text has named in full so far."""
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text", ["It cost US$ 45.2 million.", "He paid 30 Canadian dollars.", "A loan of US-$ 5 million."]
)
def test_a_currency_is_no_mention_of_its_state(text: str) -> None:
    """The name of a state in the name of its money does not stand for the state."""
    assert find_mentions(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A plant in Lebanon, Pennsylvania, closed.", []),
        ("They came from Athens, Georgia.", []),
        ("Russian tanks neared Tbilisi, Georgia, in 2008.", ["RUS", "GEO", "GEO"]),
        ("Armenia, Georgia and Turkey met.", ["ARM", "GEO", "TUR"]),
    ],
)
def test_a_town_of_the_united_states_is_no_state(text: str, expected: list[str]) -> None:
    """A state's or capital's name with a state of the United States behind its comma is a town's there."""
    assert codes(text) == expected


def test_both_koreas_are_found_where_one_is_named_by_half() -> None:
    """Both are named by "North and South Korean"; north and south of another country name none."""
    assert codes("North and South Korean boats traded fire.") == ["PRK", "KOR"]
    assert codes("North and South of Italy differ.") == ["ITA"]


def test_a_capital_belongs_to_the_state_of_the_day() -> None:
    """Prague was Czechoslovakia's in 1985 and is Czechia's today; Moscow is Russia's throughout, as the Soviet Union is."""
    old, new = date(1985, 5, 1), date(2015, 5, 1)
    text = "Prague wrote to Moscow."
    assert [[mention.code for mention in find_mentions(text, on=day)] for day in (old, new)] == [
        ["CSK", "RUS"],
        ["CZE", "RUS"],
    ]


def test_the_towns_of_a_route_stand_for_no_state() -> None:
    """A pipeline or railway is named by them; a dialogue between capitals is one between states."""
    assert codes("The Baku–Tbilisi–Ceyhan oil pipeline and the Lahore-Delhi bus were opened.") == []
    assert codes("The Tokyo–Islamabad dialogue opened in Tokyo.") == ["JPN", "PAK", "JPN"]
