"""Furniture told from prose, line by line: labels, captions, headers, lists of links, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.language import furniture_in, is_furniture

FURNITURE = """Related: India expels Pakistani diplomats
READ ALSO: Egypt recalls ambassador from Qatar
Watch: Poland expels Belarusian diplomats
Photo: AFP - President Macron meets Prime Minister Modi
French President Emmanuel Macron meets Prime Minister Narendra Modi. (AP Photo/John Poe)
FILE - Russian President Vladimir Putin meets Prime Minister Narendra Modi in Moscow
Image caption Israeli soldiers arrested two Palestinians
Share this article: Russia accuses Ukraine
This website uses cookies to improve your visit to France and Italy.
Subscribe to our newsletter: Sudan attacks Chad
Copyright 2019 Reuters. Russia accuses Ukraine.
© 2019 The Associated Press
Reporting by Jane Roe in Paris; editing by John Poe in India
By Jane Roe and John Poe, Reuters
Home | World | Africa | Kenya accuses Somalia
2. Russia attacks Ukraine ........ 12
Figure 1. Russia attacks Ukraine, 2014
Roe, J. (2019). France accuses Italy of meddling. Journal of Peace, 3(2), 12-15.
Poe, John. "Russia Attacks Ukraine." Foreign Affairs, vol. 98, no. 2, 2019, pp. 3-12.
[3] J. Roe, "India expels Pakistani diplomats," The Post, 2 March 2019. https://post.example/x""".splitlines()
PROSE = """By Monday, France had attacked rebels in Mali.
By contrast, Japan praised India.
Related issues were discussed by India and Japan in Tokyo.
Photos of the meeting between Macron and Modi were published on Monday.
Sources in Paris said that France will recall its ambassador.
Share prices fell after China condemned Japan.
More than 40 states condemned the attack on Ukraine.
Watching the border closely, Poland expelled two diplomats.
The EU accused Russia of planting cookies on its computers.
Reporting by both sides was criticised by India.
Copyright law was on the agenda when India met the EU.
Table 1 shows that India exported more to Japan than in 2012.
From Paris, Macron flew to Delhi to meet Modi.
The source said: India will expel two diplomats.
Chapter 11 of the treaty was rejected by Canada.
In 2014, Russia annexed Crimea, and the EU imposed sanctions.
"We will sign," Macron said (in French).""".splitlines()


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_told_by_its_line(line: str) -> None:
    """A label, a caption, a byline, a leader of dots or an entry of a bibliography tells itself."""
    assert is_furniture(line)
    assert furniture_in(["The ministers met in Paris.", "", line, "", "They will meet again."]) == [
        *(False, False, True, False, False),
    ]


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_not_furniture(line: str) -> None:
    """A sentence that only begins with such a word stays prose."""
    assert not is_furniture(line)
    assert not any(furniture_in(["Talks began.", line, "", line]))


def test_a_wrapped_line_of_prose_is_not_furniture() -> None:
    """A line that goes on with the sentence of the line before it is prose, whatever its first word."""
    lines = [
        "The ministers of France and India spoke at length in Delhi about the many open",
        "topics: France will recall its ambassador, and India will sign an agreement in May.",
    ]
    assert furniture_in(lines) == [False, False]


def test_a_list_of_links_ends_where_prose_begins() -> None:
    """Headlines below "Related articles" are furniture, also over blank lines, until a line ends as a sentence does."""
    lines = [
        "Related articles",
        "India expels diplomats",
        "",
        "- China condemns Japan",
        "Kenya thanked Uganda.",
        "A line",
    ]
    assert furniture_in(lines) == [True, True, False, True, False, False]


def test_headers_quotations_and_signatures_of_mails_are_furniture() -> None:
    """In a mail the headers, what it quotes and the signature are furniture; a quoted passage elsewhere is not."""
    mail = [
        "From: a@b.example",
        "Subject: France attacks Mali",
        "",
        "Kenya met Uganda.",
        "> Iran met Iraq.",
        "--",
        "J. Roe",
    ]
    assert furniture_in(mail) == [True, True, False, False, True, True, True]
    assert furniture_in(["The minister said:", "", "> We will sign."]) == [False, False, False]


def test_scripts_and_remarks_of_pages_are_furniture_to_their_end() -> None:
    """What stands between the marks of a script or a remark is furniture."""
    lines = [
        "<script>",
        "France attacked Italy.",
        "</script>",
        "Kenya met Uganda.",
        "<!-- Iran",
        "met Iraq. -->",
        "End.",
    ]
    assert furniture_in(lines) == [True, True, True, False, True, True, False]


@given(st.lists(st.text(max_size=80) | st.sampled_from(FURNITURE + PROSE), max_size=20))
def test_any_lines_are_told(lines: list[str]) -> None:
    """Whatever the lines, each gets one answer, and a blank one is never furniture."""
    told = furniture_in(lines)
    assert len(told) == len(lines)
    assert not any(furniture for furniture, line in zip(told, lines, strict=True) if not line.strip())


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "line", ["By John Smith, " + "A" * 300 + "!", "Reporting by " + "Aa" * 150 + "!", "By " + "A, " * 120 + "!"]
)
def test_a_byline_that_never_ends_is_told_at_once(line: str) -> None:
    """Capitals in a row cost no more than their number; a pattern that tried every split of them would not end."""
    assert not is_furniture(line)
