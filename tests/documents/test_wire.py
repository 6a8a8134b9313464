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


@pytest.mark.parametrize(
    "text",
    [
        "The ministers of Oman and India met in the capital on Monday at\n1200 GMT to sign the treaty on trade.\nThey agreed to meet again.\n",
        "The talks on the port ended late on Tuesday.\n\nOman expelled three diplomats of India.\nMORE\nthan ten others left on Tuesday.\n",
        "The talks on the port ended late on Tuesday.\n\nSource: AP reporters saw the troops cross into Oman.\n\nThey left on 4 May 2018.\n",
        "The talks on the port ended late.\n\n((Oman expelled three diplomats of India on 4 May 2018.))\n\nThe talks went on.\n",
        "MUSCAT, May 3 (Reuters) - The ministers met at\n1200 GMT to sign the treaty on trade.\nMORE\nthan ten others left on Tuesday.\n",
    ],
)  # fmt: skip
def test_lines_that_only_look_like_an_agency_s_stay_in_place(text: str) -> None:
    """Without an agency's dateline no line is an agency's own, and with one none that stands within a paragraph."""
    assert read_bytes(text.encode(), name="it.txt").text.split() == text.split()


def test_the_source_of_a_table_is_no_agency_s_line() -> None:
    """A note below a table that names an agency stays the table's source."""
    rows = "Year    Exports    Imports\n2010    100    120\n2011    110    140\n2012    120    150\n"
    text = f"Trade\n\nTable 1: Exports of Oman to India (US$ million)\n\n{rows}Source: Reuters calculations based on customs data.\n\nThe ministers met in Muscat.\n"
    (table,) = read_bytes(text.encode(), name="it.txt").tables
    assert "Reuters calculations" in table.source


def test_a_field_s_name_in_the_text_ends_no_record() -> None:
    """A paragraph of an article that begins as a field does is prose, and so is all below it."""
    inner = "Location: the palace. India recalled its ambassador from Muscat on Tuesday.\n\nOman expelled three diplomats.\n"
    for record in (NEXIS.format(number=1), PROQUEST, CODED):
        document = read_bytes(
            record.replace(BODY, f"{BODY}\n{inner}\nIN the end they left.\n\n").encode(), name="it.txt"
        )
        prose = [passage.text for passage in document.passages if passage.kind.is_prose]
        assert prose[:2] == SENTENCES
        assert "India recalled its ambassador from Muscat on Tuesday." in " ".join(prose[2:])
        assert prose[-2:] == ["Oman expelled three diplomats.", "IN the end they left."]


@pytest.mark.parametrize(
    "head",
    ["COUNTRY: Oman\nSUBJECT: talks\nFull text: yes\n\n", "Database: our own\nLANGUAGE: ENGLISH\nLOAD-DATE: later\n\n",
     "HD\nTalks\nPD\n3 May 2018\nAN\n12\n\nTD\n\n", "Talks\n\n212 words\n\n"],
)  # fmt: skip
def test_a_few_fields_make_no_record(head: str) -> None:
    """Without the head and the end of a database's form the text below a few fields is read to its end."""
    text = f"{head}{BODY}\nIN\n\nPages: 3\n\nOman expelled three diplomats of India on 5 May 2018.\n"
    document = read_bytes(text.encode(), name="it.txt")
    assert document.bibliography.type != "article-newspaper"
    prose = " ".join(passage.text for passage in document.passages if passage.kind.is_prose)
    assert "They agreed to meet again." in prose and "Oman expelled three diplomats of India on 5 May 2018." in prose


def test_the_text_on_the_line_of_its_code_is_prose() -> None:
    """Where Factiva's LP has the first words on its own line, none of them is lost with the code."""
    record = CODED.replace(
        f"LP\n\n{BODY}", "LP  They met in Muscat on trade today.\nTD\n\nThey agreed to meet again.\n"
    )
    document = read_bytes(record.encode(), name="it.txt")
    prose = [passage.text for passage in document.passages if passage.kind.is_prose]
    assert prose == ["They met in Muscat on trade today.", "They agreed to meet again."]


def test_numbered_parts_of_a_text_are_no_download() -> None:
    """A text whose annexes are numbered as databases number articles is one document with all that stands in it."""
    text = (
        f"Treaties of Oman and India\n\n{BODY}\nDocument 1 of 2\n\nTrade\n\n{BODY}\nDocument 2 of 2\n\nBorder\n\n{BODY}"
    )
    assert not is_download(text.encode())
    assert read_bytes(text.encode(), name="it.txt").text.split() == text.split()


def test_what_stands_above_the_first_record_is_kept() -> None:
    """Prose above the first record comes by itself, a list of the articles with the first."""
    both = NEXIS.format(number=1) + NEXIS.format(number=2)
    noted = f"{BODY}\n{both}"
    held = [content.decode() for _, content in held_in(noted.encode(), name="it.txt")]
    assert len(held) == 3 and held[0].strip() == BODY.strip() and "".join(held) == noted
    held = [content.decode() for _, content in held_in(f"Terms: oman AND india\n\n{both}".encode(), name="it.txt")]
    assert len(held) == 2 and held[0].startswith("Terms")
    assert read_bytes(held[0].encode(), name="it.txt").bibliography.title == "Ministers agree on fisheries"
