"""Reports of agencies and of newspapers' databases: headline, day and paper are told, and no furniture is prose."""

from __future__ import annotations

import pytest

from comity.documents import held_in, is_download, read_bytes
from comity.terms import UnreadableSource

BODY = "The foreign ministers of Oman and Yemen met in Muscat on Wednesday for talks on fisheries.\n\nThey agreed to meet again.\n"
SENTENCES = [
    "The foreign ministers of Oman and Yemen met in Muscat on Wednesday for talks on fisheries.",
    "They agreed to meet again.",
]
NEXIS = f"""\
                               {{number}} of 2 DOCUMENTS

                             The Gulf Post (Muscat)

                           May 3, 2018 Thursday

Ministers agree on fisheries

BYLINE: JANE ROE

SECTION: NATIONAL

LENGTH: 212 words

DATELINE: MUSCAT

{BODY}
LOAD-DATE: May 5, 2018

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                     Copyright 2018 Gulf Post Group
                              All Rights Reserved
"""
FACTIVA = f"""\
Ministers agree on fisheries

Jane Roe
212 words
3 May 2018
The Gulf Post (Muscat)
GULFPO
English
Copyright 2018. Gulf Post Group

{BODY}
Gulf Post Group

Document GULFPO0020180503ee5300008
"""
CODED = f"""\
HD  Ministers agree on fisheries
BY  Jane Roe
WC  212 words
PD  3 May 2018
SN  The Gulf Post (Muscat)
LA  English

LP

{BODY}
RE
oman : Oman
AN
Document GULFPO0020180503ee5300008
"""
PROQUEST = f"""\
Document 1 of 20

Ministers agree on fisheries

Author: Roe, Jane

Publication info: The Gulf Post (Muscat) ; Muscat [Muscat] 03 May 2018.

ProQuest document link

Full text: {BODY}
Subject: International relations

Publication title: The Gulf Post (Muscat); Muscat

Publication date: May 3, 2018

ProQuest document ID: 1983000000

Last updated: 2018-05-05
"""


@pytest.mark.parametrize("text", [NEXIS.format(number=1), FACTIVA, CODED, PROQUEST])
def test_a_record_of_a_database(text: str) -> None:
    """Its fields are the bibliography, the day being that of the paper and not of the database, and its text the prose."""
    document = read_bytes(text.encode(), name="it.txt")
    about = document.bibliography
    assert (about.title, about.container_title) == ("Ministers agree on fisheries", "The Gulf Post (Muscat)")
    assert about.issued is not None and about.issued.label == "3 May 2018"
    assert [passage.text for passage in document.passages if passage.kind.is_prose] == SENTENCES
    assert about.authors == () or about.authors[0].full == "Jane Roe"


@pytest.mark.parametrize(
    ("text", "title", "agency", "issued"),
    [
        (f"OMAN-YEMEN/TALKS (URGENT)\n\nOman, Yemen meet on fisheries\n\nBy Jane Roe\n\nMUSCAT, May 3, 2018 (Reuters) - {BODY}\n"
         "(Reporting by Jane Roe; Editing by John Doe)\n((jane.roe@x.org; +968 1234;))\nKeywords: OMAN YEMEN/TALKS\n",
         "Oman, Yemen meet on fisheries", "Reuters", "3 May 2018"),
        (f"BC-ME--Oman-Yemen,1st Ld-Writethru,210\nEds: Adds quotes. With AP Photos.\n\nOman and Yemen meet\n\nMUSCAT (AP) — {BODY}\n(more)\n\nMORE\n\n-30-\n//ENDS//\n",
         "Oman and Yemen meet", "AP", ""),
        (f"Oman, Yemen hold talks\nSource: Xinhua| 2018-05-04 00:12:33|Editor: Ann\n\nMUSCAT, May 3 (Xinhua) -- {BODY}\nEnditem\n",
         "Oman, Yemen hold talks", "Xinhua", "4 May 2018"),
    ],
)  # fmt: skip
def test_a_report_of_an_agency(text: str, title: str, agency: str, issued: str) -> None:
    """Slugs, service lines and credits are no prose; place and agency are those of the dateline."""
    document = read_bytes(text.encode(), name="it.txt")
    about = document.bibliography
    assert (about.title, about.container_title, about.publisher_place) == (title, agency, "Muscat")
    assert (about.issued.label if about.issued is not None else "") == issued
    told = [passage.text for passage in document.passages if passage.kind.is_prose]
    assert len(told) == 2 and told[0].endswith(SENTENCES[0]) and told[1] == SENTENCES[1]


def test_several_records_are_several_documents() -> None:
    """A download of two articles is refused as one document, and parted with nothing lost of either."""
    both = (NEXIS.format(number=1) + NEXIS.format(number=2)).encode()
    with pytest.raises(UnreadableSource, match=r"2 articles.*comity add"):
        read_bytes(both, name="it.txt")
    assert is_download(both) and not is_download(NEXIS.format(number=1).encode())
    assert "".join(content.decode() for _, content in held_in(both, name="it.txt")) == both.decode()
    ends = (FACTIVA + FACTIVA.replace("ee53", "ee54")).encode()
    assert [name for name, _ in held_in(ends, name="it.txt")] == ["it-001.txt", "it-002.txt"]


@pytest.mark.parametrize(
    "text",
    ["Page 1 of 3\n\nThe talks ended.\n\nPage 2 of 3\n\nThey met again.\n", "Author: Jane Roe\nTitle: Ports\n\nThe talks ended on Monday.\n",
     "The talks went on\n\n1 of 3\n\nfor two days.\n\n2 of 3\n\nThen they ended.\n"],
)  # fmt: skip
def test_other_texts_are_no_records(text: str) -> None:
    """Page numbers and a few fields do not make a text a download."""
    assert not is_download(text.encode())
    assert read_bytes(text.encode(), name="it.txt").text
