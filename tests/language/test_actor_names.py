"""Companies, agencies, parties, groups and bodies that stand for one state, and names that only look like them."""

from __future__ import annotations

import csv
from collections import defaultdict
from importlib.resources import files

import pytest

from comity.language import find_mentions
from comity.terms.actors import NON_STATE_CODES


def codes(text: str) -> list[str]:
    """Return the codes of the mentions in a text."""
    return [mention.code for mention in find_mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gazprom shut the valve on Wednesday.", ["RUS"]),
        ("A tanker chartered by Rosneft was stopped.", ["RUS"]),
        ("The FSB led him away.", ["RUS"]),
        ("Ships of the Black Sea Fleet left port.", ["RUS"]),
        ("Naftogaz went to arbitration.", ["UKR"]),
        ("The SBU searched the monastery.", ["UKR"]),
        ("Huawei was kept out of the network.", ["CHN"]),
        ("A CNOOC rig was towed in.", ["CHN"]),
        ("MOFCOM opened an inquiry.", ["CHN"]),
        ("METI lifted the curbs.", ["JPN"]),
        ("JICA will pay for the bridge.", ["JPN"]),
        ("KOICA sent doctors.", ["KOR"]),
        ("TSMC will build the plant.", ["TWN"]),
        ("ISRO put the satellite into orbit.", ["IND"]),
        ("The Research and Analysis Wing was blamed.", ["IND"]),
        ("Jaish al-Adl shot four policemen.", ["IRN"]),
        ("The Quds Force ran the depot.", ["IRN"]),
        ("Aramco cut the price of crude.", ["SAU"]),
        ("Gama'a al-Islamiya called off the raids.", ["EGY"]),
        ("The leaders of al-Gama'a al-Islamiyya were hanged.", ["EGY"]),
        ("The Suez Canal Authority put up its fees.", ["EGY"]),
        ("Hayat Tahrir al-Sham took the town.", ["SYR"]),
        ("Kataib Hezbollah fired the rockets.", ["IRQ"]),
        ("Likud walked out of the talks.", ["ISR"]),
        ("The Phalangists shelled the camp.", ["LBN"]),
        ("Sonatrach raised the price.", ["DZA"]),
        ("Ennahda asked for a new vote.", ["TUN"]),
        ("The Rapid Support Forces overran the base.", ["SDN"]),
        ("Villa Somalia rejected the plan.", ["SOM"]),
        ("Frelimo and Renamo signed.", ["MOZ", "MOZ"]),
        ("ZANU-PF closed the office.", ["ZWE"]),
        ("Eskom cut the supply.", ["ZAF"]),
        ("Swapo fighters crossed the river.", ["NAM"]),
        ("The MPLA seized the airfield.", ["AGO"]),
        ("The Movement for the Emancipation of the Niger Delta blew up the pipe.", ["NGA"]),
        ("The Tigray People's Liberation Front laid down its guns.", ["ETH"]),
        ("The Allied Democratic Forces burned the village.", ["COD"]),
        ("Pemex and PDVSA signed.", ["MEX", "VEN"]),
        ("Petrobras was fined.", ["BRA"]),
        ("Codelco will hand over the shares.", ["CHL"]),
        ("YPFB stopped the gas.", ["BOL"]),
        ("The Panama Canal Authority answered.", ["PAN"]),
        ("Sandinista soldiers crossed the river.", ["NIC"]),
        ("The Tupamaros held him for eight months.", ["URY"]),
        ("The Commerce Department imposed duties.", ["USA"]),
        ("The Federal Reserve opened a swap line.", ["USA"]),
        ("USAID shipped the wheat.", ["USA"]),
        ("The Seventh Fleet sailed.", ["USA"]),
        ("The Home Office turned him away.", ["GBR"]),
        ("MI6 was accused.", ["GBR"]),
        ("The DGSE freed the hostage.", ["FRA"]),
        ("The Bundesbank refused.", ["DEU"]),
        ("The Bundesnachrichtendienst listened in.", ["DEU"]),
        ("GIZ repaired the wells.", ["DEU"]),
        ("The Storting voted.", ["NOR"]),
        ("The Riksdag voted.", ["SWE"]),
        ("The Folketing voted.", ["DNK"]),
        ("The Dail voted.", ["IRL"]),
        ("Syriza lost the vote.", ["GRC"]),
        ("MINUSMA lost two men.", ["UNO"]),
        ("Frontex sent a plane.", ["EUR"]),
        ("KFOR closed the bridge.", ["IGO"]),
        ("Save the Children left the camp.", ["NGO"]),
        ("Georgetown protested.", ["GUY"]),
    ],
)
def test_a_body_of_one_state_bears_its_code(text: str, expected: list[str]) -> None:
    """A name that stands for one state or body alone is read as that state or body."""
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Korean Central News Agency reported it.",
        "The Saudi Press Agency reported it.",
        "All India Radio reported it.",
        "The Philippine Star wrote about it.",
        "He told the New York Times.",
        "Real Madrid beat Bayern Munich.",
        "Manchester United bought him.",
        "Dynamo Kyiv lost to Spartak Moscow.",
        "Shares fell on the Hong Kong Stock Exchange.",
        "An Iran Air jet made an emergency landing.",
        "A plane of Air Canada turned back.",
        "She teaches at Georgetown University.",
        "The Federation meets every year.",
        "The Toyota left the road.",
        "They danced a samba and a tango.",
        "Samba and tango are danced.",
        "Masai herdsmen drove their goats home.",
        "Carrefour opens a shop.",
        "Queens are crowned and kings are buried.",
        "The union wants more pay.",
        "The lions are in their den.",
        "Oral evidence was heard.",
        "Buffalo grazed by the river.",
        "Vladimir opened the door.",
        "Libertad is a tall ship.",
        "A pest ate the wheat.",
    ],
)
def test_names_that_only_resemble_a_body_are_no_actors(text: str) -> None:
    """Agencies, papers, clubs, airlines, first names and common words are no states."""
    assert codes(text) == []


def test_each_row_is_whole_and_no_name_means_two_states() -> None:
    """Every row has five columns, a code of three letters, and no name written alike twice has two codes."""
    text = (files("comity.language") / "lexicon" / "actors.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    held = defaultdict(set)
    for row in rows:
        assert None not in row and None not in row.values(), row
        assert row["code"] in NON_STATE_CODES or len(row["code"]) in (0, 3), row
        held[row["text"]].add(row["code"])
    assert {name: found for name, found in held.items() if len(found) > 1} == {}
